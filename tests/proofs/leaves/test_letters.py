"""Category 7: only a letter is another one, and the question does not say which it must be."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("Find f(n).", "f(n) = 2n+1", "f(m) = 2m+1", "7.1", "'f(m)' for 'f(n)'"),
    ("Find f(x).", "f(x) = x^2", "g(x) = x^2", "7.1", "'g(x)' for 'f(x)'"),
    ("", "a_n = 2^n", "a_k = 2^k", "7.1", "'a_k' for 'a_n'"),
    ("Find the sequence.", "a_{n} = 2^{n}", "b_k = 2^k", "7.1", "'b_k' for 'a_{n}'"),
    ("", "P(x) = x^3 - 1", "p(x) = x^3-1", "7.4", "'p(x)' for 'P(x)'"),
    ("Solve sin x = 0.", r"k\pi", r"n\pi", "7.1", "'n' for 'k'"),
    ("", r"\frac{\pi}{3} + k\pi", r"\frac{\pi}{3} + m\pi", "7.1", "'m' for 'k'"),
    ("", r"\frac{\pi}{4} + 2\pi k", r"2n\pi + \frac{\pi}{4}", "7.1", "'n' for 'k'"),
    ("", r"x = 2k\pi, k \in \mathbb{Z}", r"x = 2n\pi", "1.5", "'n' for 'k'"),
    ("Find the integral.", r"\frac{x^2}{2} + C", "0.5x^2 + c", "7.1", "'c' for 'C'"),
    ("The roots are $x_1$ and $x_2$. Find $y$.", "x_1 + 2", "x1 + 2", "7.2", "subscripts"),
    ("Express it by $a_{1}$.", "2a1", "2a_{1}", "7.2", "subscripts"),
    ("Let $a_1$ and $a_2$ be roots.", "a_1 - a_2", "a1 - a2", "7.2", "subscripts"),
]

OTHER = [
    ("", r"\frac{\pi}{3} + k\pi", r"\frac{\pi}{6} + m\pi"),
    ("Find f(n).", "f(n) = 2n+1", "f(m) = 2n+1"),
    ("Find f(n).", "f(n) = 2n+1", "f(m) = 2m-1"),
    ("Given m, find f(n).", "f(n) = 2n+1", "f(m) = 2m+1"),
    ("Given g(x), find f(x).", "f(x) = x^2", "g(x) = x^2"),
    ("", "f(x) = x^2", "z = x^2"),
    ("", "f(x) = x^2", "g(x) = x^2"),
    ("", "f(x) = mx", "f(m) = mx"),
    ("", "f(n) = 2n+k", "f(k) = 2k+k"),
    ("", "a_n = 2^n", "a(k) = 2^k"),
    ("", "y = x^2", "z = x^2"),
    ("", "P(x) = x^3 - 1", "p(x) = x^3+1"),
    ("For which k?", r"k\pi", r"n\pi"),
    ("For which n?", r"k\pi", r"n\pi"),
    ("", r"k\pi", r"2n\pi"),
    ("Solve sin x = 0.", r"k\pi", r"2n\pi"),
    ("", r"x = 2k\pi, k \in \mathbb{Z}", r"x = 3n\pi"),
    ("Find the integral.", r"\frac{x^2}{2} + C", "0.5x^2 - 2c"),
    ("", r"k\pi + m", r"n\pi + l"),
    ("", r"(2k\pi, 3k\pi)", r"(2n\pi, 3m\pi)"),
    ("", r"k\pi", r"x\pi"),
    ("", r"2k\pi, k \in \mathbb{Z}", r"2k\pi, k \in \mathbb{N}"),
    ("", r"2k\pi, k \in \mathbb{Z}", r"k\pi, k \in \mathbb{Z}"),
    ("", r"2n\pi, k \in \mathbb{Z}", r"2n\pi"),
    ("", r"-3 < n < 5, n \in \mathbb{Z}", "-3 < n < 5"),
    ("", r"n \geqslant 5, n \in \mathbb{Z}", r"n \geqslant 5"),
    ("", "C", "K"),
    ("", "point m", "point n"),
    ("", "5 m", "5 n"),
    ("", "3 km", "3 kl"),
    ("", "-5 m", "-5 n"),
    ("", r"x^2 + C", "x^2 + x"),
    ("", "x_1 + 2", "x1 + 2"),
    ("Find $x_1$.", "x_1 + 2", "x2 + 2"),
    ("The roots are $x_1$ and $x_2$. Find $y$.", "x_1 + 2", "x2 + 2"),
    ("Let $a_1$ and $a_2$ be roots.", "a_1 - a_2", "a2 - a1"),
    ("Express it by $a_{1}$.", "2a1", "3a_{1}"),
    ("", "x_{12}", "x1"),
    ("", "x_1 + x_2", "x1 + x1"),
    ("", "a_1 + 2", "b1 + 2"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME, leading=True) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
