"""At which points expressions are compared: of all sizes and signs, on both sides of every kink.

Between two kinks next to each other an expression is one analytic function, and two of these that agree at a
few points of no special kind agree everywhere.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from random import Random

from flint import fmpq

from tinyv_cli.maths.balls import as_fmpq
from tinyv_cli.maths.domains import REALS, Domain, Range
from tinyv_cli.maths.kinks import ROUNDED, Point, at_kinks, in_pieces
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import rational

SEED = 20260522
# Of the points those that come first, of sizes near 1: what has nothing to do with each other differs there.
FEW = 8
WIDE = 24
MOST_SIGNS = 4  # letters of which all combinations of signs are tried
SIZES = (1.0, 3.0, 0.4, 12.0, 2.0, 70.0, 0.05, 900.0, 5.0, 3e4, 2e-3, 25.0, 1e6, 1e-6, 300.0, 0.2)
COUNTS = (2.0, 5.0, 3.0, 12.0, 1.0, 7.0, 20.0, 40.0, 90.0, 900.0)  # of a letter that is an integer from 0 on
SMALL = tuple(map(Fraction, ("-2", "-1", "-1/2", "1/2", "1", "2", "3")))
SMALL_POINTS = 60
LINES = 2
# What repeats is in pieces without end: points among many of them.
FAR, FAR_POINTS = (20.0, 50.0, 120.0, 300.0, 700.0, 2e3, 1e4), 32
_REPEATING = frozenset("sin cos tan cot sec csc".split())
WHOLE_LETTERS = frozenset("n k m j l N K M".split())
_OF_INTEGERS = ROUNDED | {"factorial", "binom", "gcd", "lcm"}
# Integers at which what is rounded may be one: multiples, squares, cubes and powers.
COUNTED = tuple(
    map(Fraction, (*range(1, 41), 49, 64, 81, 100, 125, 128, 243, 256, 343, 512, 729, 1000, 1024))
)
MOST_COUNTED = 80


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
        bases = _spread(names, ranges)
        lines = [dict(base) for base in (bases[0], bases[-1])[: 1 if len(names) == 1 else LINES]]
        yield from at_kinks((first, second), dict(zip(names, ranges, strict=True)), lines)
        if any(node.kind in _REPEATING for node in (*first.walk(), *second.walk())):
            yield from map(dict, _far(names, ranges))
    if is_rounded(first) or is_rounded(second):
        yield from map(dict, _counted(names, ranges))


def _narrowed(stated: Range, implied: Range | None) -> Range:
    """What the question states, and that it is whole; where it states nothing, what is implied."""
    if implied is None:
        return stated
    return implied if stated == REALS else Range(stated.low, stated.high, whole=True)


def is_rounded(node: Node) -> bool:
    """Whether any part of it that has letters is rounded to an integer."""
    return any(each.kind in ROUNDED and each.variables() for each in node.walk())


def touches_integers(first: Node, second: Node, domain: Domain) -> bool:
    """Whether something is rounded that may be an integer where no point shows it: the square of a sine.

    What is linear is tried where it is an integer, and letters that are integers at many of these.
    """
    whole = _whole_letters(first, second)
    return any(
        each.kind in ROUNDED
        and not all(name in whole or domain.of(name).whole for name in each.variables())
        and not all(map(_is_linear, each.parts))
        for each in (*first.walk(), *second.walk())
    )


def _is_linear(node: Node) -> bool:
    """Whether it is a sum of letters times fractions, perhaps in bars or rounded."""
    if node.kind in ("number", "variable"):
        return True
    if node.kind in ("add", "subtract", "negative", "abs", "floor", "ceil"):
        return all(map(_is_linear, node.parts))
    if node.kind == "multiply":
        return any(rational(part) is not None for part in node.parts) and all(map(_is_linear, node.parts))
    if node.kind == "divide":
        return rational(node.parts[1]) is not None and _is_linear(node.parts[0])
    return False


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
def _far(names: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[tuple[str, fmpq], ...], ...]:
    """Large numbers of both signs: √(1 - sin²(t/34)) is cos(t/34) until t is above 53."""
    random = Random(SEED)
    return tuple(
        tuple(
            (name, coordinate(values, random.choice((1, -1)), random.choice(FAR), random))
            for name, values in zip(names, ranges, strict=True)
        )
        for _ in range(FAR_POINTS)
    )


@lru_cache(maxsize=64)
def _small(names: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[tuple[str, fmpq], ...], ...]:
    """Small numbers of both signs, at which powers are real that elsewhere are not: ((-2)^2)^(1/2)."""
    random = Random(SEED)
    fitting = [[each for each in SMALL if values.contains(each)] for values in ranges]
    if not all(fitting):
        return ()
    chosen = dict.fromkeys(tuple(map(random.choice, fitting)) for _ in range(SMALL_POINTS))
    return tuple(tuple(zip(names, map(as_fmpq, values), strict=True)) for values in chosen)


@lru_cache(maxsize=64)
def _counted(names: tuple[str, ...], ranges: tuple[Range, ...]) -> tuple[tuple[tuple[str, fmpq], ...], ...]:
    """Integers for all letters that are such; the others stay where they are."""
    random = Random(SEED)
    still = dict(_spread(names, ranges)[0])
    moving = [name for name, values in zip(names, ranges, strict=True) if values.whole]
    fitting = [[each for each in COUNTED if values.contains(each)] for values in ranges if values.whole]
    if not moving or not all(fitting):
        return ()
    drawn = product(*fitting) if len(moving) == 1 else iter(lambda: tuple(map(random.choice, fitting)), None)
    found = ({**still, **dict(zip(moving, map(as_fmpq, each), strict=True))} for each in drawn)
    return tuple(tuple(point.items()) for point in islice(found, MOST_COUNTED))


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
