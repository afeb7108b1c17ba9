"""Where the rows of a JSON document stand, however it is laid out."""

import json
from pathlib import Path
from typing import Any

import pytest

from tinyv_cli.errors import NoSamplesError, SourceError
from tinyv_cli.sources import open_source, open_sources, read_windows
from tinyv_cli.sources.files import read_json, read_json_lines
from tinyv_cli.sources.mapping import Mapping, Overrides

ROW = {"question": "2+3?", "answer": "5", "response": "It is \\boxed{5}."}
OTHER = {"question": "7-9?", "answer": "-2", "response": "It is \\boxed{2}."}
CONFIG = {"model": "m", "temperature": 0.6, "prompts": ["Solve it."]}


def read(tmp_path: Path, value: Any, name: str = "x.json") -> list[dict[str, Any]]:
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), encoding="utf-8")
    reader = read_json if path.suffix == ".json" else read_json_lines
    return [record for rows, _ in reader(path) for record in rows.records(range(len(rows)))]


LAYOUTS: dict[str, Any] = {
    "a list under a key": {"config": CONFIG, "results": [ROW, OTHER]},
    "deeper": {"run": {"of": {"today": {"samples": [ROW, OTHER]}}}, "config": CONFIG},
    "a table": {"columns": list(ROW), "data": [list(ROW.values()), list(OTHER.values())], "index": [0, 1]},
    "columns by row": {name: {"0": ROW[name], "1": OTHER[name]} for name in ROW},
}
KEYED: dict[str, tuple[Any, list[str]]] = {
    "objects under keys": ({"a": ROW, "b": OTHER}, ["a", "b"]),
    "beside what is no row": (
        {"accuracy": 0.5, "details": {"type": "GEN", "0": ROW, "1": OTHER}},
        ["0", "1"],
    ),
    "lists under keys": (
        {"results": {"amc": {"examples": [ROW]}, "aime": {"examples": [OTHER]}}},
        ["amc", "aime"],
    ),
    "splits": ({"train": [ROW], "test": [OTHER], "config": CONFIG}, ["train", "test"]),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(layout: Any, tmp_path: Path) -> None:
    """The rows are found in lists, tables and columns."""
    assert read(tmp_path, layout) == [ROW, OTHER]


@pytest.mark.parametrize(("layout", "keys"), KEYED.values(), ids=KEYED)
def test_keys(layout: Any, keys: list[str], tmp_path: Path) -> None:
    """What differs in the path of a row is kept in a column."""
    assert read(tmp_path, layout) == [{**ROW, "key": keys[0]}, {**OTHER, "key": keys[1]}]


def test_one_row(tmp_path: Path) -> None:
    """An object with a question and a gold of its own is a row, whatever lists it holds."""
    row = {**ROW, "shots": [ROW, OTHER]}
    assert read(tmp_path, row) == [row]


def test_array_in_lines(tmp_path: Path) -> None:
    """An array under the name of JSON lines is read as one; a conversation a line stays a row."""
    assert read(tmp_path, json.dumps([ROW, OTHER]), "x.jsonl") == [ROW, OTHER]
    turns = [{"from": "human", "value": "2+3?"}, {"from": "gpt", "value": "5"}]
    assert read(tmp_path, json.dumps(turns), "x.jsonl") == [{"0": turns[0], "1": turns[1]}]
    assert len(read(tmp_path, f"{json.dumps([ROW])}\n{json.dumps([OTHER])}\n", "x.jsonl")) == 2


def test_summary(tmp_path: Path) -> None:
    """A file that holds a summary only is told so."""
    with pytest.raises(NoSamplesError, match=r"x\.json: holds a summary or settings \(accuracy, config\)"):
        read(tmp_path, {"accuracy": 0.5, "config": CONFIG})


def test_many_rows(tmp_path: Path) -> None:
    """What is looked at for the shape bounds nothing that is read."""
    rows = [{**ROW, "id": i} for i in range(1000)]
    assert read(tmp_path, {"results": rows}) == rows
    keyed = {f"q{i}": row for i, row in enumerate(rows)}
    assert [row["id"] for row in read(tmp_path, keyed)] == list(range(1000))


def mapped(*specs: Path) -> tuple[dict[str, Mapping], list[Any]]:
    mappings: dict[str, Mapping] = {}
    windows = read_windows(open_sources(list(map(str, specs))), Overrides(), on_mapping=mappings.__setitem__)
    return mappings, [example for window in windows for example in window.examples]


def test_folder_with_metrics(tmp_path: Path) -> None:
    """Of a folder, files without samples are passed over by name; where it is named itself, it fails."""
    folder = tmp_path / "step_40"
    folder.mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in (ROW, OTHER))
    (folder / "metrics.json").write_text(json.dumps({"accuracy": 0.5}))
    (folder / "aggregated.jsonl").write_text(json.dumps({"pass@1": 0.5}) + "\n")
    with pytest.raises(NoSamplesError, match=r"aggregated\.jsonl: no response column found"):
        mapped(folder)
    (folder / "samples.jsonl").write_text(f"\n{lines}")
    mappings, examples = mapped(folder)
    [(name, mapping)] = mappings.items()
    assert name == str(folder / "samples.jsonl")
    assert mapping.notes == (
        "passed over, as there are no samples in it: "
        f"{folder / 'aggregated.jsonl'}, {folder / 'metrics.json'}",
    )
    assert [(each.file, each.line, each.step) for each in examples] == [(name, 2, 40), (name, 3, 40)]
    with pytest.raises(NoSamplesError, match=r"metrics\.json: holds a summary"):
        mapped(folder / "samples.jsonl", folder / "metrics.json")


def test_unfinished_line(tmp_path: Path) -> None:
    """The last line of a file that is still being written is left out, which a note says."""
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps(OTHER)[:-9])
    mappings, examples = mapped(path)
    assert len(examples) == 1
    assert mappings[str(path)].notes == (
        "its last line is unfinished and left out; is it still being written?",
    )


def test_no_data(tmp_path: Path) -> None:
    """A pointer of Git LFS, a pipe and a device are told apart from broken files."""
    import os

    pointer = tmp_path / "x.parquet"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    os.mkfifo(tmp_path / "x.jsonl")
    for path, said in (
        (pointer, "git lfs pull"),
        (tmp_path / "x.jsonl", "a pipe"),
        (Path("/dev/null"), "a device"),
    ):
        with pytest.raises(SourceError, match=said):
            open_source(str(path))
