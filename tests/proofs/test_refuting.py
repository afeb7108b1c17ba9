"""Disproofs: only of what no rounding, no unit and no other reading makes the same."""

from tinyv_cli.proofs.refuting import refute

REFUTED = [
    ("4", "19", "19 is not 4"),
    ("4", "-4", "-4 is not 4"),
    (r"\frac{1}{3}", r"\frac{2}{3}", "0.666667 is not 0.333333"),
    ("0", "5", "5 is not 0"),
    (r"\sqrt{2}", r"\sqrt{3}+1", "is not 1.41421"),
    (r"\{1, 2\}", r"\{1, 5\}", "5 is not 1 or 2"),
    ("(1, 2)", "(4, 2)", "4 is not 1 or 2"),
]

NOT_REFUTED = [
    ("4", "4"),
    ("4", "4.1"),
    ("100", "101"),
    ("0.25", "25"),
    ("1500", "1.5"),
    (r"\frac{\pi}{3}", "60"),
    ("90", "1.5"),
    ("2", "120"),
    ("3", "36"),
    ("4", "19 cm"),
    ("4 cm", "19"),
    (r"4\%", "19"),
    (r"4^\circ", "19"),
    ("x", "19"),
    ("4", "19x"),
    ("4", "nineteen"),
    ("4", "4, 4"),
    ("(1, 2)", "(2, 1)"),
    ("1,234", "5"),
    ("12,345,678", "5"),
    ("1.2, 3", "1.21, 3"),
    ("1,22", "5.1, 7"),
    ("1, 2", "1"),
    ("2", "1, 2"),
    ("1.5", "1 1/2"),
    ("1998/2001", "1998"),
    ("1135-1154", "1135"),
    ("4", "1/0"),
    ("4", "i"),
    ("", "4"),
    ("4", ""),
    ("4", "9^{9^{9^9}}"),
    ("4", r"\binom{10^{500}}{10^{400}}"),
]


def test_refuted() -> None:
    """Numbers that have nothing to do with each other, and sets of which one has what the other has not."""
    assert [row for row in REFUTED if row[2] not in (refute("", *row[:2]) or "")] == []


def test_not_refuted() -> None:
    """Rounded, in another unit, in percent, in another order, or not a number: that is not for us to say."""
    assert [pair for pair in NOT_REFUTED if refute("", *pair) is not None] == []
