"""How near to zero an algebraic number can be without being zero.

Burnikel, Funke, Mehlhorn, Schirra and Schmitt 2001, A separation bound for real algebraic expressions
(ESA): an expression of integers, the four operations and roots that is not zero is at least 1 / (l ·
u^(D-1)), where D is the product of the degrees of its roots, u and l bound all conjugates of a numerator
and of a denominator of it. The cosine of a part of the full turn is half the sum of two roots of unity,
and i is the root of -1.
"""

from fractions import Fraction
from math import log2

from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.values import rational

MOST_DEGREE = 4096
LARGEST_POWER = 4096

Bounds = tuple[float, float]  # the binary logarithms of u and of l


class NotAlgebraicError(Exception):
    """The expression is not known to be algebraic, or its degree is too large."""


def bits_apart(first: Node, second: Node) -> int | None:
    """By which power of 1/2 two different numbers of this kind are apart at least, where that is known."""
    bound = _Bound()
    try:
        upper, lower = bound.of(Node("subtract", parts=(first, second)))
    except (NotAlgebraicError, OverflowError, ValueError, ZeroDivisionError):
        return None
    return int(lower + upper * (bound.degree - 1)) + 2


class _Bound:
    def __init__(self) -> None:
        self._roots: set[object] = set()
        self.degree = 1

    def of(self, node: Node) -> Bounds:
        kind, parts = node.kind, node.parts
        exact = rational(node)
        if exact is not None:
            return _log2(abs(exact.numerator) or 1), _log2(exact.denominator)
        if kind == "constant" and node.text == "i":
            self._root(node, 2)
            return 0.0, 0.0
        if kind in ("negative", "abs"):
            return self._absolute(node) if kind == "abs" else self.of(parts[0])
        if kind in ("add", "subtract", "multiply", "divide"):
            return _combined(kind, self.of(parts[0]), self.of(parts[1]))
        if kind == "sqrt" or (kind == "root" and len(parts) == 1):
            return self._rooted(node, parts[0], 2)
        if kind in ("root", "power"):
            return self._powered(node)
        if kind in ("sin", "cos", "tan", "cot", "sec", "csc"):
            return self._of_turn(node)
        raise NotAlgebraicError

    def _absolute(self, node: Node) -> Bounds:
        """Of a real number it is that or its negative, which have the same bounds."""
        return self.of(node.parts[0])

    def _powered(self, node: Node) -> Bounds:
        base, by = node.parts
        exponent = rational(by)
        if exponent is None or exponent == 0:
            raise NotAlgebraicError
        if node.kind == "root":
            exponent = 1 / exponent
        if abs(exponent) > LARGEST_POWER:
            raise NotAlgebraicError
        degree = exponent.denominator
        upper, lower = self.of(base) if degree == 1 else self._rooted(node, base, degree)
        times = abs(exponent.numerator)
        upper, lower = upper * times, lower * times
        return (upper, lower) if exponent > 0 else (lower, upper)

    def _rooted(self, node: Node, radicand: Node, degree: int) -> Bounds:
        upper, lower = self.of(radicand)
        self._root((degree, radicand), degree)
        if upper >= lower:
            return (upper + (degree - 1) * lower) / degree, lower
        return upper, ((degree - 1) * upper + lower) / degree

    def _root(self, key: object, degree: int) -> None:
        if key not in self._roots:
            self._roots.add(key)
            self.degree *= degree
        if self.degree > MOST_DEGREE:
            raise NotAlgebraicError

    def _of_turn(self, node: Node) -> Bounds:
        turn = _part_of_pi(node.parts[0])
        if turn is None:
            raise NotAlgebraicError
        self._root(("turn", 4 * turn.denominator), 4 * turn.denominator)
        one = (1.0, 1.0)  # a sum of two roots of unity, and 2 (or 2i, a unit more or less) below it
        if node.kind in ("sin", "cos"):
            return one
        return (2.0, 2.0)


def _part_of_pi(node: Node) -> Fraction | None:
    """The rational multiple of π that it is, as far as it is written so; degrees are parts of π too."""
    if node.kind == "constant":
        return {"pi": Fraction(1), "tau": Fraction(2), "degree": Fraction(1, 180)}.get(node.text)
    if (value := rational(node)) is not None:
        return value if value == 0 else None
    parts = [_part_of_pi(part) for part in node.parts]
    if node.kind == "negative" and parts[0] is not None:
        return -parts[0]
    if node.kind in ("add", "subtract"):
        if None in parts:
            return None
        return parts[0] + parts[1] if node.kind == "add" else parts[0] - parts[1]  # type: ignore[operator]
    if node.kind == "multiply":
        numbers = [rational(part) for part in node.parts]
        for turn, number in ((parts[0], numbers[1]), (parts[1], numbers[0])):
            if turn is not None and number is not None:
                return turn * number
    if node.kind == "divide":
        number = rational(node.parts[1])
        return parts[0] / number if parts[0] is not None and number else None
    return None


def _combined(kind: str, first: Bounds, second: Bounds) -> Bounds:
    if kind == "divide":
        kind, second = "multiply", (second[1], second[0])
    if kind == "multiply":
        return first[0] + second[0], first[1] + second[1]
    return _log2_of_sum(first[0] + second[1], first[1] + second[0]), first[1] + second[1]


def _log2_of_sum(first: float, second: float) -> float:
    larger, smaller = max(first, second), min(first, second)
    return larger + log2(1 + 2 ** max(smaller - larger, -60))


def _log2(value: int) -> float:
    return float(value.bit_length()) if value > 1 else 0.0
