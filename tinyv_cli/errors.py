"""The failure tree: what ends a run. Each message is one line that names the thing and the next step."""

from collections.abc import Iterable


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
