"""Some false negatives in full, to be looked at one by one. The examples are capped, the counts are not."""

import polars as pl

from tinyv_cli.findings.queries import FOUND, PROVED, Figures, collect, texts_of

LISTED = 200
QUESTION_CHARS, ANSWER_CHARS, RESPONSE_CHARS = 2000, 1000, 4000
HEAD = 4  # of what is cut, a quarter of what is kept is from the beginning

FIELDS = ("question", "gold", "answer", "response", "category", "lost_in", "evidence", "proof")
CHARS = {"question": QUESTION_CHARS, "gold": ANSWER_CHARS, "answer": ANSWER_CHARS, "response": RESPONSE_CHARS}


def listing(
    frame: pl.LazyFrame, *, most: int, confidence: pl.Expr, group: pl.Expr | None, second_model: bool
) -> list[Figures]:
    """At most so many false negatives: by turns of each kind the surest, those of the commonest kind first.

    What is proved is surer than what the model says. `group` tells where an example is from.
    """
    kind = pl.col("tinyv_category").fill_null("")
    sure = pl.when(PROVED).then(2.0).otherwise(confidence)
    found = collect(
        frame.filter(FOUND).select(row="tinyv_row", rollout="tinyv_rollout", kind=kind, sure=sure)
    )
    turns = found.sort("row", "rollout").with_columns(
        turn=pl.col("sure").rank("ordinal", descending=True).over("kind"),
        common=pl.len().over("kind"),
    )
    chosen = turns.sort("turn", "common", "kind", descending=[False, True, False]).head(most)
    columns = {name: pl.col(f"tinyv_{name}") for name in FIELDS}
    columns |= {"p": pl.col("tinyv_p"), "response_chars": pl.col("tinyv_response").str.len_chars()}
    columns |= {"p_2": pl.col("tinyv_p_2")} if second_model else {}
    columns |= {"group": pl.lit(None, pl.String) if group is None else group}
    listed = texts_of(frame, chosen.select("row", "rollout"), **columns)
    return [row | {name: shortened(row[name], CHARS[name]) for name in CHARS} for row in listed.to_dicts()]


def shortened(text: str | None, chars: int) -> str | None:
    """A long text without its middle: a question is known by its beginning, a response by its end."""
    if text is None or len(text) <= chars:
        return text
    head = chars // HEAD
    return f"{text[:head]}\n[…]\n{text[head - chars :]}"
