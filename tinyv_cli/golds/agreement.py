"""Golds that the replies outvote: most of them agree on an answer that is neither the gold nor shown equal.

A model may be wrong in the same way each time. So this is no fault of the gold, only one to look at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from tinyv_cli.figures.queries import ONLY_FOR_THE_EYE, collect
from tinyv_cli.golds.checks import Judges, trial
from tinyv_cli.golds.comparing import Comparison, compared
from tinyv_cli.golds.figures import OutvotedExample, OutvotedFigures
from tinyv_cli.golds.ledger import PAIRS_AT_ONCE, Ledger, Note, asked_of, question_key, text_key
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.records import RuleOutcome
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import has_replies

LEAST_AGREEING = 3  # two of a policy's replies often make the same mistake
SHOWN = 5
SCHEMA = {"question_key": pl.Int64, "gold_key": pl.Int64, "agreed": pl.String, "agreeing": pl.Int64}
SCHEMA |= {"replies": pl.Int64, "row": pl.Int64}

Vote = dict[str, Any]  # a line of a frame of this schema


@dataclass(frozen=True, slots=True)
class Outvoted:
    """Golds that are outvoted: a line for each by `question_key` and `gold_key`, with what is `agreed` on."""

    golds: pl.DataFrame
    figures: OutvotedFigures


def replies_noted(windows: Iterable[Window], ledger: Ledger) -> Iterator[Window]:
    """The same windows with one example a row, once it is noted what their replies say."""
    for window in windows:
        if has_replies(window.mapping):
            ledger.write_answers(_answers_in(window))
        yield window.once()


def _answers_in(window: Window) -> list[tuple[int | None, int, str]]:
    """What the replies of a window say: those of no question, or no reply, are none."""
    return [
        (question_key(example), _spelling(answer), answer)
        for example in window.examples
        if example.response is not None and example.question.strip()
        for answer in [find_answer(example.response).text or ""]
    ]


def _spelling(answer: str) -> int:
    return text_key(re.sub(ONLY_FOR_THE_EYE, "", answer))


def find_outvoted(ledger: Ledger, judges: Judges) -> Outvoted:
    """Ask whether what most replies to a question agree on is the gold of its rows."""
    votes = _votes(ledger)
    enough = votes.filter(pl.col("replies") >= LEAST_AGREEING)
    agreed = enough.lazy().filter(pl.col("agreed").is_not_null())
    contested = collect(ledger.golds().join(agreed, on="question_key")).sort("row")
    lost = [*_lost(ledger, contested, judges)]
    golds = pl.DataFrame(lost, SCHEMA)
    clearest = golds.sort(-pl.col("agreeing") / pl.col("replies"), "row").head(SHOWN)
    with ledger.reader() as note:
        examples = [_example(vote, note(vote["row"])) for vote in clearest.iter_rows(named=True)]
    return Outvoted(golds, OutvotedFigures(len(enough), golds["question_key"].n_unique(), examples))


def _votes(ledger: Ledger) -> pl.DataFrame:
    """Of each question with replies how many there are, and what more than half of them agree on."""
    spelled = ledger.answers().with_row_index("place").group_by("question_key", "spelling")
    counted = spelled.agg(agreeing=pl.len().cast(pl.Int64), place=pl.col("place").min())
    most = pl.col("agreeing") == pl.col("agreeing").max()
    votes = collect(
        counted.group_by("question_key").agg(
            replies=pl.col("agreeing").sum(),
            agreeing=pl.col("agreeing").max(),
            place=pl.col("place").filter(most).min(),
        )
    )
    agrees = (pl.col("agreeing") >= LEAST_AGREEING) & (2 * pl.col("agreeing") > pl.col("replies"))
    chosen = votes.filter(agrees).select("place").lazy()
    texts = ledger.answers().with_row_index("place").join(chosen, on="place").select("place", agreed="answer")
    said = pl.col("agreed").replace("", None)  # replies without an answer agree on nothing
    return votes.join(collect(texts), on="place", how="left").with_columns(said)


def _lost(ledger: Ledger, contested: pl.DataFrame, judges: Judges) -> Iterator[Vote]:
    """The golds that are not what the replies agree on, nor shown to be equal to it."""
    with ledger.reader() as note:
        batches = (
            [_comparison(vote, note(vote["row"])) for vote in some.iter_rows(named=True)]
            for some in contested.iter_slices(PAIRS_AT_ONCE)
        )
        for batch in compared(batches, judges):
            yield from (vote for vote, outcome in batch if outcome is not RuleOutcome.ACCEPT)


def _comparison(vote: Vote, note: Note) -> Comparison[Vote]:
    tried = trial(asked_of(note), tuple(note["comparable"]), vote["agreed"])
    return Comparison(vote, [tried], note["sound"])


def _example(vote: Vote, note: Note) -> OutvotedExample:
    return OutvotedExample(
        row=vote["row"],
        gold=note["tinyv_gold"],
        answer=vote["agreed"],
        agreeing=vote["agreeing"],
        replies=vote["replies"],
        question=note["tinyv_question"],
    )
