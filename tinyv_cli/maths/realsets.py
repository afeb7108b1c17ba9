r"""Sets of real numbers in every notation, as one normal form: intervals one after another that do not touch.

`k < -5`, `(-\infty, -5)`, `\{k \mid k < -5\}` and `k + 5 < 0` are the same set. Ends keep the text in which
they were written, so that their equality can be proved by whatever shows that two numbers are the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import mpmath

from tinyv_cli.maths.brackets import inside, split
from tinyv_cli.maths.forms import NAME, number, unwrapped
from tinyv_cli.maths.mixed import with_sums
from tinyv_cli.maths.reading import GREEK_LETTERS, Node, read
from tinyv_cli.maths.set_words import in_signs
from tinyv_cli.maths.signs import PLUS_MINUS
from tinyv_cli.maths.solving import Constant, NotSolvedError, Piece, bars, put, solved
from tinyv_cli.maths.values import AGREE

_SPELLED = tuple(
    (re.compile(pattern, re.IGNORECASE if words else 0), sign)
    for pattern, sign, words in (
        (r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])|<=|[⩽≦]", "≤", False),
        (r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])|>=|[⩾≧]", "≥", False),
        (r"\\lt(?![A-Za-z])|＜", "<", False),
        (r"\\gt(?![A-Za-z])|＞", ">", False),
        (r"\\(?:neq|ne)(?![A-Za-z])|\\not\s*=|!=|/=|<>", "≠", False),
        (r"\\in(?![A-Za-z])", "∈", False),
        (r"\\(?:big)?cup(?![A-Za-z])|(?<=[\])}])\s*U\s*(?=[\[({])", "∪", False),
        (r"\\(?:big)?cap(?![A-Za-z])", "∩", False),
        (r"\\(?:setminus|backslash|smallsetminus)(?![A-Za-z])", "∖", False),
        (r"\\(?:emptyset|varnothing)(?![A-Za-z])|\{ ?\}|\b(?:the )?empty set\b", "∅", False),
        (r"\\infty(?![A-Za-z])|\binfinity\b|\binfty\b|\binf\b", "∞", True),
        (
            r"\\(?:mathbb|mathbf|Bbb|bf)\s*(?:\{\s*R\s*\}|R(?![A-Za-z]))|\\(?:R|reals|Reals)(?![A-Za-z])"
            r"|(?<=∈ )R\b|(?<=∈)R\b|\AR(?=\s*(?:[∖({\[]|[-−–] ?\{))|\AR\Z",
            "ℝ",
            False,
        ),
        (
            r"(?:\b[a-z] (?:is|can be|may be) )?\b(?:the set of )?(?:all|any|every) (?:of the )?reals?"
            r"(?: numbers?| values?)?\b(?:(?: of)? [a-z](?=\s*(?:\Z|∖)))?",
            "ℝ",
            True,
        ),
        (r"(?<=ℝ) ?[-−–]? ?(?=\{)|(?<=ℝ) ?(?=[(\[])", "∖", False),
        (r"\\(?:lor|vee)(?![A-Za-z])|,?\s*\bor\b|∨", " or ", False),
        (r"\\(?:land|wedge)(?![A-Za-z])|,?\s*\band\b|[∧&且]", " and ", False),
        (r"\\(?:mid|vert|colon)(?![A-Za-z])|∣", "|", False),
    )
)
_HINT = re.compile(
    r"[<>≤≥⩽⩾≠∪∈∞ℝ∖]|!=|\b[Rr]eals?\b|\b[Ii]nf|[\])}]\s*U|R ?\\ ?[({]"
    r"|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?|in|infty|(?:big)?cup|mathbb|mathbf|R|setminus)(?![A-Za-z])"
    r"|\b(?:than|at least|at most|positive|negative|nonnegative|non-negative|between)\b"
)
_RUN_ON = re.compile(r"\\[lg]eq?(?=[a-pr-z](?![A-Za-z]))")  # `\lex`, for there is no such command
_LETTERS = GREEK_LETTERS | {"π": "pi"}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_TURNED = re.compile(
    r"(?P<opening>[\[\]])(?P<ends>[^()\[\]{}∪,;]+[,;][^()\[\]{}∪,;]+)(?P<closing>[\[\]])"
)  # ]0, 1[ for (0, 1)
_COMPARED = re.compile(r"([<>≤≥≠=])")
_BOUND = re.compile(rf"(?P<name>{NAME})\s*(?:∈(?P<within>[^|:]+))?[|:](?P<condition>.+)")
_MEMBER = re.compile(rf"(?P<name>{NAME}(?:\([a-z]\))?)\s*∈(?P<set>.+)")
# f(x) ≥ 3: a value that is called so, and no product.
_APPLIED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*\(\s*([a-z])\s*\)")
_HALVES = (
    (re.compile(r"ℝ\s*(?:\^\s*\{?\s*\+\s*\}?|_\s*(?:\{\s*(?:\+|> ?0)\s*\}|\+))"), ">"),
    (re.compile(r"ℝ\s*(?:_\s*\{\s*≥ ?0\s*\}|\^\s*\{?\s*\+\s*\}?\s*_\s*\{?0\}?)"), "≥"),
)
_VALUE = "z_0"  # what the variable is called that stands for such a value
_MIRRORED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠", "=": "="}
_CHOICE = re.compile(PLUS_MINUS)
MOST_PARTS, MOST_BARS, MOST_CHARS = 12, 3, 400


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


Intervals = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class RealSet:
    """A set in normal form, and the letter for its members, empty where it is bound or missing.

    `unsolved`: it was written as a condition that has to be solved, `x^2 < 4`.
    """

    intervals: Intervals
    name: str = ""
    unsolved: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether it ends on both sides."""
        return all(bool(mpmath.isfinite(end.value)) for end in self.ends)

    @property
    def ends(self) -> list[End]:
        """The ends of all its intervals, from low to high."""
        return [end for each in self.intervals for end in (each.low, each.high)]

    @property
    def has_whole_ends(self) -> bool:
        """Whether all numbers in which it ends are integers."""
        return all(mpmath.isint(end.value) for end in self.ends if mpmath.isfinite(end.value))

    def __str__(self) -> str:
        return " ∪ ".join(map(str, self.intervals)) or "∅"


class NoSetError(Exception):
    """The text is no set of real numbers that can be read here."""


_LOWEST, _HIGHEST = End("-∞", -mpmath.inf, False), End("∞", mpmath.inf, False)
_ALL: Intervals = (Interval(_LOWEST, _HIGHEST),)


def may_be_a_set(text: str) -> bool:
    """Whether a sign of an inequality, a union or the like stands in it."""
    return bool(_HINT.search(text))


@lru_cache(maxsize=1024)
def real_set(text: str) -> RealSet | None:
    """The set that is written there, with numbers for ends; None for anything else, and for the empty set."""
    if len(text) > MOST_CHARS:
        return None
    try:
        found = _difference(in_one_spelling(text))
    except (NoSetError, NotSolvedError, RecursionError):
        return None
    return found if found.intervals else None


def in_one_spelling(text: str) -> str:
    """The text with one sign for each relation and each operation of sets, and brackets turned inward."""
    text = _RUN_ON.sub(r"\g<0> ", text)
    text = in_signs(unwrapped(_LETTER.sub(lambda found: rf"\{_LETTERS[found[0]]} ", text)))
    for pattern, sign in _SPELLED:
        text = pattern.sub(sign, text)
    return _TURNED.sub(_turned_inward, text).strip()


def _turned_inward(found: re.Match[str]) -> str:
    """Brackets that are turned outward leave the end out, as round ones do."""
    return f"{'(['[found['opening'] == '[']}{found['ends']}{')]'[found['closing'] == ']']}"


# Reading: differences of unions of conditions, each a relation, an interval or a set in braces.


def _difference(text: str) -> RealSet:
    """One set without others."""
    whole, *less = _parts(text, "∖")
    found = _union(whole)
    for part in less:
        taken = _taken_away(part)
        if found.name and taken.name and found.name != taken.name:
            raise NoSetError
        intervals = intersection(found.intervals, complement(taken.intervals))
        found = RealSet(intervals, found.name or taken.name, found.unsolved or taken.unsolved)
    return found


def _taken_away(text: str) -> RealSet:
    """A set, or points without braces around them."""
    if text[:1] not in ("{", "(", "[") or inside(text) is None:
        values = re.sub(rf"{NAME}\s*=", "", text) if text.count("=") == 1 else text
        points = _points(values.replace(" and ", ",").replace(" or ", ","))
        if points is not None:
            return RealSet(points)
    return _union(text)


def _union(text: str) -> RealSet:
    parts = [_intersection(part) for part in _parts(text.replace("∪", " or "), " or ")]
    if len(parts) == 1:
        return parts[0]
    others = ([other for other in parts if other is not part] for part in parts)
    if " or " in text and any(map(_adds_nothing, parts, others)):
        raise NoSetError  # x > 1 or x > 2 is no answer, but two of them
    return _whole(parts, union(each for part in parts for each in part.intervals))


def _adds_nothing(part: RealSet, others: list[RealSet]) -> bool:
    """Whether all of it is in the others."""
    rest = union(each for other in others for each in other.intervals)
    within = intersection(part.intervals, rest)
    return len(within) == len(part.intervals) and all(
        _equal(ours, theirs) and ours.closed == theirs.closed
        for ours, theirs in zip(RealSet(within).ends, part.ends, strict=True)
    )


def _whole(parts: list[RealSet], intervals: Intervals) -> RealSet:
    """Several sets in one, of one unknown."""
    names = {part.name for part in parts if part.name}
    if len(names) > 1:
        raise NoSetError
    return RealSet(intervals, "".join(names), any(part.unsolved for part in parts))


def _intersection(text: str) -> RealSet:
    """What several conditions say together; of intervals nobody knows whether `and` joins or cuts them."""
    text = text.strip()
    if inside(text) or (_COMPARED.search(text) is None and "∩" not in text):
        return _intervals_beside(text)
    parts = [part for each in _parts(text.replace("∩", " and "), " and ") for part in _parts(each, ",")]
    announced = _called(parts[0]) if len(parts) > 1 and _is_name(parts[0]) else ""  # all x with x > 3
    read = [_simple(part) for part in _with_their_subject(parts[1:] if announced else parts)]
    if announced and any(part.name != announced for part in read):
        raise NoSetError
    if len(read) > 1 and " and " in text and not all(part.name for part in read):
        raise NoSetError
    intervals = read[0].intervals
    for part in read[1:]:
        intervals = intersection(intervals, part.intervals)
    if not intervals and " and " not in text and "∩" not in text:  # x < 1, x > 3 can't be meant together
        intervals = union(each for part in read for each in part.intervals)
    return _whole(read, intervals)


def _with_their_subject(parts: list[str]) -> list[str]:
    """`x > 3 and ≤ 5` says the second of x, too; `m ≠ 0, 1` both."""
    subject, sign, done = "", "", list[str]()
    for part in parts:
        found = _COMPARED.search(part)
        if found is None and sign == "≠" and number(part) is not None:
            part = f"{subject} ≠ {part}"
        elif found is not None and not part[: found.start()].strip():
            part = f"{subject} {part}"
        elif found is not None:
            subject, sign = part[: found.start()].strip(), found[0]
        done.append(part)
    return done


def _intervals_beside(text: str) -> RealSet:
    """One set, or intervals with commas between them, of which one at least has no end: no pairs."""
    parts = split(text, ",") or []
    if len(parts) > 1 and "∞" in text and all(inside(part) for part in parts):
        sets = [_simple(part) for part in parts]
        return _whole(sets, union(each for part in sets for each in part.intervals))
    return _simple(text)


def _parts(text: str, word: str) -> list[str]:
    """The parts between a word that stands outside of brackets."""
    parts = split(text.replace(word, "\0"), "\0")
    if parts is None or len(parts) > MOST_PARTS or not all(parts):
        raise NoSetError
    return [part.replace("\0", word) for part in parts]


def _simple(text: str) -> RealSet:
    text = text.strip()
    if text == "ℝ":
        return RealSet(_ALL)
    if text == "∅":
        return RealSet(())
    for pattern, sign in _HALVES:
        if pattern.fullmatch(text):
            return RealSet((_half(sign, "0"),))
    if found := _MEMBER.fullmatch(text):
        within = _difference(found["set"].strip())
        return RealSet(within.intervals, _called(found["name"]), within.unsolved)
    if text[:1] == "{":
        return _in_braces(text)
    if (denied := re.fullmatch(r"not ?(\(.+\))", text)) and inside(denied[1]):
        within = _difference(inside(denied[1]) or "")
        return RealSet(complement(within.intervals), within.name, within.unsolved)
    if text[:1] == "(" and _COMPARED.search(text) and inside(text):
        return _difference(inside(text) or "")
    if text[:1] in ("(", "[") and text[-1:] in (")", "]") and not _COMPARED.search(text):
        return RealSet((_interval(text),))
    return _relation(text)


def _in_braces(text: str) -> RealSet:
    """A condition on its members, which it binds, or the members themselves."""
    within = inside(text)
    if not within:
        raise NoSetError
    bound = _BOUND.fullmatch(within)
    if bound:
        conditions = _difference(bound["condition"].strip())
        if conditions.name not in ("", _called(bound["name"])):
            raise NoSetError
        intervals = conditions.intervals
        if bound["within"]:
            intervals = intersection(intervals, _difference(bound["within"].strip()).intervals)
        return RealSet(intervals, unsolved=conditions.unsolved)
    if _COMPARED.search(within):
        conditions = _difference(within)
        return RealSet(conditions.intervals, unsolved=conditions.unsolved)
    points = _points(within)
    if points is None:
        raise NoSetError
    return RealSet(points)


def _points(text: str) -> Intervals | None:
    """Numbers with commas between, ± for two of them; None where there are others, or one twice."""
    elements = split(text, ",") or []
    texts = [
        _CHOICE.sub(sign, each, count=1)
        for each in elements
        for sign in ("+-" if _CHOICE.search(each) else "+")
    ]
    values = [number(each) for each in texts]
    if not texts or len(texts) > MOST_PARTS or None in values:
        return None
    ends = [End(each.strip(), value, True) for each, value in zip(texts, values, strict=True)]
    points = union(Interval(end, end) for end in ends)
    return points if len(points) == len(ends) else None


def _interval(text: str) -> Interval:
    """Between brackets of either kind."""
    ends = split(text[1:-1], ",") or split(text[1:-1], ";")
    if ends and len(ends) == 1:
        ends = split(text[1:-1], ";")
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
    value = number(with_sums(text))
    if value is None:
        raise NoSetError
    return End({"pi": r"\pi"}.get(bare, text.strip()), value, closed)


# Relations: of a name and a number, or of expressions with one unknown.


def _relation(text: str) -> RealSet:
    """`x < 2`, `1 < x ≤ 2`, or what is to be solved, `x^2 < 4`; of a chain each two neighbours."""
    parts = [part.strip() for part in _COMPARED.split(text)]
    if not 3 <= len(parts) <= 7:
        raise NoSetError
    steps = list(zip(parts[::2], parts[1::2], parts[2::2], strict=False))
    if len(steps) > 1 and not _looks_one_way([sign for _, sign, _ in steps]):
        raise NoSetError
    sets = [_compared(*step) for step in steps if not _says_nothing(*step)]
    if not sets or (len(steps) > 1 and any(sign == "=" for _, sign, _ in steps)):
        raise NoSetError
    intervals = sets[0].intervals
    for each in sets[1:]:
        intervals = intersection(intervals, each.intervals)
    if len(sets) > 1 and not intervals:
        raise NoSetError  # 5 < x < 1 is a slip
    return _whole(sets, intervals)


def _looks_one_way(signs: list[str]) -> bool:
    return {*signs} <= {"<", "≤"} or {*signs} <= {">", "≥"}


def _says_nothing(left: str, sign: str, right: str) -> bool:
    """`-∞ < x` and `x < ∞`."""
    low, high = (left, right) if sign in "<≤" else (right, left)
    return low.replace(" ", "") == "-∞" or high.replace(" ", "") in ("∞", "+∞")


def _compared(left: str, sign: str, right: str) -> RealSet:
    if not _is_name(left) and (_is_name(right) or not right):
        left, sign, right = right, _MIRRORED[sign], left
    if not left and sign != "=":
        return RealSet(_half_line(sign, right))
    if _is_name(left) and (found := _half_line_or_none(sign, right)) is not None:
        return RealSet(found, _called(left))
    if sign == "=":
        raise NoSetError  # an equation is not what solves it
    return _solved(left, sign, right)


def _half_line_or_none(sign: str, text: str) -> Intervals | None:
    try:
        return _half_line(sign, text)
    except NoSetError:
        return None


def _half_line(sign: str, text: str) -> Intervals:
    if sign == "≠":
        points = _points(text)
        if points is None:
            raise NoSetError
        return complement(points)
    if sign == "=":
        end = _end(text, closed=True)
        return (Interval(end, end),)
    return (_half(sign, text),)


def _half(sign: str, text: str) -> Interval:
    end = _end(text, closed=sign in "≤≥")
    return _between(_LOWEST, end) if sign in "<≤" else _between(end, _HIGHEST)


def _solved(left: str, sign: str, right: str) -> RealSet:
    """Where two expressions of one unknown compare so."""
    first, second = _expression(left), _expression(right)
    names = first.variables() | second.variables()
    if len(names) != 1:
        raise NoSetError
    [name] = names
    intervals = _where(first, sign, second, name)
    called = f"{name[-2]}({name[-1]})" if name.startswith(_VALUE) else name
    return RealSet(intervals, called, unsolved=True)


def _expression(text: str) -> Node:
    """What is read, with f(x) as one variable."""
    node = read(_APPLIED.sub(rf" {_VALUE[0]}_{{0\1\2}} ", text))
    if node is None:
        raise NoSetError
    return node


def _where(first: Node, sign: str, second: Node, name: str) -> Intervals:
    """By cases of what stands in bars, the innermost first."""
    whole = Node("subtract", parts=(first, second))
    inner = bars(whole)
    if inner is None:
        return union(map(_interval_of, solved(first, sign, second, name)))
    if sum(each.kind == "abs" for each in whole.walk()) > MOST_BARS:
        raise NoSetError
    content, zero = inner.parts[0], Node("number", "0")
    cases = ((content, "≥"), (Node("negative", parts=(content,)), "<"))
    found = (
        intersection(
            _where(put(first, inner, value), sign, put(second, inner, value), name),
            _where(content, when, zero, name),
        )
        for value, when in cases
    )
    return union(each for case in found for each in case)


def _interval_of(piece: Piece) -> Interval:
    return Interval(
        _end_of(piece.low, closed=piece.low_closed) or _LOWEST,
        _end_of(piece.high, closed=piece.high_closed) or _HIGHEST,
    )


def _end_of(point: Constant | None, *, closed: bool) -> End | None:
    if point is None:
        return None
    return End(point.text if point.exact is None else str(point.exact), point.value, closed)


def _is_name(text: str) -> bool:
    named = re.fullmatch(NAME, text) or _APPLIED.fullmatch(text)
    return bool(named) and number(text) is None


def _called(name: str) -> str:
    """The name in one spelling: x_{1} is x_1, \\alpha alpha."""
    node = None if _APPLIED.fullmatch(name) else read(name)
    return node.text if node is not None and node.kind == "variable" else "".join(name.split())


# The algebra of sets.


def _equal(first: End, second: End) -> bool:
    if not (mpmath.isfinite(first.value) and mpmath.isfinite(second.value)):
        return bool(first.value == second.value)
    return bool(abs(first.value - second.value) <= AGREE * max(1, abs(first.value)))


def union(intervals: Iterable[Interval]) -> Intervals:
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


def intersection(first: Iterable[Interval], second: Intervals) -> Intervals:
    """What both have."""
    found = []
    for one in first:
        for other in second:
            low = _mirrored(_nearer(_mirrored(one.low), _mirrored(other.low)))
            high = _nearer(one.high, other.high)
            if _equal(low, high):
                if low.closed and high.closed:
                    found.append(Interval(low, low))
            elif low.value < high.value:
                found.append(Interval(low, high))
    return union(found)


def complement(intervals: Intervals) -> Intervals:
    """All real numbers that are in none of them."""
    inner = (End(end.text, end.value, not end.closed) for each in intervals for end in (each.low, each.high))
    edges = [_LOWEST, *inner, _HIGHEST]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Interval(*gap) for gap in gaps if gap[0].value < gap[1].value or _is_point(*gap))


def _is_point(low: End, high: End) -> bool:
    return bool(mpmath.isfinite(low.value)) and _equal(low, high) and low.closed and high.closed


def _mirrored(end: End) -> End:
    return End(end.text, -end.value, end.closed)
