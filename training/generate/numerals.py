r"""Numbers as they are written: where one stands in a text, what it is worth, and how to write another.

A numeral is what can be read without computing: `-3`, `1,200`, `0.5`, `\frac{1}{2}`, `1/2`, `1\frac{1}{2}`,
`3 \times 10^{8}`, `0.\overline{3}`. It stands in a slot where delimiters, units or words are around it, and
no operation: the 2 of `(2, 5]`, of `2 \text{ cm}` and of `x = 2`, but neither that of `2x` nor of `2^5`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from random import Random

from tinyv_cli.maths.quantities import exact
from training.generate.transformation import Task

LONGEST = 200  # a longer text holds no slot that is worth the search
MOST_DIGITS = 30


class Form(StrEnum):
    """In which way a numeral is written."""

    MIXED = "mixed number"
    FRACTION = "fraction"
    QUOTIENT = "quotient"
    SCIENTIFIC = "scientific"
    REPEATING = "repeating"
    GROUPED = "grouped"
    DECIMAL = "decimal"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, how it is written, and its text."""

    form: Form
    value: Fraction
    text: str

    @property
    def places(self) -> int:
        """How many digits are behind the point."""
        return len(self.text.partition(".")[2]) if self.form is Form.DECIMAL else 0


_GAP = r"(?:\s|\\[,;:! ]|~)*"
_FRACTION = (
    r"\\[dtc]?frac\s*(?:\{\s*(?P<top>[-−]?\d+)\s*\}\s*\{\s*(?P<low>\d+)\s*\}"
    r"|\s?(?P<digit>\d)\s*(?P<under>\d))"
)
_TIMES_TEN = r"\s*(?:\\times|\\cdot|[×x*·⋅])\s*10\s*"
_EXPONENT = r"(?:\^|\*\*)\s*[{(]?\s*(?P<exponent>[-−+]?\d{1,2})\s*[)}]?"
_SEPARATOR = r"(?P<separator>,\\!|\\,|\\!|\{,\}|,|'|\\ |[   ])"
_PATTERNS = {
    Form.MIXED: rf"(?P<whole>\d+){_GAP}{_FRACTION}",
    Form.FRACTION: _FRACTION,
    Form.QUOTIENT: r"(?:(?P<whole>\d+)\s+)?(?P<top>\d+)\s*/\s*(?P<low>\d+)",
    Form.SCIENTIFIC: rf"(?P<mantissa>\d+(?:\.\d+)?)(?:{_TIMES_TEN}{_EXPONENT}|[eE](?P<short>[-+]?\d{{1,2}}))",
    Form.REPEATING: r"(?P<whole>\d*)\.(?P<once>\d*)\\(?:overline|bar|dot)\s*\{(?P<again>\d+)\}",
    Form.GROUPED: rf"\d{{1,3}}{_SEPARATOR}\d{{3}}(?:(?P=separator)\d{{3}})*(?:\.\d+)?",
    Form.DECIMAL: r"\d+\.\d*|\.\d+",
    Form.INTEGER: r"\d+",
}


def _of_fraction(found: re.Match[str]) -> Fraction:
    return Fraction(
        int((found["top"] or found["digit"]).replace("−", "-")), int(found["low"] or found["under"])
    )


def _of_mixed(found: re.Match[str]) -> Fraction:
    return int(found["whole"]) + _of_fraction(found)


def _of_quotient(found: re.Match[str]) -> Fraction:
    return int(found["whole"] or 0) + Fraction(int(found["top"]), int(found["low"]))


def _of_power_of_ten(found: re.Match[str]) -> Fraction:
    exponent = int((found["exponent"] or found["short"]).replace("−", "-"))
    return Fraction(found["mantissa"]) * Fraction(10) ** exponent


def _of_repetition(found: re.Match[str]) -> Fraction:
    once, again = found["once"], found["again"]
    shift = 10 ** len(once)
    repeated = Fraction(int(again), (10 ** len(again) - 1) * shift)
    return int(found["whole"] or 0) + Fraction(int(once or 0), shift) + repeated


def _of_digits(found: re.Match[str]) -> Fraction:
    return Fraction(re.sub(r"[^\d.]", "", found[0]).removesuffix("."))


_VALUES: dict[Form, Callable[[re.Match[str]], Fraction]] = {
    Form.MIXED: _of_mixed,
    Form.FRACTION: _of_fraction,
    Form.QUOTIENT: _of_quotient,
    Form.SCIENTIFIC: _of_power_of_ten,
    Form.REPEATING: _of_repetition,
}
_READERS = {form: re.compile(pattern) for form, pattern in _PATTERNS.items()}
_SIGN = re.compile(r"\s*([-−+]?)\s*")
# Without names, of which a pattern can have each but once; a separator is taken for any other.
_UNNAMED = [
    re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?P=separator)", _SEPARATOR))
    for pattern in _PATTERNS.values()
]
_NUMERAL = re.compile(rf"(?:[-−+]\s?)?(?:{'|'.join(f'(?:{pattern})' for pattern in _UNNAMED)})")


@lru_cache(maxsize=4096)
def read_number(text: str) -> Numeral | None:
    """The numeral that a text is, or None."""
    sign = _SIGN.match(text)
    body = text[sign.end() :].strip() if sign else ""
    if not body or sum(map(str.isdigit, body)) > MOST_DIGITS:
        return None
    for form, reader in _READERS.items():
        if found := reader.fullmatch(body):
            try:
                value = _VALUES.get(form, _of_digits)(found)
            except ZeroDivisionError:
                return None
            return Numeral(form, -value if sign and sign[1] in {"-", "−"} else value, text)
    return None


def constant(text: str) -> Fraction | None:
    """What a text is worth, where it is one real number: exact if that is rational, else to 40 digits."""
    if numeral := read_number(text):
        return numeral.value
    return exact(text) if len(text) <= LONGEST and not _MIXED_INSIDE.search(text) else None


_MIXED_INSIDE = re.compile(rf"\d{_GAP}\\[dtc]?frac|[=<>]")  # which others read as a product


@dataclass(frozen=True, slots=True)
class Slot:
    """A numeral with what stands before and behind it."""

    before: str
    numeral: Numeral
    after: str

    def filled(self, text: str) -> str:
        """The whole with another text in its place."""
        return f"{self.before}{text}{self.after}"

    @property
    def alone(self) -> bool:
        """Whether nothing else stands there, or only the name of what it is."""
        return not self.after.strip() and bool(_NAME.fullmatch(self.before))

    @property
    def marked(self) -> bool:
        """Whether a sign beside it wants digits."""
        return bool(_MARK_BEHIND.match(self.after) or _MARK_BEFORE.search(self.before))


_MARK_BEHIND = re.compile(r"\s*(?:\\?%|\^|°|[¢€$]|/)|\s*\\(?:text|mathrm)\{[^}]*/")
_MARK_BEFORE = re.compile(r"[$€£¥₹]\s*\Z")
_NAME = re.compile(
    r"\s*|\s*(?:\\?[A-Za-z]|\\[a-z]{3,}|[A-Z]{2,3}|[A-Za-z]{4,}|[a-zA-Z]\(\w+\))(?:_\{?\w+\}?)?\s*=\s*"
)
_OPENS = re.compile(
    r"(?:\A|[=<>≤≥≈;&\[]|,|\\begin\{[a-z]+\}|\\\{|\\\\|(?<![\w)}\]])\(|:\s|\\?\$|[€£¥₹]|[A-Za-z]{2,}[,:]?\s"
    r"|\\(?:[lg]eq?|approx|quad|text\{ ?(?:or|and) ?\})(?![a-z])|(?<![A-Za-z])a\s)\s*\Z"
)
_CLOSES = re.compile(
    r"\s*(?:\Z|[,;)\]&<>≤≥]|\.(?!\d)|\\\}|\\\\|\\end\{|\\?%|\^\s*\{?\s*\\circ|°|[¢€])"
    r"|(?:\s|\\[,;: ]|~)*(?:\\(?:text|mathrm|mbox|rm)(?![a-z])|\\(?:[lg]eq?|quad)(?![a-z])|\$)"
    r"|(?:[  ]|\\,)(?!(?:sqrt|pi|sin|cos|tan|log|ln|exp|choose|times|mod|and|or|over)(?![a-z]))"
    r"(?:[A-Za-z]{2,}|[mgshLlKNJWVA](?![A-Za-z]))|(?:[  ])(?:and|or)(?![a-z])|-[a-z]{3,}"
    r"|(?:[kcm]?m|k?g|m?[lL]|cm|ft|in|hrs?|h|min|s)(?:\^|[²³]|\Z)"
)
_DECIMAL_COMMA = re.compile(r"[-−]?\d+(?:,|\{,\})\d+")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_NO_SLOTS = re.compile(  # times, ratios, chains of equations, dates and spans in two units
    rf"\d\s*:\s*\d|(?<![_\d{{^])\d\s*=|\b(?:{_MONTHS})[a-z]*\.?\s+\d|\d\w*\s+(?:of )?(?:{_MONTHS})"
    r"|(?:hours?|hrs?|\bh|minutes?|\bmin|days?|feet|ft|dollars|degrees|\\circ\}?|°)\b[^\d=]{0,20}\d"
)


def slots(text: str) -> tuple[Slot, ...]:
    """All numerals of a text that stand by themselves."""
    if len(text) > LONGEST or _NO_SLOTS.search(text):
        return ()
    if read := read_number(text.strip()):
        return (Slot("", read, ""),)
    return () if _DECIMAL_COMMA.fullmatch(text.strip()) else tuple(_slots(text))


def _slots(text: str) -> Iterator[Slot]:
    for found in _NUMERAL.finditer(text):
        head, tail = text[: found.start()], text[found.end() :]
        numeral = read_number(found[0])
        if numeral is None or not _OPENS.search(head) or not _CLOSES.match(tail):
            continue
        if numeral.form is Form.GROUPED and (head.rstrip()[-1:] in {",", "(", "[", "{"} or tail[:1] == ","):
            continue  # (1,200) is a pair
        yield Slot(head, numeral, tail)


def one_slot(task: Task, rng: Random) -> Slot | None:
    """Any one of them."""
    found = slots(task.gold)
    return rng.choice(found) if found else None


def lone(task: Task) -> Slot | None:
    """The numeral that a gold is, perhaps behind a name; None where it is more than that."""
    found = slots(task.gold)
    return found[0] if len(found) == 1 and found[0].alone else None


def plain_decimal(value: Fraction, most: int = 8) -> str | None:
    """All its digits, in base ten; None where they do not come to an end, or not that soon."""
    for places in range(most + 1):
        if (value * 10**places).denominator == 1:
            return with_places(value, places)
    return None


def with_places(value: Fraction, places: int) -> str:
    """Rounded to so many digits behind the point, half away from zero."""
    scaled = (abs(value) * 10**places * 2 + 1) // 2
    digits = f"{scaled:0{places + 1}d}"
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{digits[: len(digits) - places]}" + (f".{digits[-places:]}" if places else "")


def magnitude(value: Fraction) -> int:
    """The power of ten of its first digit: 2 of 314, -1 of 0.314. Not for 0."""
    power = len(str(abs(value).numerator)) - len(str(value.denominator))
    return power if abs(value) >= Fraction(10) ** power else power - 1


def significant(value: Fraction, digits: int) -> str:
    """Rounded to so many digits that count; whole numbers keep all of theirs."""
    return with_places(value, max(0, digits - 1 - magnitude(value))) if value else "0"


def latex_fraction(value: Fraction, command: str = r"\frac") -> str:
    """A fraction with its sign in front."""
    sign = "-" if value < 0 else ""
    return rf"{sign}{command}{{{abs(value.numerator)}}}{{{value.denominator}}}"


def mixed(value: Fraction, command: str = r"\frac") -> str:
    """A whole number and what is left of it, for a value that is no whole number and beyond 1."""
    whole, rest = divmod(abs(value), 1)
    return f"{'-' if value < 0 else ''}{whole}{latex_fraction(rest, command)}"


def scientific(value: Fraction, times: str = r" \times ", digits: int = 12) -> str | None:
    """A mantissa from 1 to 10 and a power of ten; None where the mantissa has more digits. Not for 0."""
    exponent = magnitude(value)
    mantissa = plain_decimal(value / Fraction(10) ** exponent, digits - 1)
    return mantissa and f"{mantissa}{times}10^{{{exponent}}}"


def grouped(value: int, separator: str = ",") -> str:
    """The digits in groups of three."""
    return f"{value:,}".replace(",", separator)


_COMMAND = re.compile(r"\\[dtc]?frac")


def written_like(numeral: Numeral, value: Fraction) -> str | None:
    """Another value in the form of a numeral, as far as that form can hold it."""
    if numeral.form is Form.GROUPED and value.denominator == 1:
        separator = _READERS[Form.GROUPED].search(numeral.text)
        return grouped(int(value), separator["separator"] if separator else ",")
    if numeral.form is Form.SCIENTIFIC and value:
        times = re.search(r"\d(\s*(?:\\times|\\cdot|[×x*·⋅])\s*)10", numeral.text)
        return scientific(value, times[1] if times else r" \times ")
    if numeral.form is Form.DECIMAL:
        return _decimal_like(numeral, value)
    if value.denominator == 1:
        return str(value)
    if numeral.form in {Form.FRACTION, Form.MIXED}:
        command = _COMMAND.search(numeral.text)
        write = mixed if numeral.form is Form.MIXED and abs(value) > 1 else latex_fraction
        return write(value, command[0] if command else r"\frac")
    if numeral.form is Form.QUOTIENT:
        return f"{value.numerator}/{value.denominator}"
    return plain_decimal(value, 4) or latex_fraction(value)


def _decimal_like(numeral: Numeral, value: Fraction) -> str:
    """With as many places, or more where they are needed to show that it is not 0."""
    is_short = not value or plain_decimal(value, numeral.places) is not None
    needed = 0 if is_short else 1 - magnitude(value)
    return with_places(value, max(numeral.places, needed))
