"""What a rule is given of each example, and what it need not judge again."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Protocol

from tinyv_cli.cache import KEPT_AT_ONCE, NoShelf, Shelf, portions
from tinyv_cli.records import Answer, Case, Example, RuleOutcome, RuleResult
from tinyv_cli.rules.workers import CRASH, MEMORY, TIMEOUT, Judge

Sees = Callable[[Example, Answer], Case | str]
AtOnce = Callable[[Case], RuleResult | None]
Pending = Callable[[], list[RuleResult]]

# Failures of the moment, which another run with other limits may not have: they are not kept.
PASSING = frozenset({TIMEOUT, MEMORY, CRASH})


class Judges(Protocol):
    """Whoever judges distinct cases."""

    def submit(self, cases: Iterable[Case]) -> dict[Case, Future[RuleResult]]: ...


class Here:
    """A rule that is judged in this process, at once: one that is fast and cannot hang."""

    def __init__(self, judge: Judge, sees: Sees) -> None:
        self._judge, self._sees = judge, sees

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """There is nothing to wait for, and to look for equal cases would take longer than to judge them."""
        results = [
            _unseen(case) if isinstance(case, str) else self._judge(case)
            for case in _cases(self._sees, examples, answers)
        ]
        return lambda: results


def nothing_at_once(case: Case) -> RuleResult | None:
    """Every case needs a worker."""
    return None


class RuleStage:
    """A rule as the pipeline knows it: each distinct case is judged once, in whatever window it comes.

    `at_once` judges those cases of which the rule's verdict is known without a worker, sooner than it could
    be looked up.
    """

    def __init__(
        self,
        judges: Judges,
        sees: Sees,
        *,
        at_once: AtOnce = nothing_at_once,
        kept: Shelf[Case, RuleResult] | None = None,
    ) -> None:
        self._judges, self._sees, self._at_once = judges, sees, at_once
        self._kept: Shelf[Case, RuleResult] = kept or NoShelf()
        self._pending: dict[Case, Future[RuleResult]] = {}

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """Hand the examples over at once; calling what comes back waits for their results."""
        cases = _cases(self._sees, examples, answers)
        seen = dict.fromkeys(case for case in cases if isinstance(case, Case))
        settled = {case: result for case in seen if (result := self._at_once(case)) is not None}
        distinct = [case for case in seen if case not in settled]
        # In this order: what another thread collects meanwhile is kept before it ceases to be pending.
        pending = {case: future for case in distinct if (future := self._pending.get(case)) is not None}
        known = self._kept.get(case for case in distinct if case not in pending)
        fresh = self._judges.submit(case for case in distinct if case not in pending and case not in known)
        self._pending.update(fresh)

        def collect() -> list[RuleResult]:
            results = settled | known
            for some in portions(fresh, KEPT_AT_ONCE):
                judged = {case: fresh[case].result() for case in some}
                self._keep(judged)
                results.update(judged)
            results.update((case, future.result()) for case, future in pending.items())
            return [_unseen(case) if isinstance(case, str) else results[case] for case in cases]

        return collect

    def _keep(self, judged: dict[Case, RuleResult]) -> None:
        """Keep the results. One that timed out stays pending: asking again would cost as much again."""
        self._kept.put({case: result for case, result in judged.items() if result.reason not in PASSING})
        for case, result in judged.items():
            if result.reason != TIMEOUT:
                self._pending.pop(case, None)


def _cases(sees: Sees, examples: Sequence[Example], answers: Sequence[Answer]) -> list[Case | str]:
    """What the rule sees of each example, or the reason why it sees nothing."""
    return [
        sees(example, answer) if example.golds else example.lacks
        for example, answer in zip(examples, answers, strict=True)
    ]


def _unseen(reason: str) -> RuleResult:
    return RuleResult(RuleOutcome.UNDECIDED, reason)
