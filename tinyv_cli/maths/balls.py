"""Values that are certain: a fraction where it is one, else a ball of Arb in which the value lies.

Johansson 2017, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Trans.
Computers 66:1281. As long as numbers are rational nothing is rounded, so that floors, signs and zeros are
known; what is no fraction is as narrow as the precision of the moment allows, and real until a root or
logarithm leaves the reals.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import lru_cache
from math import factorial
from typing import Any, TypeAlias

from flint import acb, arb, ctx, fmpq, fmpz

from tinyv_cli.maths.reading import Node

Value: TypeAlias = fmpq | arb | acb
Point: TypeAlias = Mapping[str, fmpq]

MOST_BITS = 6000  # of a fraction; beyond, a ball does as well
LARGEST_EXPONENT = 10**9
LARGEST_FACTORIAL = 3000
LARGEST_BINOMIAL = 400


class NoValueError(Exception):
    """There is no value here, or none that is known to be one."""


class PoleError(NoValueError):
    """A division by zero, or the like: both sides of it there are values."""


class TooWideError(NoValueError):
    """A ball that reaches over a zero or a branch cut: a narrower one may tell."""


def precision(bits: int) -> AbstractContextManager[Any]:
    """Whatever is evaluated inside is computed with so many bits."""
    working: AbstractContextManager[Any] = ctx.workprec(bits)
    return working


class Evaluation:
    """The value of one expression at one point.

    `in_reals` becomes false where any part of it left the reals. `size` sums up by how many powers of two all
    parts of it are away from 1: two expressions of some size that differ can be so near to each other.
    """

    def __init__(self, point: Point, *, sizing: bool = False) -> None:
        self._point, self._sizing = point, sizing
        self.in_reals, self.size = True, 0.0

    def of(self, node: Node) -> Value:
        """Raises NoValueError where there is none."""
        value = self._of(node)
        if self._sizing:
            self.size += abs(log2_size(value)) + 1
        return value

    def _of(self, node: Node) -> Value:
        kind = node.kind
        if kind == "number":
            return _number(node.text)
        if kind == "variable":
            return self._point[node.text]
        if kind == "constant":
            return _constant(node.text)
        operation = _OPERATIONS.get((kind, len(node.parts)))
        if operation is None:
            raise NoValueError
        if kind == "power" and (node.parts[1].variables() or not node.parts[0].variables()):
            operation = principal_power
        return self._checked(operation(*[self.of(part) for part in node.parts]))

    def _checked(self, value: Value) -> Value:
        if isinstance(value, fmpq):
            return value if _is_short(value) else arb(value)
        if not value.is_finite():
            raise TooWideError
        if isinstance(value, acb) and self.in_reals:
            self.in_reals = False
        return value


def value_at(node: Node, point: Point) -> tuple[Value, bool]:
    """The value, and whether no part of it left the reals. Raises NoValueError."""
    evaluation = Evaluation(point)
    return _evaluated(evaluation, node), evaluation.in_reals


def size_at(node: Node, point: Point) -> float:
    """The size of an expression at a point, in bits. Raises NoValueError."""
    evaluation = Evaluation(point, sizing=True)
    _evaluated(evaluation, node)
    return evaluation.size


def _evaluated(evaluation: Evaluation, node: Node) -> Value:
    try:
        return evaluation.of(node)
    except (ZeroDivisionError, OverflowError, ValueError, MemoryError) as error:
        raise NoValueError from error


def as_fmpq(value: Fraction) -> fmpq:
    """The same fraction for FLINT."""
    return fmpq(value.numerator, value.denominator)


def is_zero(value: Value) -> bool:
    """Whether it is known to be exactly zero."""
    return bool(value == 0) if isinstance(value, fmpq) else bool(value.is_zero())


def may_be_zero(value: Value) -> bool:
    """Whether zero lies in the ball."""
    return bool(value == 0) if isinstance(value, fmpq) else bool(value.contains(0))


def apart(first: Value, second: Value) -> bool:
    """Whether they are certainly not the same."""
    if isinstance(first, fmpq) and isinstance(second, fmpq):
        return bool(first != second)
    ours, theirs = _alike(first, second)
    return not ours.overlaps(theirs)


def exactly_equal(first: Value, second: Value) -> bool:
    """Whether both are fractions and the same one."""
    return isinstance(first, fmpq) and isinstance(second, fmpq) and bool(first == second)


def agreeing_bits(first: Value, second: Value) -> float:
    """To how many bits two balls that overlap agree, relative to the larger, at least to 1."""
    if exactly_equal(first, second):
        return float("inf")
    ours, theirs = _alike(first, second)
    most = _upper(ours - theirs)
    return float("inf") if most == 0 else max(0.0, _log2(_upper(ours) + _upper(theirs))) - _log2(most)


def places_agreeing(first: Value, second: Value) -> float:
    """By which power of 1/2 two balls that overlap can be apart at most."""
    ours, theirs = _alike(first, second)
    most = _upper(ours - theirs)
    return float("inf") if most == 0 else -_log2(most)


def log2_size(value: Value) -> float:
    """The binary logarithm of the absolute value; 0 for zero."""
    most = _upper(_ball(value))
    return _log2(most) if most != 0 else 0.0


def as_real(value: Value) -> fmpq | arb | None:
    """The value where it is real as far as can be seen; a ball's imaginary part has to be narrow around 0."""
    if not isinstance(value, acb):
        return value
    if not value.imag.contains(0):
        return None
    narrow = _upper(value.imag) <= arb(2) ** (-ctx.prec // 2) * (1 + _upper(value.real))
    return value.real if narrow else None


def shown(value: Value) -> str:
    """For a sentence: six digits, or the whole number."""
    if isinstance(value, fmpq):
        if value.q == 1 and abs(value.p) < 10**15:
            return str(value.p)
        value = arb(value)
    if isinstance(value, acb):
        imaginary = value.imag
        sign = "-" if imaginary < 0 else "+"
        return f"{shown(value.real)} {sign} {shown(abs(imaginary))}i"
    return str(value.str(6, radius=False))


def _alike(first: Value, second: Value) -> tuple[Any, Any]:
    """Both as real balls, or both as complex ones."""
    if isinstance(first, acb) or isinstance(second, acb):
        return acb(_ball(first)), acb(_ball(second))
    return _ball(first), _ball(second)


def _ball(value: Value) -> arb | acb:
    return arb(value) if isinstance(value, fmpq) else value


def _upper(value: arb | acb) -> arb:
    return value.abs_upper()


def _log2(value: arb) -> float:
    """Of a positive exact number, which may be beyond what floats can hold."""
    if value == 0:
        return float("-inf")
    mantissa, exponent = value.mid().man_exp()
    bits = int(abs(mantissa)).bit_length()
    return float(bits + int(exponent))


def _is_short(value: fmpq) -> bool:
    return bool(value.height_bits() <= MOST_BITS)


@lru_cache(maxsize=1024)
def _number(text: str) -> fmpq:
    if "e" in text.lower() and abs(int(text.lower().partition("e")[2])) > MOST_BITS:
        raise NoValueError
    return as_fmpq(Fraction(text))


def _constant(name: str) -> Value:
    if name == "i":
        return acb(0, 1)
    return {"pi": arb.pi, "e": arb.const_e, "tau": _tau, "degree": _degree}[name]()


def _tau() -> arb:
    return 2 * arb.pi()


def _degree() -> arb:
    return arb.pi() / 180


def _add(a: Any, b: Any) -> Value:
    return _joined(a, b, lambda a, b: a + b)


def _subtract(a: Any, b: Any) -> Value:
    return _joined(a, b, lambda a, b: a - b)


def _multiply(a: Any, b: Any) -> Value:
    if (isinstance(a, fmpq) and a == 0) or (isinstance(b, fmpq) and b == 0):
        return fmpq(0)
    return _joined(a, b, lambda a, b: a * b)


def _joined(a: Any, b: Any, operation: Callable[[Any, Any], Value]) -> Value:
    """Of a fraction and a ball a ball."""
    if isinstance(a, fmpq) != isinstance(b, fmpq):
        a, b = _ball(a), _ball(b)
    return operation(a, b)


def _divide(a: Any, b: Any) -> Value:
    if is_zero(b):
        raise PoleError
    if may_be_zero(b):
        raise TooWideError
    return _joined(a, b, lambda a, b: a / b)


def _negative(a: Value) -> Value:
    return -a


def _sign(value: Value) -> int:
    """Of a real number. Raises TooWideError where it can't be told."""
    if isinstance(value, acb):
        raise NoValueError
    if value == 0:
        return 0
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise TooWideError


def _abs(a: Any) -> Value:
    found: Value = a.abs_lower().union(a.abs_upper()) if isinstance(a, acb) else abs(a)
    return found


def _whole(value: Value) -> int | None:
    """The integer that it is; None for any other number."""
    if isinstance(value, fmpq):
        return int(value.p) if value.q == 1 else None
    return None


def principal_power(base: Any, exponent: Any) -> Value:
    """A power; of negative numbers the principal value, which is complex."""
    if (whole := _whole(exponent)) is not None:
        return _whole_power(base, whole)
    if not isinstance(base, acb) and not isinstance(exponent, acb):
        sign = _sign(base)
        if sign == 0:
            if _sign(exponent) > 0:
                return fmpq(0)
            raise PoleError
        if sign > 0:
            return _positive_power(base, exponent)
    elif may_be_zero(base):
        raise TooWideError
    return acb(_ball(base)) ** acb(_ball(exponent))


def _whole_power(base: Any, whole: int) -> Value:
    if abs(whole) > LARGEST_EXPONENT:
        raise NoValueError
    if whole < 0 and may_be_zero(base):
        raise PoleError if is_zero(base) else TooWideError
    if isinstance(base, fmpq):
        if base.height_bits() * abs(whole) <= MOST_BITS:
            return fmpq(base**whole)
        base = arb(base)
    found: Value = base ** fmpz(whole)
    return found


def _positive_power(base: Any, exponent: Any) -> Value:
    if isinstance(base, fmpq) and isinstance(exponent, fmpq) and exponent.q <= 64:
        root = _exact_root(base, int(exponent.q))
        if root is not None:
            return _whole_power(root, int(exponent.p))
    return _ball(base) ** _ball(exponent)


def _power(base: Any, exponent: Any) -> Value:
    """A power; of negative numbers the real one where the exponent has an odd denominator: x^{1/3}."""
    has_real_root = isinstance(exponent, fmpq) and exponent.q != 1 and exponent.q % 2
    if has_real_root and isinstance(base, (fmpq, arb)) and base < 0:
        value = _positive_power(-base, exponent)
        return -value if exponent.p % 2 else value
    return principal_power(base, exponent)


def _exact_root(value: fmpq, degree: int) -> fmpq | None:
    """The root of a fraction that is not negative, where it is a fraction."""
    top, low = (_integer_root(int(part), degree) for part in (value.p, value.q))
    return None if top is None or low is None else fmpq(top, low)


def _integer_root(value: int, degree: int) -> int | None:
    root = int(fmpz(value).root(degree)) if value else 0
    return root if root**degree == value else None


def _sqrt(a: Any) -> Value:
    if isinstance(a, acb):
        return a.sqrt()
    sign = _sign(a)
    if sign < 0:
        return acb(0, _real_sqrt(-a))
    return _real_sqrt(a) if sign else fmpq(0)


def _real_sqrt(a: fmpq | arb) -> Any:
    exact = _exact_root(a, 2) if isinstance(a, fmpq) else None
    return _ball(a).sqrt() if exact is None else exact


def _root(radicand: Any, degree: Any) -> Value:
    """The real root of a negative number where its degree is odd."""
    if is_zero(degree):
        raise PoleError
    whole = _whole(degree)
    if whole is not None and whole % 2 and isinstance(radicand, (fmpq, arb)) and radicand < 0:
        return -_root(-radicand, degree)
    return principal_power(radicand, _divide(fmpq(1), degree))


def _ln(a: Any) -> Value:
    if not isinstance(a, acb):
        sign = _sign(a)
        if sign == 0:
            raise PoleError
        if sign > 0:
            return fmpq(0) if isinstance(a, fmpq) and a == 1 else _ball(a).log()
        return acb(_ball(a)).log()
    if may_be_zero(a):
        raise TooWideError
    return a.log()


def _log(a: Any, base: Any) -> Value:
    if isinstance(a, fmpq) and isinstance(base, fmpq) and a > 0 and base > 0 and base != 1:
        exact = _exact_logarithm(a, base)
        if exact is not None:
            return exact
    return _divide(_ln(a), _ln(base))


def _exact_logarithm(a: fmpq, base: fmpq) -> fmpq | None:
    """The logarithm where it is an integer."""
    near = round(float((arb(a).log() / arb(base).log()).mid()))
    return fmpq(near) if abs(near) * base.height_bits() <= MOST_BITS and base**near == a else None


def _lg(a: Any) -> Value:
    return _log(a, fmpq(10))


def _exp(a: Any) -> Value:
    return fmpq(1) if is_zero(a) else _ball(a).exp()


def _factorial(a: Any) -> Value:
    whole = _whole(a)
    if whole is not None:
        if whole < 0:
            raise PoleError
        if whole > LARGEST_FACTORIAL:
            raise NoValueError
        return fmpq(factorial(whole))
    return (_ball(a) + 1).gamma()


def _binom(n: Any, k: Any) -> Value:
    """By products where the lower number is whole; else by the gamma function."""
    below = _whole(k)
    if below is not None and below <= LARGEST_BINOMIAL:
        if below < 0:
            return fmpq(0)
        above = _whole(n)
        if above is not None and 0 <= above <= LARGEST_EXPONENT:
            return fmpq(fmpz.bin_uiui(above, below))
        value: Value = fmpq(1)
        for step in range(below):
            value = _divide(_multiply(value, _subtract(n, fmpq(step))), fmpq(step + 1))
        return value
    top, low = _factorial(n), _multiply(_factorial(k), _factorial(_subtract(n, k)))
    return _divide(top, low)


def _floor(a: Any) -> Value:
    if isinstance(a, fmpq):
        return fmpq(a.p // a.q)
    if not isinstance(a, arb) or (whole := a.floor().unique_fmpz()) is None:
        raise TooWideError
    return fmpq(whole)


def _ceil(a: Any) -> Value:
    return -_floor(-a)


def _mod(a: Any, b: Any) -> Value:
    return _subtract(a, _multiply(b, _floor(_divide(a, b))))


def _larger(a: Value, b: Value) -> Value:
    return a if _sign_of_difference(a, b) >= 0 else b


def _smaller(a: Value, b: Value) -> Value:
    return b if _sign_of_difference(a, b) >= 0 else a


def _sign_of_difference(a: Any, b: Any) -> int:
    return _sign(_subtract(a, b))


def _of_integers(name: str) -> Callable[[Any, Any], Value]:
    def operation(a: Any, b: Any) -> Value:
        first, second = _whole(a), _whole(b)
        if first is None or second is None:
            raise NoValueError
        return fmpq(getattr(fmpz(first), name)(fmpz(second)))

    return operation


def _of_ball(name: str, *, at_zero: int | None = None, reals: Callable[[Any], bool] | None = None) -> Any:
    """A function that Arb knows: real where its argument is `reals`, else complex."""

    def operation(a: Any) -> Value:
        if at_zero is not None and is_zero(a):
            return fmpq(at_zero)
        ball = _ball(a)
        if reals is not None and isinstance(ball, arb) and not reals(ball):
            ball = acb(ball)
        found: Value = getattr(ball, name)()
        return found

    return operation


def _within_one(a: Any) -> bool:
    """Raises TooWideError where it can't be told."""
    if abs(a) <= 1:
        return True
    if abs(a) > 1:
        return False
    raise TooWideError


def _from_one(a: Any) -> bool:
    if a >= 1:
        return True
    if a < 1:
        return False
    raise TooWideError


def _of_inverse(operation: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """arcsec x is arccos 1/x, and so with the others."""
    return lambda a: operation(_divide(fmpq(1), a))


_arcsin = _of_ball("asin", at_zero=0, reals=_within_one)
_arccos = _of_ball("acos", reals=_within_one)
_arctan = _of_ball("atan", at_zero=0)
_arcsinh = _of_ball("asinh", at_zero=0)
_arccosh = _of_ball("acosh", reals=_from_one)
_arctanh = _of_ball("atanh", at_zero=0, reals=lambda a: _within_one(a))


def _arccot(a: Any) -> Value:
    """Of numbers from 0 on; of others some take it from 0 to π, some for the arctangent of the inverse."""
    if _sign(a) < 0:
        raise NoValueError
    return _joined(arb.pi() / 2, _arctan(a), lambda a, b: a - b)


_OPERATIONS: dict[tuple[str, int], Callable[..., Value]] = {
    ("add", 2): _add,
    ("subtract", 2): _subtract,
    ("multiply", 2): _multiply,
    ("divide", 2): _divide,
    ("negative", 1): _negative,
    ("power", 2): _power,
    ("factorial", 1): _factorial,
    ("abs", 1): _abs,
    ("sqrt", 1): _sqrt,
    ("root", 1): _sqrt,
    ("root", 2): _root,
    ("exp", 1): _exp,
    ("ln", 1): _ln,
    ("log", 1): _ln,
    ("log", 2): _log,
    ("lg", 1): _lg,
    ("binom", 2): _binom,
    ("floor", 1): _floor,
    ("ceil", 1): _ceil,
    ("mod", 2): _mod,
    ("max", 2): _larger,
    ("min", 2): _smaller,
    ("gcd", 2): _of_integers("gcd"),
    ("lcm", 2): _of_integers("lcm"),
    ("sin", 1): _of_ball("sin", at_zero=0),
    ("cos", 1): _of_ball("cos", at_zero=1),
    ("tan", 1): _of_ball("tan", at_zero=0),
    ("sinh", 1): _of_ball("sinh", at_zero=0),
    ("cosh", 1): _of_ball("cosh", at_zero=1),
    ("tanh", 1): _of_ball("tanh", at_zero=0),
    **{(name, 1): _of_ball(name) for name in ("cot", "sec", "csc", "coth", "sech", "csch")},
    ("arcsin", 1): _arcsin,
    ("arccos", 1): _arccos,
    ("arctan", 1): _arctan,
    ("arccot", 1): _arccot,
    ("arcsec", 1): _of_inverse(_arccos),
    ("arccsc", 1): _of_inverse(_arcsin),
    ("arcsinh", 1): _arcsinh,
    ("arccosh", 1): _arccosh,
    ("arctanh", 1): _arctanh,
    ("arccoth", 1): _of_inverse(_arctanh),
    ("arcsech", 1): _of_inverse(_arccosh),
    ("arccsch", 1): _of_inverse(_arcsinh),
}
