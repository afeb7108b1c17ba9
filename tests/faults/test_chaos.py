"""Whatever is killed, damaged or full: in the end the same command gives what an unbroken run gives."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE, new_cache

SEED = 7
RUNS = 6
EXAMPLES = 48
# What must be the same: all that is said of an example.
SAID = [
    *("tinyv_row", "tinyv_rollout", "tinyv_rule", "tinyv_rule_reason", "tinyv_p", "tinyv_model_reason"),
    *("tinyv_verdict", "tinyv_evidence", "tinyv_proof", "tinyv_proof_reason", "tinyv_close"),
]
# A file system of its own, in which there is room for nothing: as root or where users may have namespaces.
FULL = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
MOUNT = 'mount -t tmpfs -o size=4k,nr_inodes=3 tmpfs "$0" && exec "$@"'


def _said(output: Path) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = pq.read_table(output, columns=SAID).to_pylist()
    return said


@dataclass(frozen=True)
class Program:
    """An audit that is run again and again."""

    cache: Path
    environment: Mapping[str, str]

    def run(self, output: Path) -> int:
        """To its end; returns its exit code."""
        return self._begun(output).wait(300)

    def broken(self, output: Path, chance: random.Random) -> None:
        """Kill what the seed says at moments that it says, until the run ends or is killed itself."""
        run = self._begun(output)
        while run.poll() is None:
            time.sleep(chance.uniform(0.1, 2))
            _kill_one(run, chance)
        assert run.returncode in (0, -signal.SIGKILL)

    def damage(self, chance: random.Random) -> None:
        """Write over some bytes of the verdicts, cut them off, or write something else into them."""
        verdicts = self.cache / "verdicts.sqlite3"
        data = bytearray(verdicts.read_bytes() if verdicts.exists() else b"")
        match chance.randrange(3):
            case 0 if data:
                for _ in range(20):
                    data[chance.randrange(len(data))] ^= 0xFF
            case 1 if data:
                del data[chance.randrange(len(data)) :]
            case _:
                data = data.replace(b"accept", b"a\x00cept").replace(b'["rej', b'["\xff\xfej')
        verdicts.write_bytes(data)

    def in_a_full_folder(self, folder: Path) -> None:
        """The run ends with a line that says so, where a user may have such a folder."""
        folder.mkdir(exist_ok=True)
        command = [*FULL, MOUNT, str(folder), *self._command(folder / "out.parquet")]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if "unshare" in done.stderr or "mount" in done.stderr:
            return
        *_, line = done.stderr.splitlines()
        assert (done.returncode, "cannot be written" in line) == (2, True), done.stderr

    def _begun(self, output: Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command(output), env=self.environment)

    def _command(self, output: Path) -> list[str]:
        options = ["--limit", str(EXAMPLES), "--quiet", "--overwrite", "-o", str(output)]
        return [sys.executable, "-m", "tinyv_cli", "audit", str(SAMPLE / "rollouts.jsonl"), *options]


def _kill_one(run: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    """The run itself, the server of its workers, or a worker: which one the seed says, where there is one."""
    with suppress(psutil.Error):
        main = psutil.Process(run.pid)
        servers = [child for child in main.children() if "forkserver" in " ".join(child.cmdline())]
        workers = [worker for server in servers for worker in server.children()]
        if victims := chance.choice([[main], servers, workers, workers, workers]):
            victims[-1].kill()


@pytest.fixture
def program(tmp_path: Path, nano_folder: Path, environment: Mapping[str, str]) -> Callable[[str], Program]:
    """The command line in a process of its own, with a cache of this name."""

    def with_cache(name: str) -> Program:
        cache = tmp_path / name
        if not cache.exists():
            new_cache(cache, nano_folder)
        return Program(cache, {**environment, "TINYV_CACHE_DIR": str(cache)})

    return with_cache


@pytest.mark.chaos
def test_what_remains_when_all_is_over(program: Callable[[str], Program], tmp_path: Path) -> None:
    """None of the verdicts is lost, doubled or changed, p to the last bit."""
    chance, broken, whole = random.Random(SEED), tmp_path / "broken.parquet", tmp_path / "whole.parquet"
    for number in range(RUNS):
        program("chaos").broken(broken, chance)
        program("chaos").damage(chance)
        if number % 4 == 0:
            program("chaos").in_a_full_folder(tmp_path / "full")
    assert program("chaos").run(broken) == 0
    assert program("calm").run(whole) == 0
    assert _said(broken) == _said(whole)
    assert len(_said(whole)) == EXAMPLES
    assert not list(tmp_path.glob(".*.tinyv-part"))
