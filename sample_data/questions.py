"""The question templates of the sample: each makes a question with right answers and plausible wrong ones.

Whether an answer is right is not taken on trust: `Problem.solves` puts its value back into the question, by
exact arithmetic (only the ramp's angle needs floats), and a `Problem` that contradicts itself cannot be made.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

V = TypeVar("V")
Steps = tuple[str, ...]


class Form(NamedTuple):
    """A right answer as text, and the name of the way it is written."""

    name: str
    text: str


@dataclass(frozen=True)
class Slip(Generic[V]):
    """A wrong answer: the name of the mistake, the text, its value and the working that leads there."""

    name: str
    text: str
    value: V
    work: Steps


@dataclass(frozen=True)
class Problem(Generic[V]):
    """A question with its gold answer, right answers in other forms, and plausible wrong ones."""

    question: str
    gold: str
    value: V
    solves: Callable[[V], bool]  # an independent test of a value against the question
    ways: tuple[Steps, ...]  # right workings
    same: tuple[Form, ...]  # trivially equal to the gold
    other: tuple[Form, ...]  # equal to the gold, but hard to see for a symbolic rule
    slips: tuple[Slip[V], ...]

    def __post_init__(self) -> None:
        right = {self.gold, *(form.text for form in self.same + self.other)}
        assert self.solves(self.value), f"the gold is wrong: {self.question} {self.gold}"
        for slip in self.slips:
            assert not self.solves(slip.value), f"not wrong: {self.question} {slip.text}"
            assert slip.text not in right, f"a slip that reads like a right answer: {slip.text}"


Maker = Callable[[Random], Problem[Any]]

# --- writing numbers ---

AND, OR = r"\text{ and }", r"\text{ or }"
UP_TO_TEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TEENS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
NUMBER_WORDS = UP_TO_TEN + TEENS


def plus(number: int, symbol: str = "") -> str:
    """The number as a further term of a sum: `+ 3x`, `- x`, `- 7`."""
    size = "" if symbol and abs(number) == 1 else str(abs(number))
    return f"{'+' if number >= 0 else '-'} {size}{symbol}"


def factor(number: int) -> str:
    """The number as a factor of a product: in parentheses when it is negative."""
    return f"({number})" if number < 0 else str(number)


def frac(value: Fraction) -> str:
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def listed(items: Iterable[object], separator: str = ", ") -> str:
    return separator.join(map(str, items))


def nonzero(rng: Random, low: int, high: int) -> int:
    return rng.choice([n for n in range(low, high + 1) if n])


# --- algebra ---


def linear_system(rng: Random) -> Problem[tuple[int, int]]:
    x, y = rng.sample([n for n in range(-7, 10) if abs(n) > 1], 2)
    a, b = rng.randint(2, 5), rng.randint(2, 4)
    p, q, det = a * x + y, x - b * y, 1 + a * b
    substitute = (
        f"The first equation gives $y = {p} - {a}x$.",
        f"Substituting, $x - {b}({p} - {a}x) = {q}$, so ${det}x = {q + b * p}$ and $x = {x}$.",
    )
    scale = f"Multiply the first equation by {b}: ${a * b}x + {b}y = {b * p}$."
    add = f"Adding the second equation removes $y$: ${det}x = {b * p + q}$, hence $x = {x}$."
    back = f"Putting $x = {x}$ back into the first equation, $y = {p} - {a} \\cdot {factor(x)} = {y}$."
    turned = f"From the first equation, $y = {a} \\cdot {factor(x)} {plus(-p)} = {-y}$."
    off = f"Adding the second equation removes $y$: ${det}x = {b * p + q}$, hence $x = {x + 1}$."
    off_back = f"Then $y = {p} - {a} \\cdot {factor(x + 1)} = {y - a}$."
    return Problem(
        question=f"Solve the system ${a}x + y = {p}$ and $x - {b}y = {q}$. Answer with a pair $(x, y)$.",
        gold=f"({x}, {y})",
        value=(x, y),
        solves=lambda pair: a * pair[0] + pair[1] == p and pair[0] - b * pair[1] == q,
        ways=((*substitute, back), (scale, add, back)),
        same=(
            Form("same", f"({x}, {y})"),
            Form("spacing", rf"\left({x},\,{y}\right)"),
            Form("labels", f"x = {x}, y = {y}"),
        ),
        other=(
            Form("reordered_labels", f"y = {y}, x = {x}"),
            Form("column", rf"\begin{{pmatrix}} {x} \\ {y} \end{{pmatrix}}"),
            Form("sentence", rf"x \text{{ is }} {x} {AND} y \text{{ is }} {y}"),
        ),
        slips=(
            Slip("sign_slip", f"({x}, {-y})", (x, -y), (scale, add, turned)),
            Slip("sign_slip", f"y = {-y}, x = {x}", (x, -y), (*substitute, turned)),
            Slip("swapped", f"({y}, {x})", (y, x), (*substitute, f"Then $y = {y}$ by the first equation.")),
            Slip("off_by_one", f"x = {x + 1}, y = {y - a}", (x + 1, y - a), (scale, off, off_back)),
        ),
    )


def quadratic_roots(rng: Random) -> Problem[frozenset[int]]:
    r, s = sorted(rng.sample([n for n in range(-9, 10) if n], 2))
    s += r + s == 0  # the linear term must not vanish
    total, times = r + s, r * s
    factors = f"(x {plus(-r)})(x {plus(-s)})"
    wanted = f"We look for two numbers with sum ${total}$ and product ${times}$."
    factored = f"These are ${r}$ and ${s}$, so the left side is ${factors}$."
    gap = f"The discriminant is ${factor(total)}^2 - 4 \\cdot {factor(times)} = {(s - r) ** 2} = {s - r}^2$."
    formula = f"So $x = \\frac{{{total} \\pm {s - r}}}{{2}}$, which gives ${s}$ and ${r}$."
    turned = (wanted, f"With ${factors} = 0$, the numbers in the two factors are the roots.")
    one_sign = (gap, f"So $x = \\frac{{{total} + {s - r}}}{{2}} = {s}$.")
    misadded = (gap, f"The plus sign gives $x = {s}$, and the minus sign gives $x = {r - 1}$.")
    return Problem(
        question=f"Find all real solutions of $x^2 {plus(-total, 'x')} {plus(times)} = 0$.",
        gold=f"{r}, {s}",
        value=frozenset({r, s}),
        solves=lambda roots: roots == {x for x in range(-99, 100) if x * x - total * x + times == 0},
        ways=((wanted, factored, "A product is zero when one of its factors is."), (gap, formula)),
        same=(
            Form("same", f"{r}, {s}"),
            Form("reordered", f"{s}, {r}"),
            Form("set_braces", rf"\{{{r}, {s}\}}"),
            Form("separator", f"x = {s} {OR} x = {r}"),
        ),
        other=(
            Form("sentence", rf"\text{{The roots are }} {r} {AND} {s}"),
            Form("sentence", rf"x \text{{ equals }} {s} {OR} {r}"),
            Form("two_lines", rf"x_1 = {r} \\ x_2 = {s}"),
        ),
        slips=(
            Slip("sign_slip", f"{-s}, {-r}", frozenset({-s, -r}), turned),
            Slip("sign_slip", f"x = {-r} {OR} x = {-s}", frozenset({-s, -r}), turned),
            Slip("dropped_solution", f"x = {s}", frozenset({s}), one_sign),
            Slip("wrong_element", f"{r - 1}, {s}", frozenset({r - 1, s}), misadded),
        ),
    )


# --- word problems ---


def travel_time(rng: Random) -> Problem[int]:
    whole, part = rng.randint(1, 4), rng.choice([15, 30])
    speed = rng.choice([48, 56, 60, 64, 72, 80, 88, 92])
    minutes, misread = 60 * whole + part, 100 * part // 60
    distance = speed * minutes // 60
    fraction = {15: "quarter", 30: "half"}[part]
    hours, hundreds = f"{minutes / 60:g}", 100 * minutes // 60
    vehicle = rng.choice(["coach", "goods train", "delivery van", "ferry"])
    divide = f"Time is distance over speed: ${distance} \\div {speed} = {hours}$ hours."
    rate = f"At {speed} km/h the {vehicle} needs $\\frac{{60}}{{{speed}}}$ minutes for each kilometre."
    read_off = (divide, f"That is {whole} h and, from the decimal part, {misread} min.")
    moved_point = (divide, f"In minutes this is {hundreds}.")
    too_far = (
        f"After {whole} h, {distance - speed * whole} km are left.",
        f"They take {60 + part} min.",
    )
    return Problem(
        question=f"A {vehicle} covers {distance} km at a steady {speed} km/h. How long does the trip take?",
        gold=rf"{minutes} \text{{ minutes}}",
        value=minutes,
        solves=lambda time: speed * time == 60 * distance,
        ways=(
            (divide, f"One hour has 60 minutes, so this is ${hours} \\times 60 = {minutes}$ min."),
            (
                rate,
                f"For {distance} km that is ${distance} \\cdot \\frac{{60}}{{{speed}}} = {minutes}$ min.",
            ),
        ),
        same=(
            Form("same", rf"{minutes} \text{{ minutes}}"),
            Form("unit_abbreviated", rf"{minutes}\text{{ min}}"),
        ),
        other=(
            Form("hours_minutes", rf"{whole} \text{{ h }} {part} \text{{ min}}"),
            Form("unit_converted", rf"{hours} \text{{ hours}}"),
            Form("number_words", rf"\text{{{NUMBER_WORDS[whole]} and a {fraction} hours}}"),
        ),
        slips=(
            Slip(
                "unit_slip", rf"{whole} \text{{ h }} {misread} \text{{ min}}", 60 * whole + misread, read_off
            ),
            Slip("unit_slip", rf"{hundreds} \text{{ minutes}}", hundreds, moved_point),
            Slip("off_by_one", rf"{whole + 1} \text{{ h }} {part} \text{{ min}}", minutes + 60, too_far),
        ),
    )


def boxes_needed(rng: Random) -> Problem[int]:
    size, full = rng.choice([6, 8, 12, 15, 24]), rng.randint(4, 14)
    left, boxes = rng.randint(1, size - 1), full + 1
    total = size * full + left
    items, box = rng.choice([("rolls", "tin"), ("lemons", "crate"), ("candles", "carton"), ("eggs", "tray")])
    divide = f"Dividing, ${total} = {size} \\times {full} + {left}$."
    one_more = f"The {full} full {box}s leave {left} over, and these need a further {box}."
    lower = f"{full} {box}s hold only {size * full} {items}."
    upper = f"With {boxes} {box}s there is room for {size * boxes}, which is enough."
    floor = (f"Dividing gives about ${total / size:.2f}$.", f"Only whole {box}s count, so we round down.")
    twice = (
        f"Dividing, ${total} / {size}$ rounds up to {boxes}.",
        f"What is left over needs one more {box}.",
    )
    return Problem(
        question=f"A stall packs {total} {items}, at most {size} to a {box}. "
        f"What is the smallest number of {box}s that holds all of them?",
        gold=f"{boxes}",
        value=boxes,
        solves=lambda count: (count - 1) * size < total <= count * size,
        ways=((divide, one_more), (lower, upper)),
        same=(Form("same", f"{boxes}"), Form("unit_added", rf"{boxes} \text{{ {box}s}}")),
        other=(
            Form("number_words", rf"\text{{{NUMBER_WORDS[boxes]}}}"),
            Form("number_words", rf"\text{{{NUMBER_WORDS[boxes]} {box}s}}"),
            Form("unit_plain", f"{boxes} {box}s"),
        ),
        slips=(
            Slip("off_by_one", f"{full}", full, floor),
            Slip("off_by_one", rf"\text{{{NUMBER_WORDS[full]} {box}s}}", full, floor),
            Slip("off_by_one", f"{boxes + 1}", boxes + 1, twice),
        ),
    )


def mixing_ratio(rng: Random) -> Problem[Fraction]:
    p, q = rng.choice([(2, 3), (3, 5), (4, 7), (5, 2), (7, 4), (3, 8), (5, 9), (8, 5)])
    times = rng.randint(3, 9)
    one, two = rng.choice([("red", "white"), ("blue", "yellow"), ("black", "green")])
    common = f"The greatest common divisor of {p * times} and {q * times} is {times}."
    turned = (common, f"Dividing by it leaves {q} parts of {two} against {p} parts of {one}.")
    whole = (
        f"Of all the {times * (p + q)} litres, {p * times} are {one}.",
        f"Cancel {times} in both numbers.",
    )
    return Problem(
        question=f"A painter mixes {p * times} litres of {one} with {q * times} litres of {two} paint. "
        f"What is the ratio of {one} to {two} in lowest terms?",
        gold=f"{p}:{q}",
        value=Fraction(p, q),
        solves=lambda ratio: ratio * q * times == p * times,
        ways=(
            (common, f"Dividing both amounts by {times} leaves {p} and {q}, with no common factor."),
            (
                f"The ratio is ${p * times} : {q * times}$.",
                f"Both numbers can be divided by {times}, and by no more.",
            ),
        ),
        same=(Form("same", f"{p}:{q}"), Form("fraction", frac(Fraction(p, q))), Form("fraction", f"{p}/{q}")),
        other=(
            Form("ratio_words", rf"{p} \text{{ to }} {q}"),
            Form("ratio_words", rf"\text{{{p} parts {one} to {q} parts {two}}}"),
        ),
        slips=(
            Slip("inverted", f"{q}:{p}", Fraction(q, p), turned),
            Slip("inverted", rf"{q} \text{{ to }} {p}", Fraction(q, p), turned),
            Slip("part_of_whole", f"{p}:{p + q}", Fraction(p, p + q), whole),
        ),
    )


# --- intervals ---


class Piece(NamedTuple):
    """One interval; an end that is None lies at infinity, and `closed` speaks of the finite ends."""

    low: int | None
    high: int | None
    closed: bool = False

    def has(self, x: Fraction) -> bool:
        if x in (self.low, self.high):
            return self.closed
        return (self.low is None or self.low < x) and (self.high is None or x < self.high)


Region = tuple[Piece, ...]


def region_of(holds: Callable[[Fraction], bool]) -> Callable[[Region], bool]:
    """A test whether a region is where the condition holds; all ends are whole, so every half is tried."""
    points = [Fraction(n, 2) for n in range(-80, 81)]
    return lambda region: all(any(piece.has(x) for piece in region) == holds(x) for x in points)


def linear_inequality(rng: Random) -> Problem[Region]:
    b, t, c = rng.randint(2, 7), nonzero(rng, -9, 9), rng.randint(-8, 12)
    a = c + b * t
    move = f"Moving ${a}$ to the right, $-{b}x > {c} {plus(-a)}$, that is $-{b}x > {c - a}$."
    flip = f"Dividing by $-{b}$ turns the sign around and leaves $x < {t}$."
    across = f"Add ${b}x$ on both sides and bring ${c}$ over: ${a - c} > {b}x$."
    kept = (move, f"Dividing both sides by $-{b}$ leaves $x > {t}$.")
    edge = (move, f"Dividing by $-{b}$ turns the sign around, and both sides are equal at $x = {t}$.")
    return Problem(
        question=f"Solve the inequality ${a} - {b}x > {c}$ over the real numbers.",
        gold=rf"(-\infty, {t})",
        value=(Piece(None, t),),
        solves=region_of(lambda x: a - b * x > c),
        ways=((move, flip), (across, f"As {b} is positive, ${t} > x$.")),
        same=(Form("same", rf"(-\infty, {t})"), Form("membership", rf"x \in (-\infty, {t})")),
        other=(
            Form("inequality", f"x < {t}"),
            Form("inequality", f"{t} > x"),
            Form("set_builder", rf"\{{x \in \mathbb{{R}} : x < {t}\}}"),
            Form("words", rf"\text{{all real numbers less than }} {t}"),
        ),
        slips=(
            Slip("wrong_direction", f"x > {t}", (Piece(t, None),), kept),
            Slip("wrong_direction", rf"({t}, \infty)", (Piece(t, None),), kept),
            Slip("wrong_bracket", rf"(-\infty, {t}]", (Piece(None, t, closed=True),), edge),
            Slip("wrong_bracket", rf"x \le {t}", (Piece(None, t, closed=True),), edge),
        ),
    )


def quadratic_inequality(rng: Random) -> Problem[Region]:
    p, q = sorted(rng.sample([n for n in range(-8, 9) if n], 2))
    q += p + q == 0  # the linear term must not vanish
    zeros = f"The left side factors as $(x {plus(-p)})(x {plus(-q)})$, with zeros ${p}$ and ${q}$."
    upwards = "The parabola opens upwards, so it lies above the axis outside the zeros."
    signs = "Between the zeros the two factors have different signs, so the product is negative there."
    inside = (zeros, "The parabola opens upwards, so we take the part between the zeros.")
    touching = (zeros, upwards, "The zeros themselves belong to the solution.")
    one_side = (zeros, f"A product is positive when both factors are, which needs $x > {q}$.")
    closed = (Piece(None, p, closed=True), Piece(q, None, closed=True))
    return Problem(
        question=f"Find all real $x$ with $x^2 {plus(-(p + q), 'x')} {plus(p * q)} > 0$.",
        gold=rf"(-\infty, {p}) \cup ({q}, \infty)",
        value=(Piece(None, p), Piece(q, None)),
        solves=region_of(lambda x: x * x - (p + q) * x + p * q > 0),
        ways=((zeros, upwards), (zeros, signs, "Outside of them the factors have the same sign.")),
        same=(
            Form("same", rf"(-\infty, {p}) \cup ({q}, \infty)"),
            Form("reordered", rf"({q}, \infty) \cup (-\infty, {p})"),
            Form("membership", rf"x \in (-\infty, {p}) \cup ({q}, \infty)"),
        ),
        other=(
            Form("inequality", f"x < {p} {OR} x > {q}"),
            Form("set_builder", rf"\{{x : x < {p} {OR} x > {q}\}}"),
            Form("words", rf"\text{{all real }} x \text{{ less than }} {p} \text{{ or greater than }} {q}"),
        ),
        slips=(
            Slip("wrong_direction", f"({p}, {q})", (Piece(p, q),), inside),
            Slip("wrong_direction", f"{p} < x < {q}", (Piece(p, q),), inside),
            Slip("wrong_bracket", rf"(-\infty, {p}] \cup [{q}, \infty)", closed, touching),
            Slip("wrong_bracket", rf"x \le {p} {OR} x \ge {q}", closed, touching),
            Slip("dropped_solution", f"x > {q}", (Piece(q, None),), one_side),
        ),
    )


# --- sets ---


def factor_pairs(rng: Random) -> Problem[frozenset[tuple[int, int]]]:
    n = rng.choice([20, 28, 30, 32, 42, 45, 50, 63, 66, 70, 75])
    pairs = [(x, n // x) for x in range(1, math.isqrt(n) + 1) if n % x == 0]
    stranger = next((d, n // d) for d in range(3, n) if n % d)  # a pair whose product only comes near n
    fewer, more, turned = pairs[:-1], [*pairs, stranger], [*pairs[:-1], pairs[-1][::-1]]
    small, large = listed(x for x, _ in pairs), listed(y for _, y in pairs)
    limit = f"Since $x < y$, the smaller factor is below $\\sqrt{{{n}}} \\approx {math.sqrt(n):.1f}$."
    found = f"The divisors of {n} in that range are {small}."
    too_many = f"The values of $x$ that work are {listed(x for x, _ in more)}."

    def tried(some: list[tuple[int, int]]) -> str:
        products = listed((rf"${x} \cdot {y}$" for x, y in some))
        return f"Going through the products, {products} give {n}."

    return Problem(
        question=f"Find all pairs $(x, y)$ of positive integers with $x < y$ and $xy = {n}$.",
        gold=listed(pairs),
        value=frozenset(pairs),
        solves=lambda some: (
            some == {(x, y) for x, y in product(range(1, n + 1), repeat=2) if x < y and x * y == n}
        ),
        ways=(
            (limit, found, f"For each of them $y = {n}/x$."),
            (tried(pairs), "From there on the factors repeat."),
        ),
        same=(
            Form("same", listed(pairs)),
            Form("reordered", rf"\{{{listed(pairs[::-1])}\}}"),
            Form("separator", listed(pairs, f" {AND} ")),
        ),
        other=(
            Form("labels", listed((f"x = {x}, y = {y}" for x, y in pairs), f" {OR} ")),
            Form("sentence", rf"\text{{the {NUMBER_WORDS[len(pairs)]} pairs }} {listed(pairs[::-1])}"),
            Form("respectively", rf"x = {small} \text{{ with }} y = {large} \text{{ respectively}}"),
        ),
        slips=(
            Slip(
                "dropped_solution",
                listed(fewer),
                frozenset(fewer),
                (tried(fewer), "From there on they repeat."),
            ),
            Slip(
                "swapped", listed(turned), frozenset(turned), (tried(pairs), "Each product makes one pair.")
            ),
            Slip("extra_element", rf"\{{{listed(more)}\}}", frozenset(more), (limit, too_many)),
        ),
    )


def same_integers(holds: Callable[[int], bool]) -> Callable[[tuple[int, int]], bool]:
    """A test whether the condition holds for the integers n ≡ r (mod m) only; the value is (m, r)."""
    return lambda value: all(holds(n) == ((n - value[1]) % value[0] == 0) for n in range(-120, 121))


def parity(rng: Random) -> Problem[tuple[int, int]]:
    a, b = rng.choice([3, 5, 7, 9, 11]), rng.randint(2, 25)
    kind, wrong, rest = ("odd", "even", 1) if b % 2 else ("even", "odd", 0)
    shift = " + 1" if rest else ""
    same_parity = f"As {a} is odd, ${a}n$ has the same parity as $n$."
    even_sum = f"The number {b} is {kind}, and a sum is even when both terms are even or both are odd."
    remainder = f"Modulo 2 the expression is $n + {rest}$."
    careless = (same_parity, f"The number {b} is {kind}, so $n$ has to be {wrong} to make up for it.")
    return Problem(
        question=f"For which integers $n$ is ${a}n + {b}$ even?",
        gold=rf"\text{{all {kind} integers}}",
        value=(2, rest),
        solves=same_integers(lambda n: (a * n + b) % 2 == 0),
        ways=((same_parity, even_sum), (remainder, f"It vanishes there exactly when $n$ is {kind}.")),
        same=(Form("same", rf"\text{{all {kind} integers}}"),),
        other=(
            Form("equation", f"n = 2k{shift}"),
            Form("set_builder", rf"\{{2k{shift} : k \in \mathbb{{Z}}\}}"),
            Form("words", rf"n \text{{ must be {kind}}}"),
            Form("words", rf"\text{{The set is all {kind} integers}}"),
        ),
        slips=(
            Slip("wrong_parity", rf"\text{{all {wrong} integers}}", (2, 1 - rest), careless),
            Slip("wrong_parity", rf"n \text{{ must be {wrong}}}", (2, 1 - rest), careless),
            Slip(
                "too_large",
                r"\text{all integers}",
                (1, 0),
                (same_parity, f"So ${a}n + {b}$ can always be even."),
            ),
        ),
    )


# --- geometry ---


def slope_angle(rng: Random) -> Problem[int]:
    """The value is the angle in tenths of a degree."""
    run = rng.randint(6, 15)
    rise = rng.randint(run // 4 + 1, 3 * run // 5)
    angle = math.degrees(math.atan2(rise, run))
    tenths, sine = round(10 * angle), round(10 * math.degrees(math.asin(rise / run)))
    shown, off = f"{tenths / 10:.1f}", f"{(900 - tenths) / 10:.1f}"
    sides = f"The rise is the opposite side ({rise} m) and the run the adjacent one ({run} m)."
    tangent = f"So $\\tan\\theta = \\frac{{{rise}}}{{{run}}} \\approx {rise / run:.4g}$."
    inverse = f"A calculator gives $\\theta = \\arctan({rise / run:.4g}) \\approx {angle:.2f}^\\circ$."
    top = f"At the top, $\\tan\\varphi = \\frac{{{run}}}{{{rise}}}$, so $\\varphi \\approx {off}^\\circ$."
    inverted = (
        f"Here $\\tan\\theta = \\frac{{{run}}}{{{rise}}} \\approx {run / rise:.4g}$.",
        "Taking the arctangent gives the angle.",
    )
    as_sine = (
        f"Here $\\sin\\theta = \\frac{{{rise}}}{{{run}}}$.",
        f"So $\\theta = \\arcsin({rise / run:.4g})$.",
    )
    return Problem(
        question=f"A straight ramp rises {rise} m over a horizontal distance of {run} m. "
        "What angle does it make with the ground, to the nearest tenth of a degree?",
        gold=rf"{shown}^\circ",
        value=tenths,
        solves=lambda value: abs(value - 10 * angle) < 0.5,
        ways=((sides, tangent, inverse), (top, f"The angle with the ground is $90^\\circ - {off}^\\circ$.")),
        same=(
            Form("same", rf"{shown}^\circ"),
            Form("unit_dropped", shown),
            Form("unit_words", rf"{shown} \text{{ degrees}}"),
        ),
        other=(
            Form("degrees_minutes", rf"{tenths // 10}^\circ {tenths % 10 * 6}'"),
            Form("words", rf"\text{{about {shown} degrees}}"),
            Form("unit_plain", f"{shown} degrees"),
        ),
        slips=(
            Slip("complement", rf"{off}^\circ", 900 - tenths, inverted),
            Slip("complement", rf"{off} \text{{ degrees}}", 900 - tenths, inverted),
            Slip("wrong_function", rf"{sine / 10:.1f}^\circ", sine, as_sine),
        ),
    )


def triangle_area(rng: Random) -> Problem[Fraction]:
    """The value is the area in square centimetres."""
    base, height = 2 * rng.randint(2, 12), rng.randint(3, 19)
    area = base * height // 2
    half = f"The area of a triangle is half of base times height, $\\frac12 \\cdot {base} \\cdot {height}$."
    box = f"A rectangle of {base} cm by {height} cm has ${base * height}$ square centimetres."
    no_half = (f"The area is base times height, ${base} \\cdot {height} = {base * height}$.",)
    tenfold = (half, f"That is {area} square centimetres, and 1 cm is 10 mm.")
    return Problem(
        question=f"A triangle has base {base} cm and height {height} cm. What is its area?",
        gold=rf"{area} \text{{ cm}}^2",
        value=Fraction(area),
        solves=lambda value: 2 * value == base * height,
        ways=(
            (half, f"Half of {base} is {base // 2}, and ${base // 2} \\cdot {height} = {area}$."),
            (box, f"The triangle fills half of it, which is ${area}$."),
        ),
        same=(
            Form("same", rf"{area} \text{{ cm}}^2"),
            Form("unit_dropped", f"{area}"),
            Form("unit_words", rf"{area} \text{{ square centimetres}}"),
        ),
        other=(
            Form("unit_plain", f"{area} cm^2"),
            Form("unit_converted", rf"{100 * area} \text{{ mm}}^2"),
            Form("words", rf"\text{{{area} square centimetres}}"),
        ),
        slips=(
            Slip("forgot_half", rf"{2 * area} \text{{ cm}}^2", Fraction(2 * area), no_half),
            Slip("forgot_half", f"{2 * area} cm^2", Fraction(2 * area), no_half),
            Slip("unit_slip", rf"{10 * area} \text{{ mm}}^2", Fraction(area, 10), tenfold),
        ),
    )


# --- probability ---


def two_draws(rng: Random) -> Problem[Fraction]:
    red, white = rng.randint(3, 8), rng.randint(3, 9)
    n = red + white
    p, again = Fraction(red * (red - 1), n * (n - 1)), Fraction(red * red, n * n)
    first = f"The first marble is red with probability $\\frac{{{red}}}{{{n}}}$."
    second = f"Then {red - 1} of the remaining {n - 1} are red, a factor of $\\frac{{{red - 1}}}{{{n - 1}}}$."
    count = f"There are $\\binom{{{n}}}{{2}} = {math.comb(n, 2)}$ pairs of marbles, all equally likely."
    good = f"Of these, $\\binom{{{red}}}{{2}} = {math.comb(red, 2)}$ are both red."
    repeated = (first, f"The second is red with probability $\\frac{{{red}}}{{{n}}}$ as well, so we square.")
    not_both = (first, second, f"This gives ${frac(p)}$, and subtracting it from 1 finishes the calculation.")
    top, bottom = p.numerator, p.denominator
    return Problem(
        question=f"A bag holds {red} red and {white} white marbles. Two are drawn without replacement. "
        "What is the probability that both are red?",
        gold=frac(p),
        value=p,
        solves=lambda value: value == share(max(pair) < red for pair in permutations(range(n), 2)),
        ways=((first, second), (count, good)),
        same=(
            Form("same", frac(p)),
            Form("fraction", f"{top}/{bottom}"),
            Form("not_reduced", rf"\frac{{{2 * top}}}{{{2 * bottom}}}"),
        ),
        other=(
            Form("ratio_words", rf"{top} \text{{ out of }} {bottom}"),
            Form("ratio_words", rf"{top} \text{{ in }} {bottom}"),
            Form("decimal_rounded", rf"{float(p):#.3g} \text{{ (3 significant figures)}}"),
            Form("percent_rounded", rf"{float(100 * p):#.3g}\% \text{{ (to 3 significant figures)}}"),
        ),
        slips=(
            Slip("with_replacement", frac(again), again, repeated),
            Slip(
                "with_replacement",
                rf"{again.numerator} \text{{ out of }} {again.denominator}",
                again,
                repeated,
            ),
            Slip("complement", frac(1 - p), 1 - p, not_both),
        ),
    )


def share(outcomes: Iterable[bool]) -> Fraction:
    """The share of equally likely outcomes that are favourable."""
    results = list(outcomes)
    return Fraction(sum(results), len(results))


def expected_total(rng: Random) -> Problem[Fraction]:
    faces, rolls = rng.choice([(4, 3), (6, 3), (8, 3), (10, 3), (12, 3), (4, 5), (6, 5)])
    total = Fraction(rolls * (faces + 1), 2)
    whole, too_small = int(total), Fraction(rolls * faces, 2)
    mean = f"One roll has the mean $\\frac{{1 + {faces}}}{{2}} = {(faces + 1) / 2}$."
    linear = f"Expected values add up, so {rolls} such rolls give {float(total)}."
    pairing = (
        f"The faces pair up as $1 + {faces}$, $2 + {faces - 1}$ and so on, always with the sum {faces + 1}."
    )
    halved = f"So the mean of a roll is half of that, and we take it {rolls} times."
    too_low = (
        f"One roll has the mean $\\frac{{{faces}}}{{2}} = {faces // 2}$.",
        f"The die is rolled {rolls} times.",
    )
    floored = (
        mean,
        f"Rolled {rolls} times, that makes {float(total)}, and a total has to be a whole number.",
    )
    return Problem(
        question=f"A fair die with faces 1 to {faces} is rolled {rolls} times. "
        "What total is expected on average?",
        gold=frac(total),
        value=total,
        solves=lambda value: (
            value * faces**rolls == sum(map(sum, product(range(1, faces + 1), repeat=rolls)))
        ),
        ways=((mean, linear), (pairing, halved)),
        same=(
            Form("same", frac(total)),
            Form("decimal", f"{float(total)}"),
            Form("mixed_number", rf"{whole}\frac{{1}}{{2}}"),
        ),
        other=(
            Form("mixed_number", f"{whole} 1/2"),
            Form("number_words", rf"\text{{{NUMBER_WORDS[whole]} and a half}}"),
            Form("mixed_number", rf"{whole} \text{{ and }} \frac{{1}}{{2}}"),
        ),
        slips=(
            Slip("off_by_one", f"{too_small}", too_small, too_low),
            Slip("rounded_down", f"{whole}", Fraction(whole), floored),
            Slip("rounded_down", rf"\text{{{NUMBER_WORDS[whole]}}}", Fraction(whole), floored),
        ),
    )


TOPICS: dict[str, tuple[Maker, ...]] = {
    "algebra": (linear_system, quadratic_roots),
    "word_problems": (travel_time, boxes_needed, mixing_ratio),
    "intervals": (linear_inequality, quadratic_inequality),
    "sets": (factor_pairs, parity),
    "geometry": (slope_angle, triangle_area),
    "probability": (two_draws, expected_total),
}
