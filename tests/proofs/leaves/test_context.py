"""1.5: nobody takes the k of 2kπ for anything but an integer; a condition on the unknown counts."""

from tests.proofs.cases import unproved, wrongly_proved

POSITIVE = "Find all $f$ with $f(x)f(y) = 2f(x)$ for all $x > 0$."
FROM_TWO = r"Determine $N(n)$ for all $n \geq 2$."

SAME = [
    ("", r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{4} + k\pi", "1.5", ""),
    ("", r"k\pi", r"k\pi, \text{ where } k \text{ is an integer}", "1.5", ""),
    (
        "",
        r"(2k\pi, 2k\pi + \pi), \text{ where } k\in \mathbb{Z}.",
        r"(2k\pi, 2k\pi + \pi) (k ∈ ℤ)",
        "1.5",
        "",
    ),
    ("", r"3n \text{ for any integer } n", "3n", "1.5", ""),
    ("", r"2^k \pi, k \in \mathbb{Z}", r"2^k \pi", "1.5", "goes without saying"),
    ("", r"3^{-n}, n \in \mathbb{Z}", "3^{-n}", "1.5", "goes without saying"),
    (
        "",
        r"\cos(2k\pi), \text{ where } k \text{ is an integer}",
        r"\cos(2k\pi)",
        "1.5",
        "goes without saying",
    ),
    ("", r"5^{m} - 1, m \in \mathbb{Z}", "5^{m} - 1", "1.5", "goes without saying"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for all x > 0", "1.5", "goes without saying"),
    (
        FROM_TWO,
        r"\lfloor 2n/3 \rfloor + 1",
        r"\lfloor 2n/3 \rfloor + 1 for all $n \ge 2$",
        "1.5",
        "goes without",
    ),
    ("Simplify.", r"\frac{6}{a+3}", r"\frac{6}{a+3}, a \neq -3", "1.5", "goes without saying"),
    ("Find all functions $f$ on the positive rationals.", "f(x)=1", "f(x)=1 for all positive x", "1.5", ""),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for every x", "1.5", "goes without saying"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for any x", "1.5", "goes without saying"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for each x", "1.5", "goes without saying"),
]

OTHER = [
    ("", r"-3 < n < 5, n \in \mathbb{Z}", "-3 < n < 5"),
    ("", r"k\pi, k \in \mathbb{Z}", r"k\pi, k \in \mathbb{N}"),
    ("", r"k\pi, k \in \mathbb{Z}", r"2k\pi, k \in \mathbb{Z}"),
    ("", r"2n < 8, n \in \mathbb{Z}", "2n < 8"),
    ("", r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{3} + k\pi"),
    ("", r"x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}", r"x = \frac{\pi}{4} + 2k\pi"),
    ("", r"3n \text{ for any integer } n", "3n + 1"),
    ("", r"k\pi, k \in \mathbb{Z}", r"\pi"),
    ("", r"2^k \pi, k \in \mathbb{Z}", r"2^{-k} \pi"),
    ("", r"3^{-n}, n \in \mathbb{N}", "3^{-n}"),
    ("", r"\cos(2k\pi), \text{ where } k \text{ is an integer}", r"\cos(3k\pi)"),
    ("", r"5^{m} - 1, m \in \mathbb{Z}", "5^{m} + 1"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for all x > 1"),
    (POSITIVE, "f(x) = 2", "f(x) = 3 for all x > 0"),
    (FROM_TWO, r"\lfloor 2n/3 \rfloor + 1", r"\lfloor 2n/3 \rfloor + 1 for all $n \ge 3$"),
    ("Simplify.", r"\frac{6}{a+3}", r"\frac{6}{a-3}, a \neq 3"),
    ("", "x > 2", r"x > 2, x \neq 3"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for some x"),
    (POSITIVE, "f(x) = 2", "f(x) = 2 for negative x"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
