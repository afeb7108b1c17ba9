"""Compare expressions by their values: exactly where they are rational, else to 30 digits at many points.

Two expressions that agree to so many digits at random points of their common domain are the same, but for an
accident whose probability is nil (Schwartz 1980, J. ACM 27:701, for polynomials).
"""

import cmath
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import factorial
from random import Random
from typing import TypeAlias

import mpmath

from tinyv_cli.maths.reading import Node

Number: TypeAlias = mpmath.mpf | mpmath.mpc
Point: TypeAlias = Mapping[str, mpmath.mpf]

DIGITS, DIGITS_SHOWN = 60, 30
AGREE = mpmath.mpf(10) ** -DIGITS_SHOWN
ZERO = mpmath.mpf(10) ** -50
POINTS, ENOUGH, SEED = 20, 6, 20260522
# What differs by more than this as plain floating-point numbers need not be computed to many digits.
CLEARLY = 1e-6
SMALL = tuple(map(mpmath.mpf, ("-2", "-1", "-0.5", "0.5", "1", "2")))
SMALL_POINTS = 60
LARGEST_EXPONENT, LARGEST_FACTORIAL, MOST_BITS = 2000, 200, 20_000


class NoValueError(Exception):
    """There is no value at this point, or none that can be computed in reasonable time."""


def same_value(first: Node, second: Node) -> bool | None:
    """Whether both are the same for all values of their variables; None where that cannot be told."""
    names = sorted(first.variables() | second.variables())
    if not names:
        exact = rational(first), rational(second)
        if None not in exact:
            return exact[0] == exact[1]
    points = _points(tuple(names))
    if any(_clearly_differ(first, second, point) for point in (*points[:2], *_small_points(tuple(names)))):
        return False
    real = not (_has_i(first) or _has_i(second))
    agreeing = 0
    for point in points:
        values = [_value_or_none(node, point, real=real) for node in (first, second)]
        if values[0] is None and values[1] is None:
            continue
        if None in values or not _agree(*values):
            return False
        agreeing += 1
    return True if agreeing >= (ENOUGH if names else 1) else None


def _clearly_differ(first: Node, second: Node, point: Point) -> bool:
    """Whether plain arithmetic shows two real values that have nothing to do with each other."""
    try:
        values = [approximate(node, point) for node in (first, second)]
    except (NoValueError, ArithmeticError, ValueError):
        return False
    scale = max(1, *map(abs, values))
    real = all(cmath.isfinite(value) and abs(value.imag) <= 1e-9 * scale for value in values)
    return real and abs(values[0] - values[1]) > CLEARLY * scale


def _agree(first: Number, second: Number) -> bool:
    """Whether they are the same to so many digits; beside 0, what is left of a sum that comes to nothing."""
    if first == 0 or second == 0:
        return bool(abs(first - second) < ZERO)
    return bool(abs(first - second) <= AGREE * max(abs(first), abs(second)))


def same_relation(first: Node, second: Node) -> bool:
    """Whether `first = 0` and `second = 0` are seen to have the same solutions.

    They have if one is the other times a constant. Powers of variables as factors will do as well where
    they are never 0: multiplied by x, y = 6/x is xy = 6, which says by itself that x is not 0.
    """
    with mpmath.workdps(DIGITS):
        return _same_relation(first, second, tuple(sorted(first.variables() | second.variables())))


def _same_relation(first: Node, second: Node, names: tuple[str, ...]) -> bool:
    points = [point for point in _points(names) if _value_or_none(first, point) is not None]
    ratios = [_ratio(first, second, point) for point in points]
    if len(points) < ENOUGH or any(ratio is None for ratio in ratios):
        return False
    powers = {
        name: _power_of(ratios[0], _ratio(first, second, {**points[0], name: 2 * points[0][name]}))
        for name in names
    }
    if None in powers.values():
        return False
    constants = [
        ratio / mpmath.fprod(point[name] ** power for name, power in powers.items())
        for ratio, point in zip(ratios, points, strict=True)
    ]
    return all(_agree(constants[0], constant) for constant in constants) and all(
        _never_zero(name, *((first, second) if power > 0 else (second, first)), points)
        for name, power in powers.items()
        if power
    )


def _ratio(first: Node, second: Node, point: Point) -> Number | None:
    top, low = _value_or_none(first, point), _value_or_none(second, point)
    return top / low if top and low else None


def _power_of(ratio: Number, doubled: Number | None) -> int | None:
    """How often a ratio has a variable as a factor, by what it becomes when that is doubled."""
    factor = 0 if doubled is None else doubled / ratio
    if mpmath.im(factor) or mpmath.re(factor) <= 0:
        return None
    power = mpmath.log(mpmath.re(factor), 2)
    return int(mpmath.nint(power)) if abs(power - mpmath.nint(power)) < CLEARLY else None


def _never_zero(name: str, with_factor: Node, without: Node, points: Sequence[Point]) -> bool:
    """Whether neither is solved where a variable is 0: one says nothing there, the other what is false."""
    there = [{**point, name: mpmath.mpf(0)} for point in points]
    if any(_value_or_none(without, point) is not None for point in there):
        return False
    values = [_value_or_none(with_factor, point) for point in there]
    return bool(values[0]) and all(value is not None and _agree(values[0], value) for value in values)


@lru_cache(maxsize=64)
def _small_points(names: tuple[str, ...]) -> tuple[Point, ...]:
    """Small numbers of both signs, where roots and powers are real that elsewhere are not: ((-2)^2)^(1/2).

    They can only refute: at some of them many an expression has no value.
    """
    random = Random(SEED)
    return tuple({name: random.choice(SMALL) for name in names} for _ in range(SMALL_POINTS if names else 0))


@lru_cache(maxsize=64)
def _points(names: tuple[str, ...]) -> tuple[Point, ...]:
    """The same points every time: real, of both signs, large and small, none of them special."""
    random = Random(SEED)
    if not names:
        return ({},)

    def coordinate(sign: int, size: int) -> mpmath.mpf:
        return mpmath.mpf(sign * random.randint(10**11, size * 10**12)) / 10**12

    signs = [1, -1, *[1, 0] * (POINTS // 2 - 1)]
    sizes = [3, 3, *[3, 3, 1] * POINTS]
    return tuple(
        {name: coordinate(sign or random.choice((1, -1)), size) for name in names}
        for sign, size in zip(signs, sizes, strict=False)
    )


def _value_or_none(node: Node, point: Point, *, real: bool = True) -> Number | None:
    """The value; None where there is none, or where it would be complex and must be `real`."""
    with mpmath.workdps(DIGITS):
        try:
            value = evaluate(node, point)
        except (NoValueError, ArithmeticError, ValueError, TypeError):
            return None
        if not mpmath.isfinite(value):
            return None
        if real and abs(mpmath.im(value)) > AGREE * max(1, abs(value)):
            return None
        return value


def real_value(node: Node) -> mpmath.mpf | None:
    """The value of an expression without variables that is a real number; None for any other."""
    try:
        value = None if node.variables() else _value_or_none(node, {})
    except RecursionError:
        return None
    return value if isinstance(value, mpmath.mpf) else None


def _has_i(node: Node) -> bool:
    return node == Node("constant", "i") or any(map(_has_i, node.parts))


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


def evaluate(node: Node, point: Point) -> Number:
    """The value at a point, as a number of mpmath. Raises NoValueError, and what mpmath raises."""
    if node.kind == "number":
        return mpmath.mpf(node.text)
    if node.kind == "variable":
        return point[node.text]
    if node.kind == "constant":
        return _constant(node.text)
    operation = _OPERATIONS.get((node.kind, len(node.parts)))
    if operation is None:
        raise NoValueError
    return operation(*(evaluate(part, point) for part in node.parts))


def approximate(node: Node, point: Point) -> complex:
    """The same in plain arithmetic, which takes no time whatever stands there.

    Raises NoValueError for what it does not know, and what Python raises.
    """
    if node.kind == "number":
        return complex(float(node.text))
    if node.kind == "variable":
        return complex(point[node.text])
    if node.kind == "constant":
        return _PLAIN_CONSTANTS[node.text]
    operation = _PLAIN.get((node.kind, len(node.parts)))
    if operation is None:
        raise NoValueError
    return complex(operation(*[approximate(part, point) for part in node.parts]))


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


def _constant(name: str) -> Number:
    return {
        "pi": +mpmath.pi,
        "e": +mpmath.e,
        "i": mpmath.mpc(0, 1),
        "tau": 2 * mpmath.pi,
        "degree": mpmath.pi / 180,
    }[name]


def _power(base: Number, exponent: Number) -> Number:
    if abs(exponent) > LARGEST_EXPONENT or abs(base) > mpmath.mpf(10) ** 500:
        raise NoValueError
    return mpmath.power(base, exponent)


def _root(radicand: Number, degree: Number) -> Number:
    """The real root of a negative number where its degree is odd."""
    if mpmath.im(radicand) == 0 and radicand < 0 and degree == int(degree) and int(degree) % 2:
        return -mpmath.root(-radicand, int(degree))
    return _power(radicand, 1 / degree)


def _factorial(value: Number) -> Number:
    if abs(value) > LARGEST_FACTORIAL:
        raise NoValueError
    return mpmath.factorial(value)


def _log(value: Number, base: Number | None = None) -> Number:
    return mpmath.log(value) if base is None else mpmath.log(value) / mpmath.log(base)


_OPERATIONS: dict[tuple[str, int], Callable[..., Number]] = {
    ("add", 2): lambda a, b: a + b,
    ("subtract", 2): lambda a, b: a - b,
    ("multiply", 2): lambda a, b: a * b,
    ("divide", 2): lambda a, b: a / b,
    ("negative", 1): lambda a: -a,
    ("power", 2): _power,
    ("factorial", 1): _factorial,
    ("abs", 1): abs,
    ("sqrt", 1): mpmath.sqrt,
    ("root", 2): _root,
    ("root", 1): mpmath.sqrt,
    ("exp", 1): lambda a: _power(mpmath.e, a),
    ("ln", 1): mpmath.log,
    ("log", 1): mpmath.log,
    ("log", 2): _log,
    ("lg", 1): lambda a: mpmath.log(a, 10),
    ("binom", 2): mpmath.binomial,
    ("floor", 1): mpmath.floor,
    ("ceil", 1): mpmath.ceil,
    ("max", 2): max,
    ("min", 2): min,
    **{
        (ours, 1): getattr(mpmath, theirs)
        for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch")
        for ours, theirs in ((name, name), (f"arc{name}", f"a{name}"))
    },
}
