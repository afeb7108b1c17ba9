"""How precise a number a question asks for, in which form and scale, and how precise its own data are."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tinyv_cli.maths.decimals import decimal
from tinyv_cli.maths.words import SCALES, cardinal

_COUNT = r"(?P<{0}>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten)"
_SIGNIFICANT = re.compile(
    rf"(?P<most>maximum of|at most|up to)?\s*\b{_COUNT.format('digits')}[\s-]*\$?\s*"
    r"(?:significant|sig\.?|s\.?f\b)(?:[\s-]*(?:figures?|figs?\.?|digits?))?",
    re.IGNORECASE,
)
_PLACES = re.compile(
    rf"(?P<most>maximum of|at most|up to)?\s*\b{_COUNT.format('places')}[\s-]*\$?\s*"
    r"(?:(?:decimals?|digits? after)\b(?:[\s-]*(?:places?|digits?|points?|the decimal point))?|d\.?p\b)",
    re.IGNORECASE,
)
_NAMES = {
    "thousandth": -3,
    "hundredth": -2,
    "tenth": -1,
    "integer": 0,
    "whole": 0,
    "unit": 0,
    "one": 0,
    "ten": 1,
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "cent": -2,
    "penny": -2,
    "percent": 0,
    "degree": 0,
    "dollar": 0,
}
_NEAREST = re.compile(
    rf"\bnearest\s+(?:(?P<times>ten|hundred)[\s-]+)?(?P<name>{'|'.join(_NAMES)}|\$?\d*\.?\d+\$?)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """By which digit a question wants a number rounded: how many significant, or the power of the last."""

    significant: int | None = None
    last: int | None = None

    def last_of(self, value: Fraction) -> int | None:
        """The power of ten of the last digit that is asked for of this value; None where nothing is said."""
        if self.significant is None or value == 0:
            return self.last
        last = magnitude(value) - self.significant + 1
        carries = round(abs(value) / Fraction(10) ** last) == 10**self.significant  # 9.996 to three is 10.0
        return last + int(carries)


def magnitude(value: Fraction) -> int:
    """The power of ten of the first digit of a number that is not 0."""
    size = abs(value)
    power = int((size.numerator.bit_length() - size.denominator.bit_length()) * 0.30103)
    while size >= Fraction(10) ** (power + 1):
        power += 1
    while size < Fraction(10) ** power:
        power -= 1
    return power


@lru_cache(maxsize=512)
def asked(question: str) -> Asked:
    """How precise a number it asks for, where it says so once; a most that is allowed asks for nothing."""
    significant = {
        _counted(found["digits"]) for found in _SIGNIFICANT.finditer(question) if not found["most"]
    }
    places = {-_counted(found["places"]) for found in _PLACES.finditer(question) if not found["most"]}
    nearest = {_digit(found) for found in _NEAREST.finditer(question)} - {None}
    last = places | nearest
    if len(significant) + len(last) != 1:
        return Asked()
    return Asked(significant=significant.pop()) if significant else Asked(last=last.pop())


def _counted(text: str) -> int:
    return int(text) if text.isdigit() else cardinal(text) or 0


def _digit(found: re.Match[str]) -> int | None:
    """The power of ten of `hundredth`, `0.01` or `ten thousand`; None for the nearest five."""
    name = found["name"].strip("$").lower()
    if name in _NAMES:
        more = {"ten": 1, "hundred": 2}.get((found["times"] or "").lower(), 0)
        return _NAMES[name] + (more if _NAMES[name] >= 0 else -more)
    value = Fraction(name)
    return magnitude(value) if value and Fraction(10) ** magnitude(value) == value else None


_FORMS = re.compile(
    r"\bexact (?:value|form|answer|expression|result|number)|\b(?:answer|value)\b[^.]{0,20}\bexactly"
    r"|\b(?:as|into|in|common|reduced|irreducible|improper|simplified|give|enter|simplest|proper) (?:an? )?"
    r"(?:\w+ ){0,2}fraction|fraction(?:al)? form|lowest terms|mixed number|rational number"
    r"|in terms of|radical|rationaliz|\bsurd|simpl|m\s*\+\s*n|relatively prime|coprime"
    r"|\b(?:simplest|surd|exact|closed)\s(?:\S+\s)?form\b"
    r"|\b(?:in|of|the)\s(?:\S+\s)?form\b(?!\s*\$?\s*[xy]\s*=)",  # which is that of an equation
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\bround|\bnearest\b|approximat|decimal|significant|\bestimate", re.IGNORECASE)


@lru_cache(maxsize=512)
def wants_a_closed_form(question: str) -> bool:
    """Whether a rounded number is no answer: a fraction, a radical or an exact value is asked for."""
    return bool(_FORMS.search(question)) and not _ROUNDED.search(question)


@lru_cache(maxsize=512)
def wants_rounding(question: str) -> bool:
    """Whether it asks for a rounded number, by whichever digit."""
    return bool(_ROUNDED.search(question))


_STATED = re.compile(
    r"\bnearest\b|decimal places?|significant (?:figures?|digits?)|\bround(?:ed)? (?:off )?to\b"
    r"|correct to",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def states_precision(question: str) -> bool:
    """Whether it says how many digits it wants, so that fewer are too few."""
    return bool(_STATED.search(question))


_DATUM = re.compile(r"(?<![\w.])\d+\.\d+(?![\d.])")


@lru_cache(maxsize=512)
def most_digits(question: str) -> int:
    """How many significant digits the most precise of a question's decimals has; 0 without any."""
    data = map(decimal, _DATUM.findall(question))
    return max((each.significant for each in data if each), default=0)


SCALE_WORDS = {
    **{word: Fraction(size) for word, size in SCALES.items()},
    "ten thousand": Fraction(10**4),
    "ten-thousand": Fraction(10**4),
    "hundred million": Fraction(10**8),
    "hundred thousand": Fraction(10**5),
    "dozen": Fraction(12),
    "lakh": Fraction(10**5),
    "crore": Fraction(10**7),
    "万": Fraction(10**4),
    "亿": Fraction(10**8),
}
_LARGE = "ten[ -]thousand|hundred[ -](?:thousand|million)|thousand|million|billion|trillion"
_SCALE = re.compile(
    rf"\b(?:scale|units?|multiplier)\s*(?:is|of|:|=)\s*(?:\S+\s+)?(?P<said>{_LARGE})s?\b"
    rf"|\b(?:in|of)\s+(?:(?!the\b)\S+\s+)?(?P<table>thousand|million|billion|trillion)s\b"
    rf"|\bin\s+(?P<money>{_LARGE})\s+(?:of\s+)?(?:\S{{0,3}}dollars?|euros?|yuan|pounds|yen|rupees|usd)"
    rf"|\bhow many\s+(?P<many>{_LARGE})s?\b"
    r"|\b(?:in )?units of\s+\$?\s*10\s*\^\s*\{?(?P<power>-?\d{1,3})",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def scale_asked(question: str) -> Fraction | None:
    """By what a bare number is multiplied: of `in millions` a million. None without a word, or with two."""
    found = list(_SCALE.finditer(question))
    said = {_size(each) for each in found if each["said"] or each["many"]} or {_size(each) for each in found}
    return said.pop() if len(said) == 1 else None


def _size(found: re.Match[str]) -> Fraction:
    if found["power"]:
        return Fraction(10) ** int(found["power"])
    word = found["said"] or found["table"] or found["money"] or found["many"]
    return SCALE_WORDS[" ".join(word.lower().replace("-", " ").split())]
