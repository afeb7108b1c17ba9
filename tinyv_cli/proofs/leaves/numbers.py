"""4.2 and 4.4: exactly the same number in another form: mixed, in percent, in another base."""

import re

from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.forms import unwrapped
from tinyv_cli.maths.mixed import VULGAR_SIGN, with_sums
from tinyv_cli.maths.questions import base_of
from tinyv_cli.maths.reading import read
from tinyv_cli.proofs.leaves.algebra import is_irrational
from tinyv_cli.proofs.search import Prove, after, rewritten
from tinyv_cli.proofs.sides import NOTHING, ROUNDING, Pair, Sides, figures, near, said, value
from tinyv_cli.records import Proof

_REPEATED = re.compile(r"\\(?:overline|bar|dot)\s*(?:\{(?P<again>\d+)\}|(?P<digit>\d))")
_REPEATING = re.compile(
    rf"(?P<sign>[-+]?)(?<![\d.])(?P<whole>\d*)\.(?P<once>\d*)(?:{_REPEATED.pattern}|\((?P<bracket>\d+)\))"
)
# Digits that are seen to come again and again, though not that these are all: beside a decimal they are one.
_GOES_ON = re.compile(r"(\d\.\d*?)(?:(\d)\2\2+|(\d{2,6})\3+)\s*(?:\\(?:l|c)?dots|\.{2,}|…)")
# In words it is told which digits come again only where all that stand there at the end are one.
_IN_WORDS = re.compile(r"(\d*\.\d*?)(\d)\2+\s*\(?(?:repeating|recurring)\)?")
_BRACKET = re.compile(r"\.\d*\(\d+\)")


def repeating(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.2: `0.\overline{3}` is a third, and so is `0.(3)`."""
    goes_on = sides.either(_GOES_ON.search) and not sides.either(decimal)
    if not (
        goes_on
        or sides.either(_IN_WORDS.search)
        or sides.either(_REPEATED.search)
        or sides.either(_BRACKET.search)
    ):
        return None
    proof = rewritten("4.2", "a repeating decimal as a fraction", sides, prove, _without_repetition)
    # Its digits say that it goes on; cut off, it is another number.
    return None if proof is None or any(step.rounds for step in proof.steps) else proof


def _without_repetition(text: str) -> str:
    text = _IN_WORDS.sub(r"\1(\2)", text)
    return _REPEATING.sub(
        _as_fraction, _GOES_ON.sub(lambda found: f"{found[1]}({found[2] or found[3]})", text)
    )


def _as_fraction(found: re.Match[str]) -> str:
    again = found["again"] or found["digit"] or found["bracket"]
    once = int((found["whole"] or "0") + found["once"])
    whole = once * 10 ** len(again) + int(again) - once
    return f"{found['sign']}({whole}/{(10 ** len(again) - 1) * 10 ** len(found['once'])})"


_FRACTION = re.compile(rf"/|frac|{VULGAR_SIGN}")


def mixed_number(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `1 1/2` is one and a half, where a proper fraction stands behind a whole number."""
    if not sides.either(_FRACTION.search):
        return None
    return rewritten("4.4", "a mixed number as a sum", sides, prove, with_sums)


_IN_BASE = re.compile(
    r"(?P<open>\()?(?P<digits>[0-9A-F]+)(?(open)\))\s*_\s*(?:\{\s*\(?(?P<long>\d{1,2})\)?\s*\}|(?P<short>\d))"
    r"|(?P<said>[0-9A-F]+)\s*,?\s*\(?(?:in )?base[ -]?(?P<named>\d{1,2})\)?"
)
_DIGITS = re.compile(r"[0-9A-F]+")


def base(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `1011_2` is eleven; where base two is asked for it is the bare 1011."""
    both = sides.gold + sides.answer
    if "_" not in both and "base" not in both:
        return None
    gold, answer = sides.each(lambda side: _IN_BASE.fullmatch(unwrapped(side)))
    if gold is None and answer is None:
        return None
    asked = base_of(sides.question)
    values = [_in_base(found, side, asked) for found, side in ((gold, sides.gold), (answer, sides.answer))]
    if None in values:
        return None
    return after("4.4", "the base written out", prove(str(values[0]), str(values[1])))


def _in_base(found: re.Match[str] | None, text: str, asked: int | None) -> int | None:
    """The value; digits without a base are in the one that was asked for, else in base ten."""
    digits = (found["digits"] or found["said"]) if found else text
    radix = int(found["long"] or found["short"] or found["named"]) if found else (asked or 10)
    if asked is not None and radix != asked:
        return None
    if not _DIGITS.fullmatch(digits) or not 2 <= radix <= 16:
        return None
    try:
        return int(digits, radix)
    except ValueError:  # a digit that this base does not have
        return None


_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)


def clock(sides: Sides, prove: Prove) -> Proof | None:
    """4.4: `8:34 PM` is 20:34."""
    if ":" not in sides.gold + sides.answer:
        return None
    gold, answer = sides.each(_time)
    if gold is None and answer is None:
        gold, answer = sides.each(_as_written)
    if gold is None or gold != answer:
        return None
    return after("4.4", f"both are {gold}", prove(gold, gold))


def _time(text: str) -> str | None:
    """The time of a day of 24 hours; None where it is not said which half of the day it is."""
    found = _CLOCK.fullmatch(unwrapped(text))
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, minute, second = int(found["hour"]), found["minute"] or "00", found["second"] or "00"
    if found["half"] is None:
        return f"{hour:02}:{minute}:{second}" if hour > 12 else None
    if not 1 <= hour <= 12:
        return None
    return f"{hour % 12 + 12 * (found['half'][0] in 'pP'):02}:{minute}:{second}"


def _as_written(text: str) -> str | None:
    """The time as it is written, but for noughts in front: 5:00 is 05:00 in whichever half of the day."""
    found = _CLOCK.fullmatch(_TIGHT.sub("", unwrapped(text)))
    if found is None or found["half"] or not found["minute"]:
        return None
    return f"{int(found['hour']):02}:{found['minute']}" + (f":{found['second']}" if found["second"] else "")


_TIGHT = re.compile(r"\\!|\s(?=:)|(?<=:)\s")
WORDS_BESIDE_A_NUMBER = 4  # beside a number in two forms
_LIKE_A_PERCENTAGE = re.compile(r"\\?%|\bper\s?cent")
_LIKE_A_MIXED_NUMBER = re.compile(r"\d\s*(?:and\s+)?\\frac|\d\s+(?:and\s+)?\d+\s*/\s*\d")
_LIKE_A_TIME = re.compile(r"\d?\d:\d\d(?::\d\d)?(?:\s*[ap]\.?\s?m\.?)?|\d?\d\s*[ap]\.?\s?m\.?", re.IGNORECASE)
_LIKE_A_BASE = re.compile(r"[0-9A-F]+\s*_\s*(?:\{?\(?\d{1,2}\)?\}?)")
_LIKE_A_SCALE = re.compile(r"\d\s*(?:hundred|thousand|million|billion|trillion)", re.IGNORECASE)
_LIKE_A_REPETITION = re.compile(r"\d?\.\d*\\(?:overline|bar|dot)|\.\d+\(\d+\)\Z")


def looks_like_another_form(pair: Pair) -> bool:
    r"""4.4: `6\frac{1}{64}` and `6.015625`, `25\%` and `0.25`, `1011_2` and `11`, `8 PM` and `20:00`."""
    if len(said(pair.gold)) + len(said(pair.answer)) > WORDS_BESIDE_A_NUMBER:
        return False
    if (
        pair.one(_LIKE_A_BASE.fullmatch)
        or pair.one(_LIKE_A_SCALE.search)
        or pair.both(_LIKE_A_TIME.fullmatch)
    ):
        return pair.one(str.isdigit) or pair.both(_has_figures)
    gold, answer = pair.each(value)
    if gold is None or answer is None:
        return False
    if pair.both(_LIKE_A_PERCENTAGE.search):
        return equal(pair) and pair.one(_says_percent_in_words)
    if pair.one(_LIKE_A_PERCENTAGE.search):
        return near(gold, answer) or near(gold, 100 * answer) or near(100 * gold, answer)
    return pair.one(_LIKE_A_MIXED_NUMBER.search) and near(gold, answer)


def _says_percent_in_words(side: str) -> bool:
    return "%" not in side


def _has_figures(side: str) -> bool:
    return any(map(str.isdigit, side))


def looks_like_exact_forms(pair: Pair) -> bool:
    """4.2: `10^3` and `1000`, `0.5` and `1/2`, `5!` and `120`, `i(2-i)` and `1+2i`."""
    gold, answer = pair.each(value)
    if pair.either(is_irrational):
        return False
    if pair.one(_LIKE_A_REPETITION.search):
        return pair.one(value)
    if gold is None or answer is None:
        return pair.both(is_constant)
    return equal(pair)


def equal(pair: Pair) -> bool:
    """Whether both numbers are the same: to the last digit where all digits are written."""
    written = pair.each(written_out)
    if written[0] and written[1]:
        return written[0].value == written[1].value
    gold, answer = pair.each(value)
    return gold is not None and answer is not None and abs(gold - answer) <= ROUNDING * abs(gold) + NOTHING


def is_constant(side: str) -> bool:
    """Whether it is an expression of numbers alone, whatever its value."""
    node = read(side)
    return node is not None and not node.variables()


def written_out(side: str) -> Decimal | None:
    return decimal(figures(side))
