r"""Answers that are right of something else than is asked for, or nearly: how many of them are proved.

A family makes a question, its gold, answers that say the same, and answers in the same notation that are of
another quantity, unit, order, sign or operation. It holds what whoever looked for wrong proofs has found, by
its kind: another of two intercepts, a ratio turned round, Mm for mm, a date as arithmetic, a cross for a dot.
The same seed makes the same pairs.

    python -m benchmarks.near_misses_asked [--count 20000] [--seed 0] [--show] [--check]
"""

import random

from benchmarks.near_misses_words import Family, Made, main

KINDS = (
    ("x-intercept", "y-intercept"), ("x-coordinate", "y-coordinate"), ("tens digit", "units digit"),
    ("marked price", "selling price"), ("first term", "common ratio"), ("first term", "common difference"),
    ("probability of success", "probability of failure"), ("amplitude", "period"), ("frequency", "period"),
    ("inradius", "circumradius"), ("modulus", "argument"), ("determinant", "trace"), ("rank", "nullity"),
    ("hypotenuse", "leg"), ("supremum", "infimum"), ("interest", "principal"), ("base", "height"),
    ("real part", "imaginary part"), ("local maximum", "local minimum"), ("mean", "mode"),
    ("dividend", "divisor"), ("domain", "range"), ("gross", "net"), ("discount", "price"),
)  # fmt: skip
NOUNS = "boys girls|cats dogs|apples pears|nurses doctors|trees bushes|pens pencils".split("|")
CASED = ("mm Mm", "mg Mg", "mW MW", "mHz MHz", "mPa MPa", "mJ MJ")
SYMBOLS = "CO Co|NO No|HF Hf|SI Si|CS Cs|PB Pb".split("|")


def _two(rng: random.Random, least: int = 2, most: int = 99) -> tuple[int, int]:
    first, second = rng.sample(range(least, most), 2)
    return first, second


def kinds(rng: random.Random) -> Made:
    """One quantity, and another of its kind, in every way to name it."""
    asked, rival = rng.choice([pair[:: rng.choice((1, -1))] for pair in KINDS])
    n, _ = _two(rng)
    ways = ("The {} is {}.", "{} = {}", "the {} is {}", "{}: {}", "Its {} equals {}", "So the {} is {}")
    other = (*(way.format(rival, n) for way in ways), f"{n} for the {rival}", f"{n} is the {rival}")
    return Made(f"What is the {asked}?", str(n), (f"The {asked} is {n}.", f"the {asked} is {n}"), other)


def values(rng: random.Random) -> Made:
    """The value of a function, and that of another one, of its derivative or inverse, or elsewhere."""
    n, _ = _two(rng)
    at, elsewhere = _two(rng, 2, 9)
    other = (
        f"f'({at}) = {n}", f"f(-{at}) = {n}", f"f^{{-1}}({at}) = {n}", f"g({at}) = {n}",
        f"f({elsewhere}) = {n}", f"f''({at}) = {n}",
    )  # fmt: skip
    return Made(f"Find $f({at})$.", str(n), (f"f({at}) = {n}",), other)


def derivatives(rng: random.Random) -> Made:
    """A derivative at a point, and the value there, or another derivative."""
    n, _ = _two(rng)
    at, elsewhere = _two(rng, 2, 9)
    other = (f"f({at}) = {n}", f"f''({at}) = {n}", f"f'({elsewhere}) = {n}", f"f'({at}) = {n + 1}")
    return Made(f"Find the derivative of $f$ at $x={at}$.", str(n), (f"f'({at}) = {n}",), other)


def formulas(rng: random.Random) -> Made:
    """The value of a formula, and that of another one of the same letters."""
    n, _ = _two(rng)
    one, two = rng.sample("abcmpqst", 2)
    other = tuple(
        f"{name} = {n}"
        for name in (f"{one}{two}", f"{one}-{two}", one, two, f"{one}^2+{two}^2", f"2({one}+{two})")
    )
    return Made(f"Find ${one}+{two}$.", str(n), (f"{one}+{two} = {n}"), other)


def ratios(rng: random.Random) -> Made:
    """A ratio with its nouns, and the same figures with the nouns exchanged."""
    one, two = rng.choice(NOUNS).split()
    n, m = rng.choice(((3, 2), (5, 4), (7, 3), (9, 5)))
    other = (
        f"the ratio of {two} to {one} is {n}:{m}", f"{two}:{one} = {n}:{m}", f"{two} to {one} is {n}:{m}",
        f"{two}/{one} = {n}/{m}", f"{m}:{n}", f"the ratio of {one} to {two} is {m}:{n}",
    )  # fmt: skip
    same = (f"the ratio of {one} to {two} is {n}:{m}", f"{n} : {m}")
    return Made(f"What is the ratio of {one} to {two}?", f"{n}:{m}", same, other)


def two_numbers(rng: random.Random) -> Made:
    """Two numbers with a comma between them, which is none of a single one."""
    n, m = rng.randint(11, 99), rng.randint(101, 999)
    question = rng.choice(("Find both numbers.", "Find the two primes $p$ and $q$ with $p<q$."))
    return Made(question, f"{n},{m}", (f"{n}, {m}",), (f"{n}.{m}", f"{n}{m}", f"{n + 1},{m}", f"{m},{n}0"))


def cased_units(rng: random.Random) -> Made:
    """A small and a large unit that differ in case."""
    small, large = rng.choice(CASED).split()
    n, _ = _two(rng)
    return Made("How much is it?", f"{n} {small}", (f"{n}{small}",), (f"{n} {large}", f"{n}{large}"))


def shares(rng: random.Random) -> Made:
    """Percent, and points, basis points or money of the same figure."""
    n, m = _two(rng)
    other = (f"{n} percentage points", f"{n} basis points", f"{n} bps", f"\\${n}", f"{n}th percentile", f"{m}%")
    return Made("What percent is it?", f"{n}%", (f"{n} percent", f"{n} \\%"), other)


def dates(rng: random.Random) -> Made:
    """A day, and others whose figures come to the same."""
    month, day = rng.sample(range(2, 12), 2)
    year = rng.randint(1900, 2030)
    gold = f"{year}-{month:02}-{day:02}"
    other = (f"{year}-{day:02}-{month:02}", f"{year}-{month + day}", f"{year - month - day}")
    return Made("On which date did it happen?", gold, (f"**{gold}**",), other)


def linked_signs(rng: random.Random) -> Made:
    """Signs that go together, and those that go the other way."""
    n, m = _two(rng, 2, 30)
    other = (rf"x=\pm {n}, y=\mp {m}", rf"x = \pm {n}, y = \pm {m + 1}", rf"x=\mp {n}, y=\pm {m}")
    same = (rf"$x = \pm {n}, y = \pm {m}$",)
    return Made("Find all solutions.", rf"x=\pm {n}, y=\pm {m}", same, other)


def vectors(rng: random.Random) -> Made:
    """Products of vectors."""
    one, two = rng.sample("abcuvw", 2)
    cross, dot = (rf"\vec {{{one}}} {sign} \vec {{{two}}}" for sign in (r"\times", r"\cdot"))
    other = (dot, rf"\vec {{{two}}} \times \vec {{{one}}}")
    return Made("Find the vector.", cross, (cross.replace(" ", "  "),), other)


def symbols(rng: random.Random) -> Made:
    """Symbols of substances that differ in case alone."""
    one, two = rng.sample(rng.choice(SYMBOLS).split(), 2)
    return Made("What is the chemical symbol?", one, (f"**{one}**",), (two, f"${two}$"))


def calls(rng: random.Random) -> Made:
    """Calls of a program of algebra: sums, intervals, roots, logarithms."""
    n, m = sorted(_two(rng))
    k = rng.randint(2, 5)
    return rng.choice((
        Made("", f"oo({n},{m})", (f"({n}, {m})",), (f"oc({n},{m})", f"co({n},{m})", f"cc({n},{m})")),
        Made("", f"union(oc({n},{m}),oo({m},{m + k}))", (f"oo({n},{m + k})",),
             (f"union(oo({n},{m}),oo({m},{m + k}))", f"oo({n},{m})")) ,
        Made("", f"sum({k}*k,k,1,n)", (f"{k}*n*(n+1)/2",), (f"{k}*n*(n-1)/2", f"sum({k}*k,k,1,n-1)")),
        Made("", f"sum(k^{k},k,1,3)", (f"1+2^{k}+3^{k}",), (f"product(k^{k},k,1,3)", f"1+2^{k}+4^{k}")),
        Made("", f"lg({n},{k})", (rf"\log_{{{k}}} {n}",), (f"lg({k},{n})", rf"\ln {n}")),
    ))  # fmt: skip


def curves(rng: random.Random) -> Made:
    """Curves of several equations."""
    n, _ = _two(rng)
    other = (f"y={n}x", f"(y-{n}x)(y-{n + 1}x)=0", f"|y|=|{n + 1}x|", f"y^2+({n}x)^2=0")
    return Made("", f"y={n}x or y=-{n}x", (f"|y|=|{n}x|", f"(y-{n}x)(y+{n}x)=0"), other)


def inequalities(rng: random.Random) -> Made:
    """Inequalities of several letters, times a number."""
    n, k = rng.randint(2, 30), rng.randint(2, 9)
    gold = f"x^2 - {n}a < 0"
    other = (f"{k}x^2 > {n * k}a", rf"{k}x^2 \le {n * k}a", f"{k}x^2 < {n * k + 1}a", f"-{k}x^2 < -{n * k}a")
    return Made("", gold, (f"{k}x^2 < {n * k}a", f"{n * k}a > {k}x^2"), other)


def brackets_of_logic(rng: random.Random) -> Made:
    """Statements of which brackets make others."""
    a, b, c = rng.sample("ABCDPQRS", 3)
    gold = f"{a} and ({b} or {c})"
    same = (f"({a} and {b}) or ({a} and {c})",)
    return Made("", gold, same, (f"({a} and {b}) or {c}", f"{a} or ({b} and {c})", f"not {a} and ({b} or {c})"))


def verdicts(rng: random.Random) -> Made:
    """Yes, and what is not that."""
    question = f"Is {rng.randint(2, 999)} such a number?"
    other = ("No", "yes and no", "yes?", "no doubt not", "Yes or no", "never", "not yes")
    return Made(question, "Yes", ("yes", "Yes."), other)


def chinese(rng: random.Random) -> Made:
    """Chinese sentences that compare, or have the ratio the other way round."""
    n, m = _two(rng, 2, 50)
    if rng.random() < 0.5:
        other = (f"大于{n}", f"不超过{n}", f"至少{n}", f"最小值为{n}", f"最大值不是{n}", f"最大值为{m}", f"{n}以上")
        return Made("求最大值。", str(n), (f"最大值为{n}",), other)
    other = (f"b与a的比是{n}:{m}", f"{m}:{n}", f"a与b的比是{m}:{n}")
    return Made("$a$ 与 $b$ 的比是多少？", f"{n}:{m}", (f"{n} : {m}",), other)


def nothing_of_a_unit(rng: random.Random) -> Made:
    """Nothing in two units of which the one is not the other's nothing."""
    one, two = rng.sample(("°C", "K", "°F"), 2)
    return Made("How hot is it?", f"0 {one}", (f"0{one}",), (f"0 {two}", f"{rng.randint(1, 99)} {one}"))


def repeating(rng: random.Random) -> Made:
    """Digits that come again, and the same cut off."""
    once, again = rng.randint(1, 9), rng.randint(12, 98)
    other = (f"1.{once}{again}", f"1.{once}({again + 1})", f"1.({once}{again})", f"1.{once}")
    same = (rf"1.{once}\overline{{{again}}}",)
    return Made("Express it as a decimal.", f"1.{once}({again})", same, other)


FAMILIES: dict[str, tuple[str, Family]] = {
    family.__name__.replace("_", " "): ("", family)
    for family in (
        *(kinds, values, derivatives, formulas, ratios, two_numbers, cased_units, shares, dates, linked_signs),
        *(vectors, symbols, calls, curves, inequalities, brackets_of_logic, verdicts, chinese),
        *(nothing_of_a_unit, repeating),
    )
}


if __name__ == "__main__":
    main(FAMILIES, __doc__)
