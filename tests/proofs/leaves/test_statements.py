"""5.1: a sentence states what is asked for, in the words of the question; another quantity is not it."""

from tests.proofs.cases import unproved, wrongly_proved

MAXIMUM = r"Find the maximum value of $g(x)$ on the interval."
EXPONENT = r"Given that $xyz = 2^k$, compute $k$."
AREA = "What is the area of the triangle $ABC$?"
SUM = "What is $m+n$?"

SAME = [
    (MAXIMUM, r"\frac{11}{4}", r"The maximum value of g(x) is \dfrac{11}{4}.", "5.1", ""),
    (MAXIMUM, "7", "The greatest value is 7, attained at x = 1", "5.1", ""),
    (MAXIMUM, "7", "max = 7 (when x = 1)", "5.1", ""),
    (EXPONENT, r"\frac{66}{7}", "xyz = 2^{66/7}, so k = 66/7", "5.1", ""),
    (EXPONENT, "9.5", "19/2, i.e. 9.5", "5.1", ""),
    (AREA, "12", "The area of triangle ABC is 12", "5.1", ""),
    (AREA, "12", "The area is twelve", "5.1", ""),
    (AREA, "12", "The base is 4 and the height is 6, so the area is 12", "5.1", ""),
    ("What are the coordinates of $T_1$?", "(-5,-3)", "The coordinates of T_1 are (-5, -3)", "5.1", ""),
    ("Find all functions $f$.", "f(x)=2x", "The only such function is f(x)=2x", "5.1", ""),
]

OTHER = [
    ("Find the minimum value.", "2", r"\text{The maximum value is } 2"),
    (MAXIMUM, "7", "The minimum value is 7"),
    (MAXIMUM, "7", "The greatest value is not 7"),
    (MAXIMUM, "7", "The greatest value is 7 or 8"),
    (EXPONENT, "9.5", "xyz = 9.5, so k = 8"),
    (EXPONENT, "9.5", "If k = 8, so xyz = 9.5"),
    (AREA, "12", "The perimeter is 12"),
    (AREA, "12", "The area of triangle ABD is 12"),
    (AREA, "12", "The area of the square is 12"),
    (SUM, "5", "m = 5"),
    (SUM, "5", "The value of m is 5"),
    ("What is the mean?", "4", r"\text{median} = 4"),
    ("What is the mean of the numbers?", "4", "The median of the numbers is 4"),
    ("Find the radius.", "3", "The diameter is 3"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
