"""Answers in other forms: what people write, each proved to be equal or left out."""

import pytest

from tinyv_cli.proofs import prove
from tinyv_cli.proofs.backwards import FORMS, MOST_CHARS, variants
from tinyv_cli.proofs.policy import Policy

EXACT = Policy(rounds=False)

# For each answer some of its forms, each equal to it.
PROVED = {
    r"\frac{3}{2}": [
        "3/2",
        r"\frac32",
        r"\dfrac{3}{2}",
        "1.5",
        r"x = \frac{3}{2}",
        r"1\frac{1}{2}",
        "1 1/2",
        "$\\frac{3}{2}$",
    ],
    "1.5": [r"\frac{3}{2}", "3/2"],
    "-0.25": [r"-\frac{1}{4}", "-1/4"],
    "1234567": ["1,234,567", "1{,}234{,}567", r"1\,234\,567"],
    "42": ["forty-two", "x = 42"],
    "B": ["(B)", r"\text{B}", r"\textbf{(B)}"],
    r"2\pi": ["2π", "2pi"],
    r"(-\infty, 2]": [r"x \le 2", "(−∞, 2]"],
    "[1, 3)": [r"1 \le x < 3"],
    "x > 3": [r"(3, \infty)"],
    r"\{1, 2, 3\}": [r"\{3, 2, 1\}", "1, 2, 3"],
    "1, 2": ["1 and 2", r"\{1, 2\}"],
    r"5 \text{ cm}": ["5", "5 cm", "5cm"],
    r"45^\circ": ["45°", "45 degrees", "45"],
    r"15\%": ["15%", "15 percent"],
    "x = 3": ["3"],
    "y = 2x + 1": ["2x + 1 = y", "y - (2x + 1) = 0", "2x + 1"],
    "x^2 + 1": ["1 + x^2", "x**2 + 1", "x² + 1"],
    r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}": [r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"],
    r"\text{No solution}": ["No solution", "no solution"],
}
# What is made and is no longer the same, so that nobody is shown it.
REFUSED = {
    "(1, 2)": ["(2, 1)", "[1, 2]"],
    "[1, 3)": ["[3, 1)", "(1, 3)"],
    "x^2 + 1": ["x = x^2 + 1"],
}


@pytest.mark.parametrize(
    ("answer", "variant"), [(each, form) for each, forms in PROVED.items() for form in forms]
)
def test_proved(answer: str, variant: str) -> None:
    """What is made of an answer is proved to be equal to it."""
    assert variant in {made for _, made in variants(answer)}
    assert prove("", answer, variant, EXACT) is not None


@pytest.mark.parametrize(
    ("answer", "variant"), [(each, form) for each, forms in REFUSED.items() for form in forms]
)
def test_not_proved(answer: str, variant: str) -> None:
    """What is made and is another answer is not proved."""
    assert variant in {made for _, made in variants(answer)}
    assert prove("", answer, variant, EXACT) is None


def test_every_form_makes_something() -> None:
    """No form is there that none of these answers has."""
    assert {name for answer in PROVED for name, _ in variants(answer)} == set(FORMS)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " ",
        "=",
        "(",
        r"\frac{1}{",
        "$",
        "[,]",
        "x = ",
        "9" * 400,
        "1/0",
        r"\frac{0}{0}",
        "((((",
        "%",
        "{,}",
    ],
)
def test_odd_texts(answer: str) -> None:
    """Of anything variants can be asked for; none is blank, twice there, or the answer itself."""
    made = [variant for _, variant in variants(answer)]
    assert all(made) and len(set(made)) == len(made) and answer.strip() not in made
    assert not made or len(answer) <= MOST_CHARS
