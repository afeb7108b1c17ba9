r"""Expressions that look like the gold and are another: how many of them are proved all the same.

For each family of ways in which two expressions can nearly be one, pairs are made up of which it is known
how they were made: equivalents, and near misses that differ where few look. |x-5| and 5-x agree below 5;
e^{100}+1 and e^{100} to 43 digits; \frac{dy}{dx} and \frac{y}{x} in all letters but one. Either side may
be the gold. The same seed makes the same pairs.

    python -m benchmarks.near_expressions [--count 20000] [--seed 0] [--show] [--json FILE] [--check]
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from flint import fmpz_poly

from benchmarks.near_misses import Count, Pair
from tinyv_cli.proofs import prove

Rng = random.Random
Made = tuple[str, str, str, bool]  # the question, both sides, and whether they mean the same
Maker = Callable[[Rng], list[Made]]

LETTERS = "xtuzwy"
MOST_PROVED = 0


def _same(*sides: tuple[str, str], question: str = "") -> list[Made]:
    return [(question, first, second, True) for first, second in sides]


def _other(*sides: tuple[str, str], question: str = "") -> list[Made]:
    return [(question, first, second, False) for first, second in sides]


def _shift(rng: Rng) -> str:
    """A number of any size, written as people write it."""
    return rng.choice(
        [
            str(rng.randint(4, 99)),
            str(rng.randint(100, 9999)),
            f"{rng.randint(3, 40)}.{rng.randint(1, 9)}",
            str(10 ** rng.randint(2, 5)),
        ]
    )


def absolute_values(rng: Rng) -> list[Made]:
    """Absolute values and the roots of squares, which are one of two formulas on each side of a kink."""
    x, a = rng.choice(LETTERS), _shift(rng)
    n = rng.randint(4, 60)
    square = rf"\sqrt{{{x}^2-{2 * n}{x}+{n * n}}}"
    bar = f"|{x}-{a}|"
    return [
        *_same((bar, f"|{a}-{x}|"), (square, f"|{x}-{n}|"), (bar, rf"\sqrt{{({x}-{a})^2}}")),
        *_same(
            (bar, rf"\max({x}-{a}, {a}-{x})"),
            (rf"\sqrt[4]{{({x}-{a})^4}}", bar),
            (f"y=|{x}-{n}|", f"y=|{n}-{x}|"),
        ),
        *_other((bar, f"{a}-{x}"), (bar, f"{x}-{a}"), (square, f"{n}-{x}"), (square, f"{x}-{n}")),
        *_other((f"|{x}+{a}|", f"{x}+{a}"), (f"{bar}+|{x}+{a}|", f"2*{a}"), (f"y={bar}", f"y={a}-{x}")),
        *_other((f"|{x}^2-{n * n}|", f"{n * n}-{x}^2"), (f"|{x}^2-{n * n}|", f"{x}^2-{n * n}")),
        *_other((rf"\frac{{|{x}-{a}|}}{{{x}-{a}}}", "-1"), (rf"\frac{{|{x}+{a}|}}{{{x}+{a}}}", "1")),
        *_other((rf"\sqrt[4]{{({x}-{a})^4}}", f"{a}-{x}"), (f"|{x}+{n}|-{n}", f"|{x}+{n + 1}|-{n + 1}")),
    ]


def largest_and_smallest(rng: Rng) -> list[Made]:
    """Maxima and minima against one of what they are taken of."""
    x, a = rng.choice(LETTERS), _shift(rng)
    return [
        *_same(
            (rf"\max({x}, {a})", rf"\frac{{{x}+{a}+|{x}-{a}|}}{{2}}"),
            (rf"\min({x}, {a})", rf"\min({a}, {x})"),
        ),
        *_same((rf"\max({x}, {a})+\min({x}, {a})", f"{x}+{a}")),
        *_other(
            (rf"\max({x}, {a})", a),
            (rf"\max({x}, -{a})", x),
            (rf"\min({x}, {a})", x),
            (rf"\min({x}, -{a})", f"-{a}"),
        ),
    ]


def rounded_down(rng: Rng) -> list[Made]:
    """Floors and ceilings, which agree for small numbers."""
    n, a = rng.choice("nkm"), rng.randint(5, 60)
    b = a + rng.choice((-1, 1, 2))
    half = rng.choice((2, 3, 5))
    return [
        *_same(
            (rf"\lceil {n}/{a} \rceil", rf"\lfloor ({n}+{a - 1})/{a} \rfloor"),
            (f"floor({n}/{a})", rf"\left\lfloor\frac{{{n}}}{{{a}}}\right\rfloor"),
        ),
        *_same(
            (rf"\lfloor {n}/{a} \rfloor + 1", rf"\lfloor ({n}+{a})/{a} \rfloor"),
            (rf"{n} \bmod {a}", rf"{n}-{a}\lfloor {n}/{a} \rfloor"),
        ),
        *_other(
            (rf"\lfloor {n}/{a} \rfloor", rf"\lfloor {n}/{b} \rfloor"), (f"ceil({n}/{a})", f"ceil({n}/{b})")
        ),
        *_other(
            (rf"\lfloor {n}/{half} \rfloor", rf"\lceil {n}/{half} \rceil"), (rf"\lfloor {n}/{a} \rfloor", "0")
        ),
        *_other(
            (rf"{n} \bmod {a}", n),
            (rf"{n} \bmod {a}", rf"{a} \bmod {n}"),
            (rf"\lfloor x+0.{a} \rfloor", r"\lfloor x \rfloor"),
        ),
        *_same(
            (rf"\lfloor {n}/{a} \rfloor", rf"\lceil ({n}-{a - 1})/{a} \rceil"),
            (r"\lfloor 2x \rfloor", r"\lfloor x \rfloor+\lfloor x+\frac12 \rfloor"),
            (rf"\lfloor {n}^2/4 \rfloor", rf"\lfloor {n}/2 \rfloor \lceil {n}/2 \rceil"),
        ),
        *_other(
            (rf"\lfloor {n}/{a} \rfloor", rf"\lceil {n}/{a} \rceil-1"),
            (rf"\lfloor x/{a} \rfloor", rf"\lceil x/{a} \rceil-1"),
            (rf"\lfloor \log_2 {n} \rfloor+1", rf"\lceil \log_2 {n} \rceil"),
            (rf"\lfloor \sqrt{{{n}}} \rfloor", rf"\lceil \sqrt{{{n}}} \rceil-1"),
            (r"\lfloor \ln x \rfloor", r"\lceil \ln x \rceil-1"),
        ),
        *_other((r"\lfloor \sin^2 x \rfloor", "0"), (rf"\lfloor x/{a} \rfloor", f"x/{a}")),
    ]


def inverse_functions(rng: Rng) -> list[Made]:
    """Logarithms of powers and inverse functions of functions, which give back their argument only near 0."""
    x, a, k = rng.choice(LETTERS), _shift(rng), rng.randint(2, 400)
    return [
        *_same(
            (rf"\ln(({x}-{a})^2)", rf"2\ln|{x}-{a}|"),
            (rf"\sin(\arcsin({x}))", x),
            (rf"\ln(e^{{{x}/{k}}})", f"{x}/{k}"),
        ),
        *_same((rf"\arcsin {x}", rf"\frac{{\pi}}{{2}}-\arccos {x}")),
        *_other(
            (rf"\ln(({x}-{a})^2)", rf"2\ln({a}-{x})"),
            (rf"\ln(({x}-{a})^2)", rf"2\ln({x}-{a})"),
            (rf"\ln({x}^2)", rf"2\ln {x}"),
        ),
        *_other(
            (rf"\arcsin(\sin({x}/{k}))", f"{x}/{k}"),
            (rf"\arctan(\tan({x}/{k}))", f"{x}/{k}"),
            (rf"\arccos(\cos({x}/{k}))", f"{x}/{k}"),
        ),
        *_other(
            (rf"\arccos(\cos({x}/{k}))", f"|{x}|/{k}"), (rf"\sqrt{{1-\sin^2({x}/{k})}}", rf"\cos({x}/{k})")
        ),
        *_other(
            (r"\arctan x+\arctan y", r"\arctan\frac{x+y}{1-xy}"),
            (r"\arctan x + \arctan\frac{1}{x}", r"\frac{\pi}{2}"),
        ),
    ]


CONSTANTS = (
    r"\pi",
    r"\sqrt{2}",
    r"e^{30}",
    r"\frac{1}{3}",
    r"\ln 7",
    r"\sqrt{2}+\sqrt{3}",
    r"\tan\frac{\pi}{7}",
    "12345678901",
    r"\sqrt[3]{5}",
)
EQUAL_CONSTANTS = (
    (r"\sqrt{5+2\sqrt{6}}", r"\sqrt{2}+\sqrt{3}"),
    (r"\cos\frac{\pi}{5}", r"\frac{1+\sqrt{5}}{4}"),
    (r"\ln 8", r"3\ln 2"),
    (r"4\arctan\frac15-\arctan\frac{1}{239}", r"\frac{\pi}{4}"),
    (r"\log_2 3\cdot\log_3 4", "2"),
    (r"\sqrt[3]{2+\sqrt5}+\sqrt[3]{2-\sqrt5}", "1"),
    (r"\frac{1}{\sqrt{2}-1}", r"\sqrt{2}+1"),
    (r"\tan\frac{3\pi}{11}+4\sin\frac{2\pi}{11}", r"\sqrt{11}"),
    (r"e^{2\ln 3}", "9"),
)


def tiny_differences(rng: Rng) -> list[Made]:
    """Numbers and functions that differ by less than anybody computes."""
    c, k = rng.choice(CONSTANTS), rng.randint(8, 150)
    n, x = rng.randint(20, 160), rng.choice(LETTERS)
    powers, first = (2, 4), rng.choice(EQUAL_CONSTANTS)
    for _ in range(n):
        powers = (powers[1], 4 * powers[1] - powers[0])
    conjugates = rf"(2+\sqrt{{3}})^{{{n}}}+(2-\sqrt{{3}})^{{{n}}}"
    return [
        *_same(first, (conjugates, str(powers[0])), (rf"{c}+10^{{-{k}}}", rf"10^{{-{k}}}+{c}")),
        *_other(
            (c, rf"{c}+10^{{-{k}}}"), (c, rf"({c})(1-10^{{-{k}}})"), (conjugates, rf"(2+\sqrt{{3}})^{{{n}}}")
        ),
        *_other(
            (rf"e^{{{n}}}+1", rf"e^{{{n}}}"),
            (rf"\tanh({n})", "1"),
            (rf"1-e^{{-{n}}}", "1"),
            (rf"e^{{-{n}}}", "0"),
        ),
        *_other(
            (rf"\sqrt{{10^{{{2 * k}}}+1}}", rf"10^{{{k}}}"),
            (rf"\cos(10^{{-{k}}})", "1"),
            (first[0], rf"{first[1]}+10^{{-{k}}}"),
        ),
        *_other(
            (rf"e^{{-{10 * n}{x}^2}}", "0"), (x, rf"{x}(1+10^{{-{k}}})"), (rf"{x}^2", rf"{x}^2+10^{{-{k}}}")
        ),
        *_other(
            (rf"\frac{{{x}^{{{n}}}}}{{10^{{{n}}}}}+1", "1"),
            (rf"\sin {x}", rf"\sin {x}+10^{{-{k}}}"),
            (rf"\tanh({n}{x}^2)", "1"),
        ),
        *_other((str(powers[0]), str(powers[0] + 1)), (rf"\sqrt{{{x}^2+10^{{-{k}}}}}", f"|{x}|")),
    ]


def derivatives(rng: Rng) -> list[Made]:
    """Derivatives, of which nothing cancels."""
    x, y = rng.choice([("x", "y"), ("t", "y"), ("x", "u"), ("r", "V"), ("t", "s")])
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    dash = rf"\frac{{d{y}}}{{d{x}}}"
    return [
        *_same(
            (rf"{dash}={a}{x}+{b}", rf"{dash}={b}+{a}{x}"),
            (dash, rf"\frac{{\mathrm{{d}}{y}}}{{\mathrm{{d}}{x}}}"),
            (f"{a}{dash}+{b}", f"{b}+{dash}*{a}"),
        ),
        *_same((dash, f"d{y}/d{x}"), (f"{y}''+{a}{y}'", f"{a}{y}'+{y}''")),
        *_other(
            (dash, rf"\frac{{{y}}}{{{x}}}"),
            (dash, rf"\frac{{d{x}}}{{d{y}}}"),
            (rf"{dash}={a}{x}", rf"\frac{{{y}}}{{{x}}}={a}{x}"),
        ),
        *_other(
            (rf"\frac{{d^2{y}}}{{d{x}^2}}", rf"({dash})^2"),
            (f"{y}'", y),
            (f"{y}''", f"({y}')^2"),
            (f"{y}''", f"2{y}'"),
        ),
        *_other(
            (rf"\frac{{\partial {y}}}{{\partial {x}}}", rf"\frac{{{y}}}{{{x}}}"),
            (f"{a}{x}dy", f"{a}y d{x}"),
            (rf"{x}\frac{{d{y}}}{{d{x}}}", y),
        ),
    ]


def _polynomial(coefficients: list[int], x: str) -> str:
    terms = [f"{number}*{x}^{power}" for power, number in enumerate(coefficients) if number]
    return " + ".join(reversed(terms)).replace("+ -", "- ") or "0"


def antiderivatives(rng: Rng) -> list[Made]:
    """Antiderivatives that differ by a constant, and by more than that."""
    x, a, b, k = rng.choice("xtu"), rng.randint(2, 9), rng.randint(1, 9), rng.randint(2, 5)
    question = rf"Find the indefinite integral: $\int f({x})\,d{x}$"
    inner = rf"({a}{x}+{b})"
    expanded = fmpz_poly([b, a]) ** k
    coefficients = [int(each) for each in expanded.coeffs()]
    power, other = _polynomial([0, *coefficients[1:]], x), list(coefficients)
    other[rng.randint(1, k)] += rng.choice((-1, 1))
    changed = _polynomial([0, *other[1:]], x)
    return [
        *_same(
            (f"{inner}^{k} + C", f"{power} + C"),
            (rf"\sin^2({a}{x}) + C", rf"-\cos^2({a}{x}) + C"),
            question=question,
        ),
        *_same(
            (rf"\sin^2({a}{x}) + C", rf"-\frac{{1}}{{2}}\cos({2 * a}{x}) + c"),
            (rf"\ln({a}{x}) + C", rf"\ln|{x}| + C"),
            question=question,
        ),
        *_same(
            (f"Integral({x}*cos({x}), {x}) + C", f"{x}*sin({x}) + cos({x}) + C"),
            (f"{power} + {b} + C", f"{power} + C"),
            question=question,
        ),
        *_other(
            (f"{inner}^{k} + C", f"{changed} + C"),
            (f"{power} + C", f"{changed} + C"),
            (f"{power} + C", power[: power.rindex(" ") - 2] + " + C" if k > 1 else "0"),
            question=question,
        ),
        *_other(
            (rf"\sin^2({a}{x}) + C", rf"\cos^2({a}{x}) + C"),
            (rf"\sin({a}{x}) + C", rf"\sin({a + 1}{x}) + C"),
            question=question,
        ),
        *_other(
            (rf"\ln|{x}-{b}| + C", rf"\ln({b}-{x}) + C"),
            (f"Integral({x}*cos({x}), {x}) + C", f"{x}*sin({x}) - cos({x}) + C"),
            question=question,
        ),
        *_other(
            (f"{power} + C", f"{power} + {b}"),
            (power, f"{power} + {b}"),
            question=f"Find f with f(0) = 0 if {question}",
        ),
        *_other((f"{power} + {b}", f"{power} + {b + 1}"), question="Find the polynomial."),
    ]


def sequences(rng: Rng) -> list[Made]:
    """Letters in a row, of which the order is all there is to say."""
    alphabet = rng.choice(["ABCDE", "HT", "ATGC", "RL", "abc", "PQRS"])
    size = rng.randint(3, 5)
    letters = [rng.choice(alphabet) for _ in range(size)]
    shuffled = rng.sample(letters, size)
    question = rng.choice(["In which order?", "Which sequence is it?", "Which path is the shortest?", ""])
    pairs = (
        []
        if shuffled == letters
        else [(by.join(letters), by.join(shuffled)) for by in (" ", "-") if by == " " or alphabet.isupper()]
    )
    pair = "".join(letters[:2]) + " " + "".join(letters[2:])
    other = "".join(shuffled[:2]) + " " + "".join(shuffled[2:])
    words = rng.sample(["m", "s", "kg", "h", "a", "b"], 2)
    return [
        *_same((" ".join(letters), rf"\text{{{' '.join(letters)}}}"), question=question),
        *_other(
            *pairs,
            *(
                []
                if shuffled == letters
                else [(rf"\text{{{' '.join(letters)}}}", rf"\text{{{' '.join(shuffled)}}}")]
            ),
            question=question,
        ),
        *_other(*([] if pair == other else [(pair, other)]), question=question),
        *_other(
            (f"{words[0]} per {words[1]}", f"{words[1]} per {words[0]}"),
            (f"{words[0]} over {words[1]}", f"{words[1]} over {words[0]}"),
        ),
    ]


def domains(rng: Rng) -> list[Made]:
    """What the question says of the letters, and what it does not say."""
    x, a = rng.choice(LETTERS), rng.randint(3, 99)
    bar, less, more = f"|{x}-{a}|", f"Simplify for ${x} < {a}$.", f"Simplify for ${x} > {a}$."
    root = rf"\sqrt{{{x}^2v}}"
    return [
        *_same(
            (bar, f"{a}-{x}"),
            (rf"\sqrt{{({x}-{a})^2}}", f"{a}-{x}"),
            (rf"\max({x}, {a})", str(a)),
            question=less,
        ),
        *_same((bar, f"{x}-{a}"), (rf"\ln(({x}-{a})^2)", rf"2\ln({x}-{a})"), question=more),
        *_same((root, rf"{x}\sqrt{{v}}"), question=f"Let ${x}$ and $v$ be positive real numbers."),
        *_same(
            (r"\cos(n\pi)", "(-1)^n"),
            (rf"\sin(n\pi + {a})", rf"(-1)^n\sin({a})"),
            question="Here $n$ is an integer.",
        ),
        *_same((r"\sqrt{1-\sin^2\theta}", r"\cos\theta"), question=r"Let $0 < \theta < \frac{\pi}{2}$."),
        *_other((bar, f"{x}-{a}"), (rf"\max({x}, {a})", x), question=less),
        *_other((bar, f"{a}-{x}"), (rf"\max({x}, {a})", str(a)), question=more),
        *_other((bar, f"{a}-{x}"), question=f"Simplify for ${x} < {a + 1}$."),
        *_other((bar, f"{x}-{a}"), question=f"Let ${x} > 0$."),
        *_other((root, rf"{x}\sqrt{{v}}"), question=f"Let ${x}$ be a negative number."),
        *_other((r"\cos(n\pi)", "1"), (r"\cos(n\pi)", "(-1)^{n+1}"), question="Here $n$ is an integer."),
        *_other((r"\sqrt{1-\sin^2\theta}", r"\cos\theta"), question=r"Let $0 < \theta < \pi$."),
    ]


def functions(rng: Rng) -> list[Made]:
    """Functions at a place, which are no products; numbers that may repeat, which are none either."""
    f, d, (a, b) = rng.choice("fghF"), rng.randint(1, 9), rng.sample(range(2, 10), 2)
    return [
        *_same((f"{f}(x+{a})", f"{f}({a}+x)"), (f"{a}{f}(x)+{b}", f"{b}+{f}(x)*{a}")),
        *_other(
            (f"{a}{f}(x+{b})", f"{f}({a}x+{a * b})"),
            (f"{f}({a})", f"{a}{f}"),
            (f"{f}({a}x)", f"{a}{f}(x)"),
            (f"P({a})", f"{a}P"),
        ),
        *_other(
            (f"y({a})", f"{a}y"),
            (f"{f}({a})={b}", f"{f}({b})={a}"),
            (rf"\Gamma({a + 1})x", rf"{a + 1}\Gamma x"),
        ),
        *_other(
            (f"1.({b})", str(b)), (f"{a}.{b}({d})", f"{a * d}"), (f"0.({b})", "0"), (f"{a}.({d})", str(a * d))
        ),
        *_other(
            (rf"x \bmod {a}", rf"{a} \bmod x"),
            (r"C_1^2", "0"),
            (f"C_{{{a + 9}}}^{{{a}}}", f"C_{{{a}}}^{{{a + 9}}}"),
        ),
    ]


def polynomials(rng: Rng) -> list[Made]:
    """Products of polynomials with long coefficients, multiplied out, and one coefficient off by one."""
    x = rng.choice("xyzt")
    size = rng.choice((9, 99, 9999, 10**6))
    factors = [
        fmpz_poly([rng.randint(-size, size) or 1 for _ in range(rng.randint(2, 4))])
        for _ in range(rng.randint(2, 5))
    ]
    whole = fmpz_poly([1])
    for factor in factors:
        whole *= factor
    coefficients = [int(each) for each in whole.coeffs()]
    changed = list(coefficients)
    changed[rng.randrange(len(changed))] += rng.choice((-1, 1))
    product = "*".join(f"({_polynomial([int(each) for each in factor.coeffs()], x)})" for factor in factors)
    sides = (product, _polynomial(coefficients, x))
    return [
        *_same(sides, (sides[1], sides[1].replace("^", "**"))),
        *_other(
            (product, _polynomial(changed, x)),
            (rf"\frac{{1}}{{{sides[1]}}}", rf"\frac{{1}}{{{_polynomial(changed, x)}}}"),
        ),
    ]


def constants(rng: Rng) -> list[Made]:
    """What arbitrary constants are called, and where they stand."""
    a, b = rng.randint(2, 5), rng.randint(6, 9)
    question = "Find the general solution of the differential equation."
    gold = rf"y = C_1 e^{{{a}x}} + C_2 e^{{-{b}x}}"
    return [
        *_same(
            (gold, rf"y = A e^{{{a}x}} + B e^{{-{b}x}}"),
            (gold, rf"y = A e^{{-{b}x}} + B e^{{{a}x}}"),
            question=question,
        ),
        *_same((f"y = C e^{{{a}x}}", f"y = K e^{{{a}x}}"), question=question),
        *_other(
            (gold, rf"y = A e^{{{a}x}} + B e^{{-{a}x}}"),
            (gold, rf"y = A e^{{{a}x}} + A e^{{-{b}x}}"),
            question=question,
        ),
        *_other(
            (f"y = C e^{{{a}x}}", f"y = K e^{{{b}x}}"),
            (f"y = C e^{{{a}x}}", f"y = e^{{{a}x}}"),
            (f"y = Cx + {a}", f"y = {a}Cx + K"),
            question=question,
        ),
    ]


FAMILIES: dict[str, Maker] = {
    maker.__name__.replace("_", " "): maker
    for maker in (
        *(absolute_values, largest_and_smallest, rounded_down, inverse_functions, tiny_differences),
        *(derivatives, antiderivatives, sequences, domains, functions, polynomials, constants),
    )
}


def made(rng: Rng) -> Iterator[Pair]:
    """Pairs of all families in turn, without an end; what is the gold of a near miss is drawn."""
    while True:
        for family, maker in FAMILIES.items():
            for question, first, second, same in maker(rng):
                sides = (first, second) if same or rng.random() < 0.5 else (second, first)
                yield Pair(family, "" if same else "near miss", question, *sides)


def measured(number: int, rng: Rng) -> tuple[dict[str, Count], list[dict[str, str]], list[Pair]]:
    """So many near misses and their equivalents: counts by family, the near misses proved, equivalents
    that are not."""
    counts: dict[str, Count] = defaultdict(Count)
    proved, missed = [], []
    for pair in made(rng):
        proof = prove(pair.question, pair.gold, pair.answer)
        for name in ("all", pair.rewriting):
            counts[name].add(pair, proved=proof is not None)
        if pair.change and proof is not None:
            proved.append({**asdict(pair), "proof": proof.sentence})
        if not pair.change and proof is None:
            missed.append(pair)
        if counts["all"].near_misses >= number:
            break
    return counts, proved, missed


def main() -> None:
    """Print the table, and with --check exit with 1 where any near miss is proved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000, help="near misses to make")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--show", action="store_true", help="near misses proved, and equivalents that are not"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    counts, proved, missed = measured(arguments.count, random.Random(arguments.seed))
    if arguments.show:
        for each in proved:
            print("{rewriting}: {gold!r} <- {answer!r}: {proof} ({question!r})".format(**each))
        for pair in missed[:40]:
            print(f"not proved: {pair.rewriting}: {pair.gold!r} <- {pair.answer!r} ({pair.question!r})")
    print(f"{'':24} {'equivalents':>12} {'proved':>8} {'near misses':>12} {'proved':>8}")
    for name, counted in counts.items():
        print("{:24} {:12,} {:8,} {:12,} {:8,}".format(name, *asdict(counted).values()))
    if arguments.json:
        figures = {name: asdict(counted) for name, counted in counts.items()}
        arguments.json.write_text(json.dumps({"families": figures, "proved": proved}, indent=2))
    if arguments.check and len(proved) > MOST_PROVED:
        sys.exit(1)


if __name__ == "__main__":
    main()
