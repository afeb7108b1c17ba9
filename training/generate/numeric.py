r"""The same number in other forms: categories 4 (numeric), 2.5 (decimal comma) of the paper's taxonomy.

Whatever is rounded here keeps four digits, or three with a mark that it is rounded or where its digits are no
simple fraction; and only what is a simple fraction is taken for exact. So two transformations in a row do not
make 857/10 out of 600/7 by way of 85.7.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, isqrt
from random import Random

from tinyv_cli.maths.decimals import decimal
from tinyv_cli.maths.precision import states_precision, wants_a_closed_form
from tinyv_cli.maths.questions import (
    base_of,
    wants_it_reduced,
    wants_percent,
)
from tinyv_cli.maths.units import speaks_of_money
from tinyv_cli.proofs.leaves.rounding import rounds_to
from training.generate.numerals import (
    Form,
    Numeral,
    constant,
    grouped,
    latex_fraction,
    lone,
    magnitude,
    mixed,
    one_slot,
    plain_decimal,
    scientific,
    significant,
    slots,
    with_places,
)
from training.generate.transformation import Task, same

LARGEST_NUMERATOR, LARGEST_DENOMINATOR = 250, 40

Write = Callable[[Numeral, Random], str | None]


def rewritten(task: Task, rng: Random, write: Write) -> str | None:
    """The gold with one of its numerals written otherwise."""
    slot = one_slot(task, rng)
    text = write(slot.numeral, rng) if slot else None
    return slot.filled(text) if slot and text and text != slot.numeral.text else None


def rewritten_alone(task: Task, rng: Random, write: Write) -> str | None:
    """The same for a gold that is one numeral and no more; forms that bind less need that."""
    slot = lone(task)
    text = write(slot.numeral, rng) if slot else None
    return slot.filled(text) if slot and text and text != slot.numeral.text else None


def is_simple(value: Fraction) -> bool:
    """Whether a decimal of this value was hardly made by rounding."""
    return abs(value.numerator) <= LARGEST_NUMERATOR and value.denominator <= LARGEST_DENOMINATOR


# Fractions, decimals, mixed numbers


@same("4.4")
def fraction_as_decimal(task: Task, rng: Random) -> str | None:
    """`0.75` for three quarters, where the digits come to an end."""
    return rewritten(task, rng, _as_decimal)


def _as_decimal(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form in {Form.INTEGER, Form.DECIMAL, Form.GROUPED}:
        return None
    text = plain_decimal(numeral.value)
    return text and (text.replace("0.", ".", 1) if rng.random() < 0.1 and abs(numeral.value) < 1 else text)


@same("4.4")
def decimal_as_fraction(task: Task, rng: Random) -> str | None:
    r"""`\frac{3}{4}` for 0.75 and for a mixed or repeating number."""
    slot = one_slot(task, rng)
    text = _as_fraction(slot.numeral, rng) if slot and not slot.marked else None
    return slot.filled(text) if slot and text else None


def _as_fraction(numeral: Numeral, rng: Random) -> str | None:
    value = numeral.value
    exact = is_simple(value) or numeral.form in {Form.MIXED, Form.REPEATING, Form.QUOTIENT}
    if value.denominator == 1 or not exact or numeral.form is Form.FRACTION:
        return None
    return rng.choice(FRACTIONS)(value)


def _signed(template: str) -> Callable[[Fraction], str]:
    """A way to write a fraction, with a sign in front where there is one."""
    return lambda value: ("-" if value < 0 else "") + template.format(abs(value.numerator), value.denominator)


FRACTIONS = tuple(
    map(
        _signed,
        (r"\frac{{{}}}{{{}}}", r"\dfrac{{{}}}{{{}}}", r"\tfrac{{{}}}{{{}}}", "{}/{}", "{}/{}", "({}/{})"),
    )
)
RARE_FRACTIONS = tuple(
    map(_signed, ("{} / {}", r"\frac {{{}}} {{{}}}", r"{} \div {}", "{} ÷ {}", "{}⁄{}", r"{{{} \over {}}}"))
)
VULGAR = {
    (1, 2): "½",
    (1, 3): "⅓",
    (2, 3): "⅔",
    (1, 4): "¼",
    (3, 4): "¾",
    (1, 5): "⅕",
    (2, 5): "⅖",
    (3, 5): "⅗",
    (4, 5): "⅘",
    (1, 6): "⅙",
    (5, 6): "⅚",
    (1, 8): "⅛",
    (3, 8): "⅜",
    (5, 8): "⅝",
    (7, 8): "⅞",
}


def _of_a_fraction(write: Callable[[Fraction, Random], str | None]) -> Write:
    """Write only what is a fraction already, in the same terms."""

    def written(numeral: Numeral, rng: Random) -> str | None:
        is_fraction = numeral.form in {Form.FRACTION, Form.QUOTIENT} and " " not in numeral.text.strip()
        fits = is_fraction and numeral.value.denominator > 1 and _is_reduced(numeral)
        return write(numeral.value, rng) if fits else None

    return written


def _is_reduced(numeral: Numeral) -> bool:
    digits = re.findall(r"\d+", numeral.text)
    return digits[-1] == str(numeral.value.denominator) or len(digits) == 1


@same("1.3")
def fraction_in_other_marks(task: Task, rng: Random) -> str | None:
    r"""`\dfrac{1}{2}`, `1/2`, `1 \div 2` for `\frac{1}{2}`."""
    styles = FRACTIONS + (RARE_FRACTIONS if lone(task) else ())
    return rewritten(task, rng, _of_a_fraction(lambda value, rng: rng.choice(styles)(value)))


@same("1.2")
def vulgar_fraction(task: Task, rng: Random) -> str | None:
    """`½`, and `2½` for a mixed number."""
    return rewritten(task, rng, _vulgar)


def _vulgar(numeral: Numeral, rng: Random) -> str | None:
    whole, rest = divmod(abs(numeral.value), 1)
    sign = "-" if numeral.value < 0 else ""
    sign_of_part = VULGAR.get((rest.numerator, rest.denominator))
    is_exact = numeral.form is not Form.DECIMAL or is_simple(numeral.value)
    return f"{sign}{whole or ''}{sign_of_part}" if sign_of_part and is_exact else None


@same("1.3")
def sign_inside_fraction(task: Task, rng: Random) -> str | None:
    r"""`\frac{-1}{2}` for `-\frac{1}{2}`."""
    return rewritten(task, rng, _of_a_fraction(_sign_inside))


def _sign_inside(value: Fraction, rng: Random) -> str | None:
    if value >= 0:
        return None
    top, low = -value.numerator, value.denominator
    templates = (
        rf"\frac{{-{top}}}{{{low}}}",
        rf"\frac{{{top}}}{{-{low}}}",
        f"(-{top})/{low}",
        f"-({top}/{low})",
    )
    return rng.choice(templates)


@same("4.2")
def fraction_in_other_terms(task: Task, rng: Random) -> str | None:
    r"""`\frac{6}{8}` for `\frac{3}{4}`, unless it is to be in lowest terms."""
    if wants_it_reduced(task.question):
        return None
    return rewritten(task, rng, _of_a_fraction(_expanded))


def _expanded(value: Fraction, rng: Random) -> str:
    by = rng.choice((2, 2, 3, 4, 5, 10))
    sign = "-" if value < 0 else ""
    top, low = abs(value.numerator) * by, value.denominator * by
    return sign + rng.choice((rf"\frac{{{top}}}{{{low}}}", f"{top}/{low}"))


@same("4.2")
def fraction_in_lowest_terms(task: Task, rng: Random) -> str | None:
    r"""`\frac{3}{4}` for `\frac{6}{8}`."""
    slot = one_slot(task, rng)
    if slot is None or slot.numeral.form not in {Form.FRACTION, Form.QUOTIENT} or _is_reduced(slot.numeral):
        return None
    value = slot.numeral.value
    return slot.filled(str(value) if value.denominator == 1 else rng.choice(FRACTIONS)(value))


@same("4.4")
def fraction_as_mixed_number(task: Task, rng: Random) -> str | None:
    r"""`1\frac{1}{2}` for three halves."""
    return rewritten_alone(task, rng, _as_mixed)


def _as_mixed(numeral: Numeral, rng: Random) -> str | None:
    value = numeral.value
    is_exact = numeral.form in {Form.FRACTION, Form.QUOTIENT, Form.MIXED, Form.REPEATING} or is_simple(value)
    if abs(value) < 1 or value.denominator == 1 or not is_exact:
        return None
    whole, rest = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    spaced = f"{sign}{whole} {rest}"
    spelt = [mixed(value), mixed(value, r"\dfrac"), mixed(value, r"\tfrac"), spaced, spaced]
    spelt += [rf"{sign}{whole} {latex_fraction(rest)}", rf"{sign}{whole}\,{latex_fraction(rest)}"]
    if value > 0:
        spelt += [f"{whole} + {rest}", f"{whole} + {latex_fraction(rest)}", f"{whole} and {rest}"]
    return rng.choice(spelt)


@same("4.2")
def fraction_as_repeating_decimal(task: Task, rng: Random) -> str | None:
    r"""`0.\overline{3}` for a third."""
    return rewritten_alone(task, rng, _of_a_fraction(_as_repeating))


def _as_repeating(value: Fraction, rng: Random) -> str | None:
    digits = _repetition(value)
    if digits is None:
        return None
    whole, once, again = digits
    start = f"{'-' if value < 0 else ''}{whole}.{once}"
    bars = [rf"{start}\overline{{{again}}}"] * 3 + [f"{start}({again})", rf"{start}\bar{{{again}}}"]
    if len(again) == 1:
        bars += [rf"{start}\dot{{{again}}}", f"{start}{again * 4}...", rf"{start}{again * 3}\ldots"]
    else:
        bars += [f"{start}{again * 3}..."]
    return rng.choice(bars)


LONGEST_REPETITION, LONGEST_ONCE = 6, 4


def _repetition(value: Fraction) -> tuple[int, str, str] | None:
    """The whole part, the digits that stand once and those that come again; None if they are too many."""
    whole, rest = divmod(abs(value), 1)
    for once in range(LONGEST_ONCE):
        for again in range(1, LONGEST_REPETITION + 1):
            scaled = rest * 10**once * (10**again - 1)
            if rest and scaled.denominator == 1:
                first, repeated = divmod(int(scaled), 10**again - 1)
                if not repeated:
                    return None  # it comes to an end
                return int(whole), f"{first:0{once}d}" if once else "", f"{repeated:0{again}d}"
    return None


# Rounded


@same("4.1")
def rounded(task: Task, rng: Random) -> str | None:
    r"""`85.714` for `\frac{600}{7}`, `6.283` for `2\pi`; of three digits or more."""
    value = _irrational_or_endless(task)
    if value is None or wants_a_closed_form(task.question) or states_precision(task.question):
        return None
    text = significant(value, rng.choice((3, 4, 4, 5, 6, 7)))
    return text if _may_stand_for(text, value) and not is_simple(Fraction(text)) else None


def _irrational_or_endless(task: Task) -> Fraction | None:
    """What the gold is worth, where that cannot be written as a decimal that is no longer than it."""
    if len(task.gold) > 80 or decimal(task.gold.strip()):
        return None
    if _DEGREES.search(task.gold) or _REPEATED.search(task.gold):
        return None
    slot = lone(task)
    text = slot.numeral.text if slot else task.gold
    value = constant(text)
    if value is None or not 1e-4 < abs(value) < 1e7 or plain_decimal(value, 5) is not None:
        return None
    return value


_DEGREES = re.compile(r"\\circ|°")
_REPEATED = re.compile(r"\\overline|\\dot|\\bar")  # whoever marks what repeats wants no rounding


def _may_stand_for(text: str, value: Fraction) -> bool:
    """Whether it has decimals and enough of them, and is no tie, which some round to even."""
    written = decimal(text)
    if written is None or not written.has_point or written.significant < 3:
        return False
    return rounds_to(value, written) and abs(value - written.value) != written.unit / 2


@same("4.1")
def rounded_and_marked(task: Task, rng: Random) -> str | None:
    r"""The rounded value with a sign or a word that says that it is: `\approx 85.71`."""
    text = rounded(task, rng)
    return text and rng.choice(ABOUT).format(text)


ABOUT = (
    r"\approx {}",
    r"\approx {}",
    "≈ {}",
    "≈{}",
    "about {}",
    "approximately {}",
    r"\text{{approximately }} {}",
    "~{}",
)


@same("4.1")
def exact_and_rounded(task: Task, rng: Random) -> str | None:
    r"""Both: `\frac{600}{7} \approx 85.71`."""
    value = _irrational_or_endless(task)
    if value is None or "=" in task.gold:
        return None
    text = significant(value, rng.choice((3, 4, 5, 6)))
    if not _may_stand_for(text, value):
        return None
    both = (r"{} \approx {}", r"{} \approx {}", "{} ≈ {}", "{} (approximately {})", "{}, which is about {}")
    return rng.choice((*both, "{} or about {}", r"{} \text{{ or approximately }} {}")).format(task.gold, text)


@same("4.1")
def first_digits(task: Task, rng: Random) -> str | None:
    r"""Digits that go on: `85.714\ldots`."""
    value = _irrational_or_endless(task)
    if value is None or wants_a_closed_form(task.question) or states_precision(task.question):
        return None
    places = max(0, rng.choice((4, 5, 6, 7)) - 1 - magnitude(value))
    if not places:
        return None
    cut = Fraction(int(abs(value) * 10**places), 10**places) * (1 if value > 0 else -1)
    return with_places(cut, places) + rng.choice(("...", "…", r"\ldots", r"\dots"))


MANY_DIGITS = 6  # of which some may be left away


@same("4.3")
def less_precise(task: Task, rng: Random) -> str | None:
    """A long decimal rounded to four digits or more, where nobody said how many."""
    if states_precision(task.question) or speaks_of_money(task.question):
        return None
    return rewritten(task, rng, _shortened)


def _shortened(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form is not Form.DECIMAL or not numeral.value:
        return None
    digits = len(re.sub(r"\D", "", numeral.text).lstrip("0"))
    if digits < MANY_DIGITS or is_simple(numeral.value):
        return None
    text = significant(numeral.value, rng.randint(4, digits - 1))
    return text if _may_stand_for(text, numeral.value) else None


# Zeros and separators


@same("4.3")
def zeros_added(task: Task, rng: Random) -> str | None:
    """`5.0`, `2.50`: not of what may have been rounded."""
    return rewritten(task, rng, _with_zeros)


def _with_zeros(numeral: Numeral, rng: Random) -> str | None:
    zeros = rng.choice(("0", "0", "00", "000"))
    if numeral.form is Form.INTEGER:
        return f"{numeral.text}.{zeros}"
    if numeral.form is Form.GROUPED and "." not in numeral.text and numeral.text.count(",") > 0:
        return f"{numeral.text}.{zeros[:2]}"
    return f"{numeral.text}{zeros[:2]}" if numeral.form is Form.DECIMAL and is_simple(numeral.value) else None


@same("4.3")
def zeros_dropped(task: Task, rng: Random) -> str | None:
    """`5` for 5.0."""
    return rewritten(task, rng, _without_zeros)


def _without_zeros(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form is not Form.DECIMAL or not numeral.text.endswith(("0", ".")):
        return None
    return numeral.text.rstrip("0").removesuffix(".") if numeral.text.strip("0-. ") else "0"


@same("4.4")
def zero_before_point(task: Task, rng: Random) -> str | None:
    """`.5` for 0.5, and the other way round."""
    return rewritten(task, rng, _zero_turned)


def _zero_turned(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form is not Form.DECIMAL:
        return None
    shorter = re.sub(r"\A([-−]?)0\.(?=\d)", r"\1.", numeral.text)
    return shorter if shorter != numeral.text else re.sub(r"\A([-−]?)\.", r"\g<1>0.", numeral.text)


SEPARATORS = (",", ",", ",", "{,}", r"{,}", r",\!", r"\,", " ", "'", r"\ ", " ", " ")


@same("2.5")
def digits_grouped(task: Task, rng: Random) -> str | None:
    r"""`12,000`, `12\,000`, `12 000`, with what groups of three are parted by anywhere."""
    return rewritten(task, rng, _grouped) if _is_no_list(task.gold) else None


def _is_no_list(text: str) -> bool:
    """Whether a comma between digits cannot be taken for the one between elements."""
    return len(slots(text)) == 1 and not re.search(r"[(\[{,][^A-Za-z]*,|\\begin", text)


def _grouped(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form not in {Form.INTEGER, Form.GROUPED} or abs(numeral.value) < 1000:
        return None
    if numeral.value.denominator != 1 or numeral.text.strip().startswith("0"):
        return None
    return grouped(int(numeral.value), rng.choice(SEPARATORS))


@same("2.5")
def digits_together(task: Task, rng: Random) -> str | None:
    """`12000` for 12,000."""
    return rewritten(
        task, rng, lambda numeral, rng: plain_decimal(numeral.value) if numeral.form is Form.GROUPED else None
    )


@same("2.5")
def points_in_groups(task: Task, rng: Random) -> str | None:
    """`1.234.567`, as in German or Spanish: of two groups or more, so that it is no decimal."""
    slot = lone(task)
    is_great = slot is not None and slot.numeral.value.denominator == 1 and abs(slot.numeral.value) >= 10**6
    return grouped(int(slot.numeral.value), ".") if slot and is_great else None


@same("2.5")
def decimal_comma(task: Task, rng: Random) -> str | None:
    """`3,14`; not with three places, which look like thousands."""
    slot = one_slot(task, rng)
    if slot is None or slot.numeral.places in {0, 3} or "," in task.gold or re.search(r"[(\[{]", slot.before):
        return None
    return slot.filled(slot.numeral.text.replace(".", rng.choice((",", ",", "{,}"))))


@same("2.5")
def decimal_point(task: Task, rng: Random) -> str | None:
    """`3.14` for 3{,}14."""
    found = re.fullmatch(r"(.*\d)\{,\}((?!\d{3}(?!\d))\d.*)", task.gold)
    return f"{found[1]}.{found[2]}" if found else None


FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@same("2.5")
def full_width_digits(task: Task, rng: Random) -> str | None:
    """`１２`, as Chinese and Japanese texts have it."""
    plain = {Form.INTEGER}
    return rewritten_alone(
        task, rng, lambda numeral, rng: numeral.text.translate(FULL_WIDTH) if numeral.form in plain else None
    )


@same("1.2")
def other_minus(task: Task, rng: Random) -> str | None:
    """`−3`, `- 3`, `(-3)`, `negative 3` for -3."""
    slot = lone(task)
    if slot is None or slot.numeral.value >= 0 or slot.numeral.text[:1] != "-":
        return None
    digits = slot.numeral.text[1:].strip()
    return slot.filled(rng.choice(("−{}", "- {}", "(-{})", "negative {}", "minus {}", "–{}")).format(digits))


# Powers of ten


TIMES = (r" \times ", r" \times ", r"\times", r" \cdot ", " × ", "×", "*", " * ", "x", " x ", "·")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@same("4.2")
def power_of_ten(task: Task, rng: Random) -> str | None:
    r"""`3.5 \times 10^{6}`, `3.5e6` for a great or a small number, in any style."""
    return rewritten(task, rng, _as_power_of_ten)


def _as_power_of_ten(numeral: Numeral, rng: Random) -> str | None:
    value = numeral.value
    if not value or not (abs(value) >= 1000 or abs(value) < Fraction(1, 100)):
        return None
    if value.denominator == 1 and abs(value) < 10**5 and value % 100:
        return None  # nobody writes 1234 so
    text = scientific(value)
    return text and _styled_power(text, rng)


def _styled_power(text: str, rng: Random) -> str:
    mantissa, exponent = re.split(r" \\times 10\^", text)
    digits = exponent.strip("{}")
    times = rng.choice(TIMES)
    styles = [f"{mantissa}{times}10^{{{digits}}}"] * 4
    styles += [f"{mantissa}{times}10^{digits if digits.isdigit() else f'({digits})'}"] * 2
    styles += [f"{mantissa}e{digits}", f"{mantissa}E{int(digits):+03d}", f"{mantissa}e{int(digits):+d}"]
    styles += [f"{mantissa}{times.strip()}10**{digits}", f"{mantissa} × 10{digits.translate(_RAISED)}"]
    return rng.choice(styles)


@same("4.2")
def other_power_of_ten(task: Task, rng: Random) -> str | None:
    r"""`35 \times 10^{5}` for `3.5 \times 10^{6}`."""
    return rewritten(task, rng, _shifted)


def _shifted(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form is not Form.SCIENTIFIC or not numeral.value:
        return None
    exponent = magnitude(numeral.value) + rng.choice((-3, -2, -1, 1, 2))
    mantissa = plain_decimal(numeral.value / Fraction(10) ** exponent)
    return mantissa and f"{mantissa}{rng.choice(TIMES)}10^{{{exponent}}}"


@same("4.4")
def written_out(task: Task, rng: Random) -> str | None:
    r"""`3500000` for `3.5 \times 10^{6}`."""
    return rewritten(
        task,
        rng,
        lambda numeral, rng: plain_decimal(numeral.value, 10) if numeral.form is Form.SCIENTIFIC else None,
    )


SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "万": 10**4, "亿": 10**8}


@same("4.4")
def scale_word(task: Task, rng: Random) -> str | None:
    """`3.5 million`, `350万` for 3500000."""
    return rewritten(task, rng, _scaled)


def _scaled(numeral: Numeral, rng: Random) -> str | None:
    if numeral.form not in {Form.INTEGER, Form.GROUPED}:
        return None
    fitting = [
        f"{share}{'' if ord(word[0]) > 127 else ' '}{word}"
        for word, scale in SCALES.items()
        if abs(numeral.value) >= scale and (share := plain_decimal(numeral.value / scale, 2))
    ]
    return rng.choice(fitting) if fitting else None


_SCALED = re.compile(rf"(-?\d+(?:\.\d+)?)\s*(?:\\text\{{\s*)?({'|'.join(SCALES)})\s*\}}?(?![A-Za-z])(.*)")


@same("4.4")
def scale_word_in_digits(task: Task, rng: Random) -> str | None:
    """`3,500,000` for 3.5 million."""
    found = _SCALED.fullmatch(task.gold.strip())
    value = Fraction(found[1]) * SCALES[found[2]] if found else None
    if found is None or value is None or value.denominator != 1:
        return None
    return rng.choice((str(value), f"{int(value):,}")) + found[3]


# Whole numbers as something that is still to be worked out, or was


@same("4.2")
def as_power(task: Task, rng: Random) -> str | None:
    """`2^{10}` for 1024, `10^3` for 1000."""
    return rewritten_alone(task, rng, _of_an_integer(_power))


def _of_an_integer(write: Callable[[int, Random], str | None]) -> Write:
    """Write only what is a whole number above 1, and not too large."""

    def written(numeral: Numeral, rng: Random) -> str | None:
        fits = numeral.form in {Form.INTEGER, Form.GROUPED} and 1 < numeral.value < 10**15
        return write(int(numeral.value), rng) if fits and numeral.value.denominator == 1 else None

    return written


LARGEST_BASE = 40


def _power(number: int, rng: Random) -> str | None:
    found = [
        (base, exponent)
        for base in range(2, min(LARGEST_BASE, number))
        for exponent in range(2, 50)
        if base**exponent == number
    ]
    if not found:
        return None
    base, exponent = rng.choice(found)
    return rng.choice((f"{base}^{{{exponent}}}", f"{base}^{exponent}", f"{base}**{exponent}"))


MULTIPLIED = (r" \cdot ", r" \times ", "*", " * ", " × ", r"\cdot ", "·")
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)


@same("4.2")
def as_product(task: Task, rng: Random) -> str | None:
    r"""`4 \cdot 9` or `2^2 \cdot 3^2` for 36."""
    return rewritten_alone(task, rng, _of_an_integer(_product))


def _product(number: int, rng: Random) -> str | None:
    exponents = {prime: exponent for prime in PRIMES if (exponent := _multiplicity(number, prime))}
    if not exponents or sum(exponents.values()) < 2:
        return None
    by = rng.choice(MULTIPLIED)
    divisor = rng.choice(list(exponents))
    rest = number
    for prime, exponent in exponents.items():
        rest //= prime**exponent
    if rest > 1 or rng.random() < 0.4:
        return f"{divisor}{by}{number // divisor}"
    return by.join(str(prime) if power == 1 else f"{prime}^{{{power}}}" for prime, power in exponents.items())


def _multiplicity(number: int, prime: int) -> int:
    times = 0
    while number % prime == 0:
        number, times = number // prime, times + 1
    return times


FACTORIALS = {factorial(n): n for n in range(3, 15)}
BINOMIALS = {comb(n, k): (n, k) for n in range(25, 4, -1) for k in range(2, n // 2 + 1)}
CHOOSE = (
    r"\binom{{{n}}}{{{k}}}",
    r"\binom{{{n}}}{{{k}}}",
    r"\dbinom{{{n}}}{{{k}}}",
    r"{{{n} \choose {k}}}",
    "C({n},{k})",
    "C({n}, {k})",
    "{n}C{k}",
    "_{{{n}}}C_{{{k}}}",
    "C_{{{n}}}^{{{k}}}",
    "{n} choose {k}",
    "binom({n},{k})",
)


@same("4.2")
def as_factorial(task: Task, rng: Random) -> str | None:
    """`5!` for 120."""
    return rewritten_alone(
        task,
        rng,
        _of_an_integer(
            lambda number, rng: (
                rng.choice(("{}!", "{}!", "factorial({})")).format(FACTORIALS[number])
                if number in FACTORIALS
                else None
            )
        ),
    )


@same("4.2")
def as_binomial(task: Task, rng: Random) -> str | None:
    r"""`\binom{6}{3}` for 20."""
    return rewritten_alone(task, rng, _of_an_integer(_binomial))


def _binomial(number: int, rng: Random) -> str | None:
    if number not in BINOMIALS:
        return None
    n, k = BINOMIALS[number]
    return rng.choice(CHOOSE).format(n=n, k=rng.choice((k, n - k)))


@same("4.2")
def as_root(task: Task, rng: Random) -> str | None:
    r"""`\sqrt{49}` for 7."""
    return rewritten_alone(task, rng, _of_an_integer(_root))


def _root(number: int, rng: Random) -> str | None:
    if number > 1000:
        return None
    return rng.choice(
        (rf"\sqrt{{{number**2}}}", f"sqrt({number**2})", f"√{number**2}", rf"\sqrt[3]{{{number**3}}}")
    )


@same("4.2")
def worked_out(task: Task, rng: Random) -> str | None:
    r"""A computation that ends with the number: `3 \times 4 = 12`."""
    return rewritten_alone(task, rng, _of_an_integer(_chain))


def _chain(number: int, rng: Random) -> str | None:
    return f"{_computation(number, rng)} = {number}"


def _computation(number: int, rng: Random) -> str:
    part, by = rng.randint(1, number - 1), rng.choice((2, 3, 4, 5, 10))
    computations = [f"{part} + {number - part}", f"{number + part} - {part}", f"{part}+{number - part}"]
    computations += [rf"\frac{{{number * by}}}{{{by}}}", f"{number * by}/{by}", f"{number * by} ÷ {by}"]
    if number % by == 0 and number > by:
        computations += [
            f"{number // by} × {by}",
            rf"{by} \times {number // by}",
            f"{by} * {number // by}",
        ] * 2
    root = isqrt(number)
    if root * root == number:
        computations += [f"{root}^2"]
    return rng.choice(computations)


@same("4.2")
def still_to_work_out(task: Task, rng: Random) -> str | None:
    """A short computation that was left as it is: `12 + 5`."""
    return rewritten_alone(task, rng, _of_an_integer(_computation))


@same("4.4")
def decimal_of_fraction_after_it(task: Task, rng: Random) -> str | None:
    r"""`\frac{7}{2} = 3.5`: both, where both are exact."""
    slot = lone(task)
    if slot is None or slot.before or slot.numeral.form not in {Form.FRACTION, Form.QUOTIENT}:
        return None
    text = plain_decimal(slot.numeral.value, 5)
    if text is None:
        return None
    styles = ("{} = {}", "{} = {}", "{} or {}", "{} ({})", r"{} \text{{ or }} {}")
    return rng.choice(styles).format(slot.numeral.text, text)


# Percent, and other bases


@same("4.4")
def as_percent(task: Task, rng: Random) -> str | None:
    r"""`25\%` for 0.25 or a quarter, where the question speaks of a share."""
    slot = lone(task)
    if slot is None or wants_percent(task.question) or not _SHARE.search(task.question):
        return None
    text = _percent(slot.numeral, rng)
    return text and slot.filled(text)


_SHARE = re.compile(r"probab|percent|fraction of|portion|\brate\b|chance|what part|likel", re.IGNORECASE)


PERCENT = (r"\%", r"\%", "%", " percent", r" \%", r"\text{ percent}", " per cent")


def _percent(numeral: Numeral, rng: Random) -> str | None:
    value = numeral.value
    if not 0 < value < 1 or (numeral.form is Form.DECIMAL and numeral.places > 6):
        return None
    hundredths = plain_decimal(value * 100, 4)
    if hundredths is None and value > Fraction(1, 100):
        hundredths = significant(value * 100, rng.choice((3, 4, 5)))
        if not _may_stand_for(hundredths, value * 100) or is_simple(Fraction(hundredths)):
            return None
    return hundredths and hundredths + rng.choice(PERCENT)


_IN_BASE = re.compile(r"([0-9]+)_\{?(\d{1,2})\}?")


@same("4.4")
def base_named(task: Task, rng: Random) -> str | None:
    """`1011_{2}` as `1011_2`, `(1011)_2`, `1011 base 2`, or bare where that base is asked for."""
    found = _IN_BASE.fullmatch(task.gold.strip())
    if found is None:
        return None
    digits, base = found.groups()
    styles = [
        f"{digits}_{{{base}}}",
        f"({digits})_{{{base}}}",
        f"{digits} base {base}",
        f"{digits} (base {base})",
    ]
    styles += [
        f"{digits}_{{\\text{{{base}}}}}",
        f"{digits} \\text{{ (base {base})}}",
        f"{digits} in base {base}",
    ]
    if base_of(task.question) == int(base):
        styles += [digits, digits]
    return rng.choice([style for style in styles if style != task.gold])


@same("4.4")
def in_base_ten(task: Task, rng: Random) -> str | None:
    """`11` for 1011_2, unless the question speaks of bases."""
    found = _IN_BASE.fullmatch(task.gold.strip())
    if found is None or base_of(task.question) or not 2 <= int(found[2]) <= 10 or max(found[1]) >= found[2]:
        return None
    return str(int(found[1], int(found[2])))
