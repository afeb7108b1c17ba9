"""Values of expressions without letters, and in plain arithmetic of all, which shows most differences.

Whether two expressions are the same is decided in `equality`.
"""

import cmath
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import factorial
from typing import SupportsFloat

import mpmath
from flint import acb, fmpq

from tinyv_cli.maths import balls
from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.reading import ANY_BASE, Node

Point = Mapping[str, SupportsFloat]

BITS = 200
AGREE = mpmath.mpf(10) ** -30
# What differs by more than this as plain floating-point numbers need not be computed to many digits.
CLEARLY = 1e-6
LARGEST_EXPONENT, LARGEST_FACTORIAL, MOST_BITS = 2000, 200, 20_000


def clearly_differ(first: Node, second: Node, point: Point) -> bool:
    """Whether plain arithmetic shows two real values that have nothing to do with each other."""
    try:
        values = [approximate(node, point) for node in (first, second)]
    except (NoValueError, ArithmeticError, ValueError):
        return False
    scale = max(1, *map(abs, values))
    real = all(cmath.isfinite(value) and abs(value.imag) <= 1e-9 * scale for value in values)
    return real and abs(values[0] - values[1]) > CLEARLY * scale


def with_bases(node: Node) -> Node:
    """The same, logarithms to any base as those to a base that is a letter."""
    if node.text == ANY_BASE and node.kind == "log":
        return Node("log", parts=(with_bases(node.parts[0]), Node("variable", ANY_BASE)))
    return Node(node.kind, node.text, tuple(map(with_bases, node.parts))) if node.parts else node


def _depends_on_base(node: Node) -> bool:
    """Whether the value is another for logarithms to the base 2 than to the base 3. Raises NoValueError."""
    based = with_bases(node)
    if based == node:
        return False
    values = [balls.value_at(based, {ANY_BASE: fmpq(base)})[0] for base in (2, 3)]
    return balls.apart(values[0], values[1])


def real_value(node: Node) -> mpmath.mpf | None:
    """The value, to 60 digits, of an expression that is a real number; None for any other."""
    if node.variables():
        return None
    with balls.precision(BITS):
        try:
            value, _ = balls.value_at(node, {})
            if _depends_on_base(node):
                return None  # which logarithm is meant is not said
        except (NoValueError, RecursionError):
            return None
        if isinstance(value, acb):
            return None
        if isinstance(value, fmpq):
            with mpmath.workprec(BITS):
                return mpmath.mpf(int(value.p)) / int(value.q)
        return mpmath.make_mpf(value.mid()._mpf_)


def rational(node: Node) -> Fraction | None:
    """The exact value of an expression of numbers and the four operations; None for any other."""
    try:
        return _rational(node)
    except (NoValueError, ZeroDivisionError):
        return None


def exponent(node: Node) -> Fraction | None:
    """Of a power the exponent, where it is a number that is known exactly; None for any other."""
    return rational(node.parts[1]) if node.kind == "power" else None


def _rational(node: Node) -> Fraction:
    if node.kind == "number":
        return Fraction(node.text)
    if node.kind not in _EXACT:
        raise NoValueError
    value = _EXACT[node.kind](*map(_rational, node.parts))
    if value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
        raise NoValueError
    return value


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > LARGEST_EXPONENT:
        raise NoValueError
    if base.numerator.bit_length() * abs(exponent) > MOST_BITS:
        raise NoValueError
    return base**exponent.numerator


def _exact_factorial(value: Fraction) -> Fraction:
    if value.denominator != 1 or not 0 <= value <= LARGEST_FACTORIAL:
        raise NoValueError
    return Fraction(factorial(value.numerator))


_EXACT: dict[str, Callable[..., Fraction]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "negative": lambda a: -a,
    "power": _exact_power,
    "abs": abs,
    "factorial": _exact_factorial,
}


def approximate(node: Node, point: Point) -> complex:
    """The same in plain arithmetic, which takes no time whatever stands there.

    Raises NoValueError for what it does not know, and what Python raises.
    """
    if node.kind == "number":
        return complex(float(node.text))
    if node.kind == "variable":
        return complex(_plain(point[node.text]))
    if node.kind == "constant":
        return _PLAIN_CONSTANTS[node.text]
    operation = _PLAIN.get((node.kind, len(node.parts)))
    if operation is None:
        raise NoValueError
    return complex(operation(*[approximate(part, point) for part in node.parts]))


def _plain(value: SupportsFloat) -> float:
    return float(value.p) / float(value.q) if isinstance(value, fmpq) else float(value)


_PLAIN_CONSTANTS = {
    "pi": cmath.pi,
    "e": cmath.e,
    "i": 1j,
    "tau": cmath.tau,
    "degree": cmath.pi / 180,
}
_PLAIN: dict[tuple[str, int], Callable[..., complex]] = {
    ("add", 2): operator.add,
    ("subtract", 2): operator.sub,
    ("multiply", 2): operator.mul,
    ("divide", 2): operator.truediv,
    ("negative", 1): operator.neg,
    ("power", 2): operator.pow,
    ("abs", 1): abs,
    ("sqrt", 1): cmath.sqrt,
    ("ln", 1): cmath.log,
    ("log", 1): cmath.log,
    ("log", 2): cmath.log,
    ("lg", 1): cmath.log10,
    **{(name, 1): getattr(cmath, name) for name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{(f"arc{name}", 1): getattr(cmath, f"a{name}") for name in ("sin", "cos", "tan")},
}
