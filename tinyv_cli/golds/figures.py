"""The figures of a dataset's golds, from what was noted of each row (polars, streaming)."""

from collections.abc import Mapping

import polars as pl

from tinyv_cli.figures.queries import Figures, collect, counts, one
from tinyv_cli.golds.checks import Problem

GOLDS_VERSION = 1
SHOWN_GOLDS = 4

SHOWN = ("row", "gold", "rule", "rule_reason", "question")

PROBLEM = pl.col("tinyv_problem")
PROBLEMS = pl.Enum(list(map(str, Problem)))
BAD = PROBLEM.is_not_null() & PROBLEM.ne(Problem.UNDECIDED.value)


def gold_figures(notes: pl.LazyFrame, *, rule: str, conflicts: Mapping[str, object]) -> Figures:
    """All figures as plain data, ready for JSON or for tables.

    `notes` has a line for each row: our columns of the file of bad golds, and keys by which questions and
    golds can be compared. `conflicts` is what came of comparing different golds of the same question.
    """
    total = one(notes, rows=pl.len(), bad=BAD.sum())
    rows, found = total["rows"], counts(notes, "tinyv_problem")
    return {
        "schema_version": GOLDS_VERSION,
        "rule_name": rule,
        "rows": rows,
        "bad": _part(total["bad"], rows),
        "problems": {str(problem): _part(found.get(problem, 0), rows) for problem in Problem},
        "reasons": counts(notes.filter(PROBLEM.is_not_null()), "tinyv_rule_reason"),
        "questions": _questions(notes),
        "conflicts": dict(conflicts),
        "examples": _commonest(notes),
    }


def _part(count: int, rows: int) -> Figures:
    return {"count": count, "share": count / rows if rows else None}


def _questions(notes: pl.LazyFrame) -> Figures:
    """How many questions there are, and how many rows repeat the question and gold of an earlier one."""
    asked = notes.filter(pl.col("question_key").is_not_null())
    copies = asked.group_by("question_key", "gold_key").agg(copies=pl.len())
    return one(
        copies,
        rows=pl.col("copies").sum(),
        distinct=pl.col("question_key").n_unique(),
        repeats=pl.col("copies").sum() - pl.len(),
        most_copies=pl.col("copies").max().fill_null(0),
    )


def _commonest(notes: pl.LazyFrame) -> list[Figures]:
    """Of each problem that one row alone shows, the golds that occur most, each with the first such row."""
    alone = notes.filter(PROBLEM.is_not_null() & PROBLEM.ne(Problem.CONFLICT.value))
    golds = alone.group_by(PROBLEM.cast(PROBLEMS).alias("problem"), "gold_key").agg(
        rows=pl.len(), row=pl.col("tinyv_row").min()
    )
    commonest = _ranked(collect(golds)).group_by("problem").head(SHOWN_GOLDS).drop("gold_key")
    rows = notes.filter(pl.col("tinyv_row").is_in(commonest["row"].to_list()))
    texts = rows.select(pl.col(f"tinyv_{name}").alias(name) for name in SHOWN)
    return _ranked(commonest.join(collect(texts), on="row")).to_dicts()


def _ranked(golds: pl.DataFrame) -> pl.DataFrame:
    return golds.sort("problem", "rows", "row", descending=[False, True, False])
