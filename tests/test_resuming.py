"""A run that is killed at any moment goes on when it is started again, and ends with the same file."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import write_lines
from tinyv_cli.running.cache import VERDICTS_FILE
from tinyv_cli.sources.files import CHUNK_ROWS

# A rule that takes its time, and notes down each call in the folder where the run was started.
SLOW = """
import time
def judge(gold, response):
    with open("calls", "a") as calls:
        calls.write(f"{response}\\n")
    time.sleep(0.002)
    return response.endswith("{" + gold + "}")
"""
KILLS = 10

pytestmark = pytest.mark.chaos
OUTPUT = "rows.audited.parquet"


@dataclass
class Place:
    """A folder with rows, a cache and temporary files of its own, where an audit is run again and again."""

    folder: Path
    environment: Mapping[str, str]
    arguments: tuple[str, ...]

    @property
    def output(self) -> Path:
        return self.folder / OUTPUT

    def start(self) -> "subprocess.Popen[bytes]":
        """Begin the audit."""
        own = {"TINYV_CACHE_DIR": str(self.folder / "cache"), "TMPDIR": str(self.folder / "tmp")}
        return subprocess.Popen(
            [sys.executable, "-m", "tinyv_cli", "audit", "rows.jsonl", "--quiet", *self.arguments],
            cwd=self.folder,
            env={**self.environment, **own},
            start_new_session=True,
        )

    def finish(self) -> pl.DataFrame:
        """Run the audit to its end."""
        assert self.start().wait(timeout=120) == 0
        return pl.read_parquet(self.output)

    def kill(self, when: Callable[["subprocess.Popen[bytes]"], object]) -> None:
        """Begin the audit, and kill it with all its processes when it is time."""
        process = self.start()
        when(process)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kept(self) -> int:
        """How many verdicts the cache holds."""
        with closing(sqlite3.connect(self.folder / "cache" / VERDICTS_FILE)) as cache:
            with suppress(sqlite3.OperationalError):  # killed before there was a table
                return int(cache.execute("SELECT count(*) FROM verdict").fetchone()[0])
            return 0

    def calls(self) -> list[str]:
        """What the slow rule was called with, in all runs."""
        calls = self.folder / "calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def left_over(self) -> list[str]:
        """Files and folders of ours that are no output."""
        return [path.name for path in self.folder.rglob("*") if path.name.endswith(".tinyv-part")]


@pytest.fixture
def place(
    tmp_path_factory: pytest.TempPathFactory, environment: Mapping[str, str], cache_folder: Path
) -> Callable[[str, list[dict[str, str]], tuple[str, ...]], Place]:
    """Makes such folders, which share the merged model."""

    def make(name: str, rows: list[dict[str, str]], arguments: tuple[str, ...]) -> Place:
        folder = tmp_path_factory.mktemp(name)  # short, as the path of a socket in it must be
        for each in (folder / "tmp", folder / "cache", cache_folder / "models"):
            each.mkdir(parents=True, exist_ok=True)
        (folder / "cache" / "models").symlink_to(cache_folder / "models")
        write_lines(folder / "rows.jsonl", *map(json.dumps, rows))
        (folder / "slow.py").write_text(SLOW)
        return Place(folder, environment, arguments)

    return make


Make = Callable[[str, list[dict[str, str]], tuple[str, ...]], Place]


def _until(condition: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not condition() and process.poll() is None:
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)


def test_killed_again_and_again(place: Make) -> None:
    """Killed ten times at random: nothing half-written is seen, nothing kept is judged again or lost."""
    rows = [
        {"question": f"{n} + 1?", "gold": str(n + 1), "response": f"\\boxed{{{n + 1 + n % 2}}}"}
        for n in range(4000)
    ]
    arguments = ("--rule", "slow.py:judge", "--model", "none")
    unbroken = place("unbroken", rows, arguments).finish()
    broken, chance = place("broken", rows, arguments), random.Random(3)

    def any_moment(process: "subprocess.Popen[bytes]") -> None:
        """Sometimes while it starts, mostly some time after it has begun to judge."""
        before = len(broken.calls())
        if chance.random() < 0.7:
            _until(lambda: len(broken.calls()) > before, process)
        time.sleep(chance.uniform(0, 2))  # a window of rows takes half a second or more

    kept = [0]
    for _ in range(KILLS):
        before = len(broken.calls())
        broken.kill(any_moment)
        assert not broken.output.exists()
        assert len(broken.calls()) - before <= len(rows) - kept[-1]
        kept.append(broken.kept())
    assert kept == sorted(kept) and 0 < kept[-1] < len(rows)
    before = len(broken.calls())
    assert broken.finish().equals(unbroken)
    assert len(broken.calls()) - before == len(rows) - kept[-1]
    assert broken.left_over() == []


def test_the_model_goes_on_to_the_same_p(place: Make) -> None:
    """What a model said before the kill is kept, and what it says afterwards is what it would have said."""
    rows = [
        {
            "question": f"What is {n} + {n}?",
            "gold": str(2 * n),
            "response": f"\\boxed{{{2 * n + (n % 6) // 5}}}",
        }
        for n in range(2 * CHUNK_ROWS + 40)
    ]
    arguments = ("--rule", "exact", "--model", "nano", "--proofs", "off")
    unbroken = place("unbroken", rows, arguments).finish()
    broken = place("broken", rows, arguments)
    broken.kill(lambda process: _until(lambda: broken.kept() > 0, process))
    kept = broken.kept()
    assert 0 < kept < unbroken["tinyv_p"].count()
    assert broken.finish().equals(unbroken)
    assert broken.left_over() == []
