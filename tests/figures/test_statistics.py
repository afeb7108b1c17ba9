"""Intervals of shares, and agreement, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyv_cli.figures.statistics import cohens_kappa, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published(successes: int, trials: int, low: float, high: float) -> None:
    """The values of Newcombe 1998 (Statistics in Medicine 17:857), method 3, to their four digits."""
    interval = wilson(successes, trials)
    assert interval == pytest.approx((low, high), abs=0.00005)


def test_no_trials() -> None:
    """Nothing was tried, so nothing can be said."""
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "trials", "end"), [(0, 7, 0), (7, 7, 1)])
def test_ends(successes: int, trials: int, end: int) -> None:
    """None or all of a few: the interval ends at 0 or 1 exactly, and still has a width."""
    interval = wilson(successes, trials)
    assert interval is not None
    assert interval[end] == pytest.approx(float(end), abs=1e-15)
    assert 0.2 < interval[1] - interval[0] < 0.6


def test_width_follows_confidence() -> None:
    """A higher confidence gives a wider interval."""
    narrow, wide = wilson(3, 10, z=1.0), wilson(3, 10, z=3.0)
    assert narrow is not None
    assert wide is not None
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_properties(counts: tuple[int, int]) -> None:
    """Every interval stays in [0, 1], holds its share, and mirrors the one of the failures."""
    successes, trials = counts
    interval, mirrored = wilson(successes, trials), wilson(trials - successes, trials)
    assert interval is not None
    assert mirrored is not None
    assert 0 <= interval[0] <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= interval[1] <= 1
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx(interval, abs=1e-9)


@pytest.mark.parametrize(
    ("both_yes", "only_first", "only_second", "both_no", "kappa"),
    [
        (20, 5, 10, 15, 0.4),  # 70% alike, 50% by chance
        (45, 15, 25, 15, 0.1304),
        (7, 0, 0, 3, 1.0),
        (0, 5, 5, 0, -1.0),
        (25, 25, 25, 25, 0.0),
        (9, 0, 0, 0, None),
        (0, 0, 0, 9, None),
        (0, 0, 0, 0, None),
    ],
)
def test_kappa(both_yes: int, only_first: int, only_second: int, both_no: int, kappa: float | None) -> None:
    """Agreement beyond chance, worked out by hand; where chance alone makes it certain it says nothing."""
    found = cohens_kappa(both_yes=both_yes, only_first=only_first, only_second=only_second, both_no=both_no)
    assert found == (None if kappa is None else pytest.approx(kappa, abs=5e-5))
