"""Run an iterator in a thread of its own, a few items ahead of whoever consumes it."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

T = TypeVar("T")
DEPTH = 2


@contextmanager
def ahead(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """Yield an iterator over the items, which are made in the background, at most `DEPTH` ahead.

    An error of the background is raised where the next item is asked for. On leaving, it is stopped.
    """
    made: queue.Queue[tuple[bool, T | BaseException | None]] = queue.Queue(DEPTH)
    stopped = threading.Event()

    def put(more: bool, item: T | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                made.put((more, item), timeout=0.1)
                return
            except queue.Full:
                continue

    def make() -> None:
        try:
            for item in items:
                put(True, item)
                if stopped.is_set():
                    return
            put(False, None)
        except BaseException as error:  # noqa: BLE001 - it is raised again on the consumer's side
            put(False, error)

    def consume() -> Iterator[T]:
        while True:
            more, item = made.get()
            if not more:
                if item is not None:
                    raise item  # type: ignore[misc]
                return
            yield item  # type: ignore[misc]

    threading.Thread(target=make, name="tinyv-ahead", daemon=True).start()
    try:
        yield consume()
    finally:
        stopped.set()
        with suppress(queue.Full):
            made.put_nowait((False, None))  # whoever consumes in yet another thread waits no longer
