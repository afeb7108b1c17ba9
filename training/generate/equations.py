r"""What stands around an expression: sides of equations, heads of functions, constants, conditions."""

import re
from collections.abc import Callable
from functools import wraps
from math import gcd
from random import Random
from typing import Any

import sympy

from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.relations import same_relation
from training.generate.applying import (
    RELATION,
    equation,
)
from training.generate.notations import like, write
from training.generate.pieces import pieces, readable
from training.generate.symbolic import from_sympy, to_sympy
from training.generate.transformation import Make, Task, same
from training.generate.trees import (
    divide,
    negative,
    number,
    renamed,
    scaled,
    subtract,
    terms,
    total,
    turned,
    variable,
    whole,
)

# Same: what stands around an expression


@same("3.1")
def sides_swapped(task: Task, rng: Random) -> str | None:
    """An equation the other way round: 4 = x."""
    relations = list(RELATION.finditer(task.gold))
    if len(relations) != 1 or relations[0][0] not in MIRRORED or _LIST.search(task.gold):
        return None
    sides = task.gold[: relations[0].start()].strip(), task.gold[relations[0].end() :].strip()
    if not all(sides) or readable(sides[1]) is None:
        return None
    mirrored = MIRRORED[relations[0][0]]
    return f"{sides[1]} {mirrored} {sides[0]}"


_LIST = re.compile(r"(?<!\\)[,;{]|\\text|\\quad|\\in\b|\\cup|\bor\b|\band\b|[&|]")
MIRRORED = {"=": "=", "<": ">", ">": "<", "≤": "≥", "≥": "≤"} | {
    rf"\{one}": rf"\{two}"
    for first, second in (("le", "ge"), ("leq", "geq"), ("lt", "gt"), ("leqslant", "geqslant"))
    for one, two in ((first, second), (second, first))
}


def _rearranged(change: Callable[[Node, Node, Random], tuple[Node, Node] | None]) -> Make:
    """A change of both sides of an equation that keeps its solutions."""

    @wraps(change)
    def make(task: Task, rng: Random) -> str | None:
        found = equation(task.gold)
        if not found or found[1] != "=" or not _is_curve(found[0], found[2], task.question):
            return None
        sides = change(found[0], found[2], rng)
        if not sides or not same_relation(subtract(found[0], found[2]), subtract(*sides)):
            return None
        style = like(task.gold, rng)
        left, right = (write(side, style) for side in sides)
        new = f"{left} = {right}"
        return new if left and right and "".join(new.split()) != "".join(task.gold.split()) else None

    return make


_CURVE = re.compile(
    r"\b(?:line|curve|circle|parabola|ellipse|hyperbola|graph|locus|trajector\w+|tangent|asymptote"
    r"|equation of)\b",
    re.IGNORECASE,
)


def _is_curve(left: Node, right: Node, question: str) -> bool:
    """Whether an equation is the answer itself, and not the value of its left side."""
    if len(left.variables() | right.variables()) < 2 or re.search(r"\bform\b|in terms of|\bfor\b", question):
        return False
    return _CURVE.search(question) is not None or right == number(0)


@same("3.1")
@_rearranged
def all_on_one_side(left: Node, right: Node, rng: Random) -> tuple[Node, Node] | None:
    """y = 2x + 1 as 2x - y + 1 = 0."""
    if right == number(0):
        return None
    moved = [*terms(left), *map(negative, terms(right))]
    if rng.random() < 0.5:
        moved = list(map(negative, moved))
    moved.sort(key=lambda term: (term.kind == "number" or not term.variables(), term.kind == "negative"))
    return total(moved), number(0)


@same("3.1")
@_rearranged
def equation_multiplied(left: Node, right: Node, rng: Random) -> tuple[Node, Node] | None:
    """Both sides by the same number, term by term."""
    factor = number(rng.choice((2, 2, 3, 4, -1, 6)))
    if factor.kind == "negative":
        return turned(left), right if right == number(0) else turned(right)
    return _by(factor, left), right if right == number(0) else _by(factor, right)


def _by(factor: Node, node: Node) -> Node:
    """The product, with fractions that come out even."""
    return total([_term_by(factor, term) for term in terms(node)])


def _term_by(factor: Node, term: Node) -> Node:
    if term.kind == "negative":
        return negative(_term_by(factor, term.parts[0]))
    if term.kind == "divide":
        one, low = whole(factor), whole(term.parts[1])
        if one and low:
            common = gcd(one, low)
            return divide(_by(number(one // common), term.parts[0]), number(low // common))
    return scaled(factor, term)


@same("3.1")
@_rearranged
def term_moved_over(left: Node, right: Node, rng: Random) -> tuple[Node, Node] | None:
    """One term from one side to the other."""
    from_right = right != number(0) and rng.random() < 0.7
    rest = terms(right if from_right else left)
    moved = rest.pop(rng.randrange(len(rest)))
    if from_right:
        return subtract(left, moved), total(rest) if rest else number(0)
    if not rest:
        return None
    return total(rest), negative(moved) if right == number(0) else subtract(right, moved)


@same("3.1")
@_rearranged
def equation_solved(left: Node, right: Node, rng: Random) -> tuple[Node, Node] | None:
    """An equation solved for one of its letters, where that stands there without powers."""
    difference = to_sympy(subtract(left, right))
    symbols = sorted(difference.free_symbols, key=str) if difference is not None else []
    linear = [each for each in symbols if str(each) != "pi" and _is_linear(difference, each)]
    if not linear:
        return None
    symbol = rng.choice(linear)
    slope = sympy.diff(difference, symbol)
    solution = sympy.expand(-difference.subs(symbol, 0) / slope)
    solved = from_sympy(solution, left)
    return (variable(str(symbol)), solved) if solved and variable(str(symbol)) != left else None


def _is_linear(expression: Any, symbol: Any) -> bool:
    if not expression.is_polynomial(symbol):
        return False
    slope = sympy.diff(expression, symbol)
    return slope != 0 and not slope.free_symbols


_FUNCTION_HEAD = re.compile(r"\s*([a-zA-Z])\s*(?:\\left)?\(([a-z])(?:\\right)?\)\s*=\s*")
_INDEX_HEAD = re.compile(r"\s*([a-zA-Z])_\{?([a-z])\}?\s*=\s*")


@same("5.2")
def head_dropped(task: Task, rng: Random) -> str | None:
    """f(x) = or a_n = left out."""
    found = _FUNCTION_HEAD.match(task.gold) or _INDEX_HEAD.match(task.gold)
    rest = task.gold[found.end() :] if found else ""
    return rest if readable(rest) else None


@same("5.2")
def head_as_y(task: Task, rng: Random) -> str | None:
    """f(x) = as y =, or y = as f(x) =, where y is what depends on x."""
    found = _FUNCTION_HEAD.match(task.gold)
    if found and found[2] == "x" and readable(task.gold[found.end() :]):
        return f"y = {task.gold[found.end() :]}"
    body = re.fullmatch(r"\s*y\s*=\s*(.*)", task.gold)
    node = readable(body[1]) if body else None
    if body and node and node.variables() == {"x"} and "function" in task.question:
        return f"f(x) = {body[1]}"
    return None


@same("7.1")
def bound_letter_renamed(task: Task, rng: Random) -> str | None:
    """f(x) = x^2 as f(t) = t^2, a_n as a_k: the letter is bound by the head."""
    found = _FUNCTION_HEAD.match(task.gold) or _INDEX_HEAD.match(task.gold)
    body = task.gold[found.end() :] if found else ""
    node = readable(body)
    if not found or node is None or found[2] not in node.variables() or found[2] in "ei":
        return None
    free = [
        letter
        for letter in ("txsu" if "(" in found[0] else "nkmj")
        if letter not in node.variables() and letter != found[1]
    ]
    letter = rng.choice(free[:3])
    named = re.compile(rf"(?<![A-Za-z\\]){found[2]}(?![A-Za-z])")
    new = f"{found[0].replace('(' + found[2], '(' + letter)}" if "(" in found[0] else None
    new = new or re.sub(rf"_(\{{?){found[2]}", rf"_\g<1>{letter}", found[0])
    read_again = readable(named.sub(letter, body))
    return (
        new + named.sub(letter, body)
        if read_again and read_again == renamed(node, found[2], letter)
        else None
    )


@same("7.1")
def constant_of_integration_renamed(task: Task, rng: Random) -> str | None:
    """+ C as + c, + K, or + constant."""
    if (
        not re.search(r"\+ ?C\s*\Z", task.gold)
        or len(re.findall(r"(?<![A-Za-z\\])C(?![A-Za-z])", task.gold)) != 1
    ):
        return None
    free = [letter for letter in ("c", "K", "C_1", "c_1", "k") if letter not in task.gold]
    return re.sub(r"C\s*\Z", lambda _: rng.choice(free), task.gold)


@same("3.4")
def domain_noted(task: Task, rng: Random) -> str | None:
    """Where the expression has a meaning, said behind it."""
    found = pieces(task.gold)
    if (
        len(found) not in (1, 2)
        or found[-1].end != len(task.gold.rstrip())
        or _LIST.search(task.gold.replace("{", ""))
    ):
        return None
    node, names = found[-1].node, sorted(found[-1].node.variables() - {"C"})
    if len(names) != 1 or names[0] in "nkmij" or not found[-1].worth:
        return None
    condition = _condition(node, variable(names[0]))
    if condition is None:
        return None
    sign, bound = condition
    return rng.choice(_NOTES).format(
        gold=task.gold, letter=names[0], sign=sign, unsigned=_SPELT[sign], bound=bound
    )


_NOTES = (
    r"{gold}, \quad {letter} {sign} {bound}",
    "{gold} for {letter} {unsigned} {bound}",
    r"{gold} \text{{ for }} {letter} {sign} {bound}",
    "{gold}, where {letter} {unsigned} {bound}",
    r"{gold} \quad ({letter} {sign} {bound})",
)
_SPELT = {r"\neq": "≠", ">": ">", r"\geq": "≥"}


def _condition(node: Node, letter: Node) -> tuple[str, str] | None:
    """Where a quotient by a letter, a root or a logarithm of it has a value: sign and bound."""
    if any(each.kind in ("ln", "log") and each.parts[0] == letter for each in node.walk()):
        return ">", "0"
    lows = [each.parts[1] for each in node.walk() if each.kind == "divide" and each.parts[1].variables()]
    if len(lows) == 1 and all(each.kind != "sqrt" for each in node.walk()):
        low = lows[0]
        if low == letter:
            return r"\neq", "0"
        if low.kind in ("add", "subtract") and low.parts[0] == letter and low.parts[1].kind == "number":
            return r"\neq", ("-" if low.kind == "add" else "") + low.parts[1].text
    if not lows and any(each.kind == "sqrt" and each.parts[0] == letter for each in node.walk()):
        return r"\geq", "0"
    return None
