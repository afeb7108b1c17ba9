"""What calls came to, and how long they were waited for."""

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import Any

from tinyv_cli.records import RuleOutcome
from tinyv_cli.resident.verdict import Verdict

KEPT = 10_000  # of each stage's latest calls, the seconds
QUANTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
ALL = "all"


class Statistics:
    """Counts by the stage that settled a call, or by why none did, and seconds.

    Of what the rule did not accept, so many were found correct all the same, `recovered`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_stage: Counter[str] = Counter()
        self._undecided: Counter[str] = Counter()
        self._not_accepted = self._recovered = 0
        self._seconds: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEPT))

    def add(self, verdict: Verdict) -> None:
        """Count an answer."""
        with self._lock:
            self._not_accepted += verdict.rule != RuleOutcome.ACCEPT
            self._recovered += verdict.false_negative
            if verdict.evidence is None:
                self._undecided[verdict.reason or "no_verdict"] += 1
            else:
                self._by_stage[verdict.evidence] += 1
                self._seconds[verdict.evidence].append(verdict.seconds)
            self._seconds[ALL].append(verdict.seconds)

    def told(self) -> dict[str, Any]:
        """All of it, the seconds by stage and of all as quantiles."""
        with self._lock:
            return {
                "calls": self._by_stage.total() + self._undecided.total(),
                "not_accepted": self._not_accepted,
                "recovered": self._recovered,
                "by_stage": dict(self._by_stage),
                "undecided": dict(self._undecided),
                "seconds": {stage: _quantiles(sorted(each)) for stage, each in self._seconds.items()},
            }


def _quantiles(ordered: Sequence[float]) -> dict[str, float]:
    """Each the value below which that share lies."""
    return {name: round(ordered[int(share * (len(ordered) - 1))], 4) for name, share in QUANTILES.items()}
