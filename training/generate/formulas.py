"""Made-up golds without questions: formulas in LaTeX, plain text, and as computer algebra systems write.

Most golds of collections are numbers, and nearly all are in LaTeX. What unit tests, course systems and
programs compare are expressions, equations, intervals and lists in every notation, mostly without a question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from tinyv_cli.maths.kinds import Kind, kind_of
from tinyv_cli.maths.reading import Node
from training.generate import notations
from training.generate.matrices import Rows, as_called, environment, in_brackets
from training.generate.notations import Notation, write
from training.generate.trees import (
    add,
    call,
    divide,
    folded,
    multiply,
    negative,
    number,
    power,
    product,
    total,
    variable,
)
from training.pool import Row

SOURCE = "made_up_formulas"
LONGEST = 90
LETTERS = "xxxxxyyttnnzabcdkmpqrsuvw"
GREEK = ("theta", "alpha", "beta", "lambda", "omega")
FUNCTIONS = ("sin", "sin", "cos", "cos", "tan", "ln", "ln", "arctan", "exp", "sqrt")
PI, E, IMAGINARY = Node("constant", "pi"), Node("constant", "e"), Node("constant", "i")
KINDS = frozenset(Kind) - {Kind.NUMBER, Kind.TEXT, Kind.CHOICE, Kind.UNIT}

MakeNode = Callable[[Random], Node]


def formula_rows(count: int, rng: Random) -> Iterator[Row]:
    """So many golds, each another random formula."""
    made = 0
    while made < count:
        gold = _gold(rng)
        if gold is not None and len(gold) <= LONGEST and kind_of(gold) in KINDS:
            made += 1
            yield Row(SOURCE, "", gold)


# Expressions


def polynomial(rng: Random, letter: str | None = None, degree: int | None = None) -> Node:
    """Two to four terms in falling order, now and then in another."""
    name = letter or _letter(rng)
    highest = degree or rng.randint(1, 4)
    degrees = sorted(rng.sample(range(highest), rng.randint(1, min(3, highest))), reverse=True)
    found = [_term(rng, name, each) for each in (highest, *degrees)]
    if rng.random() < 0.15:
        rng.shuffle(found)
    return total(found)


def product_of_sums(rng: Random) -> Node:
    """A factored polynomial."""
    name = _letter(rng)
    first = power(polynomial(rng, name, 1), number(rng.choice((1, 1, 1, 2, 3))))
    second = polynomial(rng, name, rng.choice((1, 1, 2)))
    found = multiply(first, power(second, number(rng.choice((1, 1, 2)))))
    return multiply(_coefficient(rng), found) if rng.random() < 0.4 else found


def quotient(rng: Random) -> Node:
    """A rational function, also of two letters."""
    name = _letter(rng)
    top = polynomial(rng, name, 1) if rng.random() < 0.6 else _coefficient(rng)
    below = polynomial(rng, name if rng.random() < 0.8 else _letter(rng), rng.choice((1, 1, 2)))
    return divide(top, power(below, number(rng.choice((1, 1, 1, 2)))))


def of_functions(rng: Random) -> Node:
    """One or two functions with what stands before and inside them."""
    name = _letter(rng)
    found = _function_term(rng, name)
    if rng.random() < 0.5:
        other = _function_term(rng, name) if rng.random() < 0.5 else _term(rng, name, rng.randint(0, 2))
        found = add(found, negative(other) if rng.random() < 0.5 else other)
    return found


def exponential(rng: Random) -> Node:
    """Powers of e or of a number, with letters in the exponent."""
    name = _letter(rng)
    exponent = _term(rng, name, rng.choice((1, 1, 1, 2)))
    base = E if rng.random() < 0.7 else number(rng.randint(2, 5))
    found = multiply(_factor(rng, name), power(base, exponent))
    return add(found, _term(rng, name, rng.randint(0, 1))) if rng.random() < 0.3 else found


def surd(rng: Random) -> Node:
    """A number with a root or π in it."""
    special = PI if rng.random() < 0.3 else call("sqrt", number(_no_square(rng)))
    if special == PI or rng.random() < 0.5:
        special = multiply(_coefficient(rng), special)
    if rng.random() < 0.5:
        special = add(number(rng.choice((-1, 1)) * rng.randint(1, 12)), special)
    return divide(special, number(rng.randint(2, 12))) if rng.random() < 0.6 else special


def number_to_simplify(rng: Random) -> Node:
    """A root with a square in it, or a power with a fraction or a minus above, and what is added to it."""
    base = number(rng.choice((2, 3, 4, 5, 7, 8, 9, 10, 12)))
    if rng.random() < 0.5:
        found = call("sqrt", number(_no_square(rng) * rng.randint(2, 5) ** 2))
    elif rng.random() < 0.5:
        found = power(base, divide(number(rng.choice((-1, 1, 2, 3))), number(rng.choice((2, 2, 3)))))
    else:
        found = power(base, number(rng.choice((-3, -2, -1, 4, 5))))
    found = multiply(_coefficient(rng), found)
    return add(found, number(rng.randint(-9, 9) or 1)) if rng.random() < 0.3 else found


def monomial_of_several(rng: Random) -> Node:
    """A law with several letters, as in physics: products, quotients, roots and powers of letters."""
    names = rng.sample("abcdghklmnpqrstuvwxyzALMRTV", rng.randint(2, 4))
    parts = [power(variable(name), number(rng.choice((1, 1, 1, 2, 3)))) for name in names]
    cut = rng.randint(1, len(parts))
    top = product([_coefficient(rng), *parts[:cut]] if rng.random() < 0.5 else parts[:cut])
    found = divide(top, product(parts[cut:])) if parts[cut:] else top
    if rng.random() < 0.2:
        found = call("sqrt", found)
    return multiply(multiply(number(2), PI), found) if rng.random() < 0.15 else found


def sum_of_several(rng: Random) -> Node:
    """A polynomial of two or three letters."""
    names = rng.sample("abcmnpqxyz", rng.randint(2, 3))
    found = [_term(rng, name, rng.choice((1, 1, 2))) for name in names]
    if rng.random() < 0.4:
        mixed = multiply(_coefficient(rng), multiply(variable(names[0]), variable(names[1])))
        found.append(negative(mixed) if rng.random() < 0.5 else mixed)
    return total(found)


def broken_power(rng: Random) -> Node:
    """A power with a fraction or a negative number above."""
    base = variable(_letter(rng)) if rng.random() < 0.7 else polynomial(rng, degree=1)
    above = divide(number(rng.randint(1, 5)), number(rng.randint(2, 4)))
    exponent = above if rng.random() < 0.5 else number(-rng.randint(1, 4))
    return multiply(_coefficient(rng), power(base, exponent))


def complex_number(rng: Random) -> Node:
    """A real part and an imaginary one."""
    return add(
        number(rng.randint(-9, 9) or 1), multiply(number(rng.choice((-3, -2, -1, 1, 2, 4, 5))), IMAGINARY)
    )


EXPRESSIONS: Sequence[MakeNode] = (
    polynomial,
    product_of_sums,
    quotient,
    of_functions,
    of_functions,
    exponential,
    surd,
    number_to_simplify,
    monomial_of_several,
    sum_of_several,
    broken_power,
    complex_number,
)


# Answers around them


@dataclass(frozen=True, slots=True)
class _Signs:
    """How relations, sets, intervals and matrices look beside a notation."""

    infinity: str = "inf"
    union: str = " U "
    at_most: str = "<="
    at_least: str = ">="
    braces: str = "{{{}}}"
    matrix: Callable[[Rows], str] = in_brackets


LATEX_SIGNS = _Signs(r"\infty", r" \cup ", r" \leq ", r" \geq ", r"\{{{}\}}")
UNICODE_SIGNS = _Signs("∞", " ∪ ", " ≤ ", " ≥ ")
PLAIN_SIGNS = _Signs()
MAXIMA_SIGNS = _Signs(matrix=as_called)
# Course systems write Maxima, or something like it.
PROGRAMS = (
    (notations.MAXIMA, MAXIMA_SIGNS),
    (notations.MAXIMA, MAXIMA_SIGNS),
    (notations.PYTHON, PLAIN_SIGNS),
    (notations.PYTHON, PLAIN_SIGNS),
    (notations.ASCIIMATH, PLAIN_SIGNS),
    (notations.MAPLE, PLAIN_SIGNS),
)


def _gold(rng: Random) -> str | None:
    notation, signs = _notation(rng)
    maker = rng.choices(
        (_expression, _equation, _solutions, _interval, _inequality, _tuple, _matrix), (8, 2, 2, 1, 1, 2, 0.5)
    )[0]
    return maker(rng, notation, signs)


def _notation(rng: Random) -> tuple[Notation, _Signs]:
    """LaTeX for two fifths of the golds, as programs write for another two; the others as people type."""
    chance = rng.random()
    if chance < 0.4:
        return notations.latex(rng), LATEX_SIGNS
    if chance < 0.55:
        return notations.plain(rng), PLAIN_SIGNS
    if chance < 0.6:
        return notations.unicode(rng), UNICODE_SIGNS
    program, signs = rng.choice(PROGRAMS)
    return replace(program, plus=rng.choice((" {} ", "{}"))), signs


def _expression(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    return write(folded(rng.choice(EXPRESSIONS)(rng)), notation)


def _equation(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    left = rng.choice(("y", "f(x)", "x", "A", "y(t)", "a_n", "V", None))
    right = _expression(rng, notation, signs)
    if left is None:
        first = write(sum_of_several(rng), notation)
        return first and f"{first} = {rng.randint(-12, 12)}"
    return right and f"{left} = {right}"


def _solutions(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    values = _values(rng, notation, rng.randint(2, 4))
    name = rng.choice("xxytz")
    style = rng.randrange(4)
    if style == 0:
        return signs.braces.format(", ".join(values))
    if style == 1:
        return " or ".join(f"{name} = {value}" for value in values)
    return ", ".join(f"{name} = {value}" for value in values) if style == 2 else ", ".join(values)


def _interval(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    low, high = sorted(rng.sample(range(-12, 13), 2))
    first, last = rng.choice("(["), rng.choice(")]")
    style = rng.randrange(4)
    if style == 0:
        return f"{first}{low}, {high}{last}"
    if style == 1:
        return f"(-{signs.infinity}, {low}{last}{signs.union}{first}{high}, {signs.infinity})"
    return f"{first}{low}, {signs.infinity})" if style == 2 else f"(-{signs.infinity}, {high}{last}"


def _inequality(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    sign = rng.choice((" < ", " > ", signs.at_most, signs.at_least))
    low, high = sorted(rng.sample(range(-12, 13), 2))
    name = rng.choice("xxxyakmt")
    if rng.random() < 0.35:
        below = rng.choice((" < ", signs.at_most))
        return f"{low}{below}{name}{rng.choice((' < ', signs.at_most))}{high}"
    bound = write(surd(rng), notation) if rng.random() < 0.3 else str(low)
    return bound and f"{name}{sign}{bound}"


def _tuple(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    values = _values(rng, notation, rng.choice((2, 2, 3)))
    written = ", ".join(values)
    return f"[{written}]" if len(values) > 2 and not notation.latex and rng.random() < 0.5 else f"({written})"


def _matrix(rng: Random, notation: Notation, signs: _Signs) -> str | None:
    width = rng.choice((2, 2, 3))
    height = rng.choice((1, 2, 2, 3))
    rows = [
        [write(_entry(rng), notation) or str(rng.randint(-9, 9)) for _ in range(width)] for _ in range(height)
    ]
    if notation.latex:
        return environment(rows, rng.choice(("pmatrix", "bmatrix")))
    return signs.matrix(rows)


def _entry(rng: Random) -> Node:
    return _number(rng) if rng.random() < 0.8 else _term(rng, _letter(rng), 1)


def _values(rng: Random, notation: Notation, count: int) -> list[str]:
    """Different numbers and short expressions."""
    found: dict[str, None] = {}
    while len(found) < count:
        node = surd(rng) if rng.random() < 0.25 else _number(rng)
        found.setdefault(write(node, notation) or str(rng.randint(-20, 20)))
    return list(found)


def _number(rng: Random) -> Node:
    if rng.random() < 0.3:
        return folded(divide(number(rng.choice((-1, 1)) * rng.randint(1, 15)), number(rng.randint(2, 9))))
    return number(rng.randint(-15, 30))


def _letter(rng: Random) -> str:
    return rng.choice(GREEK) if rng.random() < 0.06 else rng.choice(LETTERS)


def _coefficient(rng: Random) -> Node:
    if rng.random() < 0.2:
        return folded(divide(number(rng.randint(1, 9)), number(rng.randint(2, 9))))
    return number(rng.choice((-1, 1, 1)) * rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 10, 12)))


def _term(rng: Random, name: str, degree: int) -> Node:
    if degree == 0:
        return number(rng.choice((-1, 1)) * rng.randint(1, 15))
    return multiply(_coefficient(rng), power(variable(name), number(degree)))


def _factor(rng: Random, name: str) -> Node:
    return _term(rng, name, 1) if rng.random() < 0.3 else _coefficient(rng)


def _function_term(rng: Random, name: str) -> Node:
    inside = polynomial(rng, name, 1) if rng.random() < 0.3 else _term(rng, name, rng.choice((1, 1, 1, 2)))
    inside = variable(name) if rng.random() < 0.4 else inside
    found = call(rng.choice(FUNCTIONS), inside)
    found = power(found, number(2)) if rng.random() < 0.15 else found
    return multiply(_factor(rng, name), found)


def _no_square(rng: Random) -> int:
    return rng.choice((2, 2, 3, 3, 5, 6, 7, 10, 11, 13, 15, 17, 21))
