"""A run that is told to end obeys within seconds, whatever it is doing, and leaves nothing half done."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import write_lines

Started = Callable[..., "subprocess.Popen[bytes]"]

ROW = '{{"question": "q", "gold": "{0}", "response": "{0}", "id": {0}}}'
# polars plans this for minutes, in code that hears no signal.
LONG_CONDITION = " AND ".join(["id > 0"] * 4000)
SIGNALS = [
    signal.SIGTERM,
    *(pytest.param(each, marks=pytest.mark.long) for each in (signal.SIGINT, signal.SIGHUP)),
]


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Whoever runs the tests may have us ignore that a terminal is closed, and a run inherits that."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def _audit(started: Started, folder: Path, *options: str) -> "subprocess.Popen[bytes]":
    write_lines(folder / "rows.jsonl", *(ROW.format(i) for i in range(300)))
    return started("audit", "rows.jsonl", "--rule", "exact", "--model", "none", "--proofs", "off", *options)


def _wait_for_output(folder: Path) -> None:
    """Until the run has begun to write."""
    deadline = time.monotonic() + 60
    while not any(folder.glob(".*.tinyv-part")):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("sent", SIGNALS)
def test_in_native_code(started: Started, tmp_path: Path, sent: signal.Signals) -> None:
    """Where Python runs no handler, a thread ends the run: 130, one line, no part of an output."""
    run = _audit(started, tmp_path, "--where", LONG_CONDITION, "-o", "out.parquet")
    _wait_for_output(tmp_path)
    time.sleep(1)
    run.send_signal(sent)
    begun = time.monotonic()
    _, err = run.communicate(timeout=60)
    assert (run.returncode, time.monotonic() - begun < 30) == (130, True)
    assert err.decode().splitlines()[-1].startswith("tinyv: interrupted; no unfinished output was left")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.jsonl"]


def test_several_at_once(started: Started, tmp_path: Path) -> None:
    """Whoever is impatient, or a scheduler that sends one after the other, changes nothing."""
    run = started("audit", "-", "--rule", "exact", "--model", "none", "--proofs", "off", "-o", "out.parquet")
    assert run.stdin is not None and run.stderr is not None
    run.stdin.write(ROW.format(1).encode() + b"\n")
    run.stdin.flush()
    _wait_for_output(tmp_path)
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        run.send_signal(sent)
        time.sleep(0.01)
    assert run.wait(60) == 130
    *_, line = run.stderr.read().decode().splitlines()
    assert line.startswith("tinyv: interrupted; no unfinished output was left")


SLEEPER = """
import os, time
from pathlib import Path

def reward(gold, response):
    Path(f"pid-{os.getpid()}").touch()
    time.sleep(600)
"""


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGKILL])
def test_workers_that_sleep(started: Started, tmp_path: Path, sent: signal.Signals) -> None:
    """They die with their parent, also with one that had no time to end them."""
    (tmp_path / "mine.py").write_text(SLEEPER)
    write_lines(tmp_path / "rows.jsonl", ROW.format(1))
    run = started("audit", "rows.jsonl", "--rule", "mine.py:reward", "--model", "none", "--no-cache")
    deadline = time.monotonic() + 60
    while not (told := list(tmp_path.glob("pid-*"))):
        assert time.monotonic() < deadline and run.poll() is None
        time.sleep(0.05)
    worker = psutil.Process(int(told[0].name.removeprefix("pid-")))
    run.send_signal(sent)
    worker.wait(20)


def test_what_nohup_ignores_stays_ignored(started: Started, tmp_path: Path) -> None:
    """Whoever starts a run so that it outlives a terminal means it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run = _audit(started, tmp_path, "-o", "out.parquet", "--quiet")
    finally:
        signal.signal(signal.SIGHUP, before)
    for _ in range(20):
        if run.poll() is None:
            os.kill(run.pid, signal.SIGHUP)
            time.sleep(0.1)
    assert run.wait(60) == 0
