"""4.1: formulas with coefficients that one side has worked out."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    (
        "",
        r"\frac{0.00439743589744 e^{0.8918 x}}{x}",
        r"\frac{0.1 \cdot 0.7^5 e^{2.6 \cdot 0.7^3 x}}{7.8 \cdot 0.7^2 x}",
        "4.1",
        "worked out",
    ),
    ("", r"0.333333333 x", r"\frac{x}{3}", "4.1", "worked out"),
    ("", r"\sqrt{2} x + 1", "1.41421356 x + 1", "4.1", "worked out"),
]

OTHER = [
    (
        "",
        r"\frac{0.00439743589744 e^{0.8918 x}}{x}",
        r"\frac{0.1 \cdot 0.7^5 e^{2.7 \cdot 0.7^3 x}}{7.8 \cdot 0.7^2 x}",
    ),
    ("", r"0.333333333 x", r"\frac{x}{3.0001}"),
    ("", r"0.333333333 x", r"\frac{y}{3}"),
    ("", "0.33 x^2", r"\frac{x^2}{3}"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
