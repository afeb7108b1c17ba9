"""How long a case takes, whatever else the machine does: that it is busy must never become a verdict.

What counts is what a worker and the processes that it has started use of a CPU. Where all of them sleep there
is more patience, as they may wait for a disk, a network or one another; time in which they could run, and get
no core, counts for nothing.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

SLEEP = 3  # so many times as long as a case may compute it may sleep
GLANCE = 1.0  # seconds from one look at its processes to the next, at most
BLINK = 0.05  # and at least


def cpu_seconds() -> float:
    """What this process, and those that it has waited for, have used of a CPU."""
    return sum(os.times()[:4])


class CaseClock:
    """Times a case of the process `pid`, which had used `before` seconds of a CPU when it began.

    The case may use `limit` seconds more.
    """

    def __init__(self, pid: int, limit: float, before: float) -> None:
        self._pid, self._limit, self._before = pid, limit, before
        self._slept, self._looked = 0.0, time.monotonic()

    def left(self) -> float:
        """Look at it: for how many seconds it may be left alone now; 0 when its time is over."""
        used, now = 0.0, time.monotonic()
        asleep = True
        for seconds, can_run in _family(self._pid):
            used += seconds
            asleep = asleep and not can_run
        if asleep:
            self._slept += now - self._looked
        self._looked = now
        left = min(self._before + self._limit - used, SLEEP * self._limit - self._slept)
        return max(BLINK, min(left, GLANCE)) if left > 0 else 0.0


def _family(pid: int) -> Iterator[tuple[float, bool]]:
    """Of a process, and if it sleeps of those below it: the seconds of a CPU, and whether it could run.

    Nothing of one that is gone.
    """
    import psutil

    with suppress(psutil.Error):
        worker = psutil.Process(pid)
        yield (first := _state(worker))
        for child in [] if first[1] else worker.children(recursive=True):
            with suppress(psutil.Error):
                yield _state(child)


def _state(process: Any) -> tuple[float, bool]:
    import psutil

    with process.oneshot():
        return sum(process.cpu_times()[:4]), process.status() == psutil.STATUS_RUNNING
