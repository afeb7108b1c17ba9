"""Where a run writes: the format, what may be replaced, and the part of the examples that is written."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv, write_lines
from tests.documents.test_sinks import BASE, arrow_window, parquet, window, write
from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.documents.outputs import Output, open_sink, opened_output
from tinyv_cli.documents.sinks import CsvFileSink
from tinyv_cli.errors import SinkError
from tinyv_cli.words import Only, OutputFormat

NAMES = ["x.parquet", "x.jsonl", "x.csv"]


def ours(path: Path) -> None:
    parquet(path, window({}))


def theirs(path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), path)


def not_parquet(path: Path) -> None:
    path.write_text("something")


@pytest.mark.parametrize(
    ("name", "make", "is_default", "message"),
    [
        ("x.txt", None, False, "unknown extension '.txt' for an output; use one of .parquet, .jsonl, .csv"),
        ("x", None, False, "unknown extension '' for an output; use one of .parquet, .jsonl, .csv"),
        ("nowhere/x.parquet", None, False, "does not exist; make it first"),
        ("x.parquet", Path.mkdir, False, "is a folder; name a file in it with -o"),
        ("x.parquet", theirs, True, "exists and was not written by tinyv; choose another -o"),
        ("x.parquet", not_parquet, True, "exists and was not written by tinyv; choose another -o"),
        ("x.parquet", ours, False, "exists; choose another -o, or give --overwrite"),
        ("x.jsonl", not_parquet, False, "exists; choose another -o, or give --overwrite"),
        ("x.csv", not_parquet, True, "exists and was not written by tinyv; choose another -o"),
    ],
)
def test_refused(name: str, make: Any, is_default: bool, message: str, tmp_path: Path) -> None:
    """What must not or cannot be written is refused at once, and what is there stays as it is."""
    path = tmp_path / name
    if make is not None:
        make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(SinkError) as raised:
        open_sink(Output(path, is_default=is_default))
    assert str(raised.value).startswith(f"{path}: ")
    assert message in str(raised.value)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(
    ("name", "make", "allowed"),
    [
        ("x.parquet", ours, {"is_default": True}),
        ("x.parquet", ours, {"overwrite": True}),
        ("x.parquet", theirs, {"overwrite": True}),
        ("x.jsonl", not_parquet, {"overwrite": True}),
        ("x.csv", not_parquet, {"overwrite": True}),
        ("X.PARQUET", None, {}),
    ],
)
def test_allowed(name: str, make: Any, allowed: dict[str, Any], tmp_path: Path) -> None:
    """At the default place an output of ours may be replaced; anything else only with --overwrite."""
    path = tmp_path / name
    if make is not None:
        make(path)
    sink = open_sink(Output(path, **allowed))
    write(sink, window({"new": 1}))
    sink.commit({})
    assert b"new" in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("only", [None, Only.CORRECT])
def test_opened_output(name: str, only: Only | None, tmp_path: Path) -> None:
    """Findings come from a Parquet file of all examples; nothing but the output is left in the end."""
    path = tmp_path / name
    with opened_output(Output(path, only=only), summarised=True) as (sink, annotated):
        write(sink, window({"x": 1}))
        sink.commit({})
        assert pq.read_table(annotated).column("x").to_pylist() == [1]
        assert (annotated == path) == (name == "x.parquet" and only is None)
    assert annotated.exists() == (annotated == path)
    assert list(tmp_path.iterdir()) == [path]


def test_output_without_findings(tmp_path: Path) -> None:
    """Where nobody asks for findings, lines of JSON are written only once."""
    path = tmp_path / "x.jsonl"
    with opened_output(Output(path), summarised=False) as (sink, annotated):
        write(sink, window({"x": 1}))
        sink.commit({})
        assert not annotated.exists()
    assert json.loads(path.read_text())["x"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_interrupted_output(name: str, tmp_path: Path) -> None:
    """An error or an interrupt leaves nothing behind."""
    with (
        pytest.raises(KeyboardInterrupt),
        opened_output(Output(tmp_path / name), summarised=True) as (sink, annotated),
    ):
        write(sink, window({"x": 1}))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    assert not annotated.parent.exists() or annotated.parent == tmp_path


@pytest.mark.parametrize("output_format", OutputFormat)
def test_the_extension_says_the_format(output_format: OutputFormat, tmp_path: Path) -> None:
    """In capitals too."""
    path = tmp_path / f"x.{output_format.upper()}"
    sink = open_sink(Output(path))
    write(sink, window({"x": 1}))
    sink.commit({})
    began = {"parquet": b"PAR1", "jsonl": b'{"qu', "csv": b'"que'}[output_format]
    assert path.read_bytes()[:4] == began


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


CELLS: dict[str, tuple[Any, str]] = {
    "text": ("a", "a"),
    "the delimiter": ("a,b", "a,b"),
    "quotes": ('say "x"', 'say "x"'),
    "line breaks": ("a\nb\r\nc", "a\nb\r\nc"),
    "empty text": ("", ""),
    "nothing": (None, ""),
    "a whole number": (3, "3"),
    "a fraction": (0.1, "0.1"),
    "truth": (True, "true"),
    "a list": ([1, None, "½"], '[1, null, "½"]'),
    "a struct": ({"a": {"b": [1]}}, '{"a": {"b": [1]}}'),
    "a large number": (2**70, str(2**70)),
    "a formula": ("=1+1", "=1+1"),
    "a minus sign": ("-5", "-5"),
}


@pytest.mark.parametrize(("value", "cell"), CELLS.values(), ids=CELLS)
def test_cells(value: Any, cell: str, tmp_path: Path) -> None:
    """What stands in a cell; a formula is not touched, because it may be the answer `-5`."""
    sink = CsvFileSink(tmp_path / "x.csv")
    write(sink, window({"x": value}))
    sink.commit({})
    [row] = table(tmp_path / "x.csv")
    assert list(row) == [*BASE, "x", *COLUMNS]
    assert row["x"] == cell
    assert (row["tinyv_p"], row["tinyv_false_negative"], row["tinyv_rule_reason"]) == ("0.75", "true", "")


ARROW_CELLS: dict[str, tuple[pa.Array, str]] = {
    "a moment": (pa.array([0], pa.timestamp("us")), "1970-01-01 00:00:00.000000"),
    "a date": (pa.array([0], pa.date32()), "1970-01-01"),
    "a category": (pa.array(["a"]).dictionary_encode(), "a"),
    "large text": (pa.array(["a"], pa.large_string()), "a"),
    "a view of text": (pa.array(["a"], pa.string_view()), "a"),
    "bytes": (pa.array([b"a"]), "b'a'"),
    "a decimal": (pa.array([1], pa.decimal128(5, 2)), "1.00"),
    "a half": (pa.array([0.5], pa.float16()), "0.5"),
    "a duration": (pa.array([1], pa.duration("s")), "1"),
    "a fixed list": (pa.array([[1, 2]], pa.list_(pa.int64(), 2)), "[1, 2]"),
}


@pytest.mark.parametrize(("array", "cell"), ARROW_CELLS.values(), ids=ARROW_CELLS)
def test_cells_of_arrow_types(array: pa.Array, cell: str, tmp_path: Path) -> None:
    """A type that CSV has no spelling for is written as text."""
    sink = CsvFileSink(tmp_path / "x.csv")
    write(sink, arrow_window(x=array))
    sink.commit({})
    assert table(tmp_path / "x.csv")[0]["x"] in (cell, json.dumps(cell))


def test_csv_whose_columns_come_late(tmp_path: Path) -> None:
    """The header has every column, and each value stands under its own."""
    sink = CsvFileSink(tmp_path / "x.csv")
    write(sink, window({"a": 1}), window({"b": [2]}), window({"a": "three"}))
    sink.commit({})
    assert [(row["a"], row["b"]) for row in table(tmp_path / "x.csv")] == [
        ("1", ""),
        ("", "[2]"),
        ("three", ""),
    ]


ROWS: list[dict[str, Any]] = [
    {"question": "2+2?", "gold": "4", "response": r"\boxed{4}"},
    {"question": "2+2?", "gold": "4", "response": r"\boxed{5}"},
    {"question": "Solve (x-2)(x-3)=0.", "gold": r"\{2, 3\}", "response": "Two and three"},
    {"question": "2+2?", "gold": None, "response": r"\boxed{5}"},
    {"question": "Why?", "gold": "proof", "response": r"\boxed{proof}"},
    {"question": "2+2?", "gold": "4", "response": r"\boxed{5}"},
]
WRITTEN = {
    "false-negatives": [2],
    "rejected": [1, 2, 5],
    "correct": [0, 2],
    "incorrect": [1, 5],
    "undecided": [3, 4],
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "rows.jsonl", *map(json.dumps, ROWS))


@pytest.mark.parametrize("only", Only)
def test_only(tinyv: Tinyv, tmp_path: Path, rows: Path, only: Only) -> None:
    """The file holds what was asked for, and the summary counts everything."""
    done = tinyv("audit", rows, "--only", only, "-o", "out.parquet", "--json")
    assert done.returncode == 0, done.stderr
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["tinyv_row"].to_list() == WRITTEN[only]
    summary = json.loads(done.stdout)
    assert summary["read"] == {
        "rows": 6,
        "examples": 6,
        "no_gold": 1,
        "sentinel_gold": 1,
        "no_response": 0,
        "no_answer": 0,
        "copies": 1,
        "question_cut": 0,
    }
    assert (summary["false_negatives"]["count"], summary["undecided"]["count"]) == (1, 2)
    assert json.loads(pq.read_metadata(tmp_path / "out.parquet").metadata[b"tinyv"])["only"] == only


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_write(tinyv: Tinyv, tmp_path: Path, rows: Path, name: str) -> None:
    """Where no example is wanted, there is a file without rows nevertheless."""
    done = tinyv("audit", rows, "--only", "false-negatives", "--model", "none", "-o", name)
    assert done.returncode == 0, done.stderr
    content = (tmp_path / name).read_bytes()
    assert (content == b"") == (name == "x.jsonl")
    if name == "x.parquet":
        assert pl.read_parquet(tmp_path / name).columns == [*ROWS[0], *COLUMNS]
    if name == "x.csv":
        assert content.decode().count("\n") == 1


def test_lines_of_some(tinyv: Tinyv, rows: Path) -> None:
    """--only works in a pipe too."""
    done = tinyv("audit", "-", "--only", "rejected", "--model", "none", "--quiet", stdin=rows.read_bytes())
    assert [json.loads(line)["tinyv_row"] for line in done.stdout.splitlines()] == WRITTEN["rejected"]


def test_sentinels_and_copies_are_told(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """A gold that says that there is none is undecided and never asked about; the summary tells."""
    done = tinyv("audit", rows)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert (
        "; 1 without a gold; 1 with a gold that only says that there is none; 1 the same as an earlier one"
        in told
    )
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    proof = out.row(4, named=True)
    assert (proof["tinyv_rule"], proof["tinyv_rule_reason"]) == ("undecided", "sentinel_gold")
    assert (proof["tinyv_verdict"], proof["tinyv_p"], proof["tinyv_gold"]) == ("undecided", None, "proof")
    metadata = json.loads(pq.read_metadata(tmp_path / "rows.audited.parquet").metadata[b"tinyv"])
    assert metadata["counts"]["model_asked"] == 1


@pytest.mark.parametrize(
    ("golds", "rule", "shown"),
    [
        (["proof", "4"], "accept", '["4", "proof"]'),
        (["n/a", ""], "undecided", "n/a"),
        (["none", "unknown"], "undecided", '["none", "unknown"]'),
    ],
)
def test_sentinels_among_golds(tinyv: Tinyv, tmp_path: Path, golds: list[str], rule: str, shown: str) -> None:
    """Beside a gold that is one, a sentinel counts for nothing; the file shows all of them."""
    write_lines(tmp_path / "r.jsonl", json.dumps({"question": "2+2?", "gold": golds, "response": "4"}))
    assert tinyv("audit", "r.jsonl", "--model", "none").returncode == 0
    out = pl.read_parquet(tmp_path / "r.audited.parquet")
    assert (out["tinyv_rule"].item(), out["tinyv_gold"].item()) == (rule, shown)


def test_recorded_verdicts_need_a_gold_too(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """Without a gold nobody can say whether a recorded verdict is right."""
    lines = [json.dumps(row | {"score": 1}) for row in ROWS]
    write_lines(rows, *lines)
    assert tinyv("audit", rows, "--rule", "column:score", "--model", "none").returncode == 0
    out = pl.read_parquet(tmp_path / "rows.audited.parquet")
    assert out["tinyv_rule"].to_list() == ["accept"] * 3 + ["undecided"] * 2 + ["accept"]
    assert out["tinyv_rule_reason"].to_list()[3:5] == ["no_gold", "sentinel_gold"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", ["parquet", "jsonl"])
def test_very_wide_rows(tinyv: Tinyv, tmp_path: Path, name: str, make: str) -> None:
    """A thousand columns, some of them nested, come out as they went in."""
    values: list[Any] = [1, 0.5, "a", None, [1, 2], {"a": {"b": ["c"]}}]
    wide = [ROWS[i] | {f"c{n}": values[n % 6] for n in range(1000)} for i in range(3)]
    source = tmp_path / f"wide.{make}"
    if make == "parquet":
        pq.write_table(pa.Table.from_pylist(wide), source)
    else:
        write_lines(source, *map(json.dumps, wide))
    done = tinyv("audit", source, "--model", "none", "--rule", "exact", "-o", name)
    assert done.returncode == 0, done.stderr
    readers: dict[str, Callable[[Path], list[dict[str, Any]]]] = {
        "x.parquet": lambda path: pq.read_table(path).to_pylist(),
        "x.jsonl": lambda path: [json.loads(line) for line in path.read_text().splitlines()],
        "x.csv": table,
    }
    found = readers[name](tmp_path / name)
    assert [list(row) for row in found] == [[*wide[0], *COLUMNS]] * 3
    texts = ["1", "0.5", "a", "", "[1, 2]", '{"a": {"b": ["c"]}}']
    expected = texts if name == "x.csv" else values
    assert [[row[f"c{n}"] for n in range(1000)] for row in found] == [
        [expected[n % 6] for n in range(1000)]
    ] * 3


def test_a_named_output_is_not_replaced(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """The same command may be given twice; a file that was named with -o needs --overwrite."""
    common = ("audit", rows, "--model", "none", "--quiet")
    assert [tinyv(*common).returncode for _ in range(2)] == [0, 0]
    named = (*common, "-o", "mine.parquet")
    assert tinyv(*named).returncode == 0
    again = tinyv(*named)
    assert again.returncode == 2
    assert again.stderr == "tinyv: mine.parquet: exists; choose another -o, or give --overwrite\n"
    assert tinyv(*named, "--overwrite").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--shard", "2/3"], ["rows.audited.2-of-3.parquet"]),
        (["-o", "x.csv"], ["x.csv"]),
        (["-o", "x.jsonl", "--shard", "1/2"], ["x.jsonl"]),
    ],
)
def test_names(tinyv: Tinyv, tmp_path: Path, rows: Path, arguments: list[str], names: list[str]) -> None:
    """The default name tells the shard; a name that is given is kept."""
    done = tinyv("audit", rows, "--model", "none", *arguments)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path != rows) == names


def test_selected_rows_on_the_command_line(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """Rows keep their numbers; file and summary say what was selected by."""
    where = ("--where", "question = '2+2?'", "--sample", "3", "--seed", "4", "--by", "gold")
    done = tinyv("audit", rows, "--model", "none", "--rule", "exact", *where)
    assert done.returncode == 0, done.stderr
    assert "selected by where question = '2+2?', sample 3, seed 4, by gold" in " ".join(done.stdout.split())
    assert pl.read_parquet(tmp_path / "rows.audited.parquet")["tinyv_row"].to_list() == [0, 1, 3, 5]
    metadata = json.loads(pq.read_metadata(tmp_path / "rows.audited.parquet").metadata[b"tinyv"])
    assert metadata["selection"] == {"where": "question = '2+2?'", "sample": 3, "seed": 4, "by": "gold"}


def test_selected_golds(tinyv: Tinyv, tmp_path: Path, rows: Path) -> None:
    """The golds command selects likewise, and writes CSV."""
    done = tinyv("golds", rows, "--where", "question <> 'Why?'", "--shard", "2/2", "-o", "bad.csv", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == 5  # they have one question, and so one shard
    assert [row["tinyv_row"] for row in table(tmp_path / "bad.csv")] == ["0", "1", "3", "5"]
