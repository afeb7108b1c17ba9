"""Answers in formulas: over several lines, several of them, in parts and in rows."""

import pytest

from tinyv_cli.maths.answers import find_answer

WORK = "First we look for the two limits of the function, one after the other.\n\n"
FORMULAS = [
    ("Hence\n\\begin{align}\ny &= x + 1\n\\end{align}", "y = x + 1"),
    ("Hence\n\\begin{equation*}\ny = x^2\n\\end{equation*}", "y = x^2"),
    (
        "Therefore, near 0\n\n$$y = 1 + x$$\n\nand for large $x$\n\n$$y = x^2$$",
        "Therefore, near 0 $$y = 1 + x$$ and for large $x$ $$y = x^2$$",
    ),
    ("Thus, the area is:\n\n$$\\frac{3}{4}$$\n\nThis is less than one.", "\\frac{3}{4}"),
    ("Therefore, the components are:\n\na_x = 3 m\na_y = 4 m", "a_x = 3 m; a_y = 4 m"),
    ("Limit for small x: 1 + x\nLimit for large x: x^2", "Limit for small x: 1 + x; Limit for large x: x^2"),
    ("1 0 2\n0 1 3", "1 0 2\n0 1 3"),
    ("x = 2y\n\nwhere y = 5", "x = 2y"),
]
NONE = [
    "Therefore\n\\[\ny = x + ",
    "Thus\n\\begin{align}\ny &= 3",
    "-x = -4",
    "\\ln y = 3x + c",
    "x^2 + 1 \\leq 2x + y",
    "Total = $90 - $10",
    "We can rewrite this as:\n\n$$y^2 = 4x$$",
    "so that we obtain ∫",
]


@pytest.mark.parametrize(("response", "answer"), FORMULAS)
def test_formulas(response: str, answer: str) -> None:
    """The formula, all of them where the conclusion has several, or the lines that name the parts."""
    assert find_answer(WORK + response).text == answer


@pytest.mark.parametrize("response", NONE)
def test_steps(response: str) -> None:
    """A step of a derivation, and one that breaks off, is no answer."""
    assert find_answer(WORK + response).text is None
