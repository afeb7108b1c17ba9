r"""Sets, families, pieces, vectors and statements that are nearly the gold: how many are proved all the same.

What an answer means is drawn first (the ends of a set, the remainders of a congruence, the pieces of a
function), then written twice, in two of its notations: an equivalent. For a near miss one thing of what it
means is changed before the second writing: an end, whether it belongs, a modulus, a sign, a piece. So what
is called wrong is wrong by construction. Of the equivalents most should be proved, of the near misses none.

    python -m benchmarks.near_misses_sets [--count 5000] [--seed 0] [--show] [--check]
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from tinyv_cli.proofs import prove

Meaning = tuple[Any, ...]
Write = Callable[[Meaning, random.Random], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is drawn, how it is written, and what another meaning of it is. `ask` is the question."""

    draw: Callable[[random.Random], Meaning]
    write: Sequence[Write]
    change: Callable[[Meaning, random.Random], Meaning]
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold and an answer, and whether they mean the same."""

    kind: str
    same: bool
    question: str
    gold: str
    answer: str


def pairs(count: int, rng: random.Random) -> Iterator[Pair]:
    """As many equivalents as near misses, of each kind as many."""
    for number in range(count):
        name = [*KINDS][number % len(KINDS)]
        kind = KINDS[name]
        meaning = kind.draw(rng)
        other = kind.change(meaning, rng)
        first, second = rng.choice(kind.write), rng.choice(kind.write)
        gold = first(meaning, rng)
        yield Pair(name, True, kind.ask, gold, second(meaning, rng))
        if other != meaning:
            yield Pair(name, False, kind.ask, gold, second(other, rng))


def _one_changed(meaning: Meaning, at: int, value: Any) -> Meaning:
    return (*meaning[:at], value, *meaning[at + 1 :])


def _changing(*changes: Callable[[Meaning, random.Random], Meaning]) -> Callable[..., Meaning]:
    return lambda meaning, rng: rng.choice(changes)(meaning, rng)


def _another(at: int, values: Callable[[random.Random], Any]) -> Callable[[Meaning, random.Random], Meaning]:
    """Another value in one place of a meaning, if there is another."""

    def change(meaning: Meaning, rng: random.Random) -> Meaning:
        for _ in range(20):
            value = values(rng)
            if value != meaning[at]:
                return _one_changed(meaning, at, value)
        return meaning

    return change


def _turned(at: int) -> Callable[[Meaning, random.Random], Meaning]:
    return lambda meaning, rng: _one_changed(meaning, at, not meaning[at])


def _whole(low: int, high: int) -> Callable[[random.Random], int]:
    return lambda rng: rng.randint(low, high)


# Bounded intervals: low, high, low closed, high closed.


def _interval(rng: random.Random) -> Meaning:
    low = rng.randint(-9, 8)
    return low, low + rng.randint(1, 9), rng.random() < 0.5, rng.random() < 0.5


def _less(closed: bool) -> str:
    return r"\le" if closed else "<"


def _as_interval(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    return f"{'(['[first]}{low}, {high}{')]'[last]}"


def _as_chain(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    return f"{low} {_less(first)} x {_less(last)} {high}"


def _as_builder(each: Meaning, rng: random.Random) -> str:
    letter = rng.choice("xtym")
    low, high, first, last = each
    return rf"\{{{letter} \mid {low} {_less(first)} {letter} {_less(last)} {high}\}}"


def _in_words(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    above, below = ("greater than", "at least")[first], ("less than", "at most")[last]
    return f"x is {above} {low} and {below} {high}"


def _scaled(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    by = rng.randint(2, 5)
    return f"{by * low + 1} {_less(first)} {by}x + 1 {_less(last)} {by * high + 1}"


def _as_distance(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    if first != last:
        return _scaled(each, rng)
    centre, radius = Fraction(low + high, 2), Fraction(high - low, 2)
    return f"|x - ({centre})| {_less(first)} {radius}"


def _as_square(each: Meaning, rng: random.Random) -> str:
    low, high, first, last = each
    if first != last:
        top, below = (f"x - ({low})", f"x - ({high})") if first else (f"x - ({high})", f"x - ({low})")
        return rf"\frac{{{top}}}{{{below}}} \le 0"
    return f"x^2 - ({low + high})x + ({low * high}) {_less(first)} 0"


BOUNDED = Kind(
    _interval,
    (_as_interval, _as_chain, _as_builder, _in_words, _scaled, _as_distance, _as_square),
    _changing(_another(0, _whole(-20, -10)), _another(1, _whole(18, 30)), _turned(2), _turned(3)),
    "For which x is this so?",
)


# What lies outside: low, high, whether the ends belong.


def _outside(rng: random.Random) -> Meaning:
    low = rng.randint(-9, 5)
    return low, low + rng.randint(1, 9), rng.random() < 0.5


OUTSIDE = Kind(
    _outside,
    (
        lambda each, rng: rf"(-\infty, {each[0]}{')]'[each[2]]} \cup {'(['[each[2]]}{each[1]}, \infty)",
        lambda each, rng: f"x {_less(each[2])} {each[0]} or x {'>≥'[each[2]]} {each[1]}",
        lambda each, rng: rf"\mathbb{{R}} \setminus {'[('[each[2]]}{each[0]}, {each[1]}{'])'[each[2]]}",
        lambda each, rng: f"(x - ({each[0]}))(x - ({each[1]})) {'>=' if each[2] else '>'} 0",
    ),
    _changing(_another(0, _whole(-20, -10)), _another(1, _whole(15, 25)), _turned(2)),
    "For which x is this so?",
)


# All numbers but a few.


def _points(rng: random.Random) -> Meaning:
    return (tuple(sorted(rng.sample(range(-6, 7), rng.randint(1, 3)))),)


EXCEPT = Kind(
    _points,
    (
        lambda each, rng: rf"\mathbb{{R}} \setminus \{{{', '.join(map(str, each[0]))}\}}",
        lambda each, rng: " and ".join(rf"x \ne {point}" for point in each[0]),
        lambda each, rng: "all real numbers except " + " and ".join(map(str, each[0])),
        lambda each, rng: rf"\{{t \in \mathbb{{R}} : t \ne {', '.join(map(str, each[0]))}\}}",
        lambda each, rng: r" \cup ".join(
            f"({low}, {high})"
            for low, high in zip((r"-\infty", *each[0]), (*each[0], r"\infty"), strict=True)
        ),
    ),
    _another(0, lambda rng: _points(rng)[0]),
    "Find the domain.",
)


# Whole numbers from one to another.


def _run(rng: random.Random) -> Meaning:
    low = rng.randint(-5, 5)
    return low, low + rng.randint(1, 6)


WHOLE = Kind(
    _run,
    (
        lambda each, rng: ", ".join(map(str, range(each[0], each[1] + 1))),
        lambda each, rng: rf"\{{{', '.join(map(str, range(each[0], each[1] + 1)))}\}}",
        lambda each, rng: rf"{each[0]} \le n \le {each[1]}, n \in \mathbb{{Z}}",
        lambda each, rng: rf"\{{n \in \mathbb{{Z}} \mid {each[0] - 1} < n < {each[1] + 1}\}}",
        lambda each, rng: f"all integers n with {each[0]} ≤ n < {each[1] + 1}",
    ),
    _changing(lambda each, rng: (each[0] - 1, each[1]), lambda each, rng: (each[0], each[1] + 1)),
    "Find all such integers.",
)


# Angles: offsets and the period, as shares of π.


def _angles(rng: random.Random) -> Meaning:
    period = rng.choice((Fraction(1), Fraction(2), Fraction(2, 3), Fraction(1, 2)))
    offset = rng.choice((Fraction(1, 6), Fraction(1, 4), Fraction(1, 3), Fraction(5, 12), Fraction(0)))
    return offset, period, rng.random() < 0.5


def _of_pi(share: Fraction) -> str:
    return "0" if not share else rf"\frac{{{share.numerator}\pi}}{{{share.denominator}}}"


def _offsets(each: Meaning) -> list[Fraction]:
    offset, _, both = each
    return [offset, -offset] if both and offset else [offset]


def _in_radians(each: Meaning, rng: random.Random) -> str:
    letter, shift = rng.choice("kn"), rng.randint(-2, 2)
    parts = [f"{_of_pi(offset + shift * each[1])} + {_of_pi(each[1])}{letter}" for offset in _offsets(each)]
    return rf"x = {', '.join(parts)}, {letter} \in \mathbb{{Z}}"


def _in_degrees(each: Meaning, rng: random.Random) -> str:
    letter = rng.choice("kmn")
    parts = [f"{offset * 180}° + {each[1] * 180}°{letter}" for offset in _offsets(each)]
    return f"x = {' or '.join(parts)}, where {letter} is an integer"


def _with_both_signs(each: Meaning, rng: random.Random) -> str:
    if len(_offsets(each)) == 1:
        return _in_two(each, rng)
    return rf"\pm{_of_pi(each[0])} + {_of_pi(each[1])}k, k \in \mathbb{{Z}}"


def _in_two(each: Meaning, rng: random.Random) -> str:
    period = 2 * each[1]
    parts = [
        f"{_of_pi(offset + turn)} + {_of_pi(period)}n" for offset in _offsets(each) for turn in (0, each[1])
    ]
    return " or ".join(parts) + r", n \in \mathbb{Z}"


ANGLES = Kind(
    _angles,
    (_in_radians, _in_degrees, _with_both_signs, _in_two),
    lambda each, rng: (
        (each[0] + Fraction(1, 24), *each[1:])
        if rng.random() < 0.5
        else (each[0], each[1] * rng.choice((3, Fraction(1, 5))), each[2])
    ),
    "Solve the equation.",
)


# Remainders and a modulus.


def _remainders(rng: random.Random) -> Meaning:
    modulus = rng.randint(3, 11)
    return tuple(sorted(rng.sample(range(modulus), rng.randint(1, 2)))), modulus


CONGRUENCES = Kind(
    _remainders,
    (
        lambda each, rng: rf"n \equiv {', '.join(map(str, each[0]))} \pmod{{{each[1]}}}",
        lambda each, rng: r" \text{ or } ".join(rf"n \equiv {rest} \pmod{{{each[1]}}}" for rest in each[0]),
        lambda each, rng: " or ".join(f"n = {each[1]}k + {rest}" for rest in each[0]) + ", k an integer",
        lambda each, rng: (
            rf"n = {', '.join(f'{each[1]}m - {each[1] - rest}' for rest in each[0])}, m \in \mathbb{{Z}}"
        ),
        lambda each, rng: f"n leaves remainder {' or '.join(map(str, each[0]))} when divided by {each[1]}",
    ),
    _changing(
        lambda each, rng: (tuple(sorted((rest + 1) % each[1] for rest in each[0])), each[1]),
        lambda each, rng: (each[0], each[1] + 1),
        lambda each, rng: (each[0][:1], each[1]) if len(each[0]) > 1 else ((*each[0], each[1]), each[1] + 1),
    ),
    "Find all integers with this property.",
)


# Points with one parameter: offsets and steps.


def _track(rng: random.Random) -> Meaning:
    return rng.randint(-9, 9), rng.randint(-9, 9), rng.randint(2, 7), rng.choice((-5, -3, 1, 4, 8))


def _steps(each: Meaning, rng: random.Random, letter: str) -> tuple[str, str]:
    x, y, dx, dy = each
    times, sign = rng.randint(-2, 2), rng.choice((1, -1))
    return f"{x + times * dx} + {sign * dx}{letter}", f"{y + times * dy} + {sign * dy}{letter}"


def _as_tuple(each: Meaning, rng: random.Random) -> str:
    letter = rng.choice("kn")
    return rf"({', '.join(_steps(each, rng, letter))}), {letter} \in \mathbb{{Z}}"


def _by_name(each: Meaning, rng: random.Random) -> str:
    x, y = _steps(each, rng, "t")
    return f"x = {x}, y = {y}, where t is an integer"


TRACKS = Kind(
    _track,
    (_as_tuple, _by_name),
    _changing(
        lambda each, rng: (each[0] + 1, *each[1:]),
        lambda each, rng: (*each[:3], -each[3]),
        lambda each, rng: (*each[:2], 2 * each[2], 2 * each[3]),
        lambda each, rng: (
            (each[1], each[0], each[3], each[2])
            if each[2] not in (each[3], -each[3])
            else (each[0] + 1, *each[1:])
        ),
    ),
    "Find all pairs of integers.",
)


# Functions in two pieces: values, where they meet, which of them holds there.


def _two_pieces(rng: random.Random) -> Meaning:
    first, second = rng.sample(("x^2", "2x", "3 - x", "0", "x + 1"), 2)
    return first, second, rng.randint(-3, 4), rng.random() < 0.5


def _as_cases(each: Meaning, rng: random.Random) -> str:
    first, second, at, closed = each
    rows = [f"{first}, & x {_less(closed)} {at}", rf"{second}, & x {'≥>'[closed]} {at}"]
    rng.shuffle(rows)
    return rf"f(x) = \begin{{cases}} {rows[0]} \\ {rows[1]} \end{{cases}}"


def _otherwise(each: Meaning, rng: random.Random) -> str:
    return f"{each[0]} if x {'≤' if each[3] else '<'} {each[2]}, {each[1]} otherwise"


PIECES = Kind(
    _two_pieces,
    (_as_cases, _otherwise),
    _changing(
        lambda each, rng: (each[1], each[0], *each[2:]),
        lambda each, rng: (*each[:2], each[2] + 1, each[3]),
        _turned(3),
        lambda each, rng: (f"{each[0]} + 5", *each[1:]),
    ),
)


# Vectors of three entries.


def _vector(rng: random.Random) -> Meaning:
    return rng.randint(-9, 9), rng.randint(-9, 9), rng.choice((-7, -2, 3, 5))


def _by_units(each: Meaning, rng: random.Random) -> str:
    terms = [rf"{value}\mathbf{{{unit}}}" for value, unit in zip(each, "ijk", strict=True) if value]
    return " + ".join(terms).replace("+ -", "- ")


VECTORS = Kind(
    _vector,
    (
        lambda each, rng: rf"\begin{{pmatrix}} {each[0]} \\ {each[1]} \\ {each[2]} \end{{pmatrix}}",
        lambda each, rng: f"<{each[0]}, {each[1]}, {each[2]}>",
        lambda each, rng: "({}, {}, {})".format(*each),
        _by_units,
    ),
    _changing(
        lambda each, rng: (each[1], each[0], each[2]),
        lambda each, rng: (*each[:2], -each[2]),
        lambda each, rng: (each[0] + 1, *each[1:]),
    ),
    "Find the vector.",
)


# Statements: by their truth tables.


def _statement(rng: random.Random) -> Meaning:
    table = tuple(rng.random() < 0.5 for _ in range(4))
    return table if 0 < sum(table) < 4 else _statement(rng)


_LITERALS = ("p", r"\neg p"), ("q", r"\neg q")


def _joined(table: Meaning, kept: bool, within: str, between: str) -> str:
    rows = [row for row, holds in zip(product((True, False), repeat=2), table, strict=True) if holds == kept]
    parts = [
        f"({within.join(names[value != kept] for names, value in zip(_LITERALS, row, strict=True))})"
        for row in rows
    ]
    return between.join(parts)


STATEMENTS = Kind(
    _statement,
    (
        lambda each, rng: _joined(each, True, r" \land ", r" \lor "),
        lambda each, rng: _joined(each, False, r" \lor ", r" \land "),
        lambda each, rng: _joined(each, True, " and ", " or ").replace(r"\neg", "not"),
    ),
    lambda each, rng: _statement(rng),
)


# Comparisons of three letters.


def _order(rng: random.Random) -> Meaning:
    return (*rng.sample("abmn", 3), rng.random() < 0.5, rng.random() < 0.5)


COMPARISONS = Kind(
    _order,
    (
        lambda each, rng: f"{each[0]} {_less(each[3])} {each[1]} {_less(each[4])} {each[2]}",
        lambda each, rng: (
            f"{each[2]} {'≥' if each[4] else '>'} {each[1]} {'≥' if each[3] else '>'} {each[0]}"
        ),
    ),
    _changing(
        lambda each, rng: (each[1], each[0], *each[2:]),
        lambda each, rng: (each[2], each[1], each[0], *each[3:]),
        _turned(3),
    ),
)


# Pairs with one sign, or with two that go against each other.


def _signs(rng: random.Random) -> Meaning:
    return rng.randint(1, 9), rng.randint(1, 9), rng.random() < 0.5


SIGNS = Kind(
    _signs,
    (
        lambda each, rng: rf"(\pm {each[0]}, \mp {each[1]})" if each[2] else rf"(\pm {each[0]}, {each[1]})",
        lambda each, rng: f"({each[0]}, {-each[1] if each[2] else each[1]}), (-{each[0]}, {each[1]})",
    ),
    _changing(
        _turned(2),
        lambda each, rng: (each[0] + 1, *each[1:]),
        lambda each, rng: (each[0], each[1] + 1, each[2]),
    ),
    "Find all solutions (x, y).",
)

# What is one of several values; what is excluded; that there is nothing.


def _values(rng: random.Random) -> Meaning:
    return (tuple(rng.sample(range(-9, 10), rng.randint(2, 4))),)


MEMBERS = Kind(
    _values,
    (
        lambda each, rng: ", ".join(map(str, each[0])),
        lambda each, rng: rf"x \in \{{{', '.join(map(str, reversed(each[0])))}\}}",
    ),
    _another(0, lambda rng: _values(rng)[0]),
    "Solve the equation for $x$.",
)
EXCLUDED = Kind(
    _values,
    (
        lambda each, rng: ", ".join(map(str, each[0])),
        lambda each, rng: ", ".join(rf"x \ne {point}" for point in reversed(each[0])),
    ),
    _another(0, lambda rng: _values(rng)[0]),
    "Which values are excluded?",
)
NOTHING = Kind(
    lambda rng: (True,),
    (
        lambda each, rng: r"\emptyset" if each[0] else r"\{0\}",
        lambda each, rng: "no solution" if each[0] else "one solution",
        lambda each, rng: "There are no solutions." if each[0] else "0",
        lambda each, rng: r"\{\}" if each[0] else "all real numbers",
    ),
    _turned(0),
    "Solve the equation.",
)


# Intervals that repeat: two shares of π, whether the ends belong.


def _repeated(rng: random.Random) -> Meaning:
    low = Fraction(rng.randint(-6, 5), 6)
    return low, low + Fraction(rng.randint(1, 11), 6), rng.random() < 0.5, rng.random() < 0.5


def _repeated_interval(each: Meaning, rng: random.Random) -> str:
    shift = rng.choice((-2, 0, 2))
    ends = ", ".join(f"{_of_pi(end + shift)} + 2k\\pi" for end in each[:2])
    return rf"{'(['[each[2]]}{ends}{')]'[each[3]]}, k \in \mathbb{{Z}}"


PERIODIC = Kind(
    _repeated,
    (
        _repeated_interval,
        lambda each, rng: (
            f"{each[0] * 180}° + 360°n {_less(each[2])} x "
            f"{_less(each[3])} {each[1] * 180}° + 360°n, n an integer"
        ),
    ),
    _changing(
        lambda each, rng: (each[0] - Fraction(1, 12), *each[1:]),
        lambda each, rng: (each[0], each[1] + Fraction(1, 12), *each[2:]),
        _turned(2),
        _turned(3),
    ),
    "Where is the function positive?",
)


# Functions, by their coefficient; systems, vectors, conditions, parameters.

IDENTICAL = Kind(
    lambda rng: (rng.randint(2, 9),),
    (
        lambda each, rng: f"f(x) = {each[0]}x",
        lambda each, rng: rf"f: x \mapsto {each[0]}x",
        lambda each, rng: rf"f(x) \equiv {each[0]}x",
    ),
    _another(0, _whole(2, 9)),
    "Find all functions.",
)
SYSTEMS = Kind(
    lambda rng: (rng.randint(-9, -1), rng.randint(1, 9)),
    (
        lambda each, rng: rf"\begin{{cases}} x = {each[0]} \\ y = {each[1]} \end{{cases}}",
        lambda each, rng: rf"\begin{{aligned}} x &= {each[0]} \\ y &= {each[1]} \end{{aligned}}",
        lambda each, rng: f"x = {each[0]}, y = {each[1]}",
    ),
    lambda each, rng: (each[1], each[0]),
    "Solve for x and y.",
)
ARROWS = Kind(
    lambda rng: (rng.randint(2, 9), rng.randint(2, 9)),
    (
        lambda each, rng: rf"{each[0]}\vec{{p}} - {each[1]}\vec{{q}}",
        lambda each, rng: rf"-{each[1]}\overrightarrow{{q}} + {each[0]}\overrightarrow{{p}}",
        lambda each, rng: f"{each[0]}p - {each[1]}q",
    ),
    lambda each, rng: (each[0], -each[1]),
    "Express the vector.",
)
STATED = Kind(
    lambda rng: (rng.randint(2, 9), 3),
    (
        lambda each, rng: f"f(x) = {each[0]}x^2" if each[1] == 3 else f"f(x) = {each[0]}x^2, x > {each[1]}",
        lambda each, rng: f"f(x) = {each[0]}x^2, x > {each[1]}",
        lambda each, rng: f"{each[0]}x^2 for x > {each[1]}",
    ),
    _changing(_another(1, _whole(4, 9)), _another(0, _whole(2, 9))),
    "Find $f(x)$ for $x > 3$.",
)
PARAMETERS = Kind(
    lambda rng: (rng.randint(2, 9), rng.random() < 0.5),
    (
        lambda each, rng: f"(x+{each[0]})^n, n = {'1, 2, 3' if each[1] else '0, 1, 2'}, ...",
        lambda each, rng: f"(x+{each[0]})^k for {'positive' if each[1] else 'nonnegative'} integers k",
    ),
    _changing(_another(0, _whole(2, 9)), _turned(1)),
)
SIGNS_ALONE = Kind(
    lambda rng: (rng.choice("<>="),),
    (
        lambda each, rng: each[0],
        lambda each, rng: f"M {each[0]} N",
        lambda each, rng: {"<": "less than", ">": "greater than", "=": "equal"}[each[0]],
    ),
    _another(0, lambda rng: rng.choice("<>=")),
    "What is the relationship between $M$ and $N$?",
)

KINDS: Mapping[str, Kind] = {
    "bounded": BOUNDED,
    "outside": OUTSIDE,
    "except": EXCEPT,
    "members": MEMBERS,
    "excluded": EXCLUDED,
    "nothing": NOTHING,
    "whole numbers": WHOLE,
    "angles": ANGLES,
    "congruences": CONGRUENCES,
    "points": TRACKS,
    "periodic": PERIODIC,
    "pieces": PIECES,
    "systems": SYSTEMS,
    "vectors": VECTORS,
    "arrows": ARROWS,
    "statements": STATEMENTS,
    "comparisons": COMPARISONS,
    "signs alone": SIGNS_ALONE,
    "identical": IDENTICAL,
    "stated": STATED,
    "parameters": PARAMETERS,
    "signs": SIGNS,
}
# The leaf that shows each kind, where no other does.
LEAF_OF: Mapping[str, str] = {
    "members": "membership",
    "excluded": "excluded",
    "nothing": "nothing",
    "whole numbers": "whole_numbers",
    "angles": "family",
    "points": "points",
    "periodic": "periodic",
    "pieces": "pieces",
    "systems": "lines",
    "arrows": "arrow",
    "statements": "logic",
    "comparisons": "turned",
    "signs alone": "sign_alone",
    "identical": "identically",
    "stated": "condition",
    "parameters": "counting",
}


def main() -> None:
    """Print the table, and with --check exit with 1 where a near miss is proved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=5000, help="equivalents and near misses to make, each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--show", action="store_true", help="near misses proved, and a few equivalents that are not"
    )
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    counts, wrong = Counter[tuple[str, str]](), 0
    for pair in pairs(arguments.count, random.Random(arguments.seed)):
        proof = prove(pair.question, pair.gold, pair.answer)
        counts[pair.kind, f"{'same' if pair.same else 'near'}{' proved' if proof else ''}"] += 1
        wrong += proof is not None and not pair.same
        if arguments.show and bool(proof) != pair.same:
            print(f"{pair.kind}: {pair.gold!r} <- {pair.answer!r}: {proof and proof.sentence}")
    print(f"{'':16} {'equivalents':>12} {'proved':>8} {'near misses':>12} {'proved':>8}")
    for kind in KINDS:
        same, near = (
            (counts[kind, each] + counts[kind, f"{each} proved"], counts[kind, f"{each} proved"])
            for each in ("same", "near")
        )
        print(f"{kind:16} {same[0]:12,} {same[1]:8,} {near[0]:12,} {near[1]:8,}")
    if arguments.check and wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
