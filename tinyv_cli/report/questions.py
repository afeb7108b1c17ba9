"""What lost answers cost RL: of questions with several rollouts, how many pass before and after recovery.

A question is its text and its gold, or its row where it has no text. What is undecided counts as not passed,
as it does in training.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal

import polars as pl

from tinyv_cli.figures.queries import ACCEPTED, CORRECT, QUESTION, collect
from tinyv_cli.figures.records import Count, Limits, Proportion, record, told

ROLLOUTS, BEFORE, AFTER = pl.col("rollouts"), pl.col("before"), pl.col("after")
EDGES = (0.25, 0.5, 0.75)  # which part the pass rates between none and all


State = Literal["all_wrong", "mixed", "all_right"]


@record
class PassRates:
    """The questions whose pass rates lie in one part of [0, 1]."""

    state: State = told("Whether none, some or all of their rollouts pass.")
    above: Proportion = told("Of mixed questions: above this pass rate, up to the other, never all right.")
    up_to: Proportion = told("The other end.")
    before: Count = told("Questions with such a pass rate by the rule.")
    after: Count = told("Those with such a one after recovery.")


@record
class Questions:
    """What lost answers cost RL, over questions with several rollouts."""

    count: Count
    rollouts: Count
    pass_rate_before: Proportion = told("By the rule; the mean of the questions' pass rates.")
    prompt_efficiency_before: Proportion = told(
        "The share of mixed questions, from which RL can learn (eta of arXiv 2505.14625)."
    )
    all_wrong_before: Count = told("Questions of which no rollout passes.")
    mixed_before: Count = told("Questions of which some rollouts pass and some do not.")
    all_right_before: Count = told("Questions of which all rollouts pass.")
    pass_rate_after: Proportion = told("By all stages.")
    prompt_efficiency_after: Proportion = told("The same after recovery.")
    all_wrong_after: Count = told("The same after recovery.")
    mixed_after: Count = told("The same after recovery.")
    all_right_after: Count = told("The same after recovery.")
    every_right_rejected: Count = told("Questions with a right answer of which the rule accepts none.")
    all_wrong_to_mixed: Count = told("Questions that RL could not learn from, and can.")
    all_wrong_to_all_right: Count = told("Questions of which all was wrong, and nothing is.")
    mixed_to_all_right: Count = told("Questions that taught something wrong.")
    advantage_change: Annotated[float, Limits(0)] = told(
        "By how much a rollout's advantage in GRPO (reward less the mean of its group, over the sample's "
        "standard deviation) changes, on average of all rollouts."
    )
    pass_rates: Sequence[PassRates] | None = told(
        "How the pass rates of all questions are distributed; not told of groups.", optional=True
    )


def passes(frame: pl.LazyFrame, *by: pl.Expr) -> pl.DataFrame:
    """Of each question with several rollouts, how many there are, and pass by the rule and after recovery.

    `by` are values that split a question in several. In an order of their own, so that means of them are the
    same wherever they were found.
    """
    counted = frame.group_by(QUESTION, *by).agg(
        rollouts=pl.len().cast(pl.Int64),
        before=ACCEPTED.sum().cast(pl.Int64),
        after=CORRECT.sum().cast(pl.Int64),
    )
    return collect(counted.filter(ROLLOUTS > 1)).sort("rollouts", "before", "after")


def question_figures(questions: pl.DataFrame) -> Questions | None:
    """Pass rates, states and moves of these questions, and how their rewards change; None without any."""
    if questions.is_empty():
        return None
    return Questions(**questions.select(**FIGURES).row(0, named=True), pass_rates=distribution(questions))


def question_figures_by(questions: pl.DataFrame, column: str) -> dict[str, Questions]:
    """The same for each value of a column, but for the distribution."""
    found = questions.group_by(column).agg(**FIGURES)
    return {row.pop(column): Questions(**row, pass_rates=None) for row in found.iter_rows(named=True)}


def distribution(questions: pl.DataFrame) -> list[PassRates]:
    """How many questions have which pass rate, before and after: none, four parts between, and all."""
    between: list[State] = ["mixed"] * (len(EDGES) + 1)
    states: list[State] = ["all_wrong", *between, "all_right"]
    ends = [(0.0, 0.0), *pairwise((0.0, *EDGES, 1.0)), (1.0, 1.0)]
    before, after = (
        dict(questions.select(_part(passed))["part"].value_counts().iter_rows()) for passed in (BEFORE, AFTER)
    )
    return [
        PassRates(state, above, up_to, before.get(number, 0), after.get(number, 0))
        for number, (state, (above, up_to)) in enumerate(zip(states, ends, strict=True))
    ]


def _part(passed: pl.Expr) -> pl.Expr:
    between = 1 + pl.sum_horizontal((passed / ROLLOUTS > edge).cast(pl.Int32) for edge in EDGES)
    last = len(EDGES) + 2
    return (
        pl.when(_all_wrong(passed))
        .then(0)
        .when(_all_right(passed))
        .then(last)
        .otherwise(between)
        .alias("part")
    )


def _all_wrong(passed: pl.Expr) -> pl.Expr:
    return passed == 0


def _mixed(passed: pl.Expr) -> pl.Expr:
    return (passed > 0) & (passed < ROLLOUTS)


def _all_right(passed: pl.Expr) -> pl.Expr:
    return passed == ROLLOUTS


STATES: dict[State, Callable[[pl.Expr], pl.Expr]] = {
    "all_wrong": _all_wrong,
    "mixed": _mixed,
    "all_right": _all_right,
}
MOVES: Sequence[tuple[State, State]] = (
    ("all_wrong", "mixed"),
    ("all_wrong", "all_right"),
    ("mixed", "all_right"),
)


def _advantage(reward: float, passed: pl.Expr) -> pl.Expr:
    """GRPO's advantage (arXiv 2402.03300): reward minus the mean of the group, over its standard deviation.

    The deviation is that of a sample, as trainers compute it; without any there is nothing to learn: 0.
    """
    rate = passed / ROLLOUTS
    spread = (rate * (1 - rate) * ROLLOUTS / (ROLLOUTS - 1)).sqrt()
    return pl.when(_mixed(passed)).then((reward - rate) / spread).otherwise(0.0)


def _advantage_change() -> pl.Expr:
    """By how much a rollout's advantage changes on average: accepted, recovered and failed ones apart."""
    changes = (
        (BEFORE, 1.0, 1.0),
        (AFTER - BEFORE, 0.0, 1.0),
        (ROLLOUTS - AFTER, 0.0, 0.0),
    )
    changed = (
        count * (_advantage(after, AFTER) - _advantage(before, BEFORE)).abs()
        for count, before, after in changes
    )
    return pl.sum_horizontal(*changed).sum() / ROLLOUTS.sum()


def _figures() -> Iterator[tuple[str, pl.Expr]]:
    yield "count", pl.len()
    yield "rollouts", ROLLOUTS.sum()
    for name, passed in (("before", BEFORE), ("after", AFTER)):
        yield f"pass_rate_{name}", (passed / ROLLOUTS).mean()
        yield f"prompt_efficiency_{name}", _mixed(passed).mean()
        for state, holds in STATES.items():
            yield f"{state}_{name}", holds(passed).sum()
    yield "every_right_rejected", ((BEFORE == 0) & (AFTER > 0)).sum()
    for left, reached in MOVES:
        yield f"{left}_to_{reached}", (STATES[left](BEFORE) & STATES[reached](AFTER)).sum()
    yield "advantage_change", _advantage_change()


FIGURES = dict(_figures())
