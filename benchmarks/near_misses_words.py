"""Answers in words, choices, labels and lists that are nearly the gold: how many of them are proved.

A family makes a question, its gold, answers that say the same in other words, and answers in the same words
of which one thing is another: the letter of another choice, a rival of the quantity that is asked for, two
nouns exchanged, a word that denies, an order turned round. Of the first most should be proved, of the others
none. The same seed makes the same pairs.

    python -m benchmarks.near_misses_words [--count 20000] [--seed 0] [--show] [--check]
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tinyv_cli.proofs import prove


@dataclass(frozen=True, slots=True)
class Made:
    """A question with its gold, answers that are the gold, and answers that only look like it."""

    question: str
    gold: str
    same: tuple[str, ...]
    other: tuple[str, ...]


Family = Callable[[random.Random], Made]
Families = Mapping[str, tuple[str, Family]]  # with the leaf that shows what each says

NOUNS = "goats helicopters marbles stamps lamps tickets roses bricks candles ladders".split()
PEOPLE = "Ann Bob Cleo Dan Eve Finn Gita Hugo".split()
THINGS = "a circle|an ellipse|a parabola|a straight line|a hyperbola|a square|a sphere".split("|")
RIVALS = (
    ("maximum", "minimum"),
    ("largest", "smallest"),
    ("mean", "median"),
    ("area", "perimeter"),
    ("radius", "diameter"),
    ("sum", "product"),
    ("length", "width"),
)
ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
PARTS = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
DIGITS = "零一二三四五六七八九"


def _two(rng: random.Random, least: int = 2, most: int = 99) -> tuple[int, int]:
    first, second = rng.sample(range(least, most), 2)
    return first, second


def choice(rng: random.Random) -> Made:
    """A letter in a sentence, and its text."""
    texts = rng.sample(THINGS, 4)
    question = "Which curve is it?\n" + "\n".join(
        f"{letter}. {text}" for letter, text in zip("ABCD", texts, strict=True)
    )
    right, wrong = rng.sample("ABCD", 2)
    own, rival = texts["ABCD".index(right)], texts["ABCD".index(wrong)]
    ways: tuple[str, ...] = (
        "The correct option is {}.",
        "Option ({}) is correct",
        "I choose {}",
        "选{}",
        "答案是{}",
        "{} is the right choice",
    )
    ways += (
        "So the answer is ({})",
        "{}",
        "({})",
        "The best answer is {}.",
        "{}, because the others do not fit",
    )
    same = (*tuple(way.format(right) for way in ways[:-1]), own, f"{right}. {own}", f"({right}) {own}")
    other = tuple(way.format(wrong) for way in ways[:-1])
    other += (
        rival,
        f"{right}. {rival}",
        f"not {right}",
        f"{right} or {wrong}",
        f"{right} is wrong",
        f"不选{right}",
    )
    return Made(question, right, same, (*other, f"I choose {wrong}, not {right}", f"All but {right}"))


def choices(rng: random.Random) -> Made:
    """Several letters, and the numbers of statements."""
    taken = sorted(rng.sample("ABCDE", rng.choice((2, 3))))
    question = "Which hold? (A) one (B) two (C) three (D) four (E) five"
    left = [letter for letter in "ABCDE" if letter not in taken]
    more, fewer = sorted([*taken, rng.choice(left)]), taken[1:]
    changed = sorted([*taken[1:], rng.choice(left)])
    ways = (", ".join, "".join, " and ".join, "、".join)
    same = (*(way(taken) for way in ways), ", ".join(reversed(taken)))
    return Made(
        question, "".join(taken), same, tuple(way(each) for way in ways for each in (more, fewer, changed))
    )


def statements(rng: random.Random) -> Made:
    """Circled numbers and numbers in brackets."""
    taken = sorted(rng.sample(range(1, 5), 2))
    other = sorted([taken[0], rng.choice([n for n in range(1, 5) if n not in taken])])
    circled = {n: chr(0x245F + n) for n in range(1, 6)}
    question = "Which of ①②③④ hold?"

    def ways(numbers: list[int]) -> tuple[str, ...]:
        signs = [circled[n] for n in numbers]
        return ("".join(signs), "、".join(signs), "".join(f"({n})" for n in numbers), "和".join(signs))

    return Made(
        question, ways(taken)[0], ways(taken)[1:], (*ways(other), *ways([*taken, 5]), circled[taken[0]])
    )


def quantity(rng: random.Random) -> Made:
    """What is asked for, and its rival, in a sentence and as a label."""
    asked, rival = rng.choice([pair[:: rng.choice((1, -1))] for pair in RIVALS])
    n, m = _two(rng)
    question = f"Find the {asked} of the figure with the given value {m + 100}."
    ways = ("The {} is {}.", "The {} of the figure is {}", "{}: {}", "{} = {}")
    same = tuple(way.format(asked, n) for way in ways[:2])
    other = tuple(way.format(rival, n) for way in ways) + tuple(way.format(asked, m) for way in ways)
    return Made(question, str(n), same, (*other, f"The {asked} is not {n}", f"The {asked} is {n} or {m}"))


def label(rng: random.Random) -> Made:
    """A letter that is asked for, and others."""
    n, m = _two(rng)
    question = "What is the value of $m+n$?"
    other = (
        f"m = {n}",
        f"n = {n}",
        f"m+n = {m}",
        f"m-n = {n}",
        f"The value of m is {n}",
        f"m = {n}, n = {m}",
    )
    return Made(question, str(n), (f"m+n = {n}", f"$m + n = {n}$", f"The value of m+n is {n}"), other)


def function_value(rng: random.Random) -> Made:
    """A value of a function, and that at another place."""
    (n, m), (at, elsewhere) = _two(rng), _two(rng, 2, 9)
    question = f"Find $f({at})$."
    other = (f"f({elsewhere}) = {n}", f"f({at}) = {m}", f"The value of f({elsewhere}) is {n}")
    return Made(question, str(n), (f"f({at}) = {n}", f"The value of f({at}) is {n}"), other)


def extreme(rng: random.Random) -> Made:
    """The letter of an extreme."""
    which, other = rng.choice((("min", "max"), ("max", "min")))
    n, m = _two(rng)
    question = f"Find the {'smallest' if which == 'min' else 'largest'} possible value of $k$."
    same = (rf"k_{{\{which}}} = {n}", f"k_{which} = {n}", f"{which} = {n}")
    return Made(
        question, str(n), same, (rf"k_{{\{other}}} = {n}", f"k_{other} = {n}", rf"k_{{\{which}}} = {m}")
    )


def nouns(rng: random.Random) -> Made:
    """Two counts with what they count."""
    one, two = rng.sample(NOUNS, 2)
    n, m = _two(rng)
    question = f"How many {one} and how many {two} does she have?"
    same = (
        f"{n} {one} and {m} {two}",
        f"{m} {two} and {n} {one}",
        f"{one}: {n}, {two}: {m}",
        f"{n} big {one}, {m} {two}",
    )
    other = (f"{m} {one} and {n} {two}", f"{n} {two} and {m} {one}", f"{one}: {m}, {two}: {n}")
    return Made(
        question,
        f"{n}, {m}",
        same,
        (*other, f"{n} dozen {one} and {m} {two}", f"{n} {one} and {m + 1} {two}"),
    )


def names(rng: random.Random) -> Made:
    """Who gets how much, in the gold's words and in others'."""
    one, two = rng.sample(PEOPLE, 2)
    n, m = _two(rng)
    question = f"How much do {one} and {two} get?"
    same = (f"{two}: {m}, {one}: {n}", f"{one} gets {n} and {two} gets {m}")
    other = (
        f"{one}: {m}, {two}: {n}",
        f"{two}: {n}, {one}: {m}",
        f"{one}: {n}, {one}: {m}",
        f"{one} gets {m} and {two} gets {n}",
    )
    return Made(question, f"{one}: {n}, {two}: {m}", same, other)


def asked_of_two(rng: random.Random) -> Made:
    """One of two unknowns."""
    n, m = _two(rng)
    question = "Solve the system of equations for $x$."
    same = (f"(x, y) = ({n}, {m})", f"x = {n}, y = {m}", f"y = {m}, x = {n}")
    other = (
        f"(x, y) = ({m}, {n})",
        f"x = {m}, y = {n}",
        f"y = {n}",
        f"(y, x) = ({n}, {m})",
        f"x = {n + 1}, y = {m}",
    )
    return Made(question, str(n), same, other)


def last_part(rng: random.Random) -> Made:
    """The last of two parts."""
    n, m = _two(rng)
    question = "(1) Find the slope. (2) Find the length of the chord."
    same = (f"(1) {m}; (2) {n}", f"① {m}; ② {n}", f"(2) {n}")
    return Made(question, str(n), same, (f"(1) {n}; (2) {m}", f"(1) {m}; (2) {n}; (3) {m + 1}", f"(1) {n}"))


def words(rng: random.Random) -> Made:
    """A word in other clothes, and another word."""
    one, two = rng.sample(THINGS, 2)
    bare, rival = one.split(maxsplit=1)[1], two.split(maxsplit=1)[1]
    question = "What kind of figure does the point describe?"
    same = (
        bare.capitalize(),
        bare.upper(),
        f"the {bare}",
        rf"\text{{{one}}}",
        f"{bare}s",
        f"The figure is {one}.",
    )
    other = (rival, f"not {bare}", f"The figure is {two}.", f"{bare} or {rival}", f"{bare} and {rival}")
    return Made(
        question, one, same, (*other, f"The figure is not {one}.", f"half of {one}", f"{two}, and no {bare}")
    )


def verdict(rng: random.Random) -> Made:
    """Yes or no in a sentence."""
    noun = rng.choice(NOUNS)
    question = f"Will the {noun} fall over?"
    yes = (f"The {noun} will fall over.", "Yes", f"Yes, the {noun} fall over", "Yes, because they are tall")
    no = (
        f"The {noun} will not fall over.",
        "No",
        f"No, the {noun} will not fall over",
        "No, because they are flat",
    )
    same, other = rng.choice(((yes, no), (no, yes)))
    reserved = tuple(f"{each.rstrip('.')}, unless they are fixed" for each in same[1:3])
    return Made(question, same[0], same[1:], (*other, *reserved, "Yes or no"))


def in_words(rng: random.Random) -> Made:
    """A fraction in words."""
    low = rng.choice(list(PARTS))
    above = rng.choice([n for n in range(1, 12) if n % low])
    name = PARTS[low] + ("s" if above > 1 else "")
    wrong = rng.choice([n for n in range(1, 12) if n * low != above * low and n != above])
    gold = rf"\frac{{{above}}}{{{low}}}"
    other_low = rng.choice([each for each in PARTS if each != low])
    other: tuple[str, ...] = (
        f"{ONES[wrong]} {PARTS[low]}" + "s" * (wrong > 1),
        f"minus {ONES[above]} {name}",
    )
    other += (f"{ONES[above]} {PARTS[other_low]}" + "s" * (above > 1), f"{ONES[above]} and {ONES[low]}")
    return Made("", gold, (f"{ONES[above]} {name}",), (*other, f"two and {ONES[above]} {name}", PARTS[low]))


def share(rng: random.Random) -> Made:
    """So many out of so many."""
    low = rng.randrange(11, 99)
    above = rng.randrange(1, low)
    question = "What is the probability?"
    same = (f"{above} in {low}", f"{above} out of {low}", f"The probability is {above} out of {low}")
    return Made(
        question,
        f"{above}/{low}",
        same,
        (f"{above} in {low + 1}", f"{low} out of {above}", f"{above} to {low}", f"not {above} in {low}"),
    )


def compared(rng: random.Random) -> Made:
    """An inequality in words."""
    n, m = sorted(_two(rng))
    kinds = (
        (r"\leq", "at most", ("less than", "at least", "greater than")),
        (r"\geq", "at least", ("greater than", "at most", "less than")),
        ("<", "less than", ("at most", "greater than", "not less than")),
        (">", "greater than", ("at least", "less than", "not greater than")),
    )
    sign, said, others = rng.choice(kinds)
    other = (*tuple(f"a is {each} {n}" for each in others), f"a is {said} {m}", f"a is {said} -{n}")
    return Made("", f"a {sign} {n}", (f"a is {said} {n}", f"all real a {said} {n}"), other)


def domain(rng: random.Random) -> Made:
    """For which numbers it holds."""
    n, m = _two(rng, 2, 20)
    question = f"Find all functions $f$ such that it holds for all $x > {n}$."
    gold = f"f(x) = {m}x"
    same = (f"{gold} for all x > {n}", f"{gold} for every x", f"{gold}, x > {n}")
    other = (
        f"{gold} for all x > {n + 1}",
        f"{gold} for all x < {n}",
        f"{gold} for some x",
        f"f(x) = {m + 1}x for all x > {n}",
    )
    return Made(question, gold, same, (*other, f"{gold} for negative x"))


def row(rng: random.Random) -> Made:
    """Letters in an order."""
    letters = rng.sample("ABCDEFG", 4)
    swapped = letters[:]
    swapped[1], swapped[2] = swapped[2], swapped[1]
    gaps = (" ", "-", ", ", " ")
    gap = rng.choice(gaps)
    other = tuple(
        gap.join(each) for each in (swapped, letters[::-1], sorted(letters, reverse=True)) if each != letters
    )
    return Made(
        "In which order do they come in?", gap.join(letters), (rf"\text{{{gap.join(letters)}}}",), other
    )


def primes(rng: random.Random) -> Made:
    """The prime factors of a product."""
    two = rng.sample((2, 3, 5, 7, 11, 13, 17), 3)
    p, q, r = sorted(two)
    power = rng.randrange(2, 5)
    question = "List the prime factors of the number."
    same = (rf"{p}^{{{power}}} \cdot {q}", f"{p}**{power}*{q}", rf"{q} \times {p}^{power}")
    other = (
        rf"{p}^{{{power}}} \cdot {r}",
        rf"{p}^{{{power}}}",
        rf"{p}^{power} \cdot {q} \cdot {r}",
        rf"{p * q} \cdot {r}",
    )
    return Made(question, f"{p}, {q}", same, other)


def spaced(rng: random.Random) -> Made:
    """Numbers with space between them."""
    numbers = rng.sample(range(-9, 30), 3)
    listed, turned = list(map(str, numbers)), list(map(str, reversed(numbers)))
    changed = [*listed[:-1], str(numbers[-1] + 1)]
    other = (" ".join(turned), " ".join(changed), " ".join(listed[:-1]), " ".join([*listed, "40"]))
    return Made("", ", ".join(listed), (" ".join(listed), f"[{' '.join(listed)}]"), other)


def joined(rng: random.Random) -> Made:
    """Words of other languages between two roots."""
    n, m = _two(rng)
    ways = ("{} und {}", "{} et {}", "{}和{}", "{}、{}", "{} y {}", "{} и {}", "{}或{}")
    return Made(
        "Solve for $x$.",
        f"{n}, {m}",
        tuple(way.format(n, m) for way in ways),
        tuple(way.format(n, m + 1) for way in ways),
    )


def concluded(rng: random.Random) -> Made:
    """What follows from a calculation before."""
    n, m = _two(rng)
    question = "Given $xyz = 2^k$, compute $k$."
    same = (f"xyz = 2^{{{n}}}, so k = {n}", f"{n - 1} + 1, i.e. {n}", f"hence k = {n}")
    other = (
        f"xyz = 2^{{{n}}}, so k = {m}",
        f"{n}, i.e. {m}",
        f"if xyz = {m}, so k = {n}, but only then",
        f"k = {n} is wrong, so k = {m}",
    )
    return Made(question, str(n), same, other)


def chinese_name(rng: random.Random) -> Made:
    """A name in a Chinese sentence."""
    one, two = rng.sample(("蛱蝶科", "凤蝶科", "粉蝶科", "灰蝶科", "弄蝶科"), 2)
    question = "该物种属于哪个科？"
    same = (f"该物种属于{one}", f"**{one}**", f"{one}（Nymphalidae）", f"该物种属于**{one}**，分布很广")
    other = (
        f"该物种属于{two}",
        f"该物种不属于{one}",
        f"该物种属于{two}，与{one}相近",
        f"{two}（曾归入{one}）",
        f"它与{one}有关",
    )
    return Made(question, one, same, other)


def chinese_number(rng: random.Random) -> Made:
    """A count in Chinese."""
    n = rng.randrange(2, 9)
    question = "这期间有多少天是晴天？"
    wrong = n + 1
    same = (f"{n}天", f"{DIGITS[n]}天" if n != 2 else "2天", f"晴天有{n}天", f"共{n}天")
    other = (
        f"{wrong}天",
        f"{DIGITS[wrong]}天",
        f"晴天有{wrong}天",
        f"不是{n}天",
        f"晴天有{n}天，雨天有{wrong}天",
        f"-{n}",
    )
    return Made(question, str(n), same, other)


def substance(rng: random.Random) -> Made:
    """A chemical formula."""
    one, two = rng.sample(("Na", "Mg", "Cs", "Rb", "Ca", "Al", "Fe"), 2)
    n, m = _two(rng, 2, 8)
    same = (rf"\ce{{{one}_{n}S_{m}}}", rf"{one}_{n}S_{{{m}}}", rf"\mathrm{{{one}_{n}S_{m}}}")
    other = (f"{one}_{m}S_{n}", rf"\ce{{{two}_{n}S_{m}}}", f"{one}_{n}S_{m + 1}", f"S_{n}{one}_{m}")
    return Made("", f"{one}{n}S{m}", same, other)


def repeated(rng: random.Random) -> Made:
    """A formula that the gold gives twice."""
    n, m = _two(rng)
    gold = rf"{n}a + b, {n}a + b, {m}c"
    return Made(
        "", gold, (f"{n}a + b, {m}c",), (f"{n}a + b", f"{m}c", f"{n}a + b, {m + 1}c", f"{n}a - b, {m}c")
    )


# Each with the leaf that shows it.
FAMILIES: Mapping[str, tuple[str, Family]] = {
    "choice": ("choice", choice),
    "choices": ("several_choices", choices),
    "statements": ("statements", statements),
    "quantity": ("stated", quantity),
    "label": ("label", label),
    "function value": ("label", function_value),
    "extreme": ("label", extreme),
    "nouns": ("nouns", nouns),
    "names": ("assignments", names),
    "one of two": ("asked_part", asked_of_two),
    "last part": ("asked_part", last_part),
    "words": ("same_in_words", words),
    "verdict": ("yes_or_no", verdict),
    "fraction in words": ("number_words", in_words),
    "share": ("number_words", share),
    "inequality in words": ("interval", compared),
    "domain": ("domain", domain),
    "row": ("markup", row),
    "prime factors": ("prime_factors", primes),
    "spaced": ("spaced", spaced),
    "joined": ("separators", joined),
    "concluded": ("stated", concluded),
    "Chinese name": ("answered", chinese_name),
    "Chinese number": ("answered", chinese_number),
    "substance": ("formula_of_a_substance", substance),
    "repeated": ("repeated", repeated),
}


def made(rng: random.Random, families: Families = FAMILIES) -> Iterator[tuple[str, Made]]:
    """Questions of all families in turn, without an end."""
    while True:
        for name, (_, family) in families.items():
            yield name, family(rng)


def counted(
    number: int, rng: random.Random, families: Families = FAMILIES
) -> tuple[Counter[tuple[str, str]], list[tuple[str, str, str, str, str]]]:
    """How many of so many near misses, and of their equivalents, are proved; and the near misses that are."""
    counts, wrong = Counter[tuple[str, str]](), list[tuple[str, str, str, str, str]]()
    near_misses = 0
    for name, each in made(rng, families):
        for answer in each.same:
            counts[name, "same"] += 1
            counts[name, "same proved"] += prove(each.question, each.gold, answer) is not None
        for answer in each.other:
            counts[name, "other"] += 1
            near_misses += 1
            if proof := prove(each.question, each.gold, answer):
                counts[name, "other proved"] += 1
                wrong.append((name, each.question, each.gold, answer, proof.sentence))
        if near_misses >= number:
            return counts, wrong
    raise AssertionError("made never ends")


def main(families: Families = FAMILIES, description: str | None = __doc__) -> None:
    """Print the table, and with --check exit with 1 where a near miss is proved."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20000, help="near misses to make")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="the near misses that are proved")
    parser.add_argument("--check", action="store_true", help="exit with 1 where any is proved")
    arguments = parser.parse_args()
    counts, wrong = counted(arguments.count, random.Random(arguments.seed), families)
    if arguments.show:
        for name, question, gold, answer, sentence in wrong:
            print(f"{name}: {gold!r} <- {answer!r}: {sentence} ({question!r:.120})")
    print(f"{'':24} {'equivalents':>12} {'proved':>8} {'near misses':>12} {'proved':>8}")
    for name in families:
        figures = (counts[name, what] for what in ("same", "same proved", "other", "other proved"))
        print("{:24} {:12,} {:8,} {:12,} {:8,}".format(name, *figures))
    if arguments.check and wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
