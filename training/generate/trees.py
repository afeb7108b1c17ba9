"""Trees of expressions: built, changed at any place, and compared by their values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import gcd
from random import Random

import mpmath

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.reading import Node
from training.generate.evaluating import Number, evaluate

Rule = Callable[[Node, Random], Node | None]

AGREE, DIFFER = 1e-9, 0.01
LEAVES = frozenset({"number", "variable", "constant"})


# Trees by hand


def number(value: int | str) -> Node:
    """A whole number, or a decimal by its digits; negative ones as a sign before a number."""
    text = str(value)
    return negative(Node("number", text[1:])) if text.startswith("-") else Node("number", text)


def variable(name: str) -> Node:
    """A letter."""
    return Node("variable", name)


def negative(node: Node) -> Node:
    """With the other sign; two signs are none."""
    if node.kind == "negative":
        return node.parts[0]
    return Node("negative", parts=(node,))


def add(first: Node, second: Node) -> Node:
    """A sum, or a difference where what is added is negative."""
    if second.kind == "negative":
        return Node("subtract", parts=(first, second.parts[0]))
    return Node("add", parts=(first, second))


def subtract(first: Node, second: Node) -> Node:
    """A difference."""
    return add(first, negative(second))


def multiply(first: Node, second: Node) -> Node:
    """A product with its sign in front, without factors 1."""
    if first.kind == "negative":
        return negative(multiply(first.parts[0], second))
    if second.kind == "negative":
        return negative(multiply(first, second.parts[0]))
    if ONE in (first, second):
        return first if second == ONE else second
    if second.kind == "multiply":
        return multiply(multiply(first, second.parts[0]), second.parts[1])
    return Node("multiply", parts=(first, second))


def divide(first: Node, second: Node) -> Node:
    """A quotient with its sign in front, unless the top is a sum."""
    if first.kind == "negative":
        return negative(divide(first.parts[0], second))
    if second.kind == "negative":
        return negative(divide(first, second.parts[0]))
    return first if second == ONE else Node("divide", parts=(first, second))


def power(base: Node, exponent: Node) -> Node:
    """A power; the first is the base itself."""
    return base if exponent == ONE else Node("power", parts=(base, exponent))


def call(name: str, *arguments: Node) -> Node:
    """A function of something."""
    return Node(name, parts=arguments)


ONE, TWO = number(1), number(2)


def whole(node: Node) -> int | None:
    """The number where it is a whole one."""
    if node.kind == "negative":
        inner = whole(node.parts[0])
        return None if inner is None else -inner
    return int(node.text) if node.kind == "number" and node.text.isdigit() else None


def terms(node: Node) -> list[Node]:
    """The terms of a sum, the subtracted ones with their sign; of anything else, itself."""
    if node.kind == "add":
        return [*terms(node.parts[0]), *terms(node.parts[1])]
    if node.kind == "subtract":
        return [*terms(node.parts[0]), *map(negative, terms(node.parts[1]))]
    if node.kind == "negative" and node.parts[0].kind in ("add", "subtract"):
        return [negative(term) for term in terms(node.parts[0])]
    return [node]


def factors(node: Node) -> list[Node]:
    """The factors of a product; of anything else, itself."""
    if node.kind == "multiply":
        return [*factors(node.parts[0]), *factors(node.parts[1])]
    return [node]


def total(parts: Sequence[Node]) -> Node:
    """The sum of terms in their order."""
    result = parts[0]
    for term in parts[1:]:
        result = add(result, term)
    return result


def product(parts: Sequence[Node]) -> Node:
    """The product of factors in their order."""
    result = parts[0]
    for factor in parts[1:]:
        result = multiply(result, factor)
    return result


def ordered(node: Node) -> Node:
    """The tree with the terms of sums and the factors of products in one order, to compare by."""
    node = replace(node, parts=tuple(map(ordered, node.parts)))
    if node.kind in ("add", "subtract"):
        return Node("sum", parts=tuple(sorted(terms(node), key=repr)))
    return Node("product", parts=tuple(sorted(factors(node), key=repr))) if node.kind == "multiply" else node


def size(node: Node) -> int:
    """How many nodes there are."""
    return 1 + sum(map(size, node.parts))


def places(node: Node) -> Iterator[tuple[int, ...]]:
    """The ways down from the root to each node."""
    yield ()
    for step, part in enumerate(node.parts):
        yield from ((step, *way) for way in places(part))


def at(node: Node, way: Sequence[int]) -> Node:
    """What stands at the end of a way."""
    for step in way:
        node = node.parts[step]
    return node


def put(node: Node, way: Sequence[int], new: Node) -> Node:
    """The tree with something else at the end of a way."""
    if not way:
        return new
    parts = list(node.parts)
    parts[way[0]] = put(parts[way[0]], way[1:], new)
    return _tidy(replace(node, parts=tuple(parts)))


_TIDY: Mapping[str, Callable[..., Node]] = {
    "add": add,
    "subtract": subtract,
    "multiply": multiply,
    "divide": divide,
    "negative": negative,
    "power": power,
}


def _tidy(node: Node) -> Node:
    """Signs as they are written: no `+ -2`."""
    return _TIDY[node.kind](*node.parts) if node.kind in _TIDY else node


def somewhere(node: Node, rule: Rule, rng: Random) -> Node | None:
    """The tree with a rule applied at one of the places where it applies, whichever."""
    ways = list(places(node))
    rng.shuffle(ways)
    for way in ways:
        new = rule(at(node, way), rng)
        if new is not None and new != at(node, way):
            return put(node, way, new)
    return None


# Values


@lru_cache(maxsize=256)
def points(names: tuple[str, ...]) -> tuple[Mapping[str, mpmath.mpf], ...]:
    """Points to compare at: positive ones first, then of both signs; the same every time."""
    random = Random(len(names))
    count_of = (10, 6) if names else (1, 0)
    positive = [
        {name: mpmath.mpf(random.randint(200, 3500)) / 997 for name in names} for _ in range(count_of[0])
    ]
    mixed = [
        {name: mpmath.mpf(random.randint(-3000, 3000)) / 991 for name in names} for _ in range(count_of[1])
    ]
    return (*positive, *mixed)


@lru_cache(maxsize=256)
def whole_points(names: tuple[str, ...]) -> tuple[Mapping[str, mpmath.mpf], ...]:
    """Points of small whole numbers."""
    random = Random(len(names))
    return tuple(
        {name: mpmath.mpf(random.randint(1, 4) + step) for name in names} for step in range(8 if names else 1)
    )


def value(node: Node, point: Mapping[str, mpmath.mpf]) -> Number | None:
    """The value, real or complex; None where there is none."""
    try:
        found = evaluate(node, point)
        return found if mpmath.isfinite(found) else None
    except (NoValueError, ArithmeticError, ValueError, TypeError, KeyError):
        return None


def is_same(first: Node, second: Node) -> bool:
    """Whether they agree wherever the first is real, or everywhere where it is real nowhere."""
    pairs = _values(first, second)
    real = [(one, two) for one, two in pairs if one is not None and _real(one)]
    compared = real or [(one, two) for one, two in pairs if one is not None]
    return len(compared) >= min(3, len(pairs)) and all(
        two is not None and _near(one, two, AGREE) for one, two in compared
    )


def is_other(first: Node, second: Node) -> bool:
    """Whether they differ, by more than roundings do, at most of the points where both have values.

    Where a letter may stand for whole numbers only they have to differ there as well: (-1)^n is (-1)^{-n}.
    """
    names = tuple(sorted(first.variables() | second.variables()))
    return _differ(first, second, points(names)) and (
        not _of_integers(first, names) or _differ(first, second, whole_points(names))
    )


def _differ(first: Node, second: Node, where: Sequence[Mapping[str, mpmath.mpf]]) -> bool:
    found = [(value(first, point), value(second, point)) for point in where]
    pairs = [(one, two) for one, two in found if one is not None and two is not None]
    differing = sum(not _near(one, two, DIFFER) for one, two in pairs)
    return differing >= min(3, len(where)) and 2 * differing >= len(pairs)


def _of_integers(node: Node, names: Sequence[str]) -> bool:
    """Whether its letters are likely to be whole numbers."""
    return bool({"n", "k", "m", "j", "N"} & set(names)) or any(
        each.kind in ("factorial", "binom", "floor", "ceil")
        or (each.kind == "power" and each.parts[0].kind == "negative" and each.parts[1].variables())
        for each in node.walk()
    )


def _values(first: Node, second: Node) -> list[tuple[Number | None, Number | None]]:
    names = tuple(sorted(first.variables() | second.variables()))
    return [(value(first, point), value(second, point)) for point in points(names)]


def _real(number_of: Number) -> bool:
    return bool(abs(mpmath.im(number_of)) <= AGREE * max(1, abs(number_of)))


def _near(one: Number, two: Number, tolerance: float) -> bool:
    return bool(abs(one - two) <= tolerance * max(abs(one), abs(two), 1e-6))


def folded(node: Node) -> Node:
    """The tree with the arithmetic of whole numbers done, as one would write it: no 3·2x, no x + 1 + 1."""
    node = _tidy(replace(node, parts=tuple(map(folded, node.parts)))) if node.parts else node
    if node.kind == "divide":
        return _folded_quotient(node)
    if node.kind == "multiply":
        return _folded_product(node)
    if node.kind in ("add", "subtract"):
        return _folded_sum(node)
    return ONE if node.kind == "power" and whole(node.parts[1]) == 0 else node


def _folded_sum(node: Node) -> Node:
    found = terms(node)
    numbers = [each for each in found if whole(each) is not None]
    rest = [each for each in found if whole(each) is None]
    if len(numbers) < 2 and whole(numbers[0] if numbers else ONE) != 0:
        return node
    sum_of = sum(whole(each) or 0 for each in numbers)
    return total([*rest, number(sum_of)] if sum_of or not rest else rest)


def _folded_product(node: Node) -> Node:
    found = factors(node)
    numbers = [each for each in found if whole(each) is not None]
    rest = [each for each in found if whole(each) is None]
    if rest and numbers and rest[0].kind == "divide":
        top, low = rest[0].parts
        return (
            _folded_quotient(Node("divide", parts=(product([*numbers, top]), low)))
            if len(rest) == 1
            else node
        )
    if len(numbers) < 2:
        return node
    product_of = 1
    for each in numbers:
        product_of *= whole(each) or 0
    return product([number(product_of), *rest])


def _folded_quotient(node: Node) -> Node:
    if node.kind != "divide":
        return node
    top, low = node.parts
    if top.kind == "divide":
        top, low = top.parts[0], multiply(top.parts[1], low)
    elif low.kind == "divide":
        top, low = multiply(top, low.parts[1]), low.parts[0]
    top, low = (_folded_product(part) if part.kind == "multiply" else part for part in (top, low))
    one, two = (whole(factors(part)[0]) for part in (top, low))
    common = gcd(one, two) if one and two else 1
    if common > 1:
        top, low = (
            product([number((whole(factors(part)[0]) or 0) // common), *factors(part)[1:]])
            for part in (top, low)
        )
    return divide(top, low)


def turned(node: Node) -> Node:
    """The negative, in a sum the sign of every term."""
    turned = [negative(term) for term in terms(node)]
    return total(sorted(turned, key=lambda each: each.kind == "negative")) if len(turned) > 1 else turned[0]


def times(factor: Node, node: Node) -> Node:
    """A sum term by term, whole numbers multiplied out."""
    return total([scaled(factor, term) for term in terms(node)])


def scaled(factor: Node, term: Node) -> Node:
    if term.kind == "negative":
        return negative(scaled(factor, term.parts[0]))
    first, *rest = factors(term)
    one, two = whole(factor), whole(first)
    if one is not None and two is not None:
        return product([number(one * two), *rest])
    return multiply(factor, term)


def renamed(node: Node, old: str, new: str) -> Node:
    if node.kind == "variable":
        return variable(new) if node.text == old else node
    return replace(node, parts=tuple(renamed(part, old, new) for part in node.parts))
