r"""Numbers of something: units of measurement, counted things, money, angles, percent and ratios.

A unit left out or added as the question says leaves the answer what it is; another unit makes another answer
unless the number goes with it.
"""

import re
from fractions import Fraction
from functools import lru_cache
from random import Random

from tinyv_cli.maths.questions import wants_a_ratio, wants_it_reduced, wants_percent
from tinyv_cli.maths.units import Measured, Unit, fits_answer, fits_gold, measured, units_asked
from training.generate.near_numbers import differ
from training.generate.numerals import (
    latex_fraction,
    lone,
    plain_decimal,
    read_number,
    significant,
    slots,
    written_like,
)
from training.generate.numeric import PERCENT
from training.generate.transformation import Task, same, wrong

# By pint's name: the symbol and, where it is not the name with an s, the plural.
SYMBOLS = {
    "millimeter": "mm",
    "centimeter": "cm",
    "decimeter": "dm",
    "meter": "m",
    "kilometer": "km",
    "nanometer": "nm",
    "micrometer": r"\mu m",
    "inch": "in",
    "foot": "ft",
    "yard": "yd",
    "mile": "mi",
    "milligram": "mg",
    "gram": "g",
    "kilogram": "kg",
    "ounce": "oz",
    "pound": "lb",
    "second": "s",
    "millisecond": "ms",
    "minute": "min",
    "hour": "h",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "milliliter": "mL",
    "liter": "L",
    "gallon": "gal",
    "quart": "qt",
    "newton": "N",
    "kilonewton": "kN",
    "joule": "J",
    "kilojoule": "kJ",
    "watt": "W",
    "kilowatt": "kW",
    "volt": "V",
    "ampere": "A",
    "milliampere": "mA",
    "ohm": r"\Omega",
    "pascal": "Pa",
    "kilopascal": "kPa",
    "hertz": "Hz",
    "kilohertz": "kHz",
    "megahertz": "MHz",
    "kelvin": "K",
    "mole": "mol",
    "coulomb": "C",
    "standard_atmosphere": "atm",
    "electron_volt": "eV",
    "megaelectron_volt": "MeV",
    "unit": "units",
}
PLURALS = {"inch": "inches", "foot": "feet", "hertz": "hertz", "kelvin": "kelvin", "kilohertz": "kilohertz"}
PLURALS |= {"megahertz": "megahertz", "standard_atmosphere": "atmospheres", "electron_volt": "electron volts"}
PLURALS |= {"megaelectron_volt": "megaelectron volts"}
# What converts: by how many of the least one.
FAMILIES: tuple[dict[str, int], ...] = (
    {"millimeter": 1, "centimeter": 10, "meter": 1000, "kilometer": 1_000_000},
    {"inch": 1, "foot": 12, "yard": 36, "mile": 63360},
    {"milligram": 1, "gram": 1000, "kilogram": 1_000_000},
    {"ounce": 1, "pound": 16},
    {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800},
    {"milliliter": 1, "liter": 1000},
    {"quart": 1, "gallon": 4},
    {"joule": 1, "kilojoule": 1000},
    {"newton": 1, "kilonewton": 1000},
    {"watt": 1, "kilowatt": 1000},
    {"milliampere": 1, "ampere": 1000},
    {"pascal": 1, "kilopascal": 1000},
    {"hertz": 1, "kilohertz": 1000, "megahertz": 1_000_000},
    {"cent": 1, "dollar": 100},
)
DERIVED: tuple[tuple[Unit, str], ...] = (
    ((("newton", 1),), r"\text{ kg·m/s}^2"),
    ((("newton", 1),), r"\ \mathrm{kg \cdot m/s^2}"),
    ((("joule", 1),), r"\text{ N·m}"),
    ((("joule", 1),), " N m"),
    ((("watt", 1),), " J/s"),
    ((("pascal", 1),), r"\text{ N/m}^2"),
    ((("volt", 1),), " J/C"),
    ((("ampere", 1),), " C/s"),
    ((("coulomb", 1),), r"\text{ A·s}"),
    ((("hertz", 1),), r"\text{ s}^{-1}"),
    ((("liter", 1),), r"\text{ dm}^3"),
    ((("milliliter", 1),), r"\text{ cm}^3"),
    ((("centimeter", 3),), " mL"),
    ((("decimeter", 3),), " L"),
    ((("meter", 1), ("second", -2)), r"\text{ N/kg}"),
)
_DEGREE, _DOLLAR, _CENT = (("degree", 1),), (("dollar", 1),), (("cent", 1),)
_WORDED = frozenset({"day", "week", "month", "year", "unit"})


@lru_cache(maxsize=2048)
def quantity(text: str) -> Measured | None:
    """What `measured` reads, where the value is a numeral or a short constant and the unit one of ours."""
    if len(text) > 80 or not re.search(r"[A-Za-z°$€]", text):
        return None
    read = measured(text)
    if read is None or (re.search(r"[,;=]", read.value) and read_number(read.value) is None):
        return None
    return read if _is_known(read.unit) else None


def _is_known(unit: Unit) -> bool:
    """Whether it can be written: dollars and degrees only by themselves."""
    return unit in (_DEGREE, _DOLLAR, _CENT) or all(name in SYMBOLS for name, _ in unit)


_RAISED = str.maketrans("23-1", "²³⁻¹")


def _power(exponent: int, style: str) -> str:
    if exponent == 1:
        return ""
    return (
        str(exponent).translate(_RAISED)
        if style == "²"
        else f"^{exponent}"
        if exponent > 0
        else f"^{{{exponent}}}"
    )


def _symbols(unit: Unit, style: str = "^") -> str:
    """With a stroke for what is below: `m/s^2`."""
    above = [SYMBOLS[name] + _power(power, style) for name, power in unit if power > 0]
    below = [SYMBOLS[name] + _power(-power, style) for name, power in unit if power < 0]
    return " ".join(above) + "".join(f"/{each}" for each in below)


_RANKS = {2: "square ", 3: "cubic "}


def _words(unit: Unit, *, british: bool = False) -> str:
    """`square meters`, `meters per second`."""
    above = " ".join(_RANKS.get(power, "") + _plural(name) for name, power in unit if power > 0)
    below = "".join(f" per {name}{ {-2: ' squared'}.get(power, '') }" for name, power in unit if power < 0)
    words = f"{above}{below}".replace("_", " ")
    return re.sub(r"meter|liter", lambda found: f"{found[0][:-2]}re", words) if british else words


def _plural(name: str) -> str:
    return PLURALS.get(name, f"{name}s")


def with_unit(value: str, unit: Unit, rng: Random) -> str:
    """A value and its unit in any of the ways that are seen."""
    if unit == _DOLLAR:
        return money(value, rng)
    if unit == _CENT:
        return rng.choice(("{} cents", r"{} \text{{ cents}}", "{}¢", "{}¢")).format(value)
    if unit == _DEGREE:
        return value + rng.choice(DEGREES)
    words = _words(unit, british=rng.random() < 0.2)
    if any(name in _WORDED for name, _ in unit):
        return rng.choice((f"{value} {words}", rf"{value} \text{{ {words}}}", rf"{value}\text{{ {words}}}"))
    symbols, short = _symbols(unit), _symbols(unit, "²")
    base, last = _last_power(symbols)
    styles = [
        rf"{value} \text{{ {base}}}{last}",
        rf"{value}\text{{ {base}}}{last}",
        rf"{value}\,\text{{{base}}}{last}",
    ]
    styles += [rf"{value} \mathrm{{~{base}}}{last}", rf"{value}\ \mathrm{{{symbols}}}", f"{value} {symbols}"]
    styles += [
        f"{value} {words}",
        f"{value} {words}",
        rf"{value} \text{{ {words}}}",
        rf"{value}\ \text{{{words}}}",
    ]
    if "\\" not in short:
        styles += [f"{value} {short}", f"{value} {short}"]
        styles += [f"{value}{short}"] if len(short) > 1 and "/" not in short else []
    return rng.choice(styles)


def _last_power(symbols: str) -> tuple[str, str]:
    base, caret, power = symbols.rpartition("^")
    return (base, f"^{power}") if caret and "/" not in power else (symbols, "")


DEGREES = (r"^\circ", r"^\circ", r"^{\circ}", "°", "°", " degrees", r" \text{ degrees}", r"\degree", " deg")


def money(value: str, rng: Random) -> str:
    """An amount of dollars."""
    styles = [rf"\${value}", rf"\${value}", f"${value}", f"{value} dollars", rf"{value} \text{{ dollars}}"]
    return rng.choice([*styles, f"US${value}", f"{value} USD", rf"\text{{\$}}{value}"])


# Units: the same


@same("1.4")
def unit_in_other_style(task: Task, rng: Random) -> str | None:
    r"""`15 centimeters`, `15\,\text{cm}` for 15 cm."""
    read = quantity(task.gold)
    return with_unit(read.value, read.unit, rng) if read else None


@same("1.4")
def unit_left_out(task: Task, rng: Random) -> str | None:
    """The number alone, where the question does not want another unit of the kind."""
    read = quantity(task.gold)
    if read is None or not fits_gold(read.unit, task.question):
        return None
    if read.unit == _DEGREE:
        return read.value if read_number(read.value) else None  # a multiple of pi would be in radians
    is_asked = read.unit in units_asked(task.question) or fits_answer(read.unit, task.question)
    return read.value if is_asked else None


@same("1.4")
def unit_added(task: Task, rng: Random) -> str | None:
    """The unit that the question asks for, and no other."""
    slot, asked = lone(task), units_asked(task.question)
    if slot is None or len(asked) != 1 or _IN_ONE.search(task.question):
        return None
    unit = next(iter(asked))
    return with_unit(slot.numeral.text.strip(), unit, rng) if _is_known(unit) else None


_IN_ONE = re.compile(r"\bin (?:an?|one|the|this|that|each|every) ", re.IGNORECASE)  # how far in an hour


@same("1.4")
def unit_converted(task: Task, rng: Random) -> str | None:
    """`1.5 m` for 150 cm, where the question names no unit."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read else None
    if read is None or numeral is None or units_asked(task.question) or not numeral.value:
        return None
    found = _other_unit(read.unit, rng)
    text = plain_decimal(numeral.value * found[1], 6) if found else None
    return with_unit(text, found[0], rng) if found and text and len(text) < 12 else None


def _other_unit(unit: Unit, rng: Random) -> tuple[Unit, Fraction] | None:
    """A unit of the same kind, and by what a number in the first is multiplied to be in it."""
    changes = [
        (at, other, Fraction(family[name], family[other]) ** power)
        for at, (name, power) in enumerate(unit)
        for family in FAMILIES
        if name in family
        for other in family
        if other != name and _steps(family, name, other) <= (2 if len(unit) == 1 else 1)
    ]
    if not changes:
        return None
    at, other, factor = rng.choice(changes)
    return (*unit[:at], (other, unit[at][1]), *unit[at + 1 :]), factor


@same("1.4")
def unit_derived(task: Task, rng: Random) -> str | None:
    """`kg·m/s^2` for newton."""
    read = quantity(task.gold)
    others = [spelt for unit, spelt in DERIVED if read and unit == read.unit]
    return f"{read.value}{rng.choice(others)}" if read and others else None


def _steps(family: dict[str, int], first: str, second: str) -> int:
    """How far apart two units of a family are; nobody gives miles in inches."""
    names = list(family)
    return abs(names.index(first) - names.index(second))


_HOW_MANY = re.compile(
    r"how many (?:(?:more|fewer|total|different|whole) )?((?:[a-z]+ )?[a-z]{2,}s)"
    r" (?:are|were|did|does|do|will|can|would|has|have|had|must|is)\b",
    re.IGNORECASE,
)


@same("1.4")
def counted_things_added(task: Task, rng: Random) -> str | None:
    """`12 apples` where the question is how many apples there are."""
    slot, asked = lone(task), _HOW_MANY.search(task.question)
    if slot is None or asked is None or slot.numeral.value.denominator != 1 or units_asked(task.question):
        return None
    things = asked[1].lower()
    digits = slot.numeral.text.strip()
    return rng.choice((f"{digits} {things}", f"{digits} {things}", rf"{digits} \text{{ {things}}}"))


_COUNTED = re.compile(r"(-?[\d,.]*\d)\s*(?:\(([a-z ]+)\)|\\text\s*\{\s*([a-z ]+)\}|([a-z]+(?: [a-z]+)?))")


@same("1.4")
def counted_things_left_out(task: Task, rng: Random) -> str | None:
    """`12` for 12 apples, where the question counts them."""
    found = _COUNTED.fullmatch(task.gold.strip())
    asked = re.search(r"how many|number of", task.question, re.IGNORECASE)
    if found is None or asked is None or quantity(task.gold) or read_number(found[1]) is None:
        return None
    things = found[2] or found[3] or found[4]
    last = things.split()[-1]
    if len(last) < 3 or last not in task.question.lower() or _SCALE.search(things):
        return None
    return found[1]


_SCALE = re.compile(r"\b(?:hundred|thousand|[mb]illion|trillion|dozen|percent|times|pi|am|pm)\b")


# Units: another


@wrong()
def unit_exchanged(task: Task, rng: Random) -> str | None:
    """Another unit of the kind with the number unchanged."""
    read = quantity(task.gold)
    found = _other_unit(read.unit, rng) if read else None
    return with_unit(read.value, found[0], rng) if read and found and not _is_zero(read.value) else None


def _is_zero(value: str) -> bool:
    return not re.search(r"[1-9]", value) and "pi" not in value


@wrong()
def unit_of_another_kind(task: Task, rng: Random) -> str | None:
    """Metres for square metres, seconds for metres."""
    read = quantity(task.gold)
    if read is None or read.unit in {_DEGREE, _DOLLAR, _CENT} or _is_zero(read.value):
        return None
    (name, power), *rest = read.unit
    raised = [((name, other), *rest) for other in (1, 2, 3) if other != abs(power)]
    is_length = name.endswith(("meter", "inch", "foot", "yard", "mile"))
    others: list[Unit] = list(raised) if is_length and len(read.unit) == 1 else []
    others += [
        unit for unit in ((("meter", 1),), (("second", 1),), (("kilogram", 1),)) if unit[0] not in read.unit
    ]
    return with_unit(read.value, rng.choice(others), rng)


@wrong()
def unit_added_that_is_another(task: Task, rng: Random) -> str | None:
    """The number in another unit of the kind than the question asks for."""
    slot, asked = lone(task), units_asked(task.question)
    if slot is None or len(asked) != 1 or not slot.numeral.value:
        return None
    unit = next(iter(asked))
    found = _other_unit(unit, rng) if _is_known(unit) else None
    return with_unit(slot.numeral.text.strip(), found[0], rng) if found else None


@wrong()
def unit_falsely_converted(task: Task, rng: Random) -> str | None:
    """Multiplied where it is to be divided, by 100 for 60 or 1000, by a length's factor for an area's."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read else None
    found = _other_unit(read.unit, rng) if read else None
    if numeral is None or found is None or not numeral.value:
        return None
    unit, factor = found
    false = rng.choice(
        (1 / factor, factor * 10, factor / 10, Fraction(100) if factor > 1 else Fraction(1, 100))
    )
    text = plain_decimal(numeral.value * false, 6)
    return with_unit(text, unit, rng) if text and differ(false, factor) else None


@wrong()
def converted_without_its_unit(task: Task, rng: Random) -> str | None:
    """The number in another unit, and the first unit still behind it; or bare, where one is asked for."""
    read = quantity(task.gold)
    unit = read.unit if read else min(units_asked(task.question), default=None)
    numeral = read_number(read.value if read else task.gold)
    found = _other_unit(unit, rng) if unit and _is_known(unit) else None
    if numeral is None or found is None or not numeral.value:
        return None
    text = plain_decimal(numeral.value * found[1], 4)
    if text is None or not differ(numeral.value, Fraction(text)):
        return None
    return with_unit(text, read.unit, rng) if read else text


@wrong()
def amount_changed(task: Task, rng: Random) -> str | None:
    """Another amount in the same unit, in any style: a factor, a digit, a step."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read else None
    if read is None or numeral is None:
        return None
    value = numeral.value
    others = (
        value * 2,
        value / 2,
        value + 1,
        value - 1,
        value * 10,
        value / 10,
        value + 10,
        -value,
        value * 3,
    )
    other = rng.choice(others)
    text = written_like(numeral, other)
    return with_unit(text, read.unit, rng) if text and differ(value, other) and other else None


# Money


@same("1.4")
def cents_shown(task: Task, rng: Random) -> str | None:
    r"""`\$5.50`, `\$5.00` for five dollars and a half, or five."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read and read.unit == _DOLLAR else None
    if numeral is None or (numeral.value * 100).denominator != 1:
        return None
    return money(f"{int(numeral.value * 100) / 100:.2f}", rng) if abs(numeral.value) < 10**9 else None


@same("1.4")
def dollars_and_cents(task: Task, rng: Random) -> str | None:
    """`5 dollars and 50 cents`, `550 cents`."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read and read.unit == _DOLLAR else None
    cents = numeral.value * 100 if numeral else Fraction(1, 2)
    if cents.denominator != 1 or cents <= 0 or cents > 10**6:
        return None
    whole, rest = divmod(int(cents), 100)
    both = f"{whole} dollar{'s' * (whole != 1)} and {rest} cents"
    return rng.choice((both, both, f"{int(cents)} cents")) if rest else None


_ASKS_FOR_MONEY = re.compile(
    r"how (?:much|many dollars)|what (?:is|was) the (?:total )?(?:cost|price|amount|profit)"
    r"|\b(?:earn|pay|spend)"
)


@same("1.4")
def dollar_sign_added(task: Task, rng: Random) -> str | None:
    """`$12` for 12, where the question is how much money it is."""
    slot = lone(task)
    last = re.split(r"[.?!]\s+(?=\S)", task.question.strip())[-1].lower()
    speaks_of_dollars = (
        "$" in task.question and re.search(r"\$\s?\d", task.question)
    ) or "dollar" in task.question
    other = re.search(
        r"percent|%|how many(?! dollars)|how much (?:time|longer|water|more (?:time|likely))|cents", last
    )
    if slot is None or slot.before or not speaks_of_dollars or other or not _ASKS_FOR_MONEY.search(last):
        return None
    if not re.search(r"cost|price|pay|paid|spen[dt]|money|earn|dollar|profit|owe|save|worth|charge", last):
        return None
    value = slot.numeral
    is_amount = value.value >= 0 and (value.value * 100).denominator == 1 and "frac" not in value.text
    return money(value.text.strip(), rng) if is_amount and "/" not in value.text else None


# Angles and temperatures


@same("4.2")
def degrees_in_radians(task: Task, rng: Random) -> str | None:
    r"""`\frac{\pi}{4}` for 45 degrees, where the question names neither."""
    read = quantity(task.gold)
    numeral = read_number(read.value) if read and read.unit == _DEGREE else None
    if numeral is None or not numeral.value or re.search(r"degree|radian", task.question, re.IGNORECASE):
        return None
    share = numeral.value / 180
    return _pi_times(share, rng) if share.denominator <= 36 else None


def _pi_times(share: Fraction, rng: Random) -> str:
    sign, top, low = "-" if share < 0 else "", abs(share.numerator), share.denominator
    times = "" if top == 1 else str(top)
    if low == 1:
        return rng.choice((rf"{sign}{times}\pi", f"{sign}{times}π", f"{sign}{times}pi"))
    latex = rf"{sign}\frac{{{times}\pi}}{{{low}}}"
    styles = [
        latex,
        latex,
        f"{sign}{times}π/{low}",
        f"{sign}{times}pi/{low}",
        rf"{sign}\dfrac{{{times}\pi}}{{{low}}}",
    ]
    return rng.choice(
        [*styles, rf"{sign}\frac{{{top}}}{{{low}}}\pi", rf"{latex} \text{{ radians}}", f"{latex} rad"]
    )


_PI_SHARE = re.compile(r"(-?)(?:\\[dt]?frac\{(\d*)\s*\\pi\}\{(\d+)\}|(\d*)\s*\\pi(?:\s*/\s*(\d+))?)")
_ANGLE = re.compile(r"\bangle|\\angle|inclination|argument of", re.IGNORECASE)


def _of_pi(text: str) -> Fraction | None:
    found = _PI_SHARE.fullmatch(text.strip())
    if found is None or (found[3] or found[5]) == "0":
        return None
    share = Fraction(int(found[2] or found[4] or 1), int(found[3] or found[5] or 1))
    return -share if found[1] else share


@same("4.2")
def radians_in_degrees(task: Task, rng: Random) -> str | None:
    r"""`60^\circ` for `\frac{\pi}{3}`, where an angle is asked for and not in radians."""
    share = _of_pi(task.gold)
    if share is None or not _ANGLE.search(task.question[-300:]) or "radian" in task.question.lower():
        return None
    text = plain_decimal(share * 180, 2)
    return text and text + rng.choice(DEGREES)


@same("1.4")
def degrees_and_minutes(task: Task, rng: Random) -> str | None:
    r"""`22^\circ 30'` for 22.5 degrees."""
    return _in_minutes(task, rng, Fraction(0))


def _in_minutes(task: Task, rng: Random, off: Fraction) -> str | None:
    read = quantity(task.gold)
    numeral = read_number(read.value) if read and read.unit == _DEGREE else None
    if numeral is None or numeral.value <= 0 or numeral.value.denominator == 1:
        return None
    whole, rest = divmod(numeral.value, 1)
    minutes = rest * 60 + off
    if minutes.denominator != 1 or not 0 <= minutes < 60:
        return None
    return rng.choice(
        (rf"{whole}^\circ {minutes}'", f"{whole}°{minutes}'", rf"{whole}^{{\circ}}{minutes}^{{\prime}}")
    )


@wrong()
def minutes_of_degree_off(task: Task, rng: Random) -> str | None:
    """A decimal of a degree taken for minutes, or some minutes too many."""
    return _in_minutes(task, rng, Fraction(rng.choice((-25, -20, -10, -5, 5, 10, 15, 20))))


@wrong()
def degrees_for_radians(task: Task, rng: Random) -> str | None:
    r"""The other unit with the number unchanged: `45 \text{ radians}`, `\frac{\pi}{3}^\circ`."""
    read = quantity(task.gold)
    if read and read.unit == _DEGREE and not _is_zero(read.value):
        return read.value + rng.choice((" radians", r" \text{ radians}", " rad", r" \text{ rad}", r"\pi"))
    if _of_pi(task.gold):
        return task.gold + rng.choice((r"^\circ", "°", " degrees", r" \text{ degrees}"))
    return None


@wrong()
def angle_of_another_kind(task: Task, rng: Random) -> str | None:
    r"""Another of the usual angles: `\frac{\pi}{6}` or 30 for `\frac{\pi}{3}`."""
    share = _of_pi(task.gold)
    read = quantity(task.gold)
    numeral = read_number(read.value) if read and read.unit == _DEGREE else None
    value = share if share is not None else numeral.value / 180 if numeral else None
    if value is None:
        return None
    usual = [Fraction(top, low) for low in (2, 3, 4, 6, 12) for top in (1, 2, 3, 5) if top < 2 * low]
    other = rng.choice(
        [each for each in [*usual, 1 - value, -value, 2 * value, Fraction(1, 2) - value] if each]
    )
    if not differ(other, value):
        return None
    degrees = plain_decimal(other * 180, 3)
    return _pi_times(other, rng) if share is not None or degrees is None else degrees + rng.choice(DEGREES)


_TEMPERATURE = re.compile(
    r"(-?[\d.]+)\s*(?:\^\s*\{?\\circ\}?|°|degrees?)\s*(?:\\text\{|\\mathrm\{)?~?\s*(C|F)(?:elsius|ahrenheit)?\}?"
)


@same("1.4")
def temperature_in_other_style(task: Task, rng: Random) -> str | None:
    r"""`20 degrees Celsius`, `20°C` for `20^\circ\text{C}`."""
    found = _TEMPERATURE.fullmatch(task.gold.strip())
    if found is None:
        return None
    value, scale = found.groups()
    name = {"C": "Celsius", "F": "Fahrenheit"}[scale]
    styles = (
        f"{value}°{scale}",
        f"{value} °{scale}",
        rf"{value}^\circ\text{{{scale}}}",
        f"{value} degrees {name}",
    )
    return rng.choice((*styles, rf"{value}^{{\circ}} \mathrm{{{scale}}}"))


@wrong()
def temperature_on_other_scale(task: Task, rng: Random) -> str | None:
    """Fahrenheit for Celsius with the number unchanged."""
    found = _TEMPERATURE.fullmatch(task.gold.strip())
    return f"{found[1]}°{'F' if found[2] == 'C' else 'C'}" if found else None


# Percent


_PERCENT = re.compile(
    r"(-?(?:[\d.]+|\\[dt]?frac\{\d+\}\{\d+\}|\d+\\frac\{\d+\}\{\d+\}|\d+/\d+))\s*(?:\\?%|per\s?cent)"
)


def _share(text: str) -> str | None:
    found = _PERCENT.fullmatch(text.strip())
    return found[1] if found else None


@same("1.4")
def percent_in_other_style(task: Task, rng: Random) -> str | None:
    r"""`25 percent` for `25\%`."""
    share = _share(task.gold)
    return share and share + rng.choice(PERCENT)


@same("1.4")
def percent_sign_left_out(task: Task, rng: Random) -> str | None:
    """`25` where the question asks for percent."""
    return _share(task.gold) if wants_percent(task.question) else None


@same("1.4")
def percent_sign_added(task: Task, rng: Random) -> str | None:
    r"""`25\%` for 25 where the question asks for percent."""
    slot = lone(task)
    if slot is None or not wants_percent(task.question) or "percent" in slot.before:
        return None
    if wants_a_ratio(task.question):
        return None  # of two shares in percent
    return slot.numeral.text.strip() + rng.choice(PERCENT)


@same("4.4")
def percent_as_hundredths(task: Task, rng: Random) -> str | None:
    r"""`0.25` or `\frac{1}{4}` for `25\%`, where the question does not ask for percent."""
    share = _share(task.gold)
    numeral = read_number(share) if share else None
    if numeral is None or wants_percent(task.question):
        return None
    value = numeral.value / 100
    decimal = plain_decimal(value, 6)
    is_short = value.denominator in {2, 3, 4, 5, 8, 10, 20, 25, 50, 100} or decimal is None
    return rng.choice(
        [*([decimal] * 2 if decimal else []), *([latex_fraction(value), str(value)] if is_short else [])]
    )


@wrong()
def percent_asked_and_hundredths_given(task: Task, rng: Random) -> str | None:
    """`0.25` without a sign where the question asks for percent."""
    if not wants_percent(task.question):
        return None
    numeral = read_number(_share(task.gold) or task.gold)
    if numeral is None or not numeral.value:
        return None
    return plain_decimal(numeral.value * rng.choice((Fraction(1, 100), Fraction(1, 10), 10)), 6)


# Ratios


_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*(?::|\\text\{ ?(?:to|:) ?\}|to|\\colon)\s*(\d+(?:\.\d+)?)")
RATIOS = (
    "{}:{}",
    "{} : {}",
    "{} to {}",
    r"{} \text{{ to }} {}",
    r"{}\colon {}",
    "{}/{}",
    r"\frac{{{}}}{{{}}}",
)


def _ratio(task: Task) -> tuple[str, str] | None:
    """The parts of a ratio; what looks like a time of the day is one only if a ratio is asked for."""
    found = _RATIO.fullmatch(task.gold.strip())
    if found is None:
        return None
    is_time = ":" in task.gold and len(found[2]) == 2 and int(float(found[2])) < 60
    return (found[1], found[2]) if wants_a_ratio(task.question) or not is_time else None


@same("2.2")
def ratio_in_other_style(task: Task, rng: Random) -> str | None:
    """`2 to 1`, `2/1` for 2:1."""
    parts = _ratio(task)
    styles = RATIOS if wants_a_ratio(task.question) else RATIOS[:5]
    return rng.choice(styles).format(*parts) if parts else None


@same("2.2")
def fraction_as_ratio(task: Task, rng: Random) -> str | None:
    """`3:4` for three quarters, where a ratio is asked for."""
    slot = lone(task)
    if slot is None or not wants_a_ratio(task.question) or slot.numeral.value <= 0:
        return None
    value = slot.numeral.value
    is_short = (
        value.denominator > 1 and max(value.numerator, value.denominator) < 250 and value.denominator < 60
    )
    return rng.choice(RATIOS[:4]).format(value.numerator, value.denominator) if is_short else None


@same("2.2")
def ratio_of_multiples(task: Task, rng: Random) -> str | None:
    """`4:2` for 2:1, and the other way round, unless it is to be reduced."""
    parts = _ratio(task)
    if parts is None or not wants_a_ratio(task.question) or wants_it_reduced(task.question):
        return None
    if "." in parts[0] + parts[1]:
        return None
    by = rng.choice((2, 2, 3, 5))
    return f"{int(parts[0]) * by}:{int(parts[1]) * by}"


@same("2.2")
def ratio_as_number(task: Task, rng: Random) -> str | None:
    """`2` for 2:1, `0.75` for 3:4."""
    parts = _ratio(task)
    if parts is None or not Fraction(parts[1]) or not wants_a_ratio(task.question):
        return None
    return plain_decimal(Fraction(parts[0]) / Fraction(parts[1]), 4)


@wrong()
def ratio_turned_round(task: Task, rng: Random) -> str | None:
    """`1:2` for 2:1."""
    parts = _ratio(task)
    return rng.choice(RATIOS[:6]).format(*reversed(parts)) if parts and parts[0] != parts[1] else None


@wrong()
def ratio_of_other_parts(task: Task, rng: Random) -> str | None:
    """One part off, doubled, squared, or of the whole: `2:3` for 2:1."""
    parts = _ratio(task)
    if parts is None or "." in parts[0] + parts[1]:
        return None
    first, second = map(int, parts)
    whole = first + second
    others = [
        (first + 1, second),
        (first, second + 1),
        (first, whole),
        (whole, second),
        (first**2, second**2),
    ]
    others += [(2 * first, second), (first, 2 * second), (first, abs(second - first)), (second, whole)]
    top, low = rng.choice([(top, low) for top, low in others if top and low and top * second != low * first])
    return rng.choice(RATIOS[:6]).format(top, low)


@wrong()
def number_rounded_in_unit(task: Task, rng: Random) -> str | None:
    """The number before a unit, to one digit or two only."""
    found = slots(task.gold)
    if len(found) != 1 or quantity(task.gold) is None:
        return None
    numeral = found[0].numeral
    coarse = significant(numeral.value, rng.choice((1, 2))) if numeral.value.denominator != 1 else None
    return found[0].filled(coarse) if coarse and differ(numeral.value, Fraction(coarse)) else None
