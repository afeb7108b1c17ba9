"""How long each stage of a run takes, for the line that says what it cost."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Stopwatch:
    """Adds up for how many seconds each stage was waited for, and knows how many have passed in all.

    Stages work at the same time, so that theirs may be more in sum than have passed.
    """

    def __init__(self) -> None:
        self._started, self._lock = time.perf_counter(), Lock()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def waiting_for(self, stage: str) -> Iterator[None]:
        """What is done inside counts as this stage's; it may be done in any thread."""
        began = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                self._seconds[stage] += time.perf_counter() - began

    def timed(self, stage: str, work: Callable[P, T]) -> Callable[P, T]:
        """The same work, its time counted as this stage's."""

        def counted(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.waiting_for(stage):
                return work(*args, **kwargs)

        return counted

    def each(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """The same items, the time that each of them takes to come counted as this stage's."""
        waiting = iter(items)
        while True:
            with self.waiting_for(stage):
                try:
                    item = next(waiting)
                except StopIteration:
                    return
            yield item

    def told(self) -> Mapping[str, float]:
        """Seconds in `all`, and those of each stage, longest first."""
        passed = time.perf_counter() - self._started
        longest_first = sorted(self._seconds.items(), key=lambda stage: -stage[1])
        return {"all": round(passed, 3), **{name: round(seconds, 3) for name, seconds in longest_first}}
