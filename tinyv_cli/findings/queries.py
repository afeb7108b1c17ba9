"""Questions that all findings ask of a file, answered by polars without holding it."""

from typing import Any

import polars as pl

Figures = dict[str, Any]


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """The frame itself, computed as a stream."""
    return frame.collect(engine="streaming")


def one(frame: pl.LazyFrame, **figures: pl.Expr) -> Figures:
    """Figures over all rows, by their names."""
    return collect(frame.select(**figures)).row(0, named=True)


def counts(frame: pl.LazyFrame, column: str) -> dict[str, int]:
    """How often each value occurs, most frequent first; null is not counted."""
    counted = collect(frame.filter(pl.col(column).is_not_null()).group_by(column).agg(pl.len()))
    return dict(counted.sort(["len", column], descending=[True, False]).iter_rows())
