"""1.5 and 7.1: conditions that go without saying, and those that do not."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    (
        "Solve the equation $ax+b=c$ for $x$.",
        r"x=\frac{c-b}{a}",
        r"x = (c-b)/a, a \ne 0",
        "1.5",
        "goes without saying",
    ),
    (
        r"Simplify $\frac{1-\frac{2x}{3x-4}}{x-\frac{32}{3x-4}}$.",
        r"\frac{1}{3x+8}",
        r"1/(3x+8), x \ne 4",
        "1.5",
        "goes without saying",
    ),
    ("Simplify.", r"\frac{6}{a+3}", r"$\frac{6}{3+a}$, $a \neq -3$", "1.5", "goes without saying"),
    ("Simplify.", r"2\sqrt[4]{4n^3}", r"2\sqrt[4]{4n^3} for $n\ge 0$", "1.5", "goes without saying"),
    (
        "Find all functions from the positive real numbers to the positive real numbers.",
        "f(x) = 2",
        "f(x) = 2 for all x > 0",
        "1.5",
        "goes without saying",
    ),
    (
        "Find a formula for the sequence.",
        r"a_n = \frac{1}{n}",
        "a_n = 1/n (n ≥ 1)",
        "1.5",
        "goes without saying",
    ),
    ("Find $f(x)$ for $x > 3$.", "f(x) = x^2", "f(x) = x^2, x > 3", "1.5", "goes without saying"),
    ("Find all f.", "f(x) = c", "f(x) = c for all real x", "1.5", "goes without saying"),
    ("", "f(x) = x^2, x > 0", "f(x) = x^2 for 0 < x", "1.5", "both where"),
    ("", r"P(x) = (x+2)^n, n \in \mathbb{Z}^+", "P(x) = (2+x)^n, n = 1, 2, 3, ...", "7.1", "both for n"),
    ("", r"P(x) = (x+2)^n, n \in \mathbb{Z}^+", "(x+2)^k for positive integers k", "7.1", "'k' for 'n'"),
    ("", r"x^m with m = 0, 1, 2, \ldots", "x^k, k a nonnegative integer", "7.1", "'k' for 'm'"),
    (
        "",
        r"P(x) = a(x^2 - x) for a \in \mathbb{R}",
        "P(x) = c x(x-1), c any real constant",
        "7.1",
        "'c' for 'a'",
    ),
    (
        "Find a formula for the sequence.",
        "(3/2)^{n-1}",
        r"(3/2)^{n-1}, n \in \mathbb{N}^*",
        "1.5",
        "goes without saying",
    ),
]

OTHER = [
    ("Solve the equation $ax+b=c$ for $x$.", r"x=\frac{c-b}{a}", r"x = (c-b)/a, b \ne 0"),
    (r"Simplify $\frac{1-\frac{2x}{3x-4}}{x-\frac{32}{3x-4}}$.", r"\frac{1}{3x+8}", r"1/(3x+8), x \ne 5"),
    ("Simplify.", r"2\sqrt[4]{4n^3}", r"2\sqrt[4]{4n^3} for $n\ge 1$"),
    (
        "Find all functions from the positive real numbers to the positive real numbers.",
        "f(x) = 2",
        "f(x) = 2 for all x > 1",
    ),
    ("Find f.", "f(x) = 2x", "f(x)=2x, x > 0"),
    ("Find a formula for the sequence.", r"a_n = \frac{1}{n}", "a_n = 1/n (n ≥ 2)"),
    ("Find $f(x)$ for $x > 3$.", "f(x) = x^2", "f(x) = x^2, x > 2"),
    ("", "f(x) = x^2, x > 0", "f(x) = x^2 for x > 1"),
    ("", "f(x) = x^2, x > 0", "f(x) = x^3 for x > 0"),
    ("", "x = 3", "x = 3, y > 0"),
    ("", r"P(x) = (x+2)^n, n \in \mathbb{Z}^+", "P(x) = (x+2)^n, n = 0, 1, 2, ..."),
    ("", r"P(x) = (x+2)^n, n \in \mathbb{Z}^+", r"P(x) = (x+2)^n, n \in \mathbb{Z}"),
    ("", r"P(x) = (x+2)^n, n \in \mathbb{Z}^+", "(x-1)^k for positive integers k"),
    ("", r"P(x) = a(x^2 - x) for a \in \mathbb{R}", "P(x) = c x(x+1), c any real constant"),
    ("Let $c$ be given.", r"P(x) = a(x^2 - x) for a \in \mathbb{R}", "P(x) = c x(x-1), c any real constant"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
