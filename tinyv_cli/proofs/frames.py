"""In which unit, share and scale two quantities are meant: what each is multiplied by, so that they compare.

A side that gives a unit says so itself. What a bare number is in, the question has to say; where it does not,
or says two things, there is no frame in which the two could be compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tinyv_cli.maths.precision import SCALE_WORDS, scale_asked
from tinyv_cli.maths.quantities import Quantity, scale_of_letter
from tinyv_cli.maths.questions import wants_percent
from tinyv_cli.maths.units import (
    Unit,
    begins_with,
    factor,
    fits_answer,
    fits_gold,
    is_spoken_of,
    is_spoken_only_in,
    unit_meant,
    unit_of,
)
from tinyv_cli.records import Step

ONE, CENT, BASIS_POINT = Fraction(1), Fraction(1, 100), Fraction(1, 10_000)
DEGREES: Unit = (("degree", 1),)
RADIANS: Unit = (("radian", 1),)
CENTS: Unit = (("cent", 1),)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the numbers of gold and answer are multiplied by, and what there is to say of that."""

    of_gold: Fraction = ONE
    of_answer: Fraction = ONE
    said: tuple[Step, ...] = ()

    def within(self, other: "Frame") -> "Frame":
        """Both one after the other."""
        return Frame(
            self.of_gold * other.of_gold, self.of_answer * other.of_answer, (*self.said, *other.said)
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quantities that are to be compared as answers to a question."""

    question: str
    gold: Quantity
    answer: Quantity

    def times(self, given: Quantity, factor: Fraction, leaf: str, sentence: str) -> Frame:
        """The frame in which one of the two is multiplied."""
        said = (Step(leaf, sentence),)
        return Frame(factor, ONE, said) if given is self.gold else Frame(ONE, factor, said)

    def other(self, given: Quantity) -> Quantity:
        """The one that this is not."""
        return self.answer if given is self.gold else self.gold


def _said(leaf: str, sentence: str) -> Frame:
    """A frame in which the numbers stay as they are."""
    return Frame(said=(Step(leaf, sentence),))


def frames(question: str, gold: Quantity, answer: Quantity) -> Iterator[Frame]:
    """The ways in which both numbers may be meant, the plainest first."""
    pair = Pair(question, gold, answer)
    if gold.is_bare and answer.is_bare:
        yield Frame()
        yield from _written_out(pair)
        return
    if units := list(_units(pair)):
        for unit, share, scale in product(units, _shares(pair), _scales(pair)):
            yield unit.within(share).within(scale)


def _units(pair: Pair) -> Iterator[Frame]:
    gold, answer = pair.gold, pair.answer
    if gold.attached or answer.attached:
        pass
    elif gold.unit and answer.unit:
        yield from _in_one_unit(pair, gold.unit, answer.unit)
    elif gold.unit or answer.unit:
        yield from _in_a_unit(pair, gold if gold.unit else answer)
    else:
        yield Frame()
    for given in (gold, answer):
        yield from _letters_behind(pair, given)


def _in_one_unit(pair: Pair, of_gold: Unit, of_answer: Unit) -> Iterator[Frame]:
    if of_gold == of_answer:
        yield _said("1.4", f"both in '{pair.gold.spelt}'")
    elif (times := factor(of_answer, of_gold)) is not None:
        yield pair.times(pair.answer, times, "1.4", f"1 '{pair.answer.spelt}' is {times} '{pair.gold.spelt}'")


def _in_a_unit(pair: Pair, given: Quantity) -> Iterator[Frame]:
    """One side has a unit, and the question says in which the other is meant."""
    unit, other = given.unit or (), pair.other(given)
    if given.of_letters and not is_spoken_of(unit, given.spelt, pair.question):
        return
    if other.share and not given.share:
        return  # a share of something is no amount of it: $5 and 5%
    if unit == DEGREES and _NO_ANGLE.search(given.text):
        return
    if unit == RADIANS and "pi" in given.text + other.text:
        yield _said("1.4", "an angle without a unit is in radians")
    elif unit == CENTS and other.written and other.written.last == -2:  # so much is written of dollars
        yield pair.times(given, CENT, "1.4", "100 cents are one")
    elif _fits(pair, given, unit) and not _lacks_its_scale(pair, given):
        yield _said("1.4", f"unit '{given.spelt}' given once")
    elif (meant := unit_meant(unit, pair.question)) and meant != unit:
        times = factor(unit, meant)
        if times is not None:
            yield pair.times(given, times, "1.4", f"1 '{given.spelt}' is {times} of the question's unit")


_NO_ANGLE = re.compile("pi|sin|cos|tan|cot|sec|csc|log|ln")  # a number in radians, or no angle at all


def _fits(pair: Pair, given: Quantity, unit: Unit) -> bool:
    return (fits_gold if given is pair.gold else fits_answer)(unit, pair.question)


def _lacks_its_scale(pair: Pair, given: Quantity) -> bool:
    """Whether the question has the unit only in millions, and here it stands alone."""
    return given.scale is None and is_spoken_only_in(SCALE_WORDS, given.spelt, pair.question)


def _letters_behind(pair: Pair, given: Quantity) -> Iterator[Frame]:
    """Letters right behind the digits: the first of the other side's unit, a unit, or a letter of scale."""
    other = pair.other(given)
    letters = given.attached or (given.spelt if given.unit and len(given.spelt) == 1 else "")
    if not letters or other.attached:
        return
    if given.attached:
        yield from _letters_of_a_unit(pair, given)
    times = scale_of_letter(letters)
    if times and not other.unit and (other.scale or abs(other.value) >= times):
        yield pair.times(given, times, "4.4", f"'{letters}' for {_shown(times)}")


def _letters_of_a_unit(pair: Pair, given: Quantity) -> Iterator[Frame]:
    other, unit = pair.other(given), unit_of(given.attached)
    if other.unit and begins_with(other.unit, other.spelt, given.attached):
        yield _said("1.4", f"'{given.attached}' stands for '{other.spelt}'")
    if unit is None:
        return
    if other.unit is None:
        if is_spoken_of(unit, given.attached, pair.question) and _fits(pair, given, unit):
            yield _said("1.4", f"unit '{given.attached}' given once")
    elif (times := factor(other.unit, unit)) is not None:
        yield pair.times(other, times, "1.4", f"1 '{other.spelt}' is {times} '{given.attached}'")


_ASKS_FOR_A_RATE = re.compile(
    r"\b(?:rate|returns?|yield|growth|percentage|share|margin|inflation|deviation|volatility|accuracy|interest"
    r"|ratio|weight|increase|decrease|change|spread|cost of (?:capital|equity|debt)|premium|discount)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_PERCENT = re.compile(r"\d\s*\\?%|\(%\)|percent|percentage", re.IGNORECASE)
_ASKS_FOR_A_PART = re.compile(r"probabilit|fraction|decimal|odds|likelihood|chance|\bprice\b", re.IGNORECASE)
_BASIS = re.compile(r"\bbasis points?\b|\bbps?\b|\bspread\b", re.IGNORECASE)
_LAST_SENTENCE = re.compile(r"[^.?!]*[.?!]?\s*\Z")


def _shares(pair: Pair) -> Iterator[Frame]:
    """Percent and basis points: what the question counts in, or parts of one."""
    gold, answer = pair.gold.share, pair.answer.share
    if gold is None and answer is None:
        yield Frame()
    elif gold and answer:
        said = "both are in percent" if gold == answer else "percent and basis points"
        yield Frame(gold, answer, (Step("4.4", said),))
    else:
        yield from _share_of_one(pair, pair.gold if gold else pair.answer, gold or answer or ONE)


def _share_of_one(pair: Pair, given: Quantity, share: Fraction) -> Iterator[Frame]:
    in_basis_points = _BASIS.search(pair.question) is not None
    if share == BASIS_POINT and in_basis_points:
        yield _said("4.4", "the question counts in basis points")
        return
    bare = pair.other(given)
    if share == CENT and wants_percent(pair.question):
        if _may_be_percent(pair.question, bare):  # else nobody knows which of both a bare 0.25 means
            yield _said("4.4", "the question asks for percent")
        return
    yield pair.times(given, share, "4.4", "percent are hundredths" if share == CENT else f"parts of {share}")
    if share != CENT:
        return
    if _is_in_percent(pair.question, bare):
        yield _said("4.4", "the question counts in percent")
    if in_basis_points:
        yield pair.times(given, share / BASIS_POINT, "4.4", "a percent is 100 basis points")


# Where there are parts of a percent, or the scale is said, 0.37 may be so many; else it is a part of one.
_BELOW_A_PERCENT = re.compile(
    r"(?<![\d.])0?\.\d+\s*(?:\\?%|percent)|\bscale:?\s*percent|\(%\)", re.IGNORECASE
)


def _may_be_percent(question: str, bare: Quantity) -> bool:
    """Whether a bare number can be so many percent: 0.83 is 83%, unless the question speaks of parts of one."""
    return abs(bare.value) >= 1 or _BELOW_A_PERCENT.search(question) is not None


def _is_in_percent(question: str, bare: Quantity) -> bool:
    """Whether a bare number is so many percent: a rate is asked for, and the question has some in percent."""
    if not _may_be_percent(question, bare) or not _SPEAKS_OF_PERCENT.search(question):
        return False
    asking = _LAST_SENTENCE.search(question)
    return bool(asking and _ASKS_FOR_A_RATE.search(asking[0]) and not _ASKS_FOR_A_PART.search(asking[0]))


def _scales(pair: Pair) -> Iterator[Frame]:
    """Thousands and millions: a bare number is in what the question asks for, else written out."""
    of_gold, of_answer = pair.gold.scale, pair.answer.scale
    if of_gold is None and of_answer is None:
        yield Frame()
        if not (pair.gold.unit and pair.answer.unit):  # 5.1 N is 5.1 N, whatever is asked for
            yield from _written_out(pair)
        return
    asked, word = scale_asked(pair.question), pair.gold.scale_word or pair.answer.scale_word
    if of_gold and of_answer:
        said = f"both in {word}"
    elif asked is None:
        said = "the word for a power of ten in digits"
    else:
        said = f"the question asks for multiples of {_shown(asked)}"
    yield Frame(of_gold or asked or ONE, of_answer or asked or ONE, (Step("4.4", said),))


def _written_out(pair: Pair) -> Iterator[Frame]:
    """One side is in the scale that the question asks for, the other written out: 3 and 3·10^26."""
    asked = scale_asked(pair.question)
    if asked is not None and pair.gold.value and pair.answer.value:
        gold_is_more = abs(pair.gold.value) > abs(pair.answer.value)
        given = pair.answer if gold_is_more == (asked > 1) else pair.gold
        yield pair.times(given, asked, "4.4", f"the question asks for multiples of {_shown(asked)}")


def _shown(number: Fraction) -> str:
    """A power of ten as one where it is long."""
    size = len(str(max(number.numerator, number.denominator))) - 1
    is_power = min(number.numerator, number.denominator) == 1
    return f"10^{size if number >= 1 else -size}" if is_power and size > 3 else str(number)
