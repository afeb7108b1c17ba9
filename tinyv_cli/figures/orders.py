"""In which order values stand: numbers as numbers, and numbers within names too."""

import re
from collections.abc import Sequence
from math import isfinite

_DIGITS = re.compile(r"(\d+)")


def natural(text: str) -> list[tuple[bool, int, str]]:
    """What to sort names by, so that `step 9` stands before `step 10`."""
    parts = ((part.isdecimal(), part) for part in _DIGITS.split(text.casefold()))
    return [(not number, int(part) if number else 0, "" if number else part) for number, part in parts]


def number_of(text: str) -> float | None:
    """The number that a text is, `40` or `0.5`; None for all else, and for what is no finite number."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def spread(items: Sequence[str], most: int) -> list[str]:
    """At most so many of them, evenly, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(i * (len(items) - 1) / (most - 1))] for i in range(most)]
