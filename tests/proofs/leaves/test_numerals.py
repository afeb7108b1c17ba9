r"""5.3 and 6.2: numerals that are no figures, and no other ones."""

from tests.proofs.cases import unproved, wrongly_proved

WHICH = "Which of the statements are true?"
DAY = "On which day does the ship arrive?"

SAME = [
    ("", r"\frac{2}{3}", "two thirds", "5.3", "is 2/3"),
    ("", "2.5", "two and a half", "5.3", "is 2+1/2"),
    ("", r"\frac{22}{41}", "22 out of 41", "5.3", "is 22/41"),
    ("", r"\frac{7}{27}", "7 out of 27", "5.3", "is 7/27"),
    ("", "3/8", "3 out of 8", "5.3", "is 3/8"),
    ("", r"\frac{1}{40}", "one fortieth", "5.3", "is 1/40"),
    ("", "2.49", "two and forty-nine hundredths", "5.3", "49/100"),
    (DAY, "15", "15th Day", "5.3", "ordinal"),
    (DAY, "15th day", "15", "5.3", "ordinal"),
    ("Which test number is this?", "5^{th}", "5", "5.3", "ordinal"),
    (WHICH, "①③④", "(1)(3)(4)", "6.2", "both name 1, 3, 4"),
    (WHICH, "①③", "1, 3", "6.2", "both name 1, 3"),
    (WHICH, "(1)(4)", "①④", "6.2", "both name 1, 4"),
]

OTHER = [
    ("", r"\frac{2}{3}", "three halves"),
    ("", r"\frac{1}{5}", "fifth"),
    ("", "2.5", "two and a third"),
    ("", r"\frac{22}{41}", "22 out of 42"),
    ("", r"\frac{7}{27}", "27 out of 7"),
    ("", "3/8", "3 out of 9"),
    ("", r"\frac{1}{40}", "fortieth"),
    ("", r"\frac{20}{5}", "twenty fifth"),
    (DAY, "15", "16th Day"),
    (DAY, "15", "15th hour"),
    ("How many days?", "5", "fifth"),
    ("Which test number is this?", "5^{th}", "6"),
    (WHICH, "①③④", "(1)(3)"),
    (WHICH, "(1)(3)(4)", "(3)(4)"),
    (WHICH, "①②", "12"),
    (WHICH, "①③", "1, 4"),
    ("Arrange the steps in order.", "①③", "③①"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []
