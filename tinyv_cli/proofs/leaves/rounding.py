"""4.1 and 4.3: a number and what it rounds to, or the same one with fewer digits."""

import re
from dataclasses import dataclass
from fractions import Fraction

from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.precision import (
    asked,
    most_digits,
    states_precision,
    wants_a_closed_form,
    wants_rounding,
)
from tinyv_cli.maths.quantities import exact
from tinyv_cli.proofs.ends import EXACTLY_THE_SAME
from tinyv_cli.proofs.leaves.algebra import is_irrational
from tinyv_cli.proofs.leaves.numbers import WORDS_BESIDE_A_NUMBER, equal, is_constant, written_out
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, compact, near, said, value
from tinyv_cli.records import Proof, Step

FEWEST_DIGITS = 3  # what rounding must leave: with two, 0.33 would be 1/3, and also 0.334 and 0.3251
NOISE_DIGITS = range(14, 19)  # what floating-point numbers are printed with, and plain numbers seldom have
NOISE, NOISE_BESIDE_WHOLE = Fraction(1, 10**9), Fraction(1, 10**12)
CENT = Fraction(1, 100)


def rounds_to(value: Fraction, rounded: Decimal) -> bool:
    """Whether the value, rounded to the last digit that is written, is that; a tie shows nothing."""
    return (value < 0) == rounded.negative and abs(value - rounded.value) < rounded.unit / 2


@dataclass(frozen=True, slots=True)
class Amount:
    """A number to compare: what one more in its last digit is worth, and how many digits it shows.

    An expression shows none: it is as precise as can be. `whole`: nothing after the point but noughts, so
    that it may be a count.
    """

    value: Fraction
    unit: Fraction | None
    significant: int
    whole: bool
    about: bool
    text: str

    @classmethod
    def of(
        cls, value: Fraction, written: Decimal | None, times: Fraction, *, about: bool, text: str
    ) -> "Amount":
        """A number as it was written, times what its unit makes of it."""
        if written is None:
            return cls(value, None, 0, whole=False, about=about, text=text)
        is_whole = not written.has_point or (written.last == -1 and written.digits.endswith("0"))
        return cls(value, written.unit * times, written.significant, is_whole, about, written.text)


def agreement(
    sides: Sides, gold: Amount, answer: Amount, *, counts_cents: bool = False, measured: bool = False
) -> tuple[Step, ...] | None:
    """What shows two numbers to be one, as far as rounding is allowed; None where nothing does.

    `counts_cents`: they are amounts of money, written out. `measured`: they have a unit, so that they count
    nothing.
    """
    policy = sides.policy
    if gold.value == answer.value:
        if gold.about == answer.about:
            return (Step(EXACTLY_THE_SAME, "exactly the same number"),)
        # About 7 may be 8, unless it is measured.
        is_count = not measured and gold.whole and answer.whole and gold.significant < FEWEST_DIGITS
        said = f"{gold.text} to the last digit that is given"
        return None if is_count or not policy.rounds else (Step("4.3", said, rounds=True),)
    if not policy.rounds or (gold.value < 0) != (answer.value < 0):
        return None
    leaf = "4.3" if gold.unit and answer.unit else "4.1"
    if policy.within is not None:
        near_enough = abs(gold.value - answer.value) <= policy.within * abs(gold.value)
        said = f"{answer.text} is within {float(policy.within * 100):g}% of {gold.text}"
        return (Step(leaf, said, rounds=True),) if near_enough else None
    if _is_noise(gold, answer):
        return (Step("4.3", "the same number but for the noise of floating-point arithmetic", rounds=True),)
    if answer.unit and _answer_may_be_rounded(
        sides, gold, answer, counts_cents=counts_cents, measured=measured
    ):
        return (Step(leaf, f"{gold.text} rounds to {answer.text}", rounds=True),)
    if gold.unit and _gold_may_be_rounded(sides.question, gold, answer):
        return (Step(leaf, f"{answer.text} rounds to {gold.text}", rounds=True),)
    return None


def _is_noise(gold: Amount, answer: Amount) -> bool:
    """Whether they differ by what floating-point arithmetic leaves behind."""
    longer, other = sorted((gold, answer), key=lambda each: each.significant, reverse=True)
    if longer.significant not in NOISE_DIGITS or longer.whole or other.unit is None:
        return False
    if other.whole and other.significant in NOISE_DIGITS:
        return False
    limit = NOISE_BESIDE_WHOLE if other.whole else NOISE
    return abs(gold.value - answer.value) <= limit * abs(gold.value)


def _answer_may_be_rounded(
    sides: Sides, gold: Amount, answer: Amount, *, counts_cents: bool, measured: bool
) -> bool:
    """Whether the answer is the gold with fewer digits: as many as are asked for, or enough."""
    question, unit = sides.question, answer.unit or Fraction(0)
    last = asked(question).last_of(gold.value)
    if last is not None:
        wanted = Fraction(10) ** last
        if unit < wanted and answer.value % wanted == 0:  # 4,210,000 to three figures
            unit = wanted
        return unit <= wanted and abs(gold.value - answer.value) < unit / 2
    if abs(gold.value - answer.value) >= unit / 2:
        return False
    if gold.unit is None and wants_a_closed_form(question) and not sides.policy.any_form:
        return False
    if states_precision(question) or (counts_cents and unit > CENT):
        return False
    may_be_whole = not gold.whole and (measured or gold.significant > answer.significant + 1)
    if answer.whole and not (may_be_whole or wants_rounding(question)):
        return False
    enough = 2 if answer.about and gold.unit else FEWEST_DIGITS
    return answer.significant >= enough


def _gold_may_be_rounded(question: str, gold: Amount, answer: Amount) -> bool:
    """Whether the gold is the answer with fewer digits, and enough of them to tell it from others."""
    unit = gold.unit or Fraction(0)
    if abs(gold.value - answer.value) >= unit / 2:
        return False
    last = asked(question).last_of(gold.value)
    is_asked = last is not None and Fraction(10) ** last == unit
    if gold.whole:
        return is_asked and gold.significant >= 2
    if gold.significant >= FEWEST_DIGITS:
        return True
    if gold.significant != 2 or wants_a_closed_form(question):
        return False
    # Two are enough of a question whose own data are not much more precise.
    return is_asked or gold.about or bool(question.strip() and most_digits(question) <= FEWEST_DIGITS)


def _is_value_of(text: str, rounded: Decimal | None) -> bool:
    """Whether the value of an expression, rounded, is what is written out."""
    value = exact(text) if rounded else None
    return value is not None and rounded is not None and rounds_to(value, rounded)


_ABOUT = re.compile(r"(?:\\(?:approx|simeq|thickapprox)(?![A-Za-z])|≈|≃)\s*")


def _without_about(text: str) -> str:
    text = outline(text)
    found = _ABOUT.match(text)
    return text[found.end() :] if found else text


def exact_and_about(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.1: `\frac{600}{7} \approx 85.71`, where the one rounds to the other, says either."""
    gold, answer = sides.each(_value_and_about)
    if gold is None and answer is None:
        return None
    if gold and answer:
        pairs = [(gold[0], answer[0])]
    elif gold:
        pairs = [(each, sides.answer) for each in _comparable(gold, sides.answer)]
    else:
        pairs = [(sides.gold, each) for each in _comparable(answer, sides.gold)]
    for at, pair in enumerate(pairs):  # what a number rounds to stands second
        if at and not sides.policy.rounds:
            break
        if proof := prove(*pair):
            return after("4.1", "a number and what it rounds to are one answer", proof, rounds=bool(at))
    return None


def _comparable(both: tuple[str, str] | None, other: str) -> tuple[str, ...]:
    """What of a value and its rounding another may be: the rounding only if it has no more digits itself."""
    if both is None:
        return ()
    about, written = decimal(both[1]), decimal(_without_about(outline(other)))
    return both if about and written and written.last >= about.last else both[:1]


def _value_and_about(text: str) -> tuple[str, str] | None:
    found = _ABOUT.search(text)
    if found is None:
        return None
    text = outline(text)
    parts = [part.strip() for part in _ABOUT.split(text)]
    if len(parts) != 2:
        return None
    return (parts[0], parts[1]) if _is_value_of(parts[0], decimal(parts[1])) else None


_BETWEEN_FORMS = re.compile(
    r"\\(?:approx|simeq)(?![A-Za-z])|\b(?:which is |or )?(?:about|approximately|approx|roughly)\b"
    r"|(?<=[\d}]) or (?=\d)"
)
_DECIMALS = re.compile(r"\d\.\d{2}")


def looks_like_both_forms(pair: Pair) -> bool:
    r"""4.1: `\frac{600}{7}`, and that with what it rounds to: `\frac{600}{7} \approx 85.71`."""
    longer, shorter = sorted(pair.each(str), key=len, reverse=True)
    forms = [compact(form.strip(" ,").removesuffix("(")) for form in _BETWEEN_FORMS.split(longer)]
    named = compact(shorter) in (forms[0], forms[-1].rstrip(")"))
    return named and len(forms) > 1 and len(said(longer)) < WORDS_BESIDE_A_NUMBER


def looks_like_rounding(pair: Pair) -> bool:
    r"""4.1: `\frac{600}{7}` and `85.71`, `x+\sqrt{2}` and `x+1.414`."""
    if _differ_a_little(pair):
        return pair.one(written_out)
    if pair.one(_DECIMALS.search) and pair.one(is_irrational) and not pair.either(said):
        return pair.same(lambda side: bool(_DECIMALS.search(side)) != is_irrational(side))
    # Of (-5)^(1/3) the value is complex, unless the real root is meant.
    return pair.one(_has_decimals) and pair.one(value) and pair.both(is_constant)


def looks_like_precision(pair: Pair) -> bool:
    r"""4.3: `1.27\%` and `1.3\%`, `86` and `85.71`."""
    return _differ_a_little(pair) and pair.either(_looks_rounded)


def _looks_rounded(side: str) -> bool:
    """Whether it has decimals, or noughts at its end: 1936 and 1937 are two numbers."""
    return "." in side or side.endswith("0")


def _has_decimals(side: str) -> bool:
    return "." in side and written_out(side) is not None


def _differ_a_little(pair: Pair) -> bool:
    gold, answer = pair.each(value)
    return gold is not None and answer is not None and near(gold, answer) and not equal(pair)
