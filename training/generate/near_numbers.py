"""Other numbers that are near: the slips of people and models, each in the form of the gold.

A changed number that is no whole number differs so much that rounding either side to three digits does
not make them one. Only what is named `finely_…` differs in the fourth digit, and is too short for another
rounding.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from math import gcd, isqrt
from random import Random

from tinyv_cli.maths.precision import states_precision, wants_rounding
from tinyv_cli.maths.questions import wants_percent
from training.generate.numerals import (
    Form,
    Numeral,
    Slot,
    constant,
    latex_fraction,
    lone,
    magnitude,
    mixed,
    one_slot,
    plain_decimal,
    read_number,
    significant,
    with_places,
    written_like,
)
from training.generate.numeric import is_simple
from training.generate.transformation import Task, wrong

Change = Callable[[Fraction, Random], Fraction | None]

CLEARLY = Fraction(3, 200)  # relative: what two roundings to three digits cannot bridge
LARGEST = 10**15
# Where another number may be the same answer: overlapping parts, values that are explained, either sign.
_RISKY = re.compile(r"\\c[au]p|[∪∩]|\\approx|≈|about|\\pm|±|mod|\.\.\.|\\[lc]?dots|\bor\b|\(\d+\)")


def differ(first: Fraction, second: Fraction) -> bool:
    """Whether two values are others for good: whole numbers at all, others by more than rounding takes."""
    if first.denominator == second.denominator == 1:
        return first != second
    return abs(first - second) > CLEARLY * max(abs(first), abs(second))


def open_slot(task: Task, rng: Random) -> Slot | None:
    """A numeral that may be changed."""
    return None if _RISKY.search(task.gold) else one_slot(task, rng)


def changed(task: Task, rng: Random, change: Change) -> str | None:
    """The gold with another value in one of its slots."""
    slot = open_slot(task, rng)
    value = change(slot.numeral.value, rng) if slot else None
    if slot is None or value is None or abs(value) > LARGEST:
        return None
    text = written_like(slot.numeral, value)
    return slot.filled(text) if text and _is_another(slot.numeral, text) else None


def _is_another(numeral: Numeral, text: str) -> bool:
    read = read_number(text)
    zero_first = re.match(r"-?0[\d,]", text) and not re.match(r"-?0\d", numeral.text.strip())
    return read is not None and not zero_first and differ(numeral.value, read.value)


def _whole(change: Callable[[int, Random], int | None]) -> Change:
    """A change of whole numbers."""

    def changed(value: Fraction, rng: Random) -> Fraction | None:
        other = change(int(value), rng) if value.denominator == 1 else None
        return None if other is None else Fraction(other)

    return changed


# Of any number


@wrong()
def off_by_one(task: Task, rng: Random) -> str | None:
    """One more or one less."""
    return changed(task, rng, lambda value, rng: value + rng.choice((-1, 1)))


@wrong()
def off_by_few(task: Task, rng: Random) -> str | None:
    """A few more or less."""
    return changed(task, rng, lambda value, rng: value + rng.choice((-1, 1)) * rng.randint(2, 10))


@wrong()
def off_by_some_share(task: Task, rng: Random) -> str | None:
    """Up to a fifth more or less, of a number that has so many."""
    return changed(task, rng, _by_some_share)


def _by_some_share(value: Fraction, rng: Random) -> Fraction | None:
    share = Fraction(rng.choice((-1, 1)) * rng.randint(20, 200), 1000)
    if value.denominator == 1:
        return value + round(value * share) if abs(value) > 20 else None
    return value * (1 + share) if plain_decimal(value, 8) and value.denominator > 40 else None


@wrong()
def doubled_or_halved(task: Task, rng: Random) -> str | None:
    """A factor of two too much or too little: the usual slip."""
    return changed(task, rng, lambda value, rng: value * rng.choice((2, 2, Fraction(1, 2))))


@wrong()
def off_by_small_factor(task: Task, rng: Random) -> str | None:
    """A factor of 3, 4, 6 or the like."""
    factors = (3, 4, 5, 6, 8, Fraction(1, 3), Fraction(1, 4), Fraction(2, 3), Fraction(3, 2))
    return changed(task, rng, lambda value, rng: value * rng.choice(factors))


@wrong()
def off_by_power_of_ten(task: Task, rng: Random) -> str | None:
    """Ten, a hundred or a thousand times as much or as little."""
    return changed(
        task, rng, lambda value, rng: value * Fraction(10) ** rng.choice((-3, -2, -2, -1, -1, 1, 1, 2, 2, 3))
    )


@wrong()
def negated(task: Task, rng: Random) -> str | None:
    """The other sign."""
    return changed(task, rng, lambda value, rng: -value if value else None)


@wrong()
def inverse(task: Task, rng: Random) -> str | None:
    """The reciprocal."""
    return changed(task, rng, lambda value, rng: 1 / value if value and abs(value) < 1000 else None)


@wrong()
def complement(task: Task, rng: Random) -> str | None:
    """What is left to 1, 100, 90, 180 or 360."""
    return changed(task, rng, _complement)


def _complement(value: Fraction, rng: Random) -> Fraction | None:
    wholes = [whole for whole in (1, 100, 90, 180, 360) if 0 < value < whole]
    return rng.choice(wholes[: 1 if value < 1 else 3]) - value if wholes else None


@wrong()
def squared(task: Task, rng: Random) -> str | None:
    """The square, or the root where it is a whole number."""
    return changed(task, rng, _squared)


def _squared(value: Fraction, rng: Random) -> Fraction | None:
    if value.denominator == 1 and value > 1 and isqrt(int(value)) ** 2 == value and rng.random() < 0.7:
        return Fraction(isqrt(int(value)))
    return value * value if abs(value) < 1000 and value.denominator < 100 else None


@wrong()
def small_number(task: Task, rng: Random) -> str | None:
    """A number that comes up often: 0, 1, 2, -1."""
    return changed(task, rng, lambda value, rng: Fraction(rng.choice((0, 0, 1, 1, 2, 3, -1, 10))))


@wrong()
def random_number(task: Task, rng: Random) -> str | None:
    """Another of the same length."""
    return changed(task, rng, _random)


def _random(value: Fraction, rng: Random) -> Fraction | None:
    if value.denominator != 1:
        low = rng.choice((value.denominator, rng.randint(2, 30)))
        return Fraction(rng.randint(1, max(2, 2 * abs(value.numerator))), low) * (1 if value > 0 else -1)
    length = len(str(abs(value.numerator)))
    return Fraction(rng.randint(10 ** (length - 1), 10**length - 1) * (1 if value >= 0 else -1))


# Digits


@wrong()
def digit_changed(task: Task, rng: Random) -> str | None:
    """Another digit in one place."""
    return _with_digits(task, rng, _digit_changed)


def _with_digits(task: Task, rng: Random, change: Callable[[str, Random], str | None]) -> str | None:
    """The gold with the digits of a whole number or decimal changed, keeping its points and separators."""
    slot = open_slot(task, rng)
    if slot is None or slot.numeral.form not in {Form.INTEGER, Form.GROUPED, Form.DECIMAL}:
        return None
    text = change(slot.numeral.text.strip(), rng)
    return slot.filled(text) if text and _is_another(slot.numeral, text) else None


def _places(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character.isdigit()]


def _digit_changed(text: str, rng: Random) -> str:
    at = rng.choice(_places(text))
    first = at == _places(text)[0] and len(_places(text)) > 1
    digit = rng.choice([each for each in ("123456789" if first else "0123456789") if each != text[at]])
    return text[:at] + digit + text[at + 1 :]


@wrong()
def neighbouring_digit(task: Task, rng: Random) -> str | None:
    """One place one up or down: a carry that was forgotten."""
    return _with_digits(task, rng, _neighbour)


def _neighbour(text: str, rng: Random) -> str | None:
    at = rng.choice(_places(text))
    digit = int(text[at]) + rng.choice((-1, 1))
    return text[:at] + str(digit) + text[at + 1 :] if 0 <= digit <= 9 else None


@wrong()
def digits_swapped(task: Task, rng: Random) -> str | None:
    """Two neighbours in the other order."""
    return _with_digits(task, rng, _swapped)


def _swapped(text: str, rng: Random) -> str | None:
    pairs = [(a, b) for a, b in zip(_places(text), _places(text)[1:], strict=False) if text[a] != text[b]]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]


@wrong()
def digit_dropped(task: Task, rng: Random) -> str | None:
    """A digit less: 15 for 150, or for 105."""
    return _with_digits(task, rng, _dropped)


def _dropped(text: str, rng: Random) -> str | None:
    if len(_places(text)) < 2 or not text.lstrip("-").isdigit():
        return None
    at = rng.choice(_places(text))
    return text[:at] + text[at + 1 :]


@wrong()
def digit_doubled(task: Task, rng: Random) -> str | None:
    """A digit more: 155 for 15."""
    return _with_digits(task, rng, _doubled)


def _doubled(text: str, rng: Random) -> str | None:
    if not text.lstrip("-").isdigit():
        return None
    at = rng.choice(_places(text))
    return text[: at + 1] + rng.choice((text[at], "0", "1")) + text[at + 1 :]


@wrong()
def digits_backwards(task: Task, rng: Random) -> str | None:
    """From the last to the first: 21 for 12."""
    return changed(
        task, rng, _whole(lambda number, rng: int(str(abs(number))[::-1]) * (1 if number > 0 else -1))
    )


# Decimals and rounding


@wrong()
def point_moved(task: Task, rng: Random) -> str | None:
    """`1.25` for 12.5, and a point that is lost or taken for a separator."""
    return _with_digits(task, rng, _moved)


def _moved(text: str, rng: Random) -> str | None:
    if "," in text:
        return text.replace(",", ".") if text.count(",") == 1 and "." not in text else None
    whole, point, places = text.partition(".")
    if not point or not places:
        return None
    sign, whole = ("-", whole[1:]) if whole[:1] == "-" else ("", whole)
    moved = [f"{whole}{places}".lstrip("0"), f"{whole}{places[0]}.{places[1:]}".lstrip("0")]
    moved += [f"{whole[:-1] or 0}.{whole[-1:]}{places}", f"0.{whole}{places}"]
    text = sign + rng.choice(moved).removesuffix(".")
    return text if text.strip("-0.") else None


@wrong()
def too_coarse(task: Task, rng: Random) -> str | None:
    """Rounded to one or two digits, or to a whole number."""
    value = _value(task)
    if value is None or value.denominator == 1 or wants_rounding(task.question):
        return None
    coarse = significant(value, rng.choice((1, 2, 2)))
    return coarse if differ(value, Fraction(coarse)) else None


def _value(task: Task) -> Fraction | None:
    """What the gold is worth, if it is not 0 and of usual size."""
    if len(task.gold) > 80 or re.search(r"\\circ|°|[=%$]|\\text|\\math", task.gold):
        return None
    value = constant(task.gold)
    return value if value is not None and 1e-4 < abs(value) < 1e7 else None


@wrong()
def whole_part(task: Task, rng: Random) -> str | None:
    """Rounded down or up to a whole number."""
    value = _value(task)
    if value is None or value.denominator == 1 or wants_rounding(task.question):
        return None
    whole = Fraction(value.__floor__() + rng.choice((0, 0, 1)))
    return str(whole) if differ(value, whole) else None


@wrong()
def near_decimal(task: Task, rng: Random) -> str | None:
    """A decimal that differs in the second or third digit, for a fraction, a root or a multiple of pi."""
    value = _value(task)
    if value is None or value.denominator == 1:
        return None
    by = 1 + Fraction(rng.choice((-1, 1)) * rng.randint(16, 90), 1000)
    return significant(value * by, rng.choice((3, 4, 4, 5)))


@wrong()
def finely_off(task: Task, rng: Random) -> str | None:
    """The last of four or five digits is one or two off: `85.72` for 600/7."""
    return _finely(task, rng, lambda last, rng: last + rng.choice((-2, -1, 1, 2)))


def _finely(task: Task, rng: Random, change: Callable[[int, Random], int]) -> str | None:
    """The value with four or five digits, the last of them another than rounding gives."""
    value = _value(task)
    if value is None or plain_decimal(value, 4 - magnitude(value)) or states_precision(task.question):
        return None
    places = rng.choice((4, 4, 5)) - 1 - magnitude(value)
    if places < 1:
        return None
    scaled = abs(value) * 10**places
    last = round(scaled)
    other = change(last, rng)
    # Other than by cutting off the rest, too; and no zero is last, without which it were rounded to less.
    is_another = abs(other - scaled) > Fraction(9, 10) and other % 10 != 0
    return with_places(Fraction(other, 10**places) * (1 if value > 0 else -1), places) if is_another else None


@wrong()
def finely_off_in_third_place(task: Task, rng: Random) -> str | None:
    """The digit before the last of four or five is off."""
    return _finely(task, rng, lambda last, rng: last + rng.choice((-30, -20, -10, 10, 20, 30)))


@wrong()
def rounded_falsely(task: Task, rng: Random) -> str | None:
    """Where the question says how to round: up for down, or cut off."""
    slot = lone(task)
    if slot is None or not wants_rounding(task.question):
        return None
    numeral = slot.numeral
    if numeral.form not in {Form.DECIMAL, Form.INTEGER} or not numeral.text.strip("-0. "):
        return None
    off = rng.choice((-1, 1)) * Fraction(1, 10**numeral.places)
    return slot.filled(with_places(numeral.value + off, numeral.places))


# Fractions


@wrong()
def numerator_off(task: Task, rng: Random) -> str | None:
    """Another numerator over the same denominator."""
    return _as_other_fraction(task, rng, lambda top, low, rng: (top + rng.choice((-2, -1, 1, 2)), low))


@wrong()
def denominator_off(task: Task, rng: Random) -> str | None:
    """Another denominator."""
    return _as_other_fraction(task, rng, lambda top, low, rng: (top, low + rng.choice((-2, -1, 1, 2))))


@wrong()
def multiple_of_one_part(task: Task, rng: Random) -> str | None:
    """Only one of both was multiplied or reduced."""
    return _as_other_fraction(task, rng, _multiplied)


def _multiplied(top: int, low: int, rng: Random) -> tuple[int, int]:
    by = rng.choice((2, 2, 3, 4, 10))
    return rng.choice(((top * by, low), (top, low * by)))


@wrong()
def part_for_whole(task: Task, rng: Random) -> str | None:
    r"""`\frac{3}{7}` or `\frac{7}{4}` for `\frac{3}{4}`: a part related to the wrong whole."""
    return _as_other_fraction(
        task, rng, lambda top, low, rng: rng.choice(((top, top + low), (low + top, low), (low - top, low)))
    )


@wrong()
def squares_for_parts(task: Task, rng: Random) -> str | None:
    r"""`\frac{4}{9}` for `\frac{2}{3}`."""
    return _as_other_fraction(task, rng, lambda top, low, rng: rng.choice(((top**2, low**2), (top, low**2))))


def _as_other_fraction(
    task: Task, rng: Random, change: Callable[[int, int, Random], tuple[int, int]]
) -> str | None:
    """The gold with another fraction in the place of one, in any terms."""
    slot = open_slot(task, rng)
    if slot is None or slot.numeral.form not in {Form.FRACTION, Form.QUOTIENT}:
        return None
    value = slot.numeral.value
    top, low = change(abs(value.numerator), value.denominator, rng)
    if low < 1 or top < 1 or not differ(abs(value), Fraction(top, low)) or low > 10**9:
        return None
    sign = "-" if value < 0 else ""
    is_quotient = slot.numeral.form is Form.QUOTIENT or "frac" not in slot.numeral.text
    spelt = f"{top}/{low}" if is_quotient else rf"\frac{{{top}}}{{{low}}}"
    return slot.filled(sign + (spelt if low > 1 else str(top)))


@wrong()
def only_numerator(task: Task, rng: Random) -> str | None:
    """The numerator or the denominator alone, or their sum, which many questions ask for."""
    return changed(task, rng, _one_part)


def _one_part(value: Fraction, rng: Random) -> Fraction | None:
    if value.denominator == 1 or not is_simple(value):
        return None
    top, low = value.numerator, value.denominator
    return Fraction(rng.choice((top, low, top + low, top * low, top - low)))


@wrong()
def digits_of_fraction_as_decimal(task: Task, rng: Random) -> str | None:
    """`3.4` or `0.34` for 3/4."""
    slot = open_slot(task, rng)
    if slot is None or slot.numeral.form not in {Form.FRACTION, Form.QUOTIENT} or slot.numeral.value < 0:
        return None
    top, low = slot.numeral.value.numerator, slot.numeral.value.denominator
    text = rng.choice((f"{top}.{low}", f"0.{top}{low}", f"0.{low}"))
    return slot.filled(text) if top < 100 and _is_another(slot.numeral, text) else None


@wrong()
def fraction_for_integer(task: Task, rng: Random) -> str | None:
    """A number of another kind: half of it, a third, or with a half."""
    slot = open_slot(task, rng)
    if slot is None or slot.numeral.form is not Form.INTEGER or abs(slot.numeral.value) > 1000:
        return None
    value = slot.numeral.value
    low = rng.choice((2, 2, 3, 4, 5, 7))
    other = rng.choice((Fraction(value.numerator, low), value + Fraction(rng.randint(1, low - 1), low)))
    if other.denominator == 1 or not differ(value, other):
        return None
    decimal = plain_decimal(other, 3)
    return slot.filled(rng.choice([latex_fraction(other), *([decimal, str(other)] if decimal else [])]))


@wrong()
def mixed_number_misread(task: Task, rng: Random) -> str | None:
    r"""A product, a part, or one number out of the digits of `2\frac{1}{3}`."""
    slot = open_slot(task, rng)
    if slot is None or abs(slot.numeral.value) < 1 or slot.numeral.value.denominator == 1:
        return None
    whole, rest = divmod(abs(slot.numeral.value), 1)
    if slot.numeral.form not in {Form.MIXED, Form.QUOTIENT, Form.FRACTION}:
        return None
    others = (
        whole * rest,
        rest,
        whole + 2 * rest,
        Fraction(int(f"{whole}{rest.numerator}"), rest.denominator),
    )
    other = rng.choice(others) * (1 if slot.numeral.value > 0 else -1)
    text = str(other) if other.denominator == 1 else latex_fraction(other)
    return slot.filled(text) if differ(slot.numeral.value, other) else None


@wrong()
def mixed_number_falsely_made(task: Task, rng: Random) -> str | None:
    r"""`3\frac{1}{3}` or `2\frac{2}{3}` for seven thirds."""
    slot = lone(task)
    value = slot.numeral.value if slot else Fraction(0)
    if slot is None or value < 1 or value.denominator == 1 or slot.numeral.form is Form.DECIMAL:
        return None
    whole, rest = divmod(value, 1)
    other = rng.choice((value + 1, whole + 1 - rest, whole + Fraction(rest.numerator, rest.denominator + 1)))
    return slot.filled(mixed(other)) if other.denominator > 1 and other > 1 and differ(value, other) else None


@wrong()
def repetition_missed(task: Task, rng: Random) -> str | None:
    r"""`0.3` for `0.\overline{3}`."""
    slot = open_slot(task, rng)
    if slot is None or slot.numeral.form is not Form.REPEATING:
        return None
    text = re.sub(r"\\(?:overline|bar|dot)\s*\{(\d+)\}", r"\1", slot.numeral.text)
    return slot.filled(text) if _is_another(slot.numeral, text) else None


# From the question


def _numbers_asked(task: Task) -> list[Fraction]:
    """The numbers of a question, one time each."""
    found = re.findall(r"(?<![\w.,])\d{1,6}(?:\.\d{1,3})?(?![\w]|[.,]\d)", task.question[-600:])
    return list(dict.fromkeys(map(Fraction, found)))


@wrong()
def number_of_the_question(task: Task, rng: Random) -> str | None:
    """A number that the question gives."""
    numbers = _numbers_asked(task)
    return changed(task, rng, lambda value, rng: rng.choice(numbers)) if numbers else None


@wrong()
def step_too_few(task: Task, rng: Random) -> str | None:
    """The answer with a number of the question added, taken off, multiplied or divided by."""
    numbers = [number for number in _numbers_asked(task) if number]
    return (
        changed(task, rng, lambda value, rng: _stepped(value, rng.choice(numbers), rng)) if numbers else None
    )


def _stepped(value: Fraction, by: Fraction, rng: Random) -> Fraction:
    return rng.choice((value + by, value - by, by - value, value * by, value / by))


@wrong()
def two_numbers_of_the_question(task: Task, rng: Random) -> str | None:
    """A sum, difference, product or quotient of two numbers of the question."""
    numbers = [number for number in _numbers_asked(task) if number]
    if len(numbers) < 2:
        return None
    first, second = rng.sample(numbers, 2)
    return changed(task, rng, lambda value, rng: _stepped(first, second, rng))


@wrong()
def number_of_the_gold(task: Task, rng: Random) -> str | None:
    """The sum or product of digits, or the count of them: an answer to another question."""
    return changed(task, rng, _whole(_of_digits))


def _of_digits(number: int, rng: Random) -> int | None:
    digits = [int(digit) for digit in str(abs(number))]
    return rng.choice((sum(digits), len(digits), number % 10, number % 100)) if len(digits) > 1 else None


@wrong()
def divisor_or_multiple(task: Task, rng: Random) -> str | None:
    """A number with which it has much in common."""
    return changed(task, rng, _whole(_kin))


def _kin(number: int, rng: Random) -> int | None:
    if number < 4:
        return None
    kin = [number // each for each in (2, 3, 5, 7) if number % each == 0]
    kin += [number + gcd(number, 12), number * 3 // 2]
    return rng.choice(kin)


# Powers of ten, powers, factorials, bases, roots and pi


def _replaced(pattern: str, task: Task, write: Callable[[re.Match[str]], str]) -> str | None:
    """The gold with what the pattern finds first written otherwise."""
    found = re.search(pattern, task.gold)
    return task.gold[: found.start()] + write(found) + task.gold[found.end() :] if found else None


_TEN_TO = r"(?:\\times|\\cdot|[×x*·])\s*10\s*(?:\^|\*\*)\s*(?P<open>[{(]?)\s*(?P<exponent>-?\d{1,3})\s*[})]?"


@wrong()
def exponent_of_ten_off(task: Task, rng: Random) -> str | None:
    """A power of ten more or less, or with the other sign."""
    if re.search(r"[-+=]\s*\d", task.gold[1:].replace("^{-", "^{").replace("^-", "^")):
        return None
    step = rng.choice((-2, -1, -1, 1, 1, 2, 3))

    def write(found: re.Match[str]) -> str:
        exponent = int(found["exponent"])
        other = -exponent if rng.random() < 0.3 and exponent else exponent + step
        return f"{found[0][: found.start('open') - found.start()]}{{{other}}}"

    return _replaced(_TEN_TO, task, write)


@wrong()
def power_off(task: Task, rng: Random) -> str | None:
    """`2^9` for 2^10: a single power of a number, its base or its exponent."""
    found = re.fullmatch(r"(\d+)\s*\^\s*\{?(\d{1,4})\}?", task.gold.strip())
    if found is None:
        return None
    base, exponent = int(found[1]), int(found[2])
    exponents = [(base, other) for other in (exponent - 1, exponent + 1, 2 * exponent) if other > 0]
    other = rng.choice([*exponents, (base + 1, exponent), (exponent, base)])
    if max(*other, base, exponent) > 10_000 or base < 2 or other[0] < 2 or other[1] == 0:
        return None
    is_same = other[0] ** other[1] == base**exponent
    return None if is_same else f"{other[0]}^{{{other[1]}}}"


@wrong()
def power_misread(task: Task, rng: Random) -> str | None:
    """A product for a power: 20 for 2^10; the exponent alone."""
    found = re.fullmatch(r"(\d+)\s*\^\s*\{?(\d{1,3})\}?", task.gold.strip())
    if found is None:
        return None
    base, exponent = int(found[1]), int(found[2])
    other = rng.choice((base * exponent, exponent, base, base + exponent))
    return str(other) if other != base**exponent else None


@wrong()
def factorial_off(task: Task, rng: Random) -> str | None:
    """`4!` for 5!, or twice and half of it."""
    found = re.fullmatch(r"(\d{1,4})\s*!", task.gold.strip())
    if found is None or int(found[1]) < 3:
        return None
    number = int(found[1])
    return rng.choice(
        (f"{number - 1}!", f"{number + 1}!", rf"2 \cdot {number}!", rf"\frac{{{number}!}}{{2}}")
    )


@wrong()
def binomial_off(task: Task, rng: Random) -> str | None:
    r"""`\binom{7}{3}` for `\binom{6}{3}`: one more or less above or below."""
    found = re.fullmatch(r"\\d?binom\s*\{(\d+)\}\s*\{(\d+)\}", task.gold.strip())
    if found is None:
        return None
    above, below = int(found[1]), int(found[2])
    n, k = rng.choice(((above + 1, below), (above - 1, below), (above, below + 1), (above, below - 1)))
    is_same = n == above and k == above - below
    return None if is_same or not 0 < k < n or not 0 < below < above else rf"\binom{{{n}}}{{{k}}}"


_IN_BASE = re.compile(r"([0-9]+)_\{?(\d{1,2})\}?")


@wrong()
def base_confused(task: Task, rng: Random) -> str | None:
    """Digits of another number in the same base, or the same digits in another."""
    found = _IN_BASE.fullmatch(task.gold.strip())
    if found is None or int(found[1]) < 2:
        return None
    digits, base = found[1], int(found[2])
    if rng.random() < 0.4:
        return f"{digits}_{{{base + 1}}}" if len(digits) > 1 else None
    at = rng.randrange(len(digits))
    allowed = [digit for digit in "0123456789"[: min(base, 10)] if digit != digits[at]]
    other = digits[:at] + rng.choice(allowed) + digits[at + 1 :]
    return f"{other}_{{{base}}}" if other.strip("0") and other[0] != "0" else None


@wrong()
def pi_forgotten(task: Task, rng: Random) -> str | None:
    r"""`40` for `40\pi`, `\frac{1}{3}` for `\frac{\pi}{3}`."""
    if task.gold.count(r"\pi") != 1 or re.search(r"[kn]\s*\\pi|\\pi\s*[kn]", task.gold):
        return None
    text = re.sub(r"(?<=\d)\s*\\pi(?![a-z])\s*", "", task.gold)
    text = re.sub(r"(?<!\d)(?<!\d )\\pi(?![a-z])", "1", text)
    return _of_another_value(task, text)


def _of_another_value(task: Task, text: str) -> str | None:
    """The text, if both are numbers and it is another."""
    first, second = constant(task.gold), constant(text)
    is_other = first is not None and second is not None and differ(first, second)
    return text if is_other else None


@wrong()
def pi_too_much(task: Task, rng: Random) -> str | None:
    r"""`40\pi` for 40, `2\pi` for `\pi`."""
    if re.search(r"(?<!\d)\\pi", task.gold):
        return _of_another_value(task, task.gold.replace(r"\pi", rng.choice((r"2\pi", r"3\pi")), 1))
    slot = lone(task)
    return rf"{task.gold}\pi" if slot and slot.numeral.form is Form.INTEGER and slot.numeral.value else None


@wrong()
def root_forgotten(task: Task, rng: Random) -> str | None:
    r"""`5` or `2 \cdot 3` for what has a root; `\sqrt[3]{…}` for the square root."""
    by = rng.choice((r"\1", r" \\cdot \1", r"\\sqrt[3]{\1}", ""))
    text = re.sub(r"\\sqrt\s*\{(\d+)\}", by, task.gold, count=1)
    joins_digits = re.search(r"\d\\sqrt", task.gold) and by == r"\1"
    return None if joins_digits or text == task.gold or not text else _of_another_value(task, text)


@wrong()
def radicand_off(task: Task, rng: Random) -> str | None:
    r"""`\sqrt{3}` for `\sqrt{2}`."""
    step = rng.choice((-2, -1, 1, 1, 2, 3))
    text = _replaced(r"\\sqrt\s*\{(\d+)\}", task, lambda found: rf"\sqrt{{{max(2, int(found[1]) + step)}}}")
    return text and _of_another_value(task, text)


@wrong()
def root_too_much(task: Task, rng: Random) -> str | None:
    r"""`\sqrt{5}` for 5, `5\sqrt{2}` or `5\sqrt{3}`."""
    slot = lone(task)
    if slot is None or slot.numeral.form is not Form.INTEGER or slot.numeral.value < 2:
        return None
    digits = slot.numeral.text.strip()
    return slot.filled(rng.choice((rf"\sqrt{{{digits}}}", rf"{digits}\sqrt{{2}}", rf"{digits}\sqrt{{3}}")))


@wrong()
def coefficient_off(task: Task, rng: Random) -> str | None:
    r"""`3\sqrt{2}` for `2\sqrt{2}`, `20\pi` for `40\pi`: a number of an expression, another for the whole."""
    numbers = list(re.finditer(r"\d+", task.gold))
    if not numbers or len(task.gold) > 60 or lone(task):
        return None
    found = rng.choice(numbers)
    number = int(found[0])
    other = rng.choice((number + 1, max(number - 1, 0), 2 * number, number + 2, 10 * number, number // 2))
    return _of_another_value(task, f"{task.gold[: found.start()]}{other}{task.gold[found.end() :]}")


# Percent


_PERCENT = re.compile(r"(-?[\d.]+)\s*(\\?%|percent)")


@wrong()
def percent_slip(task: Task, rng: Random) -> str | None:
    r"""`0.25\%` or `2500\%` for `25\%`; what is left to a hundred."""
    found = _PERCENT.fullmatch(task.gold.strip())
    numeral = read_number(found[1]) if found else None
    if found is None or numeral is None or numeral.value <= 0:
        return None
    value = numeral.value
    other = rng.choice((value / 100, value * 100, value * 10, value / 10, abs(100 - value), 100 + value))
    text = plain_decimal(other)
    return f"{text}{found[2]}" if text and other and differ(value, other) else None


@wrong()
def percent_lost(task: Task, rng: Random) -> str | None:
    """`25` for 25%, where nobody asked for percent; `0.25%` for 0.25."""
    if wants_percent(task.question) or "percent" in task.question.lower() or "%" in task.question:
        return None
    if found := _PERCENT.fullmatch(task.gold.strip()):
        return found[1]
    numeral = read_number(task.gold)
    fits = numeral is not None and numeral.form is Form.DECIMAL and 0 < numeral.value < 1
    return rf"{task.gold}\%" if fits else None
