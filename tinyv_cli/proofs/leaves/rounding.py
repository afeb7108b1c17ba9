"""4.1 and 4.3: a number and what it rounds to, or the same one with fewer digits."""

import re
from fractions import Fraction

import mpmath

from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.forms import number, outline
from tinyv_cli.maths.questions import says_how_precise, speaks_of_money, wants_it_exact, wants_it_rounded
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.values import rational
from tinyv_cli.proofs.leaves.algebra import is_irrational
from tinyv_cli.proofs.leaves.numbers import WORDS_BESIDE_A_NUMBER, equal, is_constant, written_out
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, compact, near, said, value
from tinyv_cli.records import Proof

FEWEST_DIGITS = 3  # what rounding must leave: with two, 0.33 would be 1/3, and also 0.334 and 0.3251


def rounds_to(value: Fraction, rounded: Decimal) -> bool:
    """Whether the value, rounded to the last digit that is written, is that; a tie goes up or to even."""
    beyond, half = abs(value) - abs(rounded.value), rounded.unit / 2
    if (value < 0) != rounded.negative or abs(beyond) > half:
        return False
    return abs(beyond) < half or beyond < 0 or int(rounded.digits) % 2 == 0


def exact(text: str) -> Fraction | None:
    """The value of an expression that is one real number, to 40 digits where it is not rational."""
    node = read(text)
    if node is None:
        return None
    value = rational(node)
    if value is None and (real := number(text)) is not None:
        numerator, denominator = mpmath.libmp.to_rational(real._mpf_)
        value = Fraction(int(numerator), int(denominator))
    return value


_ABOUT = re.compile(r"(?:\\(?:approx|simeq|thickapprox)(?![A-Za-z])|≈|≃)\s*")


def rounded(sides: Sides, prove: Prove) -> Proof | None:
    """4.1 and 4.3: one side is the other, rounded to the digits that are written, three of them at least."""
    if "." not in sides.gold + sides.answer and not wants_it_rounded(sides.question):
        return None
    gold_text, answer_text = sides.each(_without_about)
    gold, answer = decimal(gold_text), decimal(answer_text)
    if gold and answer:
        return _less_precise(sides.question, gold, answer, prove)
    may_be_rounded = answer and _may_be_rounded(answer, sides.question) and not wants_it_exact(sides.question)
    if may_be_rounded and _is_value_of(gold_text, answer):
        return after(
            "4.1", f"{gold_text} rounds to {answer_text}", prove(answer_text, answer_text), rounds=True
        )
    if gold and _keeps_enough(gold) and gold.has_point and _is_value_of(answer_text, gold):
        return after("4.1", f"{answer_text} rounds to {gold_text}", prove(gold_text, gold_text), rounds=True)
    return None


def _is_value_of(text: str, rounded: Decimal | None) -> bool:
    """Whether the value of an expression, rounded, is what is written out."""
    value = exact(text) if rounded else None
    return value is not None and rounded is not None and rounds_to(value, rounded)


def _less_precise(question: str, gold: Decimal, answer: Decimal, prove: Prove) -> Proof | None:
    """Both are written out. The answer may be the less precise one only if nobody asked for more."""
    coarse, fine = (gold, answer) if gold.last >= answer.last else (answer, gold)
    if answer.last > gold.last and (says_how_precise(question) or speaks_of_money(question)):
        return None
    if not (coarse.has_point and fine.has_point and _keeps_enough(coarse) and rounds_to(fine.value, coarse)):
        return None
    return after("4.3", f"{fine.text} rounds to {coarse.text}", prove(coarse.text, coarse.text), rounds=True)


def _without_about(text: str) -> str:
    text = outline(text)
    found = _ABOUT.match(text)
    return text[found.end() :] if found else text


def _keeps_enough(number: Decimal) -> bool:
    return number.significant >= FEWEST_DIGITS


def _may_be_rounded(number: Decimal, question: str) -> bool:
    """Enough digits, and decimals, unless a whole number was asked for by rounding."""
    return _keeps_enough(number) and (number.has_point or wants_it_rounded(question))


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
    proof = next((proof for pair in pairs if (proof := prove(*pair)) is not None), None)
    return after("4.1", "a number and what it rounds to are one answer", proof)


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
