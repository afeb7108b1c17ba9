"""Math-Verify's own time-outs, which trainers keep, by the time of a CPU instead of the wall's clock.

They come to a "no": on a busy machine an answer would be wrong because others had the cores.
"""

import signal
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def install() -> None:
    """Put them in the place of Math-Verify's, in this process and those forked from it."""
    from math_verify import grader, parser

    if hasattr(signal, "setitimer"):  # Windows has no such clock, and keeps Math-Verify's
        parser.timeout = grader.timeout = timeout


def timeout(timeout_seconds: int | None = 10) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """What Math-Verify's decorator of this name does: raise its TimeoutException after so many seconds."""

    def limited(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*arguments: P.args, **named: P.kwargs) -> R:
            before = signal.signal(signal.SIGPROF, _raise)
            signal.setitimer(signal.ITIMER_PROF, timeout_seconds or 0)  # 0 is never
            try:
                return function(*arguments, **named)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.signal(signal.SIGPROF, before)

        return call

    return limited


def _raise(number: int, frame: FrameType | None) -> None:
    from math_verify.errors import TimeoutException

    raise TimeoutException("Operation timed out!")
