"""How questions of single calls become batches: at once where no other could come, in order, bounded."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tinyv_cli.records import ModelResult, Query
from tinyv_cli.resident import collector
from tinyv_cli.resident.collector import BATCH, EXPIRES, Collector, Traffic


@dataclass
class Model:
    """A model that remembers its batches, and waits before each until it is let go on."""

    held: threading.Event = field(default_factory=threading.Event)
    batches: list[list[str]] = field(default_factory=list)

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        self.batches.append([query.answer for query in queries])
        self.held.wait(30)
        return [ModelResult(int(query.answer) / 1000) for query in queries]


def query(number: int, question: str = "q") -> Query:
    return Query(question, "gold", str(number))


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_at_once_where_nothing_else_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single call does not wait for the window."""
    monkeypatch.setattr(collector, "WINDOW", 60)
    model, traffic = Model(), Traffic()
    model.held.set()
    traffic.add(1)
    assert Collector(model, traffic)([query(5)]) == [ModelResult(0.005)]


def test_the_window_waits_for_what_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that may come to a question are waited for, as long as the window is open."""
    monkeypatch.setattr(collector, "WINDOW", 60)
    model, traffic = Model(), Traffic()
    model.held.set()
    traffic.add(3)
    ask = Collector(model, traffic)
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(ask, [query(number)]) for number in (1, 2)]
        time.sleep(0.1)
        assert model.batches == []
        traffic.add(-1)  # the third was settled by the rule
        assert [call.result() for call in calls] == [[ModelResult(0.001)], [ModelResult(0.002)]]
    assert [sorted(batch) for batch in model.batches] == [["1", "2"]]


def test_the_window_closes() -> None:
    """What is under way is not waited for any longer than that."""
    model, traffic = Model(), Traffic()
    model.held.set()
    traffic.add(2)
    began = time.monotonic()
    Collector(model, traffic)([query(1)])
    assert collector.WINDOW <= time.monotonic() - began < 5


def test_batches_are_bounded_and_by_question() -> None:
    """While the model works others collect; those about one question together, none lost or mixed up."""
    model, traffic = Model(), Traffic()
    traffic.add(1)
    ask, count = Collector(model, traffic), 2 * BATCH
    numbers = range(1, count + 1)
    with ThreadPoolExecutor(count + 1) as pool:
        first = pool.submit(ask, [query(0)])
        until(lambda: len(model.batches) == 1)
        traffic.add(count)
        calls = [pool.submit(ask, [query(n, f"q{n % 2}")]) for n in numbers]
        until(lambda: len(ask._waiting) == count)
        model.held.set()
        assert first.result() == [ModelResult(0.0)]
        assert [call.result() for call in calls] == [[ModelResult(n / 1000)] for n in numbers]
    assert [len(batch) for batch in model.batches] == [1, BATCH, BATCH]
    assert [{int(answer) % 2 for answer in batch} for batch in model.batches[1:]] in ([{0}, {1}], [{1}, {0}])


def test_failures() -> None:
    """What the model raises is raised in each call of the batch; the next batch is asked all the same."""
    failing = [True]

    def model(queries: Sequence[Query]) -> list[ModelResult]:
        if failing.pop() if failing else False:
            raise RuntimeError("out of memory")
        return [ModelResult(0.5) for _ in queries]

    traffic = Traffic()
    traffic.add(1)
    ask = Collector(model, traffic)
    with pytest.raises(RuntimeError, match="out of memory"):
        ask([query(1)])
    assert ask([query(1), query(2)]) == [ModelResult(0.5)] * 2
    assert ask([]) == []


def test_late() -> None:
    """Nobody is asked about what nobody waits for any more."""
    model, traffic = Model(), Traffic()
    traffic.add(1)
    token = EXPIRES.set(time.monotonic() - 1)
    try:
        assert Collector(model, traffic)([query(1)]) == [ModelResult(None, "deadline")]
    finally:
        EXPIRES.reset(token)
    assert model.batches == []
