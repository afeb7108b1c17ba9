"""At which points expressions are compared: of all sizes and signs, on both sides of every kink.

A kink is where the formula of a function changes: the zero of what stands in bars or under a root, the
equality of what a maximum is taken of. Between two kinks next to each other an expression is one analytic
function, and two of these that agree at a few points of no special kind agree everywhere.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product
from random import Random
from typing import Any

from flint import fmpq

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.domains import REALS, Domain, Range
from tinyv_cli.maths.exact import polynomial_along
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import approximate, exponent, rational

Point = dict[str, fmpq]

SEED = 20260522
# Of the points those that come first, of sizes near 1: what has nothing to do with each other differs there.
FEW = 8
WIDE = 24
MOST_SIGNS = 4  # letters of which all combinations of signs are tried
SIZES = (1.0, 3.0, 0.4, 12.0, 2.0, 70.0, 0.05, 900.0, 5.0, 3e4, 2e-3, 25.0, 1e6, 1e-6, 300.0, 0.2)
COUNTS = (2.0, 5.0, 3.0, 12.0, 1.0, 7.0, 20.0, 40.0, 90.0, 900.0)  # of a letter that is an integer from 0 on
SMALL = tuple(map(Fraction, ("-2", "-1", "-1/2", "1/2", "1", "2", "3")))
SMALL_POINTS = 60
MOST_CRITICAL, MOST_KINK_POINTS, MOST_ROOTS, MOST_DEGREE = 10, 72, 24, 40
LINES = 2
BISECTIONS = 45
ROUNDING = 1e-9  # what plain arithmetic may leave of an imaginary part
WHOLE_LETTERS = frozenset("n k m j l N K M".split())
_OF_INTEGERS = frozenset({"factorial", "binom", "gcd", "lcm", "mod", "floor", "ceil"})
_ARCS = frozenset(
    f"arc{name}{end}" for name in ("sin", "cos", "tan", "cot", "sec", "csc") for end in ("", "h")
)
_IN_PIECES = _ARCS | {"abs", "sqrt", "root", "ln", "log", "lg", "floor", "ceil", "max", "min", "mod"}


def _whole_letters(first: Node, second: Node) -> dict[str, Range]:
    r"""The letters n, k, m … that are integers by what stands there: n!, \lfloor n/2 \rfloor, (-1)^n."""
    found: dict[str, Range] = {}
    nodes = (*first.walk(), *second.walk())
    if any(node.kind in ("floor", "ceil") and _is_whole(node.parts[0]) for node in nodes):
        return {}  # who rounds n down does not take it for an integer
    for node in nodes:
        if node.kind in _OF_INTEGERS or _is_power_of_negative(node):
            counted = node.kind in ("factorial", "binom")
            for name in node.variables() & WHOLE_LETTERS:
                known = found.get(name, Range(whole=True))
                found[name] = Range(Fraction(0), whole=True) if counted else known
    return found


def _is_whole(node: Node) -> bool:
    """Whether it is an integer if its letters are."""
    if node.kind == "number":
        return node.text.isdecimal()
    return node.kind in ("variable", "add", "subtract", "negative", "multiply") and all(
        map(_is_whole, node.parts)
    )


def _is_power_of_negative(node: Node) -> bool:
    if node.kind != "power" or not node.parts[1].variables():
        return False
    base = rational(node.parts[0])
    return base is not None and base < 0


def points(first: Node, second: Node, domain: Domain) -> Iterator[Point]:
    """First some of moderate size, then of all sizes, then at both sides of all kinks that are found."""
    names = tuple(sorted(first.variables() | second.variables()))
    whole = _whole_letters(first, second)
    ranges = tuple(_narrowed(domain.of(name), whole.get(name)) for name in names)
    yield from map(dict, _spread(names, ranges))
    if any(node.kind == "power" and node.parts[1].variables() for node in (*first.walk(), *second.walk())):
        yield from map(dict, _small(names, ranges))
    if in_pieces(first) or in_pieces(second):
        yield from _at_kinks((first, second), dict(zip(names, ranges, strict=True)))


def _narrowed(stated: Range, implied: Range | None) -> Range:
    """What the question states, and that it is whole; where it states nothing, what is implied."""
    if implied is None:
        return stated
    return implied if stated == REALS else Range(stated.low, stated.high, whole=True)


def touches_integers(first: Node, second: Node, domain: Domain) -> bool:
    """Whether something is rounded that may be an integer at single points only: the square of a sine.

    Of letters that are integers it is known at each point.
    """
    whole = _whole_letters(first, second)
    return any(
        each.kind in ("floor", "ceil", "mod")
        and any(map(_bends, each.walk()))
        and not all(name in whole or domain.of(name).whole for name in each.variables())
        for each in (*first.walk(), *second.walk())
    )


def _bends(node: Node) -> bool:
    """Whether its values turn back, so that the largest is reached at one point only."""
    if not node.variables():
        return False
    return node.kind in ("sin", "cos", "sech", "sec", "csc", "cosh", "exp") or (
        node.kind in ("power", "multiply", "divide") and not _is_linear(node)
    )


def _is_linear(node: Node) -> bool:
    """A letter times a number, or divided by one."""
    first, second = node.parts
    if node.kind == "power":
        return False
    if node.kind == "divide":
        return not second.variables()
    return not (first.variables() and second.variables())


@lru_cache(maxsize=256)
def _spread(names: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[tuple[str, fmpq], ...], ...]:
    """The same points every time for the same letters."""
    random = Random(SEED)
    signs = list(product((1, -1), repeat=len(names))) if len(names) <= MOST_SIGNS else []
    number = FEW + max(WIDE, 2 * len(signs))
    found = []
    for at in range(number):
        sizes = [
            _sizes(values)[(at + shift) % 5] if at < FEW else random.choice(_sizes(values))
            for shift, values in enumerate(ranges)
        ]
        if at < 2:
            chosen: Sequence[int] = [1] * len(names)
        elif signs:
            chosen = signs[at % len(signs)]
        else:
            chosen = [random.choice((1, -1)) for _ in names]
        found.append(
            tuple(
                (name, coordinate(values, sign, size, random))
                for name, values, sign, size in zip(names, ranges, chosen, sizes, strict=True)
            )
        )
    return tuple(found)


@lru_cache(maxsize=64)
def _small(names: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[tuple[str, fmpq], ...], ...]:
    """Small numbers of both signs, at which powers are real that elsewhere are not: ((-2)^2)^(1/2)."""
    random = Random(SEED)
    fitting = [[each for each in SMALL if _is_in(each, values)] for values in ranges]
    if not all(fitting):
        return ()
    chosen = dict.fromkeys(tuple(map(random.choice, fitting)) for _ in range(SMALL_POINTS))
    return tuple(tuple(zip(names, map(as_fmpq, values), strict=True)) for values in chosen)


def _is_in(value: Fraction, values: Range) -> bool:
    return (
        (values.low is None or value > values.low)
        and (values.high is None or value < values.high)
        and (not values.whole or value.denominator == 1)
    )


def _sizes(values: Range) -> Sequence[float]:
    return COUNTS if values.whole and values.low is not None and values.high is None else SIZES


def coordinate(values: Range, sign: int, size: float, random: Random) -> fmpq:
    """A value of a letter of about this size, none that is special, in the range that it has."""
    step = Fraction(random.randint(500, 1500), 997) * Fraction(size).limit_denominator(10**7)
    low, high = values.low, values.high
    if low is not None and high is not None:
        share = Fraction(random.randint(1, 996), 997)
        found = low + (high - low) * share
    elif low is not None:
        found = low + step
    elif high is not None:
        found = high - step
    else:
        found = sign * step
    return as_fmpq(_whole_within(found, values) if values.whole else found)


def _whole_within(value: Fraction, values: Range) -> Fraction:
    found = Fraction(round(value))
    if values.low is not None and found < values.low:
        found = Fraction(math.ceil(values.low))
    if values.high is not None and found > values.high:
        found = Fraction(math.floor(values.high))
    return found


def as_fmpq(value: Fraction) -> fmpq:
    """The same fraction for FLINT."""
    return fmpq(value.numerator, value.denominator)


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


def _at_kinks(nodes: Sequence[Node], ranges: dict[str, Range]) -> Iterator[Point]:
    """Along lines on which one letter moves and the others stand still."""
    critical = _critical(nodes)
    names = tuple(ranges)
    bases = _spread(names, tuple(ranges.values()))
    lines = [
        (name, dict(base))
        for base in (bases[0], bases[-1])[: 1 if len(names) == 1 else LINES]
        for name in names
    ]
    given = 0
    for name, base in lines:
        others = {other: value for other, value in base.items() if other != name}
        kinks = sorted({kink for node in critical for kink in _zeros(node, name, others)})
        for value in _beside(kinks[:MOST_ROOTS], ranges[name]):
            if given >= MOST_KINK_POINTS:
                return
            given += 1
            yield {**others, name: as_fmpq(value)}


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
        if _is_in(each, values):
            yield each


def _zeros(node: Node, name: str, others: Point) -> list[Fraction]:
    """The real zeros and poles along a line: of a polynomial all, else where the sign is seen to change."""
    if name not in node.variables():
        return []
    polynomial = polynomial_along(node, name, others)
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
