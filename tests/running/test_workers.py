"""Workers that can be killed: nothing hangs a run, nothing is left behind, and all the others are judged."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.errors import UsageError
from tinyv_cli.records import Answer, Case, Example, How, RuleOutcome, RuleResult
from tinyv_cli.rules import extracted_answer, math_verify
from tinyv_cli.rules.stage import RuleStage, rule_work
from tinyv_cli.running.workers import Judge, Workers, usable_cores

GIGABYTE = 1 << 30
TOWER = "10^{(5^{5^{5^5}})}"

# What has hung, crashed or filled the memory of verifiers, beside answers that are plainly right.
HOSTILE = {
    "tower of powers": ("7", TOWER),
    "tower on both sides": (TOWER, TOWER.replace("10", "11")),
    "nested logarithms": ("7", r"\log" * 60 + "{" * 60 + "x" + "}" * 60),
    "logarithm of a tower": ("7", r"\log_{2}(\log_{2}(\log_{2}(" + TOWER + ")))"),
    "100,000 digits": ("7", "7" * 100_000),
    "100,000 digits on both sides": ("8" * 100_000, "7" * 100_000),
    "deep braces": ("7", "{" * 20_000 + "7" + "}" * 20_000),
    "deep fractions": ("7", r"\frac{1}{" * 300 + "7" + "}" * 300),
    "catastrophic regex": ("7", "$" * 3_000 + r"\text{" * 2_000),
    "many open brackets": ("7", "(" * 5_000),
    "huge matrix": (
        "7",
        r"\begin{pmatrix}" + r"\\".join("&".join(["x"] * 60) for _ in range(60)) + r"\end{pmatrix}",
    ),
    "factorial": ("7", "(10^{12})!"),
    "factorial of factorials": ("7", "((20!)!)!"),
    "huge exponent": ("7", "(x+y+z)^{5000}"),
    "huge exponents, expanded": ("(x+1)^{4000}", "(1+x)^{2000}(x+2)^{2000}"),
    "endless sum": ("7", r"\sum_{n=1}^{10^{15}} \sin(n^n)"),
    "nested roots": ("7", r"\sqrt{2+" * 200 + "2" + "}" * 200),
    "nul bytes": ("7", "\x00" * 1000 + "8"),
}
REASONS = {"timeout", "memory", "crash", "gold_unparsable", "answer_unparsable"}


@contextmanager
def stage(
    judge: Judge[RuleResult] = math_verify.judge,
    *,
    count: int = 2,
    timeout: float = 10,
    memory: int = 4 * GIGABYTE,
) -> Iterator[RuleStage]:
    """A rule in workers of its own."""
    with Workers(rule_work(judge, timeout, memory), count=count) as workers:
        yield RuleStage(workers, extracted_answer)


def said(rule: RuleStage, pairs: list[tuple[str, str]]) -> list[str]:
    """For each pair of gold and answer the reason why it is undecided, or else the outcome."""
    examples = [Example(i, 0, "", (gold,), answer) for i, (gold, answer) in enumerate(pairs)]
    results = rule.submit(examples, [Answer(answer, How.BOXED) for _, answer in pairs])()
    return [result.reason or result.outcome.value for result in results]


def test_the_hostile_set_ends_and_all_the_others_are_judged() -> None:
    """Each hostile input costs its limit at most, shared among the cores; the rest is as without them."""
    limit, workers, right = 2.0, 2, [(f"{i}", f"{i}.0") for i in range(100, 140)]
    pairs = [pair for mixed in zip(HOSTILE.values(), right, strict=False) for pair in mixed] + right
    with stage(count=workers, timeout=limit) as rule:
        started = time.monotonic()
        results = dict(zip(pairs, said(rule, pairs), strict=True))
        seconds = time.monotonic() - started
    assert {results[pair] for pair in right} == {"accept"}
    outcomes = {name: results[pair] for name, pair in HOSTILE.items()}
    known = [outcome for outcome in outcomes.values() if outcome in REASONS or outcome.startswith("error:")]
    assert len(known) + list(outcomes.values()).count("reject") == len(HOSTILE), outcomes
    assert outcomes["tower of powers"] == "timeout"
    hanging = sum(outcome == "timeout" for outcome in outcomes.values())
    assert seconds < limit * hanging / min(workers, usable_cores()) + 10, outcomes


def test_hanging_answers_to_one_gold_are_shared_among_the_workers() -> None:
    """Cases of a gold stay together only as long as none of them hangs."""
    pairs = [("7", TOWER.replace("10", str(n))) for n in range(10, 18)]
    with stage(count=2, timeout=1) as rule:
        started = time.monotonic()
        assert said(rule, [*pairs, ("7", "7")]) == ["timeout"] * 8 + ["accept"]
        assert time.monotonic() - started < 8 / 2 + 5


def test_what_has_timed_out_is_not_tried_again() -> None:
    """The same hanging case in a later window costs nothing more."""
    with stage(count=1, timeout=1) as rule:
        assert said(rule, [("7", TOWER)]) == ["timeout"]
        started = time.monotonic()
        assert said(rule, [("7", TOWER)]) == ["timeout"]
        assert time.monotonic() - started < 0.5


def _allocate(case: Case) -> RuleResult:
    return RuleResult(RuleOutcome.ACCEPT, str(len(bytearray(8 * GIGABYTE))))


def _die(case: Case) -> RuleResult:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _fault(case: Case) -> RuleResult:
    ctypes.string_at(0)
    raise AssertionError


def _exit(case: Case) -> RuleResult:
    raise SystemExit(3)


def _exit_at_once(case: Case) -> RuleResult:
    os._exit(0)


def _raise(case: Case) -> RuleResult:
    raise ZeroDivisionError(case)


def _interrupt(case: Case) -> RuleResult:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("judge", "reason"),
    [
        (_allocate, "memory"),
        (_die, "crash"),
        (_fault, "crash"),
        (_exit, "error:SystemExit"),
        (_exit_at_once, "crash"),
        (_raise, "error:ZeroDivisionError"),
        (_interrupt, "error:KeyboardInterrupt"),
    ],
)
def test_whatever_a_rule_does_to_its_worker(judge: Judge[RuleResult], reason: str) -> None:
    """The run goes on, with a worker for the next case, and says why there is no verdict."""
    with stage(judge, count=1, memory=2 * GIGABYTE) as rule:
        assert said(rule, [("1", "1"), ("1", "2"), ("2", "1")]) == [reason] * 3


def _fork(case: Case) -> RuleResult:
    if os.fork() == 0 and case.text == "stay":
        time.sleep(600)
    return RuleResult(RuleOutcome.ACCEPT)


def _fork_and_die(case: Case) -> RuleResult:
    if os.fork() == 0:
        time.sleep(600)
    os._exit(1)


@pytest.mark.parametrize(("judge", "expected"), [(_fork, "accept"), (_fork_and_die, "crash")])
def test_a_rule_that_forks(judge: Judge[RuleResult], expected: str) -> None:
    """The copy gives no second answer, holds nothing up, and is gone in the end."""
    before = _processes()
    with stage(judge, count=1, timeout=20) as rule:
        started = time.monotonic()
        assert said(rule, [("1", "1"), ("1", "stay"), ("2", "1")]) == [expected] * 3
        assert time.monotonic() - started < 20  # twice three processes
    assert not _left(before)


def _subprocess(case: Case) -> RuleResult:
    import multiprocessing

    child = multiprocessing.get_context("fork").Process(target=print, args=("noise",))
    child.start()
    child.join()
    subprocess.run([sys.executable, "-c", "print('noise')"], check=True)
    return RuleResult(RuleOutcome.ACCEPT)


def test_a_rule_may_have_processes_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    """PRIME's scorer, for one, compares in a process that it can kill; what they print is not our output."""
    with stage(_subprocess, count=1) as rule:
        assert said(rule, [("1", "1")]) == ["accept"]
    assert "noise" not in capfd.readouterr().out


# Inherited by whatever this session starts, so that also a process which has lost its parent is found.
MARK = {"STARTED_BY_TEST_SESSION": uuid4().hex}
os.environ.update(MARK)


def _processes() -> set[psutil.Process]:
    """Ours, and those that were ours."""
    return {process for process in psutil.process_iter() if _environment(process).items() >= MARK.items()}


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        return dict(process.environ())
    except psutil.Error:
        return {}


def _left(before: set[psutil.Process], *, wait: float = 5) -> set[psutil.Process]:
    """Processes that were not there before and do not end; the fork server may stay."""
    new = {process for process in _processes() - before if not _is_server(process)}
    return set(psutil.wait_procs(new, timeout=wait)[1])


def _is_server(process: psutil.Process) -> bool:
    try:
        line = " ".join(process.cmdline())
        return process.parent() == psutil.Process() and ("forkserver" in line or "resource_tracker" in line)
    except psutil.Error:
        return False


def test_closing_kills_a_worker_that_hangs() -> None:
    """No process is left, whatever it is doing."""
    before = _processes()
    with Workers(rule_work(math_verify.judge, 60, 4 * GIGABYTE), count=2) as workers:
        workers.submit([Case(("1",), TOWER, How.BOXED), Case(("2",), TOWER, How.BOXED)])
        deadline = time.monotonic() + 10
        while len(working := [p for p in _processes() - before if not _is_server(p)]) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert working and not _left(before)


def test_closing_before_anything_was_judged_waits_for_nothing() -> None:
    """Nor is a worker started that nobody needs."""
    before, started = _processes(), time.monotonic()
    with Workers(rule_work(math_verify.judge, 60, 4 * GIGABYTE), count=2):
        pass
    assert not _left(before) and time.monotonic() - started < 1


def test_started_before_there_is_a_case() -> None:
    """All workers are there when `start` is back; what keeps one from starting, the first case tells."""
    before = _processes()
    with Workers(rule_work(math_verify.judge, 60, 4 * GIGABYTE), count=3) as workers:
        workers.start()
        assert len([each for each in _processes() - before if not _is_server(each)]) >= 3
        case = Case(("x",), "y")
        assert workers.submit([case])[case].result().outcome is RuleOutcome.REJECT
    with Workers(replace(rule_work(math_verify.judge, 60, 4 * GIGABYTE), prepare=_fail), count=1) as workers:
        workers.start()
        with pytest.raises(UsageError, match="no such thing"):
            workers.submit([case])[case].result()


def _fail() -> None:
    raise ImportError("no such thing")


@pytest.mark.long
def test_the_memory_of_a_worker_is_bounded() -> None:
    """Its address space never grows beyond the limit, so neither can what it takes."""
    limit, before, peak = GIGABYTE, _processes(), 0
    with Workers(rule_work(math_verify.judge, 3, limit), count=1) as workers:
        futures = workers.submit(Case(gold_and_answer[:1], gold_and_answer[1]) for gold_and_answer in HUNGRY)
        while not all(future.done() for future in futures.values()):
            peak = max([peak, *(_memory(p) for p in _processes() - before if not _is_server(p))])
            time.sleep(0.05)
    assert 0 < peak <= limit


HUNGRY = [("7", "(10^{9})!"), ("7", "2^{2^{40}}"), ("7", "9" * 3_000_000)]


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _cannot_prepare() -> None:
    raise ImportError("no such thing")


def _dies_preparing() -> None:
    os._exit(1)


@pytest.mark.parametrize(
    ("prepare", "because"), [(_cannot_prepare, "ImportError: no such thing"), (_dies_preparing, "crash")]
)
def test_workers_that_cannot_make_themselves_ready(prepare: Callable[[], None], because: str) -> None:
    """A rule that cannot be loaded stops the run before any example."""
    work = rule_work(math_verify.judge, 1, GIGABYTE, prepare=prepare, complaint="it cannot start")
    with Workers(work, count=1) as workers, pytest.raises(UsageError, match="it cannot start") as raised:
        workers.check()
    assert because in str(raised.value)


def _hang(tmp_path: Path) -> Path:
    """Rows whose first one hangs the rule for longer than any test waits."""
    row = '{{"question": "q", "gold": "7", "response": "\\\\boxed{{{}}}"}}'
    return write_lines(tmp_path / "hang.jsonl", row.format(TOWER), *(row.format(n) for n in range(5)))


@pytest.mark.chaos
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_survives_the_run(
    tmp_path: Path, started: Callable[..., "subprocess.Popen[bytes]"], sent: signal.Signals
) -> None:
    """Interrupted, terminated or killed while a worker hangs: that worker ends too."""
    before = _processes()
    write_lines(tmp_path / "tinyv.toml", "rule_timeout = 2")
    process = started("audit", _hang(tmp_path), "--model", "none", "--no-cache")
    time.sleep(0.2)
    deadline = time.monotonic() + 20
    while not any(_is_worker(p) for p in _processes() - before):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    process.send_signal(sent)
    process.wait(10)
    assert not _left(before, wait=30)


def test_temporary_folder_too_deep_for_a_socket(tinyv_process: Tinyv, tmp_path: Path) -> None:
    """Workers start from a socket in it, whose path may have some hundred characters."""
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    done = tinyv_process("check", "-g", "x", "y", "--model", "none", set={"TMPDIR": str(deep)})
    assert done.returncode == 2
    assert "set TMPDIR to a folder with a shorter path" in done.stderr


def _is_worker(process: psutil.Process) -> bool:
    """Whether it is a worker that has settled in: the leader of a group, and glad to let others go first."""
    niceness = min(19, os.getpriority(os.PRIO_PROCESS, 0) + 19)
    try:
        return os.getpgid(process.pid) == process.pid and bool(process.nice() == niceness)
    except (psutil.Error, ProcessLookupError):
        return False


def test_no_process_survives_a_normal_end_or_an_error(tmp_path: Path, tinyv: Tinyv) -> None:
    """Nor does one that a function has left running."""
    before = _processes()
    (tmp_path / "mine.py").write_text(
        "import os, time\n"
        "def f(gold, response):\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(600)\n"
        "    return True\n"
    )
    rows = write_lines(tmp_path / "r.jsonl", '{"gold": "7", "response": "7"}')
    assert tinyv("audit", rows, "--model", "none", "--rule", "mine.py:f").returncode == 0
    broken = write_lines(tmp_path / "b.jsonl", '{"gold": "7", "response": "7"}', "{")
    assert tinyv("audit", broken, "--model", "none", "--no-cache").returncode == 2
    assert not _left(before)
