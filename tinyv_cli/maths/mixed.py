r"""Mixed numbers, `1 1/2` and `2\frac{1}{3}`: a whole number and a proper fraction that is added to it.

And fractions in words, with and without a whole number: `two thirds`, `two and a half`, `7 out of 27`.
"""

import re

from tinyv_cli.maths.reading import VULGAR
from tinyv_cli.maths.words import cardinal, ordinal

VULGAR_SIGN = f"[{''.join(VULGAR)}]"
_MIXED = re.compile(
    r"(?<![\w.,^}/)\]])(?P<whole>\d+)(?:"
    r"(?:\s|\\[,;:! ]|~)*\\[dt]?frac\s*"
    r"(?:\{\s*(?P<top>\d+)\s*\}\s*\{\s*(?P<low>\d+)\s*\}|(?P<one>\d)\s*(?P<digit>\d))"
    rf"|(?:\s|\\[,;: ]|~)+(?P<over>\d+)\s*/\s*(?P<under>\d+)|\s?(?P<vulgar>{VULGAR_SIGN}))(?![\d^!])"
)


_AND = re.compile(
    r"\s*(?P<whole>-?\d+)\s+(?:\\text\s*\{\s*)?and(?:\s*\})?\s*"
    r"(?P<part>\\[dt]?frac\s*\{\s*\d+\s*\}\s*\{\s*\d+\s*\}|\d+\s*/\s*\d+)\s*"
)


def with_sums(text: str) -> str:
    """The text with each mixed number written as a sum, `(1+1/2)`."""
    return _MIXED.sub(_as_sum, without_and(text) or text)


def without_and(text: str) -> str | None:
    """`10 1/2` for `10 and 1/2`, which may as well be two numbers; None for anything else."""
    found = _AND.fullmatch(text)
    return found and f"{found['whole']} {found['part']}"


def _as_sum(found: re.Match[str]) -> str:
    if found["vulgar"]:
        top, low = VULGAR[found["vulgar"]]
    else:
        top = found["top"] or found["one"] or found["over"]
        low = found["low"] or found["digit"] or found["under"]
    return f"({found['whole']}+{top}/{low})" if 0 < int(top) < int(low) else found[0]


_OUT_OF = re.compile(r"(?P<top>[a-z-]+|\d+) (?:out of|over|in) (?P<low>[a-z-]+|\d+)")
_PARTS = re.compile(
    r"(?:(?P<whole>[a-z -]+?|\d+) and )?(?P<top>an?|[a-z]+(?:-[a-z]+)?|\d+)[ -]"
    r"(?P<part>[a-z]+(?:-[a-z]+)?|\d+ths?)"
)
_PART_NAMES = {
    "half": 2,
    "halve": 2,
    "quarter": 4,
    "third": 3,
    "fifth": 5,
    "hundredth": 100,
    "thousandth": 1000,
}


def spoken_fraction(text: str) -> str | None:
    """The fraction that these English words are, `(2+1/2)`; None where they are no fraction.

    Of more than one part the parts stand in the plural: `twenty fifths` is 20/5, `twenty-fifth` an ordinal.
    """
    text = " ".join(text.casefold().split())
    sign, text = ("-", text.removeprefix("minus ")) if text.startswith("minus ") else ("", text)
    if text in ("half", "a half"):
        return f"{sign}1/2"
    if found := _OUT_OF.fullmatch(text):
        top, low = _whole(found["top"]), _whole(found["low"])
        return f"{sign}{top}/{low}" if top is not None and low else None
    found = _PARTS.fullmatch(text)
    if found is None:
        return None
    top, low = _whole(found["top"]), _part(found["part"])
    whole = _whole(found["whole"]) if found["whole"] else None
    if (
        top is None
        or low is None
        or (found["whole"] and whole is None)
        or (found["part"][-1:] == "s") != (top > 1)
    ):
        return None
    return f"{sign}{top}/{low}" if whole is None else f"{sign}({whole}+{top}/{low})" if top < low else None


def _whole(words: str) -> int | None:
    if words in ("a", "an"):
        return 1
    return int(words) if words.isdigit() else cardinal(words)


def _part(word: str) -> int | None:
    """How many of these parts make a whole: 9 of `ninths`."""
    one = word.removesuffix("s")
    number = _PART_NAMES.get(one) or ordinal(one)
    return number if (number and number > 2) or one in ("half", "halve") else None
