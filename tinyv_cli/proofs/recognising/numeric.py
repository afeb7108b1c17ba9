"""Category 4, numeric: the same number in another form, or rounded."""

import re

from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.reading import read
from tinyv_cli.proofs.recognising.expression import is_irrational
from tinyv_cli.proofs.recognising.pair import NOTHING, ROUNDING, Pair, compact, figures, near, said, value

MOST_WORDS = 4  # beside a number in two forms

_PERCENT = re.compile(r"\\?%|\bper\s?cent")
_MIXED = re.compile(r"\d\s*(?:and\s+)?\\frac|\d\s+(?:and\s+)?\d+\s*/\s*\d|\d[½⅓⅔¼¾]")
_CLOCK = re.compile(r"\d?\d:\d\d(?::\d\d)?(?:\s*[ap]\.?\s?m\.?)?|\d?\d\s*[ap]\.?\s?m\.?", re.IGNORECASE)
_BASE = re.compile(r"[0-9A-F]+\s*_\s*(?:\{?\(?\d{1,2}\)?\}?)")
_SCALE = re.compile(r"\d\s*(?:hundred|thousand|million|billion|trillion)", re.IGNORECASE)
_ABOUT = re.compile(
    r"\\(?:approx|simeq)(?![A-Za-z])|\b(?:which is |or )?(?:about|approximately|approx|roughly)\b"
    r"|(?<=[\d}]) or (?=\d)"
)
_DECIMALS = re.compile(r"\d\.\d{2}")
_REPEATING = re.compile(r"\d?\.\d*\\(?:overline|bar|dot)|\.\d+\(\d+\)\Z")


def other(pair: Pair) -> bool:
    r"""4.4: `6\frac{1}{64}` and `6.015625`, `25\%` and `0.25`, `1011_2` and `11`, `8 PM` and `20:00`."""
    if len(said(pair.gold)) + len(said(pair.answer)) > MOST_WORDS:
        return False
    if pair.one(_BASE.fullmatch) or pair.one(_SCALE.search) or pair.both(_CLOCK.fullmatch):
        return pair.one(str.isdigit) or pair.both(_has_figures)
    gold, answer = pair.each(value)
    if gold is None or answer is None:
        return False
    if pair.both(_PERCENT.search):
        return _equal(pair) and pair.one(_in_words)
    if pair.one(_PERCENT.search):
        return near(gold, answer) or near(gold, 100 * answer) or near(100 * gold, answer)
    return pair.one(_MIXED.search) and near(gold, answer)


def _in_words(side: str) -> bool:
    return "%" not in side


def _has_figures(side: str) -> bool:
    return any(map(str.isdigit, side))


def both_forms(pair: Pair) -> bool:
    r"""4.1: `\frac{600}{7}`, and that with what it rounds to: `\frac{600}{7} \approx 85.71`."""
    longer, shorter = sorted(pair.each(str), key=len, reverse=True)
    forms = [compact(form.strip(" ,").removesuffix("(")) for form in _ABOUT.split(longer)]
    named = compact(shorter) in (forms[0], forms[-1].rstrip(")"))
    return named and len(forms) > 1 and len(said(longer)) < MOST_WORDS


def approximate(pair: Pair) -> bool:
    r"""4.1: `\frac{600}{7}` and `85.71`, `x+\sqrt{2}` and `x+1.414`."""
    if _differ_a_little(pair):
        return pair.one(_written_out)
    if (
        pair.one(_DECIMALS.search)
        and pair.one(is_irrational)
        and not any(map(said, (pair.gold, pair.answer)))
    ):
        return pair.same(lambda side: bool(_DECIMALS.search(side)) != is_irrational(side))
    # Of (-5)^(1/3) the value is complex, unless the real root is meant.
    return pair.one(_has_decimals) and pair.one(value) and pair.both(_is_constant)


def precision(pair: Pair) -> bool:
    r"""4.3: `1.27\%` and `1.3\%`, `86` and `85.71`."""
    return _differ_a_little(pair) and any(map(_may_be_rounded, (pair.gold, pair.answer)))


def _may_be_rounded(side: str) -> bool:
    """Whether it has decimals, or noughts at its end: 1936 and 1937 are two numbers."""
    return "." in side or side.endswith("0")


def exact(pair: Pair) -> bool:
    """4.2: `10^3` and `1000`, `0.5` and `1/2`, `5!` and `120`, `i(2-i)` and `1+2i`."""
    gold, answer = pair.each(value)
    if any(map(is_irrational, (pair.gold, pair.answer))):
        return False
    if pair.one(_REPEATING.search):
        return pair.one(value)
    if gold is None or answer is None:
        return pair.both(_is_constant)
    return _equal(pair)


def _equal(pair: Pair) -> bool:
    """Whether both numbers are the same: to the last digit where all digits are written."""
    written = pair.each(_written_out)
    if written[0] and written[1]:
        return written[0].value == written[1].value
    gold, answer = pair.each(value)
    return gold is not None and answer is not None and abs(gold - answer) <= ROUNDING * abs(gold) + NOTHING


def _is_constant(side: str) -> bool:
    """Whether it is an expression of numbers alone, whatever its value."""
    node = read(side)
    return node is not None and not node.variables()


def _written_out(side: str) -> Decimal | None:
    return decimal(figures(side))


def _has_decimals(side: str) -> bool:
    return "." in side and _written_out(side) is not None


def _differ_a_little(pair: Pair) -> bool:
    gold, answer = pair.each(value)
    return gold is not None and answer is not None and near(gold, answer) and not _equal(pair)
