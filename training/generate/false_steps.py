r"""Answers in which one step of the algebra is false, or that answer another question.

The steps are those that people and models take: a sign lost, a bracket forgotten, a power distributed over a
sum.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from math import isqrt
from random import Random
from typing import Any

import sympy

from tinyv_cli.maths.reading import Node
from training.generate.applying import (
    is_open,
    mistaken,
    neatly,
    spliced,
    tells,
)
from training.generate.equations import MIRRORED
from training.generate.pieces import Piece, pieces
from training.generate.symbolic import by_sympy, from_sympy, only_symbol, to_sympy
from training.generate.transformation import Make, Task, wrong
from training.generate.trees import (
    ONE,
    TWO,
    add,
    call,
    divide,
    factors,
    multiply,
    negative,
    number,
    places,
    power,
    product,
    put,
    renamed,
    size,
    subtract,
    terms,
    times,
    total,
    turned,
    variable,
    whole,
)

PI, E, HALF = Node("constant", "pi"), Node("constant", "e"), divide(ONE, TWO)

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
    others = [base, add(exponent, ONE), subtract(exponent, ONE), negative(exponent), times(TWO, exponent)]
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
    return renamed(renamed(renamed(node, one, "\0"), two, one), "\0", two)


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
    """A factorial one off or without its sign; a binomial with another number in it, or permutations."""
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
    if len(found) != 1 or is_open(task):
        return None
    return found[0]


def _of_whole(change: Callable[[Node, Random], Node | None]) -> Make:
    """A change of the one expression as a whole, where that is another answer."""

    @wraps(change)
    def make(task: Task, rng: Random) -> str | None:
        piece = _whole_expression(task)
        new = neatly(change(piece.node, rng), rng) if piece else None
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
    if expression is None or (symbol := only_symbol(expression)) is None:
        return None
    found = expression.subs(symbol, rng.choice((0, 1, 2, 3, -1)))
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
    return turned(node) if rng.random() < 0.7 else negative(node)


@wrong()
@_of_whole
def whole_scaled(node: Node, rng: Random) -> Node | None:
    """A multiple, or a part."""
    factor = number(rng.choice((2, 2, 3, 4, 10)))
    scaled = multiply(factor, node) if rng.random() < 0.5 else times(factor, node)
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
    if (
        not free
        or not letters
        or "_" in letters[0]
        or len(letters[0]) > 1
        or letters[0] not in asked
        or letters[0] in "nkm"
    ):
        return None
    new = renamed(piece.node, letters[0], rng.choice(free))
    return spliced(task.gold, piece, new, rng)


_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "<=": ">=", ">=": "<="} | {
    name: other for name, other in MIRRORED.items() if name.startswith("\\")
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
