r"""Sets that repeat, with an integer parameter in their ends: `[2k\pi, \pi + 2k\pi]`, `x \ne k\pi`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.families import Families, Linear, NoFamilyError, families, linear, without_integer
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.realsets import in_one_spelling

_COMPARED = re.compile(r"([<>≤≥])")
_NAME = re.compile(r"(?:\\?[A-Za-z]+)?")
_MEMBER = re.compile(r"(?P<name>\\?[A-Za-z]+) ?∈ ?(?P<set>.+)")
_BUILDER = re.compile(r"(?P<name>\\?[A-Za-z]+) ?(?:∈ ?ℝ ?)?[|:,] ?(?P<condition>.+)")
_EXCEPT = re.compile(r"(?P<name>\\?[A-Za-z]+) ?≠ ?(?P<points>.+)")
_WITHOUT = re.compile(r"(?:ℝ|(?P<name>\\?[A-Za-z]+)) ?∖ ?(?:\\?[A-Za-z]+ ?= ?)?(?P<points>.+)")
MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Repeated:
    """An interval that repeats, or what is left of all numbers without points that do (`except_`)."""

    name: str
    parts: tuple[tuple[Linear, Linear, bool, bool], ...] = ()
    except_: Families | None = None
    said: bool = False


@lru_cache(maxsize=512)
def repeated(text: str) -> Repeated | None:
    """The set that a text is, where its ends have an integer parameter; None for anything else."""
    body, letter, said = without_integer(text)
    if not letter:
        return None
    try:
        return _repeated(in_one_spelling(body).strip(" ,;"), letter, said=said)
    except NoFamilyError:
        return None


def _repeated(text: str, letter: str, *, said: bool) -> Repeated | None:
    if text[:1] == "{" and (within := inside(text)):
        found = _BUILDER.fullmatch(within.strip(" ,"))
        return found and _repeated(found["condition"].strip(" ,()"), letter, said=said)
    if found := _EXCEPT.fullmatch(text) or _WITHOUT.fullmatch(text):
        points = found["points"].strip()
        points = inside(points) or points if points[:1] == "{" else points
        left_out = families(f"{points}, {letter} \\in \\mathbb{{Z}}")
        return Repeated(found["name"] or "", except_=left_out, said=said) if left_out else None
    name = ""
    if found := _MEMBER.fullmatch(text):
        name, text = found["name"], found["set"].strip()
    parts, names = [], {name}
    for part in re.split("∪| or ", text)[:MOST_PARTS]:
        each, called = _part(part.strip(), letter)
        parts.append(each)
        names.add(called)
    names.discard("")
    return Repeated("".join(names), tuple(parts), said=said) if len(names) < 2 else None


def _part(text: str, letter: str) -> tuple[tuple[Linear, Linear, bool, bool], str]:
    if text[:1] in ("(", "[") and text[-1:] in (")", "]") and not _COMPARED.search(text):
        ends = split(text[1:-1], ",") or []
        if len(ends) != 2:
            raise NoFamilyError
        return (_end(ends[0], letter), _end(ends[1], letter), text[0] == "[", text[-1] == "]"), ""
    pieces = [piece.strip() for piece in _COMPARED.split(text)]
    if len(pieces) != 5 or not _NAME.fullmatch(pieces[2]):
        raise NoFamilyError
    low, first, name, second, high = pieces
    if {first, second} <= {">", "≥"}:
        low, first, second, high = high, second, first, low
        first, second = ({">": "<", "≥": "≤"}[sign] for sign in (first, second))
    if not {first, second} <= {"<", "≤"}:
        raise NoFamilyError
    return (_end(low, letter), _end(high, letter), first == "≤", second == "≤"), name


def _end(text: str, letter: str) -> Linear:
    node = read(text)
    if node is None:
        raise NoFamilyError
    found = linear(node, letter)
    if len(found.step) != 1:
        raise NoFamilyError
    return found


def same_repeated(first: Repeated, second: Repeated) -> bool:
    """Whether each part of one has a part of the other with the same ends, but for periods."""
    if len(first.parts) != len(second.parts) or not first.parts:
        return False
    free = list(second.parts)
    for part in first.parts:
        twin = next((other for other in free if _are_the_same(part, other)), None)
        if twin is None:
            return False
        free.remove(twin)
    return True


def _are_the_same(
    first: tuple[Linear, Linear, bool, bool], second: tuple[Linear, Linear, bool, bool]
) -> bool:
    (low, high, *closed), (other_low, other_high, *other_closed) = first, second
    steps = {each.step[0][0]: abs(each.step[0][1]) for each in (low, high, other_low, other_high)}
    signed = {each.step for each in (low, high)}, {each.step for each in (other_low, other_high)}
    if closed != other_closed or len(steps) != 1 or any(len(each) != 1 for each in signed):
        return False
    if len({abs(each.step[0][1]) for each in (low, high, other_low, other_high)}) != 1:
        return False
    [(unit, step)] = steps.items()
    moved = [_apart(*both) for both in ((low, other_low), (high, other_high))]
    return (
        moved[0] == moved[1]
        and set(moved[0]) <= {unit}
        and (moved[0].get(unit, Fraction(0)) / step).denominator == 1
    )


def _apart(first: Linear, second: Linear) -> dict[str, Fraction]:
    ours, theirs = dict(first.offset), dict(second.offset)
    texts = {*ours, *theirs}
    differences = {text: theirs.get(text, Fraction(0)) - ours.get(text, Fraction(0)) for text in texts}
    return {text: value for text, value in differences.items() if value}
