r"""Numbers and what is said of them: units, percent, bases, ratios, times, errors, grouped digits.

A reader is given plain LaTeX and yields what it can be. Where digits can be grouped in two ways, `27,93`
and `1,234`, all ways are yielded.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.compounds import compound
from tinyv_cli.maths.decimals import decimal
from tinyv_cli.maths.mixed import spoken_fraction, with_sums, without_and
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.readings.records import (
    Based,
    Clock,
    Complex,
    Counted,
    Number,
    Percent,
    Quantity,
    Ratio,
    Reading,
    Several,
    Unclear,
)
from tinyv_cli.maths.signs import IN_BRACES, TIGHTENED, grouped
from tinyv_cli.maths.units import measured, unit_of
from tinyv_cli.maths.values import approximate, rational, real_value
from tinyv_cli.maths.words import NUMBER_WORDS, QUALIFYING, SCALES, cardinal, ordinal, stems

REAL = 1e-9  # what plain arithmetic leaves of the imaginary part of a real number, relative to the value
LARGEST, NOTHING = 1e300, 1e-40
MOST_TENS = 250

_SIMPLE = re.compile(r"[-+]?(?!0\d)\d{1,15}(?:\.\d{1,15})?")


def is_simple(text: str) -> bool:
    """Whether it is written out in digits, with nothing to be read in another way."""
    return _SIMPLE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def number(text: str) -> Number | Complex | None:
    """The number that an expression is; None for what has letters, or no value that can be computed."""
    if _SIMPLE.fullmatch(text):
        written = Fraction(text)
        return Number(text, float(written), written, _step(text))
    node = read(with_sums(text))
    if node is None and (power := decimal(text)) is not None and abs(power.last) < MOST_TENS:  # 6.02e23
        return Number(text, float(power.value), power.value, _step(text))
    if node is None or node.variables():
        return None
    exact = _exact(node)
    if exact is not None:
        return Number(text, float(exact), exact, _step(text)) if abs(exact) < LARGEST else None
    value = _value(node)
    if value is None or not (isfinite(value.real) and isfinite(value.imag)):
        return None
    if abs(value.imag) <= REAL * abs(value):
        return Number(text, value.real, None, _step(text))
    has_i = any(each.kind == "constant" and each.text == "i" for each in node.walk())
    return Complex(text, value) if has_i else None  # of (-8)^(1/3) nobody knows which root is meant


def _exact(node: Node) -> Fraction | None:
    try:
        return rational(node)
    except (ValueError, RecursionError):
        return None


_CANCELS = frozenset({"subtract", "negative", "sin", "cos", "tan", "cot", "sec", "csc", "arccos"})


def _value(node: Node) -> complex | None:
    """To many digits where they may cancel: what is left of sin(500 pi) is nothing."""
    if any(each.kind in _CANCELS for each in node.walk()) and (real := real_value(node)) is not None:
        return complex(0.0 if abs(real) < NOTHING else float(real))
    try:
        return approximate(node, {})
    except NoValueError:
        found = real_value(node)
        return None if found is None else complex(float(found))
    except (ArithmeticError, ValueError, RecursionError):
        return None


def _step(text: str) -> float | None:
    """What one more in the last digit is worth that counts: digits may be rounded, and so may noughts be."""
    written = decimal(text)
    if written is None:
        return None
    if written.has_point:
        return float(written.unit)
    digits = written.digits.lstrip("0")
    noughts = len(digits) - len(digits.rstrip("0"))
    return float(10**noughts) if noughts else None


_COMMAS = re.compile(rf"(?P<sign>[-+]?)(?P<digits>{grouped(',')})(?P<rest>\.\d+)?")
_SURELY_GROUPED = re.compile(rf"{grouped(',')}\.\d+|0*[1-9]\d{{0,2}}(?:,\d{{3}}){{2,}}")
_GAPS = re.compile(rf"(?P<sign>[-+]?)(?P<digits>{grouped(' ', IN_BRACES, TIGHTENED)})(?P<rest>[.,]\d+)?")
_POINTS = re.compile(r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:\.\d{3})+)(?P<rest>,\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_REPEATING = re.compile(r"([-+]?)(\d*)[.,](\d*)(?:\((\d+)\)|\\(?:overline|dot|bar)\s*\{?(\d+)\}?)\.*")
_NOT_A_NUMBER = re.compile(r"[-+]?0\d+(?!\S)|(?:1[5-9]|20)\d\d/\d+|\d{4}[-–—]\d{2,4}|\d+(?:/\d+){2,}")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[-–—]\s*(\d+(?:\.\d+)?)")


def digits(text: str) -> Iterable[Reading]:
    """Numbers written in digits that belong together in a way of their own."""
    ends = _RANGE.fullmatch(text)
    if _NOT_A_NUMBER.fullmatch(text) or (ends and float(ends[1]) < float(ends[2])):
        yield Unclear(text)
    if found := _COMMAS.fullmatch(text):
        yield from _joined(found, ",")
        if not _SURELY_GROUPED.fullmatch(text.lstrip("+-")):
            yield from _with_decimal_comma(text)
            yield _listed(text)
    elif found := _GAPS.fullmatch(text):
        yield from _joined(found, " {},\\!")
        if " " in text:
            yield _listed(text)
    elif (found := _POINTS.fullmatch(text)) and (found["rest"] or found["digits"].count(".") > 1):
        yield from _joined(found, ".")
    elif _DECIMAL_COMMA.fullmatch(text):
        yield from _with_decimal_comma(text)
        yield _listed(text)
    elif found := _REPEATING.fullmatch(text):
        yield from _repeating(found)


def _joined(found: re.Match[str], marks: str) -> Iterable[Reading]:
    bare = found["digits"].translate({ord(mark): None for mark in marks})
    rest = (found["rest"] or "").replace(",", ".")
    joined = number(found["sign"] + bare + rest)
    if joined:
        yield joined


def _with_decimal_comma(text: str) -> Iterable[Reading]:
    if (found := number(text.replace(",", "."))) and text.count(",") == 1:
        yield found


def _listed(text: str) -> Several:
    parts = re.split(r"[, ]+", text)
    return Several("", tuple((found,) if (found := number(part)) else () for part in parts), tuple(parts))


def _repeating(found: re.Match[str]) -> Iterable[Reading]:
    """Digits that go on for ever; in brackets they may be a factor as well."""
    sign, whole, start, again, over = found.groups()
    period = again or over
    scale = Fraction(1, 10 ** len(start))
    value = int(whole or 0) + (int(start or 0) + Fraction(int(period), 10 ** len(period) - 1)) * scale
    value = -value if sign == "-" else value
    yield Number(found[0], float(value), value)
    if again:
        product = Fraction(f"{sign}{whole or 0}.{start or 0}") * int(again)
        yield Number(found[0], float(product), product)


_PERCENT = re.compile(r"(?P<value>.*[\d})])\s*(?:\\?%|\s*per\s?cents?|个?百分点)\.?")


def percent(text: str) -> Iterable[Reading]:
    """A number of hundredths."""
    if (found := _PERCENT.fullmatch(text)) and (value := one_number(found["value"])):
        yield Percent(value)


def one_number(text: str) -> Number | None:
    """The number that stands there, its digits perhaps in groups: the likeliest of its readings."""
    text = text.strip()
    found = number(text) or next((each for each in digits(text) if isinstance(each, Number)), None)
    return found if isinstance(found, Number) else None


_SCALE_LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "B": 10**9, "bn": 10**9, "T": 10**12}
_SCALED = re.compile(
    r"(?P<value>[-+]?[\d.,]+)\s*(?P<scale>thousand|million|billion|trillion|mn|bn|[kKMBT]|[万亿])"
)
_ZH_SCALES = {"万": 10**4, "亿": 10**8}


def scaled(text: str) -> Iterable[Reading]:
    """`3.5 million` and `5k`."""
    found = _SCALED.fullmatch(text)
    value = one_number(found["value"]) if found else None
    if found is None or value is None or value.exact is None:
        return
    word = found["scale"]
    scale = SCALES.get(word) or _SCALE_LETTERS.get(word) or _ZH_SCALES[word]
    exact = value.exact * scale
    yield Number(text, float(exact), exact, (value.step or 1) * scale)
    if len(word) == 1:
        yield Unclear(text)


_BASED = re.compile(r"\(?(?P<digits>[0-9A-Fa-f]+)\)?\s*_\s*\{?\s*\(?(?P<base>\d{1,2})\)?\s*\}?")
_HEX = re.compile(r"(?P<sign>-?)0(?P<mark>[xXbBoO])(?P<digits>[0-9A-Fa-f]+)")
_BASES = {"x": 16, "b": 2, "o": 8}


def based(text: str) -> Iterable[Reading]:
    """A number in a base that is written with it."""
    if found := _HEX.fullmatch(text):
        base, sign = _BASES[found["mark"].lower()], -1 if found["sign"] else 1
    elif found := _BASED.fullmatch(text):
        base, sign = int(found["base"]), 1
    else:
        return
    try:
        yield Based(text, sign * int(found["digits"], base), base)
    except ValueError:
        yield Unclear(text)


_CLOCK = re.compile(
    r"(?P<hours>\d{1,2}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d))?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
    r"|(?P<hour>\d{1,2})\s*(?P<of>[AaPp]\.?\s?[Mm]\.?)"
)
_RATIO = re.compile(r"[^:=<>]+(?::[^:=<>]+)+|(?P<top>[\d.]+) to (?P<low>[\d.]+)")


def ratio(text: str) -> Iterable[Reading]:
    """Numbers with colons between: a ratio, or a time."""
    if found := _CLOCK.fullmatch(text):
        yield _clock(found)
        if found["of"] or found["half"]:
            return
    if _RATIO.fullmatch(text):
        numbers = [one_number(part) for part in re.split(r":| to ", text)]
        if all(numbers):
            yield Ratio(tuple(each for each in numbers if each))


def _clock(found: re.Match[str]) -> Clock:
    hours = int(found["hours"] or found["hour"])
    half = (found["half"] or found["of"] or "").lower()
    if half:
        hours = hours % 12 + (12 if half[0] == "p" else 0)
    return Clock(found[0], hours * 3600 + int(found["minutes"] or 0) * 60 + int(found["seconds"] or 0))


_ARC = re.compile(
    r"(?P<sign>-?)(?P<degrees>\d+)\s*\^\\circ\s*(?:(?P<minutes>\d+)\s*(?:'|\^\{?\\prime\}?))?"
    r"\s*(?:(?P<seconds>[\d.]+)\s*(?:''|\"|″|”|\^\{?\\prime\\prime\}?))?"
)
DEGREE = (("degree", 1),)


def quantity(text: str) -> Iterable[Reading]:
    """A number and its unit; letters behind a number may be factors, too."""
    if (found := _ARC.fullmatch(text)) and (found["minutes"] or found["seconds"]):
        parts = [Fraction(found[name] or 0) for name in ("degrees", "minutes", "seconds")]
        value = parts[0] + parts[1] / 60 + parts[2] / 3600
        value = -value if found["sign"] else value
        yield Quantity(Number(text, float(value), value), DEGREE, "degrees")
        return
    if (several := compound(text)) is not None:
        yield Quantity(
            Number(several.text, float(several.value), several.value), ((several.unit, 1),), several.unit
        )
        return
    given = measured(text)
    if given is None:
        return
    bare = given.value.strip()
    for each in (number(bare), *digits(bare), *scaled(bare)):
        if isinstance(each, Number):
            yield Quantity(each, given.unit, given.spelt)
        elif each is not None:
            yield Unclear(text)


def in_words(text: str) -> Iterable[Reading]:
    """`twenty-five`, `15th` and `two thirds`."""
    if text[:1].isalnum() and (value := _said(text)) is not None:
        yield Number(text, float(value), value)


def mixed(text: str) -> Iterable[Reading]:
    """`10 and 1/2`, which may also be two numbers."""
    if (bare := without_and(text)) and (value := number(bare)):
        yield value


_OUT_OF = re.compile(r"\d+ out of \d+")
_HALVES = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_AND_A_PART = re.compile(r"(?P<whole>.+) and (?P<part>(?:a|one|two|three) .*(?:half|thirds?|quarters?))")
_SIGNED = re.compile(r"(?:minus|negative) ", re.IGNORECASE)


def _said(text: str) -> Fraction | None:
    if found := _SIGNED.match(text):
        value = _said(text[found.end() :])
        return None if value is None else -value
    if _OUT_OF.fullmatch(text) and (share := spoken_fraction(text)):
        return Fraction(share)
    parts = _AND_A_PART.fullmatch(text)
    if (
        parts
        and (count := cardinal(parts["whole"])) is not None
        and (part := _said(parts["part"])) is not None
    ):
        return count + part
    whole = cardinal(text)
    whole = ordinal(text) if whole is None else whole
    if whole is not None:
        return Fraction(whole)
    top, _, last = text.casefold().replace("-", " ", 1 if text.count("-") == 1 else 0).rpartition(" ")
    low = _HALVES.get(last) or ordinal(last.removesuffix("s"))
    count = 1 if top in ("a", "an") else cardinal(top)
    return Fraction(count, low) if count is not None and low else None


_WORDS = "|".join(sorted(NUMBER_WORDS))
_COUNTED = re.compile(
    rf"(?P<value>[-+]?[\d.,]+|[-+]?\d+/\d+|(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*)\s+"
    r"(?P<noun>[A-Za-z]{3,}(?:[ -][A-Za-z]{2,}){0,2})",
    re.IGNORECASE,
)


def counted(text: str) -> Iterable[Reading]:
    """A number of things."""
    found = _COUNTED.fullmatch(text)
    if found is None:
        return
    noun = stems(found["noun"])
    value = one_number(found["value"]) or next(iter(in_words(found["value"])), None)
    if unit_of(found["noun"]):
        return
    if isinstance(value, Number) and not (QUALIFYING | NUMBER_WORDS) & set(noun):
        yield Counted(value, " ".join(noun))
    else:
        yield Unclear(text)
