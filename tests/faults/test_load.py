"""Load is no verdict: a busy machine, and what kills a worker from outside, cost time and nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path

import psutil
import pytest
from math_verify import parser

from tinyv_cli.records import Case, RuleOutcome, RuleResult
from tinyv_cli.rules.stage import rule_work
from tinyv_cli.running.workers import Judge, Workers, usable_cores

GIGABYTE = 1 << 30
BURN = "while True: pass"
NICER_THAN_WORKERS = 10  # workers have 19, so what has this goes first, and leaves them a little


def _burns(case: Case) -> RuleResult:
    """Uses as many seconds of a CPU as the text says."""
    begun = time.process_time()
    while time.process_time() - begun < float(case.text):
        pass
    return RuleResult(RuleOutcome.ACCEPT)


def _sleeps(case: Case) -> RuleResult:
    time.sleep(float(case.text))
    return RuleResult(RuleOutcome.ACCEPT)


def _waits_for_a_child(case: Case) -> RuleResult:
    """As PRIME's scorer does, whose comparison runs in a process of its own."""
    subprocess.run([sys.executable, "-c", case.text], check=True)
    return RuleResult(RuleOutcome.ACCEPT)


def _is_killed(case: Case) -> RuleResult:
    """Dies in the first two places that the text names, as if the kernel had killed it there."""
    for place in map(Path, case.text.split()):
        if not place.exists():
            place.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return RuleResult(RuleOutcome.ACCEPT)


def _tells_its_number(case: Case) -> RuleResult:
    """Writes it into the first place that the text names, and is killed at the others."""
    told, *places = case.text.split()
    Path(told).write_text(str(os.getpid()))
    return _is_killed(Case(case.golds, " ".join(places)))


def _kills_its_server(case: Case) -> RuleResult:
    if case.text and not Path(case.text).exists():
        Path(case.text).touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return RuleResult(RuleOutcome.ACCEPT)


def said(judge: Judge[RuleResult], *texts: str, limit: float, count: int = 1) -> list[str]:
    """Why each case is undecided, or else its outcome."""
    with Workers(rule_work(judge, limit, 4 * GIGABYTE), count=count) as workers:
        futures = workers.submit(Case(("",), text) for text in texts)
        results = [future.result(240) for future in futures.values()]
    return [result.reason or result.outcome.value for result in results]


@contextmanager
def load() -> Iterator[None]:
    """Twice as many busy processes as there are cores, each of which goes before any worker."""
    busy = f"import os\nos.nice({NICER_THAN_WORKERS})\n{BURN}"
    processes = [subprocess.Popen([sys.executable, "-c", busy]) for _ in range(2 * usable_cores())]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_busy_machine_is_no_verdict() -> None:
    """What needs less of a CPU than it may use is judged, however long it waits for one."""
    with load():
        begun = time.monotonic()
        assert said(_burns, "0.05", limit=0.1) == ["accept"]
        waited = time.monotonic() - begun
    assert waited > 3 * 0.1, "the machine was not busy"


def test_what_needs_more_than_it_may_use_has_its_time() -> None:
    """A case that burns for ever ends at its limit, and the next one begins anew."""
    assert said(_burns, "60", "0.05", "61", limit=0.1) == ["timeout", "accept", "timeout"]


def test_more_patience_for_what_sleeps() -> None:
    """It may wait for a network: twice the limit is nothing, for ever is too long."""
    assert said(_sleeps, "0.8", "600", limit=0.4) == ["accept", "timeout"]


@pytest.mark.parametrize(("child", "expected"), [("pass", "accept"), (BURN, "timeout")])
def test_a_child_counts_as_its_parent(child: str, expected: str) -> None:
    """What a worker has started uses its time."""
    assert said(_waits_for_a_child, child, limit=0.5) == [expected]


def test_a_worker_that_is_killed_costs_no_verdict(tmp_path: Path) -> None:
    """The case is tried once more; what kills two workers is undecided, and the others are judged."""
    once, twice = tmp_path / "a", f"{tmp_path / 'b'} {tmp_path / 'c'}"
    assert said(_is_killed, str(once), twice, "", limit=5) == ["accept", "crash", "accept"]


def test_a_worker_that_is_killed_before_it_has_a_case(tmp_path: Path) -> None:
    """Nobody is to blame for that: the case may still be tried twice."""
    told = tmp_path / "told"
    with Workers(rule_work(_tells_its_number, 5, 4 * GIGABYTE), count=1) as workers:
        [first] = workers.submit([Case(("",), str(told))]).values()
        assert first.result(120).outcome is RuleOutcome.ACCEPT
        worker = psutil.Process(int(told.read_text()))
        worker.kill()
        worker.wait(20)
        [second] = workers.submit([Case(("",), f"{told} {tmp_path / 'a'}")]).values()
        assert second.result(120).outcome is RuleOutcome.ACCEPT


def test_a_server_of_workers_that_is_killed_before_it_is_needed() -> None:
    """Whoever checks that workers can start sees nothing of it."""
    forkserver.ensure_running()
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
    Workers(rule_work(_burns, 5, 4 * GIGABYTE), count=1).check()


def test_a_server_of_workers_that_is_killed_is_started_again(tmp_path: Path) -> None:
    """Neither what was in work then is lost, nor what comes after it."""
    before = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    assert said(_kills_its_server, "", str(tmp_path / "once"), limit=5, count=2) == ["accept"] * 2
    assert said(_burns, "0", limit=5) == ["accept"]
    assert forkserver._forkserver._forkserver_pid != before  # type: ignore[attr-defined]


def _burns_in_time(case: Case) -> RuleResult:
    return parser.timeout(1)(_burns)(case)  # type: ignore[no-any-return]


def _sleeps_in_time(case: Case) -> RuleResult:
    return parser.timeout(1)(_sleeps)(case)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("judge", "text", "expected"),
    [(_sleeps_in_time, "1.5", "accept"), (_burns_in_time, "60", "error:TimeoutException")],
)
def test_time_outs_of_math_verify(judge: Judge[RuleResult], text: str, expected: str) -> None:
    """They come to a "no", so they too leave the time of others out."""
    assert said(judge, text, limit=5) == [expected]
