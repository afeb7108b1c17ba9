"""What is read as what: derivatives, applied functions, sequences, repeating digits."""

import pytest

from tinyv_cli.maths.reading import read

ONE_EXPRESSION = [  # in two notations
    (r"\frac{dy}{dx}", "dy/dx"),
    (r"\frac{\mathrm{d}y}{\mathrm{d}x}", r"\frac{dy}{dx}"),
    (r"y^{\prime}", "y'"),
    (r"x \bmod y", "x mod y"),
    (r"\left\lfloor \frac{n}{2} \right\rfloor", "floor(n/2)"),
    ("⌈x⌉", r"\lceil x \rceil"),
    ("C_5^2", r"\binom{5}{2}"),
    (r"\binom{n}{k}", r"{n \choose k}"),
    (r"[(x+1)(x-1)]^2", "((x+1)(x-1))^2"),
    ("[3]", "3"),
    (r"\int x\cos x \, dx", "Integral(x*cos(x), x)"),
    ("根号7", r"\sqrt{7}"),
    ("Abs(x)", "|x|"),
]
OTHERS = [  # that share all letters
    (r"\frac{dy}{dx}", r"\frac{y}{x}"),
    (r"\frac{d^2y}{dx^2}", r"\frac{dy}{dx}"),
    (r"\frac{\partial f}{\partial x}", r"\frac{df}{dx}"),
    ("y'", "y"),
    ("2x dx", "2dx^2"),
    ("x mod y", "y mod x"),
    ("f(x)", "fx"),
    ("P(2)", "2P"),
    ("C_1^2", r"\binom{1}{2}"),
    ("C(5, 2)", r"\binom{5}{2}"),
    ("[x+1]", "x+1"),
    (r"\Delta x", r"x\Delta"),
    (r"\log x", r"\ln x"),
]
NO_EXPRESSION = [
    "A B C",
    "b c a",
    "H T H H",
    "HHT TTH",
    "ab cd",
    "A-B-C",
    "m per s",
    "a over b",
    "1.(3)",
    "2.5(4)",
    r"\frac{d}{dx} x",
    "f'(x)",
]


@pytest.mark.parametrize(("first", "second"), ONE_EXPRESSION)
def test_notations(first: str, second: str) -> None:
    """Both are one tree."""
    assert read(first) == read(second) is not None


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_others(first: str, second: str) -> None:
    """Both are read, and not as the same."""
    assert None is not read(first) != read(second) is not None


@pytest.mark.parametrize("text", NO_EXPRESSION)
def test_no_expression(text: str) -> None:
    """As products or differences other orders would be the same."""
    assert read(text) is None
