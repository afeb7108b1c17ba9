"""Where the formula of an expression changes, and points on both sides of it.

A kink is the zero of what stands in bars or under a root, the equality of what a maximum is taken of, the
place where what is rounded down becomes an integer. All zeros of polynomials are found, of other expressions
those where the sign is seen to change.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from flint import fmpq

from tinyv_cli.maths.balls import NoValueError, as_fmpq
from tinyv_cli.maths.domains import Range
from tinyv_cli.maths.exact import polynomial_along
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import approximate, exponent

Point = dict[str, fmpq]

MOST_CRITICAL, MOST_POINTS, MOST_ROOTS, MOST_DEGREE = 10, 72, 24, 40
STEPS = range(-2, 3)  # the integers at which it is looked what rounding does
BISECTIONS = 45
ROUNDING = 1e-9  # what plain arithmetic may leave of an imaginary part
ROUNDED = frozenset({"floor", "ceil", "mod"})
_ARCS = frozenset(
    f"arc{name}{end}" for name in ("sin", "cos", "tan", "cot", "sec", "csc") for end in ("", "h")
)
_IN_PIECES = _ARCS | ROUNDED | {"abs", "sqrt", "root", "ln", "log", "lg", "max", "min"}


def in_pieces(node: Node) -> bool:
    """Whether any part of it has another formula for some values of its letters."""
    return any(map(_is_in_pieces, node.walk()))


def _is_in_pieces(node: Node) -> bool:
    """Whether it is a function whose formula changes with its argument, which is no constant."""
    if not node.variables():
        return False
    if node.kind == "power":
        by = exponent(node)
        return by is None or by.denominator > 1
    return node.kind in _IN_PIECES


def _critical(nodes: Sequence[Node]) -> list[Node]:
    """The expressions at whose zeros a formula may change."""
    found: dict[Node, None] = {}
    for piece in (each for node in nodes for each in node.walk() if _is_in_pieces(each)):
        if piece.kind in ("max", "min") and len(piece.parts) == 2:
            found[Node("subtract", parts=piece.parts)] = None
        if piece.kind in _ARCS:
            for end in ("1", "-1"):
                found[Node("subtract", parts=(piece.parts[0], _number(end)))] = None
        for part in piece.parts:
            if part.variables():
                found[part] = None
            for inner in part.walk():
                if inner.kind in ("add", "subtract") and inner.variables():
                    found[inner] = None
                if inner.kind == "divide" and inner.parts[1].variables():
                    found[inner.parts[1]] = None
    return list(found)[:MOST_CRITICAL]


def _number(text: str) -> Node:
    positive = Node("number", text.removeprefix("-"))
    return Node("negative", parts=(positive,)) if text.startswith("-") else positive


def at_kinks(nodes: Sequence[Node], ranges: dict[str, Range], bases: Sequence[Point]) -> Iterator[Point]:
    """Along lines through these points, on which one letter moves and the others stand still.

    Where something is rounded the kinks themselves are points, too.
    """
    critical, steps = _critical(nodes), _steps(nodes)
    given = 0
    for base in bases:
        for name, values in ranges.items():
            others = {other: value for other, value in base.items() if other != name}
            kinks = sorted({kink for node in critical for kink in _zeros(node, name, others)})
            jumps = sorted({jump for node in steps for jump in _zeros(node, name, others)}, key=abs)
            on_them = [jump for jump in jumps[:MOST_ROOTS] if values.contains(jump)]
            for value in (*on_them, *_beside(sorted({*kinks[:MOST_ROOTS], *on_them}), values)):
                if given >= MOST_POINTS * len(bases):
                    return
                given += 1
                yield {**others, name: as_fmpq(value)}


def _steps(nodes: Sequence[Node]) -> list[Node]:
    """The expressions at whose zeros something that is rounded is an integer."""
    found: dict[Node, None] = {}
    rounded = (each for node in nodes for each in node.walk() if each.kind in ROUNDED and each.variables())
    for each in rounded:
        inner = Node("divide", parts=each.parts) if each.kind == "mod" else each.parts[0]
        found |= dict.fromkeys(Node("subtract", parts=(inner, _number(str(step)))) for step in STEPS)
    return list(found)[: MOST_CRITICAL * len(STEPS)]


def _beside(kinks: Sequence[Fraction], values: Range) -> Iterator[Fraction]:
    """Values between each two kinks, close to each, and beyond them."""
    if not kinks:
        return
    near = [max(Fraction(1), abs(kink)) / 1013 for kink in kinks]
    found = [kinks[0] - Fraction(997, 31), kinks[-1] + Fraction(997, 31)]
    found += [low + (high - low) * Fraction(41, 101) for low, high in pairwise(kinks)]
    found += [kink + sign * by for kink, by in zip(kinks, near, strict=True) for sign in (1, -1)]
    if values.whole:
        found = [Fraction(math.floor(each) + step) for each in found for step in (0, 1)]
    for each in dict.fromkeys(found):
        if values.contains(each):
            yield each


def _zeros(node: Node, name: str, others: Point) -> list[Fraction]:
    """The real zeros and poles along a line: of a polynomial all, else where the sign is seen to change."""
    if name not in node.variables():
        return []
    polynomial = polynomial_along(node, name, others)
    if polynomial is not None and polynomial.degree() == 1:
        root = -polynomial[0] / polynomial[1]
        return [Fraction(int(root.p), int(root.q))]
    if polynomial is not None and 0 < polynomial.degree() <= MOST_DEGREE:
        found: Any = polynomial.numer().complex_roots()
        roots = [root for root, _ in found if root.imag.contains(0)]
        return [Fraction(float(root.real)).limit_denominator(10**9) for root in roots]
    return [] if polynomial is not None else _changes_of_sign(node, name, others)


@lru_cache(maxsize=1)
def _grid() -> tuple[float, ...]:
    """Of all sizes and both signs, and closer where the zeros of what people write are."""
    sizes = [10 ** (power / 4) for power in range(-24, 25)]
    return tuple(sorted({*sizes, *(-size for size in sizes), *(step * 0.513 for step in range(-40, 41))}))


def _changes_of_sign(node: Node, name: str, others: Point) -> list[Fraction]:
    still = {other: float(value.p) / float(value.q) for other, value in others.items()}
    found: list[Fraction] = []
    before: tuple[float, float] | None = None
    for at in _grid():
        value = _plain(node, {**still, name: at})
        if value is None:
            before = None
            continue
        if before is not None and (before[1] < 0) != (value < 0):
            found.append(_bisected(node, name, still, (before[0], at)))
        before = (at, value)
    return found[:MOST_ROOTS]


def _bisected(node: Node, name: str, still: dict[str, float], ends: tuple[float, float]) -> Fraction:
    low, high = ends
    sign = _plain(node, {**still, name: low})
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        value = _plain(node, {**still, name: middle})
        if value is None:
            break
        if sign is not None and (value < 0) == (sign < 0):
            low = middle
        else:
            high = middle
    return Fraction((low + high) / 2).limit_denominator(10**9)


def _plain(node: Node, point: dict[str, float]) -> float | None:
    try:
        value = approximate(node, point)
    except (NoValueError, ArithmeticError, ValueError):
        return None
    is_real = math.isfinite(value.real) and abs(value.imag) <= ROUNDING * (1 + abs(value.real))
    return value.real if is_real else None
