"""2.3: ± written out, and no other sign."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1-\sqrt{19}", "2.3", "± written out"),
    ("", r"1 - \sqrt{19}, 1+\sqrt{19}", r"1 ± \sqrt{19}", "2.3", "± written out"),
    ("", r"\pm 1, -\frac12, \frac32", "1.5, 1, -0.5, -1", "2.3", "± written out"),
    ("", r"\{\pm 2\}", "-2, 2", "2.3", "± written out"),
    ("", r"\pm (1-x)", r"\pm (x-1)", "3.1", "± written out"),
    ("", r"(5 \pm 3, 4)", "(8, 4), (2, 4)", "2.3", "± written out"),
    ("", r"(\pm 1, \mp 2)", "(1, -2), (-1, 2)", "2.3", "± written out"),
    ("", r"(x, y) = (\pm 1, 2)", "(1, 2) or (-1, 2)", "2.3", "± written out"),
    ("", r"1 \mp \sqrt{3}", r"1+\sqrt{3}, 1-\sqrt{3}", "2.3", "± written out"),
    ("", "f(x) = 1 or f(x) = -1", r"f(x) = \pm 1", "2.3", "± written out"),
]

OTHER = [
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, -1-\sqrt{19}"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}"),
    ("", r"1 \pm \sqrt{19}", r"1+\sqrt{19}, 1+\sqrt{19}"),
    ("", r"\pm 1, \pm 2", r"1, -1, 2"),
    ("", r"\pm 5", "$ $"),
    ("", r"\pm 5", ". . ."),
    ("Give the measurement with its error.", r"5 \pm 1", "4, 6"),
    ("", r"(\pm 1, 2)", "(2, 1), (2, -1)"),
    ("", r"(\pm 1, \mp 2)", "(1, 2), (-1, -2)"),
    ("", r"(\pm 1, \pm 2)", "(1, 2), (-1, -2)"),
    ("", r"(5 \pm 3, 4)", "(8, 4)"),
    ("", r"(5 \pm 3, 4)", "(4, 8), (4, 2)"),
    ("", r"1 \mp \sqrt{3}", r"-1+\sqrt{3}, 1-\sqrt{3}"),
    ("", "f(x) = 1 or g(x) = -1", r"f(x) = \pm 1"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
