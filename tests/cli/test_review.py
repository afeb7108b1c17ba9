"""`tinyv review` as a person meets it: in a terminal, killed, and taken up again."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pexpect
import polars as pl
import pytest

from tests.conftest import SAMPLE, Tinyv

Terminal = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> Path:
    """The sample, audited by rule and proofs alone."""
    folder = tmp_path_factory.mktemp("review")
    done = run_in(
        folder, "audit", SAMPLE / "rollouts.parquet", "--rule", "exact", "--model", "none", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    return folder / "rollouts.audited.parquet"


@pytest.fixture
def terminal(made: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Start review in a terminal of its own."""
    made.with_suffix(".labels.jsonl").unlink(missing_ok=True)
    running = []

    def start(*options: str) -> Any:
        arguments = ["-m", "tinyv_cli", "review", made.name, *options]
        process = pexpect.spawn(
            sys.executable,
            arguments,
            cwd=str(made.parent),
            env={**environment, "TERM": "xterm-256color", "USER": "anna"},
            dimensions=(30, 100),
            timeout=120,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.close(force=True)


def labels(made: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in made.with_suffix(".labels.jsonl").read_text().splitlines()]


def test_killed_and_taken_up_again(made: Path, terminal: Terminal, run_in: Tinyv) -> None:
    """What was said before a kill -9 is kept, the same command goes on from there, and eval reads it."""
    first = terminal()
    first.expect("0 of")
    first.send("r")
    first.expect("1 of")
    first.kill(9)
    first.wait()
    [kept] = labels(made)
    assert (kept["label"], kept["reviewer"], kept["p"]) == (True, "anna", None)
    with made.with_suffix(".labels.jsonl").open("a") as file:
        file.write('{"tinyv_row": 5, "tinyv_ro')  # as a machine leaves it that loses its power
    second = terminal()
    second.expect("1 of")
    second.send("wq")
    second.expect("2 of .* labelled by anna")
    second.expect("next: tinyv report rollouts.audited.parquet --labels rollouts.audited.labels.jsonl")
    second.expect(pexpect.EOF)
    second.wait()
    assert second.exitstatus == 0
    assert [label["label"] for label in labels(made)] == [True, False]
    assert len({label["tinyv_row"] for label in labels(made)}) == 2
    done = run_in(
        made.parent, "eval", made.name, "--labels", made.with_suffix(".labels.jsonl").name,
        "--rule", "exact", "--model", "none", "--proofs=off", "--json", "--question", "tinyv_question",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["read"]["pairs"] == 2


def test_a_sample_is_drawn(made: Path, terminal: Terminal) -> None:
    """Labels of a sample say which stratum they stand for."""
    process = terminal("--sample", "20", "--reviewer", "bert")
    process.expect("0 of 20")
    process.send("uq")
    process.expect(pexpect.EOF)
    [kept] = labels(made)
    assert kept["label"] is None and kept["reviewer"] == "bert"
    assert kept["stratum"] in ("proved", "rejected by the rule alone")
    assert 2 <= kept["stratum_drawn"] <= 20 < kept["stratum_size"]


def test_needs_a_terminal(made: Path, run_in: Tinyv) -> None:
    """In a pipe there is nobody to answer."""
    done = run_in(made.parent, "review", made.name)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == "tinyv: review needs a terminal to show examples and to read keys; run it in one\n"


def test_labels_of_another_file(made: Path, terminal: Terminal) -> None:
    """Where the audited file was made anew of other data, old labels are not taken for its own."""
    row = pl.read_parquet(made)["tinyv_row"][0]
    line = {"tinyv_row": row, "tinyv_rollout": 0, "label": True, "reviewer": "anna", "example": "0" * 16}
    made.with_suffix(".labels.jsonl").write_text(json.dumps(line) + "\n")
    process = terminal()
    process.expect("labels another example as row 0, rollout 0")
    process.expect(pexpect.EOF)
    process.wait()
    assert process.exitstatus == 2
