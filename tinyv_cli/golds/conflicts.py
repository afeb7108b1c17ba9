"""Golds of the same question that are not the same: most copies say which of them is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from tinyv_cli.golds.checks import Judges, Problem, trial
from tinyv_cli.golds.comparing import Comparison, compared
from tinyv_cli.golds.figures import ConflictExample, ConflictFigures
from tinyv_cli.golds.ledger import Ledger, Pair, asked_of
from tinyv_cli.records import RuleOutcome

OnProgress = Callable[[int, int, float | None], None]

SHOWN_CONFLICTS = 5
# Golds are compared with one after the other of those that they may be the same as; a question that has more
# than so many different ones lacks what would tell its copies apart, and none of its golds is right for all.
MOST_ROUNDS = 6

OUTCOMES = pl.Enum(list(map(str, RuleOutcome)))
COMPARED_SCHEMA = pl.Schema({"row": pl.Int64(), "outcome": OUTCOMES})


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What came of comparing golds of the same question.

    `golds` has a line for each gold in a conflict: by `question_key` and `gold_key` its `problem`, None where
    it is what most copies have, and the number of a row that has that, `majority`, None in a tie.
    """

    golds: pl.DataFrame
    figures: ConflictFigures


@dataclass(slots=True)
class _Comparisons:
    """Counts pairs as they are compared."""

    pairs: int = 0
    undecided: int = 0


def find_conflicts(ledger: Ledger, judges: Judges, on_progress: OnProgress) -> Conflicts:
    """Compare golds of a question that are spelled differently, and let the copies vote.

    Two are the same if the rule takes either for the other, or if they are shown to be equal: 0.5 and 1/2 are
    no conflict. They differ if the rule, which reads both, says so both ways, or if that is shown; anything
    else leaves it undecided.
    """
    golds, counted = _begun(ledger.rivals()), _Comparisons()
    for _ in range(MOST_ROUNDS):
        golds = golds.with_columns(against=_against())
        pairs = golds.filter(pl.col("against").is_not_null()).sort("against", "row")
        if pairs.is_empty():
            break
        golds = _settled(golds, _compared(ledger, pairs, judges, counted, on_progress))
    found = _judged(golds)
    figures = ConflictFigures(
        questions=found["question_key"].n_unique(),
        ties=found.filter(problem=Problem.TIE.value)["question_key"].n_unique(),
        pairs=counted.pairs,
        undecided_pairs=counted.undecided,
        examples=[*_examples(ledger, found)],
    )
    return Conflicts(found.select("question_key", "gold_key", "problem", "majority"), figures)


OPEN = pl.col("centre").is_null()
ROWS_OF_CLASS = pl.col("rows").sum().over("question_key", "centre")
LARGEST = pl.when(~OPEN).then(ROWS_OF_CLASS).max().over("question_key").fill_null(0)
LEFT = pl.col("rows").filter(OPEN).sum().over("question_key")


def _begun(rivals: pl.DataFrame) -> pl.DataFrame:
    """Before any is compared. `centre` is the row of the gold that one was found the same as, or its own.

    `unsure`: of some comparison nothing came. `differs`: one showed a difference.
    """
    return rivals.sort("question_key", "rows", "row", descending=[False, True, False]).with_columns(
        centre=pl.lit(None, pl.Int64), unsure=pl.lit(False), differs=pl.lit(False)
    )


def _against() -> pl.Expr:
    """The row of the commonest gold that is still open, for the others; None where the vote is certain."""
    first = pl.col("row").filter(OPEN).first().over("question_key")
    return pl.when(OPEN & (LEFT >= LARGEST) & (pl.col("row") != first)).then(first)


def _compared(
    ledger: Ledger, pairs: pl.DataFrame, judges: Judges, counted: _Comparisons, on_progress: OnProgress
) -> pl.DataFrame:
    """What came of each pair, by the row of the other gold."""
    outcomes: list[RuleOutcome] = []
    batches = ([_comparison(pair) for pair in batch] for batch in ledger.pairs(pairs))
    for batch in compared(batches, judges):
        found = [outcome for _, outcome in batch]
        outcomes += found
        on_progress(len(batch), found.count(RuleOutcome.REJECT), len(outcomes) / len(pairs))
    counted.pairs += len(outcomes)
    counted.undecided += outcomes.count(RuleOutcome.UNDECIDED)
    return pl.DataFrame({"row": pairs["row"], "outcome": list(map(str, outcomes))}, COMPARED_SCHEMA)


def _comparison(pair: Pair) -> Comparison[Pair]:
    """Both ways round, since rules are not symmetric."""
    trials = [
        trial(asked_of(gold), tuple(gold["comparable"]), answer)
        for gold, other in ((pair.first, pair.other), (pair.other, pair.first))
        for answer in other["comparable"]
    ]
    return Comparison(pair, trials, pair.is_sound)


def _settled(golds: pl.DataFrame, compared: pl.DataFrame) -> pl.DataFrame:
    """With what one round of comparing has shown; what the others were compared with is no more open."""
    known = golds.join(compared, on="row", how="left", maintain_order="left")
    outcome, against = pl.col("outcome"), pl.col("against")
    is_centre = OPEN & (pl.col("row") == against.max().over("question_key"))
    unsure = (outcome == "undecided").fill_null(value=False)
    return known.with_columns(
        centre=pl.when(is_centre).then("row").when(outcome == "accept").then(against).otherwise("centre"),
        unsure=pl.col("unsure") | unsure | (is_centre & unsure.any().over("question_key")),
        differs=pl.col("differs") | (outcome == "reject").fill_null(value=False).any().over("question_key"),
    ).drop("outcome")


def _judged(golds: pl.DataFrame) -> pl.DataFrame:
    """The golds of questions in which some differ: in conflict is what most copies do not have.

    What most have is known where one gold has more rows than any other; otherwise all are in a tie. What may
    be the same after all is no conflict.
    """
    whole = golds.filter(pl.col("differs")).with_columns(of_class=pl.when(~OPEN).then(ROWS_OF_CLASS))
    leader = pl.col("centre").filter(pl.col("of_class") == LARGEST)
    is_one = (LEFT < LARGEST) & (leader.n_unique().over("question_key") == 1)
    majority = pl.when(is_one).then(leader.first().over("question_key"))
    problem = (
        pl.when(majority.is_null())
        .then(pl.lit(Problem.TIE.value))
        .when(pl.col("centre").ne_missing(majority) & ~pl.col("unsure"))
        .then(pl.lit(Problem.CONFLICT.value))
    )
    first = pl.coalesce(majority, pl.col("row").first().over("question_key"))
    judged = whole.with_columns(majority=majority, problem=problem, first=first)
    return judged.filter(pl.col("problem").is_not_null().any().over("question_key"))


def _examples(ledger: Ledger, found: pl.DataFrame) -> Iterator[ConflictExample]:
    """Of some questions, those in which most copies agree first, the commonest gold and another one."""
    problems = pl.col("problem")
    is_first = pl.col("centre").eq_missing(pl.col("first"))
    copies = pl.col("rows").filter(is_first).sum().over("question_key")
    others = found.with_columns(of_first=copies).filter(problems.is_not_null() & ~is_first)
    shown = others.group_by("question_key").first().sort(problems, -pl.col("of_first"), "first")
    with ledger.reader() as note:
        for each in shown.head(SHOWN_CONFLICTS).iter_rows(named=True):
            first, other = note(each["first"]), note(each["row"])
            yield ConflictExample(
                question=first["tinyv_question"],
                tie=each["problem"] == Problem.TIE,
                row=first["tinyv_row"],
                gold=first["tinyv_gold"],
                copies=each["of_first"],
                other_row=other["tinyv_row"],
                other_gold=other["tinyv_gold"],
                other_copies=each["rows"],
            )
