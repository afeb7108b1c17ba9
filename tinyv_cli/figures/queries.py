"""Questions that all findings ask of a file, answered by polars without holding it."""

from typing import Any

import polars as pl

from tinyv_cli.records import SHOWN_EQUAL, Evidence

Figures = dict[str, Any]

FOUND = pl.col("tinyv_false_negative")
REJECTED = pl.col("tinyv_rule") == "reject"
ACCEPTED = pl.col("tinyv_rule") == "accept"
CORRECT = pl.col("tinyv_verdict") == "correct"
PROVED = FOUND & pl.col("tinyv_evidence").is_in([*map(str, SHOWN_EQUAL)]).fill_null(value=False)
ROUNDED = FOUND & (pl.col("tinyv_evidence") == Evidence.ROUNDS).fill_null(value=False)
LIKELY = FOUND & ~PROVED

# What does not keep two answers from being spelled the same.
ONLY_FOR_THE_EYE = r"\\(?:left|right|[,;:! ])|[\s$]|\.$"

# What makes a question: its text and its gold, or its row where it has no text. A hash, so that no text is
# held.
QUESTION = (
    pl.when(pl.col("tinyv_question").fill_null("") == "")
    .then(pl.format("row {}", "tinyv_row"))
    .otherwise(pl.concat_str("tinyv_question", "tinyv_gold", separator="\x00", ignore_nulls=True))
    .hash()
    .alias("question_key")
)


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


def texts_of(frame: pl.LazyFrame, chosen: pl.DataFrame, **texts: pl.Expr) -> pl.DataFrame:
    """The chosen lines (by row and rollout) with texts of theirs; no other line's texts are read."""
    near = frame.filter(pl.col("tinyv_row").is_in(chosen["row"].unique().to_list()))
    found = collect(near.select(row="tinyv_row", rollout="tinyv_rollout", **texts))
    return chosen.join(found, on=["row", "rollout"], how="left", maintain_order="left")
