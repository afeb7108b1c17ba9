"""Several audited files read as one: shards are the whole, and other inputs follow one another."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, SILENT, WRONG, Line, annotated
from tests.conftest import write_lines
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.documents.labels import Label, example_id, labels_of, labels_path
from tinyv_cli.documents.merging import merged
from tinyv_cli.errors import SourceError, TinyvError
from tinyv_cli.figures.records import as_json
from tinyv_cli.report.summary import summarise

SHARDS = 8
SOURCES = [{"name": "rows.jsonl", "size": 7}]


def some_lines(seed: int) -> list[Line]:
    """Responses to 60 questions in any order, with verdicts, p, kinds and doubts of all sorts."""
    random = Random(seed)
    kinds: list[Callable[[], Line]] = [
        lambda: ACCEPTED | {"suspect": random.choice([None, None, "denied: says not", "one part: of two"])},
        lambda: LIKELY | {"p": random.uniform(0.5, 1), "category": random.choice(["5.1", "1.2", None])},
        lambda: PROVED | {"category": random.choice(["6.1", "4.1", "2.3"]), "lost_in": "comparison"},
        lambda: WRONG | {"p": random.uniform(0, 0.5), "answer": random.choice(["7", "8"])},
        lambda: SILENT | {"rule": random.choice(["reject", "undecided"]), "rule_reason": "timeout"},
    ]
    lines = []
    for row in range(400):
        question = random.randrange(60)
        own = random.choices(kinds, weights=[question % 5 + 1, 2, 2, 4, 1])[0]()
        said = {"row": row, "question": f"q{question}", "response": f"r{random.randrange(20)}"}
        lines.append(own | said | {"source": "abc"[question % 3], "level": random.randrange(4)})
    return lines


def figures(*files: Path) -> dict[str, Any]:
    found: dict[str, Any] = as_json(summarise(open_audited(*files), by=("source", "level"), listed=50))
    return {name: value for name, value in found.items() if name != "file"}


def rows_of(tables: Iterable[pa.Table]) -> list[int]:
    return [row for table in tables for row in table.column("tinyv_row").to_pylist()]


def written(folder: Path, name: str, lines: list[Line], **more: Any) -> Path:
    counts = {"examples": len(lines), "model_asked": sum("p" in line for line in lines)}
    return annotated(
        folder / name, lines, METADATA | {"counts": counts, "sources": SOURCES, "selection": {}, **more}
    )


@pytest.mark.parametrize("seed", range(3))
def test_shards_are_the_whole(tmp_path: Path, seed: int) -> None:
    """Eight shards, in whatever order they are named, say what one run says, to the last digit."""
    lines = some_lines(seed)
    whole = written(tmp_path, "whole.parquet", lines)
    shards = [
        written(
            tmp_path,
            f"{n + 1}.parquet",
            [line for line in lines if int(str(line["question"])[1:]) % SHARDS == n],
            selection={"shard": f"{n + 1}/{SHARDS}"},
        )
        for n in range(SHARDS)
    ]
    expected = figures(whole)
    assert figures(*shards) == expected | {"selection": {}, "provenance": figures(*shards)["provenance"]}
    assert figures(*Random(seed).sample(shards, SHARDS))["listing"] == expected["listing"]
    assert figures(*shards[3:])["selection"] == {"shard": "4/8, 5/8, 6/8, 7/8, 8/8"}
    assert figures(*shards)["provenance"]["counts"] == expected["provenance"]["counts"]


def test_inputs_follow_one_another(tmp_path: Path) -> None:
    """Rows of another input are numbered behind those before, as one audit of both numbers them."""
    lines = some_lines(1)
    first = [line | {"row": line["row"] - 0} for line in lines[:100]]
    second = [line | {"row": line["row"] - 100} for line in lines[100:]]
    both = [{"name": "a", "size": 1}, {"name": "b", "size": 1}]
    whole = written(tmp_path, "whole.parquet", lines, sources=both)
    parts = [
        written(tmp_path, f"{source['name']}.parquet", own, sources=[source])
        for source, own in zip(both, (first, second), strict=True)
    ]
    assert figures(*parts) == figures(whole)
    rows = [
        row for table in merged(open_audited(*parts), 30) for row in table.column("tinyv_row").to_pylist()
    ]
    assert rows == list(range(400))


def test_shards_are_merged_in_the_order_of_the_input(tmp_path: Path) -> None:
    """Exports get back the rows as they stood, a few at a time, and each file is read once."""
    lines = some_lines(2)
    shards = [
        written(tmp_path, f"{n}.parquet", lines[n::3], selection={"shard": f"{n + 1}/3"}) for n in range(3)
    ]
    tables = list(merged(open_audited(*shards), 16))
    assert [row for table in tables for row in table.column("tinyv_row").to_pylist()] == list(range(400))
    assert max(map(len, tables)) <= 3 * 16


def test_folders_and_patterns(tmp_path: Path) -> None:
    """What is no audited file in a folder is passed over; one that is named twice counts once."""
    lines = some_lines(0)
    folder = tmp_path / "runs" / "inner"
    folder.mkdir(parents=True)
    for n in (9, 10):
        written(folder, f"{n}.audited.parquet", lines, sources=[{"name": str(n), "size": 1}])
    (folder / "other.parquet").write_bytes(b"nothing")
    found = open_audited(tmp_path / "runs", folder / "*.audited.parquet", folder / "9.audited.parquet")
    assert [file.path.name for file in found.files] == ["9.audited.parquet", "10.audited.parquet"]
    with pytest.raises(SourceError, match="a folder that holds no file of 'tinyv audit'"):
        (tmp_path / "empty").mkdir()
        open_audited(tmp_path / "empty")


UNLIKE: dict[str, tuple[dict[str, Any], str]] = {
    "another rule": ({"rule": {"name": "exact"}}, r"with another rule \(exact\) than .* --against"),
    "another threshold": ({"threshold": 0.9}, r"another threshold \(0.9\)"),
    "another model": ({"model": {"name": "large"}}, r"another model \(large\)"),
    "some examples alone": ({"only": "rejected"}, r"another --only \(rejected\) than .* \(none\)"),
    "the same rows": ({}, "both hold row 0 of the same input; leave one out"),
}


@pytest.mark.parametrize("case", UNLIKE)
def test_files_that_are_not_one(tmp_path: Path, case: str) -> None:
    """No figure would be of files that were judged in different ways; and no row counts twice."""
    other, message = UNLIKE[case]
    lines = some_lines(0)
    one, two = written(tmp_path, "1.parquet", lines), written(tmp_path, "2.parquet", lines, **other)
    with pytest.raises(TinyvError, match=message):
        open_audited(one, two)


def test_columns_of_several_kinds(tmp_path: Path) -> None:
    """Columns need not be the same: numbers meet texts, and what cannot be one column is left out."""
    one = written(tmp_path, "1.parquet", [PROVED | {"level": 1, "extra": ["a"], "own": "x"}])
    other = [WRONG | {"level": "2", "extra": "b"}]
    two = written(tmp_path, "2.parquet", other, sources=[{"name": "b", "size": 2}])
    frame = open_audited(one, two).frame.collect()
    assert frame.select("level", "own").rows() == [("1", "x"), ("2", None)]
    assert "extra" not in frame.columns


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """Of several files the one that cannot be read."""
    files = [
        written(tmp_path, f"{n}.parquet", some_lines(n), sources=[{"name": str(n), "size": 1}])
        for n in (1, 2)
    ]
    content = files[1].read_bytes()
    files[1].write_bytes(content[:4] + b"\xff" * 500 + content[504:])
    with pytest.raises(SourceError, match=r"2\.parquet: is damaged"):
        summarise(open_audited(*files))


def label(line: Line, row: int, **more: Any) -> str:
    seen = example_id(line["question"], "6", line["response"])
    return json.dumps({"tinyv_row": row, "tinyv_rollout": 0, "label": True, "example": seen} | more)


def test_labels_of_several_files(tmp_path: Path) -> None:
    """Labels stand beside their file, by its own numbers, or are found by what they label."""
    lines = some_lines(0)
    files = [
        written(tmp_path, f"{n}.parquet", [lines[n] | {"row": 0}], sources=[{"name": str(n), "size": 1}])
        for n in range(2)
    ]
    audited = open_audited(*files)
    beside = write_lines(labels_path(files[1]), label(lines[1], 0, example=None))
    assert labels_of(audited, beside) == [Label((1, 0), True)]
    elsewhere = write_lines(tmp_path / "mine.jsonl", label(lines[1], 0))
    assert [each.place for each in labels_of(audited, elsewhere)] == [(1, 0)]
    for wrong, message in (
        (label(lines[1], 0, example=None), "does not say of which"),
        (label(lines[5], 0), "labels"),
    ):
        with pytest.raises(SourceError, match=message):
            labels_of(audited, write_lines(tmp_path / "wrong.jsonl", wrong))
