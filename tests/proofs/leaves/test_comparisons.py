"""3.4, 1.2 and 5.3: comparisons of letters, signs that compare, statements of logic."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", "a < m < b", "b > m > a", "3.4", "term by term"),
    ("", r"\alpha < m \le n < \beta", "alpha < m <= n < beta", "3.4", "term by term"),
    ("", r"M_n \ge N_{n+2}", "M_n is at least N_{n+2}", "3.4", "term by term"),
    (
        "What is the relationship between $M$ and $N$? Fill in <, = or >.",
        "M < N",
        "<",
        "5.3",
        "how the two compare",
    ),
    (
        "What is the relationship between $M$ and $N$? Fill in <, = or >.",
        "M > N",
        "greater than",
        "5.3",
        "how the two compare",
    ),
    (
        "What is the relationship between $M$ and $N$? Fill in <, = or >.",
        "=",
        "M = N",
        "5.3",
        "how the two compare",
    ),
    ("", r"p \land q", "q and p", "1.2", "in other signs"),
    ("", r"\neg p \vee q", "~p | q", "1.2", "in other signs"),
    ("", r"p \to q", r"\neg p \lor q", "3.4", "truth table"),
    ("", r"\neg(p \land q)", "not p or not q", "3.4", "truth table"),
    ("", r"p \iff q", "p if and only if q", "1.2", "in other signs"),
    (
        "What is the relationship between $M$ and $N$? Fill in <, = or >.",
        "<",
        "less than",
        "5.3",
        "how the two compare",
    ),
]

OTHER = [
    (r"Compare the sizes of $4\sqrt{3}$ and $\sqrt{37}$.", r"4\sqrt{3} > \sqrt{37}", r"\sqrt{37} is larger"),
    ("", "a < m < b", "a > m > b"),
    ("", "a < m < b", "a < b < m"),
    ("", r"\alpha < m \le n < \beta", "alpha < m < n < beta"),
    ("", r"M_n \ge N_{n+2}", "M_n is at most N_{n+2}"),
    ("", r"M_n \ge N_{n+2}", "N_{n+2} is at least M_n"),
    ("What is the relationship between $M$ and $N$? Fill in <, = or >.", "M < N", ">"),
    ("What is the relationship between $M$ and $N$? Fill in <, = or >.", "N < M", "<"),
    ("What is the relationship between $M$ and $N$? Fill in <, = or >.", "M > N", "less than"),
    ("What is the relationship between $M$ and $N$? Fill in <, = or >.", "=", "M < N"),
    ("What is true?", "M < N", "<"),
    ("", r"p \land q", r"p \lor q"),
    ("", r"p \to q", r"q \to p"),
    ("", r"p \iff q", r"p \to q"),
    ("", r"\neg(p \land q)", "not p and not q"),
    ("State the contrapositive.", r"\neg q \to \neg p", r"p \to q"),
    ("", "a | b", "b | a"),
    ("", r"\neg p \vee q", "p or q"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
