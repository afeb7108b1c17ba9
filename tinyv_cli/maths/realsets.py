r"""Sets of real numbers in every notation, as one normal form: intervals one after another that do not touch.

`k < -5`, `(-\infty, -5)` and `\{k \mid k < -5\}` are the same set. Ends keep the text in which they were
written, so that their equality can be proved by whatever shows that two numbers are the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import mpmath

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import NAME, number, unwrapped
from tinyv_cli.maths.values import AGREE

_SPELLED = tuple(
    (re.compile(pattern, re.IGNORECASE if words else 0), sign)
    for pattern, sign, words in (
        (r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])|<=|[⩽≦]", "≤", False),
        (r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])|>=|[⩾≧]", "≥", False),
        (r"\\lt(?![A-Za-z])", "<", False),
        (r"\\gt(?![A-Za-z])", ">", False),
        (r"\\(?:neq|ne)(?![A-Za-z])|\\not\s*=|!=|/=|<>", "≠", False),
        (r"\\in(?![A-Za-z])", "∈", False),
        (r"\\(?:big)?cup(?![A-Za-z])|(?<=[\])}])\s*U\s*(?=[\[({])", "∪", False),
        (r"\\(?:setminus|backslash|smallsetminus)(?![A-Za-z])", "∖", False),
        (r"\\infty(?![A-Za-z])|\binfinity\b|\binfty\b|\binf\b", "∞", True),
        (
            r"\\(?:mathbb|mathbf|Bbb|bf)\s*(?:\{\s*R\s*\}|R(?![A-Za-z]))|\\(?:R|reals|Reals)(?![A-Za-z])",
            "ℝ",
            False,
        ),
        (r"\b(?:the set of )?(?:all|any|every) reals?(?: numbers?)?\b", "ℝ", True),
        (r"\\(?:lor|vee)(?![A-Za-z])|,?\s*\bor\b", " or ", False),
        (r"\\(?:land|wedge)(?![A-Za-z])|\band\b", " and ", False),
        (r"\\(?:mid|vert|colon)(?![A-Za-z])|∣", "|", False),
    )
)
_HINT = re.compile(
    r"[<>≤≥⩽⩾≠∪∈∞ℝ]|!=|\b[Rr]eals?\b|\b[Ii]nf|[\])}]\s*U"
    r"|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?|in|infty|(?:big)?cup|mathbb|mathbf|R|setminus)(?![A-Za-z])"
)
_TURNED = re.compile(
    r"(?P<opening>[\[\]])(?P<ends>[^()\[\]{}∪,;]+[,;][^()\[\]{}∪,;]+)(?P<closing>[\[\]])"
)  # ]0, 1[ for (0, 1)
_COMPARED = re.compile(r"([<>≤≥≠=])")
_BOUND = re.compile(rf"(?P<name>{NAME})\s*(?:∈\s*ℝ\s*)?[|:](?P<condition>.+)")
_MEMBER = re.compile(rf"(?P<name>{NAME})\s*∈(?P<set>.+)")
_WITHOUT = re.compile(r"ℝ\s*(?:∖|-|\bexcept\b(?: for)?)\s*(?P<points>.+)")
_MIRRORED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠", "=": "="}
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval: as it is written, its value, and whether it belongs to it."""

    text: str
    value: mpmath.mpf
    closed: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends; a point, where both are the same."""

    low: End
    high: End

    def __str__(self) -> str:
        if self.low.text == self.high.text:
            return f"{{{self.low.text}}}"
        return f"{'(['[self.low.closed]}{self.low.text}, {self.high.text}{')]'[self.high.closed]}"


@dataclass(frozen=True, slots=True)
class RealSet:
    """A set in normal form, and the letter for its members, empty where it is bound or missing."""

    intervals: tuple[Interval, ...]
    name: str = ""

    @property
    def is_bounded(self) -> bool:
        """Whether it ends on both sides."""
        return bool(mpmath.isfinite(self.intervals[0].low.value + self.intervals[-1].high.value))

    @property
    def ends(self) -> list[End]:
        """The ends of all its intervals, from low to high."""
        return [end for each in self.intervals for end in (each.low, each.high)]

    @property
    def has_whole_ends(self) -> bool:
        """Whether all numbers in which it ends are integers."""
        return all(mpmath.isint(end.value) for end in self.ends if mpmath.isfinite(end.value))

    def __str__(self) -> str:
        return " ∪ ".join(map(str, self.intervals))


class NoSetError(Exception):
    """The text is no set of real numbers that can be read here."""


_LOWEST, _HIGHEST = End("-∞", -mpmath.inf, False), End("∞", mpmath.inf, False)
_WHOLE = RealSet((Interval(_LOWEST, _HIGHEST),))


def may_be_a_set(text: str) -> bool:
    """Whether a sign of an inequality, a union or the like stands in it."""
    return bool(_HINT.search(text))


@lru_cache(maxsize=1024)
def real_set(text: str) -> RealSet | None:
    """The set that is written there, with numbers for ends; None for anything else."""
    try:
        return _union(in_one_spelling(text))
    except NoSetError:
        return None


def in_one_spelling(text: str) -> str:
    """The text with one sign for each relation and each operation of sets, and brackets turned inward."""
    text = unwrapped(text)
    for pattern, sign in _SPELLED:
        text = pattern.sub(sign, text)
    return _TURNED.sub(_turned_inward, text).strip()


def _turned_inward(found: re.Match[str]) -> str:
    """Brackets that are turned outward leave the end out, as round ones do."""
    return f"{'(['[found['opening'] == '[']}{found['ends']}{')]'[found['closing'] == ']']}"


def _union(text: str) -> RealSet:
    parts = [_intersection(part) for part in _parts(text.replace("∪", " or "), " or ")]
    if len(parts) == 1:
        return parts[0]
    return RealSet(_joined(each for part in parts for each in part.intervals), _one_name(parts))


def _intersection(text: str) -> RealSet:
    """What several inequalities say together; of intervals nobody knows whether `and` joins or cuts them."""
    if _COMPARED.search(text) is None or inside(text):
        return _simple(text)
    parts = [_simple(part) for part in _parts(text, " and ")]
    if len(parts) > 1 and not all(part.name for part in parts):
        raise NoSetError
    intervals = parts[0].intervals
    for part in parts[1:]:
        intervals = tuple(_common(intervals, part.intervals))
    if not intervals:
        raise NoSetError
    return RealSet(intervals, _one_name(parts))


def _parts(text: str, word: str) -> list[str]:
    """The parts between a word that stands outside of brackets."""
    parts = split(text.replace(word, "\0"), "\0")
    if parts is None or len(parts) > MOST_PARTS or not all(parts):
        raise NoSetError
    return parts


def _one_name(parts: Iterable[RealSet]) -> str:
    names = {part.name for part in parts if part.name}
    if len(names) > 1:
        raise NoSetError
    return names.pop() if names else ""


def _simple(text: str) -> RealSet:
    text = text.strip()
    if text == "ℝ":
        return _WHOLE
    if found := _WITHOUT.fullmatch(text):
        return _without(found["points"])
    if found := _MEMBER.fullmatch(text):
        return RealSet(_union(found["set"].strip()).intervals, found["name"])
    if text[:1] == "{":
        return _in_braces(text)
    if text[:1] == "(" and _COMPARED.search(text):
        return _union(inside(text) or "")
    if text[:1] in ("(", "[") and text[-1:] in (")", "]"):
        return RealSet((_interval(text),))
    return _inequality(text)


def _without(points: str) -> RealSet:
    """All numbers but a few."""
    within = inside(points) if points[0] == "{" else points
    if not within:
        raise NoSetError
    return RealSet(_but([_end(point, closed=False) for point in split(within, ",") or ()]))


def _but(points: list[End]) -> tuple[Interval, ...]:
    points.sort(key=lambda end: end.value)
    if not points or any(_equal(*pair) for pair in pairwise(points)):
        raise NoSetError
    return tuple(
        Interval(low, high) for low, high in zip([_LOWEST, *points], [*points, _HIGHEST], strict=True)
    )


def _in_braces(text: str) -> RealSet:
    """A condition on its members, which it binds, or the members themselves."""
    within = inside(text)
    if not within:
        raise NoSetError
    bound = _BOUND.fullmatch(within)
    if bound:
        conditions = _union(bound["condition"].strip())
        if conditions.name != bound["name"]:
            raise NoSetError
        return RealSet(conditions.intervals)
    if _COMPARED.search(within):
        return RealSet(_union(within).intervals)
    ends = [_end(point, closed=True) for point in split(within, ",") or ()]
    points = _joined(Interval(end, end) for end in ends)
    if len(points) < len(ends):
        raise NoSetError
    return RealSet(points)


def _interval(text: str) -> Interval:
    """Between brackets of either kind."""
    ends = split(text[1:-1], ",") or split(text[1:-1], ";")
    if not ends or len(ends) != 2:
        raise NoSetError
    return _between(_end(ends[0], closed=text[0] == "["), _end(ends[1], closed=text[-1] == "]"))


def _between(low: End, high: End) -> Interval:
    infinite_inside = low.value == mpmath.inf or high.value == -mpmath.inf
    if infinite_inside or low.value >= high.value or _equal(low, high):
        raise NoSetError
    return Interval(low, high)


def _end(text: str, *, closed: bool) -> End:
    bare = text.replace(" ", "")
    if bare in ("∞", "+∞", "-∞"):
        if closed:
            raise NoSetError
        return _LOWEST if bare == "-∞" else _HIGHEST
    value = number(text)
    if value is None:
        raise NoSetError
    return End(text.strip(), value, closed)


def _inequality(text: str) -> RealSet:
    """One sign between a letter and a number, or two that look the same way, with the letter between."""
    parts = [part.strip() for part in _COMPARED.split(text)]
    if len(parts) == 3:
        left, sign, right = parts
        if not _is_name(left):
            left, sign, right = right, _MIRRORED[sign], left
        if not _is_name(left):
            raise NoSetError
        return RealSet(_half(sign, right), left)
    if len(parts) != 5 or not _is_name(parts[2]):
        raise NoSetError
    low, first, name, second, high = parts
    if {first, second} <= {">", "≥"}:
        low, first, second, high = high, _MIRRORED[second], _MIRRORED[first], low
    if not {first, second} <= {"<", "≤"}:
        raise NoSetError
    interval = _between(_end(low, closed=first == "≤"), _end(high, closed=second == "≤"))
    return RealSet((interval,), name)


def _half(sign: str, text: str) -> tuple[Interval, ...]:
    if sign == "≠":
        points = split(text, ",") or []
        return _but([_end(point, closed=False) for point in points])
    end = _end(text, closed=sign in "≤≥=")
    if sign == "=":
        return (Interval(end, end),)
    return (_between(_LOWEST, end) if sign in "<≤" else _between(end, _HIGHEST),)


def _is_name(text: str) -> bool:
    return bool(re.fullmatch(NAME, text)) and number(text) is None


def _equal(first: End, second: End) -> bool:
    if not (mpmath.isfinite(first.value) and mpmath.isfinite(second.value)):
        return bool(first.value == second.value)
    return bool(abs(first.value - second.value) <= AGREE * max(1, abs(first.value)))


def _joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, and as one where they meet."""
    done: list[Interval] = []
    for each in sorted(intervals, key=lambda interval: (interval.low.value, not interval.low.closed)):
        if done and _meet(done[-1], each):
            done[-1] = Interval(done[-1].low, _further(done[-1].high, each.high))
        else:
            done.append(each)
    return tuple(done)


def _meet(first: Interval, second: Interval) -> bool:
    if _equal(first.high, second.low):
        return first.high.closed or second.low.closed
    return bool(second.low.value < first.high.value)


def _further(first: End, second: End) -> End:
    if _equal(first, second):
        return first if first.closed else second
    return max(first, second, key=lambda end: end.value)


def _nearer(first: End, second: End) -> End:
    if _equal(first, second):
        return second if first.closed else first
    return min(first, second, key=lambda end: end.value)


def _common(first: Iterable[Interval], second: tuple[Interval, ...]) -> Iterable[Interval]:
    """What both have; a single point that is left is too rare to be kept."""
    for one in first:
        for other in second:
            low = _mirrored(_nearer(_mirrored(one.low), _mirrored(other.low)))
            high = _nearer(one.high, other.high)
            if low.value < high.value and not _equal(low, high):
                yield Interval(low, high)


def _mirrored(end: End) -> End:
    return End(end.text, -end.value, end.closed)
