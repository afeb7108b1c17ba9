"""Questions and answers made up by a seeded generator, in the lengths that a benchmark of models needs."""

import random
from collections.abc import Callable, Iterator

from benchmarks.rule_stage import answers, made_golds
from tinyv_cli.records import Query

TokenCount = Callable[[str], int]

QUESTION_TOKENS = 50, 500
ANSWER_TOKENS = 5, 30
ASK = "What is the value of $%(x)s$ in the end?"

NAMES = (
    "Amir",
    "Beatriz",
    "Chen",
    "Dana",
    "Efua",
    "Farid",
    "Greta",
    "Hiro",
    "Ines",
    "Jonas",
    "Noor",
    "Pablo",
)
THINGS = ("marbles", "tickets", "bottles", "shells", "coins", "lanterns", "ropes", "cards", "drums", "maps")
PLACES = ("harbour", "market", "workshop", "library", "greenhouse", "station", "quarry", "bakery")
SENTENCES = (
    "%(name)s brings %(n)d %(things)s from the %(place)s and gives every %(a)dth of them away.",
    "The function $f(%(x)s) = %(a)d%(x)s^2 - %(b)d%(x)s + %(n)d$ takes the value $%(m)d$ somewhere.",
    "In the %(place)s there are %(n)d boxes, and each can hold at most %(a)d %(things)s.",
    "Between hour %(a)d and hour %(m)d, the number of %(things)s grows by $\\frac{%(b)d}{%(c)d}$ of itself.",
    "Let $ABCD$ be a quadrilateral with $AB = %(a)d$, $BC = %(m)d\\sqrt{%(b)d}$ and $CD = %(n)d$.",
    "%(name)s may not take two %(things)s of the same colour unless %(other)s has left the %(place)s.",
    "The sequence is given by $a_1 = %(a)d$ and $a_{k+1} = %(b)da_k - %(c)d$ for all $k \\ge 1$.",
    "A circle of radius $\\frac{%(n)d}{%(a)d}$ touches both legs of a right triangle with area %(m)d.",
    "Of all %(things)s, %(m)d%% are older than those that %(other)s keeps behind the %(place)s.",
    "It is known that $\\log_{%(b)d}(%(x)s + %(n)d)$ is an integer that %(a)d divides.",
    "Two trains leave the %(place)s with %(n)d and %(m)d %(things)s on board, %(a)d minutes apart.",
    "The matrix $\\begin{pmatrix} %(a)d & %(b)d \\\\ %(c)d & %(x)s \\end{pmatrix}$ has determinant %(m)d.",
    "Whoever draws fewer than %(a)d %(things)s pays %(name)s a fee of $%(n)d.%(b)d0$ on the next day.",
    "The probability that %(other)s finds at least one of the %(m)d %(things)s is $1 - %(a)d^{-%(b)d}$.",
)
TERMS = (
    "\\frac{%(n)d}{%(a)d}",
    "%(a)d\\sqrt{%(b)d}",
    "%(m)d%(x)s^{%(a)d}",
    "\\log_{%(a)d} %(n)d",
    "%(m)d",
    "\\cos\\frac{%(a)d\\pi}{%(b)d}",
    "%(a)de^{%(x)s}",
)


def rollouts(questions: int, each: int, rng: random.Random, count: TokenCount) -> list[Query]:
    """Questions of lengths that are spread evenly over the range, with `each` different answers to each."""
    shortest, longest = QUESTION_TOKENS
    lengths = [shortest + (longest - shortest) * i // max(questions - 1, 1) for i in range(questions)]
    rng.shuffle(lengths)
    return [query for length in lengths for query in _rollouts(length, each, rng, count)]


def _rollouts(length: int, each: int, rng: random.Random, count: TokenCount) -> Iterator[Query]:
    ask = ASK % _values(rng)
    question = _grown(_words(rng), length - count(ask), count) + ask
    gold = _formula(rng, count)
    different = set[str]()
    while len(different) < each:
        answer = _formula(rng, count)
        if answer not in different:
            different.add(answer)
            yield Query(question, gold, answer)


def graded(size: int, rng: random.Random) -> list[Query]:
    """Answers as a policy gives them: about half of them right, mostly spelled as the gold is."""
    golds = made_golds(-(-size // 8), rng)
    queries = [
        Query(" ".join(rng.choice(SENTENCES) % _values(rng) for _ in range(2)), gold.strip("$"), answer)
        for gold in golds
        for answer in answers(gold, golds, rng)
    ]
    return queries[:size]


def sums(size: int) -> Iterator[Query]:
    """Short queries, eight a question, none twice."""
    for number in range(size):
        a, b = 1000 + number // 8, 17
        yield Query(f"What is {a} + {b}?", str(a + b), str(a + b + number % 8))


def _grown(pieces: Iterator[str], tokens: int, count: TokenCount) -> str:
    """The first pieces that together have so many tokens."""
    text = next(pieces)
    while count(text) < tokens:
        text += next(pieces)
    return text


def _formula(rng: random.Random, count: TokenCount) -> str:
    return _grown(_terms(rng), rng.randint(*ANSWER_TOKENS), count)


def _terms(rng: random.Random) -> Iterator[str]:
    yield rng.choice(TERMS) % _values(rng)
    while True:
        yield rng.choice((" + ", " - ", " \\cdot ")) + rng.choice(TERMS) % _values(rng)


def _words(rng: random.Random) -> Iterator[str]:
    while True:
        for sentence in rng.sample(SENTENCES, len(SENTENCES)):
            yield from (f"{word} " for word in (sentence % _values(rng)).split())


def _values(rng: random.Random) -> dict[str, object]:
    """Values for the names in the templates."""
    name, other = rng.sample(NAMES, 2)
    return {
        **{small: rng.randint(2, 12) for small in "abc"},
        **{large: rng.randint(13, 999) for large in "mn"},
        "x": rng.choice("xyzkt"),
        "name": name,
        "other": other,
        "things": rng.choice(THINGS),
        "place": rng.choice(PLACES),
    }
