"""By how much the score is off, as far as the verifier's errors are known from labels or a calibration.

By labels it is prediction-powered inference (Angelopoulos et al. 2023, arXiv 2301.09633): what the stages
said of every response is its prediction, and what the labelled ones are off on average, kind by kind, is
added. So the score stays true whatever the verifier is worth, and is the narrower the better it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt

import polars as pl

from tinyv_cli.documents.calibration import OperatingPoint
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.figures.queries import ACCEPTED, CORRECT, QUESTION, REJECTED, collect
from tinyv_cli.figures.statistics import Z_95, student_95
from tinyv_cli.report.estimate import GROUP, Estimate, by_point, seen_by, those_that_count, with_labels


@dataclass(frozen=True, slots=True)
class Shift:
    """What is to be added to a score, and its standard error, beside which the sample's own stands."""

    value: float
    error: float


# Of the examples of a file, for each value of a group the shift of its score; a value of which too little is
# known has none.
Correction = Callable[[pl.LazyFrame, pl.Expr], Mapping[str, Shift]]

KIND = (
    pl.when(ACCEPTED)
    .then(pl.lit("accepted"))
    .when(REJECTED)
    .then(GROUP)
    .otherwise(pl.lit("unread"))
    .alias("kind")
)
# What is not what it is taken for unless somebody has looked: of the others the verdict is taken at its word.
MUST_BE_LABELLED = "likely"
FEWEST_DEGREES = 3  # fewer say nothing of how far a mean may be off


def correction_of(
    estimate: Estimate | None, labels: Sequence[HandLabel] | None, threshold: float
) -> Correction | None:
    """The correction by labels, or else by the operating point that the estimate rests on, at a threshold."""
    if labels is not None:
        return partial(_by_labels, labels=those_that_count(labels))
    if estimate is not None and estimate.operating_point is not None and estimate.reason is None:
        return partial(_by_point, point=estimate.operating_point, threshold=threshold)
    return None


def _by_point(
    frame: pl.LazyFrame, group: pl.Expr, *, point: OperatingPoint, threshold: float
) -> dict[str, Shift]:
    """By the errors on other labelled pairs: of the rejected as many are right as the estimate says."""
    shifts = {}
    for value, seen in seen_by(frame, group, threshold).items():
        right = by_point(seen, point).right
        if right.value is not None and right.interval is not None:
            low, high = right.interval
            of_all, found = seen.rejected / seen.examples, seen.found / seen.examples
            shifts[value] = Shift(right.value * of_all - found, of_all * (high - low) / (2 * Z_95))
    return shifts


def _by_labels(frame: pl.LazyFrame, group: pl.Expr, *, labels: Sequence[HandLabel]) -> dict[str, Shift]:
    """By what the labelled responses of each kind are off, those of a stratum standing for all of it."""
    values = frame.with_columns(group.alias("value"), KIND)
    sizes = collect(values.group_by("value", "kind").agg(size=pl.len()))
    labelled = _labelled(values, labels)
    known = labelled.select("value", "kind").unique()
    missing = sizes.join(known, on=["value", "kind"], how="anti").filter(
        pl.col("kind").is_in([*known["kind"].unique(), MUST_BE_LABELLED])
    )
    told = labelled.join(sizes, on=["value", "kind"]).join(missing, on="value", how="anti")
    examples = dict(sizes.group_by("value").agg(pl.col("size").sum()).iter_rows())
    shifts = {value: _shift(of_value, examples[value]) for (value,), of_value in told.group_by("value")}
    return {str(value): shift for value, shift in shifts.items() if shift is not None}


def _labelled(values: pl.LazyFrame, labels: Sequence[HandLabel]) -> pl.DataFrame:
    """The labelled responses: value, kind and question, what their verdict is off, and their weight."""
    places = values.select("value", "kind", QUESTION, row="tinyv_row", rollout="tinyv_rollout", said=CORRECT)
    # All labels of a stratum stand for the whole of it; without strata each stands for as much as another.
    of_stratum = pl.col("size") / pl.len().over("stratum")
    return with_labels(places, labels).select(
        "value",
        "kind",
        "question_key",
        off=pl.col("right").cast(pl.Float64) - pl.col("said").cast(pl.Float64),
        weight=of_stratum.fill_null(1.0),
    )


def _shift(labelled: pl.DataFrame, examples: int) -> Shift | None:
    """The mean of what the labels are off, of each kind by its size; None where they are too few.

    The variance is clustered by question. Where hardly any label is off it would be too small: it is at
    least that of one more that is off and one that is not, in each kind (Laplace).
    """
    weight, off, of_all = pl.col("weight"), pl.col("off"), pl.col("size") / examples
    kinds = labelled.group_by("kind").agg(
        share=of_all.first(),
        weights=weight.sum(),
        mean=(weight * off).sum() / weight.sum(),
        effective=weight.sum() ** 2 / (weight**2).sum(),
        rate=((off != 0).sum() + 1) / (pl.len() + 2),
    )
    residual = pl.col("share") * weight / pl.col("weights") * (off - pl.col("mean"))
    by_question = labelled.join(kinds, on="kind").group_by("question_key").agg(residual.sum().alias("sum"))
    questions, rate = len(by_question), pl.col("rate")
    degrees = questions - len(kinds)
    if degrees < FEWEST_DEGREES:
        return None
    clustered = float((by_question["sum"] ** 2).sum()) * questions / (questions - 1)
    least = kinds.select((pl.col("share") ** 2 * rate * (1 - rate) / pl.col("effective")).sum()).item()
    error = sqrt(max(clustered, least)) * student_95(degrees) / Z_95
    return Shift(float((kinds["share"] * kinds["mean"]).sum()), error)
