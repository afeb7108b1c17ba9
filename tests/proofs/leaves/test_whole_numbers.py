"""2.1: whole numbers by a condition are those, one after another, and no others."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", "-1, 0, 1, 2", r"x \in \mathbb{Z} with -2 < x < 3", "2.1", "-1 to 2"),
    ("", r"\{-2, -1, 0, 1\}", r"-2 \le n \le 1, n \in \mathbb{Z}", "2.1", "-2 to 1"),
    ("", "3, 4, 5", r"exactly the integers with $3\le n\le 5$", "2.1", "3 to 5"),
    ("", r"\{n \in \mathbb{Z} : |n| \le 2\}", "-2, -1, 0, 1, 2", "2.1", "-2 to 2"),
    ("Find all integers $n$ with this property.", "n > 3", r"n \ge 4", "2.1", "4 to"),
    ("", "1, 2, 3", "all positive integers n with n < 4", "2.1", "1 to 3"),
    ("", "3, 4, 5", "all integers from 3 to 5", "2.1", "3 to 5"),
]

OTHER = [
    ("", "-1, 0, 1, 2", r"x \in \mathbb{Z} with -2 \le x < 3"),
    ("", "-1, 0, 1, 2", "-2 < x < 3"),
    ("", r"\{-2, -1, 0, 1\}", r"-2 \le n < 1, n \in \mathbb{Z}"),
    ("", r"\{-2, -1, 1\}", r"-2 \le n \le 1, n \in \mathbb{Z}"),
    ("", "3, 4, 5", r"exactly the integers with $3 < n\le 5$"),
    ("Find all integers $n$ with this property.", "n > 3", r"n \ge 3"),
    ("For which x is it an integer?", "x > 3", r"x \ge 4"),
    ("Find the integer values of $m$.", "0, 1", r"-\frac34 \le m < \frac74"),
    ("", "0, 1, 2, 3", "all positive integers n with n < 4"),
    ("", r"\{0, 1, 2\}", r"\{n \in \mathbb{N} : n \le 2\}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
