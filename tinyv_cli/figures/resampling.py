"""Intervals for figures that have no formula for one: the bootstrap (Efron 1979, Ann. Stat. 7:1).

As many pairs as there are get drawn from all of them, many times over, and the figures computed of each draw.
It is not stratified: how many of the pairs are correct is as accidental as the rest, and F1 and average
precision depend on it. Most figures depend on the pairs only through counts of cells, such as how many are
correct and have one score; then the counts are drawn, which comes to the same.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tinyv_cli.figures.records import Estimate

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

RESAMPLES, FEWEST_RESAMPLES = 1000, 200
# Draws in all: beyond 100,000 pairs there are fewer resamples, where an interval is narrow anyway.
DRAWS = 100_000_000
NUMBERS_AT_A_TIME = 1 << 18  # what a core keeps near; with more or fewer it is slower
# To draw the count of a cell takes this many times as long as to draw a pair (measured with numpy 2.4).
CELL_COST = 5
SEED = 0


def resampled(counts: Counts, figures: Callable[[Counts], Floats]) -> Floats:
    """What `figures` makes of many draws from cells with these counts: one row each, NaN where undefined.

    It is given the counts of several draws at a time, one row each. The seed is fixed: the same pairs have
    the same interval.
    """
    return np.concatenate([figures(drawn) for drawn in _draws(np.asarray(counts, np.int64))])


def resampled_clusters(cluster: Counts, figures: Callable[[Counts], Floats]) -> Floats:
    """The same for pairs that are not independent, such as those of a question: drawn by whole clusters.

    `cluster` says to which each pair belongs, numbered from 0. `figures` is given how often each pair is
    drawn, a row for each of several draws (Davison and Hinkley 1997, Bootstrap Methods, 3.8).
    """
    clusters, generator = int(cluster.max()) + 1, np.random.default_rng(SEED)
    drawn = (
        np.bincount(generator.integers(0, clusters, clusters), minlength=clusters)[cluster]
        for _ in range(RESAMPLES)
    )
    return np.concatenate([figures(row[None]) for row in drawn])


def interval(values: Floats) -> tuple[float, float] | None:
    """The 2.5% and 97.5% percentiles of resampled values; None where there are none."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, (0.025, 0.975)).tolist()
    return low, high


def _draws(counts: Counts) -> Iterator[Counts]:
    pairs, cells = int(counts.sum()), len(counts)
    generator = np.random.default_rng(SEED)
    remaining = max(FEWEST_RESAMPLES, min(RESAMPLES, DRAWS // max(pairs, 1)))
    draw = _cell_by_cell if cells * CELL_COST < pairs else _pair_by_pair
    while remaining > 0:
        size = min(remaining, max(1, NUMBERS_AT_A_TIME // cells))
        yield draw(generator, counts, size)
        remaining -= size


def _cell_by_cell(generator: np.random.Generator, counts: Counts, size: int) -> Counts:
    return generator.multinomial(counts.sum(), counts / counts.sum(), size)


def _pair_by_pair(generator: np.random.Generator, counts: Counts, size: int) -> Counts:
    cell_of = np.repeat(np.arange(len(counts)), counts)
    drawn = (cell_of[generator.integers(0, len(cell_of), len(cell_of))] for _ in range(size))
    return np.stack([np.bincount(cells, minlength=len(counts)) for cells in drawn])


def estimate(value: float, draws: Floats) -> Estimate:
    """A figure with the interval that resampled values of it give."""
    return Estimate(value, interval(draws))
