"""Numbers: rounded ones, mixed numbers, percent, powers of ten, bases, times of the day."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyv_cli.maths.decimals import decimal
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.leaves.rounding import rounds_to

PERCENT = "Some birds fly. What percent of the birds are geese?"
FRACTION = "Express your answer as a common fraction."

SAME = [
    ("", r"\frac{600}{7}", "85.71", "4.1", "rounds to 85.71"),
    ("", r"40\pi", "125.664", "4.1", "rounds to 125.664"),
    ("", "125.664", r"40\pi", "4.1", "rounds to 125.664"),
    ("", r"-\sqrt3", "-1.732", "4.1", "rounds to -1.732"),
    ("", r"\frac{600}{7}", r"\approx 85.71", "4.1", "rounds to"),
    ("", r"\frac{600}{7}", r"\frac{600}{7} \approx 85.71", "4.1", "one answer"),
    ("", r"\sqrt{2}", r"\sqrt{2} \approx 1.414", "4.1", "one answer"),
    ("Find the exact value.", r"\sqrt{3}", r"\sqrt{3} \approx 1.7", "4.1", "one answer"),
    ("", r"\frac{1}{432}", r"2.3148 \times 10^{-3}", "4.1", "rounds to"),
    ("Round to the nearest integer.", r"\frac{6000}{7}", "857", "4.1", "rounds to 857"),
    ("Give a fraction, rounded to two decimals.", r"\frac{600}{7}", "85.71", "4.1", "rounds to"),
    ("", r"(\frac35,\frac83]", "(0.6,2.6667]", "4.1", "rounds to 2.6667"),
    ("", "35400000", "3.54e7", "4.2", "power of ten"),
    ("", "(2100, 3)", "(2.1e3, 3)", "4.2", "power of ten"),
    ("", r"3.54 \times 10^{-7}", "3.54 x 10^-7", "4.2", "power of ten"),
    ("", r"2\times10^{5}", "2 x 10^5", "4.2", "power of ten"),
    ("", r"0.\overline{3}", r"\frac13", "4.2", "repeating"),
    ("", r"\frac{214}{3}", r"71.\overline{3}", "4.2", "repeating"),
    ("", r"-0.1\overline{6}", r"-\frac16", "4.2", "repeating"),
    ("", "12.3456", "12.346", "4.3", "rounds to 12.346"),
    ("", "12.35", "12.345", "4.3", "rounds to 12.35"),
    ("Round to two decimal places.", "85.71", "85.714", "4.3", "rounds to 85.71"),
    ("", r"6\frac{1}{64}", "6.015625", "4.4", "mixed number"),
    ("", "1 1/2", "1.5", "4.4", "mixed number"),
    ("", r"-2 \frac{1}{3}", r"-\frac{7}{3}", "4.4", "mixed number"),
    ("", "2½", "5/2", "4.4", "mixed number"),
    ("", r"25\%", "0.25", "4.4", "hundredths"),
    ("", r"\frac14", "25%", "4.4", "hundredths"),
    ("", r"\frac13", r"33.3\%", "4.4", "hundredths"),
    (PERCENT, r"25\%", "25", "4.4", "asks for percent"),
    (PERCENT, "25", "25 percent", "4.4", "asks for percent"),
    (PERCENT, r"12.5\%", r"12\frac12\%", "4.4", "in percent"),
    ("", r"1011_2", "11", "4.4", "base"),
    ("Write 11 in base 2.", r"1011_2", "1011", "4.4", "base"),
    ("Write 11 in base two.", "1011", r"1011_{2}", "4.4", "base"),
    ("", r"8:34 \text{ p.m.}", "20:34", "4.4", "20:34"),
    ("", "20:34:00", "8:34 PM", "4.4", "20:34"),
    ("", "12:05 AM", "12:05 a.m.", "4.4", "00:05"),
    ("", "3 million", "3000000", "4.4", "power of ten in digits"),
    ("", r"2.5 \text{ billion}", "2,500,000,000", "2.5", "power of ten in digits"),
    ("", "12 thousand", "12000", "4.4", "power of ten in digits"),
]

OTHER = [
    ("", r"\frac{600}{7}", "85.72"),
    ("", r"\frac{600}{7}", "-85.71"),
    ("", r"\frac{600}{7}", "85.7142856"),
    ("", r"\frac{600}{7}", "86"),
    ("", r"\frac{6000}{7}", "857"),
    ("", r"\frac{1}{3}", "0.33"),
    ("", "125.663", r"40\pi"),
    (FRACTION, r"\frac{600}{7}", "85.71"),
    ("Find the exact value.", r"40\pi", "125.664"),
    ("", r"\frac{600}{7}", r"\frac{601}{7} \approx 85.71"),
    ("", r"\frac{600}{7}", r"\frac{600}{7} \approx 86.71"),
    ("", r"\sqrt{2}", r"\sqrt{2} \approx 1.415"),
    ("", r"\frac{455658}{911250} \approx 0.50004", r"\frac{455657}{911250}"),
    ("", r"10.065779 \approx 10.06578", "10.065778"),
    ("Find the exact value.", r"\sqrt{3}", r"\sqrt{2} \approx 1.7"),
    ("", r"\sin 1.1 \approx 0.891", r"\sin 1.1001 \approx 0.891"),
    ("", "0.333", "0.333..."),
    ("", "104", r"\frac{311}{3}"),
    ("", "1.27", "1.3"),
    ("", "12.35", "12.34"),
    ("", "124", "123.9"),
    ("", "1230", "1234"),
    ("Round to two decimal places.", "85.71", "85.7"),
    ("How many dollars does she pay?", "242.22", "242.2"),
    ("", "35400000", "3.54e6"),
    ("", "35400000", "3.54e-7"),
    ("", "(2100, 3)", "(2.1e2, 3)"),
    ("", r"2\times10^{5}", "2 x 10^4"),
    ("", r"3.54 \times 10^{-7}", "3.54 x 10^7"),
    ("", r"3.54 \times 10^{-7}", "3.55 x 10^-7"),
    ("", r"0.\overline{3}", "0.3"),
    ("", r"0.\overline{3}", r"0.\overline{03}"),
    ("", r"\frac{214}{3}", r"71.\overline{2}"),
    ("", r"0.1\overline{6}", r"0.\overline{16}"),
    ("", "1 1/2", "11/2"),
    ("", "1 1/2", "1/2"),
    ("", "1 3/2", "2.5"),
    ("", r"6\frac{1}{64}", r"\frac{6}{64}"),
    ("", r"-2 \frac13", r"-\frac53"),
    ("", r"25\%", "25"),
    ("", r"25\%", "2.5"),
    ("", r"25\%", "0.26"),
    (PERCENT, r"25\%", "0.25"),
    (PERCENT, r"25\%", "75"),
    ("What is the price after a discount of 20%?", "40", r"40\%"),
    ("", r"1011_2", "12"),
    ("Write 11 in base 2.", r"1011_2", "11"),
    ("Write 11 in base 2.", r"1011_2", "1010"),
    ("Write 11 in base 2.", r"1011_2", r"11_{10}"),
    ("", r"129_5", "44"),
    ("", "8:34 PM", "8:34 AM"),
    ("", "8:34 PM", "20:35"),
    ("", "8:34", "20:34"),
    ("", "3 million", "3 billion"),
    ("", "3 million", "300000"),
    ("", "3 million", "3"),
]


@pytest.mark.parametrize(("question", "gold", "answer", "leaf", "said"), SAME)
def test_same(question: str, gold: str, answer: str, leaf: str, said: str) -> None:
    """The same number, or one rounded to at least three digits; the proof names its leaf."""
    proof = prove(question, gold, answer)
    assert proof is not None
    assert leaf in [step.leaf for step in proof.steps] and said in proof.sentence


@pytest.mark.parametrize(("question", "gold", "answer"), OTHER)
def test_other(question: str, gold: str, answer: str) -> None:
    """Another number, one that was rounded too far, or a form that was not asked for."""
    assert prove(question, gold, answer) is None


TIES = [("0.125", "0.13", True), ("0.125", "0.12", True), ("0.135", "0.13", False), ("0.135", "0.14", True)]


@pytest.mark.parametrize(("value", "rounded", "does"), TIES)
def test_a_tie_goes_up_or_to_even(value: str, rounded: str, does: bool) -> None:
    """Both conventions are in use; down to an odd digit is none."""
    number = decimal(rounded)
    assert number is not None
    assert rounds_to(Fraction(value), number) is does
    negative = decimal(f"-{rounded}")
    assert negative is not None
    assert rounds_to(-Fraction(value), negative) is does
    assert not rounds_to(Fraction(value), negative)


@settings(deadline=None)
@given(
    st.integers(1, 10**5), st.integers(2, 999), st.integers(2, 6), st.sampled_from([-10, -2, -1, 1, 2, 10])
)
def test_one_unit_beside(top: int, low: int, places: int, units: int) -> None:
    """What Python rounds to is proved if three digits are left; a unit beside it in the last place is not."""
    value = Fraction(top, low)
    rounded = round(value * 10**places)
    gold = rf"\frac{{{top}}}{{{low}}}"
    written = _point(rounded, places)
    kept = rounded >= 100 or Fraction(written) == value
    assert (prove("", gold, written) is not None) == kept
    beside = Fraction(rounded + units, 10**places)
    is_tie = abs(beside - value) * 2 * 10**places == 1
    assert is_tie or beside == value or prove("", gold, _point(rounded + units, places)) is None


def _point(digits: int, places: int) -> str:
    sign = "-" if digits < 0 else ""
    text = str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}"


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


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_percent(digits: int, places: int) -> None:
    """So many percent are a hundredth of that, and not that."""
    share = f"{Fraction(digits, 10**places)}" if places == 0 else _point(digits, places)
    value = Fraction(digits, 10**places) / 100
    assert prove("", f"{value.numerator}/{value.denominator}", rf"{share}\%") is not None
    assert digits == 0 or prove("", rf"{share}\%", share) is None
