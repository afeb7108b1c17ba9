"""What the rule accepts though something speaks against it: its other mistake, beside the false negatives."""

from collections.abc import Mapping, Sequence

import polars as pl

from tinyv_cli.documents.pairs import COPIES, pairs_of
from tinyv_cli.figures.queries import ACCEPTED, by_turns, one, texts_of
from tinyv_cli.figures.records import BESIDE, Count, Share, record, share_of, told

SHOWN = 20

DOUBT = pl.col("tinyv_suspect")
DOUBTED = ACCEPTED & DOUBT.is_not_null()
# What a doubt is called stands before the colon of its sentence.
KIND = DOUBT.str.split(":").list.first()


@record
class SuspectAccept:
    """An answer that the rule accepts, and what speaks against it."""

    row: Count
    rollout: Count
    copies: Count = told("Examples with this question, gold and answer.")
    reason: str | None = told("What speaks against it.")
    question: str | None
    gold: str | None
    answer: str | None


@record
class SuspectAccepts:
    """Answers that the rule accepts though something speaks against them."""

    count: Count
    accepted: Count = told("All that the rule accepts.")
    found: Share = told("Of the accepted, that are suspect.", beside=BESIDE)
    kinds: Mapping[str, Count] = told("What speaks against them, in a word or two, the commonest first.")
    examples: Sequence[SuspectAccept] = told("Of each kind by turns, 20 at most.")


def suspect_accepts(frame: pl.LazyFrame) -> SuspectAccepts:
    """How many there are, of which kinds, with examples."""
    counted = one(frame, count=DOUBTED.sum(), accepted=ACCEPTED.sum())
    doubted = pairs_of(frame.filter(DOUBTED), kind=KIND)
    counts = doubted.group_by("kind").agg(count=COPIES)
    kinds = counts.sort(["count", "kind"], descending=[True, False])
    first = by_turns(doubted, "kind", SHOWN, counted=COPIES)
    texts = {name: pl.col(f"tinyv_{name}") for name in ("question", "gold", "answer")}
    shown = texts_of(frame, first.select("row", "rollout", "copies"), reason=DOUBT, **texts)
    return SuspectAccepts(
        **counted,
        found=share_of(counted["count"], counted["accepted"]),
        kinds=dict(kinds.iter_rows()),
        examples=[SuspectAccept(**row) for row in shown.iter_rows(named=True)],
    )
