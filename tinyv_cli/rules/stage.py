"""What a rule is given of each example, and what it need not judge again."""

from collections.abc import Callable, Sequence
from typing import Any

from tinyv_cli.records import Answer, Case, Example, RuleOutcome, RuleResult
from tinyv_cli.running.cache import Shelf
from tinyv_cli.running.distinct import AtOnce, Judges, Stage
from tinyv_cli.running.workers import Judge, Work

Sees = Callable[[Example, Answer], Case | str]

WARM = f"{__package__}.warm"


class Here:
    """A rule that is judged in this process, at once: one that is fast and cannot hang."""

    def __init__(self, judge: Judge[RuleResult], sees: Sees) -> None:
        self._judge, self._sees = judge, _case_of(sees)

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer]
    ) -> Callable[[], list[RuleResult]]:
        """There is nothing to wait for, and to look for equal cases would take longer than to judge them."""
        seen = [self._sees(*both) for both in zip(examples, answers, strict=True)]
        results = [self._judge(each) if isinstance(each, Case) else each for each in seen]
        return lambda: results

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """How many it would judge; none is kept."""
        seen = (self._sees(*both) for both in zip(examples, answers, strict=True))
        return sum(isinstance(each, Case) for each in seen), 0


def rule_work(judge: Judge[RuleResult], timeout: float, memory: int, **more: Any) -> Work[RuleResult]:
    """What the workers of a rule do: judge each case within so many seconds and bytes."""
    return Work(judge, unjudged, timeout, memory, WARM, **more)


def nothing_at_once(case: Case) -> RuleResult | None:
    """Every case needs a worker."""
    return None


class RuleStage(Stage[RuleResult]):
    """A rule as the pipeline knows it, whose cases are judged by workers.

    `at_once` judges those cases of which the rule's verdict is known without a worker.
    """

    def __init__(
        self,
        judges: Judges[RuleResult],
        sees: Sees,
        *,
        at_once: AtOnce[RuleResult] = nothing_at_once,
        kept: Shelf[Case, RuleResult] | None = None,
    ) -> None:
        super().__init__(judges, _case_of(sees), at_once, kept=kept)


def _case_of(sees: Sees) -> Callable[[Example, Answer], Case | RuleResult]:
    """What the rule sees of an example, or that it is unjudged, as it sees nothing."""

    def case(example: Example, answer: Answer) -> Case | RuleResult:
        seen = sees(example, answer) if example.golds else example.lacks
        return unjudged(seen) if isinstance(seen, str) else seen

    return case


def unjudged(reason: str) -> RuleResult:
    """The result of a case that the rule has not judged, and why."""
    return RuleResult(RuleOutcome.UNDECIDED, reason)
