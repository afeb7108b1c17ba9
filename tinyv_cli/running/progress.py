"""How far a run is, on stderr: a bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from tinyv_cli.console import err

PLAIN_SECONDS = 10.0


class Progress(Protocol):
    """Is told of each window that is done."""

    def advance(self, done: int, found: int, fraction: float | None) -> None:
        """So many more are done and found; `fraction` of the whole input lies behind them, if it is known."""

    def stop(self) -> None:
        """The run is over."""


class Silent:
    """Says nothing."""

    def advance(self, done: int, found: int, fraction: float | None) -> None: ...

    def stop(self) -> None: ...


class Counting:
    """Counts, and says it in one line: how many `things` are done, and how many `finds` were among them."""

    def __init__(self, things: str, finds: str | None) -> None:
        self._things, self._finds = things, finds
        self._started = time.monotonic()
        self._done = self._found = 0
        self._fraction: float | None = None

    def advance(self, done: int, found: int, fraction: float | None) -> None:
        """Count, then show."""
        self._done += done
        self._found += found
        self._fraction = fraction
        self._show()

    def _show(self) -> None: ...

    def stop(self) -> None: ...

    def _line(self) -> str:
        seconds = max(time.monotonic() - self._started, 1e-6)
        parts = [f"{self._done:,} {self._things}", f"{self._done / seconds:,.0f}/s"]
        if self._finds is not None:
            parts.append(f"{self._found:,} {self._finds}")
        if self._fraction:
            left = seconds * (1 - self._fraction) / self._fraction
            parts += [f"{self._fraction:.0%}", f"{timedelta(seconds=round(left))} left"]
        return ", ".join(parts)


class Plain(Counting):
    """A line every ten seconds, for logs."""

    def __init__(self, things: str, finds: str | None) -> None:
        super().__init__(things, finds)
        self._shown = self._started

    def _show(self) -> None:
        if time.monotonic() - self._shown >= PLAIN_SECONDS:
            self._shown = time.monotonic()
            print(self._line(), file=sys.stderr, flush=True)


class Live(Counting):
    """One line that changes in place, for terminals."""

    def __init__(self, things: str, finds: str | None) -> None:
        super().__init__(things, finds)
        self._status = err().status("reading and loading …")
        self._status.start()

    def _show(self) -> None:
        self._status.update(self._line())

    def stop(self) -> None:
        """Take the line away."""
        self._status.stop()


@contextmanager
def progress(
    *, quiet: bool, things: str = "examples", finds: str | None = "likely false negatives"
) -> Iterator[Progress]:
    """The progress display that suits the terminal, for as long as a run goes on."""
    shown: Progress = Silent() if quiet else (Live if err().is_terminal else Plain)(things, finds)
    try:
        yield shown
    finally:
        shown.stop()


Advance = Callable[[int, int, float | None], None]
