"""`tinyv export` on files that `tinyv audit` has made of the sample."""

import json
import subprocess
import sys
from collections.abc import Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.records import Query

# Rows of several shapes: several responses, one, none, chats; a score for each recorded beside them.
ODD_ROWS: list[dict[str, Any]] = [
    {
        "question": "2+3?",
        "gold": "5",
        "responses": ["5", "five", "6"],
        "score": [1, 0, 0],
        "tags": ["a", "b"],
    },
    {"question": "2+4?", "gold": "6", "responses": ["six"], "score": [0], "tags": []},
    {"question": "2+5?", "gold": "7", "responses": [], "score": [], "tags": None},
    {"question": "2+6?", "gold": ["8", "eight"], "responses": ["eight", "9"], "score": [0, 0], "tags": ["c"]},
]


def grouped(folder: Path) -> Path:
    """The sample with the four rollouts of a question in one row."""
    rows = [json.loads(line) for line in (SAMPLE / "rollouts.jsonl").read_text().splitlines()]
    several = []
    for _, group in groupby(rows, key=lambda row: row["question"]):
        first, *others = group
        lists = {name: [row[name] for row in (first, *others)] for name in ("response", "truth")}
        several.append({**first, **lists})
    pq.write_table(pa.Table.from_pylist(several), folder / "several.parquet")
    return folder / "several.parquet"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> Path:
    """Audited files: of the sample, of its rollouts in lists, and of odd rows with recorded scores."""
    folder = tmp_path_factory.mktemp("exports")
    write_lines(folder / "odd.jsonl", *map(json.dumps, ODD_ROWS))
    for source, *options in (
        (SAMPLE / "rollouts.parquet", "--rule", "exact"),
        (grouped(folder), "--rule", "exact"),
        (folder / "odd.jsonl", "--rule", "column:score@0.1"),
    ):
        done = run_in(folder, "audit", source, *options, "--model", "none", "--quiet")
        assert done.returncode == 0, done.stderr
    return folder


def records(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_recovered_as_it_was(folder: Path, run_in: Tinyv) -> None:
    """One response a row: the input to the byte, and what was found beside it."""
    done = run_in(folder, "export", "rollouts.audited.parquet", "--as", "recovered", "-o", "one.parquet")
    assert done.returncode == 0, done.stderr
    before, after = pq.read_table(SAMPLE / "rollouts.parquet"), pq.read_table(folder / "one.parquet")
    assert after.select(before.column_names).cast(before.schema).equals(before)
    assert after.column_names == [
        *before.column_names,
        "tinyv_verdict",
        "tinyv_false_negative",
        "tinyv_reward",
    ]
    found = pl.from_arrow(after)
    assert isinstance(found, pl.DataFrame)
    assert set(found.filter("tinyv_false_negative")["tinyv_reward"]) == {1.0}


def test_recovered_several(folder: Path, run_in: Tinyv) -> None:
    """Several responses a row: lists again, a verdict and a reward for each response."""
    done = run_in(
        folder, "export", "several.audited.parquet", "--as", "recovered", "-o", "several.out.parquet"
    )
    assert done.returncode == 0, done.stderr
    before, after = pq.read_table(folder / "several.parquet"), pq.read_table(folder / "several.out.parquet")
    assert after.select(before.column_names).to_pylist() == before.to_pylist()
    assert after.schema.field("response").type == before.schema.field("response").type
    assert set(map(len, after.column("tinyv_reward").to_pylist())) == {4}
    annotated = pl.read_parquet(folder / "several.audited.parquet")
    assert list(chain(*after.column("tinyv_reward").to_pylist())) == annotated["tinyv_reward"].to_list()
    assert list(chain(*after.column("tinyv_verdict").to_pylist())) == annotated["tinyv_verdict"].to_list()


def test_recovered_odd_rows(folder: Path, run_in: Tinyv) -> None:
    """Lists of one and of none stay lists, and columns that belong to no response stay as they are."""
    found = records(run_in(folder, "export", "odd.audited.parquet", "--as", "recovered"))
    names = ("question", "responses", "score", "tags")
    assert [[row[name] for name in names] for row in found] == [
        [row[name] for name in names] for row in ODD_ROWS
    ]
    assert [row["tinyv_verdict"] for row in found] == [
        ["correct", "correct", "incorrect"],
        ["correct"],
        [],
        ["correct", "incorrect"],
    ]
    assert found[0]["tinyv_false_negative"] == [False, True, False]


def test_rewards(folder: Path, run_in: Tinyv) -> None:
    """A line for each response, by row and place."""
    found = records(run_in(folder, "export", "several.audited.parquet", "--as", "rewards"))
    annotated = pl.read_parquet(folder / "several.audited.parquet")
    assert [(row["row"], row["rollout"]) for row in found] == [(i, j) for i in range(60) for j in range(4)]
    assert [row["reward"] for row in found] == annotated["tinyv_reward"].to_list()


def test_sft_with_labels_of_review(folder: Path, run_in: Tinyv) -> None:
    """Proofs teach, labels come before them, and the rule teaches nobody."""
    proved = pl.read_parquet(folder / "rollouts.audited.parquet").filter(tinyv_evidence="proof")
    first, second = proved.head(2).to_dicts()
    label = {"tinyv_row": first["tinyv_row"], "tinyv_rollout": 0, "label": False, "reviewer": "anna"}
    labels = write_lines(folder / "mine.jsonl", json.dumps(label))
    done = run_in(
        folder,
        "export",
        "rollouts.audited.parquet",
        "--as",
        "sft",
        "--prompt",
        "tinyv-qwen3",
        "--labels",
        labels,
    )
    chats = records(done)
    assert f"{labels}: labels by hand come before the verdicts (1)" in done.stderr
    by_row = {chat["row"]: chat for chat in chats}
    wrong, right = by_row[first["tinyv_row"]], by_row[second["tinyv_row"]]
    assert (wrong["messages"][1]["content"], wrong["evidence"]) == ("False", "hand")
    assert right["messages"][1]["content"] == "True" and right["evidence"] in ("proof", "rounds")
    query = Query(second["question"], second["answer"], second["tinyv_answer"])
    assert right["messages"][0]["content"] == chat_prompt("tinyv-qwen3").message(query)
    assert {"hand", "proof", "disproof"} <= {chat["evidence"] for chat in chats}


def test_labels_beside_the_file_are_found(folder: Path, run_in: Tinyv) -> None:
    """What `tinyv review` has kept there counts without being named."""
    annotated = pl.read_parquet(folder / "odd.audited.parquet")
    found = annotated.filter("tinyv_false_negative").row(0, named=True)
    place = {name: found[name] for name in ("tinyv_row", "tinyv_rollout")}
    beside = write_lines(folder / "odd.audited.labels.jsonl", json.dumps({**place, "label": False}))
    try:
        left = records(run_in(folder, "export", "odd.audited.parquet", "--as", "jsonl"))
    finally:
        beside.unlink()
    assert len(left) == annotated["tinyv_false_negative"].sum() - 1
    assert all(row["tinyv_false_negative"] and row["responses"] for row in left)


def test_pytest_file_is_run(folder: Path, run_in: Tinyv, environment: Mapping[str, str]) -> None:
    """The file fails with the rule that was audited, and passes with one that knows better."""
    done = run_in(folder, "export", "rollouts.audited.parquet", "--as", "pytest", "-o", "test_cases.py")
    assert done.returncode == 0, done.stderr
    right = pl.read_parquet(folder / "rollouts.audited.parquet").filter(tinyv_verdict="correct")
    pairs = right.filter("tinyv_false_negative").select("tinyv_gold", "tinyv_answer").unique().rows()
    boxed = {
        (gold, f"\\boxed{{{answer}}}") for gold, answer in right.select("tinyv_gold", "tinyv_answer").rows()
    }
    knowing = f"KNOWN = {boxed!r}\n\n\ndef accepts(gold, response):\n    return (gold, response) in KNOWN\n"
    (folder / "mine.py").write_text(knowing, encoding="utf-8")

    def run(**more: str) -> str:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "test_cases.py"]
        done = subprocess.run(
            command, cwd=folder, env={**environment, **more}, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == (0 if more else 1), done.stdout + done.stderr
        return done.stdout.splitlines()[-1]

    assert f"{len(pairs)} failed" in run()
    cases = (
        (folder / "test_cases.py").read_text("utf-8").count("pytest.param(")
    )  # with those that are refuted
    assert cases > len(pairs) and f"{cases} passed" in run(TINYV_RULE="mine.py:accepts")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.parquet", "--as", "sft"], "no.parquet: no such file"),
        (
            ["odd.jsonl", "--as", "sft"],
            "odd.jsonl: is no Parquet file; name one that 'tinyv audit' has written",
        ),
        (["several.parquet", "--as", "sft"], "several.parquet: was not written by 'tinyv audit'"),
        (
            ["odd.audited.parquet", "--as", "sft", "-o", "x.csv"],
            "x.csv: --as sft writes .jsonl or .parquet files",
        ),
        (["odd.audited.parquet", "--as", "pytest", "-o", "x.jsonl"], "--as pytest writes .py files"),
        (
            ["odd.audited.parquet", "--as", "pytest"],
            "the rule 'column:score@0.1' of odd.audited.parquet only reads",
        ),
        (["odd.audited.parquet", "--as", "jsonl", "-o", "odd.jsonl"], "odd.jsonl: exists; choose another -o"),
        (["odd.audited.parquet", "--as", "jsonl", "-o", "no/x.jsonl"], "the folder 'no' does not exist"),
        (["odd.audited.parquet", "--as", "jsonl", "--labels", "no.jsonl"], "no.jsonl: no such file"),
        (
            ["odd.audited.parquet", "--as", "jsonl", "--labels", "other.jsonl"],
            "labels another example as row 0",
        ),
        (["odd.audited.parquet"], "--as"),
    ],
)
def test_refusals(folder: Path, run_in: Tinyv, arguments: list[str], said: str) -> None:
    """What cannot be done is one line, and nothing is written."""
    label = {"tinyv_row": 0, "tinyv_rollout": 0, "label": True, "example": "0" * 16}
    write_lines(folder / "other.jsonl", json.dumps(label))
    before = sorted(folder.iterdir())
    done = run_in(folder, "export", *arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
    assert sorted(folder.iterdir()) == before


def test_a_reader_may_leave(folder: Path, run_in: Tinyv) -> None:
    """`| head` ends it quietly; --limit ends it by itself."""
    assert (
        len(records(run_in(folder, "export", "rollouts.audited.parquet", "--as", "rewards", "--limit", "7")))
        == 7
    )
    done = subprocess.run(
        f"{sys.executable} -m tinyv_cli export rollouts.audited.parquet --as recovered | head -n 1",
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert len(done.stdout.splitlines()) == 1 and done.stderr == ""
