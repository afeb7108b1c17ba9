"""What questions say of their letters: bounds, signs, integers; and what only looks as if they did."""

from fractions import Fraction
from time import process_time

import pytest

from tinyv_cli.maths.domains import ANYWHERE, NEGATIVE, POSITIVE, Range, domain_of

WHOLE, COUNTED = Range(whole=True), Range(low=Fraction(0), whole=True)

SAID = [
    ("Simplify $|x-5|$ for $x < 5$.", {"x": Range(high=Fraction(5))}),
    ("Suppose $-1 \\le x \\le 1$.", {"x": Range(Fraction(-1), Fraction(1))}),
    ("If $a > b > 0$, find $c$.", {"a": POSITIVE, "b": POSITIVE}),
    ("where $x, y > 0$", {"x": POSITIVE, "y": POSITIVE}),
    ("For positive real numbers $a, b$ and $c$", {"a": POSITIVE, "b": POSITIVE, "c": POSITIVE}),
    ("Let $n$ be a positive integer.", {"n": COUNTED}),
    ("$k \\in \\mathbb{Z}$ and $n \\in \\mathbb{N}$", {"k": WHOLE, "n": COUNTED}),
    ("for all integers $m$ and $n$", {"m": WHOLE, "n": WHOLE}),
    ("Given that $x$ is negative, simplify.", {"x": NEGATIVE}),
    ("Let $\\theta > 0$.", {"theta": POSITIVE}),
    ("a spring constant k and a mass M", {"M": POSITIVE}),
    ("a circle of radius $R_1$", {"R_1": POSITIVE}),
]
NOTHING_SAID = [
    "Solve $x^2 < 4$.",
    "Solve $2x < 6$.",
    "Find $f(x) > 0$.",
    r"\begin{cases} 1 & x > 0 \\ 2 & x < 0 \end{cases}",
    "$f(x) = 1$ for $x > 0$ and $f(x) = -1$ for $x < 0$.",
    "Find a positive integer.",
    "How many are there?",
    "",
]


@pytest.mark.parametrize(("question", "ranges"), SAID)
def test_said(question: str, ranges: dict[str, Range]) -> None:
    """Of each letter its range."""
    found = dict(domain_of(question).ranges)
    assert {name: found.get(name) for name in ranges} == ranges


@pytest.mark.parametrize("question", NOTHING_SAID)
def test_nothing_said(question: str) -> None:
    """An inequality to be solved is no condition, nor are two that exclude each other."""
    assert domain_of(question) == ANYWHERE


def test_all_letters_at_once() -> None:
    """That all variables are positive holds for those that the question does not name."""
    assert domain_of("Assume that all variables represent positive numbers.").of("q") == POSITIVE


HOSTILE = [
    "x, " * 2000 + "> 0",
    "positive " * 700,
    "real " * 1200,
    "is a " * 1500,
    "$x$ and " * 800,
    "x_{" * 2000,
]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_take_no_time(question: str) -> None:
    """Lists and qualities without an end are looked through once."""
    start = process_time()
    domain_of(question)
    assert process_time() - start < 1
