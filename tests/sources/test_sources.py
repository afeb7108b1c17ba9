"""From what the user names to numbered windows of examples."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tinyv_cli.errors import SourceError
from tinyv_cli.sources import begun, open_source, open_sources, read_windows
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.mapping import Mapping, Overrides


def lines(path: Path, *responses: Any, gold: str = "gold") -> str:
    rows = [{"question": "q", gold: "5", "response": response} for response in responses]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def windows(*specs: str, mappings: dict[str, Mapping] | None = None) -> list[Window]:
    told = mappings if mappings is not None else {}
    return list(read_windows(open_sources(specs), Overrides(), on_mapping=told.__setitem__))


def test_rows_are_numbered_across_sources(tmp_path: Path) -> None:
    """A row's number is unique in a run, however many files it reads."""
    a, b = lines(tmp_path / "a.jsonl", "1", ["2", "3"]), lines(tmp_path / "b.jsonl", "4")
    examples = [example for window in windows(a, b) for example in window.examples]
    assert [(example.row, example.rollout, example.response) for example in examples] == [
        (0, 0, "1"),
        (1, 0, "2"),
        (1, 1, "3"),
        (2, 0, "4"),
    ]


def test_each_source_has_its_mapping(tmp_path: Path) -> None:
    """Files that name their fields differently are read together, and each choice is told once."""
    a = lines(tmp_path / "a.jsonl", *["1"] * (CHUNK_ROWS + 1))
    b = lines(tmp_path / "b.jsonl", "2", gold="target")
    mappings: dict[str, Mapping] = {}
    found = windows(a, b, mappings=mappings)
    assert {name: mapping.gold for name, mapping in mappings.items()} == {a: "gold", b: "target"}
    assert [window.mapping.gold for window in found] == ["gold", "gold", "target"]
    assert all(example.golds == ("5",) for window in found for example in window.examples)


def test_fraction(tmp_path: Path) -> None:
    """How much of the input lies behind a window grows to all of it."""
    a, b = lines(tmp_path / "a.jsonl", *["1"] * 3 * CHUNK_ROWS), lines(tmp_path / "b.jsonl", "2")
    fractions = [window.fraction for window in windows(a, b)]
    assert None not in fractions
    known = [fraction for fraction in fractions if fraction is not None]
    assert known == sorted(known)
    assert 0 < known[0] <= known[-1] == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.jsonl", None, "no such file; check the path"),
        ("x.jsonl", b"", r"the file is empty \(0 bytes\)"),
        ("x.parquet", b"", r"the file is empty \(0 bytes\)"),
        ("x.txt", b"x", "unknown extension '.txt'"),
    ],
)
def test_refused_at_once(name: str, data: bytes | None, message: str, tmp_path: Path) -> None:
    """What cannot be read at all is said before anything is loaded."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        open_source(str(path))


@pytest.mark.parametrize(
    ("name", "data"), [("x.jsonl", b"\n"), ("x.json", b"[]"), ("x.csv", b"gold,response\n")]
)
def test_no_rows(name: str, data: bytes, tmp_path: Path) -> None:
    """A file without rows is an error, also beside one that has some."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match="it has no rows; there is nothing to audit"):
        windows(lines(tmp_path / "good.jsonl", "1"), str(tmp_path / name))


@pytest.mark.parametrize(
    ("spec", "stem", "size"),
    [("-", "stdin", None), ("hf:owner/name:config@test", "name", None), ("x.jsonl.gz", "x", 3)],
)
def test_sources(
    spec: str, stem: str, size: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input, a dataset of a hub and a file, each with a stem to name the output by."""
    monkeypatch.chdir(tmp_path)
    Path("x.jsonl.gz").write_bytes(b"123")
    source = open_source(spec)
    assert (source.stem, source.size) == (stem, size)


def test_begun(tmp_path: Path) -> None:
    """Reading begins at once, so that a first row that is wrong is said; no window is lost."""
    spec = lines(tmp_path / "a.jsonl", *["1"] * (CHUNK_ROWS + 1))
    mappings: dict[str, Mapping] = {}
    reading = read_windows([open_source(spec)], Overrides(), on_mapping=mappings.__setitem__)
    assert mappings == {}
    started = begun(reading)
    assert list(mappings) == [spec]
    assert [len(window.examples) for window in started] == [CHUNK_ROWS, 1]


def test_saved_dataset(tmp_path: Path) -> None:
    """A folder that `Dataset.save_to_disk` wrote is read like a file; another folder is refused."""
    from datasets import Dataset

    rows = [{"question": "q", "gold": "5", "response": str(n)} for n in range(3)]
    Dataset.from_list(rows).save_to_disk(str(tmp_path / "saved"))
    [window] = windows(str(tmp_path / "saved"))
    assert [example.response for example in window.examples] == ["0", "1", "2"]
    (tmp_path / "other").mkdir()
    with pytest.raises(SourceError, match="holds no dataset saved by datasets"):
        windows(str(tmp_path / "other"))


def selected(spec: str, *select: str, overrides: Overrides = Overrides()) -> tuple[Mapping, pa.Table]:  # noqa: B008 - frozen
    """The mapping that is told, and the table of the one window."""
    mappings: dict[str, Mapping] = {}
    [window] = read_windows(open_sources([spec]), overrides, on_mapping=mappings.__setitem__, select=select)
    return mappings[spec], window.table()


RICH = {"question": "q", "gold": "5", "response": "r", "source": "s", "truth": True, "token_ids": [1, 2]}


@pytest.fixture(params=["x.jsonl", "x.parquet"])
def rich(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Rows with everything, as lines and as Parquet."""
    path = tmp_path / str(request.param)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([RICH, RICH]), path)
    else:
        path.write_text(f"{json.dumps(RICH)}\n" * 2)
    return str(path)


@pytest.mark.parametrize(
    ("select", "overrides", "columns", "label", "by"),
    [
        (["source"], Overrides(), ["source"], None, "source"),
        (["gold", "question"], Overrides(), ["question", "gold"], None, None),
        (["gold"], Overrides(by="source"), ["gold", "source"], None, "source"),
        (["gold"], Overrides(label="truth"), ["gold", "truth"], "truth", None),
        (["truth", "source"], Overrides(), ["source", "truth"], "truth", "source"),
    ],
)
def test_select(
    rich: str, select: list[str], overrides: Overrides, columns: list[str], label: str | None, by: str | None
) -> None:
    """The output has what is selected and what the summary is told to read; it looks for nothing else."""
    mapping, table = selected(rich, *select, overrides=overrides)
    assert table.column_names == columns
    assert (mapping.label, mapping.by) == (label, by)
    assert (mapping.question, mapping.gold, mapping.response) == ("question", "gold", "response")


def test_select_what_is_not_there(rich: str) -> None:
    """A column that is misspelt is said, with those there are."""
    with pytest.raises(SourceError, match="no column 'sauce' for --select; it has question, gold"):
        selected(rich, "source", "sauce")


def test_select_reads_no_more_than_is_needed(tmp_path: Path) -> None:
    """After its first rows, a Parquet file is read without the columns that nobody asked for."""
    path = tmp_path / "x.parquet"
    pq.write_table(pa.Table.from_pylist([{**RICH, "model": {"gold": "6"}}]), path)
    [window] = read_windows(
        open_sources([str(path)]),
        Overrides(gold="model.gold"),
        on_mapping=lambda *_: None,
        select=["source"],
    )
    assert window.rows.columns == ["question", "response", "source", "model"]
    assert window.examples[0].golds == ("6",)
