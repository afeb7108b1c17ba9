"""Whether two equations have the same solutions, by what is on both sides of them, taken together.

They have if one difference is the other times a constant. Powers of variables as factors will do as well
where they are never 0: multiplied by x, y = 6/x is xy = 6, which says by itself that x is not 0.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from flint import arb, fmpq

from tinyv_cli.maths import balls
from tinyv_cli.maths.domains import ANYWHERE, Domain, Range
from tinyv_cli.maths.equality import QUICK, Outcome, compare
from tinyv_cli.maths.kinks import Point
from tinyv_cli.maths.points import points
from tinyv_cli.maths.reading import Node

TRIED = 6  # points at which a factor is looked for
NEAR = 1e-6
LARGEST_FACTOR = 10_000  # of a factor between two inequalities, its denominator
OTHER = "'"  # behind the names of letters that stand for other values than those without it


def same_relation(first: Node, second: Node, domain: Domain = ANYWHERE) -> bool:
    """Whether `first = 0` and `second = 0` are shown to have the same solutions."""
    here = next(_places(first, second, domain), None)
    if here is None:
        return False
    powers = _powers(first, second, here, domain)
    if powers is None:
        return False
    # A quotient is a constant if it is the same for any two choices of the letters.
    multiplied = _times_powers(second, powers)
    other_first, other_second = _renamed(first), _renamed(multiplied)
    ours, theirs = (
        Node("multiply", parts=(first, other_second)),
        Node("multiply", parts=(other_first, multiplied)),
    )
    both = Domain(
        (*domain.ranges, *((name + OTHER, values) for name, values in domain.ranges)), domain.others
    )
    if compare(ours, theirs, both).outcome is not Outcome.SAME:
        return False
    places = list(islice(points(first, second, domain), TRIED))
    return all(
        _never_zero(name, *((first, second) if power > 0 else (second, first)), places)
        for name, power in powers.items()
    )


def same_up_to_a_positive_factor(first: Node, second: Node, domain: Domain = ANYWHERE) -> bool:
    """Whether `first` is `second` times a positive number, so that both are less than 0 at the same places."""
    here = next(_places(first, second, domain), None)
    ratio = _ratio(first, second, here) if here else None
    if ratio is None or ratio <= 0:
        return False
    factor = Fraction(ratio).limit_denominator(LARGEST_FACTOR)
    if not factor:
        return False
    number = Node("divide", parts=(Node("number", str(factor.numerator)), Node("number", str(factor.denominator))))
    return compare(first, Node("multiply", parts=(number, second)), domain).outcome is Outcome.SAME


def _places(first: Node, second: Node, domain: Domain) -> Iterator[Point]:
    """Points at which both have values that are not 0."""
    for point in islice(points(first, second, domain), 2 * TRIED):
        if _ratio(first, second, point):
            yield point


def _powers(first: Node, second: Node, point: Point, domain: Domain) -> dict[str, int] | None:
    """How often the quotient of both has each letter as a factor; None where that's no whole number."""
    ratio, powers = _ratio(first, second, point), {}
    for name in sorted(first.variables() | second.variables()):
        factor = _factor(point[name], domain.of(name))
        if factor is None:
            continue  # the comparison of both will tell whether it is a factor
        scaled = _ratio(first, second, {**point, name: factor * point[name]})
        if ratio is None or not scaled or scaled / ratio <= 0:
            return None
        power = math.log(scaled / ratio, float(factor.p) / float(factor.q))
        if abs(power - round(power)) > NEAR:
            return None
        if round(power):
            powers[name] = round(power)
    return powers


def _factor(value: fmpq, values: Range) -> fmpq | None:
    """By what a letter can be multiplied and stay in its range; None where that is narrow."""
    here = Fraction(int(value.p), int(value.q))
    fitting = (factor for factor in (Fraction(2), Fraction(1, 2)) if values.contains(here * factor))
    return next(map(balls.as_fmpq, fitting), None)


def _ratio(first: Node, second: Node, point: Point) -> float | None:
    values = [_real(node, point) for node in (first, second)]
    top, low = values
    if not top or not low or not math.isfinite(top) or not math.isfinite(low):
        return None
    return top / low


def _real(node: Node, point: Point) -> float | None:
    value = _exact(node, point)
    if value is None:
        return None
    return float(value.p) / float(value.q) if isinstance(value, fmpq) else float(value)


def _exact(node: Node, point: Point) -> fmpq | arb | None:
    with balls.precision(QUICK):
        try:
            return balls.as_real(balls.value_at(node, point)[0])
        except balls.NoValueError:
            return None


def _times_powers(node: Node, powers: dict[str, int]) -> Node:
    for name, power in powers.items():
        factor = Node("power", parts=(Node("variable", name), Node("number", str(abs(power)))))
        node = Node("multiply" if power > 0 else "divide", parts=(node, factor))
    return node


def _renamed(node: Node) -> Node:
    """The same of other letters."""
    if node.kind == "variable":
        return Node("variable", node.text + OTHER)
    return Node(node.kind, node.text, tuple(map(_renamed, node.parts)))


def _never_zero(name: str, with_factor: Node, without: Node, places: list[Point]) -> bool:
    """Whether neither is solved where a letter is 0: one says nothing there, the other what is false."""
    there = [{**point, name: fmpq(0)} for point in places]
    if any(_exact(without, point) is not None for point in there):
        return False
    values = [_exact(with_factor, point) for point in there]
    if values[0] is None or balls.may_be_zero(values[0]):
        return False
    return all(value is not None and not balls.apart(values[0], value) for value in values)
