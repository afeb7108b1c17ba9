"""False negatives to look at: the most confident, one proved of each kind, and a listing in full.

Whatever has the same question, gold and answer stands there once, with how often it occurs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from tinyv_cli.documents.pairs import COPIES, pairs_of
from tinyv_cli.figures.queries import (
    FIRST_PLACE,
    FOUND,
    LIKELY,
    PROVED,
    by_turns,
    collect,
    texts_of,
    with_places,
)
from tinyv_cli.figures.records import Count, Proportion, record, told
from tinyv_cli.figures.spelling import kind
from tinyv_cli.records import Lost

SAME = "same text"
TOP_EXAMPLES = 10
WORST = 10  # listed before the others
QUESTION_CHARS, ANSWER_CHARS, RESPONSE_CHARS = 2000, 1000, 4000
HEAD = 4  # of what is cut, a quarter of what is kept is from the beginning

FIELDS = ("question", "gold", "answer", "response", "category", "lost_in", "evidence", "proof")
CHARS = {"question": QUESTION_CHARS, "gold": ANSWER_CHARS, "answer": ANSWER_CHARS, "response": RESPONSE_CHARS}


@record
class SecondP:
    """What the second model says, where there is one."""

    p: Proportion | None = told("The second model's, where there is one.")


BESIDE_P = {"p": "p_2"}


TIMES = "Examples with this question, gold and answer."
LOST_IN = "extraction or comparison: whether the rule had the answer before it."


@record
class ConfidentExample:
    """A likely false negative of a high p."""

    row: Count
    rollout: Count
    copies: Count = told(TIMES)
    question: str | None
    gold: str | None
    answer: str | None
    category: str | None = told("The leaf of the taxonomy that is likeliest.")
    p: Proportion | None = told("The model's.")
    second: SecondP | None = told(beside=BESIDE_P, optional=True)
    accepted_by: Sequence[str] | None = told("Of the rules that were compared.", optional=True)


@record
class ProvedExample:
    """The first false negative of a kind that was proved."""

    leaf: str | None
    count: Count = told("How many of this kind were proved.")
    row: Count
    rollout: Count
    question: str | None
    gold: str | None
    answer: str | None
    lost_in: str | None = told(LOST_IN)
    proof: str | None


@record
class ListedExample:
    """A false negative in full; long texts lack their middle."""

    row: Count
    rollout: Count
    copies: Count = told(TIMES)
    question: str | None
    gold: str | None
    answer: str | None
    response: str | None
    category: str | None = told("The leaf of the taxonomy: of the proof, or the likeliest.")
    lost_in: str | None = told(LOST_IN)
    evidence: str | None = told("proof, rounds (a proof that rests on rounding) or model.")
    proof: str | None
    p: Proportion | None = told("The model's.")
    response_chars: Count | None = told("Its length as it was.")
    second: SecondP | None = told(beside=BESIDE_P, optional=True)
    group: str | None = told("The value of the first column of `by`.")


def most_confident(
    frame: pl.LazyFrame, others: Mapping[str, str], confidence: pl.Expr, *, second_model: bool
) -> list[ConfidentExample]:
    """Those likely ones of the highest p; of two, of that which spoke for the verdict."""
    names = ("question", "gold", "answer", "category", "p", *(["p_2"] if second_model else []))
    texts = {name: pl.col(f"tinyv_{name}") for name in names}
    accepted_by = [pl.when(pl.col(column) == "accept").then(pl.lit(name)) for name, column in others.items()]
    if accepted_by:
        texts["accepted_by"] = pl.concat_list(accepted_by).list.drop_nulls()
    best = pairs_of(frame.filter(LIKELY), sure=confidence).head(TOP_EXAMPLES)
    rows = texts_of(frame, best.select("row", "rollout", "copies"), **texts)
    return [
        ConfidentExample(**{"accepted_by": None} | _with_second(row)) for row in rows.iter_rows(named=True)
    ]


def one_of_each_leaf(frame: pl.LazyFrame) -> list[ProvedExample]:
    """Of each leaf of the taxonomy the first one proved, with its proof; the most frequent leaf first."""
    leaves = frame.filter(PROVED).group_by(leaf="tinyv_category").agg(count=pl.len(), place=FIRST_PLACE)
    first = with_places(collect(leaves)).sort(["count", "leaf"], descending=[True, False])
    texts = {name: pl.col(f"tinyv_{name}") for name in ("question", "gold", "answer", "lost_in", "proof")}
    return [ProvedExample(**row) for row in texts_of(frame, first, **texts).iter_rows(named=True)]


def listing(
    frame: pl.LazyFrame, *, most: int, confidence: pl.Expr, group: pl.Expr | None, second_model: bool
) -> list[ListedExample]:
    """At most so many false negatives: first those that were lost most often, then of each kind by turns.

    The surest of a kind comes first, and the commonest kind. What is proved is surer than what the model
    says. `group` tells where an example is from.
    """
    kind = pl.col("tinyv_category").fill_null("")
    sure = pl.when(PROVED).then(2.0).otherwise(confidence)
    pairs = pairs_of(frame.filter(FOUND), sure=sure, kind=kind)
    worst = _lost_oftenest(pairs, min(WORST, most))
    others = pairs.join(worst, on="pair", how="anti", maintain_order="left")
    chosen = pl.concat([worst, by_turns(others, "kind", most - len(worst), counted=COPIES)])
    columns = {name: pl.col(f"tinyv_{name}") for name in (*FIELDS, "p", *(["p_2"] if second_model else []))}
    columns |= {"response_chars": pl.col("tinyv_response").str.len_chars()}
    columns |= {"group": pl.lit(None, pl.String) if group is None else group}
    listed = texts_of(frame, chosen.select("row", "rollout", "copies"), **columns)
    return [ListedExample(**_with_second(_shortened(row))) for row in listed.iter_rows(named=True)]


def _lost_oftenest(pairs: pl.DataFrame, most: int) -> pl.DataFrame:
    """Those with most copies; of equally many by turns of each kind the surest, as `pairs` are ordered."""
    turn, common = pl.int_range(pl.len()).over("copies", "kind"), COPIES.over("kind")
    order = pairs.with_columns(turn=turn, common=common)
    by = ("copies", "turn", "common", "kind")
    return order.sort(by, descending=[True, False, True, False]).head(most).drop("turn", "common")


def named_kind(leaf: str | None, one: ProvedExample | ListedExample) -> str:
    """The leaf by its name; without one, that the rule did not see the answer, or that nothing differs."""
    if leaf:
        return kind(leaf)
    if one.lost_in == Lost.EXTRACTION:
        return Lost.EXTRACTION
    return SAME if (one.gold or "").strip() == (one.answer or "").strip() else ""


def _with_second(row: dict[str, Any]) -> dict[str, Any]:
    """The row with what the second model said as a record, or None without one."""
    second = SecondP(row.pop("p_2")) if "p_2" in row else None
    return row | {"second": second}


def _shortened(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: shortened(row[name], most) for name, most in CHARS.items()}


def shortened(text: str | None, chars: int) -> str | None:
    """A long text without its middle: a question is known by its beginning, a response by its end."""
    if text is None or len(text) <= chars:
        return text
    head = chars // HEAD
    return f"{text[:head]}\n[…]\n{text[head - chars :]}"
