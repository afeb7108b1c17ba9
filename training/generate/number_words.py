"""Numbers in words: of English, Chinese, French, Spanish, German, Italian and Portuguese."""

import re
from fractions import Fraction
from random import Random

from num2words import num2words

from tinyv_cli.maths.words import cardinal
from training.generate.numerals import Form, Slot, lone, one_slot, slots
from training.generate.transformation import Task, same, wrong

LARGEST = 10**9
LARGEST_FOREIGN = 10_000
LANGUAGES = ("fr", "es", "de", "it", "pt")
CHINESE_DIGITS = "零一二三四五六七八九"
CHINESE_PLACES = ("", "十", "百", "千")
CHINESE = re.compile("[一-鿿]")


def english(number: int) -> str:
    """In British English, as num2words has it: `one hundred and one`."""
    return str(num2words(number)).replace("minus", "negative")


def chinese(number: int) -> str:
    """Of a number from 0 to 99,999,999."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        between = "零" if 0 < low < 1000 else ""
        return f"{chinese(high)}万{between}{chinese(low) if low else ''}"
    digits = [int(digit) for digit in str(number)]
    places = reversed(range(len(digits)))
    spoken = "".join(
        CHINESE_DIGITS[digit] + (CHINESE_PLACES[place] if digit else "")
        for digit, place in zip(digits, places, strict=True)
    )
    spoken = re.sub("零+", "零", spoken)
    spoken = spoken.removesuffix("零") or "零"
    return spoken.removeprefix("一") if 10 <= number < 20 else spoken


def _whole(slot: Slot | None, largest: int) -> int | None:
    """The whole number of a slot, if it is not too large to be said."""
    if slot is None or slot.numeral.form not in {Form.INTEGER, Form.GROUPED}:
        return None
    value = slot.numeral.value
    return int(value) if abs(value) <= largest else None


def _styled(words: str, rng: Random) -> str:
    plain = words.replace(",", "").replace(" and ", " ")
    spoken = rng.choice((words, plain, plain, words.replace("-", " ")))
    return rng.choice((str.lower, str.lower, str.capitalize, str.title, str.upper))(spoken)


@same("4.4")
def number_in_words(task: Task, rng: Random) -> str | None:
    """`seven` for 7, also beside the thing that is counted."""
    slot = one_slot(task, rng)
    number = _whole(slot, LARGEST)
    if slot is None or number is None or slot.marked or _FORMULA.search(slot.before + slot.after):
        return None
    return slot.filled(_styled(english(number), rng))


_FORMULA = re.compile(r"\\(?!text|mathrm|mbox|[,;: ])|[\[(^_<>]")  # in which nobody writes words


@same("4.4")
def number_in_foreign_words(task: Task, rng: Random) -> str | None:
    """`siebzehn`, `dix-sept` or `diecisiete` for 17."""
    number = _whole(lone(task), LARGEST_FOREIGN)
    return None if number is None else num2words(number, lang=rng.choice(LANGUAGES))


@same("4.4")
def number_in_chinese(task: Task, rng: Random) -> str | None:
    """`十七` for 17."""
    number = _whole(lone(task), 99_999_999)
    if number is None:
        return None
    return f"{'负' if number < 0 else ''}{chinese(abs(number))}"


@same("4.4")
def digits_and_words(task: Task, rng: Random) -> str | None:
    """Both: `7 (seven)`, `seven (7)`."""
    slot = lone(task)
    number = _whole(slot, 10_000)
    if slot is None or number is None:
        return None
    digits, words = slot.numeral.text.strip(), english(number)
    return rng.choice((f"{digits} ({words})", f"{words} ({digits})", f"{words.capitalize()} ({digits})"))


_WORDS = re.compile(r"\\(?:text|mbox)\{([A-Za-z ,-]+)\}|([A-Za-z ,-]+)")


def _said(text: str) -> int | None:
    """The number that a text says in English words."""
    found = _WORDS.fullmatch(text.strip())
    return cardinal(found[1] or found[2]) if found else None


@same("4.4")
def words_in_digits(task: Task, rng: Random) -> str | None:
    """`7` for seven."""
    number = _said(task.gold)
    return None if number is None else rng.choice((f"{number}", f"{number}", f"{number:,}"))


@wrong()
def words_of_another_number(task: Task, rng: Random) -> str | None:
    """`eight` for seven."""
    number = _said(task.gold)
    if number is None:
        return None
    steps = (-1, 1, 2, 10, -10, 100, number)
    return english(rng.choice([number + step for step in steps if number + step >= 0 and step]))


_DENOMINATORS = "half third quarter fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def _in_parts(value: Fraction) -> str | None:
    """`two thirds`, `one and a half`."""
    whole, rest = divmod(abs(value), 1)
    if not rest or rest.denominator > len(_DENOMINATORS) + 1 or whole > 100:
        return None
    name = _DENOMINATORS[rest.denominator - 2]
    plural = "halves" if name == "half" else f"{name}s"
    part = f"{english(rest.numerator)} {name if rest.numerator == 1 else plural}"
    sign = "negative " if value < 0 else ""
    return f"{sign}{f'{english(int(whole))} and ' if whole else ''}{part}"


@same("4.4")
def fraction_in_words(task: Task, rng: Random) -> str | None:
    """`two thirds`, `three and a half`."""
    slot = lone(task)
    words = _in_parts(slot.numeral.value) if slot else None
    if words is None:
        return None
    dashed = re.sub(r"\b(one|two|three|four|five|seven) (?=[a-z]+\Z)", r"\1-", words)
    return rng.choice((words, dashed, words.replace("and one ", "and a "), words.capitalize()))


@same("4.4")
def decimal_in_words(task: Task, rng: Random) -> str | None:
    """`two point five`."""
    slot = lone(task)
    if slot is None or slot.numeral.form is not Form.DECIMAL or not 0 < slot.numeral.places < 5:
        return None
    whole, _, places = slot.numeral.text.strip().lstrip("-−+ ").partition(".")
    spoken = " ".join(english(int(digit)) for digit in places)
    sign = "negative " if slot.numeral.value < 0 else ""
    return f"{sign}{english(int(whole or 0))} point {spoken}"


@wrong()
def said_in_wrong_words(task: Task, rng: Random) -> str | None:
    """Words that are near in sound: `seventy` for 17, `fifteen` for 50, `thousand` for million."""
    found = slots(task.gold)
    number = _whole(found[0], LARGEST) if len(found) == 1 else None
    if number is None or number <= 0:
        return None
    others = [number * 1000, number * 100, number * 10]
    if 13 <= number < 20:
        others.append(number % 10 * 10)
    if 20 < number < 100 and number % 10 > 0:
        others += [number % 10 * 10 + number // 10, number // 10 * 10]
    chosen = [other for other in others if 0 < other < LARGEST and other != number]
    return found[0].filled(english(rng.choice(chosen))) if chosen else None
