"""What the system lets this process take of the machine."""

from contextlib import suppress

from tinyv_cli.errors import UsageError

# What the libraries reserve, of which they use a tenth; where they get no more, they end the process.
LEAST_ADDRESS_SPACE = 3 << 30


def check_memory() -> None:
    """Raise UsageError where the process may take less memory than it takes to begin."""
    with suppress(ImportError):  # Windows has no such limits
        import resource

        allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
        if allowed != resource.RLIM_INFINITY and allowed < LEAST_ADDRESS_SPACE:
            raise UsageError(
                f"this process may reserve {allowed >> 20:,} MB of memory (ulimit -v), and needs "
                f"{LEAST_ADDRESS_SPACE >> 20:,}; allow more"
            )
