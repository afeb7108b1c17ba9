"""Compare expressions by their values: exactly where they are rational, else to 30 digits at many points.

Two expressions that agree to so many digits at random points of their common domain are the same, but for an
accident whose probability is nil (Schwartz 1980, J. ACM 27:701, for polynomials).
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import factorial
from random import Random
from typing import Any

import mpmath

from tinyv_cli.proofs.reading import Node

DIGITS = 40
AGREE = mpmath.mpf(10) ** -30
POINTS, ENOUGH, SEED = 16, 6, 20260522
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
    agreeing = 0
    for point in _points(tuple(names)):
        values = [_value_or_none(node, point) for node in (first, second)]
        if values[0] is None and values[1] is None:
            continue
        if None in values or not _agree(*values):
            return False
        agreeing += 1
    return True if agreeing >= (ENOUGH if names else 1) else None


def _agree(first: Any, second: Any) -> bool:
    """Relatively, since tiny values differ too; beside nothing at all, what rounding leaves is nothing."""
    largest = max(abs(first), abs(second))
    return bool(abs(first - second) <= AGREE * (largest if first and second else 1))


@lru_cache(maxsize=64)
def _points(names: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    """The same points every time: real, of both signs, none of them special."""
    random = Random(SEED)
    if not names:
        return ({},)

    def coordinate(sign: int) -> Any:
        return mpmath.mpf(sign * random.randint(10**12, 3 * 10**13)) / 10**13

    signs = [1, -1] + [1] * (POINTS // 2 - 1) + [0] * (POINTS // 2 - 1)
    return tuple({name: coordinate(sign or random.choice((1, -1))) for name in names} for sign in signs)


def _value_or_none(node: Node, point: Mapping[str, Any]) -> Any:
    """The real value; None where there is none: also where it would be complex, unless `i` stands there."""
    with mpmath.workdps(DIGITS):
        try:
            value = evaluate(node, point)
        except (NoValueError, ArithmeticError, ValueError, TypeError):
            return None
        if not mpmath.isfinite(value):
            return None
        if abs(mpmath.im(value)) > AGREE * max(1, abs(value)) and not _has_i(node):
            return None
        return value


def _has_i(node: Node) -> bool:
    return node == Node("constant", "i") or any(map(_has_i, node.parts))


def rational(node: Node) -> Fraction | None:
    """The exact value of an expression of numbers and the four operations; None for any other."""
    try:
        return _rational(node)
    except (NoValueError, ZeroDivisionError):
        return None


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


_EXACT: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "negative": lambda a: -a,
    "power": _exact_power,
    "abs": abs,
    "factorial": _exact_factorial,
}


def evaluate(node: Node, point: Mapping[str, Any]) -> Any:
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


def _constant(name: str) -> Any:
    return {
        "pi": +mpmath.pi,
        "e": +mpmath.e,
        "i": mpmath.mpc(0, 1),
        "tau": 2 * mpmath.pi,
        "degree": mpmath.pi / 180,
    }[name]


def _power(base: Any, exponent: Any) -> Any:
    if abs(exponent) > LARGEST_EXPONENT or abs(base) > mpmath.mpf(10) ** 500:
        raise NoValueError
    return mpmath.power(base, exponent)


def _root(radicand: Any, degree: Any) -> Any:
    """The real root of a negative number where its degree is odd."""
    if mpmath.im(radicand) == 0 and radicand < 0 and degree == int(degree) and int(degree) % 2:
        return -mpmath.root(-radicand, int(degree))
    return _power(radicand, 1 / degree)


def _factorial(value: Any) -> Any:
    if abs(value) > LARGEST_FACTORIAL:
        raise NoValueError
    return mpmath.factorial(value)


def _log(value: Any, base: Any = None) -> Any:
    return mpmath.log(value) if base is None else mpmath.log(value) / mpmath.log(base)


_OPERATIONS: dict[tuple[str, int], Any] = {
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
