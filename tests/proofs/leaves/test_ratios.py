"""2.2: ratios, where one is asked for, and no score or time of the day."""

from tests.proofs.cases import unproved, wrongly_proved

RATIO = "What is the ratio of boys to girls?"

SAME = [
    (RATIO, "2:1", "2/1", "2.2", "as a quotient"),
    (RATIO, "2:1", "4 : 2", "2.2", "the same ratio"),
    (RATIO, "2:1", r"2 \text{ to } 1", "2.2", "the ratio 2:1"),
    (RATIO, r"\frac{3}{2}", "3:2", "2.2", "as a quotient"),
    ("Give the ratio in simplest form.", r"\frac{3}{2}", "3:2", "2.2", "as a quotient"),
    (RATIO, "1:2:3", "2:4:6", "2.2", "the same ratio"),
]

OTHER = [
    (RATIO, "2:1", "1:2"),
    (RATIO, "2:1", "1/2"),
    (RATIO, "2:1", "4:1"),
    (RATIO, "1:2:3", "1:2:4"),
    ("Give the ratio in simplest form.", "2:1", "4:2"),
    ("What was the score?", "2:1", "4:2"),
    ("What is the ratio of the lengths, in meters?", "3:1", "3:1 m"),
    ("At what time do they meet?", "10:40", "1/4"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
