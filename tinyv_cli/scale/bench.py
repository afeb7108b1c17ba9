"""Judge parts one behind another, without a pause between them, and write each whole."""

import gc
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from tinyv_cli.documents.columns import Columns
from tinyv_cli.documents.provenance import Tally
from tinyv_cli.documents.sinks import ParquetSink
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Judged
from tinyv_cli.running.stopwatch import Stopwatch
from tinyv_cli.sources.explode import Window
from tinyv_cli.stages import Stages, timed

Provenance = Callable[[Tally, Mapping[str, float]], dict[str, Any]]
JudgedWindows = list[tuple[Window, list[Judged]]]


@dataclass(frozen=True, slots=True)
class Ready:
    """Stages that are open, which columns they fill, and what a part says of how it was made.

    `waits` as `judge_windows` has it; `mappings` are the fields that were chosen, by source.
    """

    stages: Stages
    waits: bool
    columns: Columns
    provenance: Provenance
    mappings: Mapping[str, Any]


@dataclass(slots=True)
class _Asked:
    """Windows that are judged together, those that are, and who waits for them."""

    windows: Sequence[Window]
    judged: JudgedWindows = field(default_factory=list)
    done: "Future[JudgedWindows]" = field(default_factory=Future)


class Bench:
    """Stages at work on whatever is asked, one window behind another; safe to ask from any thread.

    What is asked while something else is judged follows it at once: no worker and no model waits for the end
    of a part.
    """

    def __init__(self, opening: AbstractContextManager[Ready]) -> None:
        self._stack = ExitStack()
        self._ready = self._stack.enter_context(opening)
        self._clock, self._lock, self._told = Stopwatch(), Lock(), dict[str, float]()
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._under_way: deque[_Asked] = deque()
        self._failure: BaseException | None = None
        gc.freeze()  # what libraries have made so far stays: it need not be searched again and again
        Thread(target=self._run, name="tinyv-bench", daemon=True).start()

    def judge(self, windows: Sequence[Window]) -> JudgedWindows:
        """The windows with what was found. Raises what keeps the stages from working."""
        asked = _Asked(windows)
        self._asked.put(asked)
        if self._failure is not None:
            raise self._failure
        return asked.done.result()

    def write(self, windows: Sequence[Window], place: Path) -> tuple[int, int]:
        """Judge the windows of a part and write it; returns how many examples and false negatives it has."""
        tally = Tally(dict(self._ready.mappings))
        judged = self.judge(windows)
        sink = ParquetSink(place, self._ready.columns)
        try:
            for window, found in judged:
                sink.write(window, found)
                tally.add(found, window.exploded)
            sink.commit(self._ready.provenance(tally, self._seconds()))
        finally:
            sink.abort()
        return tally.counts["examples"], tally.counts["false_negatives"]

    def close(self) -> None:
        """Let go of the stages."""
        self._asked.put(None)
        self._stack.close()

    def _seconds(self) -> dict[str, float]:
        """What has been spent since this was told last: of all parts together it is what was spent in all."""
        with self._lock:
            told = self._clock.told()
            since = {name: round(spent - self._told.get(name, 0.0), 3) for name, spent in told.items()}
            self._told = dict(told)
        return since

    def _run(self) -> None:
        stages = timed(self._ready.stages, self._clock)
        try:
            for window, found in judge_windows(self._windows(), stages, waits=self._ready.waits):
                asked = self._under_way[0]
                asked.judged.append((window, found))
                if len(asked.judged) == len(asked.windows):
                    self._under_way.popleft()
                    asked.done.set_result(asked.judged)
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
            self._fail(error)

    def _windows(self) -> Iterator[Window]:
        while (asked := self._asked.get()) is not None:
            self._under_way.append(asked)
            yield from asked.windows

    def _fail(self, error: BaseException) -> None:
        self._failure = error
        while not self._asked.empty():
            if (asked := self._asked.get()) is not None:
                self._under_way.append(asked)
        for asked in self._under_way:
            asked.done.set_exception(error)
