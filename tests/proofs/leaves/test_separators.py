"""5.4: words between the elements of a list; between numbers or conditions they say more."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"1 \text{ and } 3", "1, 3", "5.4", ""),
    ("", "1; 3", "1, 3", "5.4", ""),
    ("", r"2, 3, \text{ and } 4", "2, 3, 4", "5.4", ""),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 5, 15)", "5.4", ""),
    ("Solve for $x$.", "1, 2", "1和2", "5.4", "stand for commas"),
    ("Solve for $x$.", "1, 2", "1或2", "5.4", "stand for commas"),
    ("Solve for $x$.", "1, 2", "1 und 2", "5.4", "stand for commas"),
    ("Solve for $x$.", "1, 2", "1 y 2", "5.4", "stand for commas"),
    ("Solve for $x$.", "1, 2", "1 и 2", "5.4", "stand for commas"),
    ("", "6, 4, 0", "6 4 0", "6.3", "space between numbers"),
    ("", "[9, 4, -2]", "9 4 -2", "6.3", "space between numbers"),
    ("", "1.5 2", "1.5, 2", "6.3", "space between numbers"),
]

OTHER = [
    ("", "1, 3", "1 and 4"),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 15, 5)"),
    ("", "(1, 3)", "1; 3; 5"),
    ("", "x > 2 and x < 5", "x > 2 or x < 5"),
    ("", "13", "1 and 3"),
    ("", "1", "1 or"),
    ("Solve for $x$.", "1, 2", "1和3"),
    ("Which?", "1 和 2", "1 或 2"),
    ("Solve for $x$.", "1, 2", "1 und"),
    ("", "6, 4, 0", "6 0 4"),
    ("", "6, 4, 0", "64 0"),
    ("", "[9, 4, -2]", "9 4 2"),
    ("", "1.5 2", "1.5, 2, 3"),
    ("How many of each?", "7, 4", "7 goats and 4 sheep"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
