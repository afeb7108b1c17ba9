"""Limits of time, by a child process or by an alarm."""

import multiprocessing
import queue
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


def in_a_child(seconds: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Call the function in a process of its own. Raises TimeoutError, and what the process raised."""

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def limited(*given: Any) -> Any:
            replies: multiprocessing.Queue[tuple[bool, Any]] = multiprocessing.Queue(maxsize=1)
            child = multiprocessing.Process(target=_reply, args=(replies, function, given))
            child.start()
            child.join(seconds)
            if child.is_alive():
                child.terminate()
                raise TimeoutError(f"{function.__name__} took more than {seconds} s")
            try:
                done, reply = replies.get(timeout=0.1)
            except queue.Empty:
                raise RuntimeError(f"the child ended with {child.exitcode} and said nothing") from None
            if not done:
                raise reply
            return reply

        return limited

    return decorated


def _reply(
    replies: "multiprocessing.Queue[tuple[bool, Any]]", function: Callable[..., Any], given: tuple[Any, ...]
) -> None:
    try:
        replies.put((True, function(*given)))
    except Exception as error:  # noqa: BLE001 - raised again by the parent
        replies.put((False, error))


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raises TimeoutError from inside the block when it takes too long."""

    def ring(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
