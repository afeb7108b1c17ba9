"""One quantity in several units: `2 h 30 min`, `5 ft 3 in`, `21°14'24"`, `69 days, 15:19:00`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tinyv_cli.maths.plain import plain

# Units of one kind, each with its spellings and by how many of the smallest it is, from the largest down.
_KINDS = (
    (
        ("week", "weeks? wks?", 604800),
        ("day", "days? D d", 86400),
        ("hour", "hours? hrs? h H", 3600),
        ("minute", "minutes? mins? (?<=\\d)[mM]", 60),
        ("second", "seconds? secs? s S", 1),
    ),
    (
        ("mile", "miles? mi", 63360),
        ("yard", "yards? yds?", 36),
        ("foot", "feet foot ft '", 12),
        ("inch", 'inch(?:es)? ins? "', 1),
    ),
    (
        ("degree", r"\^\\circ degrees? deg", 3600),
        ("minute", "' minutes? min", 60),
        ("second", "\" '' seconds? sec", 1),
    ),
    (("pound", "pounds? lbs? lb", 16), ("ounce", "ounces? oz", 1)),
    (("dollar", "dollars?", 100), ("cent", "cents?", 1)),
    (("meter", "meters? metres? m", 100), ("centimeter", "centimeters? centimetres? cm", 1)),
    (("kilogram", "kilograms? kg", 1000), ("gram", "grams? g", 1)),
)
_DEGREES = _KINDS[2]
_PRIME = re.compile(r"\^\s*\{?\s*('+)\s*\}?")
_CLOCK = r"(?P<clock>\d{1,4}:[0-5]\d:[0-5]\d)"
_TIMES = re.compile(r"(?P<first>\d{1,4}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Compound:
    """How much it is of the smallest unit that is named, and that unit."""

    value: Fraction
    unit: str
    text: str


def _pattern(kind: tuple[tuple[str, str, int], ...]) -> re.Pattern[str]:
    parts = [
        rf"(?:(?P<{name}>\d+(?:\.\d+)?)\s*(?:{'|'.join(spellings.split())})(?![A-Za-z]))?"
        for name, spellings, _ in kind
    ]
    between = r"(?:\s*,)?\s*(?:and\s+)?"
    clock = f"(?:{between}{_CLOCK})?" if kind is _KINDS[0] else ""
    return re.compile(between.join(parts) + clock)


_PATTERNS = tuple((kind, _pattern(kind)) for kind in _KINDS)


@lru_cache(maxsize=1024)
def compound(text: str) -> Compound | None:
    """The quantity, where at least two of its units are named."""
    flat = _PRIME.sub(r"\1", plain(text.replace("″", "''").replace("”", "''")).text)
    if not flat[:1].isdigit() or flat.isdigit():
        return None
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(flat)
        if found is None:
            continue
        said = {name: found[name] for name, _, _ in kind if found[name] is not None}
        clock = found["clock"] if kind is _KINDS[0] else None
        if len(said) + bool(clock) < 2 or (kind is _DEGREES and "degree" not in said):
            continue
        sizes = {name: size for name, _, size in kind}
        total = sum((Fraction(said[name]) * sizes[name] for name in said), Fraction(0))
        if clock:
            return _compound(total + _seconds(clock), "second")
        if kind is _DEGREES:
            return Compound(total / 3600, "degree", f"({total}/3600)")
        smallest = [name for name, _, _ in kind if name in said][-1]
        return _compound(total / sizes[smallest], smallest)
    return None


def _compound(value: Fraction, unit: str) -> Compound:
    return Compound(value, unit, str(value))


def _seconds(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def duration(text: str, *, in_hours: bool) -> Compound | None:
    """What `2:30:00` comes to; of `2:30` it has to be known whether these are hours or minutes."""
    found = _TIMES.fullmatch(plain(text).text)
    if found is None:
        return None
    if found["third"]:
        return _compound(Fraction(_seconds(found[0])), "second")
    unit = "minute" if in_hours else "second"
    return _compound(Fraction(int(found["first"]) * 60 + int(found["second"])), unit)
