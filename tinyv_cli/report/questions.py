"""What lost answers cost RL: of questions with several rollouts, how many pass before and after recovery.

A question is its text and its gold, or its row where it has no text. What is undecided counts as not passed,
as it does in training.
"""

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from tinyv_cli.figures.queries import ACCEPTED, CORRECT, QUESTION, Figures, collect

ROLLOUTS, BEFORE, AFTER = pl.col("rollouts"), pl.col("before"), pl.col("after")
EDGES = (0.25, 0.5, 0.75)  # which part the pass rates between none and all


def passes(frame: pl.LazyFrame, *by: pl.Expr) -> pl.DataFrame:
    """Of each question with several rollouts, how many there are, and pass by the rule and after recovery.

    `by` are values that split a question in several.
    """
    counted = frame.group_by(QUESTION, *by).agg(
        rollouts=pl.len().cast(pl.Int64),
        before=ACCEPTED.sum().cast(pl.Int64),
        after=CORRECT.sum().cast(pl.Int64),
    )
    return collect(counted.filter(ROLLOUTS > 1))


def question_figures(questions: pl.DataFrame) -> Figures | None:
    """Pass rates, states and moves of these questions, and how their rewards change; None without any."""
    return questions.select(**FIGURES).row(0, named=True) if len(questions) else None


def question_figures_by(questions: pl.DataFrame, column: str) -> dict[str, Figures]:
    """The same for each value of a column."""
    found = questions.group_by(column).agg(**FIGURES)
    return {row.pop(column): row for row in found.iter_rows(named=True)}


def distribution(questions: pl.DataFrame) -> list[Figures]:
    """How many questions have which pass rate, before and after: none, four parts between, and all."""
    states = ["all_wrong", *["mixed"] * (len(EDGES) + 1), "all_right"]
    ends = [(0.0, 0.0), *pairwise((0.0, *EDGES, 1.0)), (1.0, 1.0)]
    before, after = (
        dict(questions.select(_part(passed))["part"].value_counts().iter_rows()) for passed in (BEFORE, AFTER)
    )
    return [
        {
            "state": state,
            "above": above,
            "up_to": up_to,
            "before": before.get(number, 0),
            "after": after.get(number, 0),
        }
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


STATES = {"all_wrong": _all_wrong, "mixed": _mixed, "all_right": _all_right}
MOVES = (("all_wrong", "mixed"), ("all_wrong", "all_right"), ("mixed", "all_right"))


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
    for left, reached in MOVES:
        yield f"{left}_to_{reached}", (STATES[left](BEFORE) & STATES[reached](AFTER)).sum()
    yield "advantage_change", _advantage_change()


# Prompt efficiency (eta of arXiv 2505.14625) is the share of questions that some rollouts pass and some do
# not: those that RL can learn from.
FIGURES = dict(_figures())
