"""Values of made-up expressions at points, in numbers of mpmath: what generated pairs are checked by.

Two expressions that agree at random points are taken for the same here; a proof in tinyv_cli needs more.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import mpmath

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.reading import Node

Number: TypeAlias = mpmath.mpf | mpmath.mpc
Point: TypeAlias = Mapping[str, mpmath.mpf]

LARGEST_EXPONENT, LARGEST_FACTORIAL = 2000, 200


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
