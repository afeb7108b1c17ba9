"""Golds of the same question that the rule does not find equal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from tinyv_cli.documents.sinks import Sink
from tinyv_cli.golds.checks import CheckedGold, Problem, trial
from tinyv_cli.golds.figures import ConflictExample, ConflictFigures
from tinyv_cli.golds.ledger import Ledger, Pair, question_key
from tinyv_cli.records import Example, RuleOutcome, RuleResult
from tinyv_cli.stages import Rule, Trial, judged_by

OnProgress = Callable[[int, int, float | None], None]

SHOWN_CONFLICTS = 5
KEYS_SCHEMA = {"question_key": pl.Int64, "conflicts": pl.Boolean}


@dataclass(slots=True)
class Conflicts:
    """What came of comparing golds of the same question; `questions` are keys of those with a conflict."""

    questions: set[int] = field(default_factory=set)
    pairs: int = 0
    undecided: int = 0
    examples: list[Pair] = field(default_factory=list)

    def add(self, pair: Pair, outcome: RuleOutcome) -> None:
        """Count a pair."""
        self.pairs += 1
        self.undecided += outcome is RuleOutcome.UNDECIDED
        if outcome is RuleOutcome.REJECT:
            self.questions.add(pair.question_key)
            self.examples = [*self.examples, pair][:SHOWN_CONFLICTS]

    def figures(self) -> ConflictFigures:
        """What there is to tell of it."""
        examples = [_example(pair) for pair in self.examples]
        return ConflictFigures(len(self.questions), self.pairs, self.undecided, examples)


def _example(pair: Pair) -> ConflictExample:
    return ConflictExample(
        question=pair.first["tinyv_question"],
        row=pair.first["tinyv_row"],
        gold=pair.first["tinyv_gold"],
        other_row=pair.other["tinyv_row"],
        other_gold=pair.other["tinyv_gold"],
    )


def find_conflicts(ledger: Ledger, rule: Rule, on_progress: OnProgress) -> Conflicts:
    """Ask the rule whether golds of a question that are spelled differently are the same.

    Each is compared with the question's first gold, both ways round, since rules are not symmetric: one yes
    and they are the same, two times no and the question has a conflict, anything else leaves it undecided.
    """
    total, batches = ledger.pairs()
    conflicts = Conflicts()
    for pairs, results in judged_by(rule, ((pairs, _trials(pairs)) for pairs in batches)):
        known = len(conflicts.questions)
        for pair in pairs:
            golds = pair.first["golds"] + pair.other["golds"]
            conflicts.add(pair, _outcome([next(results) for _ in golds]))
        on_progress(len(pairs), len(conflicts.questions) - known, conflicts.pairs / total)
    return conflicts


def _trials(pairs: list[Pair]) -> list[Trial]:
    return [
        trial(Example(gold["tinyv_row"], 0, gold["tinyv_question"], (), None), tuple(gold["golds"]), answer)
        for pair in pairs
        for gold, other in ((pair.first, pair.other), (pair.other, pair.first))
        for answer in other["golds"]
    ]


def _outcome(results: Sequence[RuleResult]) -> RuleOutcome:
    """One yes settles it; without one, a failure leaves it open."""
    outcomes = {result.outcome for result in results}
    for outcome in (RuleOutcome.ACCEPT, RuleOutcome.UNDECIDED):
        if outcome in outcomes:
            return outcome
    return RuleOutcome.REJECT


def settled_notes(ledger: Ledger, conflicts: Conflicts) -> pl.LazyFrame:
    """What was noted of each row, where a sound gold of a question with a conflict is a problem too."""
    keys = pl.LazyFrame({"question_key": list(conflicts.questions), "conflicts": True}, KEYS_SCHEMA)
    is_new = pl.col("tinyv_problem").is_null() & pl.col("conflicts")
    problem = pl.when(is_new).then(pl.lit(Problem.CONFLICT.value)).otherwise("tinyv_problem")
    joined = ledger.notes().join(keys, on="question_key", how="left")
    return joined.with_columns(tinyv_problem=problem)


def write_bad_rows(ledger: Ledger, conflicts: Conflicts, sink: Sink) -> None:
    """Write the rows with a problem as they were read, our columns behind."""
    for number, (window, checked) in enumerate(ledger.rows()):
        settled = [_with_conflict(each, conflicts) for each in checked]
        bad = [i for i, each in enumerate(settled) if each.problem is not None]
        if bad or number == 0:  # so a file without rows has the input's columns nevertheless
            sink.write(window.picked(bad), [settled[i] for i in bad])


def _with_conflict(checked: CheckedGold, conflicts: Conflicts) -> CheckedGold:
    if checked.problem is None and question_key(checked.example) in conflicts.questions:
        return replace(checked, problem=Problem.CONFLICT)
    return checked
