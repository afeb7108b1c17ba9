"""How the rows of a table are tested: every one, so that all that fail are told at once."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def otherwise(rows: Iterable[Sequence[Any]], seen: Callable[..., object]) -> list[str]:
    """The rows whose last column is not what is seen of the columns before it."""
    return [
        f"{given}: {found!r}, not {expected!r}"
        for *given, expected in rows
        if (found := seen(*given)) != expected
    ]


def slow(texts: Iterable[str], within: float, does: Callable[[str], object]) -> list[str]:
    """The texts for which that takes so many seconds of this process, or more."""
    found = []
    for text in texts:
        started = time.process_time()
        does(text)
        if (took := time.process_time() - started) >= within:
            found.append(f"{text[:40]}: {took:.1f} s")
    return found
