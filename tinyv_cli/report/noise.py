"""How many questions the rule's errors should leave mixed if they struck by chance, and how many they left.

With a false-negative rate f and a false-positive rate g a question of pass rate p is seen at
p' = p(1 - f) + (1 - p)g: what is learnt from shrinks by 1 - f - g, and of groups of n rollouts
1 - E[(1 - p')ⁿ] - E[p'ⁿ] are mixed. No p has to be known for that: of a group with k right rollouts chance
accepts none with probability fᵏ(1 - g)ⁿ⁻ᵏ, whose mean over the k that p brings about is (1 - p')ⁿ, and all
with (1 - f)ᵏgⁿ⁻ᵏ, whose mean is p'ⁿ. Where another share is mixed the errors are *systematic*: they strike by
question.
"""

from collections.abc import Sequence

import polars as pl

from tinyv_cli.figures.queries import (
    ACCEPTED,
    CORRECT,
    FOUND,
    PLACE,
    QUESTION,
    collect,
    texts_of,
    with_places,
)
from tinyv_cli.figures.records import Count, Proportion, Share, record, share_of, told
from tinyv_cli.figures.statistics import Z_95

SHOWN = 20
ROLLOUTS, RIGHT, PASSED, RIGHT_PASSED = map(pl.col, ("rollouts", "right", "passed", "right_passed"))
WRONG = ROLLOUTS - RIGHT
NONE_ACCEPTED = (RIGHT > 0) & (RIGHT_PASSED == 0)


@record
class NoneAccepted:
    """A question of which the rule accepts no right answer."""

    row: Count
    rollout: Count = told("The first right one.")
    right: Count = told("Right rollouts, none of which the rule accepts.")
    rollouts: Count
    chance: Proportion = told("How likely that is at the false-negative rate of all.")
    question: str | None
    gold: str | None
    answer: str | None


@record
class OffChance:
    """The observed share of mixed questions, less the expected one."""

    value: float = told("From -1 to 1.")
    interval: tuple[float, float] | None = told("95%, paired by question; null of one question.")


@record
class Noise:
    """How many questions the rule's errors leave mixed: by chance, and as observed.

    Of questions with several rollouts; what is right in the end counts as right.
    """

    false_negative_rate: Share = told("f: of the right rollouts, those that the rule does not accept.")
    false_positive_rate: Share = told("g: of the wrong ones, those that it accepts.")
    strength: float = told("1 - f - g: by what differences of pass rates shrink.")
    mixed_expected: Proportion = told("The share of mixed questions if errors struck by chance.")
    mixed_observed: Proportion = told("That by the rule.")
    difference: OffChance
    none_accepted: Count = told("Questions with right rollouts, of which the rule accepts none.")
    none_accepted_expected: float = told("How many these would be by chance.")
    examples: Sequence[NoneAccepted] = told("Those that chance explains least, 20 at most.")


def noise_figures(frame: pl.LazyFrame) -> Noise | None:
    """The rates of the rule's errors and what they leave; None where no question has several rollouts."""
    questions = judged_questions(frame)
    if questions.is_empty():
        return None
    missed, fooled = error_rates(questions)
    by_chance = with_chances(questions, missed.value or 0.0, fooled.value or 0.0)
    figures = by_chance.select(**FIGURES).row(0, named=True)
    difference = _difference(figures["mixed_observed"] - figures["mixed_expected"], figures.pop("error"))
    return Noise(
        missed,
        fooled,
        1 - (missed.value or 0.0) - (fooled.value or 0.0),
        **figures,
        difference=difference,
        examples=_examples(frame, by_chance.filter(NONE_ACCEPTED)),
    )


def judged_questions(frame: pl.LazyFrame) -> pl.DataFrame:
    """Of each question with several rollouts how many are right, how many passed the rule, and how many both.

    In an order of their own, so that means of them are the same wherever they were found.
    """
    sums = {"right": CORRECT, "passed": ACCEPTED, "right_passed": CORRECT & ACCEPTED}
    judged = frame.group_by(QUESTION).agg(
        rollouts=pl.len().cast(pl.Int64),
        **{name: value.sum().cast(pl.Int64) for name, value in sums.items()},
        place=PLACE.filter(FOUND).min(),
    )
    return collect(judged.filter(ROLLOUTS > 1)).sort("rollouts", *sums, "place")


def error_rates(questions: pl.DataFrame) -> tuple[Share, Share]:
    """The rule's rates of false negatives and of false positives."""
    sums = questions.select(
        right=RIGHT.sum(),
        wrong=WRONG.sum(),
        missed=(RIGHT - RIGHT_PASSED).sum(),
        fooled=(PASSED - RIGHT_PASSED).sum(),
    ).row(0, named=True)
    return share_of(sums["missed"], sums["right"]), share_of(sums["fooled"], sums["wrong"])


def with_chances(questions: pl.DataFrame, f: float, g: float) -> pl.DataFrame:
    """The questions with how likely each is `mixed`, and all its right rollouts are rejected (`chance`).

    If each right rollout is rejected with probability f, and each wrong one accepted with g.
    """
    none = _power(f, RIGHT) * _power(1 - g, WRONG)
    each = _power(1 - f, RIGHT) * _power(g, WRONG)
    chance = pl.when(RIGHT > 0).then(_power(f, RIGHT)).otherwise(0.0)
    return questions.with_columns(expected=1 - none - each, chance=chance)


def _power(base: float, exponent: pl.Expr) -> pl.Expr:
    return pl.lit(base, pl.Float64).pow(exponent)


_OBSERVED = ((PASSED > 0) & (PASSED < ROLLOUTS)).cast(pl.Float64)
FIGURES = {
    "mixed_expected": pl.col("expected").mean(),
    "mixed_observed": _OBSERVED.mean(),
    "error": (_OBSERVED - pl.col("expected")).std() / pl.len().sqrt(),
    "none_accepted": NONE_ACCEPTED.sum(),
    "none_accepted_expected": pl.col("chance").sum(),
}


def _difference(value: float, error: float | None) -> OffChance:
    """With its 95% interval, paired by question; without one of a single question."""
    return OffChance(value, None if error is None else (value - Z_95 * error, value + Z_95 * error))


def _examples(frame: pl.LazyFrame, questions: pl.DataFrame) -> list[NoneAccepted]:
    first = with_places(questions.sort("chance", "place").head(SHOWN))
    shown = first.select("row", "rollout", "right", "rollouts", "chance")
    texts = {name: pl.col(f"tinyv_{name}") for name in ("question", "gold", "answer")}
    return [NoneAccepted(**row) for row in texts_of(frame, shown, **texts).iter_rows(named=True)]
