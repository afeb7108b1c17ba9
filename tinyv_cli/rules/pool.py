"""Run a rule in worker processes that can be killed, each example under a limit of time and memory.

Some inputs hang sympy where no alarm is heard (towers of powers, say): only killing the process helps. The
clock of an example starts in the worker, so waiting for a worker does not count.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError
from multiprocessing import forkserver, resource_tracker
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from tinyv_cli.cache import NoShelf, Shelf
from tinyv_cli.errors import UsageError
from tinyv_cli.records import Answer, Case, Example, RuleOutcome, RuleResult

Judge = Callable[[Case], RuleResult]
Sees = Callable[[Example, Answer], Case | str]
Pending = Callable[[], list[RuleResult]]

# sympy's caches grow; a worker is replaced after so many examples.
EXAMPLES_PER_WORKER = 5000
# Failures of the moment, which another run with other limits may not have: they are not kept.
PASSING = frozenset({"timeout", "memory", "crash"})
PREPARE_SECONDS = 120


class RulePool:
    """A rule with its workers; close it, or use it in a `with`, so that none is left behind."""

    def __init__(
        self,
        judge: Judge,
        sees: Sees,
        *,
        workers: int,
        timeout: float,
        memory: int,
        kept: Shelf[Case, RuleResult] | None = None,
    ) -> None:
        self._judge, self._sees = judge, sees
        self._kept: Shelf[Case, RuleResult] = kept or NoShelf()
        self._timeout = timeout
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=EXAMPLES_PER_WORKER,
            initializer=_start_worker,
            initargs=(memory,),
            context=_context(),
        )

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """Hand the examples to the workers at once; calling what comes back waits for their results."""
        cases = [
            self._sees(example, answer) if example.golds else "no_gold"
            for example, answer in zip(examples, answers, strict=True)
        ]
        # Rollouts of a question often give the same answer: each distinct case is judged once.
        distinct = dict.fromkeys(case for case in cases if isinstance(case, Case))
        known = self._kept.get(distinct)
        asked = {
            case: self._pool.schedule(_judged, (self._judge, case), timeout=self._timeout)
            for case in distinct
            if case not in known
        }

        def collect() -> list[RuleResult]:
            fresh = {case: _result(future) for case, future in asked.items()}
            self._kept.put({case: result for case, result in fresh.items() if result.reason not in PASSING})
            results = known | fresh
            return [
                RuleResult(RuleOutcome.UNDECIDED, case) if isinstance(case, str) else results[case]
                for case in cases
            ]

        return collect

    def prepare(self, load: Callable[[], None], *, what: str) -> None:
        """Run something in a worker before any example. Raises UsageError with `what` when it fails."""
        try:
            self._pool.schedule(load, timeout=PREPARE_SECONDS).result()
        except (Exception, SystemExit) as error:
            raise UsageError(
                f"{what} ({type(error).__name__}: {error}); try it in a Python of its own"
            ) from error

    def close(self) -> None:
        """Kill the workers, whatever they are doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _result(future: Future[RuleResult]) -> RuleResult:
    try:
        return future.result()
    except TimeoutError:
        return RuleResult(RuleOutcome.UNDECIDED, "timeout")
    except ProcessExpired:
        return RuleResult(RuleOutcome.UNDECIDED, "crash")


def _judged(judge: Judge, case: Case) -> RuleResult:
    """Judge one example. The one broad `except`: sympy can raise anything."""
    try:
        return judge(case)
    except MemoryError:
        return RuleResult(RuleOutcome.UNDECIDED, "memory")
    except BaseException as error:  # noqa: BLE001 - Math-Verify's TimeoutException is a BaseException
        return RuleResult(RuleOutcome.UNDECIDED, f"error:{type(error).__name__}")


def _start_worker(memory: int) -> None:
    """What libraries print or log must not reach our output, and Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with contextlib.suppress(ImportError):  # Windows has neither
        import resource

        os.nice(19)  # the model's threads wait for each other: a core taken from one is a core taken from all
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _context() -> multiprocessing.context.BaseContext:
    """Fork from a server that has imported sympy: workers start at once and share none of our threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["math_verify", "tinyv_cli.rules.pool"])
    # The server inherits the blocked signal: Ctrl-C is the parent's affair, also while the server imports.
    # The tracker goes first, because starting it ends with unblocking the signal.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    return context
