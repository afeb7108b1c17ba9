"""Questions that all findings ask of a file, answered by polars without holding it."""

from functools import reduce
from operator import xor
from typing import Any

import polars as pl
from polars.datatypes import DataTypeClass

from tinyv_cli.records import SHOWN_EQUAL, Evidence

Figures = dict[str, Any]

FOUND = pl.col("tinyv_false_negative")
REJECTED = pl.col("tinyv_rule") == "reject"
ACCEPTED = pl.col("tinyv_rule") == "accept"
CORRECT = pl.col("tinyv_verdict") == "correct"
PROVED = FOUND & pl.col("tinyv_evidence").is_in([*map(str, SHOWN_EQUAL)]).fill_null(value=False)
ROUNDED = FOUND & (pl.col("tinyv_evidence") == Evidence.ROUNDS).fill_null(value=False)
LIKELY = FOUND & ~PROVED
# The gold's own text. Of this, what the rule would have accepted, had it found it.
SAME_TEXT = (
    FOUND & (pl.col("tinyv_answer").str.strip_chars() == pl.col("tinyv_gold").str.strip_chars())
).fill_null(value=False)
UNSEEN = SAME_TEXT & (pl.col("tinyv_lost_in") == "extraction").fill_null(value=False)

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

_ROLLOUTS = 2**32  # more than any row has
# Row and rollout in one number: the first of several in the order of the input, wherever they are found.
PLACE = (pl.col("tinyv_row") * _ROLLOUTS + pl.col("tinyv_rollout")).alias("place")
FIRST_PLACE = PLACE.min()
# p as a whole number: sums of these are the same in whatever order they are added.
_P_STEPS = 10**9
MEAN_P = (pl.col("tinyv_p").cast(pl.Float64) * _P_STEPS).round().cast(pl.Int64).mean() / _P_STEPS


def with_places(frame: pl.DataFrame) -> pl.DataFrame:
    """Row and rollout instead of a `place` in one number."""
    row, rollout = pl.col("place") // _ROLLOUTS, (pl.col("place") % _ROLLOUTS).cast(pl.Int32)
    return frame.with_columns(row=row, rollout=rollout).drop("place")


# What makes two responses the same: the three texts, by a hash, as a struct of them would be held.
_TEXTS = ("tinyv_question", "tinyv_gold", "tinyv_response")
SAME = reduce(xor, (pl.col(name).hash(seed) for seed, name in enumerate(_TEXTS)))
HAS_TEXTS = pl.col("tinyv_response").is_not_null() & (pl.col("tinyv_question") != "")


def was_asked(p: str, reason: str) -> pl.Expr:
    """Whether a model was, by the columns of what it said: a p, or a reason that is no guard's."""
    refused = pl.col("tinyv_evidence") == Evidence.GUARD
    return pl.col(p).is_not_null() | (pl.col(reason).is_not_null() & refused.not_().fill_null(value=True))


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


COUNTED = pl.len()  # how common a kind is: by its lines, unless these stand for more


def by_turns(ordered: pl.DataFrame, kind: str, most: int, *, counted: pl.Expr = COUNTED) -> pl.DataFrame:
    """At most so many of these lines: of each kind by turns the next, those of the commonest first."""
    turn, common = pl.int_range(pl.len()).over(kind), counted.over(kind)
    turns = ordered.with_columns(turn=turn, common=common)
    chosen = turns.sort("turn", "common", kind, descending=[False, True, False]).head(most)
    return chosen.drop("turn", "common")


def texts_of(frame: pl.LazyFrame, chosen: pl.DataFrame, **texts: pl.Expr) -> pl.DataFrame:
    """The chosen lines (by row and rollout) with texts of theirs; no other line's texts are read."""
    near = frame.filter(pl.col("tinyv_row").is_in(chosen["row"].unique().to_list()))
    found = collect(near.select(row="tinyv_row", rollout="tinyv_rollout", **texts))
    return chosen.join(found, on=["row", "rollout"], how="left", maintain_order="left")


def values_at(path: str | None, frame: pl.LazyFrame) -> pl.Expr | None:
    """The values at a dotted path as text; None where the file has no such thing."""
    schema = frame.collect_schema()
    if path is None:
        return None
    first, *rest = [path] if path in schema else path.split(".")
    expression = pl.col(first)
    data_type: pl.DataType | DataTypeClass | None = schema.get(first)
    for name in rest:
        if isinstance(data_type, pl.Struct) and name in (fields := dict(data_type)):
            expression, data_type = expression.struct.field(name), fields[name]
        elif isinstance(data_type, pl.List) and name.isdigit():
            expression, data_type = expression.list.get(int(name), null_on_oob=True), data_type.inner
        else:
            return None
    return None if data_type is None or data_type.is_nested() else expression.cast(pl.String)
