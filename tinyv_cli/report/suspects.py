"""Golds that may be wrong: the rollouts agree on something else, or the rule cannot match them at all."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from tinyv_cli.figures.queries import (
    FIRST_PLACE,
    MEAN_P,
    ONLY_FOR_THE_EYE,
    QUESTION,
    REJECTED,
    collect,
    texts_of,
    with_places,
)
from tinyv_cli.figures.records import Count, Proportion, record, told

MIN_AGREEING = 3  # two of a policy's rollouts often make the same mistake
SHOWN = 20

Problem = Literal["unparsable", "unequal"]


@record
class OutvotedGold:
    """A gold that most rollouts contradict."""

    row: Count
    rollout: Count
    agreeing: Count = told("Rollouts with this answer, but for its spacing and dollars.")
    rollouts: Count
    share: Proportion = told("Of the question's rollouts that agree.")
    p: Proportion | None = told("The mean of the model's p of them.")
    question: str | None
    gold: str | None
    answer: str | None


@record
class OutvotedGolds:
    """Questions most of whose rollouts agree on another answer, which the model rejects, too."""

    questions: Count = told("Those with three rollouts at least.")
    count: Count = told("Those whose gold is outvoted.")
    examples: Sequence[OutvotedGold] = told("The clearest ones, 20 at most.")


@record
class UnmatchableGold:
    """A gold that the rule cannot match with itself."""

    row: Count
    rollout: Count
    problem: Problem = told("Whether the rule cannot read it, or rejects an answer that is spelled alike.")
    examples: Count
    question: str | None
    gold: str | None


@record
class UnmatchableGolds:
    """Questions whose gold the rule cannot read, or rejects as an answer that is spelled alike."""

    count: Count
    unparsable: Count = told("Those whose gold it cannot read.")
    unequal: Count = told("Those whose gold it reads, and rejects as an answer.")
    examples: Sequence[UnmatchableGold] = told("Those of the most examples, 20 at most.")


SPELLING = pl.col("tinyv_answer").str.replace_all(ONLY_FOR_THE_EYE, "")
REFUTED = (pl.col("tinyv_verdict") == "incorrect") & pl.col("tinyv_evidence").is_in(["model", "disproof"])
EXTRACTION = (pl.col("tinyv_lost_in") == "extraction").fill_null(value=False)
UNREADABLE = (pl.col("tinyv_rule_reason") == "gold_unparsable").fill_null(value=False)
REFUSED = (
    REJECTED
    & ~EXTRACTION
    & (pl.col("tinyv_answer").str.strip_chars() == pl.col("tinyv_gold").str.strip_chars())
).fill_null(value=False)

TEXTS = {"question": pl.col("tinyv_question"), "gold": pl.col("tinyv_gold")}


def outvoted_golds(frame: pl.LazyFrame) -> OutvotedGolds:
    """Questions most of whose rollouts agree on an answer that the model, too, finds unlike the gold.

    `questions` counts those with enough rollouts to tell, at least MIN_AGREEING.
    """
    answers = collect(
        frame.group_by(QUESTION, SPELLING.hash().alias("spelling")).agg(
            agreeing=pl.len(),
            answered=pl.col("tinyv_answer").is_not_null().all(),
            refuted=REFUTED.all(),
            p=MEAN_P,
            place=FIRST_PLACE,
        )
    ).with_columns(rollouts=pl.col("agreeing").sum().over("question_key"))
    enough = answers.filter(pl.col("rollouts") >= MIN_AGREEING)
    suspect = enough.filter(
        (pl.col("agreeing") >= MIN_AGREEING)
        & (2 * pl.col("agreeing") > pl.col("rollouts"))
        & pl.col("answered")
        & pl.col("refuted")
    ).with_columns(share=pl.col("agreeing") / pl.col("rollouts"))
    first = with_places(suspect.sort("share", "agreeing", "place", descending=[True, True, False]))
    shown = first.head(SHOWN).select("row", "rollout", "agreeing", "rollouts", "share", "p")
    texts = texts_of(frame, shown, **TEXTS, answer=pl.col("tinyv_answer"))
    return OutvotedGolds(
        questions=enough["question_key"].n_unique(),
        count=len(suspect),
        examples=[OutvotedGold(**row) for row in texts.iter_rows(named=True)],
    )


def unmatchable_golds(frame: pl.LazyFrame) -> UnmatchableGolds:
    """Questions whose gold the rule cannot read, or rejects as an answer that is spelled alike."""
    golds = collect(
        frame.filter(UNREADABLE | REFUSED)
        .group_by(QUESTION)
        .agg(
            examples=pl.len(),
            problem=pl.when(UNREADABLE.any()).then(pl.lit("unparsable")).otherwise(pl.lit("unequal")),
            place=FIRST_PLACE,
        )
    )
    first = with_places(golds.sort("examples", "place", descending=[True, False]))
    shown = first.head(SHOWN).select("row", "rollout", "problem", "examples")
    problems = golds["problem"]
    return UnmatchableGolds(
        count=len(golds),
        unparsable=int((problems == "unparsable").sum()),
        unequal=int((problems == "unequal").sum()),
        examples=[UnmatchableGold(**row) for row in texts_of(frame, shown, **TEXTS).iter_rows(named=True)],
    )
