"""Expressions as fractions of polynomials over the rationals (FLINT), compared by coefficients.

What is no polynomial (a root, a sine) counts as a letter of its own, the same one wherever its argument
is the same fraction of polynomials: √(2x+2) and √(2(x+1)). Expressions that are the same whatever these
letters stand for are the same.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from tinyv_cli.maths.reading import Node

MOST_LETTERS = 12
MOST_TERMS, MOST_PRODUCTS, MOST_EXPONENT, MOST_BITS = 4000, 400_000, 400, 100_000


class NotExactError(Exception):
    """The expression is no fraction of polynomials, or one that is too large."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """One polynomial over another that is not zero."""

    top: fmpq_mpoly
    low: fmpq_mpoly


@dataclass(slots=True)
class Letters:
    """What the generators of the polynomials stand for, numbered as they are met; shared by both sides."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def generator(self, key: tuple[str, ...]) -> fmpq_mpoly:
        """The generator for a variable or a part that is no polynomial."""
        number = self.numbers.setdefault(key, len(self.numbers))
        if number >= MOST_LETTERS:
            raise NotExactError
        generator: fmpq_mpoly = _generators()[number]
        return generator

    @property
    def only_variables(self) -> bool:
        """Whether nothing but variables, numbers and i was met."""
        return all(key[0] in ("variable", "i") for key in self.numbers)


@lru_cache(maxsize=1)
def _context() -> Any:
    return fmpq_mpoly_ctx.get(tuple(f"g{number}" for number in range(MOST_LETTERS)), Ordering.degrevlex)


@lru_cache(maxsize=1)
def _generators() -> tuple[Any, ...]:
    return tuple(_context().gens())


def quotient(node: Node, letters: Letters) -> Quotient:
    """The expression as a fraction of polynomials. Raises NotExactError."""
    try:
        return _quotient(node, letters)
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        raise NotExactError from error


def same(first: Quotient, second: Quotient, letters: Letters) -> bool:
    """Whether their difference is zero."""
    left = _product(first.top, second.low) - _product(second.top, first.low)
    return bool(_without_squares_of_i(left, letters).is_zero())


def reduced(value: Quotient) -> Quotient:
    """In lowest terms, the leading coefficient below being 1."""
    top, low = value.top, value.low
    if not low.is_constant():
        common = top.gcd(low)
        top, low = top / common, low / common
    leading = low.leading_coefficient()
    return Quotient(top / leading, low / leading)


def key_of(value: Quotient) -> str:
    """The same text for the same fraction of polynomials."""
    lowest = reduced(value)
    return f"{lowest.top}/{lowest.low}"


def polynomial_along(node: Node, name: str, others: dict[str, fmpq]) -> fmpq_poly | None:
    """The numerator and the zeros below, as one polynomial of a single letter, all others being numbers."""
    letters = Letters()
    generator = letters.generator(("variable", name))
    try:
        found = reduced(quotient(_with_numbers(node, others), letters))
    except NotExactError:
        return None
    if len(letters.numbers) > 1:
        return None
    return _univariate(found.top, generator) * _univariate(found.low, generator)


def _with_numbers(node: Node, numbers: dict[str, fmpq]) -> Node:
    if node.kind == "variable" and node.text in numbers:
        value = numbers[node.text]
        return Node("divide", parts=(_integer(value.p), _integer(value.q)))
    if not node.parts:
        return node
    return Node(node.kind, node.text, tuple(_with_numbers(part, numbers) for part in node.parts))


def _integer(value: Any) -> Node:
    number = Node("number", str(abs(value)))
    return Node("negative", parts=(number,)) if value < 0 else number


def _univariate(polynomial: fmpq_mpoly, generator: fmpq_mpoly) -> fmpq_poly:
    del generator  # it is the first of all
    coefficients: dict[int, Any] = {int(powers[0]): c for powers, c in polynomial.to_dict().items()}
    return fmpq_poly([coefficients.get(power, 0) for power in range(max(coefficients, default=0) + 1)])


def _quotient(node: Node, letters: Letters) -> Quotient:
    kind = node.kind
    if kind == "number":
        return _constant(Fraction(node.text))
    if kind == "variable":
        return _over_one(letters.generator(("variable", node.text)))
    if kind == "constant":
        return _of_constant(node.text, letters)
    if kind in ("add", "subtract", "multiply", "divide", "negative"):
        return _combined(kind, [_quotient(part, letters) for part in node.parts])
    if kind == "power":
        return _power(node, letters)
    arguments = tuple(key_of(_quotient(part, letters)) for part in node.parts)
    return _over_one(letters.generator((kind, node.text, *arguments)))


def _of_constant(name: str, letters: Letters) -> Quotient:
    if name == "i":
        return _over_one(letters.generator(("i",)))
    scale = {"tau": Fraction(2), "degree": Fraction(1, 180)}.get(name, Fraction(1))
    symbol = letters.generator(("constant", "e" if name == "e" else "pi"))
    return Quotient(symbol * _rational(scale), _one())


def _combined(kind: str, parts: list[Quotient]) -> Quotient:
    first = parts[0]
    if kind == "negative":
        return Quotient(-first.top, first.low)
    second = parts[1]
    if kind == "divide":
        kind, second = "multiply", Quotient(second.low, second.top)
        if second.low.is_zero():
            raise ZeroDivisionError
    if kind == "multiply":
        return Quotient(_product(first.top, second.top), _product(first.low, second.low))
    if first.low == second.low:
        return Quotient(_joined(kind, first.top, second.top), first.low)
    tops = _product(first.top, second.low), _product(second.top, first.low)
    return Quotient(_joined(kind, *tops), _product(first.low, second.low))


def _joined(kind: str, first: fmpq_mpoly, second: fmpq_mpoly) -> fmpq_mpoly:
    return first + second if kind == "add" else first - second


def _power(node: Node, letters: Letters) -> Quotient:
    base, exponent = (_quotient(part, letters) for part in node.parts)
    if not (exponent.top.is_constant() and exponent.low.is_constant()):
        return _over_one(letters.generator(("power", "", key_of(base), key_of(exponent))))
    value = (
        exponent.top.leading_coefficient() / exponent.low.leading_coefficient()
        if not exponent.top.is_zero()
        else fmpq(0)
    )
    if value.q != 1:
        if value == fmpq(1, 2):
            return _over_one(letters.generator(("sqrt", "", key_of(base))))
        return _over_one(letters.generator(("power", "", key_of(base), str(value))))
    times = int(value.p)
    if times < 0:
        base, times = Quotient(base.low, base.top), -times
        if base.low.is_zero():
            raise ZeroDivisionError
    if base.top.is_zero() and times == 0:
        raise NotExactError
    for part in (base.top, base.low):
        _check_power(part, times)
    return Quotient(base.top**times, base.low**times)


def _check_power(polynomial: fmpq_mpoly, times: int) -> None:
    """That it becomes neither too long nor too large."""
    terms = len(polynomial)
    if terms <= 1:
        bits = max((fmpq(c).height_bits() for c in polynomial.coeffs()), default=0)
        if times * bits > MOST_BITS or times > 10 * MOST_EXPONENT:
            raise NotExactError
    elif times > MOST_EXPONENT or comb(terms + times - 1, times) > MOST_TERMS:
        raise NotExactError


def _product(first: fmpq_mpoly, second: fmpq_mpoly) -> fmpq_mpoly:
    if len(first) * len(second) > MOST_PRODUCTS:
        raise NotExactError
    return first * second


def _without_squares_of_i(polynomial: fmpq_mpoly, letters: Letters) -> fmpq_mpoly:
    at = letters.numbers.get(("i",))
    if at is None:
        return polynomial
    terms: dict[tuple[int, ...], Any] = {}
    for powers, coefficient in polynomial.to_dict().items():
        times = int(powers[at])
        fewer = (*powers[:at], times % 2, *powers[at + 1 :])
        terms[fewer] = terms.get(fewer, fmpq(0)) + (-coefficient if times % 4 >= 2 else coefficient)
    left: fmpq_mpoly = _context().from_dict({powers: c for powers, c in terms.items() if c != 0})
    return left


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _constant(value: Fraction) -> Quotient:
    return _over_one(_context().constant(_rational(value)))


def _over_one(top: fmpq_mpoly) -> Quotient:
    return Quotient(top, _one())


@lru_cache(maxsize=1)
def _one() -> fmpq_mpoly:
    one: fmpq_mpoly = _context().constant(1)
    return one
