"""5.4: words between the elements of a list; between numbers or conditions they say more."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"1 \text{ and } 3", "1, 3", "5.4", ""),
    ("", "1; 3", "1, 3", "5.4", ""),
    ("", r"2, 3, \text{ and } 4", "2, 3, 4", "5.4", ""),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 5, 15)", "5.4", ""),
]

OTHER = [
    ("", "1, 3", "1 and 4"),
    ("", "(2,4,8) and (3,5,15)", "(2, 4, 8), (3, 15, 5)"),
    ("", "(1, 3)", "1; 3; 5"),
    ("", "x > 2 and x < 5", "x > 2 or x < 5"),
    ("", "13", "1 and 3"),
    ("", "1", "1 or"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
