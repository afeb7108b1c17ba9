"""The score before and after recovery: of all responses, how many are right, with intervals that are honest.

Responses to one question are no independent trials, so intervals are clustered by question: the variance of
the mean is that of the questions' sums of residuals (Miller 2024, arXiv 2411.00640). The gain is a paired
difference, whose variance is that of the differences. What is undecided counts as wrong, as in training.
"""

from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

import polars as pl

from tinyv_cli.figures.queries import ACCEPTED, CORRECT, LIKELY, PROVED, QUESTION, collect
from tinyv_cli.figures.records import UNKNOWN_SHARE, Count, Proportion, Share, among, record, told
from tinyv_cli.figures.statistics import Z_95, clipped, effective_wilson
from tinyv_cli.report.accepts import DOUBTED
from tinyv_cli.report.correction import Correction, Shift
from tinyv_cli.report.estimate import WHOLE

RESPONSES, QUESTIONS = pl.col("responses").sum(), pl.len()


@record
class Gain:
    """By how much a score rises, as a share of all."""

    value: float
    interval: tuple[float, float] | None = told("95%, of the paired difference; null of one question.")


@record
class Scored:
    """A score before and after recovery."""

    before: Share = told("By the rule.")
    after: Share = told("By all stages: it holds what is proved and what is likely.")
    gain: Gain = told("after less before.")
    corrected: Share | None = told(
        "What it really is, as far as the verifier's errors are known: by labels of some responses the "
        "prediction-powered estimate (arXiv 2301.09633), clustered by question; by a calibration with as "
        "many of the rejected right as it says. Null where nothing, or too little of this part, is known."
    )


SCORED = among(Scored)


@record
class Score:
    """Of all responses, how many are right: by the rule, and after recovery."""

    responses: Count = told("All of them.")
    questions: Count = told("By their text and gold.")
    scored: Scored = told(beside=SCORED)
    proved: Proportion = told("How much of the gain is proved.")
    likely: Proportion = told("How much of it is likely.")
    trusted: Share | None = told(
        "The score after recovery if what the rule accepts though something speaks against it is wrong; null "
        "where nobody looked for that."
    )
    undecided: Count = told("Responses that nobody could decide; they count as wrong in all of these.")


def score_figures(frame: pl.LazyFrame, correction: Correction | None, *, looked_at: bool) -> Score:
    """The score of a file. `looked_at`: it was looked for what speaks against the rule's accepts."""
    shift = correction(frame, WHOLE).get("") if correction else None
    questions = by_question(frame)
    found: Mapping[str, Any] = questions.select(**FIGURES).row(0, named=True) if len(questions) else NOTHING
    return Score(
        responses=found["responses"],
        questions=found["questions"],
        scored=_scored(found, shift),
        proved=found["proved"],
        likely=found["likely"],
        trusted=_share(found, "trusted") if looked_at else None,
        undecided=found["undecided"],
    )


def scores_by(
    frame: pl.LazyFrame, group: pl.Expr, column: str, correction: Correction | None
) -> Mapping[str, Scored]:
    """The score of each value of a column."""
    found = by_question(frame, group).group_by(column).agg(**FIGURES)
    shifts = correction(frame, group) if correction else {}
    return {row[column]: _scored(row, shifts.get(row[column])) for row in found.iter_rows(named=True)}


def by_question(frame: pl.LazyFrame, *by: pl.Expr) -> pl.DataFrame:
    """Of each question the sums of what its responses are worth.

    In an order of their own, so that means of them are the same wherever they were found.
    """
    worth = {
        "before": ACCEPTED,
        "after": CORRECT,
        "gain": CORRECT.cast(pl.Int64) - ACCEPTED.cast(pl.Int64),
        "trusted": CORRECT & ~DOUBTED,
        "proved": PROVED,
        "likely": LIKELY,
        "undecided": pl.col("tinyv_verdict") == "undecided",
    }
    sums = {name: value.sum().cast(pl.Int64) for name, value in worth.items()}
    found = collect(frame.group_by(QUESTION, *by).agg(responses=pl.len().cast(pl.Int64), **sums))
    return found.sort("responses", *sums)


def _figures() -> Iterator[tuple[str, pl.Expr]]:
    yield "responses", RESPONSES
    yield "questions", QUESTIONS
    yield "undecided", pl.col("undecided").sum()
    for name in ("before", "after", "gain", "trusted", "proved", "likely"):
        mean = pl.col(name).sum() / RESPONSES
        residuals = pl.col(name) - pl.col("responses") * mean
        yield name, mean
        # Of few questions the sum of squares is too small by the share of one of them.
        variance = (residuals**2).sum() * QUESTIONS / (QUESTIONS - 1)
        yield f"{name}_error", variance.sqrt() / RESPONSES


FIGURES = dict(_figures())
# Of no response nothing is right, and nothing is known.
NOTHING: Mapping[str, Any] = dict.fromkeys(FIGURES, 0)


def _scored(found: Mapping[str, Any], shift: Shift | None) -> Scored:
    gain, error = found["gain"], _error(found, "gain")
    interval = None if error is None else (max(-1.0, gain - Z_95 * error), min(1.0, gain + Z_95 * error))
    corrected = None if shift is None else _shifted(found, shift)
    return Scored(_share(found, "before"), _share(found, "after"), Gain(gain, interval), corrected)


def _error(found: Mapping[str, Any], name: str) -> float | None:
    """The standard error; None of one question, which says nothing of others."""
    return found[f"{name}_error"] if found["questions"] > 1 else None


def _share(found: Mapping[str, Any], name: str) -> Share:
    if not found["responses"]:
        return UNKNOWN_SHARE
    error = _error(found, name)
    if error is None:
        return Share(found[name], None)
    return Share(found[name], effective_wilson(found[name], error, trials=int(found["questions"])))


def _shifted(found: Mapping[str, Any], shift: Shift) -> Share:
    """The score with what it is off; what that is known from is taken to be independent of the sample."""
    score, error = clipped(found["after"] + shift.value), _error(found, "after")
    if error is None:
        return Share(score, None)
    return Share(score, effective_wilson(score, hypot(error, shift.error), trials=int(found["questions"])))
