"""Antiderivatives, arbitrary constants, factors left open, derivatives that are named."""

from tests.proofs.cases import unproved, wrongly_proved

INTEGRAL = r"Find the indefinite integral of $f$."
EQUATION = "Solve the differential equation."
FACTOR = "Find $U(r)$ up to a multiplicative constant."
RATE = "What is the cross section?"

SAME = [
    (INTEGRAL, "-sin(4*x + 1)**2 + C", "(1/2)*cos(8*x + 2) + C", "3.3", "derivatives in x"),
    (INTEGRAL, "8*x**3/3+12*x**2+18*x + C", "(2*x+3)**3/3 + C", "3.3", "as polynomials, exactly"),
    (INTEGRAL, "Integral(x*cos(x), x) + C", "x*sin(x) + cos(x) + C", "3.3", "exactly"),
    (INTEGRAL, r"\int x e^x\,dx + C", r"(x-1)e^x + c", "3.3", "derivatives"),
    (INTEGRAL, r"\ln(x-4) + C", r"\ln|x-4| + C", "3.3", ""),
    (INTEGRAL, r"\ln|2x| + C", r"\ln|x| + \text{const}", "3.3", ""),
    (INTEGRAL, "x^2 + C", r"F(x) = \frac{(2x+1)^2}{4} - x + K", "3.3", ""),
    ("", r"\tan x + C", r"\frac{\sin x}{\cos x} + 1 + C", "3.3", ""),
    (EQUATION, r"y = C_1 e^x + C_2 e^{-x}", r"y = A e^{-x} + B e^x", "7.1", "'B' for 'C_1'"),
    (EQUATION, r"y = C e^{2x}", r"y = A e^{2x}", "7.1", "'A' for 'C'"),
    (EQUATION, r"y = Cx^2", r"y = c_1 x^2", "7.1", "'c_1' for 'C'"),
    (FACTOR, r"U(r) = -\frac{h^2}{2} \frac{a^2+3}{r^4}", r"\frac{k}{r^4}", "3.1", "factor"),
    (
        FACTOR,
        r"U(r) = -\frac{h^2}{2} \frac{a^2+3}{r^4}",
        r"U \propto \frac{1}{r^4}",
        "3.1",
        "factor without r",
    ),
    (FACTOR, "3r e^{-r}", r"A r e^{-r}", "3.1", "factor"),
    (RATE, r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}", r"\frac{R^2}{9}", "5.2", "dropped"),
    (RATE, r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}", r"\frac{1}{9} R^2", "5.2", "dropped"),
    (RATE, r"R^2", r"d\sigma/d\Omega = R^2", "5.2", "dropped"),
]

OTHER = [
    (INTEGRAL, "-sin(4*x + 1)**2 + C", "(1/2)*cos(8*x + 1) + C"),
    (INTEGRAL, "8*x**3/3+12*x**2+18*x + C", "(2*x+3)**3/6 + C"),
    (INTEGRAL, "8*x**3/3+12*x**2+18*x + C", "8*x**3/3+12*x**2+18*x"),
    (INTEGRAL, "Integral(x*cos(x), x) + C", "x*sin(x) - cos(x) + C"),
    (INTEGRAL, r"\ln|x-4| + C", r"\ln(4-x) + C"),
    (INTEGRAL, r"\ln|x-4| + C", r"\ln(x-4) + C"),
    (INTEGRAL, r"\ln(4-x) + C", r"\ln|x-4| + C"),
    (INTEGRAL, "2x + y + C", "2x + C"),
    (r"Find $f$ with $f(0) = 0$ and $\int f = F$.", "x^2", "x^2 + 3"),
    (r"Evaluate $\int_0^1 x\,dx$.", "x^2", "x^2 + C"),
    ("Which polynomial is it?", "x^2 + C", "x^2 + 5 + C"),
    (EQUATION, r"y = C_1 e^x + C_2 e^{-x}", r"y = A e^{-x} + B e^{2x}"),
    (EQUATION, r"y = C_1 e^x + C_2 e^{-x}", r"y = A e^{-x} + A e^x"),
    (EQUATION, r"y = C e^{2x}", r"y = A e^{3x}"),
    (EQUATION, r"y = C e^{2x}", r"y = e^{2x}"),
    ("Solve the differential equation with the constant $A$.", r"y = C e^{2x}", r"y = A e^{2x}"),
    ("How fast is light in the medium?", r"y = C e^{2x}", r"y = A e^{2x}"),
    (EQUATION, r"y = Cx^2", r"y = C x^3"),
    (FACTOR, r"U(r) = -\frac{h^2}{2} \frac{a^2+3}{r^4}", r"\frac{k}{r^3}"),
    (FACTOR, "3r e^{-r}", "A r e^{-2r}"),
    (FACTOR, "3r e^{-r}", "A"),
    ("Find $U(r)$.", "3r e^{-r}", "A r e^{-r}"),
    (RATE, r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}", r"\frac{R^2}{2}"),
    (RATE, r"\frac{d\sigma}{d\Omega} = \frac{R^2}{9}", r"\frac{R}{4}"),
    (RATE, "R^2", r"d\sigma/d\Omega = 4R^2"),
    ("Which differential equation is it?", r"\frac{dy}{dx} = 2x", "2x"),
    (RATE, r"\frac{dy}{dx} = 2y", "2y"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """Other antiderivatives, other places for constants, other functions; and where nothing is left open."""
    assert wrongly_proved(OTHER) == []
