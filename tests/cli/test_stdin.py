"""JSON lines through standard input: annotated lines on standard output as they are judged."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl

from tests.conftest import SAMPLE, Tinyv
from tinyv_cli.__main__ import EXIT_READER_LEFT

Started = Callable[..., "subprocess.Popen[bytes]"]
LINE = b'{"question": "1+1?", "gold": "2", "response": "\\\\boxed{2}", "extra": {"keep": [1, null]}}\n'


def test_lines_in_lines_out(tinyv: Tinyv) -> None:
    """Each input line comes back with our columns behind its own; talk is on standard error."""
    source = (SAMPLE / "rollouts.jsonl").read_text()
    done = tinyv("audit", "-", "--model", "none", stdin=source)
    assert done.returncode == 0, done.stderr
    given = [json.loads(line) for line in source.splitlines()]
    got = [json.loads(line) for line in done.stdout.splitlines()]
    assert [{k: line[k] for k in given[0]} for line in got] == given
    assert [line["tinyv_row"] for line in got] == list(range(len(given)))
    assert "prompt efficiency" in done.stderr


def test_answers_flow_while_the_pipe_is_open(started: Started) -> None:
    """A line is answered before the input ends: a window closes when nothing more is waiting."""
    process = started("audit", "-", "--model", "none", "--quiet")
    assert process.stdin is not None and process.stdout is not None
    for _ in range(2):
        process.stdin.write(LINE)
        process.stdin.flush()
        answered = json.loads(process.stdout.readline())
        assert answered["tinyv_rule"] == "accept"
        assert answered["extra"] == {"keep": [1, None]}
    process.stdin.close()
    assert process.wait(timeout=30) == 0


def test_closed_pipe_ends_quietly(started: Started) -> None:
    """When the reader leaves (`| head`), the run ends without a word, as by SIGPIPE: not all was written."""
    process = started("audit", "-", "--model", "none", "--quiet")
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdin.write(LINE)
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(LINE * 1000)
    process.stdin.close()
    assert process.wait(timeout=60) == EXIT_READER_LEFT
    assert process.stderr.read() == b""


def test_parquet_from_standard_input(tinyv: Tinyv, tmp_path: Path) -> None:
    """-o writes Parquet instead, and the summary goes to standard output."""
    done = tinyv("audit", "-", "-o", "out.parquet", "--model", "none", stdin=LINE * 3)
    assert done.returncode == 0, done.stderr
    assert "written: out.parquet" in done.stdout
    assert pl.read_parquet(tmp_path / "out.parquet")["tinyv_rule"].to_list() == ["accept"] * 3


def test_nothing_on_standard_input(tinyv: Tinyv) -> None:
    """An empty pipe is an input without rows."""
    done = tinyv("audit", "-", stdin="")
    assert done.returncode == 2
    assert "no rows" in done.stderr


def test_model_verdicts_through_the_pipe(tinyv: Tinyv) -> None:
    """The embedded verifier works in a pipe as it does on a file."""
    row = {"question": "Solve (x-2)(x-3)=0.", "gold": r"\{2, 3\}", "response": "Two and three"}
    done = tinyv("audit", "-", stdin=json.dumps(row) + "\n")
    assert json.loads(done.stdout)["tinyv_false_negative"] is True
    assert "not accepted  1 of 1 response: 1 right (100.0%" in done.stderr
