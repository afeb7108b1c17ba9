"""Inequalities are solved exactly: every number is where the solution says, and no other."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.realsets import real_set
from tinyv_cli.maths.solving import NotSolvedError, Piece, solved

SOLVED = [
    ("x^2 < 4", "(-2, 2)"),
    ("x^2 >= 4", "(-∞, -2] ∪ [2, ∞)"),
    ("x^3 - x >= 0", "[-1, 0] ∪ [1, ∞)"),
    ("(x^2-4)(x-6)^2 <= 0", "[-2, 2] ∪ {6}"),
    (r"\frac{2x-1}{x+2} <= 3", "(-∞, -7] ∪ (-2, ∞)"),
    (r"\frac{1}{x} < 1", "(-∞, 0) ∪ (1, ∞)"),
    (r"\frac{x}{x} > 0", "(-∞, 0) ∪ (0, ∞)"),
    ("|x-3| < 2", "(1, 5)"),
    ("|x-1| + |x+2| > 5", "(-∞, -3) ∪ (2, ∞)"),
    ("|2x+1| <= x + 4", "[-5/3, 3]"),
    ("||x| - 2| < 1", "(-3, -1) ∪ (1, 3)"),
    ("x^4 - 5x^2 + 6 < 0", "((-sqrt(3)), (-sqrt(2))) ∪ (sqrt(2), sqrt(3))"),
    ("x^2 != 4", "(-∞, -2) ∪ (-2, 2) ∪ (2, ∞)"),
    ("1 < x^2 <= 9", "[-3, -1) ∪ (1, 3]"),
    ("x^2 + 1 > 0", "(-∞, ∞)"),
]
UNSOLVED = ["x^2 = 4", "x^5 - x - 1 > 0", "x + y > 2", r"\sin x > 0", "x^2 < -1", "5 < x < 1", "2^x > 8"]


@pytest.mark.parametrize(("condition", "shown"), SOLVED)
def test_solved(condition: str, shown: str) -> None:
    """Each condition is the set that is written beside it."""
    assert str(real_set(condition)) == shown


@pytest.mark.parametrize("condition", UNSOLVED)
def test_left_alone(condition: str) -> None:
    """An equation is not what solves it; other roots, several unknowns and no solutions are left alone."""
    assert real_set(condition) is None


def _expression(text: str) -> Node:
    node = read(text)
    assert node is not None
    return node


ROOTS = st.lists(st.integers(-6, 6), min_size=1, max_size=4)


@settings(deadline=None)
@given(ROOTS, ROOTS, st.sampled_from("<>≤≥"))
def test_each_number_is_where_the_solution_says(tops: list[int], lows: list[int], sign: str) -> None:
    """A quotient of linear factors has the sign at halves and wholes that its pieces say."""
    top, low = ("*".join(f"(x-({root}))" for root in roots) for roots in (tops, lows))
    try:
        pieces = solved(_expression(f"({top})/({low})"), sign, _expression("0"), "x")
    except NotSolvedError:
        assert len(tops) + len(lows) > 6
        return
    for point in (Fraction(n, 2) for n in range(-15, 16)):
        within = any(_is_in(point, piece) for piece in pieces)
        assert within == _holds(point, tops, lows, sign)


def _is_in(point: Fraction, piece: Piece) -> bool:
    low, high = (None if end is None else end.exact for end in (piece.low, piece.high))
    above = low is None or low < point or (piece.low_closed and low == point)
    return above and (high is None or point < high or (piece.high_closed and point == high))


def _holds(point: Fraction, tops: list[int], lows: list[int], sign: str) -> bool:
    value = Fraction(1)
    for root in tops:
        value *= point - root
    for root in lows:
        if point == root:
            return False
        value /= point - root
    return {"<": value < 0, ">": value > 0, "≤": value <= 0, "≥": value >= 0}[sign]
