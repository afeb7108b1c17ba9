"""2.1: nothing is nothing, however it is said; but no solution is no number."""

from tests.proofs.cases import unproved, wrongly_proved

SAME = [
    ("", r"\emptyset", "no solution", "2.1", "no solution"),
    ("", r"\varnothing", r"\{\}", "2.1", "no solution"),
    ("Find all real x.", "There are no real solutions", "the empty set", "2.1", "no solution"),
    ("Find the limit.", "DNE", "does not exist", "2.1", "no value"),
    ("Find the limit.", "undefined", "The limit does not exist.", "2.1", "no value"),
    ("", r"\text{No solution}", "∅", "2.1", "no solution"),
]

OTHER = [
    ("", r"\emptyset", "0"),
    ("", r"\emptyset", r"\{0\}"),
    ("", r"\varnothing", "one solution"),
    ("Solve it in complex numbers.", "no real solutions", "no solutions"),
    ("Find all real x.", "There are no real solutions", "There are no positive solutions"),
    ("Find the limit.", "DNE", r"\infty"),
    ("Find the limit.", "undefined", "0"),
    ("", r"\emptyset", "No"),
    ("", r"\text{No solution}", "undefined"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []
