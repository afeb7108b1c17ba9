"""Numbers that say the same are proved, in every family of them; near misses of these are not."""

from benchmarks.near_misses_numbers import FAMILIES, measured


def test_near_misses_among_numbers() -> None:
    """Each family makes some of either kind; every equivalent is proved and no near miss."""
    result = measured(1500, seed=0)
    assert result.wrong == []
    assert result.missed == []
    assert all(result.counts[family.__name__]["near misses"] for family in FAMILIES)
