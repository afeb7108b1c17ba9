r"""1.4, 4.2 and 4.4: a number with its unit, currency, scale or sign of percent, read and compared at once.

Each side is read whole (`maths.quantities`). Then it is asked in which unit, scale and share a bare number is
meant by the question, and the numbers are compared there: exactly, or as far as rounding is allowed.
"""

import re
from dataclasses import replace
from fractions import Fraction

from tinyv_cli.maths.compounds import duration
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.precision import scale_asked
from tinyv_cli.maths.quantities import Quantity, of_compound, quantity
from tinyv_cli.maths.questions import speaks_of_errors
from tinyv_cli.maths.units import speaks_of_money
from tinyv_cli.proofs.frames import Frame, frames
from tinyv_cli.proofs.leaves.rounding import Amount, agreement
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides, compact
from tinyv_cli.records import Proof, Step

MOST_ERROR = Fraction(1, 20)  # of the value; what stands behind ± may else be the other of two numbers


def quantities(sides: Sides, prove: Prove) -> Proof | None:
    """1.4, 4.2, 4.4: `542/3 seconds` and `180.67`, `4.07 fm` and `4.0655*10^-15 m`, `417` and `$417k`."""
    read = sides.each(quantity)
    gold = read[0] or _as_duration(sides.gold, read[1])
    answer = read[1] or _as_duration(sides.answer, read[0])
    if gold is None or answer is None or sides.one(_POINTS.search) and gold.share and answer.share:
        return None
    if not (
        _unknown_is_asked_for(sides.question, gold, answer) and _errors_agree(gold, answer, sides.question)
    ):
        return None
    proofs = (_compared(sides, prove, gold, answer, frame) for frame in frames(sides.question, gold, answer))
    return next(filter(None, proofs), None)


# By how many of them a share changes, and not by which share of itself.
_POINTS = re.compile(r"\b(?:percent(?:age)?|per cent) points?\b|\bpp\b")
_UNITS_OF = re.compile(r"\bin units? of (?P<unit>[^.?!]{1,80})", re.IGNORECASE)


def _unknown_is_asked_for(question: str, gold: Quantity, answer: Quantity) -> bool:
    """Whether what else stands behind a number is the unit that the question asks for, or behind both."""
    unknown = {compact(each.unknown) for each in (gold, answer) if each.unknown}
    if len(unknown) != 1:
        return not unknown
    if gold.unknown and answer.unknown:
        return True
    other, asked = answer if gold.unknown else gold, _UNITS_OF.search(question)
    return other.unit is None and asked is not None and unknown.pop() in compact(plain(asked["unit"]).text)


def _as_duration(text: str, other: Quantity | None) -> Quantity | None:
    """`2:30` beside a quantity of hours or of seconds."""
    unit = dict(other.unit or ()) if other else {}
    if ":" not in text or not unit or not unit.keys() <= {"second", "minute", "hour", "day"}:
        return None
    found = duration(text, in_hours="second" not in unit)
    return of_compound(found, text) if found else None


def _compared(sides: Sides, prove: Prove, gold: Quantity, answer: Quantity, frame: Frame) -> Proof | None:
    """What shows them to be one in this frame."""
    if gold.written is None and answer.written is None:
        return _expressions_compared(prove, gold, answer, frame)
    amounts = _amount(gold, frame.of_gold), _amount(answer, frame.of_answer)
    smaller, larger = sorted(abs(each.value) for each in amounts)
    if 2 * smaller < larger:  # the commonest case, and the cheapest
        return None
    if smaller == larger and not (gold.is_exact and answer.is_exact):
        return _expressions_compared(prove, gold, answer, frame)  # to 60 digits √(10^60+1) is 10^30
    last = agreement(
        sides,
        *amounts,
        counts_cents=_counts_cents(sides.question, gold, answer),
        measured=any(each.unit or each.share or each.scale for each in (gold, answer)),
    )
    if last is None:
        return None
    return Proof((*frame.said, *_error_step(gold, answer), *last), gold.text, answer.text)


def _expressions_compared(prove: Prove, gold: Quantity, answer: Quantity, frame: Frame) -> Proof | None:
    """The search shows what two expressions come to; without a unit they are no matter of quantities."""
    if not frame.said:
        return None
    times = frame.of_answer / frame.of_gold
    text = answer.text if times == 1 else f"({answer.text}) * {times.numerator} / {times.denominator}"
    proof = prove(gold.text, text)
    return replace(proof, steps=(*frame.said, *proof.steps)) if proof else None


def _amount(read: Quantity, times: Fraction) -> Amount:
    return Amount.of(read.value * times, read.written, times, about=read.about, text=read.text)


def _counts_cents(question: str, gold: Quantity, answer: Quantity) -> bool:
    """Whether both are amounts of money, in no scale in which cents are nothing."""
    in_scale = gold.scale or answer.scale or gold.share or answer.share or scale_asked(question)
    return not in_scale and speaks_of_money(question)


def _errors_agree(gold: Quantity, answer: Quantity, question: str) -> bool:
    """Whether what stands behind ± is the same, or small and given by one side only."""
    if gold.error and answer.error:
        return gold.error.value == answer.error.value
    given = gold if gold.error else answer
    if given.error is None:
        return True
    if answer.error is None and speaks_of_errors(question):
        return False
    is_measurement = given.written is not None and given.written.has_point
    return is_measurement and given.error.value <= abs(given.value) * MOST_ERROR


def _error_step(gold: Quantity, answer: Quantity) -> tuple[Step, ...]:
    if bool(gold.error) == bool(answer.error):
        return ()
    given = gold.error or answer.error
    return (Step("4.3", f"the error of {given.text if given else ''} is given once"),)


_EITHER = re.compile(r"\d\W*\s\(|\bor\b|i\.e\.|that is")
_BESIDE = re.compile(r"\s*(?:,?\s*\bor\b(?: (?:about|equivalently))?|,?\s*\bi\.e\.,?|,?\s*\bthat is,?)\s*")
_ASIDE = re.compile(
    r"(?P<first>[^()]+?)\s*\((?:(?:or|i\.e\.,?|that is,?|equivalently|about|approximately|=|\\approx)\s*)?"
    r"(?P<second>[^()]+?)"
    r"(?:\s+(?:if|when|as|in)\b[a-z ]*)?\)"
)


def two_forms(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.4: `0.7701 (or 77.01%)` says either, where both are the same number."""
    for given, other, turned in ((sides.answer, sides.gold, False), (sides.gold, sides.answer, True)):
        forms = _two_forms(given)
        if forms is None:
            continue
        same = prove(*forms)
        for form in forms if same else ():
            proof = prove(form, other) if turned else prove(other, form)
            if proof is not None and same is not None:
                said = Step("4.4", f"'{forms[0]}' and '{forms[1]}' are one number", same.rounds)
                return replace(proof, steps=(said, *proof.steps))
    return None


def _two_forms(text: str) -> tuple[str, str] | None:
    """Two quantities in one text, of which the one is said to be the other."""
    if not _EITHER.search(text):
        return None
    flat = plain(text).text
    found = _ASIDE.fullmatch(flat)
    parts = [found["first"], found["second"]] if found else _BESIDE.split(flat)
    if len(parts) != 2 or not all(quantity(part) for part in parts):
        return None
    return parts[0], parts[1]


_RADIANS = re.compile(r"(?P<angle>.*?(?:\\pi|π|\bpi).*?)\s*(?:rad|radians?)\.?")
_DEGREES = re.compile(r"\^\\circ|degree")


def radians(sides: Sides, prove: Prove) -> Proof | None:
    r"""1.4: `\frac{\pi}{3} rad` is 60 degrees: an angle in radians is a number."""
    if not sides.either(_says_radians):
        return None
    gold, answer = (plain(side).text for side in (sides.gold, sides.answer))
    in_degrees = _DEGREES.search(gold), _DEGREES.search(answer)
    bare = [_RADIANS.fullmatch(text) for text in (gold, answer)]
    if bool(in_degrees[0]) == bool(in_degrees[1]) or not (bare[0] or bare[1]):
        return None
    texts = [found["angle"] if found else text for found, text in zip(bare, (gold, answer), strict=True)]
    return after("1.4", "an angle in radians is a number", prove(*texts))


def _says_radians(text: str) -> bool:
    return "rad" in text
