"""Several audited files on the command line: shards of a run, folders, and two audits compared."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLE, Tinyv, write_lines

SHARDS = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> Path:
    """Some of the sample, in another order: audited whole, in shards, and by another rule."""
    folder = tmp_path_factory.mktemp("several")
    lines = (SAMPLE / "rollouts.jsonl").read_text("utf-8").splitlines()
    write_lines(folder / "rows.jsonl", *sorted(lines[::3], key=lambda line: line[::-1]))
    runs = [
        (),
        *(("--shard", f"{i + 1}/{SHARDS}") for i in range(SHARDS)),
        ("--rule", "math-verify", "-o", "m.parquet"),
    ]
    for run in runs:
        rule = () if "--rule" in run else ("--rule", "exact")
        done = run_in(folder, "audit", "rows.jsonl", "--model", "none", "--quiet", *rule, *run)
        assert done.returncode == 0, done.stderr
    return folder


def report(run_in: Tinyv, folder: Path, *arguments: str) -> dict[str, Any]:
    done = run_in(folder, "report", *arguments, "--json", "--by", "source")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_shards_are_the_whole(folder: Path, run_in: Tinyv) -> None:
    """What was audited in shards is reported as if it had been audited at once."""
    whole = report(run_in, folder, "rows.audited.parquet")
    together = report(run_in, folder, f"rows.audited.*-of-{SHARDS}.parquet")
    made, made_whole = (dict(each.pop("provenance")) for each in (together, whole))
    for name in ("date", "seconds"):  # when it was, and how long it took
        assert made.pop(name) and made_whole.pop(name)
    assert made == made_whole
    assert together | {"file": ""} == whole | {"file": ""}
    assert together["file"] == "rows.audited.1-of-3.parquet and 2 more"


def test_exports_of_shards(folder: Path, run_in: Tinyv) -> None:
    """Corrected rows come back in the order of the input."""
    shards = f"rows.audited.*-of-{SHARDS}.parquet"
    together, whole = (
        run_in(folder, "export", each, "--as", "recovered").stdout
        for each in (shards, "rows.audited.parquet")
    )
    assert together == whole and len(whole.splitlines()) == 80


def test_rule_against_rule(folder: Path, run_in: Tinyv) -> None:
    """Two rules on the same responses: what each accepts, and on which they differ."""
    found = run_in(folder, "report", "rows.audited.parquet", "--against", "m.parquet")
    assert found.returncode == 0, found.stderr
    said = " ".join(found.stdout.split())
    assert "A rows.audited.parquet: 80 responses, judged by exact" in said
    assert "same responses 80 are in both" in said
    assert "reject, correct accept, correct" in said
    figures = report(run_in, folder, "rows.audited.parquet", "--against", "m.parquet")
    assert figures["score"]["before"]["difference"] > 0.1
    assert [by["column"] for by in figures["by"]] == ["source"]


def test_a_page_of_two(folder: Path, run_in: Tinyv, tmp_path: Path) -> None:
    """The same as a page."""
    page = tmp_path / "page.html"
    done = run_in(folder, "report", "m.parquet", "--against", "rows.audited.parquet", "--html", page)
    assert done.returncode == 0, done.stderr
    assert "Two audits compared" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["rows.audited.parquet", "m.parquet"],
            "another rule (math-verify) than rows.audited.parquet (exact)",
        ),
        (["rows.audited.parquet", "rows.audited.1-of-3.parquet"], "both hold row"),
        (["rows.audited.parquet", "--against", "no.parquet"], "no.parquet: no such file"),
        (
            ["rows.audited.parquet", "--against", "m.parquet", "--labels", "x"],
            "--against compares what was found",
        ),
    ],
)
def test_refusals(folder: Path, run_in: Tinyv, arguments: list[str], said: str) -> None:
    """What cannot be reported as one is one line."""
    done = run_in(folder, "report", "rows.audited.parquet", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert said in line


def test_a_folder_as_it_was_read(run_in: Tinyv, tmp_path: Path) -> None:
    """The files of a training come back under their names, in their formats, with the corrected verdict."""
    rows = [
        {
            "input": f"{n}+1?",
            "gts": str(n + 1),
            "output": f"It is \\boxed{{{n + 1}.0}}",
            "score": score,
            "step": 1,
        }
        for n, score in enumerate([0.0, 0.0, 1.0])
    ]
    (tmp_path / "steps" / "late").mkdir(parents=True)
    write_lines(tmp_path / "steps" / "1.jsonl", *map(json.dumps, rows))
    (tmp_path / "steps" / "late" / "2.json").write_text(json.dumps(rows[:2]))
    done = run_in(tmp_path, "audit", "steps", "--model", "none", "--quiet", "-o", "x.parquet")
    assert done.returncode == 0, done.stderr
    done = run_in(tmp_path, "export", "x.parquet", "--as", "recovered", "--set", "score", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert "written: out (5 rows)" in done.stderr
    first = [json.loads(line) for line in (tmp_path / "out" / "1.jsonl").read_text().splitlines()]
    assert [row["score"] for row in first] == [1.0, 1.0, 1.0]
    assert [{name: row[name] for name in rows[0]} for row in first] == [row | {"score": 1.0} for row in rows]
    assert [row["score"] for row in json.loads((tmp_path / "out" / "late" / "2.json").read_text())] == [
        1.0,
        1.0,
    ]
    again = run_in(tmp_path, "export", "x.parquet", "--as", "recovered", "-o", "out")
    assert again.returncode == 2 and "exists" in again.stderr
    input_ = run_in(tmp_path, "export", "x.parquet", "--as", "recovered", "-o", "steps", "--overwrite")
    assert input_.returncode == 2 and "is one of the inputs" in input_.stderr


def test_a_benchmark_is_read_back(run_in: Tinyv, folder: Path) -> None:
    """`tinyv eval` takes it as it is: the audited rule finds none of the right ones."""
    done = run_in(
        folder, "export", "rows.audited.parquet", "--as", "benchmark", "-o", "hard.jsonl", "--overwrite"
    )
    assert done.returncode == 0, done.stderr
    done = run_in(folder, "eval", "hard.jsonl", "--rule", "exact", "--model", "none", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["label"], found["by"]) == ("label", "source")
    assert found["verifiers"][0]["all"]["correct"] > 0 and found["verifiers"][0]["all"]["tp"] == 0
