r"""Algebra: the same expression after another rule (leaves 3.1 to 3.4 of the taxonomy)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import gcd, isqrt
from random import Random
from typing import Any

import sympy

from tinyv_cli.maths.reading import Node
from training.generate.applying import any_piece, asks_form, rearranging, reshaping, says_again, spliced
from training.generate.symbolic import as_it_is, by_sympy, only_symbol
from training.generate.transformation import Make, Task, same
from training.generate.trees import (
    ONE,
    TWO,
    add,
    call,
    divide,
    factors,
    is_same,
    multiply,
    negative,
    number,
    power,
    product,
    subtract,
    terms,
    times,
    total,
    turned,
    whole,
)

PI, E, HALF = Node("constant", "pi"), Node("constant", "e"), divide(ONE, TWO)

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
            _signed_quotient(turned(top), low) if rng.random() < 0.7 else _signed_quotient(top, turned(low))
        )
    if node.kind == "divide" and all(len(terms(part)) > 1 for part in node.parts):
        return _signed_quotient(*map(turned, node.parts))
    if node.kind == "divide" and len(terms(node.parts[1])) > 1:
        return negative(Node("divide", parts=(node.parts[0], turned(node.parts[1]))))
    return None


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
@reshaping
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
    return divide(times(factor, node.parts[0]), times(factor, node.parts[1]))


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
    if b == 0:
        return None  # it is one
    square = sympy.Pow(symbol + b / (2 * a), 2, evaluate=False)
    leading = square if a == 1 else sympy.Mul(a, square, evaluate=False)
    return sympy.Add(leading, c - b**2 / (4 * a), evaluate=False)


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
    """A change of whole expressions by sympy; not where the question asks for a form."""
    rule = by_sympy(change)

    def make(task: Task, rng: Random) -> str | None:
        piece = None if asks_form(task) else any_piece(task.gold, rng)
        new = piece and rule(piece.node, rng)
        if not piece or not new or new == piece.node or not is_same(piece.node, new):
            return None
        if says_again(task.question, new):
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
    if base.kind == "variable" and rng.random() < 0.8:
        return None
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
    if node.kind not in ("power", "sqrt") or node.parts[0].kind not in ("multiply", "divide"):
        return None
    inner, rest = node.parts[0], node.parts[1:]
    parts = factors(inner) if inner.kind == "multiply" else list(inner.parts)
    raised = [part if part == ONE else replace(node, parts=(part, *rest)) for part in parts]
    return product(raised) if inner.kind == "multiply" else divide(*raised)


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
    if inside is None or not 0 < inside <= 10**6:
        return None
    squares = [each for each in range(2, min(isqrt(inside), 200) + 1) if inside % each**2 == 0]
    if not squares:
        return None
    left = inside // squares[-1] ** 2
    return number(squares[-1]) if left == 1 else multiply(number(squares[-1]), call("sqrt", number(left)))


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
    return power(number(root), times(number(exponent), node.parts[1]))


# Same: logarithms and trigonometry (3.3)

Identity = Callable[[Node], Node]


def _squared(node: Node) -> Node:
    return power(node, TWO)


def _double(node: Node) -> Node:
    return times(TWO, node)


def _half_exponentials(sign: Callable[[Node, Node], Node]) -> Identity:
    return lambda x: divide(sign(power(E, x), power(E, negative(x))), TWO)


# By the name of the function: what it is as well.
_OF_FUNCTION: Mapping[str, Sequence[Identity]] = {
    "tan": (lambda x: divide(call("sin", x), call("cos", x)), lambda x: divide(ONE, call("cot", x))),
    "cot": (lambda x: divide(call("cos", x), call("sin", x)), lambda x: divide(ONE, call("tan", x))),
    "sec": (lambda x: divide(ONE, call("cos", x)),),
    "csc": (lambda x: divide(ONE, call("sin", x)),),
    "sin": (lambda x: call("cos", subtract(divide(PI, TWO), x)), lambda x: negative(call("sin", turned(x)))),
    "cos": (lambda x: call("sin", add(x, divide(PI, TWO))), lambda x: call("cos", turned(x))),
    "sinh": (_half_exponentials(subtract),),
    "cosh": (_half_exponentials(add),),
    "tanh": (lambda x: divide(call("sinh", x), call("cosh", x)),),
    "arcsin": (lambda x: subtract(divide(PI, TWO), call("arccos", x)),),
    "arccos": (lambda x: subtract(divide(PI, TWO), call("arcsin", x)),),
    "arctan": (lambda x: negative(call("arctan", turned(x))),),
    "abs": (lambda x: call("abs", turned(x)), lambda x: call("sqrt", _squared(x))),
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
