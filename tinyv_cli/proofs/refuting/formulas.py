"""Formulas with letters that have other values wherever both have any; equations that others solve."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isfinite, prod
from random import Random

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.equality import Outcome, compare
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.readings.records import Expression, Family
from tinyv_cli.maths.values import approximate
from tinyv_cli.proofs.refuting.asked import Asked

Point = dict[str, float]

POINTS, ENOUGH, SEED = 12, 5, 20261130
EXACTLY, ROUNDED = 1e-7, 0.05
# Letters for what may be any number: constants of integration.
FREE = frozenset("C c K k C_1 C_2 C_0 c_1 c_2 c_0 const D".split())
SCANNED, BISECTIONS, MOST_ROOTS = 24, 60, 3


def apart(gold: Expression, answer: Expression, asked: Asked) -> str | None:
    """Why two formulas cannot be the same, whatever they are rounded to; None where they may be."""
    free = (
        FREE & (gold.letters ^ answer.letters | gold.letters & answer.letters)
        if _may_be_free(asked)
        else set()
    )
    names = (gold.letters | answer.letters) - free
    if gold.letters - free != answer.letters - free or not names:
        return _lacks_a_letter(gold, answer, asked)
    if _has_degrees(gold.node) != _has_degrees(answer.node):
        return None
    if asked.differential or asked.scalable:
        return None
    if len(names) > 1 and any(map(asked.defines, names)):  # a letter alone is a variable, though at x = 0 …
        return None
    if asked.question.strip() and not _known(names, asked):
        return None
    first, second = (_values(side.node, tuple(sorted(names)), frozenset(free)) for side in (gold, answer))
    if first is None or second is None:
        return None
    both = [
        (one, other)
        for one, other in zip(first, second, strict=True)
        if one is not None and other is not None
    ]
    if len(both) < ENOUGH and not free:
        both = _far_off(gold.node, answer.node, names) or _moduli(gold.node, answer.node, names)
    if len(both) < ENOUGH or not _all_differ(both, gold, answer):
        return None
    if (free or asked.integral) and _differ_by_a_constant(both):
        return None
    if asked.signs and all(abs(one + other) <= ROUNDED * abs(one) for one, other in both):
        return None
    if compare(gold.node, answer.node).outcome is Outcome.SAME:
        return None
    at = dict(
        zip(
            sorted(names),
            (f"{value:.4g}" for value in _points(tuple(sorted(names)))[0].values()),
            strict=True,
        )
    )
    where = ", ".join(f"{name} = {value}" for name, value in at.items())
    return f"{answer.text} has other values than {gold.text}, at {where}, say"


def depends(formula: Expression, asked: Asked) -> bool:
    """Whether its modulus changes with a letter of the question's, which no unit can be and no number is."""
    names = formula.letters
    if (
        not asked.question.strip()
        or asked.units
        or any(map(asked.defines, names))
        or not names <= asked.letters
    ):
        return False
    if asked.relative or any(asked.describes(name) for name in names):
        return False
    try:
        values = [_modulus(formula.node, point) for point in _points(tuple(sorted(names)))]
    except (NoValueError, ArithmeticError, ValueError):
        return False
    return max(values) > (1 + ROUNDED) * min(values)


FAR = 20.0  # times as far off as the other points: where (x - 14)^(1/2) is real


def _far_off(first: Node, second: Node, names: frozenset[str]) -> list[tuple[float, float]]:
    """The values of both where the letters are large; empty where they are not real there either."""
    both = []
    for near in _points(tuple(sorted(names))):
        point = {name: FAR * abs(value) for name, value in near.items()}
        one, other = _real(first, point), _real(second, point)
        if one is not None and other is not None:
            both.append((one, other))
    return both if len(both) >= ENOUGH else []


def _moduli(first: Node, second: Node, names: frozenset[str]) -> list[tuple[float, float]]:
    """The moduli of two products of powers, which are the same for every root that is meant."""
    if any(
        node.kind in ("add", "subtract") and node.variables()
        for each in (first, second)
        for node in each.walk()
    ):
        return []
    both = []
    for near in _points(tuple(sorted(names))):
        point = {name: abs(value) for name, value in near.items()}
        try:
            one, other = _modulus(first, point), _modulus(second, point)
        except (NoValueError, ArithmeticError, ValueError):
            continue
        if isfinite(one) and isfinite(other):
            both.append((one, other))
    return both


def _modulus(node: Node, point: Point) -> float:
    """The modulus of a value; of a root that of each. Raises as `approximate` does."""
    kind, parts = node.kind, node.parts
    if kind == "multiply":
        return prod(_modulus(part, point) for part in parts)
    if kind == "divide":
        return _modulus(parts[0], point) / _modulus(parts[1], point)
    if kind in ("negative", "sqrt"):
        return _modulus(parts[0], point) ** (0.5 if kind == "sqrt" else 1.0)
    if kind in ("power", "root"):
        exponent = approximate(parts[1], point)
        if exponent.imag == 0 and exponent.real:
            return float(
                _modulus(parts[0], point) ** (1 / exponent.real if kind == "root" else exponent.real)
            )
    return abs(approximate(node, point))


def _lacks_a_letter(gold: Expression, answer: Expression, asked: Asked) -> str | None:
    """Whether an answer in terms of given letters does not depend on one that the gold depends on."""
    missing = [name for name in gold.letters - answer.letters if name in asked.wanted_letters]
    if not missing or not answer.letters < gold.letters or any(map(asked.defines, gold.letters)):
        return None
    names = tuple(sorted(gold.letters))
    values = _values(gold.node, names, frozenset())
    moved = [_real(gold.node, point | {missing[0]: 2 * point[missing[0]]}) for point in _points(names)]
    both = [pair for pair in zip(values or (), moved, strict=False) if None not in pair]
    if len(both) < ENOUGH or any(abs(one - other) <= 0.01 * abs(one) for one, other in both if one and other):
        return None
    return f"it does not depend on {missing[0]}"


def _has_degrees(node: Node) -> bool:
    return any(each.text == "degree" for each in node.walk())


def same(first: Node, second: Node) -> bool:
    """Whether they have one value at all points at which both have any."""
    names = tuple(sorted(first.variables() | second.variables()))
    both = _both(first, second, names)
    return bool(both) and not any(
        abs(one - other) > EXACTLY * max(abs(one), abs(other), 1e-9) for one, other in both
    )


def never_same(gold: Expression, node: Node, text: str) -> bool:
    """Whether they differ at all points at which both have a value, whatever they are rounded to."""
    both = _both(gold.node, node, tuple(sorted(gold.letters)))
    return len(both) >= ENOUGH and _all_differ(both, gold, Expression(text, node, node.variables()))


def _both(first: Node, second: Node, names: tuple[str, ...]) -> list[tuple[float, float]]:
    values = ((_real(first, point), _real(second, point)) for point in _points(names))
    return [(one, other) for one, other in values if one is not None and other is not None]


def _may_be_free(asked: Asked) -> bool:
    return asked.integral


def _known(names: Iterable[str], asked: Asked) -> bool:
    """Whether the question speaks of all these letters."""
    return all(name.partition("_")[0] in asked.letters or name in asked.question for name in names)


def _all_differ(both: Sequence[tuple[float, float]], gold: Expression, answer: Expression) -> bool:
    """Whether they differ wherever both have a value; of rounded numbers in them, mostly and by much."""
    rounded = "." in gold.text or "." in answer.text
    off = [abs(one - other) / max(abs(one), abs(other), 1e-12) for one, other in both]
    if rounded:
        return sum(each > ROUNDED for each in off) >= 0.7 * len(off)
    return all(each > EXACTLY for each in off)


def _differ_by_a_constant(both: Sequence[tuple[float, float]]) -> bool:
    differences = [one - other for one, other in both]
    scale = max(max(map(abs, pair)) for pair in both)
    return max(differences) - min(differences) <= 1e-6 * scale


def _values(node: Node, names: tuple[str, ...], free: frozenset[str]) -> list[float | None] | None:
    """Its real values at all points, without what may be added freely; None if that is more than added."""
    constants = node.variables() & free
    values = [_real(node, point | dict.fromkeys(constants, 0.0)) for point in _points(names)]
    if constants:
        moved = [_real(node, point | dict.fromkeys(constants, 1.0)) for point in _points(names)]
        steps = [
            two - one for one, two in zip(values, moved, strict=True) if one is not None and two is not None
        ]
        if not steps or max(steps) - min(steps) > 1e-6:
            return None
    return values


def _real(node: Node, point: Point) -> float | None:
    try:
        value = approximate(node, point)
    except (NoValueError, ArithmeticError, ValueError):
        return None
    if not (isfinite(value.real) and isfinite(value.imag)) or abs(value.imag) > 1e-9 * max(1e-9, abs(value)):
        return None
    return value.real


@lru_cache(maxsize=256)
def _points(names: tuple[str, ...]) -> tuple[Point, ...]:
    """Some points, first positive ones, then of either sign."""
    draw = Random(SEED)
    return tuple(
        {name: draw.uniform(0.3, 3.0) * (1 if at < 0.7 * POINTS else draw.choice((1, -1))) for name in names}
        for at in range(POINTS)
    )


_COORDINATES = frozenset("xyz")


def equations_apart(gold: Node, answer: Node, asked: Asked) -> bool:
    """Whether what solves `gold = 0` does not solve `answer = 0`, each the difference of both sides."""
    names = tuple(sorted(gold.variables()))
    if len(names) < 2 or gold.variables() != answer.variables() or asked.one_of_many:
        return False
    if any(asked.defines(name) for name in names if name not in _COORDINATES) or asked.scalable:
        return False
    return _has_others(gold, answer, names) and _has_others(answer, gold, names)


def _has_others(node: Node, other: Node, names: tuple[str, ...]) -> bool:
    """Whether all solutions of the one that are found are none of the other, by far."""
    roots = [root for name in names for root in _roots(node, name, names)][: 2 * MOST_ROOTS]
    if len(roots) < 2:
        return False
    wrong = 0
    for point in roots:
        value, scale = _real(other, point), _scale(other, point)
        if value is None or scale is None:
            continue
        wrong += abs(value) > 0.02 * scale
    return wrong >= max(2, 0.8 * len(roots))


def _scale(node: Node, point: Point) -> float | None:
    """How large what stands on both sides is."""
    sides = [_real(part, point) for part in node.parts]
    return None if None in sides else max(1e-6, *(abs(side) for side in sides if side is not None))


def _roots(node: Node, name: str, names: tuple[str, ...]) -> list[Point]:
    """Points where a node is 0, in one letter, the others held; by bisection of changes of sign."""
    found: list[Point] = []
    for at in _points(names)[:4]:
        low, before = None, 0.0
        for step in range(SCANNED):
            value = -6.03 + 12.0 * step / SCANNED
            here = _real(node, at | {name: value})
            if here is None:
                low = None
                continue
            if low is not None and (here < 0) != (before < 0):
                if root := _bisected(node, at, name, low, value):
                    found.append(root)
                if len(found) >= MOST_ROOTS:
                    return found
            low, before = value, here
    return found


def _bisected(node: Node, at: Point, name: str, low: float, high: float) -> Point | None:
    below = _real(node, at | {name: low})
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        value = _real(node, at | {name: middle})
        if value is None or below is None:
            return None
        if (value < 0) == (below < 0):
            low, below = middle, value
        else:
            high = middle
    point = at | {name: low}
    value, scale = _real(node, point), _scale(node, point)
    return point if value is not None and scale is not None and abs(value) <= 1e-9 * scale else None


WITHIN, WIDELY = 5, 40


def families_apart(gold: Family, answer: Family) -> bool:
    """Whether one goes through values that the other never has."""
    return _has_more(gold, answer) or _has_more(answer, gold)


def _has_more(one: Family, other: Family) -> bool:
    wide = [_real(other.node, {other.parameter: float(k)}) for k in range(-WIDELY, WIDELY + 1)]
    known = [each for each in wide if each is not None]
    if not known or len(known) < len(wide):
        return False
    narrow = [_real(one.node, {one.parameter: float(k)}) for k in range(WITHIN + 1)]
    within = [each for each in narrow if each is not None and min(known) <= each <= max(known)]
    return len(within) > 1 and any(
        all(abs(each - value) > 1e-7 * max(1.0, abs(each)) for value in known) for each in within
    )
