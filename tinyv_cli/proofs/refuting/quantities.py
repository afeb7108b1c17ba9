"""Numbers, with and without units, that no rounding, no unit and no percent sign makes the same."""

import re
from collections.abc import Mapping
from functools import lru_cache
from math import floor, log10, pi

from tinyv_cli.maths.readings.records import Number, Quantity
from tinyv_cli.maths.units import Unit, factor
from tinyv_cli.proofs.refuting.asked import Asked

# What differs by less may be the same number, computed from rounded constants.
NEAR, NEAR_ROUGHLY, NEAR_IN_UNITS, EXACTLY = 0.01, 0.12, 0.003, 1e-9
_POWER_OF_TEN = re.compile(r"10\s*\^\s*\{?\s*-?\d+\s*\}?")  # of which the gold may only be the order
TWO_DIGITS = 10
LARGE = 100_000  # from here on noughts at the end may be rounded
MOST_TENS, MOST_TENS_BESIDE = 12, 1  # lost by themselves, and beside a factor
_LENGTH, _MASS, _TIME = "length", "mass", "time"
_DIMENSIONS: Mapping[str, Mapping[str, int]] = {
    name: dimensions
    for names, dimensions in (
        ("meter inch foot yard mile", {_LENGTH: 1}),
        ("acre hectare", {_LENGTH: 2}),
        ("liter gallon quart pint", {_LENGTH: 3}),
        ("gram ounce pound ton", {_MASS: 1}),
        ("second minute hour day week month year century", {_TIME: 1}),
        ("dollar cent euro pound_sterling rupee yen", {"money": 1}),
        ("degree radian", {"angle": 1}),
        ("kelvin degree_Celsius degree_Fahrenheit", {"temperature": 1}),
        ("joule calorie electron_volt", {_MASS: 1, _LENGTH: 2, _TIME: -2}),
        ("newton", {_MASS: 1, _LENGTH: 1, _TIME: -2}),
        ("watt", {_MASS: 1, _LENGTH: 2, _TIME: -3}),
        ("pascal standard_atmosphere torr", {_MASS: 1, _LENGTH: -1, _TIME: -2}),
        ("hertz", {_TIME: -1}),
        ("mole", {"amount": 1}),
        ("byte", {"data": 1}),
        ("ampere", {"current": 1}),
        ("coulomb", {"current": 1, _TIME: 1}),
        ("volt", {_MASS: 1, _LENGTH: 2, _TIME: -3, "current": -1}),
        ("ohm", {_MASS: 1, _LENGTH: 2, _TIME: -3, "current": -2}),
        ("farad", {_MASS: -1, _LENGTH: -2, _TIME: 4, "current": 2}),
        ("tesla", {_MASS: 1, _TIME: -2, "current": -1}),
    )
    for name in names.split()
}
_ENDS = sorted(_DIMENSIONS, key=len, reverse=True)

# Factors between the units of a kind, besides powers of ten.
FACTORS: Mapping[str, tuple[float, ...]] = {
    _TIME: (7, 12, 24, 30, 52, 60, 168, 365, 1440, 3.6, 720),
    _LENGTH: (
        3,
        9,
        12,
        27,
        36,
        144,
        1728,
        1760,
        5.28,
        1.609,
        2.54,
        3.048,
        1.0936,
        2,
        4,
        8,
        16,
        3.785,
        3.6,
        60,
    ),
    _MASS: (16, 2, 2.205, 0.4536),
    "angle": (180 / pi,),
}
_ANY = (7, 12, 24, 60, 3.6, 180 / pi, 16, 2.54, 1.609, 2.205)


def apart(gold: Number, answer: Number, asked: Asked, *, units: frozenset[str] | None = frozenset()) -> bool:
    """Whether they differ in whatever unit each is, more or less rounded.

    Either may have lost its unit, or its percent sign: one of the question's or of these `units`; with None
    neither has.
    """
    if gold.exact is not None and gold.exact == answer.exact:
        return False
    if _POWER_OF_TEN.fullmatch(gold.text) or _POWER_OF_TEN.fullmatch(answer.text):
        asked = asked.having(magnitude=True)
    first, second = gold.value, answer.value
    if asked.signs:
        first, second = abs(first), abs(second)
    if _near(first, second, gold, answer, asked):
        return False
    if first == 0 or second == 0 or (first < 0) != (second < 0):
        return _told_apart(gold, answer, asked)
    if asked.base and _in_base(gold, answer, asked.base):
        return False
    if units is None:
        return True
    ratio = abs(second / first)
    if ratio <= 0:
        return False
    if asked.magnitude and 0.08 < ratio < 12.5:
        return False
    if asked.tens:
        power = floor(log10(ratio) + 0.5)
        if 0 < abs(power) <= MOST_TENS:
            moved = scaled(answer, 10.0**-power)
            if _near(first, second * 10.0**-power, gold, moved, asked, NEAR_IN_UNITS):
                return False
    return not _is_factor(ratio, asked, units)


def _told_apart(gold: Number, answer: Number, asked: Asked) -> bool:
    """Whether the one is 0, or negative, and the other is not even when it is rounded."""
    return not (gold.value * answer.value == 0 and asked.rough)


def _near(
    first: float, second: float, gold: Number, answer: Number, asked: Asked, nearness: float = NEAR
) -> bool:
    """Whether one may be the other, rounded or computed from what was rounded."""
    off = abs(first - second)
    largest = max(abs(first), abs(second))
    written = [_has_point(each) for each in (gold, answer)]
    if off <= EXACTLY * largest:
        if any(written) or gold.exact is None or answer.exact is None:
            return True
        return abs(gold.exact) == abs(answer.exact)
    if (gold.exact is None) != (answer.exact is None) and off <= min(0.5, NEAR * largest):
        return True
    relative = 0.0
    if any(written) or asked.magnitude:
        relative = NEAR_ROUGHLY if asked.magnitude else nearness
    rough = asked.rough or max(abs(first), abs(second)) >= LARGE
    steps = [
        number.step or 0.0 if point or rough else 0.0
        for number, point in zip((gold, answer), written, strict=True)
    ]
    if any(written) and not all(written) and nearness == NEAR:
        steps += [0.501 for each, least in ((gold, 1), (answer, TWO_DIGITS)) if _is_whole(each, least)]
    return off <= max(relative * largest, 0.999 * max(steps))


def _is_whole(number: Number, least: int) -> bool:
    """Whether it is an integer, of some size at least, to which another number can be rounded."""
    return number.exact is not None and number.exact.denominator == 1 and abs(number.exact) >= least


def _has_point(number: Number) -> bool:
    return "." in number.text or (number.step is not None and number.step < 1)


def _are_tens(ratio: float, most: int) -> bool:
    power = floor(log10(ratio) + 0.5)
    return abs(power) <= most and abs(ratio / 10.0**power - 1) <= NEAR_IN_UNITS


def _is_factor(ratio: float, asked: Asked, units: frozenset[str]) -> bool:
    """Whether it is one between units of a kind, of which the question speaks of two at least."""
    if asked.question.strip():
        factors = {by for kind in _kinds(asked.units, units) for by in FACTORS.get(kind, ())}
    else:
        factors = set(_ANY)
    return any(_are_tens(each / by, MOST_TENS_BESIDE) for each in (ratio, 1 / ratio) for by in factors)


def _kinds(asked: frozenset[str], given: frozenset[str]) -> set[str]:
    """What is measured in the given units, or in two different ones of those that the question speaks of.

    Angles may be in radians without a word.
    """
    own, kinds = (
        [kind for name in units if (end := _known_end(name)) for kind in _DIMENSIONS[end]]
        for units in (given, asked)
    )
    return {*own, *(kind for kind in kinds if kinds.count(kind) > 1 or kind == "angle")}


def _known_end(name: str) -> str | None:
    return next((end for end in _ENDS if name.endswith(end)), None)


def _in_base(gold: Number, answer: Number, base: int) -> bool:
    """Whether one is the other's digits, read in the base that the question names."""
    return any(
        _value_in(one.text, base) == other.exact
        for one, other in ((gold, answer), (answer, gold))
        if base > 1
    )


def _value_in(text: str, base: int) -> int | None:
    try:
        return int(text, base) if base <= 36 else None
    except ValueError:
        return None


@lru_cache(maxsize=512)
def dimension(unit: Unit) -> tuple[tuple[str, int], ...] | None:
    """What is measured in a unit, as powers of basic quantities; None where that is not known."""
    powers: dict[str, int] = {}
    for name, power in unit:
        known = _known_end(name)
        if known is None:
            return None
        for basic, exponent in _DIMENSIONS[known].items():
            powers[basic] = powers.get(basic, 0) + exponent * power
    return tuple(sorted((basic, power) for basic, power in powers.items() if power))


# What people leave out or mix up though it is another quantity: weights in kilograms, angles without a unit.
_TAKEN_FOR = ({"mass"}, {"angle"})


def quantities_apart(gold: Quantity, answer: Quantity, asked: Asked) -> str | None:
    """Why two quantities differ: in what is measured, or in value once one is converted."""
    first, second = dimension(gold.unit), dimension(answer.unit)
    if gold.unit == answer.unit:
        return "" if apart(gold.number, answer.number, asked, units=None) else None
    if first is None or second is None:
        return None
    if (
        first != second
        and {name for name, _ in set(first) ^ set(second)} == {_TIME}
        and "money" in dict(first)
    ):
        return None  # so much a year, a month
    if first != second:
        return f"'{answer.spelt}' measures something else than '{gold.spelt}'"
    times = factor(answer.unit, gold.unit)
    if times is None:
        return None
    return "" if apart(gold.number, scaled(answer.number, float(times)), asked, units=None) else None


def scaled(number: Number, times: float) -> Number:
    """The number times a factor between units."""
    step = None if number.step is None else number.step * abs(times)
    text = number.text if "." in number.text else f"{number.text}."  # a converted number is rounded
    return Number(text, number.value * times, None, step)
