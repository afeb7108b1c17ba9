r"""1.4, 4.2 and 4.4: a number with its unit, currency, scale or sign of percent, read and compared at once.

Each side is read whole (`maths.quantities`). Then it is asked in which unit, scale and share a bare number is
meant by the question, and the numbers are compared there: exactly, or as far as rounding is allowed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tinyv_cli.maths.compounds import duration
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.precision import SCALE_WORDS, scale_asked
from tinyv_cli.maths.quantities import Quantity, of_compound, quantity, scale_of_letter
from tinyv_cli.maths.questions import speaks_of_errors, wants_percent
from tinyv_cli.maths.units import (
    Unit,
    begins_with,
    factor,
    fits_answer,
    fits_gold,
    is_spoken_of,
    is_spoken_only_in,
    speaks_of_money,
    unit_meant,
    unit_of,
)
from tinyv_cli.proofs.leaves.rounding import CENT, Amount, agreement
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Sides, compact
from tinyv_cli.records import Proof, Step

# What the two numbers are to be multiplied by, and what there is to say of that.
Frame = tuple[Fraction, Fraction, tuple[Step, ...]]
ONE = Fraction(1)
RADIANS: Unit = (("radian", 1),)
MOST_ERROR = Fraction(1, 20)  # of the value; what stands behind ± may else be the other of two numbers


def quantities(sides: Sides, prove: Prove) -> Proof | None:
    """1.4, 4.2, 4.4: `542/3 seconds` and `180.67`, `4.0655*10^-15 m` and `4.07 fm`, `$417 thousand` and `417`."""
    gold, answer = sides.each(quantity)
    gold, answer = gold or _as_duration(sides.gold, answer), answer or _as_duration(sides.answer, gold)
    if gold is None or answer is None:
        return None
    if not _unknown_is_asked_for(sides.question, gold, answer) or not _errors_agree(
        gold, answer, sides.question
    ):
        return None
    for frame in _frames(sides.question, gold, answer):
        proof = _compared(sides, prove, gold, answer, frame)
        if proof is not None:
            return proof
    return None


_UNITS_OF = re.compile(r"\bin units? of (?P<unit>[^.?!]{1,80})", re.IGNORECASE)


def _unknown_is_asked_for(question: str, gold: Quantity, answer: Quantity) -> bool:
    """Whether what else stands behind a number is the unit that the question asks for, or stands behind both."""
    unknown = {compact(each.unknown) for each in (gold, answer) if each.unknown}
    if len(unknown) != 1:
        return not unknown
    if gold.unknown and answer.unknown:
        return True
    other = answer if gold.unknown else gold
    asked = _UNITS_OF.search(question)
    return other.unit is None and asked is not None and unknown.pop() in compact(plain(asked["unit"]).text)


def _as_duration(text: str, other: Quantity | None) -> Quantity | None:
    """`2:30` beside a quantity of hours or of seconds."""
    unit = dict(other.unit or ()) if other else {}
    if ":" not in text or not unit or not unit.keys() <= {"second", "minute", "hour", "day"}:
        return None
    found = duration(text, in_hours="second" not in unit)
    return found and of_compound(found, text)


def _compared(sides: Sides, prove: Prove, gold: Quantity, answer: Quantity, frame: Frame) -> Proof | None:
    of_gold, of_answer, said = frame
    if gold.written is None and answer.written is None:
        if not said:
            return None  # what two expressions come to is no matter of quantities
        rest = prove(gold.text, _times(answer.text, of_answer / of_gold))
        for step in reversed(said):
            rest = after(step.leaf, step.sentence, rest)
        return rest
    amounts = _amount(gold, of_gold), _amount(answer, of_answer)
    sizes = sorted(abs(each.value) for each in amounts)
    if 2 * sizes[0] < sizes[1]:  # the commonest case, and the cheapest
        return None
    last = agreement(
        sides,
        *amounts,
        counts_cents=_counts_cents(sides.question, gold, answer),
        measured=any((each.unit or each.share or each.scale) for each in (gold, answer)),
    )
    if last is None:
        return None
    error = _error_step(gold, answer)
    return Proof((*said, *error, *last), gold.text, answer.text)


def _amount(read: Quantity, times: Fraction) -> Amount:
    return Amount.of(read.value * times, read.written, times, about=read.about, text=read.text)


def _counts_cents(question: str, gold: Quantity, answer: Quantity) -> bool:
    """Whether both are amounts of money, in no scale in which cents are nothing."""
    in_scale = gold.scale or answer.scale or gold.share or answer.share or scale_asked(question)
    return not in_scale and speaks_of_money(question)


def _times(text: str, times: Fraction) -> str:
    return text if times == 1 else f"({text}) * {times.numerator} / {times.denominator}"


def _errors_agree(gold: Quantity, answer: Quantity, question: str) -> bool:
    """Whether what stands behind ± is the same, or small and given by one side only."""
    if gold.error and answer.error:
        return gold.error.value == answer.error.value
    given = gold if gold.error else answer
    if given.error is None:
        return True
    small = abs(given.value) * MOST_ERROR >= given.error.value and given.written is not None
    return (
        small
        and given.written is not None
        and given.written.has_point
        and not (answer.error is None and speaks_of_errors(question))
    )


def _error_step(gold: Quantity, answer: Quantity) -> tuple[Step, ...]:
    if bool(gold.error) == bool(answer.error):
        return ()
    given = gold.error or answer.error
    return (Step("4.3", f"the error of {given.text if given else ''} is given once"),)


def _frames(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    """The ways in which both numbers may be meant, the plainest first."""
    if gold.is_bare and answer.is_bare:
        yield (ONE, ONE, ())
        yield from _bare_scales(question, gold, answer)
        return
    for units in _units(question, gold, answer):
        for shares in _shares(question, gold, answer):
            for scales in _scales(question, gold, answer, both_units=bool(gold.unit and answer.unit)):
                yield (
                    units[0] * shares[0] * scales[0],
                    units[1] * shares[1] * scales[1],
                    (*units[2], *shares[2], *scales[2]),
                )


def _bare_scales(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    """One is written in the scale that the question asks for, the other written out: 3 and 3·10^26."""
    asked = scale_asked(question)
    if asked is None or not gold.value:
        return
    said = (Step("4.4", f"the question asks for multiples of {_shown(asked)}"),)
    if answer.value and (abs(gold.value) > abs(answer.value)) == (asked > 1):
        yield (ONE, asked, said)
    else:
        yield (asked, ONE, said)


def _shown(number: Fraction) -> str:
    size = len(str(number.numerator if number >= 1 else number.denominator)) - 1
    return f"10^{size if number >= 1 else -size}" if number.numerator == 1 or size > 3 else str(number)


def _units(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    if gold.unit and answer.unit:
        yield from _both_units(gold, answer)
    elif (gold.unit or answer.unit) and not (gold.attached or answer.attached):
        yield from _one_unit(question, gold, answer)
    elif not (gold.attached or answer.attached):
        yield (ONE, ONE, ())
    yield from _attached(question, gold, answer)


def _both_units(gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    if gold.unit == answer.unit:
        yield (ONE, ONE, (Step("1.4", f"both in '{gold.spelt}'"),))
        return
    times = factor(answer.unit or (), gold.unit or ())
    if times is not None:
        yield (ONE, times, (Step("1.4", f"1 '{answer.spelt}' is {times} '{gold.spelt}'"),))


def _one_unit(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    given = gold if gold.unit else answer
    unit = given.unit or ()
    if given.of_letters and not is_spoken_of(unit, given.spelt, question):
        return
    if _is_angle_in_radians(given):
        return
    if unit == RADIANS and "pi" in gold.text + answer.text:
        yield (ONE, ONE, (Step("1.4", "an angle without a unit is in radians"),))
        return
    bare = answer if gold.unit else gold
    if unit == (("cent", 1),) and bare.written and bare.written.last == -2:  # so much is written of dollars
        step = (Step("1.4", "100 cents are one"),)
        yield (CENT, ONE, step) if gold.unit else (ONE, CENT, step)
        return
    said = f"unit '{given.spelt}' given once"
    fits = fits_gold if gold.unit else fits_answer
    if fits(unit, question) and (
        given.scale is not None or not is_spoken_only_in(SCALE_WORDS, given.spelt, question)
    ):
        yield (ONE, ONE, (Step("1.4", said),))
        return
    meant = unit_meant(unit, question)
    times = factor(unit, meant) if meant and meant != unit else None
    if times is not None:
        step = Step(
            "1.4",
            f"the question's unit is {times} '{given.spelt}'"
            if times < 1
            else f"'{given.spelt}' is {times} of the question's unit",
        )
        yield (times, ONE, (step,)) if gold.unit else (ONE, times, (step,))


_NO_ANGLE = re.compile("pi|sin|cos|tan|cot|sec|csc|log|ln")


def _is_angle_in_radians(given: Quantity) -> bool:
    r"""Whether the number could be in radians; `\sin 30^\circ` is no angle at all."""
    return given.unit == (("degree", 1),) and _NO_ANGLE.search(given.text) is not None


def _attached(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    """A letter right behind the digits: the first of the other side's unit, or one of scale."""
    for given, other in ((gold, answer), (answer, gold)):
        letter = given.attached or (given.spelt if given.unit and len(given.spelt) == 1 else "")
        if not letter:
            continue
        if other.unit and given.attached and begins_with(other.unit, other.spelt, letter):
            yield (ONE, ONE, (Step("1.4", f"'{letter}' stands for '{other.spelt}'"),))
        yield from _attached_unit(question, given, other, turned=given is answer)
        times = scale_of_letter(letter)
        if times and not other.attached and (other.scale or abs(other.value) >= times) and not other.unit:
            step = (Step("4.4", f"'{letter}' for {_shown(times)}"),)
            yield (times, ONE, step) if given is gold else (ONE, times, step)


def _attached_unit(question: str, given: Quantity, other: Quantity, *, turned: bool) -> Iterator[Frame]:
    """`900m` beside a quantity in kilometres, or where the question speaks of metres."""
    unit = unit_of(given.attached) if given.attached and not other.attached else None
    if unit is None:
        return
    if other.unit is None:
        fits = fits_answer if turned else fits_gold
        if is_spoken_of(unit, given.attached, question) and fits(unit, question):
            yield (ONE, ONE, (Step("1.4", f"unit '{given.attached}' given once"),))
        return
    times = factor(other.unit, unit)
    if times is not None:
        step = (Step("1.4", f"1 '{other.spelt}' is {times} '{given.attached}'"),)
        yield (times, ONE, step) if turned else (ONE, times, step)


_ASKS_FOR_A_RATE = re.compile(
    r"\b(?:rate|returns?|yield|growth|percentage|share|margin|inflation|deviation|volatility|accuracy|interest"
    r"|ratio|weight|increase|decrease|change|cost of (?:capital|equity|debt)|premium|discount)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_PERCENT = re.compile(r"\d\s*\\?%|percent|percentage", re.IGNORECASE)
_PROBABILITY = re.compile(r"probabilit|fraction|decimal|odds|likelihood|chance|\bprice\b", re.IGNORECASE)
_BASIS = re.compile(r"\bbasis points?\b|\bbps?\b|\bspread\b", re.IGNORECASE)
_LAST_SENTENCE = re.compile(r"[^.?!]*[.?!]?\s*\Z")


def _shares(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    if gold.share and answer.share:
        if gold.share == answer.share:
            yield (ONE, ONE, (Step("4.4", "both are in percent"),))
        else:
            yield (gold.share, answer.share, (Step("4.4", "percent and basis points"),))
        return
    share = gold.share or answer.share
    if share == Fraction(1, 10_000) and _BASIS.search(question):
        yield (ONE, ONE, (Step("4.4", "the question counts in basis points"),))
        return
    if share is None:
        yield (ONE, ONE, ())
        return
    if share == Fraction(1, 100) and wants_percent(question):
        yield (ONE, ONE, (Step("4.4", "the question asks for percent"),))
        return
    hundredths = (
        Step("4.4", "percent are hundredths" if share == Fraction(1, 100) else f"a part of {share}"),
    )
    yield (share, ONE, hundredths) if gold.share else (ONE, share, hundredths)
    bare = answer if gold.share else gold
    if _is_in_percent(question, bare):
        yield (ONE, ONE, (Step("4.4", "the question counts in percent"),))
    if _BASIS.search(question) and share == Fraction(1, 100):
        said = (Step("4.4", "a percent is 100 basis points"),)
        yield (Fraction(100), ONE, said) if gold.share else (ONE, Fraction(100), said)


def _is_in_percent(question: str, bare: Quantity) -> bool:
    """Whether a bare number is so many percent: a rate is asked for, and the question's own are in percent."""
    asking = _LAST_SENTENCE.search(question)
    return (
        abs(bare.value) >= 1
        and bool(_SPEAKS_OF_PERCENT.search(question))
        and bool(asking and _ASKS_FOR_A_RATE.search(asking[0]) and not _PROBABILITY.search(asking[0]))
    )


def _scales(question: str, gold: Quantity, answer: Quantity, *, both_units: bool) -> Iterator[Frame]:
    of_gold, of_answer = gold.scale or ONE, answer.scale or ONE
    asked = scale_asked(question)
    if gold.scale and answer.scale:
        yield (of_gold, of_answer, (Step("4.4", f"both in {gold.scale_word}"),))
    elif gold.scale or answer.scale:
        word = gold.scale_word or answer.scale_word
        if asked is None:
            yield (of_gold, of_answer, (Step("4.4", "the word for a power of ten in digits"),))
        elif asked in (gold.scale, answer.scale):
            yield (ONE, ONE, (Step("4.4", f"the question asks for {word}s"),))
        else:
            said = (Step("4.4", f"the question asks for multiples of {_shown(asked)}"),)
            yield (
                of_gold * (ONE if gold.scale else asked),
                of_answer * (ONE if answer.scale else asked),
                said,
            )
    else:
        yield (ONE, ONE, ())
        if not both_units:
            yield from _bare_scales(question, gold, answer)


_BESIDE = re.compile(r"\s*(?:,?\s*\bor\b(?: (?:about|equivalently))?|,?\s*\bi\.e\.,?|,?\s*\bthat is,?)\s*")
_ASIDE = re.compile(
    r"(?P<first>[^()]+?)\s*\((?:(?:or|i\.e\.,?|that is,?|equivalently|about|approximately|=|\\approx)\s*)?(?P<second>[^()]+?)"
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


_EITHER = re.compile(r"\d\W*\s\(|\bor\b|i\.e\.|that is")


_ABOUT_SIGN = re.compile(r"[≈~≃]|\\(?:approx|sim)")
_ABOUT_EQUAL = re.compile(
    r"(?P<name>[^\d≈~=<>]{1,30}?)\s*(?:\\(?:approx|simeq|sim)(?![A-Za-z])|[≈~≃])\s*(?P<value>-?[\d.$€£].*)"
)


def about_equal(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.1: `E \approx 1.3e-18` is `E =` about so much."""
    if not sides.either(_ABOUT_SIGN.search):
        return None
    gold, answer = sides.each(lambda side: _ABOUT_EQUAL.fullmatch(plain(side).text))
    if gold is None and answer is None:
        return None
    texts = [
        rf"{found['name']} = \approx {found['value']}" if found else side
        for found, side in ((gold, sides.gold), (answer, sides.answer))
    ]
    return after("4.1", "a name, and about what it is", prove(*texts))


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
