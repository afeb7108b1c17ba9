"""The figures of a dataset's golds, from what was noted of each row (polars, streaming)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import polars as pl

from tinyv_cli.figures.queries import collect, counts, one
from tinyv_cli.figures.records import Count, Proportion, record, schema_of, told
from tinyv_cli.golds.checks import BAD, TO_LOOK_AT, UNUSABLE, Problem

GOLDS_VERSION: Literal[2] = 2
SHOWN_GOLDS = 4
MAX_GROUPS = 100

SHOWN = ("row", "gold", "taken", "rule", "rule_reason", "question")

PROBLEM = pl.col("tinyv_problem")
PROBLEMS = pl.Enum(list(map(str, Problem)))
KINDS = {"bad": BAD, "unusable": UNUSABLE, "to_look_at": TO_LOOK_AT}
HOW_MANY = {name: PROBLEM.is_in([*map(str, kind)]).sum() for name, kind in KINDS.items()}
# Told with the pair of golds, or of gold and answer, that shows them.
IN_PAIRS = (Problem.CONFLICT, *TO_LOOK_AT)


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
    tie: bool = told("Whether no gold of the question has more copies than any other.")
    row: Count
    gold: str | None = told("What most copies have; in a tie one of those that most have.")
    copies: Count = told("Rows that have it, however they spell it.")
    other_row: Count
    other_gold: str | None
    other_copies: Count


@record
class ConflictFigures:
    """What came of comparing golds of the same question that are spelled differently."""

    questions: Count = told("questions with golds that conflict")
    ties: Count = told("those of them in which no gold has more copies than any other")
    pairs: Count = told("pairs of golds that were compared")
    undecided_pairs: Count = told("those on which the rule failed")
    examples: Sequence[ConflictExample]


@record
class OutvotedExample:
    """A gold, and another answer that most replies to the question agree on."""

    row: Count
    gold: str | None
    answer: str
    agreeing: Count = told("Replies with this answer, but for its spacing and dollars.")
    replies: Count
    question: str


@record
class OutvotedFigures:
    """Questions most of whose replies agree on an answer that is neither the gold nor shown equal to it."""

    questions: Count = told("questions with three replies at least")
    count: Count = told("those whose gold is outvoted")
    examples: Sequence[OutvotedExample] = told("the clearest ones")


@record
class GoldGroup:
    """The rows that have one value in a column."""

    value: str = told("'(none)' is null")
    rows: Count
    bad: Count
    unusable: Count
    to_look_at: Count


@record
class GoldGroups:
    """The golds of each value of a column, those with the most rows first."""

    column: str
    count: Count = told("how many values there are; of these the 100 largest are listed")
    groups: Sequence[GoldGroup]


@record
class FormExample:
    """A gold in another form, which the rule does not accept."""

    gold: str
    variant: str
    rule: str
    rule_reason: str | None
    question: str


@record
class FormFigures:
    """A form in which golds were put."""

    form: str
    tried: Count
    rejected: Count = told("not accepted by the rule")
    examples: Sequence[FormExample]


@record
class GroupOfVariants:
    """The golds of one value of the column of `--by` in other forms."""

    value: str
    golds: Count = told("different golds of which there is another form")
    tried: Count
    rejected: Count = told("not accepted by the rule")
    share: Proportion | None


@record
class VariantFigures:
    """Golds in other forms that are proved to be equal, put to the rule as answers."""

    golds: Count = told("different golds that were put into other forms; of many a sample")
    tried: Count = told("other forms of them, each proved to be equal to its gold")
    rejected: Count = told("forms that the rule does not accept")
    share: Proportion | None = told("of the forms")
    forms: Sequence[FormFigures] = told("form by form, those that are rejected most first")
    by: Sequence[GroupOfVariants] = told("of each value of the column of --by")


@record
class GoldExample:
    """A gold with a problem, how many rows have it, and the first of them."""

    problem: Problem
    rows: Count
    row: Count
    gold: str | None
    taken: str | None = told("another answer that the rule takes for it, where it reads it in part only")
    rule: str = told("what the rule said of the gold as an answer to itself")
    rule_reason: str | None
    question: str


@record
class GoldFigures:
    """The golds of a dataset against themselves and each other."""

    schema_version: Literal[2]
    rule_name: str
    rows: Count
    bad: PartOfRows = told("rows whose gold is bad for everybody: sentinel, unreadable, conflict")
    unusable: PartOfRows = told("rows whose gold this rule cannot use: unparsable, unequal, partial")
    to_look_at: PartOfRows = told("rows whose gold a person should look at: tie, outvoted")
    problems: Mapping[Problem, PartOfRows]
    reasons: Mapping[str, Count] = told("the rule's reasons on golds with a problem")
    questions: QuestionFigures
    conflicts: ConflictFigures
    outvoted: OutvotedFigures | None = told("null where there are no replies")
    by: Sequence[GoldGroups]
    variants: VariantFigures | None = told("null unless they are asked for")
    examples: Sequence[GoldExample] = told("the commonest golds of each problem")
    file: str | None = told("where the rows with a problem were written")
    clean_file: str | None = told("where the others were written")


def gold_schema() -> dict[str, Any]:
    """The JSON schema of what `tinyv golds --json` prints."""
    return schema_of(GoldFigures, title="tinyv golds --json", description="Shares are from 0 to 1.")


def gold_figures(
    notes: pl.LazyFrame,
    *,
    rule: str,
    conflicts: ConflictFigures,
    outvoted: OutvotedFigures | None = None,
    variants: VariantFigures | None = None,
    by: str | None = None,
    file: str | None = None,
    clean_file: str | None = None,
) -> GoldFigures:
    """All figures of the golds.

    `notes` has a line for each row: our columns of the file of bad golds, and keys by which questions and
    golds can be compared. `conflicts` is what came of comparing different golds of the same question,
    `outvoted` of comparing them with replies. `by` is the column whose values are the groups of the rows.
    """
    total = one(notes, rows=pl.len(), **HOW_MANY)
    rows, found = total["rows"], counts(notes, "tinyv_problem")
    return GoldFigures(
        schema_version=GOLDS_VERSION,
        rule_name=rule,
        rows=rows,
        **{name: _part(total[name], rows) for name in KINDS},
        problems={problem: _part(found.get(problem, 0), rows) for problem in Problem},
        reasons=counts(notes.filter(PROBLEM.is_not_null()), "tinyv_rule_reason"),
        questions=_questions(notes),
        conflicts=conflicts,
        outvoted=outvoted,
        by=[] if by is None else [_groups(notes, by)],
        variants=variants,
        examples=_commonest(notes),
        file=file,
        clean_file=clean_file,
    )


def _groups(notes: pl.LazyFrame, column: str) -> GoldGroups:
    """Each value of a column."""
    found = collect(notes.group_by(value="group").agg(rows=pl.len(), **HOW_MANY))
    largest = found.sort("rows", "value", descending=[True, False]).head(MAX_GROUPS)
    return GoldGroups(column, len(found), [GoldGroup(**row) for row in largest.iter_rows(named=True)])


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
    alone = notes.filter(PROBLEM.is_not_null() & ~PROBLEM.is_in([*map(str, IN_PAIRS)]))
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
