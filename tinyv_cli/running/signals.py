"""A run that is told to end ends within seconds, also while it is in code that hears no signal.

Python runs a handler between two of its own steps, and polars, Arrow or llama.cpp may take a minute for one.
So a thread watches: a run that has not ended some seconds after it was told to is ended by that thread.
"""

import os
import signal
import threading
from collections.abc import Callable
from typing import NoReturn

# Ctrl-C, a scheduler that ends us, a terminal that is closed: Windows has no SIGHUP.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
PATIENCE = 3  # seconds in which a run may end by itself

_told = threading.Event()


def obey_signals(end: Callable[[], None]) -> None:
    """Hear what ends a run as Ctrl-C, and `end` the process where that is not heard in time.

    What whoever started us has us ignore, as `nohup` does, stays ignored.
    """
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _interrupt)
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    # The signal's number is written there at once, whatever the main thread is doing.
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(told, end), name="tinyv-watch", daemon=True).start()


def told_to_end() -> bool:
    """Whether a signal has come that ends the run."""
    return _told.is_set()


def _interrupt(*_: object) -> NoReturn:
    """Interrupt the run, once: the next signal would interrupt what cleans up after it."""
    _told.set()
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _watch(told: int, end: Callable[[], None]) -> None:
    while (number := os.read(told, 1)) and number[0] not in ENDING:
        pass  # of a terminal that was resized, say
    threading.Event().wait(PATIENCE)
    end()
