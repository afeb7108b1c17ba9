"""What others have laid into folders that we share with them: it is left alone, and nothing waits for it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import Tinyv, write_lines
from tinyv_cli.running.disk import PART

QUICK = ("--rule", "exact", "--model", "none", "--proofs", "off", "--quiet")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files, which this test has to itself."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder


KINDS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to a file": lambda path: path.symlink_to("kept"),
    "a link to a folder": lambda path: path.symlink_to("folder"),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_named_like_our_parts(tinyv: Tinyv, tmp_path: Path, temporary: Path, kind: str) -> None:
    """Neither a file nor a folder is what is named like one of ours: it stays, and the run goes on."""
    write_lines(tmp_path / "r.jsonl", json.dumps({"question": "2+2?", "gold": "4", "response": "4"}))
    for folder in (tmp_path, temporary):
        (folder / "kept").write_text("kept")
        (folder / "folder").mkdir()
    strangers = [tmp_path / f".o.csv.0{PART}", temporary / f"tinyv-0{PART}"]
    for path in strangers:
        KINDS[kind](path)
    done = tinyv("audit", "r.jsonl", *QUICK, "-o", "o.csv")
    assert done.returncode == 0, done.stderr
    assert all(os.path.lexists(path) for path in strangers)
    assert {"kept", "folder"} <= {path.name for path in temporary.iterdir()}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_belongs_to_others(tinyv: Tinyv, tmp_path: Path, temporary: Path) -> None:
    """What another user's killed runs have left is that user's affair, also where we could remove it."""
    write_lines(tmp_path / "r.jsonl", json.dumps({"question": "2+2?", "gold": "4", "response": "4"}))
    theirs, ours = temporary / f"tinyv-1{PART}", temporary / f"tinyv-2{PART}"
    for folder in (theirs, ours):
        folder.mkdir()
    os.chown(theirs, 12345, 12345)
    assert tinyv("audit", "r.jsonl", *QUICK, "-o", "o.csv").returncode == 0
    assert (theirs.exists(), ours.exists()) == (True, False)


def test_what_a_killed_run_leaves(tinyv: Tinyv, tmp_path: Path, environment: Mapping[str, str]) -> None:
    """The next run removes its files, those of its workers' server too."""
    write_lines(tmp_path / "sleepy.py", "import time", "def sleepy(gold, response): time.sleep(60)")
    write_lines(tmp_path / "r.jsonl", json.dumps({"question": "2+2?", "gold": "4", "response": "4"}))
    command = [sys.executable, "-m", "tinyv_cli", "audit", "r.jsonl", "-o", "o.parquet", "--quiet"]
    rule = ["--rule", "sleepy.py:sleepy", "--model", "none", "--proofs", "off"]
    with TemporaryDirectory() as name:  # near the root: the name of a socket must be short
        temporary, own = Path(name), {**environment, "TMPDIR": name}
        run = subprocess.Popen([*command, *rule], cwd=tmp_path, env=own, start_new_session=True)
        while not any(temporary.rglob("listener-*")):
            assert run.poll() is None
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert [*temporary.iterdir()]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tempfile.tempdir", name)
            assert tinyv("audit", "r.jsonl", *QUICK, "-o", "o.csv").returncode == 0
        assert [*temporary.iterdir()] == []
