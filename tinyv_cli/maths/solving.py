r"""Inequalities of one unknown, solved exactly: where a quotient of polynomials is positive, and where not.

`x^2 < 4` and `\frac{x+1}{x-2} \le 0` are sets of real numbers as much as `(-2, 2)` is. Roots
are rational or come from a quadratic equation, and are given as texts that can be read again; what has other
roots is not solved.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import isqrt, lcm

import mpmath

from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import rational, real_value

MOST_DEGREE, DIGITS = 6, 60
# Roots are looked for among the divisors of coefficients up to this; they cost its square root.
LARGEST_COEFFICIENT = 10**6
# What is nearer is one number, whose texts differ; what is near, but not so near, is not decided here.
ALIKE, APART = mpmath.mpf(10) ** -45, mpmath.mpf(10) ** -15


class NotSolvedError(Exception):
    """The inequality has roots that are not found here, or is none of one unknown."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A real number: its text, its value, and the same exactly where it is rational."""

    text: str
    value: mpmath.mpf
    exact: Fraction | None = None

    @property
    def is_zero(self) -> bool:
        """Whether it is 0. Raises NotSolvedError where that is not known."""
        if self.exact is not None:
            return self.exact == 0
        if abs(self.value) < APART:
            raise NotSolvedError
        return False


Polynomial = tuple[Constant, ...]  # from the constant upward, the last one not 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What lies between two numbers, or one number alone; None is infinity on its side."""

    low: Constant | None
    high: Constant | None
    low_closed: bool = False
    high_closed: bool = False


def solved(left: Node, sign: str, right: Node, name: str) -> list[Piece]:
    """Where `left sign right` holds, for one of `< > ≤ ≥ ≠ =`, in pieces from low to high.

    Raises NotSolvedError.
    """
    with mpmath.workdps(DIGITS):
        return _where(Node("subtract", parts=(left, right)), sign, name)


def bars(node: Node) -> Node | None:
    """An absolute value in which there is no other one; None where there is none that has a variable."""
    return next((each for each in node.walk() if _is_innermost(each)), None)


def _is_innermost(node: Node) -> bool:
    return node.kind == "abs" and bool(node.variables()) and not any(map(bars, node.parts))


def put(node: Node, old: Node, new: Node) -> Node:
    """The expression with one part of it for another."""
    if node == old:
        return new
    return Node(node.kind, node.text, tuple(put(part, old, new) for part in node.parts))


def _where(difference: Node, sign: str, name: str) -> list[Piece]:
    """Where a quotient of polynomials compares so with 0."""
    top, low = (_trimmed(each) for each in _quotient(difference, name))
    if len(low) == 1 and low[0].is_zero:
        raise NotSolvedError
    zeros, poles = _roots(top), _roots(low)
    points = _distinct([*zeros, *poles])
    edges: list[Constant | None] = [None, *points, None]
    pieces: list[Piece] = []
    for before, after in pairwise(edges):
        if _holds(_sign(top, _between(before, after)) * _sign(low, _between(before, after)), sign):
            pieces.append(Piece(before, after))
        if after is not None and _holds(0, sign) and not _among(after, poles):
            pieces.append(Piece(after, after, True, True))
    return pieces


def _holds(value: int, sign: str) -> bool:
    return {
        "<": value < 0,
        ">": value > 0,
        "≤": value <= 0,
        "≥": value >= 0,
        "≠": value != 0,
        "=": value == 0,
    }[sign]


def _between(low: Constant | None, high: Constant | None) -> mpmath.mpf:
    """A number between the two."""
    if low is None or high is None:
        edge, step = (high, -1) if low is None else (low, 1)
        return mpmath.mpf(0) if edge is None else edge.value + step
    return (low.value + high.value) / 2


def _sign(polynomial: Polynomial, point: mpmath.mpf) -> int:
    return int(mpmath.sign(mpmath.polyval([each.value for each in reversed(polynomial)], point)))


def _among(point: Constant, others: Iterable[Constant]) -> bool:
    return any(_is_one(point, other) for other in others)


def _is_one(first: Constant, second: Constant) -> bool:
    if first.exact is not None and second.exact is not None:
        return first.exact == second.exact
    apart = abs(first.value - second.value) / max(1, abs(first.value))
    if ALIKE < apart < APART:
        raise NotSolvedError
    return bool(apart <= ALIKE)


def _distinct(points: Sequence[Constant]) -> list[Constant]:
    done: list[Constant] = []
    for point in sorted(points, key=lambda each: each.value):
        if not done or not _is_one(done[-1], point):
            done.append(point)
    return done


# Arithmetic of constants, which keeps the exact value as long as there is one.


def constant(exact: Fraction | int) -> Constant:
    """A rational number."""
    exact = Fraction(exact)
    text = str(exact) if exact.denominator == 1 and exact >= 0 else f"({exact})"
    return Constant(text, mpmath.mpf(exact.numerator) / exact.denominator, exact)


def _combined(sign: str, by: Callable[..., Fraction], first: Constant, second: Constant) -> Constant:
    if first.exact is not None and second.exact is not None:
        return constant(by(first.exact, second.exact))
    exact = (first.exact, second.exact)
    if sign == "*" and 0 in exact:
        return constant(0)
    if (sign in "+*" and exact[0] == "+*".index(sign)) or (sign == "*" and second.exact == 1):
        return second if exact[0] is not None else first
    if (sign == "+" and second.exact == 0) or (sign == "/" and second.exact == 1):
        return first
    if sign == "*" and first.exact == -1:
        return Constant(_negative(second.text), -second.value)
    return Constant(f"({first.text}{sign}{second.text})", by(first.value, second.value))


def _negative(text: str) -> str:
    """Texts in brackets that begin with a minus are negative as a whole."""
    return text[2:-1] if text.startswith("(-") else f"(-{text})"


def _sum(first: Constant, second: Constant) -> Constant:
    return _combined("+", lambda a, b: a + b, first, second)


def _product(first: Constant, second: Constant) -> Constant:
    return _combined("*", lambda a, b: a * b, first, second)


def _ratio(first: Constant, second: Constant) -> Constant:
    if second.exact == -1:
        return _product(MINUS, first)
    return _combined("/", lambda a, b: a / b, first, second)


def _root(number: Constant) -> Constant:
    """The square root of what is not negative."""
    if number.exact is not None:
        top, low = number.exact.numerator, number.exact.denominator
        if isqrt(top) ** 2 == top and isqrt(low) ** 2 == low:
            return constant(Fraction(isqrt(top), isqrt(low)))
    return Constant(f"sqrt({number.text})", mpmath.sqrt(number.value))


MINUS = constant(-1)


# Polynomials, and quotients of them.


def _add(first: Polynomial, second: Polynomial) -> Polynomial:
    zero = constant(0)
    length = max(len(first), len(second))
    return tuple(
        _sum(first[n] if n < len(first) else zero, second[n] if n < len(second) else zero)
        for n in range(length)
    )


def _multiply(first: Polynomial, second: Polynomial) -> Polynomial:
    if len(first) + len(second) > MOST_DEGREE + 2:
        raise NotSolvedError
    coefficients = [constant(0)] * (len(first) + len(second) - 1)
    for n, one in enumerate(first):
        for m, other in enumerate(second):
            coefficients[n + m] = _sum(coefficients[n + m], _product(one, other))
    return tuple(coefficients)


def _trimmed(polynomial: Polynomial) -> Polynomial:
    last = len(polynomial)
    while last > 1 and polynomial[last - 1].is_zero:
        last -= 1
    return polynomial[:last]


_ONE: Polynomial = (constant(1),)


def _quotient(node: Node, name: str) -> tuple[Polynomial, Polynomial]:
    """The expression as one fraction."""
    if not node.variables():
        return (_constant_of(node),), _ONE
    if node == Node("variable", name):
        return (constant(0), constant(1)), _ONE
    if node.kind == "power":
        return _power(node, name)
    parts = [_quotient(part, name) for part in node.parts]
    if node.kind == "negative":
        return _multiply((MINUS,), parts[0][0]), parts[0][1]
    if len(parts) != 2 or node.kind not in ("add", "subtract", "multiply", "divide"):
        raise NotSolvedError
    (top, low), (other_top, other_low) = parts
    if node.kind == "multiply":
        return _multiply(top, other_top), _multiply(low, other_low)
    if node.kind == "divide":
        # Where what it divides by has no value, there is none either: that stays in both.
        kept = other_low if len(other_low) > 1 else _ONE
        return reduce(_multiply, (top, other_low, kept)), reduce(_multiply, (low, other_top, kept))
    if node.kind == "subtract":
        other_top = _multiply((MINUS,), other_top)
    if low is _ONE and other_low is _ONE:
        return _add(top, other_top), _ONE
    return _add(_multiply(top, other_low), _multiply(other_top, low)), _multiply(low, other_low)


def _power(node: Node, name: str) -> tuple[Polynomial, Polynomial]:
    exponent = rational(node.parts[1])
    if exponent is None or exponent.denominator != 1 or not 0 < abs(exponent) <= MOST_DEGREE:
        raise NotSolvedError
    base = _quotient(node.parts[0], name)
    top, low = (reduce(_multiply, [each] * abs(exponent.numerator)) for each in base)
    if exponent > 0:
        return top, low
    if len(low) > 1:
        raise NotSolvedError
    return low, top


def _constant_of(node: Node) -> Constant:
    exact = rational(node)
    if exact is not None:
        return constant(exact)
    value = real_value(node)
    if value is None:
        raise NotSolvedError
    return Constant(written(node), value)


_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^"}
_AFTER = {"factorial": "!"}


def written(node: Node) -> str:
    """An expression in plain text, which is read as the same."""
    if not node.parts:
        return "(pi/180)" if node.text == "degree" else node.text
    parts = [written(part) for part in node.parts]
    if node.kind in _SIGNS:
        return f"({_SIGNS[node.kind].join(parts)})"
    if node.kind == "negative":
        return f"(-{parts[0]})"
    if node.kind in _AFTER:
        return f"({parts[0]}){_AFTER[node.kind]}"
    if node.kind == "log" and len(parts) == 2:
        return f"log_{{{parts[1]}}}({parts[0]})"
    if node.kind == "root" and len(parts) == 2:
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
    if node.kind == "binom":
        return rf"\binom{{{parts[0]}}}{{{parts[1]}}}"
    return f"{node.kind}({','.join(parts)})"


# Roots.


def _roots(polynomial: Polynomial) -> list[Constant]:
    """All real roots of a polynomial that is not 0; none of a constant."""
    if len(polynomial) <= 3:
        return _few_roots(polynomial)
    exact = [each.exact for each in polynomial]
    if None in exact:
        raise NotSolvedError
    rest = [each for each in exact if each is not None]
    found: list[Constant] = []
    while len(rest) > 3 and (root := _rational_root(rest)) is not None:
        found.append(constant(root))
        rest = _divided(rest, root)
    if len(rest) > 3:
        if any(rest[1::2]):
            raise NotSolvedError
        squares = _roots(tuple(map(constant, rest[::2])))
        roots = [_root(each) for each in squares if each.value >= 0]
        return [*found, *roots, *(_product(MINUS, each) for each in roots)]
    return [*found, *_few_roots(tuple(map(constant, rest)))]


def _few_roots(polynomial: Polynomial) -> list[Constant]:
    """Those of a polynomial of degree two or less."""
    if len(polynomial) == 1:
        return []
    if len(polynomial) == 2:
        return [_ratio(_product(MINUS, polynomial[0]), polynomial[1])]
    c, b, a = polynomial
    discriminant = _sum(_product(b, b), _product(constant(-4), _product(a, c)))
    if discriminant.is_zero:
        return [_ratio(_product(MINUS, b), _product(constant(2), a))]
    if discriminant.value < 0:
        return []
    root, twice = _root(discriminant), _product(constant(2), a)
    tops = (_sum(_product(MINUS, b), each) for each in (root, _product(MINUS, root)))
    return [_ratio(top, twice) for top in tops]


def _rational_root(coefficients: Sequence[Fraction]) -> Fraction | None:
    """A rational root of a polynomial with rational coefficients, by the divisors of its first and last."""
    if coefficients[0] == 0:
        return Fraction(0)
    scale = lcm(*(each.denominator for each in coefficients))
    first, last = (abs((coefficients[end] * scale).numerator) for end in (0, -1))
    if max(first, last) > LARGEST_COEFFICIENT:
        raise NotSolvedError
    for low in _divisors(last):
        for top in _divisors(first):
            for root in (Fraction(top, low), Fraction(-top, low)):
                if _value(coefficients, root) == 0:
                    return root
    return None


def _value(coefficients: Sequence[Fraction], point: Fraction) -> Fraction:
    return reduce(lambda value, each: value * point + each, reversed(coefficients), Fraction(0))


def _divisors(number: int) -> list[int]:
    small = [each for each in range(1, isqrt(number) + 1) if number % each == 0]
    return sorted({*small, *(number // each for each in small)})


def _divided(coefficients: Sequence[Fraction], root: Fraction) -> list[Fraction]:
    """The polynomial without a root of it."""
    quotient, carried = [], Fraction(0)
    for each in reversed(coefficients):
        carried = carried * root + each
        quotient.append(carried)
    return quotient[-2::-1]
