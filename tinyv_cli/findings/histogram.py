"""How the model's p is spread among what the rule did not accept."""

import polars as pl

from tinyv_cli.findings.queries import Figures, collect

BINS = 20


def p_histogram(frame: pl.LazyFrame) -> list[Figures]:
    """How many examples have their p in each of equally wide parts of [0, 1]; the last part holds 1 too.

    Nothing where no model was asked.
    """
    # p is kept in 32 bits: a shade below an edge that it was meant to be on.
    number = (pl.col("tinyv_p") * BINS + 1e-5).floor().clip(0, BINS - 1).cast(pl.Int64).alias("bin")
    found = collect(frame.filter(pl.col("tinyv_p").is_not_null()).group_by(number).agg(pl.len()))
    counted = dict(found.iter_rows())
    return [
        {"from": n / BINS, "to": (n + 1) / BINS, "count": counted.get(n, 0)}
        for n in range(BINS if counted else 0)
    ]
