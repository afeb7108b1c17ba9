"""What is equal in another form than was asked for is not proved, which can be told and allowed."""

import pytest

from tinyv_cli.proofs import only_form, prove
from tinyv_cli.proofs.policy import Policy

REDUCE = "Simplify the fraction $36/48$."
FRACTION = "What is the probability? Express your answer as a common fraction."
FACTOR = "Factor $x^2-1$."
EXPAND = "Expand $(x+2)^2$."
RADICAL = r"Simplify $\sqrt{288}$."
MIXED = "Express your answer as a mixed number."
SCIENTIFIC = "Write it in scientific notation."

IN_FORM = [
    (REDUCE, "3/4", r"\frac{3}{4}"),
    (FRACTION, r"\frac{3}{20}", "three twentieths"),
    (FACTOR, "(x-1)(x+1)", "(x+1)(x-1)"),
    (EXPAND, "x^2+4x+4", "x**2 + 4*x + 4"),
    (RADICAL, r"12\sqrt{2}", "12*sqrt(2)"),
    (MIXED, r"1\frac{2}{3}", "1 2/3"),
    (SCIENTIFIC, r"2 \times 10^{-8}", "2e-8"),
    ("How much is it?", "3/4", "6/8"),
    # A form that the gold has not either is not asked for.
    (REDUCE, "6/8", "12/16"),
]

IN_ANOTHER = [
    (REDUCE, "3/4", "6/8"),
    (REDUCE, "3/4", r"x = \frac{6}{8}"),
    (FRACTION, r"\frac{3}{20}", "0.15"),
    (FRACTION, r"\frac{3}{20}", r"15\%"),
    (FRACTION, r"\frac{3}{20}", r"\frac{15}{100}"),
    ("Factor $x^2+2x+1$.", "(x+1)^2", "x^2+1+2x"),
    ("Expand $(x+2)(x+3)$.", "x^2+5x+6", "(x+3)(x+2)"),
    (RADICAL, r"12\sqrt{2}", r"6\sqrt{8}"),
    (MIXED, r"1\frac{2}{3}", r"\frac{5}{3}"),
    (SCIENTIFIC, r"2 \times 10^{-8}", r"20 \times 10^{-9}"),
]


REPEATED = [
    (FACTOR, "(x-1)(x+1)", "x^2-1"),
    (EXPAND, "x^2+4x+4", "(x+2)^2"),
    (RADICAL, r"12\sqrt{2}", r"\sqrt{288}"),
]


@pytest.mark.parametrize(("question", "gold", "answer"), IN_FORM)
def test_in_form(question: str, gold: str, answer: str) -> None:
    """It is proved, and nothing is to be said of its form."""
    assert prove(question, gold, answer) is not None
    assert not only_form(question, gold, answer)


@pytest.mark.parametrize(("question", "gold", "answer"), IN_ANOTHER)
def test_in_another(question: str, gold: str, answer: str) -> None:
    """It is not proved unless any form will do, and this is told from an answer that is not equal."""
    assert prove(question, gold, answer) is None
    assert prove(question, gold, answer, Policy(any_form=True)) is not None
    assert only_form(question, gold, answer)
    assert not only_form(question, gold, f"{answer} + 1")


@pytest.mark.parametrize(("question", "gold", "answer"), REPEATED)
def test_repeated(question: str, gold: str, answer: str) -> None:
    """What is only the question's own expression is no answer, in whatever form."""
    assert prove(question, gold, answer) is None
    assert prove(question, gold, answer, Policy(any_form=True)) is None
    assert not only_form(question, gold, answer)
