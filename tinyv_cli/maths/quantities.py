r"""A number as people write it with all that belongs to it, read once: `about -£27.4 million`, `2.6*1e5 GeV`.

What stands around the number is taken off from the outside in: that it is about so much, a currency, an error
behind `±`, a word or letter of scale, a sign of percent, a unit. What is left over makes it no quantity.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

import mpmath

from tinyv_cli.maths.compounds import Compound, compound
from tinyv_cli.maths.decimals import Decimal, decimal
from tinyv_cli.maths.mixed import with_sums
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.precision import SCALE_WORDS
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.signs import IN_BRACES, NO_PRODUCT, TIGHTENED, grouped
from tinyv_cli.maths.units import Unit, known, unit_of
from tinyv_cli.maths.values import rational, real_value
from tinyv_cli.maths.words import NUMBER_WORDS, cardinal

MOST_CHARS = 160


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what belongs to it.

    `value` is that of the number with its power of ten, before scale, percent and unit; `written` the same
    as digits, where it is written out in them. `share` is what one per cent or basis point is, `scale` what
    the word of scale multiplies by. `attached`: letters right behind the digits, a unit or a factor.
    `unknown`: what else stands there, which may be a unit to the question. `is_exact`: the value is that, and
    not only so to 60 digits.
    """

    value: Fraction
    text: str
    written: Decimal | None
    about: bool = False
    share: Fraction | None = None
    scale: Fraction | None = None
    scale_word: str = ""
    unit: Unit | None = None
    spelt: str = ""
    of_letters: bool = False
    attached: str = ""
    unknown: str = ""
    error: Decimal | None = None
    is_exact: bool = True

    @property
    def is_bare(self) -> bool:
        """Whether it is a number alone."""
        behind = self.attached or self.unknown
        return self.unit is None and self.share is None and self.scale is None and not behind


# With a digit, a sign or a command, or with few letters before: a currency, about, pi.
_BEGINS = re.compile(r"(?=.*(?:\d|pi))(?:[^A-Za-z]|[A-Za-z]{1,13}\.?\s*[^A-Za-z\s]|pi|\\)")
_NUMBER_WORD = re.compile(rf"(?:\w+ )?(?:{'|'.join(sorted(NUMBER_WORDS))})\b.* ", re.IGNORECASE)
_ABOUT_WORDS = r"about|around|approximately|approx\.?|roughly|circa|ca\.|etwa|ungefähr|environ|约|大约"
_ABOUT = re.compile(
    rf"(?:(?:{_ABOUT_WORDS})(?![A-Za-z])|\\(?:approx|sim|simeq|thickapprox)(?![A-Za-z])|[~≈≃∼])\s*",
    re.IGNORECASE,
)
_ABOUT_BEHIND = re.compile(
    rf"\s*(?:\(\s*(?:{_ABOUT_WORDS}|to|correct to|rounded|nearest)(?![A-Za-z])[^()]{{0,40}}\)"
    r"|,?\s*(?:approximately|approx\.?))\Z",
    re.IGNORECASE,
)
_GROUPS = grouped(",", IN_BRACES, TIGHTENED)
_TEN_TO = r"(?:\s*(?:\\cdot|[*×x])\s*|\s+)10\s*\^\s*(?:\{\s*)?[-+]?\d{1,3}(?:\s*\})?"
_SHORT = r"[eE][-+]?\d{1,3}(?![\d.])"
_FIGURES = rf"(?:(?:{_GROUPS})(?!\d)(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
_NUMBER = re.compile(
    rf"(?P<figures>{_FIGURES})(?P<short>{_SHORT})?"
    rf"(?:\s*(?:\\pm|\+/-)\s*(?P<error>{_FIGURES}))?"
    rf"(?P<times>\s*(?:\\cdot|[*×])\s*1{_SHORT}|{_TEN_TO})?"
)
_IN_BRACKETS = re.compile(
    rf"\(\s*(?P<figures>{_FIGURES})\s*(?:\\pm|\+/-)\s*(?P<error>{_FIGURES})\s*\)(?P<short>)(?P<times>{_TEN_TO})?"
)
_POWER_ALONE = re.compile(r"10\s*\^\s*(?:\{\s*)?(?P<power>[-+]?\d{1,3})(?:\s*\})?(?![\d!^])")
_EXPONENT = re.compile(r"([-+]?\d{1,3})\s*\}?\Z")
_CURRENCY = re.compile(
    r"(?P<spelt>[A-Z]{0,2}\\?\$|€|£|₹|¥|₩|Rs\.?|USD|EUR|GBP|CHF|RMB|CNY|JPY|INR|CAD|AUD)\s*(?=[-+\d.(\\])"
)
_SIGN = re.compile(r"\s*([-+])\s*")
_SCALE_LETTERS = {
    "k": 3, "K": 3, "M": 6, "mn": 6, "mln": 6, "mil": 6, "B": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12,
}  # fmt: skip
_SCALE = re.compile(
    rf"[\s-]*(?P<word>{'|'.join(sorted(SCALE_WORDS, key=len, reverse=True))})s?(?![A-Za-z])(?:\s+of(?=\s))?",
    re.IGNORECASE,
)
_SCALE_LETTER = re.compile(
    rf"\s?(?P<letter>{'|'.join(sorted(_SCALE_LETTERS, key=len, reverse=True))})(?![A-Za-z])"
)
_SHARE = re.compile(
    r"\s*(?P<percent>\\?%|per\s?cent(?:age)?(?: points?)?(?![A-Za-z])|pct\b|percentage points?)"
    r"|\s*(?P<basis>basis points?|bps?)(?![A-Za-z])|\s*(?P<mille>‰|\\permil)",
    re.IGNORECASE,
)
_EXTENT = re.compile(
    r"\s+(?:long|tall|high|wide|deep|old|away|apart|each|in (?:length|height|width|area|volume|total))\.?\Z"
)
_LETTERS_ALONE = re.compile(r"[A-Za-z]")
_NOT_LETTERS = re.compile(r"[A-Za-z]{2,}|[°$€£¢₹¥₩ΩÅÅ\\一-鿿]")
_UPRIGHT = re.compile(r"\\(?:mathrm|text|mbox|rm)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)+)\}")  # plain text keeps it
_MAY_BE_UNIT = re.compile(r"(?=[A-Za-zα-ωΑ-Ω\\])[^\d=<>,;:]{1,40}(?:\^\{?-?\d\}?)?")
_FONT = re.compile(r"\\(?:text|mathrm|mbox|rm|operatorname|unit|hbox)")


@lru_cache(maxsize=4096)
def quantity(text: str) -> Quantity | None:
    """The quantity that a text is, all of it; None where anything is left that belongs to none."""
    if len(text) > MOST_CHARS:
        return None
    flat = plain(_UPRIGHT.sub(r" \1 ", text)).text
    if not _BEGINS.match(flat) and not _NUMBER_WORD.match(flat):
        return None
    flat, is_about = _without_about(_EXTENT.sub("", flat))
    if several := compound(flat):
        return of_compound(several, flat, about=is_about)
    sign, flat = _taken(_SIGN, flat)
    currency, flat = _taken(_CURRENCY, flat)
    second, flat = _taken(_SIGN, flat) if currency else ("", flat)
    if sign and second:
        return None
    found = _number(f"{sign}{second}".strip(), flat if flat[:1].isdigit() else _in_figures(flat))
    if found is None:
        return None
    number, behind = found
    return _with_tail(
        number, behind, currency.strip(), about=is_about, upright=_FONT.search(text) is not None
    )


def of_compound(several: Compound, text: str, *, about: bool = False) -> Quantity:
    """What is given in several units as a quantity in the smallest of them."""
    unit: Unit = ((several.unit, 1),)
    written = decimal(several.text)
    return Quantity(several.value, several.text, written, about=about, unit=unit, spelt=text)


def _without_about(text: str) -> tuple[str, bool]:
    ahead = _ABOUT.match(text)
    text = text[ahead.end() :] if ahead else text
    bare = _ABOUT_BEHIND.sub("", text)
    return bare, ahead is not None or bare != text


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What stands at the start, and the rest."""
    found = pattern.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


_WORDS_AHEAD = re.compile(r"[A-Za-z]{3,}(?:[ -][A-Za-z]{3,}){0,5}(?= )")


def _in_figures(text: str) -> str:
    """A number in words at the start in figures: `nine degrees` is `9 degrees`."""
    found = _WORDS_AHEAD.match(text)
    spoken = found[0] if found else ""
    while spoken:
        if (number := cardinal(spoken)) is not None:
            return f"{number}{text[len(spoken) :]}"
        spoken = spoken.rpartition(" ")[0]
    return text


def _number(sign: str, text: str) -> tuple[Quantity, str] | None:
    """The number at the start, and what stands behind it: digits that go on are an expression."""
    if found := _IN_BRACKETS.match(text) or _NUMBER.match(text):
        written = _written(sign, found)
        behind = text[found.end() :]
        if written is not None and _ends_number(behind):
            error = found["error"] and decimal(found["error"].replace(",", ""))
            return Quantity(written.value, written.text, written, error=error or None), behind
    if found := _POWER_ALONE.match(text):
        power = decimal(f"{sign}1e{found['power']}")
        if power is not None and _ends_number(text[found.end() :]):
            return Quantity(power.value, sign + found[0], power), text[found.end() :]
    return _expression(sign, text)


_GOES_ON = re.compile(
    r"\s*(?:[-+*/!_(\[{,;:=<>|&]|\^(?!\\circ)|\\(?:cdot|frac|sqrt|pi|div|pm|left|begin)(?![A-Za-z])|\d|\.\d)"
)
_HYPHENED = re.compile(r"-[a-z]{3,}")


def _ends_number(behind: str) -> bool:
    """Whether what stands behind digits does not make another number of them."""
    return not _GOES_ON.match(behind) or bool(_HYPHENED.match(behind))


def _written(sign: str, found: re.Match[str]) -> Decimal | None:
    figures = re.sub(r"[^\d.]", "", found["figures"])
    powers = [_EXPONENT.search(each) for each in (found["short"], found["times"]) if each]
    exponent = sum(int(power[1]) for power in powers if power)
    return decimal(f"{sign if sign == '-' else ''}{figures}" + (f"e{exponent}" if exponent else ""))


_NO_PRODUCT = re.compile(NO_PRODUCT)
_BEFORE_UNIT = re.compile(
    r"(?P<value>.*?(?:[\d)}\]!]|\\pi|pi|[½⅓⅔¼¾]))\s*"
    r"(?P<behind>(?:\\?%|‰|\^\\circ|[A-Za-zΩμµÅÅ$€£¢₹¥₩一-鿿]|\\(?:mu|Omega|\$)(?![A-Za-z])).*)\Z"
)


def _expression(sign: str, text: str) -> tuple[Quantity, str] | None:
    """An expression without letters that is a real number, with what stands behind it."""
    if _NO_PRODUCT.search(text):
        return None
    for value, behind in _splits(text):
        text = with_sums(sign + value)
        if (found := exact(text)) is not None:
            return Quantity(found, sign + value, None, is_exact=is_rational(text)), behind
    return None


LARGEST = mpmath.mpf(10) ** 400


@lru_cache(maxsize=1024)
def exact(text: str) -> Fraction | None:
    """The value of an expression that is one real number, to 60 digits where it is not rational."""
    node = read(text)
    if node is None or node.variables():
        return None
    value = rational(node)
    if value is not None:
        return value
    real = real_value(node)
    if real is None or not (real == 0 or 1 / LARGEST < abs(real) < LARGEST):
        return None
    numerator, denominator = mpmath.libmp.to_rational(real._mpf_)
    return Fraction(int(numerator), int(denominator))


def is_rational(text: str) -> bool:
    """Whether it is an expression of numbers and the four operations, whose value is known exactly."""
    node = read(text)
    return node is not None and rational(node) is not None


def _splits(text: str) -> list[tuple[str, str]]:
    """The whole, unless an angle makes a function of it, and what stands before a unit."""
    found = _BEFORE_UNIT.fullmatch(text)
    whole = [] if r"\circ" in text else [(text, "")]
    return [*whole, *([(found["value"], found["behind"])] if found else [])]


def _with_tail(
    number: Quantity, behind: str, currency: str, *, about: bool, upright: bool
) -> Quantity | None:
    """The number with what stands behind it, where all of it is known, or may be a unit."""
    scale, word, rest = _scale(behind)
    share, rest = (None, rest) if word else _share(rest)
    gap = rest[:1].isspace() or bool(word) or bool(share)
    read = replace(number, about=about, scale=scale, scale_word=word, share=share)
    rest = rest.strip()
    if currency:
        unit = known(currency.rstrip("."))
        is_all = not rest or (unit is not None and unit_of(rest) == unit)  # `$5 USD` says it again
        return replace(read, unit=unit, spelt=currency) if is_all else None
    return _with_unit(read, rest, gap=gap, upright=upright) if rest else read


def _with_unit(number: Quantity, text: str, *, gap: bool, upright: bool) -> Quantity | None:
    """The number with its unit; letters right behind the digits may be a factor."""
    unit = unit_of(text)
    of_letters = not (_NOT_LETTERS.search(text) or upright)
    if not gap and (_LETTERS_ALONE.fullmatch(text) or (unit and of_letters)):
        return replace(number, attached=text)
    if unit is not None:
        return replace(number, unit=unit, spelt=text, of_letters=of_letters)
    return replace(number, unknown=text) if gap and _MAY_BE_UNIT.fullmatch(text) else None


def _scale(behind: str) -> tuple[Fraction | None, str, str]:
    if found := _SCALE.match(behind):
        word = " ".join(found["word"].lower().split())
        return SCALE_WORDS[word], found["word"], behind[found.end() :]
    if (found := _SCALE_LETTER.match(behind)) and found["letter"] not in ("B", "M", "k", "K"):
        return Fraction(10) ** _SCALE_LETTERS[found["letter"]], found["letter"], behind[found.end() :]
    return None, "", behind


def _share(behind: str) -> tuple[Fraction | None, str]:
    found = _SHARE.match(behind)
    if found is None:
        return None, behind
    share = Fraction(1, 100 if found["percent"] else 10_000 if found["basis"] else 1000)
    return share, behind[found.end() :]


def scale_of_letter(attached: str) -> Fraction | None:
    """What `k`, `M` and `B` right behind digits multiply by, where they are no units."""
    power = _SCALE_LETTERS.get(attached)
    return None if power is None else Fraction(10) ** power
