"""The failure tree: what ends a run. Each message is one line that names the thing and the next step."""

import errno
import re
from collections.abc import Iterable

# What is to be done where a limit is reached, and where it is the place that does not do.
LIMITS = {
    errno.EFBIG: "allow larger files (ulimit -f)",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "close other programs: the machine has too many files open",
    errno.ENOMEM: "allow more memory (ulimit -v), or close other programs",
    errno.EAGAIN: "allow more processes (ulimit -u), or close other programs",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EILSEQ: "give it another name",
}
PLACES = {
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there: it is your quota that is used up",
    errno.EACCES: "check its permissions",
    errno.EROFS: "choose a place that can be written",
}
ADVICE = LIMITS | PLACES
_NUMBER = re.compile(r"(?:os error |\[errno )(\d+)")
NO_THREAD = "can't start new thread"  # what Python says, in a RuntimeError


def lacking(error: Exception) -> str | None:
    """One line, with the next step, for what the machine lacked or refused; None for any other error."""
    if isinstance(error, MemoryError):
        return f"there is not enough memory; {ADVICE[errno.ENOMEM]}"
    if isinstance(error, RuntimeError) and str(error) == NO_THREAD:
        return f"no thread can be started; {ADVICE[errno.EAGAIN]}"
    if not isinstance(error, OSError) or (error.filename is None and _number(error) not in ADVICE):
        return None
    where = "" if error.filename is None else f"{error.filename}: "
    return f"{where}{error.strerror or error}; {ADVICE.get(_number(error), 'choose another place')}"


def _number(error: OSError) -> int:
    """What the system calls it; what polars or Arrow raises may say that in its text alone."""
    said = _NUMBER.search(str(error))
    return error.errno or (int(said[1]) if said else 0)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Words for the end of a message about an unknown name: the known one that is nearest, if any is near."""
    from difflib import get_close_matches

    spelled = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), list(spelled), n=1)
    return f"; did you mean '{spelled[near[0]]}'?" if near else ""


class TinyvError(Exception):
    """A run that cannot go on; the message is shown to the user as it is."""


class UsageError(TinyvError):
    """Options that contradict one another or are out of range."""


class ReaderLeftError(TinyvError):
    """Whoever read our lines wants no more of them; there is nobody to say it to."""


class SourceError(TinyvError):
    """An input that cannot be found, read or understood."""


class NoSamplesError(SourceError):
    """An input that can be read but holds no samples, such as metrics: in a folder it is passed over."""


class SinkError(TinyvError):
    """An output that cannot be written."""


class CacheError(TinyvError):
    """A cache file that cannot be read."""


class ModelError(TinyvError):
    """A model that cannot be found, loaded or asked."""
