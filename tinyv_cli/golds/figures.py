"""The figures of a dataset's golds, from what was noted of each row (polars, streaming)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import polars as pl

from tinyv_cli.figures.queries import collect, counts, one
from tinyv_cli.figures.records import Count, Proportion, record, schema_of, told
from tinyv_cli.golds.checks import Problem

GOLDS_VERSION: Literal[1] = 1
SHOWN_GOLDS = 4

SHOWN = ("row", "gold", "rule", "rule_reason", "question")

PROBLEM = pl.col("tinyv_problem")
PROBLEMS = pl.Enum(list(map(str, Problem)))
BAD = PROBLEM.is_not_null() & PROBLEM.ne(Problem.UNDECIDED.value)


@record
class PartOfRows:
    """So many rows, and which share that is of all."""

    count: Count
    share: Proportion | None


@record
class QuestionFigures:
    """The questions of the rows that have one."""

    rows: Count = told("rows with a question")
    distinct: Count = told("different questions; white space does not count")
    repeats: Count = told("rows that repeat the question and gold of an earlier one")
    most_copies: Count = told("how often the commonest question with its gold occurs")


@record
class ConflictExample:
    """Two rows of a question whose golds conflict."""

    question: str
    row: Count
    gold: str | None
    other_row: Count
    other_gold: str | None


@record
class ConflictFigures:
    """What came of comparing golds of the same question that are spelled differently."""

    questions: Count = told("questions with golds that conflict")
    pairs: Count = told("pairs of golds that were compared")
    undecided_pairs: Count = told("those on which the rule failed")
    examples: Sequence[ConflictExample]


@record
class GoldExample:
    """A gold with a problem, how many rows have it, and the first of them."""

    problem: Problem
    rows: Count
    row: Count
    gold: str | None
    rule: str = told("what the rule said of the gold as an answer to itself")
    rule_reason: str | None
    question: str


@record
class GoldFigures:
    """The golds of a dataset against themselves and each other."""

    schema_version: Literal[1]
    rule_name: str
    rows: Count
    bad: PartOfRows = told("rows whose gold has a problem; undecided is none")
    problems: Mapping[Problem, PartOfRows]
    reasons: Mapping[str, Count] = told("the rule's reasons on golds with a problem")
    questions: QuestionFigures
    conflicts: ConflictFigures
    examples: Sequence[GoldExample] = told("the commonest golds of each problem")
    file: str | None = told("where the rows with a problem were written")


def gold_schema() -> dict[str, Any]:
    """The JSON schema of what `tinyv golds --json` prints."""
    return schema_of(GoldFigures, title="tinyv golds --json", description="Shares are from 0 to 1.")


def gold_figures(
    notes: pl.LazyFrame, *, rule: str, conflicts: ConflictFigures, file: str | None = None
) -> GoldFigures:
    """All figures of the golds.

    `notes` has a line for each row: our columns of the file of bad golds, and keys by which questions and
    golds can be compared. `conflicts` is what came of comparing different golds of the same question.
    """
    total = one(notes, rows=pl.len(), bad=BAD.sum())
    rows, found = total["rows"], counts(notes, "tinyv_problem")
    return GoldFigures(
        schema_version=GOLDS_VERSION,
        rule_name=rule,
        rows=rows,
        bad=_part(total["bad"], rows),
        problems={problem: _part(found.get(problem, 0), rows) for problem in Problem},
        reasons=counts(notes.filter(PROBLEM.is_not_null()), "tinyv_rule_reason"),
        questions=_questions(notes),
        conflicts=conflicts,
        examples=_commonest(notes),
        file=file,
    )


def _part(count: int, rows: int) -> PartOfRows:
    return PartOfRows(count, count / rows if rows else None)


def _questions(notes: pl.LazyFrame) -> QuestionFigures:
    """How many questions there are, and how many rows repeat the question and gold of an earlier one."""
    asked = notes.filter(pl.col("question_key").is_not_null())
    copies = asked.group_by("question_key", "gold_key").agg(copies=pl.len())
    found = one(
        copies,
        rows=pl.col("copies").sum(),
        distinct=pl.col("question_key").n_unique(),
        repeats=pl.col("copies").sum() - pl.len(),
        most_copies=pl.col("copies").max().fill_null(0),
    )
    return QuestionFigures(**found)


def _commonest(notes: pl.LazyFrame) -> list[GoldExample]:
    """Of each problem that one row alone shows, the golds that occur most, each with the first such row."""
    alone = notes.filter(PROBLEM.is_not_null() & PROBLEM.ne(Problem.CONFLICT.value))
    golds = alone.group_by(PROBLEM.cast(PROBLEMS).alias("problem"), "gold_key").agg(
        rows=pl.len(), row=pl.col("tinyv_row").min()
    )
    commonest = _ranked(collect(golds)).group_by("problem").head(SHOWN_GOLDS).drop("gold_key")
    rows = notes.filter(pl.col("tinyv_row").is_in(commonest["row"].to_list()))
    texts = rows.select(pl.col(f"tinyv_{name}").alias(name) for name in SHOWN)
    shown = _ranked(commonest.join(collect(texts), on="row"))
    return [GoldExample(**row | {"problem": Problem(row["problem"])}) for row in shown.to_dicts()]


def _ranked(golds: pl.DataFrame) -> pl.DataFrame:
    return golds.sort("problem", "rows", "row", descending=[False, True, False])
