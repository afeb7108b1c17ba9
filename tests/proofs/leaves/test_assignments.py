"""5.2: labels are dropped, or several compared by name; another unknown or order is no label."""

import pytest

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.proofs import prove

SAME = [
    (
        "Solve for $x$ and $y$.",
        "(7, 4)",
        r"x \text{ is } 7 \text{ and } y \text{ is } 4",
        "5.2",
        "the values of",
    ),
    ("", "n", "N=n", "1.5", ""),
    ("What charge $q$ flows past a point?", r"q = \frac{ab}{c}", r"Q = \frac{ab}{c}", "7.3", "the one thing"),
    ("Express the skin depth.", r"\delta = \sqrt{2ab}", r"d = \sqrt{2ab}", "7.3", "the one thing"),
    ("", "7", "x = 7", "5.2", ""),
    ("", "x_1 = 7", "7", "5.2", ""),
    ("", "2n+1", "f(n) = 2n + 1", "5.2", ""),
    ("", "y = 2x + 3", "f(x) = 2x + 3", "5.2", ""),
    ("", r"y = \sin^2 x", r"y = 1 - \cos^2 x", "3.3", ""),
    ("", r"BC = 15 \text{ cm}", r"15 \text{ cm}", "5.2", ""),
    ("", r"\angle ABC = 60", "60", "5.2", ""),
    ("", "12", "Area of ABC = 12", "5.2", ""),
    ("What is the area of the triangle?", "12", "area of triangle = 12", "5.2", "dropped"),
    ("Find $x+y$.", "12", "x + y = 12", "5.2", ""),
    ("Solve for w, d, a and b.", "16,3,1,2", "w=16, d=3, a=1, b=2", "5.2", ""),
    ("Solve for $x$ and $y$.", "(3, 5)", "y = 5, x = 3", "5.2", ""),
    ("", "x=3, y=5", "y=5, x=3", "5.2", ""),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 7 and Tom gets 5", "5.2", ""),
    ("How old are Tom and Ann?", "Tom: 5, Ann: 7", "Ann: 7, Tom: 5", "5.2", ""),
    ("", "(x, y) = (3, 5)", r"x = 3 \text{ and } y = 5", "5.2", ""),
    ("", "(m, n) = (0, 1)", "(0, 1)", "5.2", ""),
    ("", "5, 7", "n = 5 or n = 7", "6.1", ""),
    ("", "5, 7", "x_1 = 5, x_2 = 7", "5.2", ""),
    ("Compute $3+4$.", "7", "3 + 4 = 7", "5.2", ""),
    ("Find the smallest such $k$.", "1", r"k_{\min} = 1", "5.2", "dropped"),
    ("Find the equilibrium temperature $T$.", "T = 3T_0", "T_f = 3T_0", "5.2", "dropped"),
    (
        "Find the cross section.",
        r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}",
        r"\frac{R^2}{9}",
        "5.2",
        "dropped",
    ),
    ("Find all functions $f$.", "2x", r"f: x \mapsto 2x", "5.2", "dropped"),
    ("Find all functions $f$.", "2", "f ≡ 2", "5.2", "dropped"),
    (
        "What is the limit of $\\frac{\\sin x}{x}$ at 0?",
        "1",
        r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
        "5.2",
        "dropped",
    ),
]

OTHER = [
    ("Solve for $x$ and $y$.", "(7, 4)", r"x \text{ is } 4 \text{ and } y \text{ is } 7"),
    ("A circle has $y=x^2-3$. Find its centre.", "x = -1/2, y = 7/2", "(7/2, -1/2)"),
    ("Find the slope of a line parallel to $y=-3x+5$.", "-3", "y = -3"),
    ("At what $x$-value has $y=1/(5x-7)$ an asymptote?", "7/5", "y = 7/5"),
    ("What are the charge $q$ and the current $I$?", "q = ab/c", "I = ab/c"),
    ("", "7", "x = 8"),
    ("", "x = 7", "y = 7"),
    ("", "y = 2x + 3", "g(t) = 2x + 3"),
    ("", "7", "x > 7"),
    ("Find $y$.", "7", "$x = 7$"),
    ("Solve $2x = 10$ for $x$.", "10", "2x = 10"),
    ("Solve $x^2 = 9$.", "9", "x^2 = 9"),
    ("Solve for $x$ and $y$.", "(3, 5)", "y = 3, x = 5"),
    ("", "x=3, y=5", "x=5, y=3"),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 5 and Tom gets 7"),
    ("How much do they get?", "5, 7", "Ann: 5, Tom: 7"),
    ("How much do Tom and Ann get?", "5, 7", "Ann gets 7 or Tom gets 6"),
    ("How old are Tom and Ann?", "Tom: 5, Ann: 7", "Ann: 5, Tom: 7"),
    ("", "x=3, y=5", "x=3, z=5"),
    ("", "5, 7", "n = 5 or n = 8"),
    ("", "5, 7", "n = 5"),
    ("Find $x_1$ and $x_2$.", "(5, 7)", "x_1 = 7, x_2 = 5"),
    ("", "7", "not x = 7"),
    ("", r"\{3, 5\}", "x=3, y=5"),
    ("Find the radius.", "3", "d = 3"),
    ("What is the area of the triangle?", "12", "P = 12"),
    ("Find $f(2)$.", "7", "f(3) = 7"),
    ("What is $m+n$?", "5", "m = 5"),
    ("What is the mean?", "4", r"\text{median} = 4"),
    ("Find the largest such $k$.", "1", r"k_{\min} = 1"),
    ("Find $T_1$ and $T_2$.", "T_1 = 3T_0", "T_2 = 3T_0"),
    ("Find the cross section.", r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}", r"\frac{R^2}{2}"),
    ("Find all functions $f$.", "f(x) = 2x", r"f: x \mapsto 3x"),
    ("", "-a", "a = -a"),
    ("What is the area of the triangle?", "12", "trapezoid = 12"),
    ("", "2x - 1", "x = 2x - 1"),
    ("What is the limit of $\\frac{\\sin x}{x}$ at 0?", "1", r"\lim_{x \to 0} \frac{\cos x}{x} = 1"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []


@pytest.mark.parametrize(
    ("gold", "answer", "leaf"),
    [
        (r"\frac{p(r/q)^{5/3}}{r}", r"s = \frac{p r^{2/3}}{q^{5/3}}", "3.2"),
        ("(a+b)^2", "s = a^2 + 2ab + b^2", "3.1"),
        (r"\frac{1}{2}", "s = 0.5", "5.2"),
    ],
)
def test_a_label_beside_algebra(gold: str, answer: str, leaf: str) -> None:
    """Rules drop a label by themselves, so a formula in another form is what they failed at."""
    proof = prove("", gold, answer)
    assert proof is not None and proof.leaf == leaf
    assert "'s =' dropped" in [step.sentence for step in proof.steps]
