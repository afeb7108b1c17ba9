"""The figures of each value of a column: which part of the data loses how much."""

from collections.abc import Sequence

import polars as pl

from tinyv_cli.errors import SourceError
from tinyv_cli.figures.measures import FEW_PAIRS
from tinyv_cli.figures.queries import FOUND, LIKELY, PROVED, REJECTED, collect, values_at
from tinyv_cli.figures.records import BESIDE, Count, Share, record, share_of, told
from tinyv_cli.report.correction import Correction
from tinyv_cli.report.questions import Questions, passes, question_figures_by
from tinyv_cli.report.score import SCORED, Scored, scores_by

MAX_GROUPS = 100
NO_VALUE = "(none)"
SHOWN_COLUMNS = 20


@record
class Group:
    """The examples that have one value in a column."""

    value: str = told("'(none)' is null.")
    examples: Count
    rejected: Count = told("By the rule.")
    scored: Scored = told(beside=SCORED)
    false_negatives: Count = told("Found among the rejected and the undecided.")
    proved: Count
    likely: Count
    among_rejected: Count = told("False negatives among the rejected.")
    found: Share = told("Of the rejected.", beside=BESIDE)
    small: bool = told("Fewer than 20 were rejected.")
    questions: Questions | None = told("What lost answers cost RL in this group.")


@record
class Groups:
    """The figures of each value of a column, those with the most examples first."""

    column: str
    count: Count = told("How many values there are; of these the 100 largest are listed.")
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
    """The false negatives of each group and what they cost RL, largest first; None without the column."""
    values = values_at(column, frame)
    if values is None:
        return None
    group = values.fill_null(NO_VALUE).alias("value")
    found = collect(
        frame.group_by(group).agg(
            examples=pl.len(),
            rejected=REJECTED.sum(),
            false_negatives=FOUND.sum(),
            proved=PROVED.sum(),
            likely=LIKELY.sum(),
            among_rejected=(FOUND & REJECTED).sum(),
        )
    )
    largest = found.sort(["examples", "value"], descending=[True, False]).head(MAX_GROUPS)
    scores = scores_by(frame, group, "value", correction)
    questions = question_figures_by(passes(frame, group), "value")
    groups = [
        Group(
            **row,
            scored=scores[row["value"]],
            found=share_of(row["among_rejected"], row["rejected"]),
            small=row["rejected"] < FEW_PAIRS,
            questions=questions.get(row["value"]),
        )
        for row in largest.iter_rows(named=True)
    ]
    return Groups(column, len(found), groups)
