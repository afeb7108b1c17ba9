"""What the server tells Prometheus of itself."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from tinyv_cli.resident.verdict import Verdict

# Seconds: from what the rule accepts to what waits for a model that is busy.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, float("inf"))


class Metrics:
    """Counters of one server; `queue` says how many answers are being verified now."""

    def __init__(self, queue: Callable[[], float]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "tinyv_requests", "Requests, by path and status.", ["path", "status"], registry=self._registry
        )
        self._verdicts = Counter(
            "tinyv_verdicts",
            "Verdicts, by what settled them.",
            ["evidence", "verdict"],
            registry=self._registry,
        )
        self._undecided = Counter(
            "tinyv_undecided", "Answers without a verdict, by reason.", ["reason"], registry=self._registry
        )
        self._seconds = Histogram(
            "tinyv_seconds",
            "Seconds until the verdict, by what settled it.",
            ["evidence"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        Gauge("tinyv_queue", "Answers that are being verified.", registry=self._registry).set_function(queue)

    def request(self, path: str, status: int) -> None:
        """Count a request."""
        self._requests.labels(path, str(status)).inc()

    def verdict(self, verdict: Verdict) -> None:
        """Count an answer."""
        if verdict.evidence is None:
            self._undecided.labels(verdict.reason or "").inc()
        else:
            self._verdicts.labels(verdict.evidence, verdict.verdict).inc()
        self._seconds.labels(verdict.evidence or "undecided").observe(verdict.seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return bytes(generate_latest(self._registry))
