"""The figures of each value of a column: which part of the data loses how much."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

import polars as pl

from tinyv_cli.errors import SourceError
from tinyv_cli.figures.measures import FEW_PAIRS
from tinyv_cli.figures.orders import natural, number_of, spread
from tinyv_cli.figures.queries import (
    ACCEPTED,
    CORRECT,
    FOUND,
    LIKELY,
    PROVED,
    REJECTED,
    collect,
    values_at,
)
from tinyv_cli.figures.records import BESIDE, Count, Share, record, share_of, told
from tinyv_cli.report.correction import Correction
from tinyv_cli.report.questions import Questions, passes, question_figures_by
from tinyv_cli.report.score import SCORED, Scored, scores_by

MAX_GROUPS = 100
NO_VALUE = "(none)"
STEP = "tinyv_step"
SHOWN_COLUMNS = 20


@record
class Group:
    """The examples that have one value in a column."""

    value: str = told("'(none)' is null.")
    examples: Count
    rejected: Count = told("By the rule.")
    not_accepted: Count = told("By the rule: rejected, or undecided.")
    right: Count = told("In the end.")
    scored: Scored = told(beside=SCORED)
    false_negatives: Count = told("Found among the rejected and the undecided.")
    proved: Count
    likely: Count
    among_rejected: Count = told("False negatives among the rejected.")
    found: Share = told("Of the rejected.", beside=BESIDE)
    of_not_accepted: Share = told("False negatives of what the rule did not accept.")
    lost: Share = told("False negatives of all that is right in the end.")
    small: bool = told("Fewer than 20 were not accepted.")
    questions: Questions | None = told("What lost answers cost RL in this group.")


@record
class Groups:
    """The figures of each value of a column: numbers in their order, others the commonest first."""

    column: str
    numeric: bool = told("Whether all values are numbers.")
    count: Count = told(
        "How many values there are; of these the 100 largest are listed, of numbers 100 evenly."
    )
    groups: Sequence[Group] = told("Each value's.")


def check_columns(columns: Sequence[str], frame: pl.LazyFrame, file: str) -> None:
    """Raise SourceError for a column of `--by` that is not in the file, or that holds no plain values."""
    missing = next((name for name in columns if values_at(name, frame) is None), None)
    if missing is not None:
        theirs = [name for name in frame.collect_schema().names() if not name.startswith("tinyv_")]
        more = ", …" if len(theirs) > SHOWN_COLUMNS else ""
        raise SourceError(
            f"{file}: no column '{missing}' of plain values for --by; "
            f"it has {', '.join(theirs[:SHOWN_COLUMNS])}{more}"
        )


def group_figures(frame: pl.LazyFrame, column: str, correction: Correction | None) -> Groups | None:
    """The false negatives of each group and what they cost RL; None without the column."""
    values = values_at(column, frame)
    if values is None:
        return None
    group = values.fill_null(NO_VALUE).alias("value")
    found = collect(
        frame.group_by(group).agg(
            examples=pl.len(),
            rejected=REJECTED.sum(),
            not_accepted=(~ACCEPTED).sum(),
            right=CORRECT.sum(),
            false_negatives=FOUND.sum(),
            proved=PROVED.sum(),
            likely=LIKELY.sum(),
            among_rejected=(FOUND & REJECTED).sum(),
        )
    )
    scores = scores_by(frame, group, "value", correction)
    questions = question_figures_by(passes(frame, group), "value")
    rows = {row["value"]: row for row in found.iter_rows(named=True)}
    numeric = _are_numbers(rows)
    order = spread(sorted(rows, key=_as_number), MAX_GROUPS) if numeric else _largest(rows)[:MAX_GROUPS]
    groups = [_group(rows[value], scores[value], questions.get(value)) for value in order]
    return Groups(column, numeric, len(found), groups)


def _group(row: Mapping[str, Any], scored: Scored, questions: Questions | None) -> Group:
    return Group(
        **row,
        scored=scored,
        found=share_of(row["among_rejected"], row["rejected"]),
        of_not_accepted=share_of(row["false_negatives"], row["not_accepted"]),
        lost=share_of(row["false_negatives"], row["right"]),
        small=row["not_accepted"] < FEW_PAIRS,
        questions=questions,
    )


def _are_numbers(values: Iterable[str]) -> bool:
    """Whether there are numbers, and nothing else but what has no value."""
    there = [value for value in values if value != NO_VALUE]
    return bool(there) and all(number_of(value) is not None for value in there)


def _as_number(value: str) -> float:
    """What has no value stands behind all numbers."""
    number = number_of(value)
    return inf if number is None else number


def _largest(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return sorted(rows, key=lambda value: (-rows[value]["examples"], natural(value)))
