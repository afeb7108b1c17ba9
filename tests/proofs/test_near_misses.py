"""A proved pair with one figure, sign, bracket or element changed is never proved."""

import random
from collections import Counter
from types import ModuleType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks import near_misses_asked, near_misses_words
from benchmarks.near_misses import REWRITINGS, Result, made_pairs, made_up
from benchmarks.near_misses_sets import LEAF_OF
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.leaves import LEAVES

NUMBERS = st.integers(-999, 999).filter(bool)
# A question, a gold and an answer to it, with places for two numbers.
SHAPES = [
    ("", "<n>", "x = <n>"),
    ("", "<n>", "The answer is $<n>$."),
    ("", r"\frac{<n>}{7}", r"**$\dfrac{<n>}{7}$**"),
    ("How many apples remain?", "<n>", "There are <n> apples left."),
    ("What is the length in metres?", "<n>", r"<n> \text{ m}"),
    ("", "<n> A", "<n>000 mA"),
    ("", r"<n>^\circ", "<n> degrees"),
    ("", "(<n>, <m>]", r"\left(<n>,\,<m>\right]"),
    ("", r"<n> \text{ and } <m>", "<n>, <m>"),
    ("", "x = <n>, y = <m>", "y = <m>, x = <n>"),
    ("Solve for $x$ and $y$.", "(<n>, <m>)", "x = <n>, y = <m>"),
    ("", "<n>, <m>", "x = <n> or x = <m>"),
    ("", r"<n>k\pi, k \in \mathbb{Z}", r"<n>k\pi"),
    ("", r"<n>x + <m>, x \neq 0", "<n>x + <m>, x ≠ 0"),
    ("", "f(t) = <n>t^2 + <m>", "<n>t^2 + <m>"),
    ("Which? (A) <n> (B) <m> (C) 5000", "B", "<m>"),
]
# The same with something changed that means something.
BRACKETS_AND_SIGNS = [
    ("(<n>, <m>]", r"\left[<n>,\,<m>\right]"),
    ("(<n>, <m>]", r"\left(<n>,\,<m>\right)"),
    ("(<n>, <m>)", r"\{<n>, <m>\}"),
    ("<n>", "x = -(<n>)"),
    ("<n>", "The answer is not $<n>$."),
    ("x > <n>", "x ≥ <n>"),
    ("x > <n>", "x < <n>"),
    (r"<n> \text{ and } <m>", "<n>"),
    (r"<n> \text{ and } <m>", "<n>, <m>, 5000"),
    ("x = <n>, y = <m>", "y = <n>, x = <m>"),
    ("<n> A", "<n> mA"),
    ("<n> cm", "<n> cm^2"),
    ("<n> apples", "<n> pears"),
]


def _filled(shape: str, n: int, m: int) -> str:
    return shape.replace("<n>", str(n)).replace("<m>", str(m))


@pytest.mark.parametrize(("question", "gold", "answer"), SHAPES)
@given(n=NUMBERS, m=NUMBERS, other=NUMBERS)
@settings(max_examples=30, deadline=None)
def test_one_number_changed(question: str, gold: str, answer: str, n: int, m: int, other: int) -> None:
    """With the numbers of the gold a proof; with another in the place of one of them none."""
    assume(len({n, m, other}) == 3)
    question, gold = _filled(question, n, m), _filled(gold, n, m)
    assert prove(question, gold, _filled(answer, n, m)) is not None
    if "<n>" in answer:
        assert prove(question, gold, _filled(answer, other, m)) is None
    if "<m>" in answer:
        assert prove(question, gold, _filled(answer, n, other)) is None


@pytest.mark.parametrize(("gold", "answer"), BRACKETS_AND_SIGNS)
@given(n=NUMBERS, m=NUMBERS)
@settings(max_examples=30, deadline=None)
def test_one_sign_changed(gold: str, answer: str, n: int, m: int) -> None:
    """A bracket, a sign, a unit, an element or a negation makes another answer."""
    assume(n != m)
    assert prove("", _filled(gold, n, m), _filled(answer, n, m)) is None


def test_near_misses_of_made_up_golds() -> None:
    """Of golds of all kinds rewritten, nearly all are proved; of those changed before or after, none."""
    rng = random.Random(0)
    result = Result()
    for pair in made_pairs(made_up(rng), 1000, rng):
        result.add(pair)
    counted = result.rewritings["all"]
    assert not result.proved
    assert counted.equivalents_proved > 0.95 * counted.equivalents
    families = (*near_misses_words.FAMILIES.values(), *near_misses_asked.FAMILIES.values())
    in_words = {leaf for leaf, _ in families}
    rewritten = {rewriting.leaf for rewriting in REWRITINGS.values()} | in_words | {*LEAF_OF.values()}
    assert rewritten == {leaf.__name__ for leaf in LEAVES} | {"ending"}


@pytest.mark.parametrize("generator", [near_misses_words, near_misses_asked])
def test_near_misses_in_words(generator: ModuleType) -> None:
    """Of answers in words, of choices, labels and lists, and of answers to something else than is asked for,
    nearly all that are right are proved; with one thing changed, none."""
    counts, wrong = near_misses_words.counted(1500, random.Random(1), generator.FAMILIES)
    assert wrong == []
    totals = Counter[str]()
    for (_, what), count in counts.items():
        totals[what] += count
    assert totals["same proved"] > 0.95 * totals["same"]
