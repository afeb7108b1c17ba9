"""2.5: a decimal comma and digits in groups, and no lists of numbers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.proofs import prove

SAME = [
    ("", "3.14", "3,14", "2.5", "decimal point"),
    ("", "3,14", "3.14", "2.5", "decimal point"),
    ("", "(1.5, 2.5)", "(1,5; 2,5)", "6.3", "decimal point"),
    ("", "1234", "1,234", "2.5", "groups of three"),
    ("", "1234567", "1{,}234{,}567", "2.5", "groups of three"),
    ("", r"1{,}234", "1234", "2.5", "groups of three"),
    ("", "1 234.5", "1234.5", "2.5", "groups of three"),
    ("", r"24, 28, 3200", r"24, 28, 3,\!200", "2.5", "groups of three"),
    ("", "3600x", "3{,}600x", "2.5", "groups of three"),
    ("", r"1234\sqrt{2}", r"1,234\sqrt{2}", "2.5", "groups of three"),
    ("", "1234.5", "1.234,5", "2.5", "groups of three"),
    ("", "1234567", "1.234.567", "2.5", "groups of three"),
    ("Wie groß ist die Summe von 1,5 und 2?", "3,5", "3.5", "2.5", "decimal point"),
    ("Find the length.", "3,14 m", "3.14 m", "2.5", "decimal point"),
]

OTHER = [
    ("", "3.14", "3,15"),
    ("", "3.14", "31,4"),
    ("", "(1.5, 2.5)", "(1,5; 2,6)"),
    ("", "1.234", "1,234"),
    ("", "1234", "1.234"),
    ("", "12.34", "12, 34"),
    ("", "1234", "1,235"),
    ("", "1234", "12,34"),
    ("", "1234", "1,2340"),
    ("", "10.5", "1,050"),
    ("", "3600x", "3{,}60x"),
    ("", r"1234\sqrt{2}", r"1,235\sqrt{2}"),
    ("", "1234.5", "1.234,6"),
    ("", "1234567", "1.234.568"),
    ("Find the length.", "3,14 m", "3.15 m"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved, whichever of the two is the gold."""
    assert wrongly_proved(OTHER, turned=True) == []


LISTS = [
    ("What are the two numbers?", "27,93", "27.93"),
    ("How many pounds of each should be used?", "2,3", "2.3"),
    ("Find all values of x.", "3,14", "3.14"),
]


def test_lists() -> None:
    """Where several numbers are asked for a gold with a comma has two of them."""
    assert wrongly_proved(LISTS) == []


@settings(deadline=None)
@given(st.integers(1000, 10**9), st.sampled_from([",", r"\,", "{,}", r",\!", " "]), st.data())
def test_groups_of_digits(number: int, separator: str, data: st.DataObject) -> None:
    """The same digits are proved; one other digit is not."""
    grouped = f"{number:,}".replace(",", separator)
    assert prove("", str(number), grouped) is not None
    other = number + data.draw(st.sampled_from([-1, 1, 10, 1000]))
    assert prove("", str(other), grouped) is None
    assert prove("", str(number * 10), grouped) is None
