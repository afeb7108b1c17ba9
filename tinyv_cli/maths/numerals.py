"""Numbers in words: `four fifths`, `minus two and a half`, `two out of nine`, `四十二分之三十`."""

import re
from functools import lru_cache

from tinyv_cli.maths.words import cardinal, ordinal

_SIGN = re.compile(r"(?:minus|negative)\s+", re.IGNORECASE)
_PARTS_OF = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_PARTS_OF |= {"hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000}
_ARTICLES = frozenset(["a", "an"])
_OUT_OF = re.compile(r"(?P<top>[\w -]+?) (?:out of(?: every)?|in|over) (?P<low>[\w -]+)", re.IGNORECASE)
_TO = re.compile(r"(?P<left>[A-Za-z][A-Za-z -]*) (?:to|:) (?P<right>[A-Za-z][A-Za-z -]*)", re.IGNORECASE)
_MOST_WORDS, _MOST_CHARS = 14, 120
_MOST_WORDS_BELOW = 3

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_CHINESE = "".join({*_DIGITS, *_TENS, *_MYRIADS})
_NO_COUNTS = frozenset(["一", "两", "千", "万", "百"])  # 一 is an article too, and 两 says both
_CHINESE_NUMBER = re.compile(rf"[{_CHINESE}]+")


@lru_cache(maxsize=2048)
def in_figures(text: str) -> str | None:
    """The number that a text spells out, as a quotient of figures where it is broken; None for any other."""
    text = " ".join(text.replace("−", "-").split())
    if len(text) > _MOST_CHARS:
        return None
    rest, negative = _SIGN.subn("", text, count=1) if _SIGN.match(text) else (text, 0)
    found = _chinese(rest) if rest[:1] in _CHINESE else _english(rest.casefold())
    return None if found is None else "-" * negative + (f"({found})" if negative and "+" in found else found)


def _english(text: str) -> str | None:
    if not text[:1].isalpha() or text.count(" ") > _MOST_WORDS:
        return None
    if (number := cardinal(text)) is not None:
        return str(number)
    if (fraction := _fraction(text)) is not None:
        return fraction
    whole, found, broken = text.partition(" and ")
    if found and (number := cardinal(whole)) is not None and (fraction := _fraction(broken)) is not None:
        return f"{number}+{fraction}"
    return None


def _fraction(text: str) -> str | None:
    """`four fifths`, `a half`, `one half`, `ninety-one six-hundred-sixty-fifths`; no ordinal number alone."""
    words = text.split()
    if words == ["half"]:
        return "1/2"
    if len(words) == 1 and "-" in text:
        words = text.rsplit("-", 1)
    for length in range(1, min(_MOST_WORDS_BELOW, len(words) - 1) + 1):
        top, low = " ".join(words[:-length]), " ".join(words[-length:])
        above = 1 if top in _ARTICLES else cardinal(top)
        below = _denominator(low, plural=above != 1)
        if above is not None and below:
            return f"{above}/{below}"
    return None


def _denominator(text: str, *, plural: bool) -> int | None:
    if text in _PARTS_OF:
        return _PARTS_OF[text]
    if plural and not text.endswith("s"):
        return None
    number = ordinal(text[:-1].replace("-", " ") if plural else text.replace("-", " "))
    return number if number and number > 2 and not text[:1].isdigit() else None


_MOST_WORDS_BEFORE = 8
_NO_NOUNS = frozenset("of or and more less half times to out in point more".split())


@lru_cache(maxsize=1024)
def counted_in_figures(text: str) -> str | None:
    """`ninety days` as `90 days`; None where no number in words stands before other words."""
    words = " ".join(text.split()).split(" ")
    if not words[0][:1].isalpha() or len(words) < 2:
        return None
    for length in range(min(_MOST_WORDS_BEFORE, len(words) - 1), 0, -1):
        number = in_figures(" ".join(words[:length]))
        if number is not None:
            follows = words[length].casefold()
            fits = follows[:1].isalpha() and (follows not in _NO_NOUNS or "/" in number)
            return f"{number} {' '.join(words[length:])}" if fits else None
    return None


def quotient(text: str) -> str | None:
    """`2 out of 9`, `one in 44`: a share, as a quotient."""
    found = _OUT_OF.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    top, low = (_whole(found[name]) for name in ("top", "low"))
    return f"{top}/{low}" if top and low else None


def ratio(text: str) -> str | None:
    """`two to three` with a colon."""
    found = _TO.fullmatch(" ".join(text.split()))
    sides = [found and cardinal(found[name]) for name in ("left", "right")]
    return f"{sides[0]}:{sides[1]}" if found and None not in sides else None


def _whole(text: str) -> str | None:
    if text.isdigit():
        return text
    number = cardinal(text)
    return None if number is None else str(number)


def _chinese(text: str) -> str | None:
    below, found, above = text.partition("分之")
    if found:
        numbers = _chinese_whole(above), _chinese_whole(below)
        return None if None in numbers else f"{numbers[0]}/{numbers[1]}"
    number = _chinese_whole(text)
    return None if number is None else str(number)


def _chinese_whole(text: str) -> int | None:
    """`四十二`, `三百零五`, `两万`; None for digits one after another, as in years, and for anything else."""
    if not text or not _CHINESE_NUMBER.fullmatch(text) or len(text) > 16:
        return None
    total = group = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            group += (1 if digit is None else digit) * _TENS[char]
            digit = None
        else:
            total = (total + group + (digit or 0)) * _MYRIADS[char]
            group, digit = 0, None
    return total + group + (digit or 0)


def with_figures(text: str) -> str:
    """A Chinese text with figures for the numbers that it spells out before something that is counted."""
    return _CHINESE_NUMBER.sub(lambda found: _counted(found[0]), text)


def _counted(spelt: str) -> str:
    number = _chinese_whole(spelt)
    return spelt if number is None or spelt in _NO_COUNTS else str(number)
