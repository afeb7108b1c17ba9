"""What the system lets this process take of the machine."""

from contextlib import suppress

from tinyv_cli.errors import UsageError

# What the libraries reserve, of which they use a tenth; where they get no more, they end the process.
LEAST_ADDRESS_SPACE = 3 << 30
# polars panics where it cannot open what it needs for its threads.
LEAST_FILES = 64


def check_limits() -> None:
    """Raise UsageError where the process may take less than it takes to begin."""
    with suppress(ImportError):  # Windows has no such limits
        import resource

        allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
        if allowed != resource.RLIM_INFINITY and allowed < LEAST_ADDRESS_SPACE:
            raise UsageError(
                f"this process may reserve {allowed >> 20:,} MB of memory (ulimit -v), and needs "
                f"{LEAST_ADDRESS_SPACE >> 20:,}; allow more"
            )
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files != resource.RLIM_INFINITY and files < LEAST_FILES:
            raise UsageError(
                f"this process may have {files} open files (ulimit -n), and needs {LEAST_FILES}; allow more"
            )
