"""An event loop in a thread of its own: a signal interrupts who waits for it, never what is under way."""

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Any, TypeVar

R = TypeVar("R")


class Loop:
    """Runs coroutines, one after the other, for whoever waits."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="tinyv-loop", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """What the coroutine returns, or raises; it is cancelled when the wait for it is interrupted."""
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return running.result()
        except BaseException:
            running.cancel()
            raise

    def close(self) -> None:
        """End the loop and its thread."""
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
