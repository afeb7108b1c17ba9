"""Put golds to a rule as answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tinyv_cli.records import Answer, Example, How, RuleOutcome, RuleResult
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.sentinels import is_sentinel
from tinyv_cli.stages import Rule, Trial, judged_by


class Problem(StrEnum):
    """What is wrong with the gold of a row. Undecided: the rule failed, so no fault of the gold is shown."""

    SENTINEL = "sentinel"
    UNPARSABLE = "unparsable"
    UNEQUAL = "unequal"
    CONFLICT = "conflict"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class CheckedGold:
    """A row's gold against itself: what the rule said, and the problem that this is, if it is one.

    `sound` are those of the row's golds that have no problem.
    """

    example: Example
    rule: RuleResult
    problem: Problem | None
    sound: tuple[str, ...] = ()


UNPARSABLE_REASONS = frozenset({"gold_unparsable", "answer_unparsable"})
NO_GOLD = RuleResult(RuleOutcome.UNDECIDED, "no_gold")


def check_golds(windows: Iterable[Window], rule: Rule) -> Iterator[tuple[Window, list[CheckedGold]]]:
    """Put each gold to the rule as an answer to itself, window by window.

    Of several golds in a row any counts as right, so one that the rule accepts is enough for the row.
    """
    batches = (
        (window, [trial(each, (gold,), gold) for each in window.examples for gold in each.golds])
        for window in windows
    )
    for window, results in judged_by(rule, batches):
        yield window, [_checked(each, [next(results) for _ in each.golds]) for each in window.examples]


def trial(example: Example, golds: tuple[str, ...], answer: str) -> Trial:
    """The answer as a response puts it: in a box, which every rule finds."""
    return replace(example, golds=golds, response=f"\\boxed{{{answer}}}"), Answer(answer, How.BOXED)


def _checked(example: Example, results: list[RuleResult]) -> CheckedGold:
    if not example.golds:
        return CheckedGold(example, NO_GOLD, Problem.SENTINEL)
    problems = [_problem(gold, result) for gold, result in zip(example.golds, results, strict=True)]
    chosen = problems.index(None) if None in problems else 0
    sound = tuple(gold for gold, problem in zip(example.golds, problems, strict=True) if problem is None)
    return CheckedGold(example, results[chosen], problems[chosen], sound)


def _problem(gold: str, result: RuleResult) -> Problem | None:
    if is_sentinel(gold):  # whatever the rule says: some read `proof` as a product of letters
        return Problem.SENTINEL
    if result.outcome is RuleOutcome.ACCEPT:
        return None
    if result.outcome is RuleOutcome.REJECT:
        return Problem.UNEQUAL
    return Problem.UNPARSABLE if result.reason in UNPARSABLE_REASONS else Problem.UNDECIDED
