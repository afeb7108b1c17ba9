"""The same on what it says it rests on; different with a point where it can be seen; else unknown."""

import pytest

from tinyv_cli.maths.domains import ANYWHERE, domain_of
from tinyv_cli.maths.equality import Comparison, Outcome, compare
from tinyv_cli.maths.reading import read

POLYNOMIALS, NUMBERS, INTERVALS = "as polynomials, exactly", "as algebraic numbers, exactly", "within every"
KINKS = "on both sides of every kink"

SAME = [
    ("(x+1)^2", "x^2+2x+1", POLYNOMIALS),
    (r"\frac{1}{x}+\frac{1}{y}", r"\frac{x+y}{xy}", "as quotients of polynomials, exactly"),
    ("(x+1)^{20}(y-x)", "(y-x)(1+x)^{20}", POLYNOMIALS),
    ("(x+i)(x-i)", "x^2+1", POLYNOMIALS),
    (r"\sqrt{2x+2}+1", r"1+\sqrt{2(x+1)}", "in the letters, roots and functions they have, exactly"),
    ("6/4", "1.5", "as fractions, exactly"),
    ("(1+i)^8", "16", "as numbers, exactly"),
    (r"\sqrt{5+2\sqrt{6}}", r"\sqrt{2}+\sqrt{3}", NUMBERS),
    (r"\sqrt[3]{2+\sqrt5}+\sqrt[3]{2-\sqrt5}", "1", NUMBERS),
    (r"\cos\frac{\pi}{7}\cos\frac{2\pi}{7}\cos\frac{3\pi}{7}", r"\frac18", NUMBERS),
    (r"\tan\frac{3\pi}{11}+4\sin\frac{2\pi}{11}", r"\sqrt{11}", NUMBERS),
    (r"\cos 36^\circ", r"\frac{1+\sqrt5}{4}", NUMBERS),
    (r"4\arctan\frac15-\arctan\frac1{239}", r"\frac{\pi}{4}", INTERVALS),
    (r"\log_2 3 \cdot \log_3 8", "3", INTERVALS),
    (r"\cos^2 x", r"\frac{1+\cos 2x}{2}", "points of all sizes and signs"),
    (r"\max(x, 7)", r"\frac{x+7+|x-7|}{2}", KINKS),
    (r"\sqrt{x^2-2000x+1000000}", "|x-1000|", KINKS),
    (r"\lfloor \frac{n+6}{7} \rfloor", r"\lceil \frac n7 \rceil", KINKS),
    (r"\binom{n}{k}", r"\frac{n!}{k!(n-k)!}", "points"),
    ("(-1)^n", r"\cos(n\pi)", KINKS),
    (r"\sqrt[3]{x}", "x^{1/3}", KINKS),
    ("x \\bmod 3", r"x - 3\lfloor x/3 \rfloor", KINKS),
]


def _compared(first: str, second: str, question: str = "") -> Comparison:
    ours, theirs = read(first), read(second)
    assert ours is not None
    assert theirs is not None
    return compare(ours, theirs, domain_of(question) if question else ANYWHERE)


@pytest.mark.parametrize(("first", "second", "basis"), SAME)
def test_same(first: str, second: str, basis: str) -> None:
    """Both ways round, and it is said from what that is known."""
    for found in (_compared(first, second), _compared(second, first)):
        assert (found.outcome, basis in found.basis) == (Outcome.SAME, True), found


DIFFERENT_EVERYWHERE = [
    ("e^{100}+1", "e^{100}"),
    (r"\tanh(50)", "1"),
    (r"\sqrt2", r"\sqrt2+10^{-200}"),
    ("262537412640768744", r"e^{\pi\sqrt{163}}"),
    ("(2+\\sqrt3)^{300}", "(2+\\sqrt3)^{300}+(2-\\sqrt3)^{300}"),
    ("x(1+10^{-35})", "x"),
    (r"\sqrt{x^2+1}+10^{-50}", r"\sqrt{x^2+1}"),
    ("x^2", "x^3+1"),
    ("2^{x}", "3^{x}"),
    (r"\frac{x}{2}", r"\frac{x}{3}"),
]
DIFFERENT = [
    ("|x+5|", "x+5"),
    ("|x-5|", "5-x"),
    (r"\sqrt{x^2-8x+16}", "4-x"),
    ("|x-4|+|x+4|", "8"),
    (r"\max(x, 5)", "5"),
    (r"\lfloor n/7 \rfloor", r"\lfloor n/6 \rfloor"),
    (r"\arcsin(\sin(x/2))", "x/2"),
    (r"\frac{|x-70000|}{x-70000}", "-1"),
    ("|x-y|+|y-z|", "|x-z|"),
    (r"\lfloor n+1 \rfloor", "n+1"),
    (r"\lfloor\log_2 n\rfloor+1", r"\lceil\log_2 n\rceil"),
    (r"\lfloor x/9 \rfloor", r"\lceil x/9 \rceil - 1"),
    (r"\lfloor\sqrt n\rfloor", r"\lceil\sqrt n\rceil-1"),
    (r"\sin(k\pi)", "0"),
]
UNKNOWN = [
    (r"\ln(x^2)", r"2\ln x"),
    (r"\ln((x-10)^2)", r"2\ln(10-x)"),
    (r"\sqrt{ab}", r"\sqrt a\sqrt b"),
    (r"\lfloor \sin^2 x \rfloor", "0"),
    (r"\lfloor \ln x \rfloor", r"\lceil \ln x \rceil - 1"),
    ("f(2x+2)", "2f(x+1)"),
    ("(-8)^{1/3}", "-2"),
    ("1/0", "2/0"),
]


@pytest.mark.parametrize(("first", "second"), DIFFERENT_EVERYWHERE)
def test_different_at_all_points(first: str, second: str) -> None:
    """Nothing that a question could say of one letter makes them the same; there are values to be said."""
    found = _compared(first, second)
    assert (found.outcome, found.everywhere) == (Outcome.DIFFERENT, True), found
    assert all(found.values)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_at_some_points(first: str, second: str) -> None:
    """A condition on the letters might make them the same; the point says where they are not."""
    found = _compared(first, second)
    assert (found.outcome, found.everywhere) == (Outcome.DIFFERENT, False), found
    assert found.point
    assert found.values[0] != found.values[1]


@pytest.mark.parametrize(("first", "second"), UNKNOWN)
def test_unknown(first: str, second: str) -> None:
    """Where one has no value, where the letters may be anything, or where a convention decides."""
    assert _compared(first, second).outcome is Outcome.UNKNOWN


IN_DOMAINS = [
    ("Simplify for $x < 5$.", "|x-5|", "5-x", Outcome.SAME),
    ("Simplify for $x < 6$.", "|x-5|", "5-x", Outcome.DIFFERENT),
    ("Let $a$ and $b$ be positive.", r"\sqrt{a^2b}", r"a\sqrt b", Outcome.SAME),
    ("Let $a$ be negative, $b > 0$.", r"\sqrt{a^2b}", r"a\sqrt b", Outcome.DIFFERENT),
    ("Here $x > 0$.", r"\ln(x^2)", r"2\ln x", Outcome.SAME),
    ("A sphere of radius $r$", r"\sqrt{r^2}", "r", Outcome.SAME),
    ("Let $0 < t < \\pi$.", r"\sqrt{1-\cos^2 t}", r"\sin t", Outcome.SAME),
    ("Let $0 < t < 4$.", r"\sqrt{1-\cos^2 t}", r"\sin t", Outcome.DIFFERENT),
    ("Let $k$ be an integer.", r"\sin(k\pi)", "0", Outcome.SAME),
    ("", r"\sin(k\pi)", "0", Outcome.DIFFERENT),
]


@pytest.mark.parametrize(("question", "first", "second", "outcome"), IN_DOMAINS)
def test_over_what_the_question_states(question: str, first: str, second: str, outcome: Outcome) -> None:
    """Only there they are compared."""
    assert _compared(first, second, question).outcome is outcome


def test_long_polynomials_take_no_time() -> None:
    """Of degree 21 with coefficients of 25 digits, to the last digit."""
    factors = ["(9905*x**3 + 1737*x**2 - 6336)", "(10464*x**7 - 9438)", "(16839*x**11 + 901*x - 8684)"]
    product = "*".join(factors)
    assert _compared(product, "*".join(reversed(factors))).basis == POLYNOMIALS
    assert _compared(f"{product} + 10^(-25)*x", product).outcome is Outcome.DIFFERENT
