"""The questions that are worth training on: those that the policy neither always nor never gets right.

After recovery, as a question of which the rule rejected every right answer looks like one that is too hard.
"""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from tinyv_cli.exports.request import Request, lines_at
from tinyv_cli.figures.queries import ACCEPTED, CORRECT, FIRST_PLACE, QUESTION, with_places

RIGHT, RESPONSES = pl.col("right"), pl.col("responses")
COLUMNS = ("question", "gold", "source", "responses", "right", "undecided")
PLACES = ("row", "file", "line")


def questions(request: Request) -> Iterator[pa.Table]:
    """A line for each question whose pass rate lies between the ends, in the order of the input.

    `accepted_of_right`: the share of its right answers that the rule accepts; where it is low the rule
    hides what the question teaches. What is undecided counts as wrong, as in training.
    """
    figures = {
        "pass_rate": RIGHT / RESPONSES,
        "pass_rate_by_rule": pl.col("accepted") / RESPONSES,
        "accepted_of_right": pl.when(RIGHT > 0).then(pl.col("accepted_right") / RIGHT),
    }
    for lines in lines_at(request, _chosen(request), "question", "gold", "file", "line"):
        yield lines.with_columns(**figures).select(*COLUMNS, *figures, *PLACES).to_arrow()


def _chosen(request: Request) -> pl.DataFrame:
    """Where each of these questions stands first, with what became of its responses."""
    frame, (low, high) = request.frame, request.pass_rate
    counted = request.audited.collect(
        frame.group_by(QUESTION).agg(
            place=FIRST_PLACE,
            source=request.source.min(),
            responses=pl.len(),
            right=CORRECT.sum(),
            accepted=ACCEPTED.sum(),
            accepted_right=(CORRECT & ACCEPTED).sum(),
            undecided=(pl.col("tinyv_verdict") == "undecided").sum(),
        )
    )
    return with_places(counted.filter((RIGHT / RESPONSES).is_between(low, high)).drop("question_key"))
