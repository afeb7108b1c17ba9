"""Standard streams that are closed, full, without a reader or of another encoding end no run."""

import json
import os
import pty
import subprocess
import sys
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import write_lines
from tinyv_cli.__main__ import EXIT_READER_LEFT

ROW = {"question": "Is ½ right?", "gold": "4", "response": "4"}
QUICK = ("--rule", "exact", "--model", "none", "--proofs", "off")
PROGRAM = (sys.executable, "-m", "tinyv_cli")
FULL = Path("/dev/full")

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "r.jsonl", json.dumps(ROW))


@pytest.fixture
def run(tmp_path: Path, environment: Mapping[str, str], rows: Path) -> Run:
    """The program in a process of its own, with the streams that are given."""

    def completed(
        *arguments: str, set: Mapping[str, str] | None = None, **streams: int
    ) -> "subprocess.CompletedProcess[bytes]":
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        command = [*PROGRAM, *arguments]
        return subprocess.run(command, cwd=tmp_path, env={**environment, **(set or {})}, timeout=120, **given)  # type: ignore[call-overload, no-any-return]

    return completed


@contextmanager
def left() -> Iterator[int]:
    """A pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@contextmanager
def full() -> Iterator[int]:
    """A device on which there is never room."""
    descriptor = os.open(FULL, os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full on this system")


def test_nobody_hears_the_talk(run: Run, tmp_path: Path) -> None:
    """The reader of both streams leaves (`2>&1 | head -n 1`): the file is written all the same."""
    with left() as pipe:
        done = run("audit", "r.jsonl", *QUICK, "-o", "o.parquet", stdout=pipe, stderr=pipe)
    assert done.returncode == 0
    assert pl.read_parquet(tmp_path / "o.parquet").height == 1


@needs_full
def test_there_is_no_room_for_talk(run: Run, tmp_path: Path) -> None:
    """A full disk under a log is not the run's affair."""
    with full() as device:
        done = run("audit", "r.jsonl", *QUICK, "-o", "o.parquet", stderr=device)
    assert (done.returncode, (tmp_path / "o.parquet").exists()) == (0, True)


def test_the_lines_are_cut_off(run: Run) -> None:
    """Whoever reads annotated lines leaves: it ends without a word, and not as if all had been written."""
    with left() as pipe:
        done = run("audit", "r.jsonl", *QUICK, "-o", "-", "--quiet", stdout=pipe)
    assert (done.returncode, done.stderr) == (EXIT_READER_LEFT, b"")


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [("audit", "r.jsonl", *QUICK, "-o", "-", "--quiet"), ("config", "--json"), ("--version",)],
    ids=["lines", "words", "a word"],
)
def test_results_that_cannot_be_written(run: Run, arguments: tuple[str, ...]) -> None:
    """A full disk under a result is an error, told in one line."""
    with full() as device:
        done = run(*arguments, stdout=device)
    assert done.returncode == 2
    assert done.stderr.startswith(b"tinyv: standard output: ") and done.stderr.count(b"\n") == 1
    assert b"No space left on device" in done.stderr


def closed(numbers: str, *arguments: str) -> tuple[str, ...]:
    """The program, started by a shell that closes these streams."""
    return ("sh", "-c", f'exec "$@" {numbers}', "sh", *PROGRAM, *arguments)


@pytest.mark.parametrize(
    ("numbers", "output", "code"),
    [("<&- 2>&-", "o.jsonl", 0), (">&-", "-", 2), (">&- 2>&-", "-", 2)],
)
def test_closed(
    tmp_path: Path, environment: Mapping[str, str], rows: Path, numbers: str, output: str, code: int
) -> None:
    """No file gets the number of a closed stream; results that were to go there are an error."""
    command = closed(numbers, "audit", "r.jsonl", *QUICK, "--quiet", "-o", output)
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120)
    assert (done.returncode, done.stdout) == (code, b"")
    if output.endswith(".jsonl"):
        assert json.loads((tmp_path / output).read_text())["tinyv_rule"] == "accept"
    assert (b"standard output: " in done.stderr) == (numbers == ">&-")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_that_lacks_a_character(run: Run, tmp_path: Path, encoding: str) -> None:
    """It is written as an escape, and in JSON as JSON writes it."""
    write_lines(tmp_path / "ü ½ 中.jsonl", json.dumps(ROW))
    command = ("audit", "ü ½ 中.jsonl", *QUICK, "-o", "o.parquet", "--by", "question", "--json")
    done = run(*command, set={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, done.stderr
    assert rb"\u4e2d.jsonl" in done.stderr
    assert "Is ½ right?" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


@pytest.mark.parametrize(("options", "code"), [(["--limit", "1"], 0), (["--gold", "nowhere"], 2)])
def test_whoever_writes_is_not_done(
    started: Callable[..., "subprocess.Popen[bytes]"], tmp_path: Path, options: list[str], code: int
) -> None:
    """A run that wants no more lines, or can do nothing with them, waits for none."""
    process = started("audit", "-", *QUICK, "-o", "o.jsonl", *options)
    assert process.stdin is not None
    process.stdin.write(f"{json.dumps(ROW)}\n".encode())
    process.stdin.flush()
    assert process.wait(120) == code
    assert (tmp_path / "o.jsonl").exists() is (code == 0)


def test_a_terminal_that_is_gone(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """Standard input that fails with EIO has come to its end: what was read is written."""
    master, terminal = pty.openpty()
    tty.setraw(terminal)
    command = [*PROGRAM, "audit", "-", *QUICK, "-o", "o.jsonl"]
    process = subprocess.Popen(
        command,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=dict(environment),
    )
    os.close(terminal)
    os.write(master, f"{json.dumps(ROW)}\n".encode() * 20)
    os.set_blocking(master, False)
    while not any(tmp_path.glob(".*.tinyv-part")):
        assert process.poll() is None
    os.close(master)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert b"Traceback" not in said
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 20
