"""Numbers, with and without units, that no rounding, no unit and no percent sign makes the same."""

from collections.abc import Mapping
from functools import lru_cache
from math import floor, log10, pi

from tinyv_cli.maths.readings.records import Number, Quantity
from tinyv_cli.maths.units import Unit, factor
from tinyv_cli.proofs.refuting.asked import Asked

# What differs by less may be the same number, computed from rounded constants.
NEAR, NEAR_ROUGHLY, EXACTLY = 0.02, 0.12, 1e-9
NOUGHTS = 100  # what one more in the last digit is worth at least, for noughts to be taken as rounded
MOST_TENS = 12
# Factors between units that are often left out, besides powers of ten: weeks, dozens, hours, radians, miles.
FACTORS = (7, 12, 24, 60, 3600, 180 / pi, 365, 30, 3.6, 16, 3, 9, 27, 144, 1.609, 2.54, 30.48, 2.205, 52, 4, 8, 2)


def apart(gold: Number, answer: Number, asked: Asked, *, units: bool = True) -> bool:
    """Whether they differ in whatever unit each is, more or less rounded.

    With `units` either may have lost its unit, or its percent sign.
    """
    if gold.exact is not None and gold.exact == answer.exact:
        return False
    first, second = gold.value, answer.value
    if asked.signs:
        first, second = abs(first), abs(second)
    if _near(first, second, gold, answer, asked):
        return False
    if first == 0 or second == 0 or (first < 0) != (second < 0):
        return _told_apart(gold, answer, asked)
    if asked.base and _in_base(gold, answer, asked.base):
        return False
    if not units:
        return True
    ratio = abs(second / first)
    if ratio <= 0:
        return False
    if asked.magnitude and 0.08 < ratio < 12.5:
        return False
    return not (asked.tens and _are_tens(ratio, asked)) and not (asked.units and _is_factor(ratio))


def _told_apart(gold: Number, answer: Number, asked: Asked) -> bool:
    """Whether the one is 0, or negative, and the other is not even when it is rounded."""
    return not (gold.value * answer.value == 0 and asked.rough)


def _near(first: float, second: float, gold: Number, answer: Number, asked: Asked) -> bool:
    """Whether one may be the other, rounded or computed from what was rounded."""
    off = abs(first - second)
    largest = max(abs(first), abs(second))
    if off <= EXACTLY * largest:
        return gold.exact is None or answer.exact is None
    written = [_has_point(each) for each in (gold, answer)]
    if asked.magnitude:
        relative = NEAR_ROUGHLY
    else:
        relative = (NEAR_ROUGHLY if asked.rough else NEAR) if any(written) else 0.0
    steps = [_step(number, point) for number, point in zip((gold, answer), written, strict=True)]
    if any(written) and not all(written):
        steps += [0.5 for each in (gold, answer) if each.exact is not None and each.exact.denominator == 1]
    return off <= max(relative * largest, 0.999 * max(steps))


def _has_point(number: Number) -> bool:
    return "." in number.text or (number.step is not None and number.step < 1)


def _step(number: Number, has_point: bool) -> float:
    if number.step is None or (number.step < NOUGHTS and not has_point):
        return 0.0
    return number.step


def _are_tens(ratio: float, asked: Asked) -> bool:
    tens = log10(ratio)
    power = floor(tens + 0.5)
    return 0 < abs(power) <= MOST_TENS and abs(ratio / 10.0**power - 1) <= NEAR


def _is_factor(ratio: float) -> bool:
    return any(
        abs(each / by - 1) <= NEAR or _is_ten_times(each / by)
        for each in (ratio, 1 / ratio)
        for by in FACTORS
    )


def _is_ten_times(ratio: float) -> bool:
    power = floor(log10(ratio) + 0.5)
    return abs(power) in (1, 2, 3, 6) and abs(ratio / 10.0**power - 1) <= NEAR


def _in_base(gold: Number, answer: Number, base: int) -> bool:
    """Whether one is the other's digits, read in the base that the question names."""
    return any(
        _value_in(one.text, base) == other.exact for one, other in ((gold, answer), (answer, gold)) if base > 1
    )


def _value_in(text: str, base: int) -> int | None:
    try:
        return int(text, base) if base <= 36 else None
    except ValueError:
        return None


_LENGTH, _MASS, _TIME = "length", "mass", "time"
_DIMENSIONS: Mapping[str, Mapping[str, int]] = {
    **dict.fromkeys(("meter", "inch", "foot", "yard", "mile"), {_LENGTH: 1}),
    **dict.fromkeys(("acre", "hectare"), {_LENGTH: 2}),
    **dict.fromkeys(("liter", "gallon", "quart", "pint"), {_LENGTH: 3}),
    **dict.fromkeys(("gram", "ounce", "pound", "ton"), {_MASS: 1}),
    **dict.fromkeys(("second", "minute", "hour", "day", "week", "month", "year", "century"), {_TIME: 1}),
    **dict.fromkeys(("dollar", "cent", "euro", "pound_sterling", "rupee", "yen"), {"money": 1}),
    **dict.fromkeys(("degree", "radian"), {"angle": 1}),
    **dict.fromkeys(("kelvin", "degree_Celsius", "degree_Fahrenheit"), {"temperature": 1}),
    **dict.fromkeys(("joule", "calorie", "electron_volt"), {_MASS: 1, _LENGTH: 2, _TIME: -2}),
    "newton": {_MASS: 1, _LENGTH: 1, _TIME: -2},
    "watt": {_MASS: 1, _LENGTH: 2, _TIME: -3},
    **dict.fromkeys(("pascal", "standard_atmosphere", "torr"), {_MASS: 1, _LENGTH: -1, _TIME: -2}),
    "hertz": {_TIME: -1},
    "mole": {"amount": 1},
    "byte": {"data": 1},
    "ampere": {"current": 1},
    "coulomb": {"current": 1, _TIME: 1},
    "volt": {_MASS: 1, _LENGTH: 2, _TIME: -3, "current": -1},
    "ohm": {_MASS: 1, _LENGTH: 2, _TIME: -3, "current": -2},
    "farad": {_MASS: -1, _LENGTH: -2, _TIME: 4, "current": 2},
    "tesla": {_MASS: 1, _TIME: -2, "current": -1},
}
_ENDS = sorted(_DIMENSIONS, key=len, reverse=True)


@lru_cache(maxsize=512)
def dimension(unit: Unit) -> tuple[tuple[str, int], ...] | None:
    """What is measured in a unit, as powers of basic quantities; None where that is not known."""
    powers: dict[str, int] = {}
    for name, power in unit:
        known = next((end for end in _ENDS if name.endswith(end)), None)
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
        return "" if apart(gold.number, answer.number, asked, units=False) else None
    if first is None or second is None:
        return None
    if first != second:
        return f"'{answer.spelt}' measures something else than '{gold.spelt}'"
    times = factor(answer.unit, gold.unit)
    if times is None:
        return None
    return "" if apart(gold.number, scaled(answer.number, float(times)), asked, units=False) else None


def scaled(number: Number, times: float) -> Number:
    """The number times a factor between units."""
    step = None if number.step is None else number.step * abs(times)
    text = number.text if "." in number.text else f"{number.text}."  # a converted number is rounded
    return Number(text, number.value * times, None, step)
