"""Collect the questions of single calls into batches, which cost a model far less than one after another."""

import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextvars import ContextVar
from dataclasses import dataclass, field

from tinyv_cli.records import ModelResult, Query
from tinyv_cli.resident.verdict import DEADLINE
from tinyv_cli.stages import Model

WINDOW = 0.025  # seconds that a question may wait for others
BATCH = 64  # questions, beyond which a larger batch costs as much for each

# Until when the call in this thread may be answered.
EXPIRES: ContextVar[float] = ContextVar("EXPIRES", default=float("inf"))


class Traffic:
    """How many calls are under way: those that wait for a model are not waited for."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.calls = 0

    def add(self, calls: int) -> None:
        """So many more, or less, are under way."""
        with self.changed:
            self.calls += calls
            self.changed.notify_all()


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What one call asks, until when, and where its answer goes."""

    queries: Sequence[Query]
    expires: float
    since: float = field(default_factory=time.monotonic)
    said: "Future[list[ModelResult]]" = field(default_factory=Future)


class Collector:
    """A model that many threads may ask at a time; its batches are made in a thread of its own.

    A batch begins when a question has waited for the window, or sooner if it is full, or nothing else is
    under way that could come to one.
    """

    def __init__(self, model: Model, traffic: Traffic) -> None:
        self._model, self._traffic = model, traffic
        self._waiting: list[_Asked] = []
        threading.Thread(target=self._run, name="tinyv-collector", daemon=True).start()

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query, when their batch has been asked."""
        if not queries:
            return []
        asked = _Asked(queries, EXPIRES.get())
        with self._traffic.changed:
            self._waiting.append(asked)
            self._traffic.changed.notify_all()
        return asked.said.result()

    def _run(self) -> None:
        while True:
            self._answer(self._batch())

    def _batch(self) -> list[_Asked]:
        """Wait for the next batch."""
        changed = self._traffic.changed
        with changed:
            changed.wait_for(lambda: self._waiting)
            closes = self._waiting[0].since + WINDOW
            while len(self._waiting) < min(BATCH, self._traffic.calls):
                if (left := closes - time.monotonic()) <= 0:
                    break
                changed.wait(left)
            in_order = _by_question(self._waiting)
            batch, self._waiting = in_order[:BATCH], in_order[BATCH:]
        return batch

    def _answer(self, batch: list[_Asked]) -> None:
        now = time.monotonic()
        late = [asked for asked in batch if asked.expires <= now]
        for asked in late:
            asked.said.set_result([ModelResult(None, DEADLINE)] * len(asked.queries))
        live = [asked for asked in batch if asked.expires > now]
        try:
            said = iter(self._model([query for asked in live for query in asked.queries]) if live else [])
        except Exception as error:  # noqa: BLE001 - raised again where the answer is awaited
            for asked in live:
                asked.said.set_exception(error)
            return
        for asked in live:
            asked.said.set_result([next(said) for _ in asked.queries])


def _by_question(waiting: Iterable[_Asked]) -> list[_Asked]:
    """As they came, but those about one question together: their prompts share a beginning."""
    together: dict[str, list[_Asked]] = {}
    for asked in waiting:
        together.setdefault(asked.queries[0].question, []).append(asked)
    return [asked for group in together.values() for asked in group]
