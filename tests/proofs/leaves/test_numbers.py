"""4.2 and 4.4: mixed numbers, repeating decimals, bases, times of the day."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import unproved, wrongly_proved
from tinyv_cli.proofs import prove

SAME = [
    ("", r"\frac{21}{2}", r"10 \text{ and } \frac{1}{2}", "4.4", "mixed number"),
    ("", "1.75", "1 and 3/4", "4.4", "mixed number"),
    ("", r"0.\overline{3}", r"\frac13", "4.2", "repeating"),
    ("", r"\frac{214}{3}", r"71.\overline{3}", "4.2", "repeating"),
    ("", r"-0.1\overline{6}", r"-\frac16", "4.2", "repeating"),
    ("", r"\frac43", "1.(3)", "4.2", "repeating"),
    ("", r"\frac{2}{9}", "0.222…", "4.2", "repeating"),
    ("Write it in base six.", "22_6", "$(22)_6$", "4.4", "base"),
    ("Write it in base seven.", "4503_7", "4503 (base 7)", "4.4", "base"),
    ("When do they ring?", "05:00", "5:00", "4.4", "05:00"),
    ("", r"6\frac{1}{64}", "6.015625", "4.4", "mixed number"),
    ("", "1 1/2", "1.5", "4.4", "mixed number"),
    ("", r"-2 \frac{1}{3}", r"-\frac{7}{3}", "4.4", "mixed number"),
    ("", "2½", "5/2", "4.4", "mixed number"),
    ("", "2⅖", "12/5", "4.4", "mixed number"),
    ("", r"1011_2", "11", "4.4", "base"),
    ("Write 11 in base 2.", r"1011_2", "1011", "4.4", "base"),
    ("Write 11 in base two.", "1011", r"1011_{2}", "4.4", "base"),
    ("", r"8:34 \text{ p.m.}", "20:34", "4.4", "20:34"),
    ("", "20:34:00", "8:34 PM", "4.4", "20:34"),
    ("", "12:05 AM", "12:05 a.m.", "4.4", "00:05"),
]


OTHER = [
    ("", "1, 2", "1 and 1/2"),
    ("", "4/3", "1 and 4/3"),
    ("", "5", "10 and 1/2"),
    ("", r"0.\overline{3}", "0.3"),
    ("", r"0.\overline{3}", r"0.\overline{03}"),
    ("", r"\frac{214}{3}", r"71.\overline{2}"),
    ("", r"0.1\overline{6}", r"0.\overline{16}"),
    ("", "3", "1.(3)"),
    ("", "10", "2.5(4)"),
    ("", r"\frac13", "1.(3)"),
    ("", "0.22", "0.222…"),
    ("Write it in base seven.", "4503_7", "4503 (base 8)"),
    ("When do they ring?", "05:00", "5:30"),
    ("", "1 1/2", "11/2"),
    ("", "2⅕", "21/5"),
    ("", "2⅕", "21⁄5"),
    ("", "2⅐", "21⁄7"),
    ("", "1 1/2", "1/2"),
    ("", "2½", "21/2"),
    ("", "2⅖", "22/5"),
    ("", r"-2 \frac{1}{3}", r"-\frac{5}{3}"),
    ("", "1 3/2", "2.5"),
    ("", r"6\frac{1}{64}", r"\frac{6}{64}"),
    ("", r"-2 \frac13", r"-\frac53"),
    ("", r"1011_2", "12"),
    ("Write 11 in base 2.", r"1011_2", "11"),
    ("Write 11 in base 2.", r"1011_2", "1010"),
    ("Write 11 in base 2.", r"1011_2", r"11_{10}"),
    ("", r"129_5", "44"),
    ("", "8:34 PM", "8:34 AM"),
    ("", "8:34 PM", "20:35"),
    ("", "8:34", "20:34"),
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []


@settings(deadline=None)
@given(st.integers(1, 99), st.integers(1, 99), st.integers(2, 99), st.integers(1, 9))
def test_mixed_numbers(whole: int, top: int, low: int, more: int) -> None:
    """A whole number and a proper fraction are their sum; never their product, or the digits in a row."""
    value = whole + Fraction(top, low)
    exact = f"{value.numerator}/{value.denominator}"
    for text in (rf"{whole}\frac{{{top}}}{{{low}}}", f"{whole} {top}/{low}"):
        assert (prove("", exact, text) is not None) == (top < low)
        assert prove("", f"{value.numerator + more}/{value.denominator}", text) is None
        assert prove("", f"{whole}{top}/{low}", text) is None or value == Fraction(int(f"{whole}{top}"), low)
