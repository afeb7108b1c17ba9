"""Judge cases in worker processes that can be killed, each case under a limit of time and of memory.

Some inputs hang sympy where no alarm is heard (towers of powers, say): only killing the process helps. A
worker gets the cases of one gold at a time and sends each result as soon as it has it, so whoever waits knows
which case hangs, and only that one is lost with the worker. A case's clock starts when the worker begins it,
and stands still while others have the cores. A case whose worker dies, which the kernel may have killed when
memory ran out, is tried once more.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import forkserver, process, resource_tracker
from multiprocessing.connection import wait
from tempfile import gettempdir
from typing import Any, Generic, Self, TypeVar

from tinyv_cli.errors import UsageError
from tinyv_cli.records import Case
from tinyv_cli.running.clock import CaseClock, cpu_seconds
from tinyv_cli.running.disk import process_folder
from tinyv_cli.running.waiting import Waiting

R = TypeVar("R")
T = TypeVar("T")
Judge = Callable[[Case], R]

# sympy's caches grow; a worker is replaced after so many cases.
CASES_PER_WORKER = 5000
CASES_PER_CHUNK = 16
PREPARE_SECONDS = 120
BEHIND_ALL = 19  # how nice workers are beside a model, whose threads wait for each other
# In seconds, before a worker that was lost before it had a case is replaced: what killed another, or the
# server, may have taken it too, and a server that was killed needs a moment to be gone.
PAUSES = (0.1, 0.3, 1.0)
TIMEOUT, CRASH, MEMORY = "timeout", "crash", "memory"

# Failures of the moment, which another run with other limits may not have: they are not kept.
PASSING = frozenset({TIMEOUT, MEMORY, CRASH})

# What the server that workers are forked from imports before the first: the modules of all work so far.
_warm: set[str] = set()
# While one thread starts it again, it has no address that another thread could call.
_starting = threading.Lock()


def _nothing() -> None:
    """There is nothing to prepare."""


@dataclass(frozen=True, slots=True)
class Work(Generic[R]):
    """What every worker does: `prepare` once, then `judge` each case, within seconds and bytes.

    `failed` makes the result of a case that could not be judged, of the reason. `timeout` is what a case may
    use of a CPU. `warm` is a module whose import takes long: workers are forked from a process that has it.
    `nice` is how far they let others go before them.
    """

    judge: Judge[R]
    failed: Callable[[str], R]
    timeout: float
    memory: int
    warm: str
    prepare: Callable[[], None] = _nothing
    nice: int = BEHIND_ALL
    complaint: str = "the rule's workers cannot start"

    def error(self, failure: str) -> UsageError:
        """What to say when a worker cannot make itself ready."""
        return UsageError(
            f"{self.complaint} ({failure}); try it in a Python of its own, or set a larger rule_memory"
        )


@dataclass(frozen=True, slots=True)
class _Task(Generic[R]):
    """A case and who waits for its result; `again` if a worker has died of it, or with it, before."""

    case: Case
    future: Future[R]
    again: bool = False


Chunk = list[_Task[R]]


def _golds(task: _Task[R]) -> tuple[str, ...]:
    return task.case.golds


class Workers(Generic[R]):
    """Several workers and what they have to do; closed, they are killed, whatever they are doing."""

    def __init__(self, work: Work[R], *, count: int) -> None:
        _warm.add(work.warm)
        self._work, self._count = work, count
        self._waiting = Waiting[_Task[R]](_golds, most=CASES_PER_CHUNK)
        self._tenders: list[_Tender[R]] = []
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, cases: Iterable[Case]) -> dict[Case, Future[R]]:
        """Hand over distinct cases. Those of the same golds go to one worker, which parses these once."""
        futures: dict[Case, Future[R]] = {case: Future() for case in cases}
        self._waiting.put(_Task(case, future) for case, future in futures.items())
        if futures:
            self._start()
        return futures

    def start(self) -> None:
        """Start all workers now, and wait until they are ready: no case will have to wait for one."""
        self._start(at_once=True)
        for tender in self._tenders:
            tender.begun.wait()

    def check(self) -> None:
        """Start a worker and end it again. Raises UsageError when it cannot make itself ready."""
        try:
            _tried_again(self._start_and_end)
        except _LostError as lost:
            raise self._work.error(lost.reason) from lost

    def _start_and_end(self) -> None:
        worker = _Worker(self._work)
        try:
            worker.become_ready()
        finally:
            worker.end()

    def close(self) -> None:
        """Kill the workers; what they have not judged stays without a result."""
        with self._lock:
            self._closed = True
        for tender in self._tenders:
            tender.stop()
        self._waiting.close()
        for tender in self._tenders:
            tender.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, *, at_once: bool = False) -> None:
        """The workers are started when there is something to do: a run from the cache needs none."""
        with self._lock:
            if not self._tenders and not self._closed:
                self._tenders = [
                    _Tender(self._work, self._waiting, at_once=at_once) for _ in range(self._count)
                ]


class _Tender(threading.Thread, Generic[R]):
    """Keeps one worker busy, and replaces it when it hangs, dies or has grown old.

    The worker is started with its first chunk, or `at_once`; `begun` says that this was tried.
    """

    def __init__(self, work: Work[R], waiting: Waiting[_Task[R]], *, at_once: bool) -> None:
        super().__init__(name="tinyv-tender", daemon=True)
        self._work, self._waiting, self._at_once = work, waiting, at_once
        self._worker: _Worker[R] | None = None
        self._stopped = False
        self.begun = threading.Event()
        self.start()

    def run(self) -> None:
        """Pass chunk after chunk to the worker; what goes wrong here is raised where results are awaited."""
        if self._at_once:
            self._begin()
        self.begun.set()
        while (chunk := self._waiting.take()) is not None and not self._stopped:
            try:
                self._pass_on(chunk)
            except Exception as error:  # noqa: BLE001
                for task in chunk:
                    if not task.future.done():
                        task.future.set_exception(error)
        self._let_go()

    def stop(self) -> None:
        """Kill the worker; the thread then ends by itself."""
        self._stopped = True
        if (worker := self._worker) is not None:
            worker.kill()

    def _begin(self) -> None:
        """Start the worker before there is a case; what keeps it from starting the first case will tell."""
        try:
            self._ready_worker()
        except Exception:  # noqa: BLE001
            self._let_go()

    def _pass_on(self, chunk: Chunk[R]) -> None:
        """Have the cases judged; what is left when the worker is lost with one of them is for any worker."""
        judged = 0
        try:
            hand_over = partial(self._hand_over, [task.case for task in chunk])
            worker = _tried_again(hand_over, given_up=lambda: self._stopped)
            for task in chunk:
                task.future.set_result(worker.receive(self._work.timeout))
                judged += 1
        except _LostError as lost:
            self._let_go()
            if not self._stopped:
                self._lose(chunk[judged], lost.reason)
                for left in chunk[judged + 1 :]:
                    self._waiting.put_alone(left)

    def _lose(self, task: _Task[R], reason: str) -> None:
        """The worker is gone, and it may not have been the case's fault."""
        if reason == CRASH and not task.again:
            self._waiting.put_alone(replace(task, again=True))
        else:
            task.future.set_result(self._work.failed(reason))

    def _hand_over(self, cases: list[Case]) -> "_Worker[R]":
        """A worker that has the cases. Raises _LostError."""
        try:
            worker = self._ready_worker()
            worker.send(cases)
        except _LostError:
            self._let_go()
            raise
        return worker

    def _ready_worker(self) -> "_Worker[R]":
        if self._worker is not None and self._worker.received >= CASES_PER_WORKER:
            self._let_go()
        if self._worker is None:
            self._worker = _Worker(self._work)
            if self._stopped:  # meanwhile, and so too early to be killed by it
                self._worker.kill()
            self._worker.become_ready()
        return self._worker

    def _let_go(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _LostError(Exception):
    """The worker is of no more use."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _tried_again(attempt: Callable[[], T], *, given_up: Callable[[], bool] = lambda: False) -> T:
    """What an attempt comes to in which no worker is lost; raises _LostError where there is none.

    For as long as a worker has no case: that it is lost is nobody's fault.
    """
    for pause in PAUSES:
        try:
            return attempt()
        except _LostError as lost:
            if lost.reason != CRASH or given_up():
                raise
        time.sleep(pause)
    return attempt()


class _Worker(Generic[R]):
    """One process and the pipes to it: one for its work, and one at whose end it ends."""

    def __init__(self, work: Work[R]) -> None:
        context = _context()
        self._work = work
        self._pipe, theirs = context.Pipe()
        lifeline, self._lifeline = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(theirs, lifeline, work), name="tinyv-worker")
        try:
            with _starting:
                self._process.start()
        except (ConnectionError, EOFError) as error:  # the server that forks it was killed a moment ago
            self._close_pipes()
            raise _LostError(CRASH) from error
        finally:
            theirs.close()
            lifeline.close()
        self.received = 0
        self._used = 0.0  # of a CPU when it began its case, in seconds

    def become_ready(self) -> None:
        """Wait until it has prepared itself. Raises UsageError when it cannot, _LostError when it is gone."""
        failure = self._next(PREPARE_SECONDS)
        if failure is not None:
            raise self._work.error(failure)

    def send(self, cases: list[Case]) -> None:
        """Hand over cases. Raises _LostError."""
        try:
            self._pipe.send(cases)
        except OSError as error:
            raise _LostError(CRASH) from error

    def receive(self, timeout: float) -> R:
        """The next result. Raises _LostError when it takes too long or the process is gone."""
        result: R = self._next(timeout)
        self.received += 1
        return result

    def kill(self) -> None:
        """Kill the process, and those that a function has started in it."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        """Kill it and leave nothing of it behind."""
        self.kill()
        self._process.join()
        self._close_pipes()

    def _close_pipes(self) -> None:
        self._pipe.close()
        self._lifeline.close()

    def _next(self, limit: float) -> Any:
        """What it sends next, before it has used `limit` seconds of a CPU. Raises _LostError."""
        clock, seconds = CaseClock(self._process.pid, limit, self._used), limit
        while seconds:
            # A process that a function has forked may hold the pipe open: the worker's own end counts too.
            ready = wait([self._pipe, self._process.sentinel], seconds)
            if self._pipe in ready:
                return self._received()
            if ready:
                raise _LostError(CRASH)
            seconds = clock.left()
        raise _LostError(TIMEOUT)

    def _received(self) -> Any:
        try:
            sent, self._used = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _LostError(CRASH) from error
        return sent


def _serve(pipe: Any, lifeline: Any, work: Work[Any]) -> None:
    """The life of a worker: make ready, then judge what comes, until nothing comes any more."""
    _settle_in(lifeline, work)
    worker = os.getpid()
    with contextlib.suppress(EOFError, OSError):
        pipe.send((_failure(work.prepare), cpu_seconds()))
        while True:
            for case in pipe.recv():
                result = _judged(work, case)
                if os.getpid() != worker:
                    os._exit(0)  # the function has forked and this is the copy: it must not answer too
                pipe.send((result, cpu_seconds()))


def _failure(prepare: Callable[[], None]) -> str | None:
    try:
        prepare()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a function's import may raise anything
        return f"{type(error).__name__}: {error}"
    return None


def _judged(work: Work[R], case: Case) -> R:
    """Judge one case. The one broad `except` around an example: sympy can raise anything."""
    try:
        return work.judge(case)
    except MemoryError:
        return work.failed(MEMORY)
    except BaseException as error:  # noqa: BLE001 - Math-Verify's TimeoutException is a BaseException
        return work.failed(f"error:{type(error).__name__}")


def _settle_in(lifeline: Any, work: Work[Any]) -> None:
    """What libraries print or log must not reach our output, and Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with contextlib.suppress(ImportError):  # Windows has none of this
        import resource

        os.setpgrp()  # a group, to be killed together with what it has started
        _end_with(lifeline)
        os.nice(work.nice)
        _limit(resource.RLIMIT_AS, work.memory)
        _limit(resource.RLIMIT_CORE, 0)


def _end_with(lifeline: Any) -> None:
    """Have the kernel end the group when our parent, which holds the other end of the pipe, is gone.

    It does so by SIGIO, which needs no Python: whoever sleeps, or hangs in C code, ends as well.
    """
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if lifeline.poll():  # it went before it could be waited for
        os._exit(1)


def _limit(what: int, value: int) -> None:
    """Lower a limit, which may be lower already."""
    import resource

    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _context() -> Any:
    """Fork from a server that has the libraries loaded: workers start at once, without our threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(sorted(_warm))
    # The server inherits the blocked signal: Ctrl-C is the parent's affair, also while the server imports.
    # The tracker goes first, because starting it ends with unblocking the signal.
    resource_tracker.ensure_running()
    _hold_sockets()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    except OSError as error:  # its socket stands there, and no socket's path may be long
        raise UsageError(
            f"{gettempdir()}: workers cannot start from a socket there ({error}); "
            "set TMPDIR to a folder with a shorter path"
        ) from error
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    return context


def _hold_sockets() -> None:
    """Have multiprocessing keep its sockets in a folder of ours: the next run removes a killed one's."""
    process.current_process()._config.setdefault("tempdir", str(process_folder()))  # type: ignore[attr-defined]


def physical_cores() -> int:
    """Cores for arithmetic, for which the second thread of a core is no gain."""
    import psutil

    return min(usable_cores(), psutil.cpu_count(logical=False) or usable_cores())


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
