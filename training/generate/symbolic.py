"""The way to sympy and back, for what its algebra does better than rules on trees: expand, factor, solve."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import sympy

from tinyv_cli.maths.reading import Node
from training.generate.pieces import readable
from training.generate.trees import Rule, size

MOST_NODES, LARGEST_EXPONENT = 36, 6
_LONG_DECIMAL = re.compile(r"\.\d{4}|\d{9}")
_FUNCTIONS: Mapping[str, str] = {
    **{name: name for name in "sin cos tan cot sec csc sinh cosh tanh exp factorial".split()},
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "ln": "log",
    "log": "log",
    "abs": "Abs",
    "binom": "binomial",
}
_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "negative": lambda a: -a,
    "power": lambda a, b: a**b,
    "sqrt": lambda a: sympy.sqrt(a),
    "root": lambda a, b: a ** (1 / b),
    **{ours: getattr(sympy, theirs) for ours, theirs in _FUNCTIONS.items()},
}
_CONSTANTS: Mapping[str, Any] = {"pi": sympy.Symbol("pi", positive=True), "e": sympy.E, "i": sympy.I}


def to_sympy(node: Node) -> Any:
    """The expression for sympy, with π as a letter; None where it is large, or not for sympy."""
    if (
        size(node) > MOST_NODES
        or _has_great_power(node)
        or any(_LONG_DECIMAL.search(each.text) for each in node.walk())
    ):
        return None
    try:
        expression = _converted(node)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None
    return None if expression.has(sympy.zoo, sympy.nan, sympy.oo) else expression


def _has_great_power(node: Node) -> bool:
    return any(
        each.kind == "power"
        and any(
            part.kind == "number" and float(part.text) > LARGEST_EXPONENT for part in each.parts[1].walk()
        )
        for each in node.walk()
    ) or any(each.kind == "factorial" and not each.variables() for each in node.walk())


def _converted(node: Node) -> Any:
    if node.kind == "number":
        return sympy.Rational(node.text) if "." in node.text else sympy.Integer(node.text)
    if node.kind == "constant":
        return _CONSTANTS[node.text]
    if node.kind == "variable":
        if not re.fullmatch(r"[A-Za-z]+(?:_[A-Za-z0-9]+)?", node.text) or node.text in ("E", "I"):
            raise KeyError(node.text)
        return sympy.Symbol(node.text)
    return _OPERATIONS[node.kind](*map(_converted, node.parts))


def from_sympy(expression: Any, like: Node) -> Node | None:
    """The tree of an expression, with the logarithm as it is called in another tree."""
    kinds = {node.kind for node in like.walk()}
    if {"ln", "log"} <= kinds:
        return None
    text = sympy.sstr(expression)
    text = re.sub(r"\bE\b", "e", re.sub(r"\bI\b", "i", text))
    text = text if "log" in kinds else re.sub(r"\blog\(", "ln(", text)
    for theirs, ours in (
        ("binomial", "binom"),
        ("Abs", "abs"),
        ("asin", "arcsin"),
        ("acos", "arccos"),
        ("atan", "arctan"),
    ):
        text = re.sub(rf"\b{theirs}\(", f"{ours}(", text)
    return readable(text)


def as_it_is(expression: Any) -> Any:
    """No change but the order that sympy gives to everything."""
    return expression


def by_sympy(change: Callable[[Any], Any]) -> Rule:
    """A rule of trees from a function of sympy expressions; None where nothing changes."""

    def rule(node: Node, rng: object) -> Node | None:
        expression = to_sympy(node)
        if expression is None:
            return None
        try:
            new = change(expression)
        except (sympy.PolynomialError, NotImplementedError, TypeError, ValueError, ArithmeticError):
            return None
        changed = isinstance(new, sympy.Expr) and (new != expression or change is as_it_is)
        return from_sympy(new, node) if changed else None

    return rule


def only_symbol(expression: Any) -> Any:
    """The one variable of an expression, π aside; None where there are none or several."""
    symbols = sorted(expression.free_symbols - {_CONSTANTS["pi"]}, key=str)
    return symbols[0] if len(symbols) == 1 else None
