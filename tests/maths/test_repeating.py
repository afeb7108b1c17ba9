"""Answers that only repeat the expression of the question."""

from tinyv_cli.maths.repeating import repeats_expression

REPEATED = [
    (r"Simplify $\sqrt{125}$.", r"5\sqrt{5}", r"\sqrt{125}"),
    (r"Expand the product ${(x+3)(x+8)}$.", "x^2+11x+24", "(x + 3)(x + 8)"),
    ("Calculate 9 - (9 + 8).", "-8", "9-(9+8)"),
    (r"Evaluate \(2^3 \cdot 5\).", "40", r"2^3\cdot 5"),
    ("What is the value of $12/18$?", r"\frac{2}{3}", "12/18"),
]
NOT_REPEATED = [
    (r"Simplify $\sqrt{125}$.", r"5\sqrt{5}", r"5\sqrt{5}"),
    (r"Simplify $\frac{a}{b}$.", "a/b", r"\frac{a}{b}"),
    (r"Which is larger, $\sqrt{2}+1$ or $\sqrt{3}$?", r"\sqrt{2} + 1", r"\sqrt{2}+1"),
    (r"Simplify $7$.", "7.0", "7"),
    (r"The speed is $10^6$ or $10^8$ cm/s. Which?", r"10^6 \text{ cm/s}", "10^6"),
    (r"Each side shows with probability $1/6$. Find $P(A)$.", "0.1667", "1/6"),
    ("", "x^2+11x+24", "(x+3)(x+8)"),
    (r"Expand $(x+3)(x+8)$.", "x^2+11x+24", ""),
]


def test_repeated() -> None:
    """The expression with which something was to be done is no answer."""
    assert [row for row in REPEATED if not repeats_expression(*row)] == []


def test_not_repeated() -> None:
    """What the question offers, or what is the gold itself, is one."""
    assert [row for row in NOT_REPEATED if repeats_expression(*row)] == []
