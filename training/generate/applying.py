r"""Rules of trees applied to answers: at any place of any expression, and checked by values.

What a rule makes is compared with what was there: nothing is the same or another because a rule says so.
Where the question asks for a form (factored, rationalised), the rules that leave that form are not applied;
where it has several right answers, nothing is called wrong.
"""

import re
from functools import lru_cache, wraps
from itertools import pairwise
from random import Random
from typing import Any

import mpmath

from tinyv_cli.maths.reading import Node
from training.generate.evaluating import Number
from training.generate.notations import PLAIN, like, write
from training.generate.pieces import Piece, pieces, readable
from training.generate.transformation import Make, Task
from training.generate.trees import (
    Rule,
    folded,
    is_other,
    is_same,
    ordered,
    points,
    somewhere,
    subtract,
    value,
)

# Questions whose answer is right in one form only, or whose answer could be the question said again.
_ASKS_FORM = re.compile(
    r"factor|expand|partial fraction|rationali[sz]e|complet\w+ the square|\bform\b"
    r"|single (?:fraction|log|power)|lowest|\bexpress\b|rewrite|write .{0,60}\bas\b"
    r"|represent|simplest|condense|combine|positive exp"
    r"|as (?:a|the) (?:sum|product|difference|power)|product|multiply|distribut|divide|quotient|the square"
    r"|add or subtract|twenty-four|24[- ]points?|write an? .{0,30}expression",
    re.IGNORECASE,
)
# Questions that have more right answers than the gold, or curves that have many equations.
_OPEN = re.compile(
    r"basis|eigenvector|direction|normal vector|\bspan|example|a possible|one possible|polar|parametri"
    r"|any one|such as|general|polynomial.*\broots?\b|find an? (?:polynomial|quadratic|function|equation)"
    r"|\b(?:vector|plane|proportional|similar|up to)\b",
    re.IGNORECASE | re.DOTALL,
)
_INTEGRAL = re.compile(r"\\int|∫|integra|primitive|differential|all functions", re.IGNORECASE)
# Answers in which letters stand for any number: other expressions may describe the same set.
_ANY_NUMBER = re.compile(
    r"\\in\b|∈|\\mathbb|\\forall|integer|[kn]\s*\\pi|\\pi\s*[kn](?![a-z])|\\pm|±|\\mid|arbitrary"
    r"|(?<![A-Za-z])[Cc]_?\{?[0-9]"
)
_CONSTANT = re.compile(r"\+ ?C\b")


def asks_form(task: Task) -> bool:
    """Whether only one form of the answer is right."""
    return bool(_ASKS_FORM.search(task.question))


def is_open(task: Task) -> bool:
    """Whether other answers than the gold may be right, so that none can be called wrong."""
    return bool(_OPEN.search(task.question) or _ANY_NUMBER.search(task.gold))


def reshaping(rule: Rule) -> Make:
    """A rule of another form of the same, at any place; not where the question asks for a form."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        return None if asks_form(task) else _same_by(rule, task, rng)

    return make


def rearranging(rule: Rule) -> Make:
    """A rule that leaves the form as it is, at any place."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        return _same_by(rule, task, rng)

    return make


def mistaken(rule: Rule) -> Make:
    """A false step at any place, where it leads to another answer."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        if is_open(task):
            return None
        return _other_by(rule, task, rng)

    return make


def _same_by(rule: Rule, task: Task, rng: Random) -> str | None:
    piece = any_piece(task.gold, rng)
    new = piece and somewhere(piece.node, rule, rng)
    if not piece or not new or not is_same(piece.node, new) or says_again(task.question, new):
        return None
    return spliced(task.gold, piece, new, rng)


def says_again(question: str, node: Node) -> bool:
    """Whether an expression stands in the question as it is, which answers nothing."""
    return ordered(node) in {ordered(each) for each in _asked(question)}


@lru_cache(maxsize=256)
def _asked(question: str) -> tuple[Node, ...]:
    formulas = re.findall(r"\$([^$]{2,160})\$|\\\((.{2,160}?)\\\)", question)
    return tuple(piece.node for formula in formulas for piece in pieces(max(formula)) if piece.worth)


def _other_by(rule: Rule, task: Task, rng: Random) -> str | None:
    piece = any_piece(task.gold, rng)
    new = piece and neatly(somewhere(piece.node, rule, rng), rng)
    if not piece or not new or not tells(task, piece, new):
        return None
    return spliced(task.gold, piece, new, rng)


def neatly(node: Node | None, rng: Random) -> Node | None:
    """With its arithmetic done, as a rule: what is wrong should not be told by its clumsiness."""
    return folded(node) if node and rng.random() < 0.9 else node


def tells(task: Task, piece: Piece, new: Node) -> bool:
    """Whether the answer with another expression in the place of a piece is another answer."""
    if not is_other(piece.node, new):
        return False
    integrated = _CONSTANT.search(task.gold) or _INTEGRAL.search(task.question)
    if integrated and _apart_by_constant(piece.node, new, task.question):
        return False
    return _is_value(task.gold, piece) or _other_relation(task.gold, piece, new)


def _apart_by_constant(first: Node, second: Node, question: str) -> bool:
    """Whether they differ by a constant; letters that are not in the question are constants."""
    apart = subtract(first, second)
    names = tuple(sorted(apart.variables()))
    unknown = {name: mpmath.mpf(0) for name in names if name == "C" or not _occurs(name, question)}
    found = [value(apart, {**point, **unknown}) for point in points(names)]
    known = [each for each in found if each is not None]
    varies = any(abs(each - known[0]) > 1e-6 * max(1, abs(each)) for each in known)
    return bool(names) and not varies


def _occurs(name: str, question: str) -> bool:
    return (
        re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])|d{re.escape(name)}\b", question) is not None
    )


RELATION = re.compile(
    r"(?<![<>!])=|[<>≤≥≠≈≡]|\\(?:leqslant|geqslant|leq?|geq?|lt|gt|neq?|approx|equiv|sim|to|mid)(?![A-Za-z])"
)
_HEAD = re.compile(
    r"\s*\\?[A-Za-z]+(?:_\{?[\w+-]+\}?)?'*(?:\^\{-1\}|\^\{?\\prime+\}?|)"
    r"(?:\s*(?:\\left)?\([\w, +-]+(?:\\right)?\))?\s*"
)


def _is_value(text: str, piece: Piece) -> bool:
    """Whether a piece is the value of something, not a side of an equation that has many forms."""
    clause = _clause(text, piece)
    sides = RELATION.split(clause)
    if len(sides) == 1:
        return True
    if len(sides) > 2 and "=" in clause and sides[-1].strip() != text[piece.start : piece.end]:
        return False  # what is in the middle of a chain is no answer
    if not any(_HEAD.fullmatch(side) for side in sides if side.strip() != text[piece.start : piece.end]):
        return False
    return all(
        _HEAD.fullmatch(side) or side.strip() == text[piece.start : piece.end] or _is_number(side)
        for side in sides
    )


def _is_number(side: str) -> bool:
    node = readable(side.strip())
    return node is not None and not node.variables()


def _clause(text: str, piece: Piece) -> str:
    """The part of a text, between commas and words, in which a piece stands."""
    before = re.split(
        r"(?<!\\)[,;]|\\text\s*\{[^{}]*\}|\bor\b|\band\b|\\quad|\\qquad|\\\\", text[: piece.start]
    )[-1]
    after = re.split(
        r"(?<!\\)[,;]|\\text\s*\{[^{}]*\}|\bor\b|\band\b|\\quad|\\qquad|\\\\", text[piece.end :]
    )[0]
    return before + text[piece.start : piece.end] + after


def equation(text: str) -> tuple[Node, str, Node] | None:
    """Both sides and the relation between them, where the text is that and nothing else."""
    relations = list(RELATION.finditer(text))
    if len(relations) != 1:
        return None
    left, right = readable(text[: relations[0].start()].strip()), readable(text[relations[0].end() :].strip())
    return (left, relations[0][0], right) if left and right else None


def _other_relation(text: str, piece: Piece, new: Node) -> bool:
    """Whether an equation with another side is seen to have other solutions."""
    before, after = equation(text), equation(f"{text[: piece.start]}({_plainly(new)}){text[piece.end :]}")
    if not before or not after or before[1] != "=":
        return False
    return has_other_solutions(subtract(before[0], before[2]), subtract(after[0], after[2]))


def _plainly(node: Node) -> str:
    return write(node, PLAIN) or ""


def has_other_solutions(first: Node, second: Node) -> bool:
    """Whether some points where the first is 0 are found, and the second is not 0 there."""
    names = sorted(first.variables() | second.variables())
    solved = 0
    for point in points(tuple(names))[:4]:
        for name in names:
            solution = _zero(first, dict(point), name)
            there = value(second, solution) if solution else None
            if solution and there is not None:
                if abs(there) > 1e-3:
                    solved += 1
                else:
                    return False
    return solved >= 1


def _zero(node: Node, point: dict[str, Any], name: str) -> dict[str, Any] | None:
    """A point with one coordinate changed such that the value is 0 there."""
    grid = [{**point, name: mpmath.mpf(step) / 3} for step in range(-15, 16)]
    values = [value(node, each) for each in grid]
    for low, high, one, two in zip(grid, grid[1:], values, values[1:], strict=False):
        if (
            one is not None
            and two is not None
            and not mpmath.im(one)
            and not mpmath.im(two)
            and one * two < 0
        ):
            return _bisected(node, low, high, name, one)
    return None


def _bisected(
    node: Node, low: dict[str, Any], high: dict[str, Any], name: str, at_low: Number
) -> dict[str, Any] | None:
    start, end = low[name], high[name]
    for _ in range(36):
        middle = (start + end) / 2
        found = value(node, {**low, name: middle})
        if found is None or mpmath.im(found):
            return None
        start, end = (middle, end) if found * at_low > 0 else (start, middle)
    left = value(node, {**low, name: start})
    return {**low, name: start} if left is not None and abs(left) < 1e-6 else None  # no pole


def any_piece(text: str, rng: Random) -> Piece | None:
    found = [piece for piece in pieces(text) if piece.worth]
    return rng.choice(found) if found else None


def spliced(text: str, piece: Piece, new: Node, rng: Random) -> str | None:
    """The text with another expression in the place of a piece, in the same notation.

    None where what is written would be read otherwise.
    """
    written = write(new, like(text, rng))
    if written is None or written == text[piece.start : piece.end]:
        return None
    read_again = readable(written)
    if read_again is None or not is_same(new, read_again):
        return None
    made = text[: piece.start] + written + text[piece.end :]
    return None if says_nothing(made) else made


def says_nothing(text: str) -> bool:
    """Whether it sets something equal to itself, as `3 = 3`."""
    sides = [side.strip() for side in RELATION.split(text)]
    return any(left == right for left, right in pairwise(sides))
