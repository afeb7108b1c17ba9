"""Ctrl-C during an audit: exit 130, one line, no broken output, no process left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.conftest import SAMPLE

Started = Callable[..., "subprocess.Popen[bytes]"]


def _wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def _write_big(file: Path) -> None:
    """So many different questions that no machine is through with them before it is interrupted."""
    rows = [json.loads(line) for line in (SAMPLE / "rollouts.jsonl").read_text().splitlines()]
    with file.open("w") as lines:
        for copy in range(20):
            for row in rows:
                lines.write(json.dumps(row | {"question": f"{row['question']} ({copy})"}) + "\n")


CHAOS = pytest.mark.chaos


@pytest.mark.parametrize(
    "seconds", [0.0, pytest.param(0.5, marks=CHAOS), 2.0, pytest.param(4.0, marks=CHAOS)]
)
def test_interrupt(started: Started, tmp_path: Path, seconds: float) -> None:
    """At any moment: while reading, while loading the model, while judging."""
    _write_big(tmp_path / "big.jsonl")
    process = started("audit", "big.jsonl", "--no-cache")
    _wait_for(lambda: any(tmp_path.glob(".*.tinyv-part")))  # the output is open: the run has begun
    time.sleep(seconds)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    lines = err.decode().splitlines()
    assert lines[-1].startswith("tinyv: interrupted")
    assert "Traceback" not in err.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big.jsonl"]
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive


INTERRUPTED_IN_A_TEXT = """
import sys
import tinyv_cli.cli.app
from tinyv_cli.__main__ import run
from tinyv_cli.errors import UsageError

def refuse(*arguments, **options):
    raise UsageError("no")

tinyv_cli.cli.app.app = refuse
run([])  # what tells of an end is imported by now, which would execute texts

tinyv_cli.cli.app.app = lambda *arguments, **options: exec("raise KeyboardInterrupt")
sys.exit(run([]))
"""


def test_interrupted_while_a_dataclass_is_made(tmp_path: Path) -> None:
    """That executes a text, after which Python would end by the signal, whatever was caught."""
    (tmp_path / "interrupted.py").write_text(INTERRUPTED_IN_A_TEXT)
    command = [sys.executable, "-m", "interrupted"]
    paths = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(command, env=os.environ | paths, capture_output=True, text=True)
    assert (done.returncode, "tinyv: interrupted" in done.stderr) == (130, True)
