"""Over which values the letters of a question run: all reals, unless it says something else.

It may say so in a formula (`0 < x < 5`, `a > b > 0`), in words ("positive integers m and n"), or by
calling a letter a mass, a radius or another quantity that is never negative. What contradicts itself
(`f(x) = 1` for x > 0, `-1` for x < 0) is no condition on the whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from tinyv_cli.maths.reading import GREEK, read
from tinyv_cli.maths.values import real_value


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one letter, between two ends of which neither need belong to it."""

    low: Fraction | None = None
    high: Fraction | None = None
    whole: bool = False

    def within(self, other: "Range") -> "Range":
        """What is in both."""
        low = max((end for end in (self.low, other.low) if end is not None), default=None)
        high = min((end for end in (self.high, other.high) if end is not None), default=None)
        return Range(low, high, self.whole or other.whole)

    def contains(self, value: Fraction) -> bool:
        """Whether it lies between the ends, and is an integer where it must be one."""
        return (
            (self.low is None or value > self.low)
            and (self.high is None or value < self.high)
            and (not self.whole or value.denominator == 1)
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing between its ends."""
        return self.low is not None and self.high is not None and self.low >= self.high


REALS = Range()
POSITIVE = Range(low=Fraction(0))
NEGATIVE = Range(high=Fraction(0))


@dataclass(frozen=True, slots=True)
class Domain:
    """The ranges of those letters of which something is known, and that of all others."""

    ranges: tuple[tuple[str, Range], ...] = ()
    others: Range = REALS

    def of(self, name: str) -> Range:
        """The range of a letter."""
        return dict(self.ranges).get(name, self.others)


ANYWHERE = Domain()

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
# The letters a and I are words where another word follows: `k and a mass`.
_LETTER = r"(?:[b-zB-HJ-Z]|[aAI](?! (?!and\b|are\b|is\b|be\b)[a-z]{2}))"
_NAME = rf"(?:\\(?:{_GREEK})|{_LETTER})(?:_\{{?\w+\}}?)?(?![A-Za-z_(^'])"
_FORMULA = r" ?\$? ?"
_AND = r"(?:, and|,|\band\b|\bor\b|\\text ?\{ ?and ?\})"
_NAMES = rf"{_NAME}(?:{_FORMULA}{_AND}{_FORMULA}{_NAME}){{0,5}}"
# Where other conditions hold on other lines; and drawings.
_CASES = re.compile(
    r"\\begin ?\{(?:cases|array)\}.*?(?:\\end ?\{(?:cases|array)\}|\Z)|\[asy\].*?(?:\[/asy\]|\Z)", re.DOTALL
)
_SPACING = re.compile(r"(?:\s|\\(?:left|right|,|;|!|:|quad|qquad)(?![A-Za-z])|\\[()\[\]])+")
_DOLLARS = re.compile(r"\$\$+")

_RELATION = re.compile(r"\\(?:leq?(?:slant)?|geq?(?:slant)?|lt|gt)(?![A-Za-z])|<=?|>=?|[≤≥]")
_FRACTION, _DECIMAL = r"\\[dt]?frac ?\{[^{}]*\} ?\{[^{}]*\}", r"\d+(?:\.\d+)?(?: ?/ ?\d+)?"
_NUMBER = rf"-? ?(?:{_FRACTION}|{_DECIMAL} ?(?:\\pi|π)?|\\pi|π)(?: ?/ ?\d+)?"
_NOT_PART = r"(?<![\w}\])^*/+\-\\|.!'])"
_AND_NO_MORE = r"(?! ?[-+*/^(_]|[\w\\|!])"
_LEFT = re.compile(rf"(?:{_NOT_PART}|(?<=,))(?:(?P<names>{_NAMES})|(?P<number>{_NUMBER})){_FORMULA}\Z")
_RIGHT = re.compile(rf"{_FORMULA}(?:(?P<number>{_NUMBER})|(?P<names>{_NAMES})){_AND_NO_MORE}")

_QUALITIES = "strictly|real|given|fixed|arbitrary|distinct|odd|even|constant|some|two|three|all|any|different"
_QUALITY = rf"(?:(?:{_QUALITIES}) ){{0,3}}"
_POSITIVE = r"(?:positive|non-?negative)"
_SIGN = rf"(?P<sign>{_POSITIVE} |negative )?"
_NUMBERS = "integers?|whole numbers?|natural numbers?|reals?|numbers?|constants?|parameters?|values?|primes?"
_THINGS = rf"(?P<thing>{_NUMBERS})\b"
_OWN = rf"(?P<dollar>\$?) ?(?P<names>{_NAMES})"
_ARE = rf"(?P<dollar>\$?) ?(?<![A-Za-z\\])(?P<names>{_NAMES})\$?,? ?(?:is|are|be|denotes?|represents?) "
_THING_FIRST = re.compile(rf"\b{_QUALITY}{_SIGN}{_QUALITY}{_THINGS}(?: of)?,? ?{_OWN}", re.IGNORECASE)
_NAME_FIRST = re.compile(rf"{_ARE}(?:both |all |an? )?{_QUALITY}{_SIGN}{_QUALITY}{_THINGS}", re.IGNORECASE)
_SIGN_FIRST = re.compile(rf"\b(?P<sign>{_POSITIVE}|negative) {_OWN}", re.IGNORECASE)
_SIGN_LAST = re.compile(
    rf"{_ARE}(?:both |all )?(?P<sign>{_POSITIVE}|negative)\b(?! \w*(?:definite|correlat))", re.IGNORECASE
)
_MEMBER = re.compile(
    rf"(?P<names>{_NAMES}){_FORMULA}(?:\\in(?![A-Za-z])|∈) ?"
    r"(?:\\math(?:bb|bf) ?\{? ?)?(?P<set>[NZℕℤR])\}? ?(?P<sign>[_^] ?\{? ?[+*>])?"
)
_ALL_POSITIVE = re.compile(
    rf"\b(?:all|the) (?:variables?|letters|unknowns|quantities|radicands)\b[^.?]{{0,40}}\b{_POSITIVE}\b"
    rf"|\b{_POSITIVE} (?:real )?(?:variables|constants|quantities|parameters|letters)\b"
    rf"|\bvariables? (?:are|is|represents?|denotes?)\b[^.?]{{0,25}}\b{_POSITIVE}\b",
    re.IGNORECASE,
)
_NEVER_NEGATIVE = "|".join(
    each.replace("_", " ")
    for each in """
    mass masses radius radii length side edge height width depth diameter area volume perimeter altitude
    distance thickness separation temperature density pressure frequency wavelength period half-life speed
    amplitude magnitude capacitance resistance inductance conductivity permittivity permeability stiffness
    spring_constant force_constant time_constant heat_capacity moment_of_inertia semi-major_axis mean
    """.split()
)
_QUANTITY = re.compile(rf"\b(?:{_NEVER_NEGATIVE})s? (?:of )?{_OWN}(?! ?= ?-)", re.IGNORECASE)
_WORDS = frozenset("a A I".split())
MOST_CHARS = 6000


@lru_cache(maxsize=512)
def domain_of(question: str) -> Domain:
    """What a question says of its letters; `ANYWHERE` where it says nothing."""
    text = _DOLLARS.sub("$", _SPACING.sub(" ", _CASES.sub(" ", question[:MOST_CHARS])))
    found: dict[str, Range] = {}
    dropped: set[str] = set()
    for name, values in _all_conditions(text):
        both = found.get(name, REALS).within(values)
        if both.is_empty:
            dropped.add(name)
        found[name] = both
    ranges = sorted(
        (name, values) for name, values in found.items() if name not in dropped and values != REALS
    )
    return Domain(tuple(ranges), POSITIVE if _ALL_POSITIVE.search(text) else REALS)


def _all_conditions(text: str) -> Iterator[tuple[str, Range]]:
    yield from _relations(text)
    for pattern in (_THING_FIRST, _NAME_FIRST, _SIGN_FIRST, _SIGN_LAST, _QUANTITY):
        for found in pattern.finditer(text):
            said = found.groupdict()
            values = _described(said.get("sign"), said.get("thing"), quantity=pattern is _QUANTITY)
            for name in _named(said["names"], in_formula=bool(said["dollar"])):
                yield name, values
    for found in _MEMBER.finditer(text):
        counted = found["set"] in "Nℕ" or found["sign"]
        for name in _named(found["names"], in_formula=True):
            yield name, Range(Fraction(0) if counted else None, whole=found["set"] != "R")


def _described(sign: str | None, thing: str | None, *, quantity: bool) -> Range:
    word, noun = (sign or "").strip().lower(), (thing or "").lower()
    whole = noun.startswith(("integer", "whole", "natural", "prime"))
    if (
        quantity
        or word in ("positive", "nonnegative", "non-negative")
        or noun.startswith(("whole", "natural", "prime"))
    ):
        return replace(POSITIVE, whole=whole)
    return replace(NEGATIVE if word == "negative" else REALS, whole=whole)


def _named(names: str, *, in_formula: bool) -> list[str]:
    """The letters of a list, as expressions name them; `a` and `I` are words outside of formulas."""
    letters = re.findall(_NAME, re.sub(_AND, ",", names))
    sure = in_formula or len(letters) > 1
    nodes = [read(letter) for letter in letters if sure or letter not in _WORDS]
    return [node.text for node in nodes if node is not None and node.kind == "variable"]


Ordered = tuple[str, str]  # the first is larger than the second


def _relations(text: str) -> Iterator[tuple[str, Range]]:
    bounds: list[tuple[str, Range]] = []
    ordered: list[Ordered] = []
    for sign in _RELATION.finditer(text):
        left, right = (
            _LEFT.search(text, max(0, sign.start() - 60), sign.start()),
            _RIGHT.match(text, sign.end()),
        )
        if left is None or right is None:
            continue
        less = sign[0][0] in "<≤" or sign[0].startswith((r"\l",))
        _note(left, right, less=less, bounds=bounds, ordered=ordered)
    yield from bounds
    for _ in range(2):
        known = {name: values.low for name, values in bounds if values.low is not None}
        bounds = [(larger, Range(low=known[smaller])) for larger, smaller in ordered if smaller in known]
        yield from bounds


def _note(
    left: re.Match[str],
    right: re.Match[str],
    *,
    less: bool,
    bounds: list[tuple[str, Range]],
    ordered: list[Ordered],
) -> None:
    """What one relation between a letter and a number, or between two letters, says."""
    names = [_named(side["names"], in_formula=True) if side["names"] else [] for side in (left, right)]
    if names[0] and names[1]:
        ordered += [(b, a) if less else (a, b) for a in names[0][-1:] for b in names[1][:1]]
        return
    letters, number = (names[0], right["number"]) if names[0] else (names[1], left["number"])
    value = _number(number) if number else None
    if value is None:
        return
    is_upper = less == bool(names[0])
    bounds += [(name, Range(high=value) if is_upper else Range(low=value)) for name in letters]


def _number(text: str) -> Fraction | None:
    node = read(text)
    value = None if node is None else real_value(node)
    return None if value is None else Fraction(float(value)).limit_denominator(10**9)
