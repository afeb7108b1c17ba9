"""1.4: a unit or what is counted, which may be left out, or be another one."""

import re

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.quantities import quantity
from tinyv_cli.maths.questions import counts
from tinyv_cli.maths.units import Measured, factor, fits_answer, fits_gold, is_spoken_of, measured, unit_of
from tinyv_cli.maths.words import NUMBER_WORDS, QUALIFYING, stems, words
from tinyv_cli.proofs.search import Prove, after
from tinyv_cli.proofs.sides import Pair, Sides, alike, value
from tinyv_cli.records import Proof

_FUNCTION = re.compile("sin|cos|tan|cot|sec|csc|log|ln")
_RELATION = re.compile(r"[=≈]|\\approx")
_LETTER_OR_SIGN = re.compile(r"[A-Za-z°$€£¢¥₹µμΩ]")


def units(sides: Sides, prove: Prove) -> Proof | None:
    """1.4: the unit of a formula that only one side gives and the question means, or that both give.

    Of numbers the unit is no step of its own: with it goes in which scale they are meant (`quantities`).
    """
    if not sides.either(_LETTER_OR_SIGN.search) or sides.both(quantity):
        return None
    gold, answer = sides.each(measured)
    if gold and answer:
        named = any(_RELATION.search(each.value) for each in (gold, answer))
        return None if named else _in_one_unit(gold, answer, prove)  # without the unit a bare scale fits
    given, bare = gold or answer, sides.answer if gold else sides.gold
    if given is None or words(plain(bare).text) or _is_angle_in_radians(given, bare):
        return None
    if given.of_letters and not is_spoken_of(given.unit, given.spelt, sides.question):
        return None
    if not (fits_gold if gold else fits_answer)(given.unit, sides.question):
        return None
    values = (given.value, bare) if gold else (bare, given.value)
    return after("1.4", f"unit '{given.spelt}' given once", prove(*values))


def _is_angle_in_radians(given: Measured, bare: str) -> bool:
    r"""Whether the other side could be in radians; `\sin 30^\circ` is no angle at all."""
    if given.unit != (("degree", 1),):
        return False
    return "pi" in given.value + bare or "π" in bare or _FUNCTION.search(given.value) is not None


def _in_one_unit(gold: Measured, answer: Measured, prove: Prove) -> Proof | None:
    if gold.unit == answer.unit:
        return after("1.4", f"both in '{gold.spelt}'", prove(gold.value, answer.value))
    times = factor(answer.unit, gold.unit)
    if times is None:
        return None
    converted = f"({answer.value}) * {times.numerator} / {times.denominator}"
    return after("1.4", f"1 '{answer.spelt}' is {times} '{gold.spelt}'", prove(gold.value, converted))


_NUMBER = "|".join(sorted(NUMBER_WORDS))
_COUNTED = re.compile(
    r"(?P<value>(?:[^A-Za-z]|\\(?:cdot|frac|approx)(?![A-Za-z])|(?:about|approximately) )*"
    rf"[\d}}]|(?:{_NUMBER})(?:[ -](?:{_NUMBER})){{0,5}})\s+"
    r"(?P<noun>[A-Za-z]{3,}(?:[ -][A-Za-z]{2,}){0,2})\.?",
    re.IGNORECASE,
)


def counted(sides: Sides, prove: Prove) -> Proof | None:
    """1.4: `7 apples` is 7 where apples are what the question counts, or what the gold names."""
    gold, answer = sides.each(lambda side: _COUNTED.fullmatch(plain(side).text))
    if gold is None and answer is None:
        return None
    nouns = [stems(found["noun"]) for found in (gold, answer) if found]
    if any(unit_of(found["noun"]) for found in (gold, answer) if found) or any(
        _is_more_than_a_thing(word) for noun in nouns for word in noun
    ):
        return None
    if gold and answer:
        if nouns[0][-1] != nouns[1][-1]:
            return None
        return after("1.4", f"both count '{gold['noun']}'", prove(gold["value"], answer["value"]))
    given, bare = (gold, sides.answer) if gold else (answer, sides.gold)
    if given is None or words(plain(bare).text) or not (gold or counts(sides.question, nouns[0])):
        return None
    values = (given["value"], bare) if gold else (bare, given["value"])
    return after("1.4", f"'{given['noun']}' are what is counted", prove(*values))


def _is_more_than_a_thing(word: str) -> bool:
    """Whether a word after a number makes another number of it: a scale, a part, a direction, a unit."""
    is_a_share = word in ("basi", "basis", "bp", "percent", "percentile", "percentage")
    return (
        is_a_share
        or word in QUALIFYING
        or word in NUMBER_WORDS
        or word.endswith("th")
        or unit_of(word) is not None
    )


_MINUTES = re.compile(r"(\d+)\s*\^\\circ\s*(\d+)\s*'")
_IN_TWO_UNITS = re.compile(r"\d[\d.]*\s*[A-Za-z]+,?\s+(?:and\s+)?\d[\d.]*\s*[A-Za-z]+")
_NO_UNITS, _LETTERS_IN_A_ROW = QUALIFYING | NUMBER_WORDS, re.compile("[a-z]+")
_LIKE_A_QUANTITY = re.compile(
    r"(?P<sign>\\?[$€£¥₹]\s*)?(?P<value>(?:about |approximately |around )?[^A-Za-z=<>$€£¥₹]*[\d})])[\s-]*"
    r"(?P<unit>\\?[$€£¥₹]|\(?[A-Za-z]{2,}\.?(?:[ /-][A-Za-z]+\.?){0,3}(?:\^?[23])?\)?)?(?: \(.*\))?\.?"
)


def looks_like_units(pair: Pair) -> bool:
    r"""1.4: `18.8^\circ` and `18.8`, `7` and `7 apples`, `5 m` and `500 cm`, `1 h 30 min` and `90 min`."""
    gold, answer = pair.each(_quantity)
    if gold and answer:
        return gold[1] != answer[1]
    values = (gold[0] if gold else pair.gold), (answer[0] if answer else pair.answer)
    return bool(gold or answer) and alike(*values) and any(value(each) is not None for each in values)


def _quantity(side: str) -> tuple[str, str] | None:
    """A value, and its unit or what is counted."""
    if found := measured(side):
        return found.value, found.spelt
    if minutes := _MINUTES.fullmatch(side):
        return "({}+{}/60)".format(*minutes.groups()), "degrees and minutes"
    if _IN_TWO_UNITS.fullmatch(side):
        return side, "two units"
    counted = _LIKE_A_QUANTITY.fullmatch(side)
    unit = counted and (counted["sign"] or counted["unit"])
    if counted is None or not unit or _NO_UNITS & set(_LETTERS_IN_A_ROW.findall(unit.casefold())):
        return None
    return counted["value"], unit
