"""Pairs: a question, its gold and an answer. Whatever repeats one is judged alike, and told once."""

import polars as pl

# A response without an answer is the copy of none.
PAIR = (
    pl.when(pl.col("tinyv_answer").is_null())
    .then(pl.format("row {} rollout {}", "tinyv_row", "tinyv_rollout"))
    .otherwise(
        pl.concat_str(
            *(pl.col(f"tinyv_{name}").fill_null("") for name in ("question", "gold", "answer")),
            separator="\x00",
        )
    )
    .hash()
    .alias("pair")
)
COPIES = pl.col("copies").sum()  # of several pairs, all examples that they stand for


def pairs_of(frame: pl.LazyFrame, *, sure: pl.Expr | None = None, **values: pl.Expr) -> pl.DataFrame:
    """A line for each pair, the surest first: the place of its surest example, its values, its copies."""
    surest = (pl.lit(None, pl.Float64) if sure is None else sure).alias("sure")
    lines = frame.select(PAIR, surest, row="tinyv_row", rollout="tinyv_rollout", **values)
    order = ("sure", "row", "rollout")
    ranked = lines.collect(engine="streaming").sort(order, descending=[True, False, False], nulls_last=True)
    return distinct(ranked)


def distinct(examples: pl.DataFrame) -> pl.DataFrame:
    """The first example of each pair, and how many `copies` there are."""
    counted = examples.with_columns(copies=pl.len().over("pair"))
    return counted.unique("pair", keep="first", maintain_order=True)
