"""Derivatives of expressions, and whether two are antiderivatives of the same function.

Two antiderivatives differ by a constant wherever they belong together, so that -cos²x + C and sin²x + C
are one answer.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from tinyv_cli.maths import balls
from tinyv_cli.maths.domains import ANYWHERE, Domain
from tinyv_cli.maths.equality import QUICK, UNKNOWN, Comparison, Outcome, compare
from tinyv_cli.maths.kinks import Point
from tinyv_cli.maths.points import points
from tinyv_cli.maths.reading import Node, read

# Of each function of u, in which `u` stands for the argument; it is multiplied by the derivative of that.
_OF_FUNCTIONS = {
    "sin": "cos(u)",
    "cos": "-sin(u)",
    "tan": "1+tan(u)^2",
    "cot": "-1-cot(u)^2",
    "sec": "sec(u)*tan(u)",
    "csc": "-csc(u)*cot(u)",
    "arcsin": "1/sqrt(1-u^2)",
    "arccos": "-1/sqrt(1-u^2)",
    "arctan": "1/(1+u^2)",
    "arccot": "-1/(1+u^2)",
    "sinh": "cosh(u)",
    "cosh": "sinh(u)",
    "tanh": "1-tanh(u)^2",
    "coth": "1-coth(u)^2",
    "sech": "-sech(u)*tanh(u)",
    "csch": "-csch(u)*coth(u)",
    "arcsinh": "1/sqrt(1+u^2)",
    "arccosh": "1/(sqrt(u-1)*sqrt(u+1))",
    "arctanh": "1/(1-u^2)",
    "exp": "exp(u)",
    "ln": "1/u",
    "log": "1/u",
    "lg": "1/(u*ln(10))",
    "sqrt": "1/(2*sqrt(u))",
    "abs": "abs(u)/u",
}
_CONSTANTS = re.compile(r"[Cck](?:_\w+)?|[KA]")
_ZERO, _ONE = Node("number", "0"), Node("number", "1")
TRIED = 40  # points at which it is looked whether both have values


class NoDerivativeError(Exception):
    """The expression has no derivative that is known here."""


def antiderivatives(first: Node, second: Node, name: str, domain: Domain = ANYWHERE) -> Comparison:
    """Compare the derivatives in a letter of two expressions, constants of integration left out.

    They are the same only where both have values: ln(4 - x) is not ln|x - 4|, whose other half it lacks.
    What is ln x to some is ln|x| to others, and the second may be written so.
    """
    try:
        ours, theirs = (derivative(without_constant(node), name) for node in (first, second))
    except (NoDerivativeError, RecursionError):
        return UNKNOWN
    found = compare(ours, theirs, domain)
    if found.outcome is not Outcome.SAME or _belong_together(first, second, domain):
        return found
    return UNKNOWN


def _belong_together(first: Node, second: Node, domain: Domain) -> bool:
    """Whether both are real at the same points, as far as some tell; an integral is taken to be."""
    if any(node.kind == "Integral" for node in (*first.walk(), *second.walk())):
        return True
    if _has_bars(second) and not _has_bars(first):
        second = _without_bars(second)
    for point in islice(points(first, second, domain), TRIED):
        with balls.precision(QUICK):
            if _is_real(first, point) != _is_real(second, point):
                return False
    return True


def _has_bars(node: Node) -> bool:
    return any(each.kind in ("ln", "log", "lg") and each.parts[0].kind == "abs" for each in node.walk())


def _without_bars(node: Node) -> Node:
    """Logarithms of absolute values as those of what is in the bars."""
    if node.kind in ("ln", "log", "lg") and node.parts[0].kind == "abs":
        node = replace(node, parts=(node.parts[0].parts[0], *node.parts[1:]))
    return replace(node, parts=tuple(map(_without_bars, node.parts)))


def _is_real(node: Node, point: Point) -> bool:
    try:
        return balls.value_at(node, point)[1]
    except balls.NoValueError:
        return False


def constant_of(node: Node) -> str | None:
    """The constant of integration that is added in a sum, and stands nowhere else in it."""
    letters = [
        each.text for each in _added(node) if each.kind == "variable" and _CONSTANTS.fullmatch(each.text)
    ]
    once = [
        name
        for name in letters
        if sum(each.text == name for each in node.walk() if each.kind == "variable") == 1
    ]
    return once[-1] if once else None


def without_constant(node: Node) -> Node:
    """The expression without its constant of integration."""
    name = constant_of(node)
    return node if name is None else _with_zero(node, name)


def _with_zero(node: Node, name: str) -> Node:
    if node == Node("variable", name):
        return _ZERO
    return replace(node, parts=tuple(_with_zero(part, name) for part in node.parts))


def _added(node: Node) -> Iterator[Node]:
    """The terms of a sum."""
    if node.kind in ("add", "subtract"):
        for part in node.parts:
            yield from _added(part)
    else:
        yield node


def derivative(node: Node, name: str) -> Node:
    """The derivative in a letter. Raises NoDerivativeError."""
    if name not in node.variables():
        return _ZERO
    kind, parts = node.kind, node.parts
    if kind == "variable":
        return _ONE
    if kind == "Integral":
        return _of_integral(node, name)
    if kind == "negative":
        return _negative(derivative(parts[0], name))
    if kind in ("add", "subtract"):
        return _sum(kind, *(derivative(part, name) for part in parts))
    if kind in ("multiply", "divide", "power"):
        by = {"multiply": _of_product, "divide": _of_quotient, "power": _of_power}[kind]
        return by(parts[0], parts[1], name)
    if kind == "root" and len(parts) == 2 and name not in parts[1].variables():
        return _product(_quotient(node, _product(parts[1], parts[0])), derivative(parts[0], name))
    if kind in ("ln", "log") and parts[0].kind == "abs":
        parts = (parts[0].parts[0], *parts[1:])
    if kind == "log" and len(parts) == 2:
        return derivative(_quotient(Node("ln", parts=parts[:1]), Node("ln", parts=parts[1:])), name)
    return _of_function(kind, parts, name)


def _of_function(kind: str, parts: tuple[Node, ...], name: str) -> Node:
    outer = _formula(kind)
    if outer is None or len(parts) != 1:
        raise NoDerivativeError
    return _product(_with_argument(outer, parts[0]), derivative(parts[0], name))


def _of_integral(node: Node, name: str) -> Node:
    if len(node.parts) != 2 or node.parts[1] != Node("variable", name):
        raise NoDerivativeError
    return node.parts[0]


def _of_product(first: Node, second: Node, name: str) -> Node:
    return _sum("add", _product(derivative(first, name), second), _product(first, derivative(second, name)))


def _of_quotient(top: Node, low: Node, name: str) -> Node:
    if name not in low.variables():
        return _quotient(derivative(top, name), low)
    tops = _product(derivative(top, name), low), _product(top, derivative(low, name))
    return _quotient(_sum("subtract", *tops), _product(low, low))


def _of_power(base: Node, exponent: Node, name: str) -> Node:
    power = Node("power", parts=(base, exponent))
    if name not in exponent.variables():
        lower = Node("power", parts=(base, Node("subtract", parts=(exponent, _ONE))))
        return _product(_product(exponent, lower), derivative(base, name))
    if name not in base.variables():
        return _product(_product(power, Node("ln", parts=(base,))), derivative(exponent, name))
    return _product(power, derivative(_product(exponent, Node("ln", parts=(base,))), name))


@lru_cache(maxsize=len(_OF_FUNCTIONS))
def _formula(kind: str) -> Node | None:
    return read(_OF_FUNCTIONS[kind]) if kind in _OF_FUNCTIONS else None


def _with_argument(formula: Node, argument: Node) -> Node:
    if formula == Node("variable", "u"):
        return argument
    return replace(formula, parts=tuple(_with_argument(part, argument) for part in formula.parts))


def _sum(kind: str, first: Node, second: Node) -> Node:
    if second == _ZERO:
        return first
    if first == _ZERO:
        return second if kind == "add" else _negative(second)
    return Node(kind, parts=(first, second))


def _negative(node: Node) -> Node:
    return node if node == _ZERO else Node("negative", parts=(node,))


def _product(first: Node, second: Node) -> Node:
    if _ZERO in (first, second):
        return _ZERO
    if first == _ONE or second == _ONE:
        return second if first == _ONE else first
    return Node("multiply", parts=(first, second))


def _quotient(top: Node, low: Node) -> Node:
    return top if top == _ZERO or low == _ONE else Node("divide", parts=(top, low))
