"""What is wrong with each row in the end, once its gold was compared with other golds and with replies."""

from dataclasses import replace

import polars as pl

from tinyv_cli.documents.sinks import Sink
from tinyv_cli.figures.queries import collect
from tinyv_cli.golds.agreement import Outvoted
from tinyv_cli.golds.checks import CheckedGold, Problem
from tinyv_cli.golds.conflicts import Conflicts
from tinyv_cli.golds.ledger import Ledger

KEYS = ["question_key", "gold_key"]
ADDED = ("tinyv_problem", "tinyv_majority_gold", "tinyv_agreed_answer")


def settled_notes(ledger: Ledger, conflicts: Conflicts, outvoted: Outvoted) -> pl.LazyFrame:
    """What was noted of each row, with what its copies and the replies say of it.

    That most copies have another gold is more than that the rule makes nothing of this one; a tie, or that
    replies agree on something else, is told only where there is nothing else to tell.
    """
    notes = ledger.notes()
    golds = notes.select(majority="tinyv_row", tinyv_majority_gold="tinyv_gold")
    wanted = conflicts.golds.lazy().filter(problem=Problem.CONFLICT.value).select("majority").unique()
    known = (
        notes.join(conflicts.golds.lazy(), on=KEYS, how="left")
        .join(golds.join(wanted, on="majority"), on="majority", how="left")
        .join(outvoted.golds.lazy().select(*KEYS, tinyv_agreed_answer="agreed"), on=KEYS, how="left")
    )
    own, of_copies = pl.col("tinyv_problem"), pl.col("problem")
    is_conflict = of_copies == Problem.CONFLICT.value
    by_replies = pl.when(pl.col("tinyv_agreed_answer").is_not_null()).then(pl.lit(Problem.OUTVOTED.value))
    decided = own.replace(Problem.UNDECIDED.value, None)
    return known.with_columns(
        tinyv_problem=pl.when(is_conflict)
        .then(of_copies)
        .otherwise(pl.coalesce(decided, of_copies, by_replies, own)),
        tinyv_majority_gold=pl.when(is_conflict).then("tinyv_majority_gold"),
    )


def write_rows(ledger: Ledger, notes: pl.LazyFrame, *, bad: Sink | None, clean: Sink | None) -> None:
    """Write the rows with a problem, our columns behind, and those without one, all as they were read."""
    problems = collect(notes.filter(pl.col("tinyv_problem").is_not_null()).select("tinyv_row", *ADDED))
    told = {row: what for row, *what in problems.iter_rows()}
    for number, (window, checked) in enumerate(ledger.rows()):
        settled = [_settled(each, *told.get(each.example.row, (None,))) for each in checked]
        for sink, wanted in ((bad, True), (clean, False)):
            chosen = [i for i, each in enumerate(settled) if (each.problem is not None) is wanted]
            if sink is not None and (chosen or number == 0):  # a file without rows has the input's columns
                sink.write(window.picked(chosen), [settled[i] for i in chosen])


def _settled(
    checked: CheckedGold, problem: str | None, majority: str | None = None, agreed: str | None = None
) -> CheckedGold:
    return replace(checked, problem=Problem(problem) if problem else None, majority=majority, agreed=agreed)
