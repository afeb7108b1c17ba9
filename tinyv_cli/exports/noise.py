"""How noisy the rule's reward is: its rates of false negatives and of false positives, by source.

For trainings that correct for that (arXiv 2510.00915). Intervals are clustered by question: the rate is a
ratio of sums over questions, whose variance is that of the sums of residuals (Miller 2024, arXiv 2411.00640).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from tinyv_cli.exports.request import HAND, Request
from tinyv_cli.figures.queries import ACCEPTED, CORRECT, PROVED, QUESTION
from tinyv_cli.figures.records import UNKNOWN_SHARE, Count, Share, as_json, record, told
from tinyv_cli.figures.statistics import effective_wilson
from tinyv_cli.records import Evidence

FORMULAS = {
    "false_positive_rate": "rho_0 = P(the rule accepts | the answer is wrong)",
    "false_negative_rate": "rho_1 = P(the rule does not accept | the answer is right)",
    "backward": "(r - rho_0) / (1 - rho_0 - rho_1) in the place of the rule's reward r, 0 or 1: in "
    "expectation it is the true reward",
    "forward": "the score function weighed with rho_1 where r is 1, and with rho_1 - 1 where r is 0: in "
    "expectation the true gradient times 1 - rho_0 - rho_1; rho_0 need not be known",
}
ABOUT = (
    "Right is what the rule accepts with nothing against it, what is proved, what the model finds right, and "
    "what people say is right; false_negative_rate_proved leaves out what only the model finds right, and is "
    "a lower bound. Of what the rule accepts, wrong is what something speaks against: rho_0 is of what was "
    "noticed, and may be higher. What is undecided is left out. Intervals are 95%, clustered by question."
)


@record
class Corrections:
    """What takes the place of the rule's reward, as numbers."""

    accepted: float | None = told("Where the rule accepts.")
    not_accepted: float | None = told("Where it does not.")


@record
class Rates:
    """The noise of the rule's reward; null where nothing is there to tell it from."""

    right: Count
    wrong: Count
    undecided: Count
    false_negative_rate: Share
    false_negative_rate_proved: Share
    false_positive_rate: Share
    backward: Corrections
    forward: Corrections


@record
class SourceRates:
    """The same of the responses that have one value in the column."""

    source: str | None
    rates: Rates


@record
class Noise:
    """The rule, how noisy it is in all and by source, and what the rates mean."""

    rule: str | None
    overall: Rates
    by: str | None
    sources: Sequence[SourceRates]
    formulas: Mapping[str, str]
    about: str


SUSPECT = pl.col("tinyv_suspect").is_not_null() & (pl.col("tinyv_evidence") != HAND)
RIGHT = CORRECT & ~(ACCEPTED & SUSPECT)
WRONG = (pl.col("tinyv_verdict") == "incorrect") | (ACCEPTED & CORRECT & SUSPECT)
SURE = RIGHT & (ACCEPTED | PROVED | (pl.col("tinyv_evidence") != str(Evidence.MODEL)))
WORTH = {
    "right": RIGHT,
    "wrong": WRONG,
    "undecided": ~(RIGHT | WRONG),
    "lost": RIGHT & ~ACCEPTED,
    "sure": SURE,
    "lost_sure": SURE & ~ACCEPTED,
    "let_through": WRONG & ACCEPTED,
}


def noise(request: Request) -> Iterator[pa.Table]:
    """One row: the rates in all, and of each source."""
    frame = request.frame
    sums = {name: value.fill_null(value=False).sum().cast(pl.Int64) for name, value in WORTH.items()}
    # In an order of their own, so that sums of them are the same wherever they were found.
    by_source = frame.group_by(QUESTION, request.source.alias("source")).agg(**sums)
    questions = request.audited.collect(by_source).sort(*sums)
    whole = questions.group_by("question_key").agg(pl.col(*sums).sum()).sort(*sums)
    found = Noise(
        rule=request.audited.metadata.get("rule", {}).get("name"),
        overall=_rates(whole),
        by=request.source_column,
        sources=[*_by_source(questions)] if request.source_column else [],
        formulas=FORMULAS,
        about=ABOUT,
    )
    yield pa.Table.from_pylist([as_json(found)])


def _by_source(questions: pl.DataFrame) -> Iterator[SourceRates]:
    for source in questions["source"].unique().sort(nulls_last=True):
        yield SourceRates(source, _rates(questions.filter(pl.col("source").eq_missing(source))))


def _rates(questions: pl.DataFrame) -> Rates:
    found: Mapping[str, Any] = questions.select(pl.col(*WORTH).sum()).row(0, named=True)
    lost = _rate(questions, "lost", "right")
    let_through = _rate(questions, "let_through", "wrong")
    return Rates(
        right=found["right"],
        wrong=found["wrong"],
        undecided=found["undecided"],
        false_negative_rate=lost,
        false_negative_rate_proved=_rate(questions, "lost_sure", "sure"),
        false_positive_rate=let_through,
        backward=_backward(let_through.value, lost.value),
        forward=Corrections(lost.value, None if lost.value is None else lost.value - 1),
    )


def _rate(questions: pl.DataFrame, part: str, whole: str) -> Share:
    """The share of the one in the other, with its interval."""
    having = questions.filter(pl.col(whole) > 0)
    total, count = int(having[whole].sum()), len(having)
    if not total:
        return UNKNOWN_SHARE
    rate = float(having[part].sum()) / total
    if count < 2:
        return Share(rate, None)
    squares = having.select(((pl.col(part) - rate * pl.col(whole)) ** 2).sum()).item()
    error = (squares * count / (count - 1)) ** 0.5 / total
    return Share(rate, effective_wilson(rate, error, trials=count))


def _backward(false_positive: float | None, false_negative: float | None) -> Corrections:
    """Not known where the rule is no better than chance."""
    if false_positive is None or false_negative is None or false_positive + false_negative >= 1:
        return Corrections(None, None)
    scale = 1 - false_positive - false_negative
    return Corrections((1 - false_positive) / scale, -false_positive / scale)
