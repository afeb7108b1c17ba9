r"""Sets of real numbers: intervals, inequalities, sets with a condition, words; right and wrong.

All of it goes by way of `tinyv_cli.maths.realsets`, so that what is written as the same is the same set, and
what is called wrong is another.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

import mpmath

from tinyv_cli.maths.questions import is_discrete, unknowns_asked, wants_a_tuple
from tinyv_cli.maths.realsets import End, Interval, RealSet, may_be_a_set, real_set
from training.generate.nearby import another_value
from training.generate.transformation import Task, same, wrong

LONGEST = 140


def _set(task: Task) -> RealSet | None:
    """The set of real numbers that the gold is; a set of points, a pair and whole numbers are none."""
    if len(task.gold) > LONGEST or "[asy" in task.gold:
        return None
    bracketed = re.match(r"(?:\\left)?[(\[]", task.gold)
    if not may_be_a_set(task.gold) and not (bracketed and _is_interval(task)):
        return None
    found = real_set(task.gold)
    if found is None or len(found.intervals) > 5 or all(each.low is each.high for each in found.intervals):
        return None
    return None if is_discrete(task.question) else found


def _is_interval(task: Task) -> bool:
    """Whether two values in brackets are the ends of an interval."""
    if re.search(r"\[.*\)|\(.*\]", task.gold):
        return True
    asks = re.search(
        r"interval|\b(?:range|domain)\b|inequalit|values of|creasing", task.question, re.IGNORECASE
    )
    return bool(asks) and not wants_a_tuple(task.question)


def _letter(found: RealSet, question: str) -> str | None:
    """The letter of the members: its own, that which the question asks for, or x; None if in doubt."""
    asked = _RANGE_OF.findall(question) or sorted(unknowns_asked(question))
    if found.name or asked:
        return found.name or asked[-1]
    letters = re.findall(r"(?<![A-Za-z\\])[b-z](?![A-Za-z'])", question)
    return "x" if "x" in letters or not letters else None


_RANGE_OF = re.compile(
    r"(?:range|values?|interval|solve|inequality)\s+(?:of|for|in)\s+(?:the\s+)?(?:real\s+)?(?:values\s+of\s+|numbers?\s+)?"
    r"(?:parameter\s+)?(?:\$|\\\()\s*([A-Za-z])\s*(?:\$|\\\))"
)


def _is_whole(found: RealSet) -> bool:
    return (
        len(found.intervals) == 1
        and _unbounded(found.intervals[0].low)
        and _unbounded(found.intervals[0].high)
    )


def _unbounded(end: End) -> bool:
    return end.text in ("∞", "-∞")


# Writing: each style has its signs


class _Style:
    """The signs in which a set is written: of LaTeX, of Unicode, of a programme."""

    def __init__(
        self, infinity: str, cup: str, less: str, less_equal: str, more: str, more_equal: str
    ) -> None:
        self.infinity, self.cup = infinity, cup
        self.less = {False: less, True: less_equal}
        self.more = {False: more, True: more_equal}


_STYLES = (
    _Style(r"\infty", r" \cup ", "<", r"\leq", ">", r"\geq"),
    _Style(r"\infty", r"\cup", "<", r"\le", ">", r"\ge"),
    _Style(r"\infty", r" \cup ", r"\lt", r"\leqslant", r"\gt", r"\geqslant"),
    _Style("∞", " ∪ ", "<", "≤", ">", "≥"),
    _Style("∞", "∪", "<", "≤", ">", "≥"),
    _Style("infinity", " U ", "<", "<=", ">", ">="),
    _Style("inf", " union ", "<", "<=", ">", ">="),
)


def _style(found: RealSet, rng: Random) -> _Style:
    """One of the styles; ends in LaTeX mostly stand among other LaTeX."""
    latex = any("\\" in end.text for end in found.ends)
    return rng.choice(_STYLES[:3] if latex and rng.random() < 0.85 else _STYLES)


def _as_interval(found: RealSet, style: _Style, rng: Random) -> str:
    plus = rng.choice(("", "", "+"))
    space = rng.choice((", ", ",", ", "))
    sized = rng.random() < 0.2 and "\\" in style.infinity
    pieces = [_bracketed(each, style, plus=plus, space=space, sized=sized) for each in found.intervals]
    return style.cup.join(pieces)


def _bracketed(each: Interval, style: _Style, *, plus: str, space: str, sized: bool) -> str:
    if each.low.text == each.high.text:
        return rf"\{{{each.low.text}\}}"
    low = each.low.text.replace("∞", style.infinity)
    high = each.high.text.replace("∞", plus + style.infinity)
    left, right = (r"\left", r"\right") if sized else ("", "")
    return f"{left}{'(['[each.low.closed]}{low}{space}{high}{right}{')]'[each.high.closed]}"


def _as_inequality(found: RealSet, letter: str, style: _Style, rng: Random) -> str:
    pieces = [_compared(each, letter, style, rng) for each in found.intervals]
    if rng.random() < 0.2:
        pieces.reverse()
    latex = "\\" in style.infinity
    return rng.choice((" or ", " or ", r" \text{ or } ") if latex else (" or ", " or ", " OR ")).join(pieces)


def _compared(each: Interval, letter: str, style: _Style, rng: Random) -> str:
    low, high = each.low, each.high
    if low.text == high.text:
        return f"{letter} = {low.text}"
    if _unbounded(low):
        if rng.random() < 0.1:
            return f"{high.text} {style.more[high.closed]} {letter}"
        return f"{letter} {style.less[high.closed]} {high.text}"
    if _unbounded(high):
        if rng.random() < 0.15:
            return f"{low.text} {style.less[low.closed]} {letter}"
        return f"{letter} {style.more[low.closed]} {low.text}"
    if rng.random() < 0.12:
        return f"{high.text} {style.more[high.closed]} {letter} {style.more[low.closed]} {low.text}"
    return f"{low.text} {style.less[low.closed]} {letter} {style.less[high.closed]} {high.text}"


def _squeezed(text: str, rng: Random) -> str:
    """Without spaces around signs, sometimes."""
    return re.sub(r"\s*(<=|>=|[<>≤≥=])\s*", r"\1", text) if rng.random() < 0.25 else text


# The same


@same("2.1")
def interval_as_inequality(task: Task, rng: Random) -> str | None:
    """`x < -5` for a set in any notation."""
    found = _set(task)
    letter = _letter(found, task.question) if found else None
    if found is None or letter is None or _is_whole(found):
        return None
    text = _as_inequality(found, letter, _style(found, rng), rng)
    return _checked(_squeezed(text, rng), found)


@same("2.1")
def inequality_as_interval(task: Task, rng: Random) -> str | None:
    """`(-∞, -5)` for a set in any notation, alone or after `x ∈`."""
    found = _set(task)
    if found is None:
        return None
    style = _style(found, rng)
    text = _as_interval(found, style, rng)
    letter = _letter(found, task.question)
    if letter and rng.random() < 0.2:
        member = r"\in" if "\\" in style.infinity else "∈"
        text = f"{letter} {member} {text}"
    return _checked(text, found)


@same("2.1")
def interval_as_set(task: Task, rng: Random) -> str | None:
    r"""`\{x \mid x < -5\}`."""
    found = _set(task)
    if found is None or _is_whole(found):
        return None
    letter, style = _letter(found, task.question) or "x", _style(found, rng)
    condition = _as_inequality(found, letter, style, rng)
    forms = (
        r"\{@ \mid #\}",
        r"\{@ | #\}",
        r"\left\{@ \mid #\right\}",
        r"\{@: #\}",
        r"\{ @ | # \}",
        r"\{@ \in \mathbb{R} \mid #\}",
        r"\{@|#\}",
    )
    plain = ("{@ | #}", "{@ : #}", "{@|#}", "{@ ∈ ℝ | #}")
    text = rng.choice(forms if "\\" in style.infinity else plain)
    return _checked(text.replace("@", letter).replace("#", condition), found)


@same("2.1")
def interval_turned(task: Task, rng: Random) -> str | None:
    """The parts of a union in another order, or an inequality read from the other side."""
    found = _set(task)
    if found is None or len(found.intervals) < 2:
        return None
    pieces = list(found.intervals)
    rng.shuffle(pieces)
    return _checked(_as_interval(RealSet(tuple(pieces)), _style(found, rng), rng), found)


@same("2.1")
def all_but_points(task: Task, rng: Random) -> str | None:
    r"""`x \neq 3`, `ℝ \ {3}`, `all real numbers except 3`, for a line with holes."""
    found = _set(task)
    points = _holes(found) if found else []
    letter = _letter(found, task.question) if found else None
    if letter is None or not points:
        return None
    joined = ", ".join(points)
    spoken = " and ".join(points)
    each = r" \text{ and } ".join(rf"{letter} \neq {point}" for point in points)
    forms = (
        *(each, rf"\mathbb{{R}} \setminus \{{{joined}\}}", f"{letter} ≠ {joined}", rf"{letter} \ne {joined}"),
        *(
            f"all real numbers except {spoken}",
            f"All reals except {spoken}",
            rf"\{{{letter} \mid {letter} \neq {joined}\}}",
        ),
        *(f"{letter} != {spoken}", f"{letter} can be any real number except {spoken}", f"R \\ {{{joined}}}"),
        rf"{letter} \in \mathbb{{R}}, {letter} \neq {joined}",
    )
    return rng.choice(forms)


def _holes(found: RealSet) -> list[str]:
    """The points that are missing from the line, where nothing else is."""
    ends = found.ends
    if len(found.intervals) < 2 or not (_unbounded(ends[0]) and _unbounded(ends[-1])):
        return []
    inner = [(ends[at], ends[at + 1]) for at in range(1, len(ends) - 1, 2)]
    missing = all(one.text == other.text and not one.closed and not other.closed for one, other in inner)
    return [one.text for one, _ in inner] if missing else []


@same("2.1")
def interval_in_words(task: Task, rng: Random) -> str | None:
    """`all real numbers less than 1`, `x is between 2 and 3, inclusive`."""
    found = _set(task)
    letter = _letter(found, task.question) if found else None
    if found is None or letter is None or _is_whole(found) or len(found.intervals) > 2:
        return None
    said = [_spoken(each, rng) for each in found.intervals]
    if not all(said):
        return None
    text = rng.choice(
        (
            "{l} is {s}",
            "{l} must be {s}",
            "all real numbers {s}",
            "all {l} {s}",
            "All real numbers {s}",
            "numbers {s}",
            "{l} can be any number {s}",
            "any real number {s}",
            "${l}$ is {s}",
        )
    )
    return text.format(l=letter, s=" or ".join(each for each in said if each))


def _spoken(each: Interval, rng: Random) -> str | None:
    low, high = each.low, each.high
    if low.text == high.text:
        return None
    if _unbounded(low):
        return f"{rng.choice(_AT_MOST if high.closed else _BELOW)} {high.text}"
    if _unbounded(high):
        return f"{rng.choice(_AT_LEAST if low.closed else _ABOVE)} {low.text}"
    if low.closed and high.closed:
        return rng.choice(
            ("between {} and {} inclusive", "from {} to {}, both included", "between {} and {} (inclusive)")
        ).format(low.text, high.text)
    if low.closed or high.closed:
        first = f"{rng.choice(_AT_LEAST if low.closed else _ABOVE)} {low.text}"
        return f"{first} and {rng.choice(_AT_MOST if high.closed else _BELOW)} {high.text}"
    return rng.choice(
        ("strictly between {} and {}", "between {} and {}, exclusive", "greater than {} and less than {}")
    ).format(low.text, high.text)


_BELOW = ("less than", "smaller than", "strictly less than", "below")
_AT_MOST = ("at most", "less than or equal to", "no greater than", "not more than", "no more than")
_ABOVE = ("greater than", "larger than", "strictly greater than", "above", "more than")
_AT_LEAST = ("at least", "greater than or equal to", "no less than", "not less than")


def _checked(text: str, found: RealSet) -> str | None:
    """The text, where it is read as the same set."""
    again = _read(text)
    return text if again is not None and _ends(again) == _ends(found) else None


def _read(text: str) -> RealSet | None:
    return real_set(text.replace(" union ", " U ").replace(" OR ", " or "))


def _ends(found: RealSet) -> list[tuple[str, bool]]:
    """Its ends by their values, however they are written."""
    return [(mpmath.nstr(end.value, 10), end.closed) for end in found.ends]


# Wrong: each change makes other intervals, which are written in any of the ways

Change = Callable[[Sequence[Interval], Random], Sequence[Interval] | None]


def _written(task: Task, change: Change, rng: Random) -> str | None:
    """The changed set, in the notation of the gold or another."""
    found = _set(task)
    changed = change(found.intervals, rng) if found else None
    if found is None or not changed:
        return None
    other, style = RealSet(tuple(changed), found.name), _style(found, rng)
    letter = _letter(found, task.question) or "x"
    bracketed = _as_interval(other, style, rng)
    compared = _as_inequality(other, letter, style, rng)
    in_set = rf"\{{{letter} \mid {compared}\}}"
    text = (
        bracketed
        if _looks_bracketed(task.gold) == (rng.random() < 0.7)
        else rng.choice((compared, compared, in_set))
    )
    return text if _is_other(text, found) else None


def _looks_bracketed(gold: str) -> bool:
    return bool(re.match(r"(?:\\left)?[(\[]", gold))


def _is_other(text: str, found: RealSet) -> bool:
    """Whether it can be read, and is another set."""
    again = _read(text)
    return again is not None and _ends(again) != _ends(found)


def _with(intervals: Sequence[Interval], at: int, each: Interval) -> Sequence[Interval]:
    return [*intervals[:at], each, *intervals[at + 1 :]]


def _turned(end: End) -> End:
    return End(end.text, end.value, not end.closed)


@wrong()
def interval_end_opened(task: Task, rng: Random) -> str | None:
    """A closed end opened, or an open one closed: `<` for `≤`."""
    return _written(task, _end_turned, rng)


def _end_turned(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval] | None:
    at = rng.randrange(len(intervals))
    each = intervals[at]
    if each.low is each.high or each.low.text == each.high.text:
        return None
    turns = [Interval(_turned(each.low), each.high)] * (not _unbounded(each.low))
    turns += [Interval(each.low, _turned(each.high))] * (not _unbounded(each.high))
    if len(turns) == 2:
        turns.append(Interval(_turned(each.low), _turned(each.high)))
    return _with(intervals, at, rng.choice(turns)) if turns else None


@wrong()
def interval_all_ends_turned(task: Task, rng: Random) -> str | None:
    """All closed ends opened and all open ones closed."""

    def change(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval]:
        return [
            Interval(*(end if _unbounded(end) else _turned(end) for end in (each.low, each.high)))
            for each in intervals
        ]

    return _written(task, change, rng)


@wrong()
def interval_end_moved(task: Task, rng: Random) -> str | None:
    """One end another number."""
    return _written(task, _end_moved, rng)


def _end_moved(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval] | None:
    at = rng.randrange(len(intervals))
    each = intervals[at]
    low_moves = not _unbounded(each.low) and (_unbounded(each.high) or rng.random() < 0.5)
    end = each.low if low_moves else each.high
    text = None if _unbounded(end) else another_value(end.text, rng)
    if text is None:
        return None
    other = End(text, end.value, end.closed)
    return _with(intervals, at, Interval(other, each.high) if low_moves else Interval(each.low, other))


@wrong()
def interval_direction(task: Task, rng: Random) -> str | None:
    """`>` for `<`: the other ray, or the outside of an interval."""
    return _written(task, _complement, rng)


def _complement(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval] | None:
    """What is left of the line; sometimes the ends stay with it, as they do when only the sign is turned."""
    kept = rng.random() < 0.6
    lowest, highest = End("-∞", -_INFINITY, False), End("∞", _INFINITY, False)
    left, low = [], lowest
    for each in intervals:
        if not _unbounded(each.low):
            left.append(Interval(low, each.low if kept else _turned(each.low)))
        low = each.high if kept else _turned(each.high)
    if not _unbounded(intervals[-1].high):
        left.append(Interval(low, highest))
    return left


_INFINITY = float("inf")


@wrong()
def interval_part_dropped(task: Task, rng: Random) -> str | None:
    """One part of a union, or only one end of an interval."""
    return _written(task, _part_dropped, rng)


def _part_dropped(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval] | None:
    if len(intervals) > 1:
        at = rng.randrange(len(intervals))
        return [*intervals[:at], *intervals[at + 1 :]]
    each = intervals[0]
    if _unbounded(each.low) or _unbounded(each.high):
        return None
    lowest, highest = End("-∞", -_INFINITY, False), End("∞", _INFINITY, False)
    return [rng.choice((Interval(lowest, each.high), Interval(each.low, highest)))]


@wrong()
def interval_sign_changed(task: Task, rng: Random) -> str | None:
    """The set mirrored at zero: `x > -3` for `x < 3`, or only its end: `x < -3`."""
    return _written(task, rng.choice((_mirrored, _ends_negated)), rng)


def _mirrored(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval]:
    return [Interval(_negated(each.high), _negated(each.low)) for each in reversed(intervals)]


def _negated(end: End) -> End:
    if end.text == "0":
        return end
    return End(end.text[1:].strip() if end.text.startswith("-") else f"-{end.text}", -end.value, end.closed)


def _ends_negated(intervals: Sequence[Interval], rng: Random) -> Sequence[Interval] | None:
    each = intervals[0]
    if len(intervals) > 1 or _unbounded(each.low) == _unbounded(each.high):
        return None
    return [Interval(*(end if _unbounded(end) else _negated(end) for end in (each.low, each.high)))]


@wrong()
def interval_hole_dropped(task: Task, rng: Random) -> str | None:
    """All real numbers, where there are points that do not belong to it; or one too few of them."""
    found = _set(task)
    points = _holes(found) if found else []
    if found is None or not points:
        return None
    letter = _letter(found, task.question) or "x"
    other = another_value(rng.choice(points), rng)
    whole = (r"\mathbb{R}", "all real numbers", r"(-\infty, \infty)")
    moved = (
        (
            rf"{letter} \neq {other}",
            f"all real numbers except {other}",
            rf"\mathbb{{R}} \setminus \{{{other}\}}",
        )
        if other
        else ()
    )
    forms = (
        *whole,
        *moved,
        f"{letter} = {points[0]}",
        rf"\{{{', '.join(points)}\}}",
        rf"({points[0]}, \infty)",
    )
    text = rng.choice(forms)
    return None if other in points and text in moved else text


@wrong()
def interval_intersected(task: Task, rng: Random) -> str | None:
    """The intersection of the parts of a union, or `and` for `or`."""
    found = _set(task)
    if found is None or len(found.intervals) < 2:
        return None
    if r"\cup" in task.gold and rng.random() < 0.6:
        return task.gold.replace(r"\cup", r"\cap")
    compared = _as_inequality(found, _letter(found, task.question) or "x", _style(found, rng), rng)
    return re.sub(r" (?:or|OR) |\s*\\text\{ or \}\s*", " and ", compared)


@wrong()
def interval_as_points(task: Task, rng: Random) -> str | None:
    """Only the ends, as if an equation had been solved."""
    found = _set(task)
    ends = list(dict.fromkeys(end.text for end in found.ends if not _unbounded(end))) if found else []
    if found is None or not ends:
        return None
    letter = _letter(found, task.question) or "x"
    return rng.choice(
        (
            f"{letter} = {' or '.join(ends)}",
            ", ".join(ends),
            rf"\{{{', '.join(ends)}\}}",
            f"{letter} = {ends[0]}",
        )
    )


@wrong()
def interval_in_wrong_words(task: Task, rng: Random) -> str | None:
    """A change, said in words."""
    found = _set(task)
    change = rng.choice((_end_turned, _end_moved, _complement))
    changed = change(found.intervals, rng) if found else None
    if found is None or not changed or len(changed) > 2:
        return None
    text = _as_inequality(RealSet(tuple(changed)), "x", _STYLES[0], rng)
    said = [_spoken(each, rng) for each in changed]
    if not all(said) or not _is_other(text, found):
        return None
    start = rng.choice(
        ("all real numbers {}", "{l} is {}", "any number {}", "all {l} {}", "All real numbers {}")
    )
    return start.format(" or ".join(each for each in said if each), l=_letter(found, task.question) or "x")


@wrong()
def relation_turned(task: Task, rng: Random) -> str | None:
    """Another sign in an inequality of any kind, also between expressions and in sets with a condition."""
    signs = list(_SIGN.finditer(task.gold))
    if not signs or len(task.gold) > 200 or (len(signs) > 1 and not _set(task)):
        return None
    place = rng.choice(signs)
    others = [each for each in _OTHER_SIGNS[_PLAIN[place[0].strip()]] if "≠" not in each or len(signs) == 1]
    sign = rng.choice(others)
    return f"{task.gold[: place.start()]}{sign}{task.gold[place.end() :]}"


_PLAIN = {
    **dict.fromkeys(("<", r"\lt"), "<"),
    **dict.fromkeys((">", r"\gt"), ">"),
    **dict.fromkeys(("≤", "<=", r"\le", r"\leq", r"\leqslant"), "≤"),
    **dict.fromkeys(("≥", ">=", r"\ge", r"\geq", r"\geqslant"), "≥"),
}
_SIGN = re.compile(r"\\(?:leqslant|geqslant|leq|geq|le|ge|lt|gt)(?![A-Za-z])\s?|<=|>=|[<>≤≥](?!=)")
_OTHER_SIGNS = {
    "<": (">", r"\leq ", ">", "="),
    ">": ("<", r"\geq ", "<", "="),
    "≤": ("<", r"\geq ", "<", ">", "="),
    "≥": (">", r"\leq ", ">", "<", "="),
}
