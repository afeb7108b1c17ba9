r"""Other values near to one, other in value too: 17 or -18 for 18, `\frac{4}{5}` for `\frac{3}{5}`."""

import re
from collections.abc import Callable
from random import Random

from tinyv_cli.maths.forms import number
from tinyv_cli.proofs.ends import same as same_as

LONGEST = 120
TRIES = 4
# Nearer than this one could be the other, rounded.
APART = 0.006

_INTEGER = re.compile(r"(?<![\d.,A-Za-z])\d{1,9}(?![\d.,])|(?<=[\d.,])\b\d{1,3}(?![\d.,])")
_WHOLE = re.compile(r"-?\d{1,12}")
_FRACTION = re.compile(r"\\([dt]?)frac\{([^{}]+)\}\{([^{}]+)\}")
_SIGN = re.compile(r"(?<=[\w)}])\s*([-+])\s*(?=[\w\\({])")


def another_value(text: str, rng: Random) -> str | None:
    """A text of the same look whose value is another; None where none can be told to be another."""
    if len(text) > LONGEST or "=" in text or not re.search(r"\d|\\(?:pi|frac|sqrt)", text):
        return None
    for _ in range(TRIES):
        changed = rng.choice(_CHANGES)(text, rng)
        if changed and differ(text, changed):
            return changed
    return None


def differ(first: str, second: str) -> bool:
    """Whether two texts surely are different answers: other values, and neither is the other rounded."""
    values = number(first), number(second)
    if values[0] is None or values[1] is None:
        return (values[0] is None) == (values[1] is None) and not same_as(first, second)
    if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(second) and not second.endswith("0"):
        return int(first) != int(second)
    return bool(abs(values[0] - values[1]) > APART * max(abs(values[0]), abs(values[1])))


def near_integer(value: int, rng: Random) -> int:
    """Another integer, as mistakes make it: one off, the other sign, the double, ten more."""
    steps = (1, -1, 1, -1, 2, -2, 3, 5, -5, 10, -10, value, -2 * value, 9 * value)
    other = value + rng.choice(steps)
    return other if other != value else value + 1


def _one_integer(text: str, rng: Random) -> str | None:
    found = list(_INTEGER.finditer(text))
    if not found:
        return None
    place = rng.choice(found)
    other = abs(near_integer(int(place[0]), rng))
    return f"{text[: place.start()]}{other}{text[place.end() :]}"


def _other_sign(text: str, rng: Random) -> str | None:
    if "±" in text or r"\pm" in text:  # both signs stand for the same
        return None
    if text[:1] in "-−":
        return text[1:].strip()
    return f"-{text}" if re.match(r"[\d\\(A-Za-z]", text) else None


def _inner_sign(text: str, rng: Random) -> str | None:
    found = list(_SIGN.finditer(text))
    if not found:
        return None
    place = rng.choice(found)
    sign = "-" if place[1] == "+" else "+"
    return f"{text[: place.start(1)]}{sign}{text[place.end(1) :]}"


def _upside_down(text: str, rng: Random) -> str | None:
    return _FRACTION.sub(r"\\\1frac{\3}{\2}", text, count=1) if "frac" in text else None


_CHANGES: tuple[Callable[[str, Random], str | None], ...] = (
    _one_integer,
    _one_integer,
    _one_integer,
    _other_sign,
    _inner_sign,
    _upside_down,
)
