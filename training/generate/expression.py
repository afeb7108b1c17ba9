r"""Algebra: the same expression after another rule, and expressions in which one step of the algebra is false.

Rules are functions of trees, applied at any place of any expression in the gold. What they make is compared with what
was there by values: nothing is the same or another because a rule says so. Where the question asks for a form
(factored, rationalised), the rules that leave that form are not applied.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from math import gcd, isqrt
from random import Random
from typing import Any

import mpmath
import sympy

from tinyv_cli.proofs.reading import Node
from training.generate.notations import PLAIN, like, write
from training.generate.symbolic import as_it_is, by_sympy, from_sympy, only_symbol, to_sympy
from training.generate.transformation import Make, Task, same, wrong
from training.generate.trees import (
    ONE,
    TWO,
    Piece,
    Rule,
    add,
    call,
    divide,
    factors,
    folded,
    is_other,
    is_same,
    multiply,
    negative,
    number,
    pieces,
    places,
    points,
    power,
    product,
    put,
    readable,
    size,
    somewhere,
    subtract,
    terms,
    total,
    value,
    variable,
    walk,
    whole,
)

PI, E, HALF = Node("constant", "pi"), Node("constant", "e"), divide(ONE, TWO)

# Questions whose answer is right in one form only.
_ASKS_FORM = re.compile(
    r"factor|expand|partial fraction|rationali[sz]e|complet\w+ the square|\bform\b|single (?:fraction|log|power)|lowest"
    r"|\bexpress\b|rewrite|write .{0,60}\bas\b|simplest|condense",
    re.IGNORECASE,
)
# Questions that have more than one right answer, of which the gold is one; or curves that have many equations.
_OPEN = re.compile(
    r"basis|eigenvector|direction|normal vector|\bspan|example|a possible|one possible|polar|parametri|any one|such as|general"
    r"|\b(?:vector|plane|proportional|similar|up to)\b",
    re.IGNORECASE,
)
_INTEGRAL = re.compile(r"\\int|∫|integra|primitive", re.IGNORECASE)
# Answers in which letters stand for any number: other expressions may describe the same set.
_ANY_NUMBER = re.compile(
    r"\\in\b|∈|\\mathbb|\\forall|integer|[kn]\s*\\pi|\\pi\s*[kn](?![a-z])|\\pm|±|\\mid|arbitrary|(?<![A-Za-z])[Cc]_?\{?[0-9]"
)
_CONSTANT = re.compile(r"\+ ?C\b")


def reshaping(rule: Rule) -> Make:
    """A rule of another form of the same, at any place; not where the question asks for a form."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        return None if _ASKS_FORM.search(task.question) else _same_by(rule, task.gold, rng)

    return make


def rearranging(rule: Rule) -> Make:
    """A rule that leaves the form as it is, at any place."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        return _same_by(rule, task.gold, rng)

    return make


def mistaken(rule: Rule) -> Make:
    """A false step at any place, where it leads to another answer."""

    @wraps(rule)
    def make(task: Task, rng: Random) -> str | None:
        if _OPEN.search(task.question) or _ANY_NUMBER.search(task.gold):
            return None
        return _other_by(rule, task, rng)

    return make


def _same_by(rule: Rule, text: str, rng: Random) -> str | None:
    piece = _any_piece(text, rng)
    new = piece and somewhere(piece.node, rule, rng)
    if not piece or not new or not is_same(piece.node, new):
        return None
    return spliced(text, piece, new, rng)


def _other_by(rule: Rule, task: Task, rng: Random) -> str | None:
    piece = _any_piece(task.gold, rng)
    new = piece and _neatly(somewhere(piece.node, rule, rng), rng)
    if not piece or not new or not tells(task, piece, new):
        return None
    return spliced(task.gold, piece, new, rng)


def _neatly(node: Node | None, rng: Random) -> Node | None:
    """With its arithmetic done, as a rule: what is wrong should not be told by its clumsiness."""
    return folded(node) if node and rng.random() < 0.9 else node


def tells(task: Task, piece: Piece, new: Node) -> bool:
    """Whether the answer with another expression in the place of a piece is another answer."""
    if not is_other(piece.node, new):
        return False
    if (_CONSTANT.search(task.gold) or _INTEGRAL.search(task.question)) and _apart_by_constant(
        piece.node, new
    ):
        return False
    return _is_value(task.gold, piece) or _other_relation(task.gold, piece, new)


def _apart_by_constant(first: Node, second: Node) -> bool:
    """Whether they differ by what does not change with the variables; C is a constant, and any as good as it."""
    apart = subtract(first, second)
    names = tuple(sorted(apart.variables()))
    found = [value(apart, {**point, "C": mpmath.mpf(0)}) for point in points(names)]
    known = [each for each in found if each is not None]
    varies = any(abs(each - known[0]) > 1e-6 * max(1, abs(each)) for each in known)
    return bool(names) and not varies


_RELATION = re.compile(
    r"(?<![<>!])=|[<>≤≥≠≈≡]|\\(?:leqslant|geqslant|leq?|geq?|lt|gt|neq?|approx|equiv|sim|to|mid)(?![A-Za-z])"
)
_HEAD = re.compile(
    r"\s*\\?[A-Za-z]+(?:_\{?[\w+-]+\}?)?'*(?:\^\{-1\}|\^\{?\\prime+\}?|)(?:\s*(?:\\left)?\([\w, +-]+(?:\\right)?\))?\s*"
)


def _is_value(text: str, piece: Piece) -> bool:
    """Whether a piece is the value of something, not a side of an equation that could be written in many ways."""
    clause = _clause(text, piece)
    sides = _RELATION.split(clause)
    if len(sides) == 1:
        return True
    if not any(_HEAD.fullmatch(side) for side in sides if side.strip() != text[piece.start : piece.end]):
        return False
    return all(
        _HEAD.fullmatch(side) or side.strip() == text[piece.start : piece.end] or _is_number(side)
        for side in sides
    )


def _is_number(side: str) -> bool:
    node = readable(side.strip())
    return node is not None and not node.variables()


def _clause(text: str, piece: Piece) -> str:
    """The part of a text, between commas and words, in which a piece stands."""
    before = re.split(
        r"(?<!\\)[,;]|\\text\s*\{[^{}]*\}|\bor\b|\band\b|\\quad|\\qquad|\\\\", text[: piece.start]
    )[-1]
    after = re.split(
        r"(?<!\\)[,;]|\\text\s*\{[^{}]*\}|\bor\b|\band\b|\\quad|\\qquad|\\\\", text[piece.end :]
    )[0]
    return before + text[piece.start : piece.end] + after


def equation(text: str) -> tuple[Node, str, Node] | None:
    """Both sides and the relation between them, where the text is that and nothing else."""
    relations = list(_RELATION.finditer(text))
    if len(relations) != 1:
        return None
    left, right = readable(text[: relations[0].start()].strip()), readable(text[relations[0].end() :].strip())
    return (left, relations[0][0], right) if left and right else None


def _other_relation(text: str, piece: Piece, new: Node) -> bool:
    """Whether an equation with another side is seen to have other solutions."""
    before, after = equation(text), equation(f"{text[: piece.start]}({_plainly(new)}){text[piece.end :]}")
    if not before or not after or before[1] != "=":
        return False
    return has_other_solutions(subtract(before[0], before[2]), subtract(after[0], after[2]))


def _plainly(node: Node) -> str:
    return write(node, PLAIN) or ""


def has_other_solutions(first: Node, second: Node) -> bool:
    """Whether some points where the first is 0 are found, and the second is not 0 there."""
    names = sorted(first.variables() | second.variables())
    solved = 0
    for point in points(tuple(names))[:4]:
        for name in names:
            solution = _zero(first, dict(point), name)
            there = solution and value(second, solution)
            if solution and there is not None:
                if abs(there) > 1e-3:
                    solved += 1
                else:
                    return False
    return solved >= 1


def _zero(node: Node, point: dict[str, Any], name: str) -> dict[str, Any] | None:
    """A point with one coordinate changed such that the value is 0 there."""
    grid = [{**point, name: mpmath.mpf(step) / 3} for step in range(-15, 16)]
    values = [value(node, each) for each in grid]
    for low, high, one, two in zip(grid, grid[1:], values, values[1:], strict=False):
        if (
            one is not None
            and two is not None
            and not mpmath.im(one)
            and not mpmath.im(two)
            and one * two < 0
        ):
            return _bisected(node, low, high, name, one)
    return None


def _bisected(
    node: Node, low: dict[str, Any], high: dict[str, Any], name: str, at_low: Any
) -> dict[str, Any] | None:
    start, end = low[name], high[name]
    for _ in range(36):
        middle = {**low, name: (start + end) / 2}
        found = value(node, middle)
        if found is None or mpmath.im(found):
            return None
        start, end = (middle[name], end) if found * at_low > 0 else (start, middle[name])
    return middle if abs(found) < 1e-6 else None


def _any_piece(text: str, rng: Random) -> Piece | None:
    found = [piece for piece in pieces(text) if piece.worth]
    return rng.choice(found) if found else None


def spliced(text: str, piece: Piece, new: Node, rng: Random) -> str | None:
    """The text with another expression in the place of a piece, in the same notation; None where that reads otherwise."""
    written = write(new, like(text, rng))
    if written is None or written == text[piece.start : piece.end]:
        return None
    read_again = readable(written)
    if read_again is None or not is_same(new, read_again):
        return None
    return text[: piece.start] + written + text[piece.end :]


# Same: sums, products, quotients (3.1)


@same("3.1")
@rearranging
def terms_reordered(node: Node, rng: Random) -> Node | None:
    """The terms of a sum in another order."""
    found = terms(node)
    if node.kind not in ("add", "subtract") or len(found) > 8:
        return None
    rng.shuffle(found)
    return total(found)


@same("3.1")
@rearranging
def factors_reordered(node: Node, rng: Random) -> Node | None:
    """The factors of a product in another order."""
    found = factors(node)
    if len(found) < 2:
        return None
    numbers = [each for each in found if each.kind == "number" and rng.random() < 0.9]
    others = [each for each in found if each not in numbers]
    rng.shuffle(others)
    return product([*numbers, *others])


@same("3.1")
@rearranging
def coefficient_behind(node: Node, rng: Random) -> Node | None:
    """A quotient as a factor: x/3 as (1/3)x, 2a/b as 2(a/b)."""
    if node.kind != "divide" or node.parts[0].kind in ("number", "constant"):
        return None
    top = factors(node.parts[0])
    if len(top) > 1 and rng.random() < 0.6:
        taken = rng.randrange(1, len(top))
        return Node("multiply", parts=(divide(product(top[:taken]), node.parts[1]), product(top[taken:])))
    return Node("multiply", parts=(divide(ONE, node.parts[1]), node.parts[0]))


@same("3.1")
@rearranging
def coefficient_on_top(node: Node, rng: Random) -> Node | None:
    """A product with a quotient as one quotient: (1/3)x as x/3."""
    if node.kind != "multiply":
        return None
    first, second = node.parts
    if first.kind == "divide":
        return divide(multiply(first.parts[0], second), first.parts[1])
    if second.kind == "divide":
        return divide(multiply(first, second.parts[0]), second.parts[1])
    return None


@same("3.1")
@rearranging
def sign_pulled_out(node: Node, rng: Random) -> Node | None:
    """a - b as -(b - a)."""
    found = terms(node)
    if len(found) < 2 or not any(each.kind == "negative" for each in found):
        return None
    turned = sorted(map(negative, found), key=lambda each: each.kind == "negative")
    return Node("negative", parts=(total(turned),))


@same("3.1")
@rearranging
def sign_moved_in_quotient(node: Node, rng: Random) -> Node | None:
    """-(a/b) with the sign on top or below, where a difference is turned round."""
    if node.kind == "negative" and node.parts[0].kind == "divide":
        top, low = node.parts[0].parts
        return (
            _signed_quotient(_turned(top), low) if rng.random() < 0.7 else _signed_quotient(top, _turned(low))
        )
    if node.kind == "divide" and all(len(terms(part)) > 1 for part in node.parts):
        return _signed_quotient(*map(_turned, node.parts))
    if node.kind == "divide" and len(terms(node.parts[1])) > 1:
        return negative(Node("divide", parts=(node.parts[0], _turned(node.parts[1]))))
    return None


def _turned(node: Node) -> Node:
    """The negative, in a sum the sign of every term."""
    turned = [negative(term) for term in terms(node)]
    return total(sorted(turned, key=lambda each: each.kind == "negative")) if len(turned) > 1 else turned[0]


def _signed_quotient(top: Node, low: Node) -> Node:
    return Node("divide", parts=(top, low))


@same("3.1")
@reshaping
def distributed(node: Node, rng: Random) -> Node | None:
    """a(b + c) as ab + ac."""
    if node.kind == "negative" and len(terms(node.parts[0])) > 1:
        return total([negative(term) for term in terms(node.parts[0])])
    found = factors(node)
    sums = [place for place, each in enumerate(found) if len(terms(each)) > 1]
    if len(found) < 2 or not sums:
        return None
    chosen = rng.choice(sums)
    rest = product(found[:chosen] + found[chosen + 1 :])
    return total([multiply(rest, term) for term in terms(found[chosen])])


@same("3.1")
@rearranging
def fraction_split(node: Node, rng: Random) -> Node | None:
    """(a + b)/c as a/c + b/c."""
    if node.kind != "divide" or len(terms(node.parts[0])) < 2:
        return None
    return total([divide(term, node.parts[1]) for term in terms(node.parts[0])])


@same("3.4")
@reshaping
def fraction_extended(node: Node, rng: Random) -> Node | None:
    """Numerator and denominator times the same number."""
    if node.kind != "divide" or node.parts[0].kind == "number":
        return None
    factor = number(rng.choice((2, 2, 3, 5)))
    return divide(_times(factor, node.parts[0]), _times(factor, node.parts[1]))


def _times(factor: Node, node: Node) -> Node:
    """A sum term by term, whole numbers multiplied out."""
    return total([_scaled(factor, term) for term in terms(node)])


def _scaled(factor: Node, term: Node) -> Node:
    if term.kind == "negative":
        return negative(_scaled(factor, term.parts[0]))
    first, *rest = factors(term)
    one, two = whole(factor), whole(first)
    if one is not None and two is not None:
        return product([number(one * two), *rest])
    return multiply(factor, term)


@same("3.1")
@reshaping
def common_number_taken_out(node: Node, rng: Random) -> Node | None:
    """6x + 4 as 2(3x + 2)."""
    found = terms(node)
    numbers = [_leading(term) for term in found]
    common = gcd(*(number_of for number_of in numbers if number_of)) if all(numbers) else 1
    if len(found) < 2 or common < 2:
        return None
    divisors = [each for each in range(2, common + 1) if common % each == 0]
    taken = rng.choice(divisors[-2:])
    return multiply(number(taken), total([_without(term, taken) for term in found]))


def _leading(term: Node) -> int | None:
    inner = term.parts[0] if term.kind == "negative" else term
    return whole(factors(inner)[0])


def _without(term: Node, divisor: int) -> Node:
    if term.kind == "negative":
        return negative(_without(term.parts[0], divisor))
    first, *rest = factors(term)
    return product([number((whole(first) or 0) // divisor), *rest])


def _expanded(expression: Any) -> Any:
    return sympy.expand(expression, log=False, power_exp=False)


def _apart(expression: Any) -> Any:
    symbol = only_symbol(expression)
    return sympy.apart(expression, symbol) if symbol and expression.is_rational_function(symbol) else None


def _square_completed(expression: Any) -> Any:
    symbol = only_symbol(expression)
    if symbol is None or not expression.is_polynomial(symbol) or sympy.degree(expression, symbol) != 2:
        return None
    a, b, c = sympy.Poly(expression, symbol).all_coeffs()
    square = sympy.Pow(symbol + b / (2 * a), 2, evaluate=False)
    return sympy.Add(sympy.Mul(a, square, evaluate=False), c - b**2 / (4 * a), evaluate=False)


def _nested(expression: Any) -> Any:
    symbol = only_symbol(expression)
    return sympy.horner(expression) if symbol and expression.is_polynomial(symbol) else None


def _collected(expression: Any) -> Any:
    symbols = sorted(expression.free_symbols, key=str)
    return sympy.collect(sympy.expand(expression), symbols[0]) if len(symbols) > 1 else None


_BY_SYMPY: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "expanded": ("Products and powers of sums multiplied out.", _expanded),
    "factored": ("Factors taken out as far as they go.", sympy.factor),
    "together": ("A sum of fractions over their common denominator.", sympy.together),
    "cancelled": ("One fraction, expanded and in lowest terms.", sympy.cancel),
    "apart": ("Partial fractions.", _apart),
    "square_completed": ("A quadratic polynomial as a square and the rest.", _square_completed),
    "nested": ("A polynomial by Horner's scheme.", _nested),
    "collected": ("Terms gathered by the powers of a letter.", _collected),
    "denominator_rationalised": ("No roots in the denominator.", sympy.radsimp),
    "sympy_ordered": ("As sympy writes it, without another change.", as_it_is),
    "powers_combined": ("Powers of one base as one power.", sympy.powsimp),
    "powers_split": (
        "A power of a sum as a product of powers.",
        lambda each: sympy.expand_power_exp(sympy.expand_power_base(each)),
    ),
}


def _whole_by(name: str, doc: str, change: Callable[[Any], Any]) -> Make:
    """A change of whole expressions by sympy, for what is not too large; not where the question asks for a form."""
    rule = by_sympy(change)

    def make(task: Task, rng: Random) -> str | None:
        piece = None if _ASKS_FORM.search(task.question) else _any_piece(task.gold, rng)
        new = piece and rule(piece.node, rng)
        if not piece or not new or new == piece.node or not is_same(piece.node, new):
            return None
        return spliced(task.gold, piece, new, rng)

    make.__name__, make.__doc__ = f"algebra_{name}", doc
    return make


for _name, (_doc, _change) in _BY_SYMPY.items():
    same("3.2" if "powers" in _name or "rational" in _name else "3.1")(_whole_by(_name, _doc, _change))


# Same: roots and powers (3.2)


@same("3.2")
@reshaping
def root_as_power(node: Node, rng: Random) -> Node | None:
    """A root as a power: x^{1/2}."""
    if node.kind == "sqrt":
        exponent = Node("number", "0.5") if rng.random() < 0.15 else HALF
        return power(node.parts[0], exponent)
    return power(node.parts[0], divide(ONE, node.parts[1])) if node.kind == "root" else None


@same("3.2")
@reshaping
def power_as_root(node: Node, rng: Random) -> Node | None:
    """A power with a broken exponent as a root."""
    if node.kind != "power" or node.parts[1].kind not in ("divide", "number") or node.parts[0] == E:
        return None
    base, exponent = node.parts
    top, low = exponent.parts if exponent.kind == "divide" else (ONE, TWO)
    if (exponent.kind == "number" and exponent.text != "0.5") or whole(low) is None:
        return None
    inside = power(base, top)
    return call("sqrt", inside) if low == TWO else call("root", inside, low)


@same("3.2")
@reshaping
def denominator_as_power(node: Node, rng: Random) -> Node | None:
    """1/x^n as x^{-n}."""
    if node.kind != "divide":
        return None
    top, low = node.parts
    if low.kind == "number" and rng.random() < 0.9:
        return None
    raised = power(low.parts[0], negative(low.parts[1])) if low.kind == "power" else power(low, negative(ONE))
    return multiply(top, raised)


@same("3.2")
@reshaping
def power_as_denominator(node: Node, rng: Random) -> Node | None:
    """x^{-n} as 1/x^n."""
    if node.kind == "multiply":
        first, second = node.parts
        below = _negative_power(second)
        return divide(first, below) if below else None
    below = _negative_power(node)
    return divide(ONE, below) if below else None


def _negative_power(node: Node) -> Node | None:
    return (
        power(node.parts[0], node.parts[1].parts[0])
        if node.kind == "power" and node.parts[1].kind == "negative"
        else None
    )


@same("3.2")
@reshaping
def power_taken_apart(node: Node, rng: Random) -> Node | None:
    """2^{n+1} as 2·2^n, x^3 as x·x^2, x^{2n} as (x^2)^n."""
    if node.kind != "power":
        return None
    base, exponent = node.parts
    parts = terms(exponent)
    if len(parts) > 1:
        return product([power(base, part) for part in sorted(parts, key=lambda each: each.kind != "number")])
    degree = whole(exponent)
    if degree and 2 <= degree <= 4 and base.kind in ("variable", "add", "subtract"):
        return multiply(base, power(base, number(degree - 1)))
    if exponent.kind == "multiply":
        first, second = exponent.parts
        return power(power(base, first), second) if rng.random() < 0.6 else power(power(base, second), first)
    return None


@same("3.2")
@reshaping
def powers_gathered(node: Node, rng: Random) -> Node | None:
    """2·2^n as 2^{n+1}, (x^a)^b as x^{ab}."""
    if node.kind == "power" and node.parts[0].kind == "power":
        return power(node.parts[0].parts[0], multiply(node.parts[0].parts[1], node.parts[1]))
    if node.kind == "multiply":
        (base, one), (other, two) = map(_base_and_exponent, node.parts)
        if base == other:
            one_and_two = (whole(one) or 0) + (whole(two) or 0) if whole(one) and whole(two) else None
            return power(base, number(one_and_two) if one_and_two else add(two, one))
    return None


def _base_and_exponent(node: Node) -> tuple[Node, Node]:
    return (node.parts[0], node.parts[1]) if node.kind == "power" else (node, ONE)


@same("3.2")
@reshaping
def power_over_factors(node: Node, rng: Random) -> Node | None:
    """(ab)^n as a^n b^n, (a/b)^n as a^n/b^n, and √ likewise."""
    outer: Callable[[Node], Node]
    if node.kind == "power":
        exponent = node.parts[1]
        outer = lambda inner: power(inner, exponent)  # noqa: E731
    elif node.kind == "sqrt":
        outer = lambda inner: call("sqrt", inner)  # noqa: E731
    else:
        return None
    inner = node.parts[0]
    if inner.kind == "divide":
        top, low = inner.parts
        return divide(top if top == ONE else outer(top), outer(low))
    return product([outer(factor) for factor in factors(inner)]) if inner.kind == "multiply" else None


@same("3.2")
@reshaping
def roots_joined(node: Node, rng: Random) -> Node | None:
    """√a√b as √(ab), √a/√b as √(a/b)."""
    if node.kind not in ("multiply", "divide") or any(part.kind != "sqrt" for part in node.parts):
        return None
    first, second = (part.parts[0] for part in node.parts)
    if whole(first) and whole(second) and node.kind == "multiply":
        return call("sqrt", number((whole(first) or 0) * (whole(second) or 0)))
    return call("sqrt", multiply(first, second) if node.kind == "multiply" else divide(first, second))


@same("3.2")
@reshaping
def factor_into_root(node: Node, rng: Random) -> Node | None:
    """2√3 as √12."""
    if node.kind != "multiply" or node.parts[1].kind != "sqrt":
        return None
    factor, inside = whole(node.parts[0]), whole(node.parts[1].parts[0])
    return call("sqrt", number(factor * factor * inside)) if factor and inside and factor < 100 else None


@same("3.2")
@rearranging
def factor_out_of_root(node: Node, rng: Random) -> Node | None:
    """√12 as 2√3."""
    inside = whole(node.parts[0]) if node.kind == "sqrt" else None
    if not inside or inside > 10**6:
        return None
    squares = [each for each in range(2, min(isqrt(inside), 200) + 1) if inside % each**2 == 0]
    if not squares:
        return None
    return multiply(number(squares[-1]), call("sqrt", number(inside // squares[-1] ** 2)))


@same("3.2")
@reshaping
def root_to_denominator(node: Node, rng: Random) -> Node | None:
    """√2/2 as 1/√2, k√n/m as a quotient with the root below."""
    if node.kind != "divide":
        return None
    low, found = whole(node.parts[1]), factors(node.parts[0])
    roots = [each for each in found if each.kind == "sqrt" and whole(each.parts[0])]
    if not low or not roots:
        return None
    inside = whole(roots[0].parts[0]) or 1
    common = gcd(low, inside)
    rest = [each for each in found if each is not roots[0]]
    top = product([number(inside // common), *rest]) if rest else number(inside // common)
    below = multiply(number(low // common), roots[0])
    return divide(top, below) if common > 1 else None


@same("3.2")
@reshaping
def root_from_denominator(node: Node, rng: Random) -> Node | None:
    """a/√n as a√n/n."""
    if node.kind != "divide" or node.parts[1].kind != "sqrt":
        return None
    top, root = node.parts
    return divide(root if top == ONE else multiply(top, root), root.parts[0])


@same("3.2")
@reshaping
def number_as_power(node: Node, rng: Random) -> Node | None:
    """4^n as 2^{2n}, 8 as 2^3 in a power."""
    base = whole(node.parts[0]) if node.kind == "power" else None
    known = {4: (2, 2), 8: (2, 3), 9: (3, 2), 16: (2, 4), 25: (5, 2), 27: (3, 3), 32: (2, 5)}
    if base not in known or whole(node.parts[1]) is not None:
        return None
    root, exponent = known[base]
    return power(number(root), _times(number(exponent), node.parts[1]))


# Same: logarithms and trigonometry (3.3)

Identity = Callable[[Node], Node]


def _squared(node: Node) -> Node:
    return power(node, TWO)


def _double(node: Node) -> Node:
    return _times(TWO, node)


def _half_exponentials(sign: Callable[[Node, Node], Node]) -> Identity:
    return lambda x: divide(sign(power(E, x), power(E, negative(x))), TWO)


# By the name of the function: what it is as well.
_OF_FUNCTION: Mapping[str, Sequence[Identity]] = {
    "tan": (lambda x: divide(call("sin", x), call("cos", x)), lambda x: divide(ONE, call("cot", x))),
    "cot": (lambda x: divide(call("cos", x), call("sin", x)), lambda x: divide(ONE, call("tan", x))),
    "sec": (lambda x: divide(ONE, call("cos", x)),),
    "csc": (lambda x: divide(ONE, call("sin", x)),),
    "sin": (lambda x: call("cos", subtract(divide(PI, TWO), x)), lambda x: negative(call("sin", _turned(x)))),
    "cos": (lambda x: call("sin", add(x, divide(PI, TWO))), lambda x: call("cos", _turned(x))),
    "sinh": (_half_exponentials(subtract),),
    "cosh": (_half_exponentials(add),),
    "tanh": (lambda x: divide(call("sinh", x), call("cosh", x)),),
    "arcsin": (lambda x: subtract(divide(PI, TWO), call("arccos", x)),),
    "arccos": (lambda x: subtract(divide(PI, TWO), call("arcsin", x)),),
    "arctan": (lambda x: negative(call("arctan", _turned(x))),),
    "abs": (lambda x: call("abs", _turned(x)), lambda x: call("sqrt", _squared(x))),
}
_OF_SQUARE: Mapping[str, Sequence[Identity]] = {
    "sin": (
        lambda x: subtract(ONE, _squared(call("cos", x))),
        lambda x: divide(subtract(ONE, call("cos", _double(x))), TWO),
    ),
    "cos": (
        lambda x: subtract(ONE, _squared(call("sin", x))),
        lambda x: divide(add(ONE, call("cos", _double(x))), TWO),
    ),
    "tan": (lambda x: subtract(_squared(call("sec", x)), ONE),),
    "sec": (lambda x: add(ONE, _squared(call("tan", x))), lambda x: divide(ONE, _squared(call("cos", x)))),
    "csc": (lambda x: add(ONE, _squared(call("cot", x))), lambda x: divide(ONE, _squared(call("sin", x)))),
    "cot": (lambda x: subtract(_squared(call("csc", x)), ONE),),
}
_OF_DOUBLE: Mapping[str, Sequence[Identity]] = {
    "sin": (lambda x: multiply(multiply(TWO, call("sin", x)), call("cos", x)),),
    "cos": (
        lambda x: subtract(_squared(call("cos", x)), _squared(call("sin", x))),
        lambda x: subtract(multiply(TWO, _squared(call("cos", x))), ONE),
        lambda x: subtract(ONE, multiply(TWO, _squared(call("sin", x)))),
    ),
    "tan": (lambda x: divide(multiply(TWO, call("tan", x)), subtract(ONE, _squared(call("tan", x)))),),
}
_RECIPROCALS = {"sin": "csc", "cos": "sec", "tan": "cot", "sec": "cos", "csc": "sin", "cot": "tan"}


@same("3.3")
@reshaping
def function_as_another(node: Node, rng: Random) -> Node | None:
    """tan x as sin x/cos x, sin x as cos(π/2 - x)."""
    known = _OF_FUNCTION.get(node.kind)
    return rng.choice(known)(node.parts[0]) if known else None


@same("3.3")
@reshaping
def square_of_function_as_another(node: Node, rng: Random) -> Node | None:
    """sin² x as 1 - cos² x."""
    if node.kind != "power" or node.parts[1] != TWO or node.parts[0].kind not in _OF_SQUARE:
        return None
    return rng.choice(_OF_SQUARE[node.parts[0].kind])(node.parts[0].parts[0])


@same("3.3")
@reshaping
def double_angle_opened(node: Node, rng: Random) -> Node | None:
    """sin 2x as 2 sin x cos x."""
    if node.kind not in _OF_DOUBLE:
        return None
    first, *rest = factors(node.parts[0])
    times = whole(first)
    if not times or times % 2 or not rest:
        return None
    return rng.choice(_OF_DOUBLE[node.kind])(product([number(times // 2), *rest]))


@same("3.3")
@reshaping
def double_angle_closed(node: Node, rng: Random) -> Node | None:
    """sin x cos x as sin 2x/2."""
    found = factors(node)
    sines, cosines = ([each for each in found if each.kind == name] for name in ("sin", "cos"))
    if not sines or not cosines or sines[0].parts != cosines[0].parts:
        return None
    rest = [each for each in found if each is not sines[0] and each is not cosines[0]]
    closed = divide(call("sin", _double(sines[0].parts[0])), TWO)
    return product([*rest, closed]) if rest else closed


@same("3.3")
@reshaping
def quotient_as_function(node: Node, rng: Random) -> Node | None:
    """sin x/cos x as tan x, 1/cos x as sec x."""
    if node.kind != "divide":
        return None
    top, low = node.parts
    if {top.kind, low.kind} == {"sin", "cos"} and top.parts == low.parts:
        return call("tan" if top.kind == "sin" else "cot", *top.parts)
    if low.kind in _RECIPROCALS:
        return multiply(top, call(_RECIPROCALS[low.kind], *low.parts))
    if low.kind == "power" and low.parts[0].kind in _RECIPROCALS:
        return multiply(top, power(call(_RECIPROCALS[low.parts[0].kind], *low.parts[0].parts), low.parts[1]))
    return None


@same("3.3")
@reshaping
def logarithm_split(node: Node, rng: Random) -> Node | None:
    """ln(ab) as ln a + ln b, ln(a/b), ln(a^n)."""
    if node.kind not in ("ln", "log", "lg"):
        return None
    inside, base = node.parts[0], node.parts[1:]
    if inside.kind == "multiply":
        return total([call(node.kind, factor, *base) for factor in factors(inside)])
    if inside.kind == "divide":
        low = call(node.kind, inside.parts[1], *base)
        return (
            negative(low)
            if inside.parts[0] == ONE
            else subtract(call(node.kind, inside.parts[0], *base), low)
        )
    if inside.kind == "power":
        return multiply(inside.parts[1], call(node.kind, inside.parts[0], *base))
    if inside.kind == "sqrt":
        return multiply(HALF, call(node.kind, inside.parts[0], *base))
    return None


@same("3.3")
@reshaping
def number_in_logarithm_split(node: Node, rng: Random) -> Node | None:
    """ln 12 as ln 3 + 2 ln 2, ln 8 as 3 ln 2."""
    inside = whole(node.parts[0]) if node.kind in ("ln", "log") else None
    if not inside or not 3 < inside < 10**5:
        return None
    primes = list(sympy.factorint(inside).items())
    if len(primes) == 1 and primes[0][1] == 1:
        return None
    rng.shuffle(primes)
    return total(
        [multiply(number(times), call(node.kind, number(prime), *node.parts[1:])) for prime, times in primes]
    )


@same("3.3")
@reshaping
def logarithms_joined(node: Node, rng: Random) -> Node | None:
    """ln a + ln b as ln(ab), n ln a as ln(a^n), -ln a as ln(1/a)."""
    if node.kind in ("add", "subtract") and all(part.kind in ("ln", "log") for part in node.parts):
        first, second = node.parts
        if first.kind != second.kind or first.parts[1:] != second.parts[1:]:
            return None
        operation = multiply if node.kind == "add" else divide
        return call(first.kind, operation(first.parts[0], second.parts[0]), *first.parts[1:])
    if (
        node.kind == "multiply"
        and node.parts[1].kind in ("ln", "log")
        and node.parts[0].kind in ("number", "divide")
    ):
        return call(
            node.parts[1].kind, power(node.parts[1].parts[0], node.parts[0]), *node.parts[1].parts[1:]
        )
    if node.kind == "negative" and node.parts[0].kind in ("ln", "log"):
        inner = node.parts[0]
        return call(inner.kind, divide(ONE, inner.parts[0]), *inner.parts[1:])
    return None


@same("3.3")
@reshaping
def base_changed(node: Node, rng: Random) -> Node | None:
    """log_b x as ln x/ln b, or the other way; log a/log b as ln a/ln b."""
    if node.kind == "log" and len(node.parts) == 2:
        name = rng.choice(("ln", "ln", "log"))
        return divide(call(name, node.parts[0]), call(name, node.parts[1]))
    if node.kind == "divide" and all(
        part.kind in ("ln", "log") and len(part.parts) == 1 for part in node.parts
    ):
        top, low = node.parts
        if top.kind != low.kind:
            return None
        if rng.random() < 0.5:
            return call("log", top.parts[0], low.parts[0])
        name = "ln" if top.kind == "log" else "log"
        return divide(call(name, top.parts[0]), call(name, low.parts[0]))
    return None


@same("3.3")
@reshaping
def sum_of_sine_and_cosine(node: Node, rng: Random) -> Node | None:
    """sin x + cos x as √2 sin(x + π/4)."""
    if node.kind not in ("add", "subtract") or {part.kind for part in node.parts} != {"sin", "cos"}:
        return None
    first, second = node.parts
    if first.kind != "sin" or first.parts != second.parts:
        return None
    operation = add if node.kind == "add" else subtract
    return multiply(call("sqrt", TWO), call("sin", operation(first.parts[0], divide(PI, number(4)))))


# Same: factorials and binomials (3.4)


@same("3.4")
@reshaping
def factorial_opened(node: Node, rng: Random) -> Node | None:
    """(n+1)! as (n+1)·n!."""
    if node.kind != "factorial" or node.parts[0].kind != "add" or not whole(node.parts[0].parts[1]):
        return None
    inside = node.parts[0]
    below = whole(inside.parts[1]) or 1
    return multiply(
        inside, call("factorial", inside.parts[0] if below == 1 else add(inside.parts[0], number(below - 1)))
    )


@same("3.4")
@reshaping
def binomial_opened(node: Node, rng: Random) -> Node | None:
    """A binomial by factorials, by its other half, or multiplied out where the lower number is small."""
    if node.kind != "binom":
        return None
    upper, lower = node.parts
    small = whole(lower)
    if small in (2, 3) and rng.random() < 0.6:
        top = product([upper, *(subtract(upper, number(less)) for less in range(1, small or 0))])
        return divide(top, number({2: 2, 3: 6}[small or 2]))
    rest = subtract(upper, lower)
    if rng.random() < 0.3:
        return call("binom", upper, rest)
    return divide(call("factorial", upper), multiply(call("factorial", lower), call("factorial", rest)))


# Same: what stands around an expression


@same("3.1")
def sides_swapped(task: Task, rng: Random) -> str | None:
    """An equation the other way round: 4 = x."""
    relations = list(_RELATION.finditer(task.gold))
    if len(relations) != 1 or relations[0][0] not in _MIRRORED or _LIST.search(task.gold):
        return None
    sides = task.gold[: relations[0].start()].strip(), task.gold[relations[0].end() :].strip()
    if not all(sides) or readable(sides[1]) is None:
        return None
    mirrored = _MIRRORED[relations[0][0]]
    return f"{sides[1]} {mirrored} {sides[0]}"


_LIST = re.compile(r"(?<!\\)[,;{]|\\text|\\quad|\\in\b|\\cup|\bor\b|\band\b|[&|]")
_MIRRORED = {"=": "=", "<": ">", ">": "<", "≤": "≥", "≥": "≤"} | {
    rf"\{one}": rf"\{two}"
    for first, second in (("le", "ge"), ("leq", "geq"), ("lt", "gt"), ("leqslant", "geqslant"))
    for one, two in ((first, second), (second, first))
}


def _rearranged(change: Callable[[Node, Node, Random], tuple[Node, Node] | None]) -> Make:
    """A change of both sides of an equation that keeps its solutions."""

    @wraps(change)
    def make(task: Task, rng: Random) -> str | None:
        found = equation(task.gold)
        if (
            not found
            or found[1] != "="
            or not _is_relation(found[0], found[2])
            or _ASKS_FORM.search(task.question)
        ):
            return None
        sides = change(found[0], found[2], rng)
        if not sides:
            return None
        style = like(task.gold, rng)
        left, right = (write(side, style) for side in sides)
        new = f"{left} = {right}"
        return new if left and right and "".join(new.split()) != "".join(task.gold.split()) else None

    return make


def _is_relation(left: Node, right: Node) -> bool:
    """Whether it is an equation in several unknowns: a curve, not the value of a letter."""
    return len(left.variables() | right.variables()) > 1


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
        return _turned(left), right if right == number(0) else _turned(right)
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
    return _scaled(factor, term)


@same("3.1")
@_rearranged
def term_moved_over(left: Node, right: Node, rng: Random) -> tuple[Node, Node] | None:
    """One term from one side to the other."""
    moved = rng.choice(terms(right if right != number(0) and rng.random() < 0.7 else left))
    if right != number(0) and moved in terms(right):
        rest = [term for term in terms(right) if term is not moved]
        return subtract(left, moved), total(rest) if rest else number(0)
    rest = [term for term in terms(left) if term is not moved]
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
        return f"{rng.choice('yf')}(x) = {body[1]}"
    return None


@same("7.1")
def bound_letter_renamed(task: Task, rng: Random) -> str | None:
    """f(x) = x^2 as f(t) = t^2, a_n as a_k: the letter is bound by the head."""
    found = _FUNCTION_HEAD.match(task.gold) or _INDEX_HEAD.match(task.gold)
    body = task.gold[found.end() :] if found else ""
    node = readable(body)
    if not found or node is None or found[2] not in node.variables() or found[2] in "ei":
        return None
    free = [letter for letter in "tkxmn" if letter not in node.variables() and letter != found[1]]
    letter = rng.choice(free[:3])
    named = re.compile(rf"(?<![A-Za-z\\]){found[2]}(?![a-z])" if "\\" in body else rf"\b{found[2]}\b")
    new = f"{found[0].replace('(' + found[2], '(' + letter)}" if "(" in found[0] else None
    new = new or re.sub(rf"_(\{{?){found[2]}", rf"_\g<1>{letter}", found[0])
    renamed = readable(named.sub(letter, body))
    return new + named.sub(letter, body) if renamed and renamed == _renamed(node, found[2], letter) else None


def _renamed(node: Node, old: str, new: str) -> Node:
    if node.kind == "variable":
        return variable(new) if node.text == old else node
    return replace(node, parts=tuple(_renamed(part, old, new) for part in node.parts))


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
    if len(names) != 1 or not found[-1].worth:
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
    if any(each.kind in ("ln", "log") and each.parts[0] == letter for each in walk(node)):
        return ">", "0"
    lows = [each.parts[1] for each in walk(node) if each.kind == "divide" and each.parts[1].variables()]
    if len(lows) == 1 and all(each.kind != "sqrt" for each in walk(node)):
        low = lows[0]
        if low == letter:
            return r"\neq", "0"
        if low.kind in ("add", "subtract") and low.parts[0] == letter and low.parts[1].kind == "number":
            return r"\neq", ("-" if low.kind == "add" else "") + low.parts[1].text
    if not lows and any(each.kind == "sqrt" and each.parts[0] == letter for each in walk(node)):
        return r"\geq", "0"
    return None


# Wrong: one false step


@wrong()
@mistaken
def sign_of_term_flipped(node: Node, rng: Random) -> Node | None:
    """A plus for a minus or the other way."""
    if node.kind in ("add", "subtract"):
        found = terms(node)
        place = rng.randrange(len(found))
        return total([negative(term) if here == place else term for here, term in enumerate(found)])
    return node.parts[0] if node.kind == "negative" else None


@wrong()
@mistaken
def expression_negated(node: Node, rng: Random) -> Node | None:
    """The sign of a factor or of a function lost or added."""
    return (
        negative(node) if node.kind in ("multiply", "divide", "sqrt", "sin", "cos", "ln", "power") else None
    )


@wrong()
@mistaken
def coefficient_altered(node: Node, rng: Random) -> Node | None:
    """A number in it a little off, doubled or halved."""
    value_of = whole(node) if node.kind == "number" else None
    if value_of is None:
        return None
    others = [
        value_of + 1,
        abs(value_of - 1),
        2 * value_of,
        value_of + 2,
        value_of + rng.randint(3, 9),
        value_of**2,
    ]
    if value_of % 2 == 0:
        others += [value_of // 2] * 2
    if value_of > 9:
        others.append(int(str(value_of)[::-1]))
    others = [each for each in others if each > 0 and each != value_of and each < 10**9]
    return number(rng.choice(others))


@wrong()
@mistaken
def coefficient_lost_or_gained(node: Node, rng: Random) -> Node | None:
    """A number before a letter left out, or one too many."""
    if node.kind == "multiply" and node.parts[0].kind == "number":
        return node.parts[1]
    return (
        multiply(number(rng.choice((2, 2, 3, 4))), node)
        if node.kind in ("variable", "sqrt", "power")
        else None
    )


@wrong()
@mistaken
def exponent_altered(node: Node, rng: Random) -> Node | None:
    """An exponent one off, halved, doubled, negated or lost."""
    if node.kind == "variable":
        return power(node, TWO) if rng.random() < 0.5 else None
    if node.kind != "power":
        return None
    base, exponent = node.parts
    others = [base, add(exponent, ONE), subtract(exponent, ONE), negative(exponent), _times(TWO, exponent)]
    degree = whole(exponent)
    if degree and degree > 0:
        others[1:3] = [
            power(base, number(degree + 1)),
            power(base, number(degree - 1)) if degree > 1 else base,
        ]
        others[3:] = [power(base, negative(exponent)), power(base, number(2 * degree))]
        return rng.choice(others)
    return rng.choice([base, *(power(base, other) for other in others[1:])])


@wrong()
@mistaken
def term_left_out(node: Node, rng: Random) -> Node | None:
    """A term of a sum forgotten."""
    found = terms(node)
    if len(found) < 2:
        return None
    found.remove(rng.choice(found))
    return total(found)


@wrong()
@mistaken
def term_too_many(node: Node, rng: Random) -> Node | None:
    """One more term: a number, or a letter that occurs."""
    if node.kind not in ("add", "subtract", "power", "multiply"):
        return None
    letters = sorted(node.variables())
    extra = (
        variable(rng.choice(letters)) if letters and rng.random() < 0.4 else number(rng.choice((1, 1, 2, 3)))
    )
    return (add if rng.random() < 0.5 else subtract)(node, extra)


@wrong()
@mistaken
def factor_left_out(node: Node, rng: Random) -> Node | None:
    """A factor forgotten."""
    found = factors(node)
    if len(found) < 2:
        return None
    found.remove(rng.choice(found))
    return product(found)


@wrong()
@mistaken
def factor_two_or_half(node: Node, rng: Random) -> Node | None:
    """Twice it, or half of it."""
    if node.kind in ("number", "negative", "variable", "constant"):
        return None
    return multiply(TWO, node) if rng.random() < 0.5 else divide(node, TWO)


@wrong()
@mistaken
def quotient_turned_over(node: Node, rng: Random) -> Node | None:
    """Numerator and denominator in each other's place."""
    if node.kind == "divide":
        return divide(node.parts[1], node.parts[0])
    return None


@wrong()
@mistaken
def quotient_as_product(node: Node, rng: Random) -> Node | None:
    """A denominator on top, or a factor below."""
    if node.kind == "divide":
        return multiply(node.parts[0], node.parts[1])
    return divide(*node.parts) if node.kind == "multiply" and rng.random() < 0.5 else None


@wrong()
@mistaken
def denominator_left_out(node: Node, rng: Random) -> Node | None:
    """The numerator alone, or the denominator."""
    return node.parts[0] if node.kind == "divide" and node.parts[0] != ONE else None


_CONFUSED: Mapping[str, str] = {
    "sin": "cos cos tan sinh arcsin csc",
    "cos": "sin sin cosh arccos sec",
    "tan": "cot sin cos arctan tanh",
    "cot": "tan tan csc",
    "sec": "csc cos tan",
    "csc": "sec sin cot",
    "arcsin": "arccos sin arctan",
    "arccos": "arcsin cos arctan",
    "arctan": "tan arcsin arccos",
    "sinh": "cosh sin tanh",
    "cosh": "sinh cos",
    "tanh": "tan sinh",
    "ln": "exp lg sqrt",
    "floor": "ceil",
    "ceil": "floor",
}


@wrong()
@mistaken
def function_confused(node: Node, rng: Random) -> Node | None:
    """sin for cos, arcsin for sin, the logarithm to the base 10 for the natural one."""
    others = _CONFUSED.get(node.kind)
    if not others:
        return None
    other = rng.choice(others.split())
    return call("log", *node.parts, number(10)) if other == "lg" else call(other, *node.parts)


@wrong()
@mistaken
def base_or_degree_altered(node: Node, rng: Random) -> Node | None:
    """Another base of a logarithm, another degree of a root, base and argument in each other's place."""
    if node.kind == "log" and len(node.parts) == 2:
        inside, base = node.parts
        return rng.choice(
            (call("log", base, inside), call("ln", inside), call("log", inside, add(base, ONE)))
        )
    if node.kind == "sqrt":
        return rng.choice((call("root", *node.parts, number(3)), call("root", *node.parts, number(4))))
    if node.kind == "root":
        return rng.choice(
            (call("sqrt", node.parts[0]), call("root", node.parts[0], number(5)), node.parts[0])
        )
    return None


@wrong()
@mistaken
def root_lost_or_gained(node: Node, rng: Random) -> Node | None:
    """A root forgotten, or one too many."""
    if node.kind == "sqrt":
        return node.parts[0]
    return call("sqrt", node) if node.kind in ("add", "subtract") and rng.random() < 0.3 else None


@wrong()
@mistaken
def bracket_forgotten(node: Node, rng: Random) -> Node | None:
    """(a + b)c as a + bc, -(a - b) as -a - b, 2^{x+1} as 2^x + 1, a/(b + c) as a/b + c."""
    if node.kind == "negative" and node.parts[0].kind in ("add", "subtract"):
        first, *rest = terms(node.parts[0])
        return total([negative(first), *rest])
    for place, part in enumerate(node.parts):
        if part.kind in ("add", "subtract") and node.kind not in ("add", "subtract", "abs"):
            first, *rest = terms(part)
            if node.kind == "multiply" and place == 0:
                *start, last = terms(part)
                return total([*start, multiply(last, node.parts[1])])
            kept = replace(node, parts=(*node.parts[:place], first, *node.parts[place + 1 :]))
            if node.kind == "power" and place == 0:
                *start, last = terms(part)
                turned = last.kind == "negative"
                raised = power(last.parts[0] if turned else last, node.parts[1])
                return total([*start, negative(raised) if turned else raised])
            return total([kept, *rest])
    return None


@wrong()
@mistaken
def subtrahend_not_turned(node: Node, rng: Random) -> Node | None:
    """a - (b + c) as a - b + c; a - b(c + d) opened with the wrong sign."""
    if node.kind != "subtract":
        return None
    found = terms(node)
    later = [place for place in range(1, len(found)) if found[place - 1].kind == "negative"]
    if not later:
        return None
    place = rng.choice(later)
    return total([negative(term) if here == place else term for here, term in enumerate(found)])


@wrong()
@mistaken
def power_falsely_distributed(node: Node, rng: Random) -> Node | None:
    """(a + b)² as a² + b², √(a + b) as √a + √b, ln(a + b), sin(a + b), 1/(a + b) likewise."""
    if node.kind == "divide" and len(terms(node.parts[1])) == 2:
        return total(
            [_signed(term, lambda inner: divide(node.parts[0], inner)) for term in terms(node.parts[1])]
        )
    if node.kind not in ("power", "sqrt", "ln", "log", "sin", "cos", "tan", "root", "factorial", "floor"):
        return None
    inside = terms(node.parts[0])
    if len(inside) < 2:
        return None
    return total(
        [_signed(term, lambda inner: replace(node, parts=(inner, *node.parts[1:]))) for term in inside]
    )


def _signed(term: Node, change: Callable[[Node], Node]) -> Node:
    """The change inside of the sign."""
    return negative(change(term.parts[0])) if term.kind == "negative" else change(term)


@wrong()
@mistaken
def root_of_squares_falsely_taken(node: Node, rng: Random) -> Node | None:
    """√(a² + b²) as a + b."""
    inside = terms(node.parts[0]) if node.kind == "sqrt" else []
    if len(inside) != 2:
        return None
    return total([_signed(term, _unsquared) for term in inside])


def _unsquared(node: Node) -> Node:
    if node.kind == "power" and node.parts[1] == TWO:
        return node.parts[0]
    inside = whole(node)
    return number(isqrt(inside)) if inside and isqrt(inside) ** 2 == inside else call("sqrt", node)


@wrong()
@mistaken
def power_of_part_only(node: Node, rng: Random) -> Node | None:
    """(ab)² as ab², 2 in front of a square not squared, √ over one factor only."""
    if node.kind not in ("power", "sqrt") or node.parts[0].kind not in ("multiply", "divide"):
        return None
    first, second = node.parts[0].parts
    if node.parts[0].kind == "multiply":
        return multiply(first, replace(node, parts=(second, *node.parts[1:])))
    outer = replace(node, parts=(first, *node.parts[1:]))
    return (
        divide(outer, second)
        if rng.random() < 0.5
        else divide(first, replace(node, parts=(second, *node.parts[1:])))
    )


@wrong()
@mistaken
def multiple_angle_pulled_out(node: Node, rng: Random) -> Node | None:
    """sin 2x as 2 sin x, ln(2x) as 2 ln x, e^{2x} as 2e^x, (ln x)² for ln x²."""
    if node.kind in ("sin", "cos", "tan", "ln") and node.parts[0].kind == "multiply":
        first, second = node.parts[0].parts
        return multiply(first, call(node.kind, second))
    if node.kind == "power" and node.parts[1].kind == "multiply":
        return multiply(node.parts[1].parts[0], power(node.parts[0], node.parts[1].parts[1]))
    if node.kind == "ln" and node.parts[0].kind == "power":
        return power(call("ln", node.parts[0].parts[0]), node.parts[0].parts[1])
    return None


@wrong()
@mistaken
def distributed_to_first_only(node: Node, rng: Random) -> Node | None:
    """a(b + c) as ab + c, the quotient of the first term only."""
    if node.kind == "multiply" and len(terms(node.parts[1])) > 1:
        first, *rest = terms(node.parts[1])
        return total([multiply(node.parts[0], first), *rest])
    if node.kind == "divide" and len(terms(node.parts[0])) > 1:
        *start, last = terms(node.parts[0])
        return total([*start, divide(last, node.parts[1])])
    return None


@wrong()
@mistaken
def falsely_cancelled(node: Node, rng: Random) -> Node | None:
    """(a + b)/(a + c) as b/c, (ab + c)/a as b + c."""
    if node.kind != "divide":
        return None
    top, low = terms(node.parts[0]), terms(node.parts[1])
    common = [term for term in top if term in low]
    if common and len(top) > 1 and len(low) > 1:
        top.remove(common[0])
        low.remove(common[0])
        return divide(total(top), total(low))
    if len(top) > 1 and any(node.parts[1] in factors(term) for term in top):
        return total([_cancelled_in(term, node.parts[1]) for term in top])
    return None


def _cancelled_in(term: Node, factor: Node) -> Node:
    rest = [each for each in factors(term) if each != factor]
    return term if len(rest) == len(factors(term)) else product(rest) if rest else ONE


@wrong()
@mistaken
def fractions_falsely_added(node: Node, rng: Random) -> Node | None:
    """a/b + c/d as (a + c)/(b + d); a + c/d as (a + c)/d."""
    if node.kind not in ("add", "subtract") or all(part.kind != "divide" for part in node.parts):
        return None
    operation = add if node.kind == "add" else subtract
    (top, low), (other_top, other_low) = (
        part.parts if part.kind == "divide" else (part, None) for part in node.parts
    )
    below = add(low, other_low) if low and other_low else low or other_low
    return divide(operation(top, other_top), below) if below else None


_ORDER = re.compile(r"[<>≤≥]|\\[lg](?:e|t|eq)\b|positive|greater|larger|less|smaller")


@wrong()
def absolute_value_dropped(task: Task, rng: Random) -> str | None:
    """|a - b| without its bars, where nothing is said of what is larger."""
    return None if _ORDER.search(task.question) else mistaken(_without_bars)(task, rng)


def _without_bars(node: Node, rng: Random) -> Node | None:
    return node.parts[0] if node.kind == "abs" and node.parts[0].kind in ("add", "subtract") else None


@wrong()
@mistaken
def letter_confused(node: Node, rng: Random) -> Node | None:
    """Another letter of the answer in one place: a sum read from the wrong letter."""
    if node.kind not in ("add", "subtract", "multiply", "divide", "power"):
        return None
    letters = sorted(node.variables())
    ways = [way for way in places(node) if len(letters) > 1 and way and _letter_at(node, way)]
    if not ways:
        return None
    way = rng.choice(ways)
    old = _letter_at(node, way)
    return put(node, way, variable(rng.choice([letter for letter in letters if letter != old])))


def _letter_at(node: Node, way: Sequence[int]) -> str:
    for step in way:
        node = node.parts[step]
    return node.text if node.kind == "variable" else ""


@wrong()
@mistaken
def letters_exchanged(node: Node, rng: Random) -> Node | None:
    """Two letters in each other's place everywhere."""
    letters = sorted(node.variables())
    if len(letters) < 2:
        return None
    one, two = rng.sample(letters, 2)
    return _renamed(_renamed(_renamed(node, one, "\0"), two, one), "\0", two)


@wrong()
@mistaken
def index_shifted(node: Node, rng: Random) -> Node | None:
    """n + 1 or n - 1 for n, in one place or in all."""
    if node.kind == "variable" and node.text in "nkmxt" and rng.random() < 0.4:
        return rng.choice((add, subtract))(node, ONE)
    if node.kind in ("add", "subtract") and node.parts[0].kind == "variable" and node.parts[1] == ONE:
        return (
            node.parts[0]
            if rng.random() < 0.5
            else replace(node, kind="subtract" if node.kind == "add" else "add")
        )
    return None


@wrong()
@mistaken
def factorial_or_binomial_altered(node: Node, rng: Random) -> Node | None:
    """Factorials one off, or without their sign; binomials with another number above or below, or permutations."""
    if node.kind == "factorial":
        inside = node.parts[0]
        return rng.choice(
            (inside, call("factorial", add(inside, ONE)), call("factorial", subtract(inside, ONE)))
        )
    if node.kind == "binom":
        upper, lower = node.parts
        others = (
            call("binom", add(upper, ONE), lower),
            call("binom", upper, add(lower, ONE)),
            divide(upper, lower),
        )
        permuted = divide(call("factorial", upper), call("factorial", subtract(upper, lower)))
        return rng.choice((*others, permuted, call("binom", subtract(upper, ONE), lower)))
    return None


@wrong()
@mistaken
def constant_lost(node: Node, rng: Random) -> Node | None:
    """π, e or i forgotten, or one for another."""
    found = factors(node)
    constants = [each for each in found if each.kind == "constant"]
    if len(found) < 2 or not constants:
        return None
    place = found.index(rng.choice(constants))
    if rng.random() < 0.3:
        found[place] = PI if found[place].text != "pi" else E
        return product(found)
    return product(found[:place] + found[place + 1 :])


# Wrong: another question's answer


def _whole_expression(task: Task) -> Piece | None:
    """The one expression of an answer, where it is the value asked for."""
    found = [piece for piece in pieces(task.gold) if piece.worth]
    if len(found) != 1 or _OPEN.search(task.question) or _ANY_NUMBER.search(task.gold):
        return None
    return found[0]


def _of_whole(change: Callable[[Node, Random], Node | None]) -> Make:
    """A change of the one expression as a whole, where that is another answer."""

    @wraps(change)
    def make(task: Task, rng: Random) -> str | None:
        piece = _whole_expression(task)
        new = _neatly(change(piece.node, rng), rng) if piece else None
        if not piece or not new or size(new) > 40 or not tells(task, piece, new):
            return None
        return spliced(task.gold, piece, new, rng)

    return make


@wrong()
@_of_whole
def derivative_given(node: Node, rng: Random) -> Node | None:
    """The derivative of what was asked for."""
    return by_sympy(_derivative)(node, rng)


def _derivative(expression: Any) -> Any:
    symbol = only_symbol(expression)
    return (
        sympy.diff(expression, symbol) if symbol and not expression.has(sympy.Abs, sympy.factorial) else None
    )


@wrong()
@_of_whole
def antiderivative_given(node: Node, rng: Random) -> Node | None:
    """An antiderivative of what was asked for: of a polynomial, which is quick."""
    return by_sympy(_antiderivative)(node, rng)


def _antiderivative(expression: Any) -> Any:
    symbol = only_symbol(expression)
    return sympy.integrate(expression, symbol) if symbol and expression.is_polynomial(symbol) else None


@wrong()
@_of_whole
def value_at_point_given(node: Node, rng: Random) -> Node | None:
    """The value at a point for the expression."""
    letters = sorted(node.variables())
    expression = to_sympy(node) if len(letters) == 1 else None
    if expression is None:
        return None
    found = expression.subs(only_symbol(expression), rng.choice((0, 1, 2, 3, -1)))
    return from_sympy(found, node) if found.is_number and found.is_finite and not found.has(sympy.I) else None


@wrong()
@_of_whole
def whole_inverted(node: Node, rng: Random) -> Node | None:
    """One over it."""
    if node.kind == "divide":
        return divide(node.parts[1], node.parts[0])
    return divide(ONE, node)


@wrong()
@_of_whole
def whole_negated(node: Node, rng: Random) -> Node | None:
    """Its negative."""
    return _turned(node) if rng.random() < 0.7 else negative(node)


@wrong()
@_of_whole
def whole_scaled(node: Node, rng: Random) -> Node | None:
    """A multiple, or a part."""
    factor = number(rng.choice((2, 2, 3, 4, 10)))
    scaled = multiply(factor, node) if rng.random() < 0.5 else _times(factor, node)
    return scaled if rng.random() < 0.6 else divide(node, factor)


@wrong()
@_of_whole
def whole_squared(node: Node, rng: Random) -> Node | None:
    """Its square, its root, or what is under the root."""
    if node.kind == "sqrt":
        return node.parts[0]
    return power(node, TWO) if rng.random() < 0.6 else call("sqrt", node)


@wrong()
@_of_whole
def part_given(node: Node, rng: Random) -> Node | None:
    """One part of it: a factor, a side of a quotient, what a function is taken of."""
    inner = node.parts[0] if node.kind == "negative" else node
    return rng.choice(inner.parts) if inner.parts else None


@wrong()
def other_letter_for_unknown(task: Task, rng: Random) -> str | None:
    """A letter of the question that is not in the answer, in the place of one that is."""
    piece = _whole_expression(task)
    if not piece or "(" in task.gold[: piece.start] or "_" in task.gold[: piece.start]:
        return None
    asked = re.findall(r"(?<![A-Za-z\\'’])([a-zA-Z])(?![A-Za-z'’])", task.question)
    letters = sorted(piece.node.variables())
    free = sorted({each for each in asked if each not in letters and each not in "aeiIAdfgC"})
    if not free or not letters or "_" in letters[0] or len(letters[0]) > 1 or letters[0] not in asked:
        return None
    new = _renamed(piece.node, letters[0], rng.choice(free))
    return spliced(task.gold, piece, new, rng)


_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "<=": ">=", ">=": "<="} | {
    name: other for name, other in _MIRRORED.items() if name.startswith("\\")
}
_LOOSENED = {
    "<": r"\le ",
    ">": r"\ge ",
    r"\le": "<",
    r"\ge": ">",
    r"\leq": "<",
    r"\geq": ">",
    "≤": "<",
    "≥": ">",
}
_ONE_RELATION = re.compile(r"<=|>=|[<>≤≥]|\\(?:leqslant|geqslant|leq?|geq?|lt|gt)(?![A-Za-z])")


def _only_relation(text: str) -> re.Match[str] | None:
    found = list(_ONE_RELATION.finditer(text))
    return found[0] if len(found) == 1 and not re.search(r"\\text|[,;=]|\bor\b", text) else None


@wrong()
def inequality_turned(task: Task, rng: Random) -> str | None:
    """The other direction."""
    found = _only_relation(task.gold)
    if not found:
        return None
    return f"{task.gold[: found.start()]}{_TURNED[found[0]]}{task.gold[found.end() :]}"


@wrong()
def inequality_strictness_changed(task: Task, rng: Random) -> str | None:
    """≤ for <, and the other way."""
    found = _only_relation(task.gold)
    if not found or found[0] not in _LOOSENED or re.search("increas|decreas|monoton|concav", task.question):
        return None  # where a function increases, the ends of intervals are a matter of taste
    plainer = (
        _LOOSENED[found[0]] if "\\" in task.gold else {r"\le ": "≤", r"\ge ": "≥"}.get(_LOOSENED[found[0]])
    )
    sign = plainer or _LOOSENED[found[0]]
    return f"{task.gold[: found.start()]}{sign}{task.gold[found.end() :]}"


@wrong()
def inequality_as_equation(task: Task, rng: Random) -> str | None:
    """The bound for the range."""
    found = _only_relation(task.gold)
    return f"{task.gold[: found.start()].rstrip()} = {task.gold[found.end() :].lstrip()}" if found else None


@wrong()
def one_of_both_signs(task: Task, rng: Random) -> str | None:
    """± as + or - alone."""
    found = list(re.finditer(r"\\pm(?![A-Za-z])|±|\+/-", task.gold))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    leads = not task.gold[:start].strip() or task.gold[:start].rstrip()[-1] in "=({,"
    sign = rng.choice(("", "-") if leads else ("+", "-"))
    return f"{task.gold[:start]}{sign}{task.gold[end:].lstrip() if leads else task.gold[end:]}"
