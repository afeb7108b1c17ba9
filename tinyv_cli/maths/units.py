r"""Units as people write them, read into what pint calls them, and converted where two of them meet.

`5 \text{ cm}^2`, `5 square centimetres` and `5 cm²` are the value 5 and the unit ((centimeter, 2),). Letters
could as well be variables: the m of `5m` is no unit, and that of `5 m` only if the question speaks of metres.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from tinyv_cli.maths.plain import plain

if TYPE_CHECKING:
    from pint import UnitRegistry
    from pint.util import UnitsContainer

Unit = tuple[tuple[str, int], ...]  # names and powers, sorted


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with its unit, how that was written, and whether with letters that could be variables."""

    value: str
    unit: Unit
    spelt: str
    of_letters: bool = False


_SCALED = {  # with prefixes: the name, the letters, other spellings
    "meter": ("m", "metre metern mètre metro"),
    "gram": ("g", "gramme"),
    "liter": ("L", "litre l"),
    "second": ("s", "sec"),
    "watt": ("W", ""),
    "volt": ("V", ""),
    "ampere": ("A", "amp"),
    "ohm": ("Ω", ""),
    "newton": ("N", ""),
    "joule": ("J", ""),
    "pascal": ("Pa", ""),
    "hertz": ("Hz", ""),
    "coulomb": ("C", ""),
    "farad": ("F", ""),
    "tesla": ("T", ""),
    "mole": ("mol", ""),
    "electron_volt": ("eV", "electronvolt"),
    "calorie": ("cal", ""),
    "byte": ("B", ""),
    "bar": ("", "bar"),
    "kelvin": ("K", ""),
}
_PREFIXES = {
    "": "",
    "atto": "",  # am, as and al are words
    "femto": "f",
    "pico": "p",
    "nano": "n",
    "micro": "μ",
    "milli": "m",
    "centi": "c",
    "deci": "d",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
}
_OTHERS = {
    "inch": "in inches",
    "foot": "ft feet",
    "yard": "yd",
    "mile": "mi",
    "ounce": "oz",
    "pound": "lb lbs",
    "minute": "min mins minuten minuto",
    "hour": "h hr hrs stunde stunden heure hora",
    "day": "",
    "week": "wk",
    "month": "",
    "year": "yr yrs",
    "century": "centuries",
    "degree": "deg grad grado degré",
    "radian": "rad",
    "degree_Celsius": "celsius",
    "degree_Fahrenheit": "fahrenheit",
    "gallon": "gal",
    "quart": "qt",
    "pint": "",
    "acre": "",
    "hectare": "ha",
    "metric_ton": "tonne",
    "ton": "",
    "standard_atmosphere": "atm atmosphere",
    "torr": "Torr",
    "angstrom": "Å Å ångström",
    "light_year": "lightyear ly",
    "dollar": "$ usd buck US$ C$ CAD A$ AUD HK$ NZ$ S$ SGD",
    "cent": "¢",
    "euro": "€ eur EUR",
    "pound_sterling": "£ gbp GBP",
    "rupee": "₹ rs INR",
    "yen": "¥ yuan JPY RMB CNY 元",
    "franc": "CHF",
    "peso": "",
    "won": "₩ KRW",
    "unit": "",
}
# Currencies have no fixed rate, temperatures different zeros, months different lengths; a degree is no
# rational part of a radian.
_DO_NOT_CONVERT = frozenset(
    "dollar cent euro pound_sterling rupee yen franc peso won unit "
    "degree_Celsius degree_Fahrenheit degree radian month year".split()
)


_CHINESE = {
    "米": "meter",
    "厘米": "centimeter",
    "分米": "decimeter",
    "毫米": "millimeter",
    "千米": "kilometer",
    "公里": "kilometer",
    "克": "gram",
    "千克": "kilogram",
    "公斤": "kilogram",
    "吨": "metric_ton",
    "升": "liter",
    "毫升": "milliliter",
    "秒": "second",
    "分": "minute",
    "分钟": "minute",
    "小时": "hour",
    "天": "day",
    "年": "year",
    "度": "degree",
}


@cache
def _names() -> dict[str, str]:
    """Every spelling of every unit. Those of one letter, and abbreviations, are as they are written."""
    names = {}
    for prefix, letter in _PREFIXES.items():
        for name, (short, others) in _SCALED.items():
            for spelling in (name, *(word for word in others.split() if len(word) > 1)):
                names[prefix + spelling] = names[f"{prefix}{spelling}s"] = prefix + name
            for abbreviation in (short, *(word for word in others.split() if len(word) == 1)):
                if abbreviation and (letter or not prefix):
                    names[letter + abbreviation] = prefix + name
    for name, others in _OTHERS.items():
        for spelling in (name, *others.split()):
            names[spelling] = name
            if len(spelling) > 2:
                names[f"{spelling}s"] = name
    return names | _CHINESE | {"ms": "millisecond", "cc": "cc", "mbar": "millibar", "aJ": "attojoule"}


_COMPOUND = {  # those that stand for several
    "mph": (("hour", -1), ("mile", 1)),
    "kph": (("hour", -1), ("kilometer", 1)),
    "kmh": (("hour", -1), ("kilometer", 1)),
    "fps": (("foot", 1), ("second", -1)),
    "cc": (("centimeter", 3),),
}
_POWERS, _RAISED = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}, {"squared": 2, "cubed": 3}

_NUMBER_END = r"[\d)}\]]|\\pi"
_UNIT_START = r"\^\\circ|[A-Za-zΩμµÅÅ$€£¢₹¥₩一-鿿]|\\(?:mu|Omega)(?![A-Za-z])"
_BEFORE_UNIT = re.compile(rf"(?:{_NUMBER_END})(?P<gap>\s*|-)(?={_UNIT_START})")
MOST_ENDS = 12  # of numbers behind which the unit may begin
_HEAD = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<unit>[A-Z]{0,2}\\?\$|€|£|₹|¥|₩|Rs\.?|USD|EUR|GBP|CHF|RMB|CNY|JPY|INR|CAD|AUD)"
    r"\s*(?P<value>[-+]?[\d.\\(].*)\Z"
)
_PIECE = re.compile(
    r"\s*(?:(?P<per>/|per\b)|(?P<times>\*|\\cdot(?![A-Za-z])|\.|-(?=[A-Za-z]))|\^\s*\{?(?P<power>-?\d)\}?"
    r"|(?P<degree>\^\\circ\s*(?:(?P<scale>[CF])(?![A-Za-z]))?)"
    r"|(?P<word>[A-Z]{1,2}\\?\$|[A-Za-zμµΩÅÅöåèé]+|[一-鿿]+|\\(?:mu|Omega)\s*[A-Za-z]*|[$€£¢₹¥₩]|\\\$)|(?P<bracket>[()]))"
)
_PER_CENT = re.compile(r"per\s?cent")
_EXTENT = re.compile(
    r" (?:long|tall|high|wide|deep|old|away|apart|in (?:length|height|width|area|volume|total))\.?\Z"
)
_GOES_ON = re.compile(r"\s*in\s+[a-z]")
_NOT_LETTERS = re.compile(r"[A-Za-z]{2,}|[°$€£¢₹¥Ω\\]")
_FONT = re.compile(r"\\(?:text|mathrm|mbox|rm|operatorname|unit|hbox)")


@lru_cache(maxsize=4096)
def measured(text: str) -> Measured | None:
    """The value and the unit in a text, or None where it has no unit that is known."""
    flat = plain(text).text
    if "%" in flat or ":" in flat or _PER_CENT.search(flat):
        return None
    flat = _EXTENT.sub("", flat)
    if found := _HEAD.fullmatch(flat):
        value, unit = found["sign"] + found["value"], known(found["unit"].strip("\\."))
        return Measured(value, unit, found["unit"]) if unit and measured(value) is None else None
    for found in islice(_BEFORE_UNIT.finditer(flat), MOST_ENDS):
        value, spelt = flat[: found.start("gap")], flat[found.end() :]
        if unit := unit_of(spelt):
            of_letters = not (_NOT_LETTERS.search(spelt) or _FONT.search(text))
            return None if of_letters and not found["gap"] else Measured(value, unit, spelt, of_letters)
    return None


def unit_of(text: str) -> Unit | None:
    """The unit that these words and signs are, all of them; None if any is not known."""
    unit, end = _unit_at_start(text.strip().rstrip("."))
    return unit if end else None


def _unit_at_start(text: str) -> tuple[Unit | None, bool]:
    """The unit that a text begins with, and whether that is the whole text."""
    read, at = _Factors(), 0
    while piece := _PIECE.match(text, at):
        is_aside = piece["bracket"] == "(" and text[at - 1] not in "/*"  # metres (m)
        if read.powers and (is_aside or _GOES_ON.match(text, at)):
            break
        if not read.take(piece):
            break
        at = piece.end()
    return read.unit(), at == len(text)


class _Factors:
    """The factors of a unit as they are read one after another, with what is said of the next."""

    def __init__(self) -> None:
        self.powers: Counter[str] = Counter()
        self._sign = self._raised = 1
        self._last: Unit = ()

    def take(self, piece: re.Match[str]) -> bool:
        """Take a piece in; False if it belongs to no unit that is known."""
        word = piece["word"]
        if piece["times"]:
            return self._sign > 0  # what stands below the stroke of N/m·s nobody knows
        if piece["per"]:
            self._sign = -1
        elif piece["power"] or word in _RAISED:
            self._raise_last(int(piece["power"] or _RAISED[word]))
        elif word in _POWERS:
            self._raised = _POWERS[word]
        elif word or piece["degree"]:
            return self._multiply(known(word) if word else _degree(piece["scale"]))
        return True

    def unit(self) -> Unit | None:
        """All of them together."""
        if self.powers["degree"] and self.powers["degree_Celsius"] + self.powers["degree_Fahrenheit"]:
            del self.powers["degree"]  # degrees Celsius
        return tuple(sorted((name, power) for name, power in self.powers.items() if power)) or None

    def _multiply(self, unit: Unit | None) -> bool:
        self._last = tuple((name, power * self._sign * self._raised) for name, power in unit or ())
        self._raised = 1
        self.powers.update(dict(self._last))
        return unit is not None

    def _raise_last(self, exponent: int) -> None:
        for name, power in self._last:
            self.powers[name] += power * (exponent - 1)
        self._last = ()


def _degree(scale: str | None) -> Unit:
    return (({"C": "degree_Celsius", "F": "degree_Fahrenheit"}.get(scale or "", "degree"), 1),)


def known(word: str) -> Unit | None:
    """The unit that one word or sign is; None where it is not known."""
    word = re.sub(r"\\mu\s*|µ", "μ", word).replace("\\Omega", "Ω").replace("\\$", "$")
    spellings = [word] if len(word) < 3 else [word, word.lower()]
    for spelling in spellings:
        if spelling in _COMPOUND:
            return _COMPOUND[spelling]
        if spelling in _names():
            return ((_names()[spelling], 1),)
    return None


_SPOKEN = re.compile(r"[A-Za-zμΩ]{2,}|[ÅÅ]|\^\\circ(?: ?[CF](?![A-Za-z]))?|\\?[$€£¢₹¥₩]")
_SPOKEN_WITH_NUMBER = re.compile(
    r"(?<![\w$\\^{}.])\d[\d.,]*\d? ?([mgshLNJWVKA])(?= (?!and |or |is |be )[a-z]{2,}|[,.] [A-Za-z])"
)
_SPOKEN_LETTER = re.compile(r"\\(?:text|mathrm|mbox|rm)\s*\{?\s*~?\s*([A-Za-z])(?![A-Za-z])")
_MATH = re.compile(r"(?<!\\)\$[^$]*(?<!\\)\$")
_ORDINAL = re.compile(r"\b(?:the|his|her|its|their|this|that|a) second (?=[a-z])")
_OTHER_WORDS = frozenset(["in", "pm", "as"])


@lru_cache(maxsize=512)
def units_in(question: str) -> frozenset[str]:
    """The names of all units that a question speaks of, each by itself. Letters alone count in a font."""
    flat = _ORDINAL.sub("", plain(question).text)
    spoken = {*_SPOKEN.findall(flat), *_SPOKEN_LETTER.findall(question)} - _OTHER_WORDS
    spoken |= set(_SPOKEN_WITH_NUMBER.findall(question))
    if "\\$" not in question and _MATH.search(question):
        spoken.discard("$")  # it only opens a formula
    return frozenset(name for word in spoken for name, _ in unit_of(word) or ())


_HOW_MANY = re.compile(r"\bhow many\s+(?=((?:\S+\s+){0,5}\S+))", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:number of|in units of|in|as|units?:)\s+(?=((?:\S+\s+){0,5}\S+))", re.IGNORECASE)
# What is written as $m \cdot n$ is in no metres.
_LETTER_FORMULA = re.compile(r"\$\s*[A-Za-z](?![A-Za-z])[^$]*\$|\\\(\s*[A-Za-z](?![A-Za-z]).{0,200}?\\\)")
_FILLING_AT_START = re.compile(r"\A(?:(?:an?|the|whole|more|total|full|one|of)\s+)+")


@lru_cache(maxsize=512)
def units_asked(question: str) -> frozenset[Unit]:
    """The units that a question wants the answer in, where it says so; `how many feet` is the clearest."""
    flat = plain(_LETTER_FORMULA.sub(" ", question)).text
    return _units_after(_HOW_MANY, flat) or _units_after(_ASKED, flat)


def _units_after(trigger: re.Pattern[str], text: str) -> frozenset[Unit]:
    units = (_unit_at_start(_FILLING_AT_START.sub("", phrase))[0] for phrase in trigger.findall(text))
    return frozenset(unit for unit in units if unit)


_KINDS = {  # units that could be taken for one another, by what their names end in
    "length": ("meter", "inch", "foot", "yard", "mile", "angstrom", "light_year"),
    "mass": ("gram", "ounce", "pound", "ton"),
    "time": ("second", "minute", "hour", "day", "week", "month", "year", "century"),
    "volume": ("liter", "gallon", "quart", "pint"),
    "money": ("dollar", "cent", "euro", "pound_sterling", "rupee", "yen", "franc", "peso", "won"),
    "angle": ("degree", "radian"),
    "energy": ("joule", "electron_volt", "calorie"),
    "pressure": ("pascal", "bar", "atmosphere", "torr"),
    "force": ("newton",),
    "power": ("watt",),
    "voltage": ("volt",),
    "current": ("ampere",),
    "charge": ("coulomb",),
    "frequency": ("hertz",),
    "memory": ("byte",),
}


def _kind(name: str) -> str:
    return next((kind for kind, names in _KINDS.items() if name.endswith(names)), name)


def _kinds(unit: Unit) -> set[tuple[str, int]]:
    return {(_kind(name), power) for name, power in unit}


# What has no unit: a count, unless it is one of units, and what is a part or a multiple.
_PURE = re.compile(
    r"\bhow many\b|probabilit|\bratio\b|\bproportion|percent|\bfraction of\b"
    r"|(?:多少|几)(?:个|张|人|本|只|条|块|名|辆|棵|种|次|盒|箱|件|页|瓶|朵|组|袋|支|位|枚)",
    re.IGNORECASE,
)
_ANGLE = re.compile(r"angle|degree|circ|°|rotat|\barc|bearing|inclin|latitude|longitude|phase", re.IGNORECASE)
_NO_ANGLE = re.compile(
    r"\b(?:area|length|volume|perimeter|distance|how many)\b[^.?!]*[.?!]?\s*\Z", re.IGNORECASE
)


_QUESTION = re.compile(r"[^.?!\n]*(?:[.!](?=\S)[^.?!\n]*)*\?")


@lru_cache(maxsize=512)
def _asks_for_a_pure_number(question: str) -> bool:
    """Whether the sentences with a question mark ask for a count, a part or a multiple; else the whole."""
    return bool(_PURE.search(" ".join(_QUESTION.findall(question)) or question))


def is_spoken_of(unit: Unit, letters: str, question: str) -> bool:
    """Whether a question speaks of all that a unit is made of, and has none of its letters as variables."""
    variables = any(f"${letter}$" in question for letter in letters if letter.isalpha())
    return not variables and {name for name, _ in unit} <= units_in(question)


_EXTENTS = {"area": 2, "volume": 3, "perimeter": 1, "circumference": 1, "distance": 1}
_EXTENT_ASKED = re.compile(rf"\b({'|'.join(_EXTENTS)})\b[^.?!]*[.?!]?\s*\Z", re.IGNORECASE)


def _is_of_another_extent(unit: Unit, question: str) -> bool:
    """Whether it measures lengths where an area is asked for, and the like."""
    asked = {_EXTENTS[name.lower()] for name in _EXTENT_ASKED.findall(question)}
    return len(unit) == 1 and _kind(unit[0][0]) == "length" and len(asked) == 1 and unit[0][1] not in asked


def fits_gold(unit: Unit, question: str) -> bool:
    """Whether a value alone is meant in the gold's unit: unless the question wants another of its kind."""
    asked = units_asked(question)
    if _is_of_another_extent(unit, question):
        return False
    return unit in asked or not any(_kinds(unit) == _kinds(other) for other in asked)


def _names_of_kinds(unit: Unit) -> frozenset[str]:
    return frozenset(_kind(name) for name, _ in unit)


@lru_cache(maxsize=512)
def _asked_how_many(question: str) -> bool:
    """Whether it asks how many of a unit."""
    return bool(_units_after(_HOW_MANY, plain(_LETTER_FORMULA.sub(" ", question)).text))


def speaks_of_money(question: str) -> bool:
    """Whether it has amounts of money, of which every cent counts."""
    return any(_kind(name) == "money" for name in units_in(question))


_DATUM = re.compile(r"\d\s?(?=([A-Za-z]\S*(?: \S+){0,2}))")


@lru_cache(maxsize=512)
def units_of_data(question: str) -> frozenset[Unit]:
    """The units that stand behind the numbers of a question, each as a whole: kilometres an hour."""
    return frozenset(
        unit for phrase in _DATUM.findall(plain(question).text) if (unit := _unit_at_start(phrase)[0])
    )


def fits_answer(unit: Unit, question: str) -> bool:
    """Whether a gold without a unit is meant in the answer's.

    It is if the question asks for this unit in words; else if it speaks of all that the unit is made of, and
    of no other of their kind. Angles are in degrees where nothing is said of radians.
    """
    asked = units_asked(question)
    if _is_of_another_extent(unit, question):
        return False
    if unit in asked:
        return True
    if _names_of_kinds(unit) & frozenset().union(*map(_names_of_kinds, asked)) or _asked_how_many(question):
        return False
    if len(unit) > 1 and unit in units_of_data(question):
        return all(_kinds(unit) != _kinds(each) or unit == each for each in units_of_data(question))
    spoken, names = units_in(question), {name for name, _ in unit}
    if names == {"degree"}:
        return "radian" not in spoken and not _NO_ANGLE.search(question) and bool(_ANGLE.search(question))
    if _asks_for_a_pure_number(question):
        return False
    if names == {"cent"}:  # amounts are in dollars unless cents are asked for
        return False
    if names == {"unit"}:
        return not any(_kind(name) in ("length", "mass", "time", "volume", "money") for name in spoken)
    kinds = {_kind(each) for each in names}
    rivals = {name for name in spoken - names if _kind(name) in kinds}
    return not rivals and (names <= spoken or (len(names) == 1 and kinds == {"money"}))


def unit_meant(unit: Unit, question: str) -> Unit | None:
    """The unit of the same kinds in which a question means a bare number; None where it names none, or two.

    That it asks for one in words is the clearest; else each factor is in the only unit of its kind that the
    question speaks of: of metres and seconds speeds are in metres a second.
    """
    asked = [each for each in units_asked(question) if _kinds(each) == _kinds(unit)]
    if asked:
        return asked[0] if len(asked) == 1 else None
    if units_asked(question) or _asks_for_a_pure_number(question):
        return None
    spoken = units_in(question)
    factors = [([each for each in spoken if _kind(each) == _kind(name)], power) for name, power in unit]
    if any(len(names) != 1 for names, _ in factors):
        return None
    return tuple(sorted((names[0], power) for names, power in factors))


def begins_with(unit: Unit, spelt: str, letter: str) -> bool:
    """Whether a letter stands for a unit that is spelt out elsewhere: the D of `6D` for `6 days`."""
    is_one = len(unit) == 1 and unit[0][1] == 1 and len(spelt) > 2 and spelt.isalpha()
    return is_one and spelt[:1].casefold() == letter.casefold()


def is_spoken_only_in(scales: Iterable[str], spelt: str, question: str) -> bool:
    """Whether a question has a unit only with a word of scale before it, as in `3 ten-thousand yuan`."""
    bare = re.escape(spelt.strip("\\").rstrip("s"))
    words = "|".join(map(re.escape, scales))
    if not re.search(rf"(?:{words})\s+(?:of\s+)?{bare}", question, re.IGNORECASE):
        return False
    return not re.search(rf"\d\s*{bare}", question, re.IGNORECASE)


_CENTS: dict[tuple[Unit, Unit], Fraction] = {
    ((("cent", 1),), (("dollar", 1),)): Fraction(1, 100),
    ((("dollar", 1),), (("cent", 1),)): Fraction(100),
}


@lru_cache(maxsize=512)
def factor(given: Unit, wanted: Unit) -> Fraction | None:
    """By what a value in one unit must be multiplied to be in the other; None where they do not convert."""
    if (given, wanted) in _CENTS:
        return _CENTS[given, wanted]
    if not _converts(given) or not _converts(wanted):
        return None
    import pint

    try:
        return Fraction(_registry().convert(Fraction(1), _container(given), _container(wanted)))
    except pint.PintError:
        return None


def _converts(unit: Unit) -> bool:
    """Whether it does, by a rational number that nobody doubts."""
    return _DO_NOT_CONVERT.isdisjoint(name for name, _ in unit)


def _container(unit: Unit) -> "UnitsContainer":
    return _registry().UnitsContainer({name: Fraction(power) for name, power in unit})


@cache
def _registry() -> "UnitRegistry[Fraction]":
    """Built once in a process, and only where two different units meet: that takes half a second."""
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)
