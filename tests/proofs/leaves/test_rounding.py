"""4.1 and 4.3: a number and what it rounds to; no other one, and no fewer digits than are asked for."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs.cases import point, unproved, wrongly_proved
from tinyv_cli.maths.decimals import decimal
from tinyv_cli.proofs import prove
from tinyv_cli.proofs.leaves.rounding import rounds_to
from tinyv_cli.proofs.policy import Policy

FRACTION = "Express your answer as a common fraction."

SAME = [
    ("What is the mean?", "5.7", r"\frac{17}{3}", "4.1", "rounds to 5.7"),
    ("How long is it?", "4.4", "4.39", "4.3", "rounds to 4.4"),
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
    ("", "12.3456", "12.346", "4.3", "rounds to 12.346"),
    ("", "12.35", "12.346", "4.3", "rounds to 12.35"),
    ("Round to two decimal places.", "85.71", "85.714", "4.3", "rounds to 85.71"),
]

OTHER = [
    ("", "4.4", "4.46"),
    ("", "4.45", "4.4"),
    ("", "4", "4.39"),
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
]


def test_same() -> None:
    """Each is proved, and the proof names its leaf."""
    assert unproved(SAME) == []


def test_other() -> None:
    """None is proved."""
    assert wrongly_proved(OTHER) == []


TIES = [("0.125", "0.13"), ("0.125", "0.12"), ("0.135", "0.13"), ("0.135", "0.14")]


@pytest.mark.parametrize(("value", "rounded"), TIES)
def test_a_tie_shows_nothing(value: str, rounded: str) -> None:
    """Up, or to even: both conventions are in use, so that either neighbour may be another number."""
    number = decimal(rounded)
    assert number is not None
    assert not rounds_to(Fraction(value), number)
    assert rounds_to(number.value + number.unit / 3, number)
    assert not rounds_to(-Fraction(value), number)


@settings(deadline=None)
@given(
    st.integers(1, 10**5), st.integers(2, 999), st.integers(2, 6), st.sampled_from([-10, -2, -1, 1, 2, 10])
)
def test_one_unit_beside(top: int, low: int, places: int, units: int) -> None:
    """What Python rounds to is proved if three digits are left; a unit beside it in the last place is not."""
    value = Fraction(top, low)
    rounded = round(value * 10**places)
    gold = rf"\frac{{{top}}}{{{low}}}"
    written = point(rounded, places)
    is_tie = abs(Fraction(written) - value) * 2 * 10**places == 1
    kept = (rounded >= 100 and not is_tie) or Fraction(written) == value
    assert (prove("", gold, written) is not None) == kept
    beside = Fraction(rounded + units, 10**places)
    assert beside == value or prove("", gold, point(rounded + units, places)) is None


POLICIES = [
    (Policy(rounds=False), r"\frac{600}{7}", "85.71", False),
    (Policy(rounds=False), "12.346", "12.3456", False),
    (Policy(rounds=False), r"\frac{600}{7}", r"\frac{600}{7} \approx 85.71", True),
    (Policy(rounds=False), "85.71", r"\frac{600}{7} \approx 85.71", False),
    (Policy(rounds=False), "5.45", "about 5.45", False),
    (Policy(rounds=False), "0.25", "25%", True),
    (Policy(within=Fraction(1, 100)), "100", "100.9", True),
    (Policy(within=Fraction(1, 100)), "100", "99.1", True),
    (Policy(within=Fraction(1, 100)), "100", "101.1", False),
    (Policy(within=Fraction(1, 100)), r"\frac{600}{7} \text{ m}", "8600 cm", True),
    (Policy(within=Fraction(1, 100)), r"\frac{600}{7} \text{ m}", "8700 cm", False),
    (Policy(within=Fraction(1, 1000)), "100", "100.9", False),
]


@pytest.mark.parametrize(("policy", "gold", "answer", "expected"), POLICIES)
def test_policies(policy: Policy, gold: str, answer: str, expected: bool) -> None:
    """Only what is equal, or all that is within a share of the gold; then the proof rests on rounding."""
    proof = prove("", gold, answer, policy)
    assert (proof is not None) is expected
    if proof is not None and policy.within is not None:
        assert proof.rounds
        assert "within 1%" in proof.sentence
