"""What a rule is given of each example, and what it need not judge again."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from tinyv_cli.records import Answer, Case, Example, RuleOutcome, RuleResult
from tinyv_cli.running.cache import Shelf
from tinyv_cli.running.distinct import AtOnce, Distinct, Judges
from tinyv_cli.running.workers import Judge, Work

Sees = Callable[[Example, Answer], Case | str]
Pending = Callable[[], list[RuleResult]]

WARM = f"{__package__}.warm"


class Here:
    """A rule that is judged in this process, at once: one that is fast and cannot hang."""

    def __init__(self, judge: Judge[RuleResult], sees: Sees) -> None:
        self._judge, self._sees = judge, sees

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """There is nothing to wait for, and to look for equal cases would take longer than to judge them."""
        results = [
            unjudged(case) if isinstance(case, str) else self._judge(case)
            for case in _cases(self._sees, examples, answers)
        ]
        return lambda: results

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """How many it would judge; none is kept."""
        return len(_judgeable(_cases(self._sees, examples, answers))), 0


def rule_work(judge: Judge[RuleResult], timeout: float, memory: int, **more: Any) -> Work[RuleResult]:
    """What the workers of a rule do: judge each case within so many seconds and bytes."""
    return Work(judge, unjudged, timeout, memory, WARM, **more)


def nothing_at_once(case: Case) -> RuleResult | None:
    """Every case needs a worker."""
    return None


class RuleStage:
    """A rule as the pipeline knows it: each distinct case is judged once, in whatever window it comes.

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
        self._sees = sees
        self._distinct = Distinct(judges, at_once, reason_of=attrgetter("reason"), kept=kept)

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """Hand the examples over at once; calling what comes back waits for their results."""
        cases = _cases(self._sees, examples, answers)
        judged = self._distinct.submit(_judgeable(cases))

        def collect() -> list[RuleResult]:
            results = judged()
            return [unjudged(case) if isinstance(case, str) else results[case] for case in cases]

        return collect

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """How many it would judge, and of how many of these the verdict is kept."""
        cases = _judgeable(_cases(self._sees, examples, answers))
        return len(cases), self._distinct.kept(cases)


def _judgeable(cases: Sequence[Case | str]) -> list[Case]:
    return [case for case in cases if isinstance(case, Case)]


def _cases(sees: Sees, examples: Sequence[Example], answers: Sequence[Answer]) -> list[Case | str]:
    """What the rule sees of each example, or the reason why it sees nothing."""
    return [
        sees(example, answer) if example.golds else example.lacks
        for example, answer in zip(examples, answers, strict=True)
    ]


def unjudged(reason: str) -> RuleResult:
    """The result of a case that the rule has not judged, and why."""
    return RuleResult(RuleOutcome.UNDECIDED, reason)
