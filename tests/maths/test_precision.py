"""What precision, form and scale a question asks for, in the words that it has for them."""

from fractions import Fraction

import pytest

from tinyv_cli.maths.precision import Asked, asked, most_digits, scale_asked, wants_a_closed_form

ASKED = [
    ("Give it correct to 3 significant figures.", Asked(significant=3)),
    ("Use two significant digits.", Asked(significant=2)),
    ("Round to 2 decimal places.", Asked(last=-2)),
    ("Round to the nearest hundredth.", Asked(last=-2)),
    ("Round to the nearest ten thousand.", Asked(last=4)),
    ("Round to the nearest 0.1.", Asked(last=-1)),
    ("Round to the nearest whole number.", Asked(last=0)),
    ("Round to the nearest cent.", Asked(last=-2)),
    ("Round to the nearest 5.", Asked()),
    ("Solve to a maximum of 28 significant digits.", Asked()),
    ("Round the first to the nearest tenth, the second to 3 decimals.", Asked()),
    ("How long is it?", Asked()),
]


@pytest.mark.parametrize(("question", "expected"), ASKED)
def test_precision(question: str, expected: Asked) -> None:
    """What is said once counts; a most that is allowed, and what is said twice, count for nothing."""
    assert asked(question) == expected


@pytest.mark.parametrize(
    ("value", "last"),
    [("4213402.4", 4), ("0.00158993", -5), ("999", 0), ("1000", 1), ("-2", -2), ("9.996", -1)],
)
def test_significant_figures(value: str, last: int) -> None:
    """Three figures end where the size of the number says."""
    assert Asked(significant=3).last_of(Fraction(value)) == last


SCALES = [
    ("What was it? (answer scale: thousand)", 1000),
    ("All amounts are in millions of dollars.", 10**6),
    ("How many billion people is that?", 10**9),
    ("Give it in units of $10^{13} \\mathrm{C}$.", 10**13),
    ("It is in millions. What was it? (answer scale: thousand)", 1000),
    ("One table is in thousands, one in millions.", None),
    ("A million people live there.", None),
]


@pytest.mark.parametrize(("question", "expected"), SCALES)
def test_scale(question: str, expected: int | None) -> None:
    """What the question says last and plainest counts; two scales are none."""
    assert scale_asked(question) == expected


FORMS = [
    ("Express your answer as a common fraction.", True),
    ("Find the exact value.", True),
    ("Write it in simplest radical form.", True),
    ("Write the fraction as a decimal.", False),
    ("Exactly three of them are red. What fraction is that?", False),
    ("Three sticks form a triangle. Find its area.", False),
    ("Give a fraction, rounded to two decimals.", False),
]


@pytest.mark.parametrize(("question", "expected"), FORMS)
def test_closed_forms(question: str, expected: bool) -> None:
    """That something is exact, or a fraction, asks for no form."""
    assert wants_a_closed_form(question) is expected


def test_digits_of_the_data() -> None:
    """Only decimals are as precise as they look."""
    assert most_digits("A rod of 2.5 m and one of 0.25 m, 1200 of them.") == 2
    assert most_digits("There are 1200.") == 0


LOWEST = "Simplify the fraction 290/392 to its lowest terms."
FRACTION = "Express your answer as a common fraction."
