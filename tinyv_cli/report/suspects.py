"""Golds that may be wrong: the rollouts agree on something else, or the rule cannot match them at all."""

import polars as pl

from tinyv_cli.figures.queries import QUESTION, REJECTED, Figures, collect, texts_of

MIN_AGREEING = 3  # two of a policy's rollouts often make the same mistake
SHOWN = 20

# What is only for the eye does not keep two answers from being the same.
SPELLING = pl.col("tinyv_answer").str.replace_all(r"\\(?:left|right|[,;:! ])|[\s$]|\.$", "")
REFUTED = (pl.col("tinyv_verdict") == "incorrect") & pl.col("tinyv_evidence").is_in(["model", "disproof"])
EXTRACTION = (pl.col("tinyv_lost_in") == "extraction").fill_null(value=False)
UNREADABLE = (pl.col("tinyv_rule_reason") == "gold_unparsable").fill_null(value=False)
REFUSED = (
    REJECTED
    & ~EXTRACTION
    & (pl.col("tinyv_answer").str.strip_chars() == pl.col("tinyv_gold").str.strip_chars())
).fill_null(value=False)

FIRST = {name: pl.col(f"tinyv_{name}").first() for name in ("row", "rollout")}
TEXTS = {"question": pl.col("tinyv_question"), "gold": pl.col("tinyv_gold")}


def outvoted_golds(frame: pl.LazyFrame) -> Figures:
    """Questions most of whose rollouts agree on an answer that the model, too, finds unlike the gold.

    `questions` counts those with enough rollouts to tell, at least MIN_AGREEING.
    """
    answers = collect(
        frame.group_by(QUESTION, SPELLING.hash().alias("spelling")).agg(
            agreeing=pl.len(),
            answered=pl.col("tinyv_answer").is_not_null().all(),
            refuted=REFUTED.all(),
            p=pl.col("tinyv_p").mean(),
            **FIRST,
        )
    ).with_columns(rollouts=pl.col("agreeing").sum().over("question_key"))
    enough = answers.filter(pl.col("rollouts") >= MIN_AGREEING)
    suspect = enough.filter(
        (pl.col("agreeing") >= MIN_AGREEING)
        & (2 * pl.col("agreeing") > pl.col("rollouts"))
        & pl.col("answered")
        & pl.col("refuted")
    ).with_columns(share=pl.col("agreeing") / pl.col("rollouts"))
    first = suspect.sort("share", "agreeing", "row", descending=[True, True, False])
    shown = first.head(SHOWN).select("row", "rollout", "agreeing", "rollouts", "share", "p")
    return {
        "questions": enough["question_key"].n_unique(),
        "count": len(suspect),
        "examples": texts_of(frame, shown, **TEXTS, answer=pl.col("tinyv_answer")).to_dicts(),
    }


def unmatchable_golds(frame: pl.LazyFrame) -> Figures:
    """Questions whose gold the rule cannot read, or rejects as an answer that is spelled alike."""
    golds = collect(
        frame.filter(UNREADABLE | REFUSED)
        .group_by(QUESTION)
        .agg(
            examples=pl.len(),
            problem=pl.when(UNREADABLE.any()).then(pl.lit("unparsable")).otherwise(pl.lit("unequal")),
            **FIRST,
        )
    )
    first = golds.sort("examples", "row", descending=[True, False])
    shown = first.head(SHOWN).select("row", "rollout", "problem", "examples")
    return {
        "count": len(golds),
        "unparsable": 0,
        "unequal": 0,
        **dict(golds["problem"].value_counts().iter_rows()),
        "examples": texts_of(frame, shown, **TEXTS).to_dicts(),
    }
