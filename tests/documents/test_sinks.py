"""The annotated files: Parquet whose columns may widen and come late, and JSON lines."""

import json
import os
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinyv_cli.documents import sinks
from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.documents.sinks import (
    Both,
    CsvFileSink,
    JsonLinesFileSink,
    JsonLinesSink,
    ParquetSink,
    Sink,
    annotated_table,
)
from tinyv_cli.errors import ReaderLeftError, SinkError
from tinyv_cli.records import (
    Answer,
    Evidence,
    Example,
    How,
    Judged,
    ModelResult,
    RuleOutcome,
    RuleResult,
    Verdict,
)
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.mapping import Mapping
from tinyv_cli.sources.rows import ArrowRows, DictRows

Row = dict[str, Any]
MAPPING = Mapping(question="question", gold="gold", response="response")
BASE: Row = {"question": "2+3?", "gold": "6", "response": "5"}
BEYOND_DOUBLE = 2**53 + 1  # the least integer that no floating-point number equals


def window(*rows: Row, first_row: int = 0) -> Window:
    """A window of rows that have at least the fields that every row must have."""
    return explode(DictRows([BASE | row for row in rows]), MAPPING, first_row=first_row)


def arrow_window(**columns: pa.Array) -> Window:
    length = len(next(iter(columns.values())))
    table = pa.table({**{name: [value] * length for name, value in BASE.items()}, **columns})
    return explode(ArrowRows(table), MAPPING, first_row=0)


def judge(example: Example) -> Judged:
    rejected = RuleResult(RuleOutcome.REJECT)
    answer = Answer(example.response, How.WHOLE)
    return Judged(
        example, answer, rejected, Verdict.CORRECT, Evidence.MODEL, (ModelResult(0.75),), reward=1.0
    )


def write(sink: Sink, *windows: Window) -> None:
    for each in windows:
        sink.write(each, [judge(example) for example in each.examples])


def parquet(path: Path, *windows: Window) -> pa.Table:
    """What is read from an annotated file of these windows."""
    sink = ParquetSink(path)
    write(sink, *windows)
    sink.commit({})
    return pq.read_table(path)


@pytest.fixture
def each_window_is_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row group for each window, so that small tests see what large files do."""
    monkeypatch.setattr(sinks, "ROW_GROUP_ROWS", 1)


GROWTHS: dict[str, tuple[list[Any], pa.DataType, list[Any]]] = {
    "the same": ([1, 2], pa.int64(), [1, 2]),
    "null, then a type": ([None, "a"], pa.string(), [None, "a"]),
    "a type, then null": (["a", None], pa.string(), ["a", None]),
    "whole numbers, then fractions": ([1, 1.5], pa.float64(), [1.0, 1.5]),
    "numbers, then text": ([1, "a", 2.5], pa.string(), ["1", "a", "2.5"]),
    "truth, then numbers": ([True, 3], pa.string(), ["true", "3"]),
    "numbers, then larger ones": ([1, 2**70], pa.string(), ["1", str(2**70)]),
    "signed, then unsigned": ([-1, 2**63 + 5], pa.string(), ["-1", str(2**63 + 5)]),
    "text, then a struct": (["a", {"b": 1}], pa.string(), ["a", '{"b": 1}']),
    "more fields": (
        [{"a": 1}, {"b": "x"}],
        pa.struct([("a", pa.int64()), ("b", pa.string())]),
        [{"a": 1, "b": None}, {"a": None, "b": "x"}],
    ),
    "deeper fields": (
        [{"a": {"b": 1}}, {"a": {"c": 2}}],
        pa.struct([("a", pa.struct([("b", pa.int64()), ("c", pa.int64())]))]),
        [{"a": {"b": 1, "c": None}}, {"a": {"b": None, "c": 2}}],
    ),
    "a field of another type": (
        [{"a": 1}, {"a": "x"}],
        pa.string(),
        ['{"a": 1}', '{"a": "x"}'],
    ),
    "empty structs": ([{}, {}], pa.string(), ["{}", "{}"]),
    "an empty struct, then fields": ([{}, {"a": 1}], pa.string(), ["{}", '{"a": 1}']),
    "empty lists, then full ones": ([[], ["a"]], pa.list_(pa.string()), [[], ["a"]]),
    "lists of other types": ([[1], ["a"]], pa.string(), ["[1]", '["a"]']),
    "lists of structs": (
        [[{"a": 1}], [{"b": 2}]],
        pa.list_(pa.struct([("a", pa.int64()), ("b", pa.int64())])),
        [[{"a": 1, "b": None}], [{"a": None, "b": 2}]],
    ),
}


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize(("values", "data_type", "stored"), GROWTHS.values(), ids=GROWTHS)
def test_growing_column(values: list[Any], data_type: pa.DataType, stored: list[Any], tmp_path: Path) -> None:
    """A column that turns out wider than it began is stored in the type that holds all its values."""
    table = parquet(tmp_path / "x.parquet", *(window({"x": value}) for value in values))
    found = table.column("x")
    assert found.type.equals(data_type) or str(found.type).replace("element", "item") == str(data_type)
    assert found.to_pylist() == stored


@pytest.mark.parametrize(("values", "data_type", "stored"), GROWTHS.values(), ids=GROWTHS)
def test_growing_within_a_row_group(
    values: list[Any], data_type: pa.DataType, stored: list[Any], tmp_path: Path
) -> None:
    """Where the row group is written becomes no matter of what is in it."""
    table = parquet(tmp_path / "x.parquet", *(window({"x": value}) for value in values))
    assert table.column("x").to_pylist() == stored


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize("values", [(BEYOND_DOUBLE, 0.5), (0.5, BEYOND_DOUBLE)])
@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: {"a": [value]}], ids=["plain", "nested"])
def test_integers_that_no_double_holds(values: tuple[Any, ...], wrap: Any, tmp_path: Path) -> None:
    """A large integer beside a fraction is neither rounded nor an error: both become text."""
    table = parquet(tmp_path / "x.parquet", *(window({"x": wrap(value)}) for value in values))
    stored = [json.loads(text) for text in table.column("x").to_pylist()]
    assert stored == [wrap(value) for value in values]


ARROW: dict[str, tuple[pa.Array, pa.Array]] = {
    "unsigned and signed": (pa.array([2**63 + 5], pa.uint64()), pa.array([-1])),
    "categories and text": (pa.array(["a"]).dictionary_encode(), pa.array(["b"])),
    "categories and numbers": (pa.array(["a"]).dictionary_encode(), pa.array([1])),
    "large text and numbers": (pa.array(["a"], pa.large_string()), pa.array([1])),
    "views of text": (pa.array(["a"], pa.string_view()), pa.array(["b"])),
    "dates and text": (pa.array([0], pa.timestamp("us")), pa.array(["a"])),
    "bytes and text": (pa.array([b"\xff"]), pa.array(["a"])),
    "fixed and variable lists": (pa.array([[1, 2]], pa.list_(pa.int64(), 2)), pa.array([[1]])),
    "structs without fields": (pa.array([{}], pa.struct([])), pa.array([{}], pa.struct([]))),
}


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(("a", "b"), ARROW.values(), ids=ARROW)
def test_arrow_types(a: pa.Array, b: pa.Array, swapped: bool, tmp_path: Path) -> None:
    """Parquet files whose columns have other types go into one output, whatever the types."""
    arrays = (b, a) if swapped else (a, b)
    table = parquet(tmp_path / "x.parquet", *(arrow_window(x=array) for array in arrays))
    assert table.num_rows == 2
    assert None not in table.column("x").to_pylist()


@pytest.mark.usefixtures("each_window_is_flushed")
def test_late_columns(tmp_path: Path) -> None:
    """A column that comes late is null before, stands before ours, and one that is gone is null after."""
    table = parquet(tmp_path / "x.parquet", window({"a": 1}), window({"b": 2}), window({"a": 3, "c": [4]}))
    assert table.column_names == [*BASE, "a", "b", "c", *COLUMNS]
    assert table.select(["a", "b", "c"]).to_pylist() == [
        {"a": 1, "b": None, "c": None},
        {"a": None, "b": 2, "c": None},
        {"a": 3, "b": None, "c": [4]},
    ]


@pytest.mark.usefixtures("each_window_is_flushed")
def test_row_order(tmp_path: Path) -> None:
    """Rows stay in the order of the input, however often the schema grew."""
    growing = [0, 1, 1.5, "text", None, {"a": 1}, [1], True] * 3
    windows = [window({"x": value}, {"y": value}, first_row=2 * n) for n, value in enumerate(growing)]
    table = parquet(tmp_path / "x.parquet", *windows)
    assert table.column("tinyv_row").to_pylist() == list(range(2 * len(growing)))


def test_large_file(tmp_path: Path) -> None:
    """Many windows make few row groups, and rows that widen late rewrite what was there."""
    rows = 3000
    numbers = [window(*({"x": n} for n in range(rows)), first_row=part * rows) for part in range(4)]
    path = tmp_path / "x.parquet"
    table = parquet(path, *numbers, window({"x": "last"}, first_row=4 * rows))
    assert table.column("x").to_pylist() == [str(n) for n in range(rows)] * 4 + ["last"]
    assert table.column("tinyv_row").to_pylist() == list(range(4 * rows + 1))
    assert pq.read_metadata(path).num_row_groups <= 3


@pytest.mark.usefixtures("each_window_is_flushed")
def test_exploded_column(tmp_path: Path) -> None:
    """A column of lists holds one response a row, beside the other columns of its row."""
    rows = [{"response": ["a", "b"], "id": 1}, {"response": [], "id": 2}, {"response": "c", "id": 3}]
    table = parquet(tmp_path / "x.parquet", *(window(row, first_row=n) for n, row in enumerate(rows)))
    assert table.select(["id", "response", "tinyv_row", "tinyv_rollout"]).to_pylist() == [
        {"id": 1, "response": "a", "tinyv_row": 0, "tinyv_rollout": 0},
        {"id": 1, "response": "b", "tinyv_row": 0, "tinyv_rollout": 1},
        {"id": 2, "response": None, "tinyv_row": 1, "tinyv_rollout": 0},
        {"id": 3, "response": "c", "tinyv_row": 2, "tinyv_rollout": 0},
    ]


def test_columns(tmp_path: Path) -> None:
    """What the annotated file says of one example, and in which types."""
    table = parquet(tmp_path / "x.parquet", window({"gold": ["6", "½"]}, first_row=7))
    assert {name: table.schema.field(name).type for name in COLUMNS} == {
        name: column.type for name, column in COLUMNS.items()
    }
    assert table.select(list(COLUMNS)).to_pylist() == [
        {
            "tinyv_row": 7,
            "tinyv_rollout": 0,
            "tinyv_file": None,
            "tinyv_line": 1,
            "tinyv_step": None,
            "tinyv_question": "2+3?",
            "tinyv_gold": '["6", "½"]',
            "tinyv_response": "5",
            "tinyv_answer": "5",
            "tinyv_answer_how": "whole",
            "tinyv_rule": "reject",
            "tinyv_rule_reason": None,
            "tinyv_p": 0.75,
            "tinyv_model_reason": None,
            "tinyv_close": False,
            "tinyv_reasoning": None,
            "tinyv_verdict": "correct",
            "tinyv_evidence": "model",
            "tinyv_proof": None,
            "tinyv_proof_reason": None,
            "tinyv_suspect": None,
            "tinyv_false_negative": True,
            "tinyv_category": None,
            "tinyv_categories": [],
            "tinyv_lost_in": None,
            "tinyv_reward": 1.0,
        }
    ]


def test_audited_again(tmp_path: Path) -> None:
    """The columns of an earlier audit are replaced by those of this one."""
    first = parquet(tmp_path / "x.parquet", window({"x": 1}))
    again = explode(ArrowRows(first), MAPPING, first_row=5)
    table = parquet(tmp_path / "y.parquet", again)
    assert table.column_names == [*BASE, "x", *COLUMNS]
    assert table.column("tinyv_row").to_pylist() == [5]


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize("windows", [[window({"x": 1})], [window({"x": 1}), window({"x": "a"})]])
def test_metadata(windows: list[Window], tmp_path: Path) -> None:
    """The file says how it was made, also where its schema grew."""
    sink = ParquetSink(tmp_path / "x.parquet")
    write(sink, *windows)
    sink.commit({"threshold": 0.5, "sources": ["½.jsonl"]})
    found = pq.read_metadata(tmp_path / "x.parquet").metadata[b"tinyv"]
    assert json.loads(found) == {"threshold": 0.5, "sources": ["½.jsonl"]}


def test_metadata_of_the_input_is_dropped() -> None:
    """What pandas or `datasets` said of the input's columns does not hold for the output's."""
    table = pa.table({name: [value] for name, value in BASE.items()}).replace_schema_metadata(
        {"pandas": "{}"}
    )
    found = explode(ArrowRows(table), MAPPING, first_row=0)
    assert annotated_table(found, [judge(example) for example in found.examples]).schema.metadata is None


SINKS: dict[str, Callable[[Path], Sink]] = {
    ".parquet": ParquetSink,
    ".jsonl": JsonLinesFileSink,
    ".csv": CsvFileSink,
}


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize("extension", SINKS)
@pytest.mark.parametrize("windows", [[], [window({"x": 1})], [window({"x": 1}), window({"x": "a"})]])
def test_abort(windows: list[Window], extension: str, tmp_path: Path) -> None:
    """A run that was given up leaves nothing, neither the output nor a part of it."""
    sink = SINKS[extension](tmp_path / f"x{extension}")
    write(sink, *windows)
    sink.abort()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("each_window_is_flushed")
@pytest.mark.parametrize("extension", SINKS)
def test_commit(extension: str, tmp_path: Path) -> None:
    """The output appears when it is whole and stays alone; giving up afterwards takes nothing away."""
    path = tmp_path / f"x{extension}"
    path.write_text("what was there before")
    sink = SINKS[extension](path)
    write(sink, window({"x": 1}), window({"x": "a"}))
    assert path.read_text() == "what was there before"
    sink.commit({})
    sink.abort()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes()[:4] == {".parquet": b"PAR1", ".jsonl": b'{"qu', ".csv": b'"que'}[extension]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("extension", SINKS)
def test_permissions(extension: str, tmp_path: Path) -> None:
    """The output may be read by those who may read any new file here."""
    path, other = tmp_path / f"x{extension}", tmp_path / "other"
    sink = SINKS[extension](path)
    write(sink, window({}))
    sink.commit({})
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def lines(*windows: Window) -> list[Row]:
    stream = BytesIO()
    write(JsonLinesSink(stream), *windows)
    return [json.loads(line) for line in stream.getvalue().decode().splitlines()]


def test_json_lines() -> None:
    """One line an example: the record as it was, with our columns behind."""
    record = BASE | {"nested": {"a": [1, None, "½"]}, "big": 2**70, "flag": True}
    [found] = lines(window(record))
    assert {name: found[name] for name in record} == record
    assert list(found) == [*record, *COLUMNS]
    assert (found["tinyv_p"], found["tinyv_verdict"], found["tinyv_false_negative"]) == (
        0.75,
        "correct",
        True,
    )


def test_json_lines_of_exploded_rows() -> None:
    """Each line holds its own response."""
    found = lines(window({"response": ["a", "b"]}), window({"response": "c"}, first_row=1))
    assert [(row["response"], row["tinyv_row"], row["tinyv_rollout"]) for row in found] == [
        ("a", 0, 0),
        ("b", 0, 1),
        ("c", 1, 0),
    ]


def test_json_lines_of_parquet() -> None:
    """What JSON has no word for becomes text."""
    [row] = lines(arrow_window(x=pa.array([0], pa.timestamp("us")), y=pa.array([[1, 2]])))
    assert (row["x"], row["y"]) == ("1970-01-01 00:00:00", [1, 2])


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_json_lines_are_json(number: float) -> None:
    """NaN and infinities, which are not JSON, are never written as if they were."""
    stream = BytesIO()
    write(JsonLinesSink(stream), window({"x": number, "y": [number]}))

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    json.loads(stream.getvalue(), parse_constant=refuse)


def test_json_lines_have_no_line_breaks() -> None:
    """A value cannot break its line, whatever it holds."""
    stream = BytesIO()
    write(JsonLinesSink(stream), window({"x": 'a\nb\r\n\u2028"'}))
    assert stream.getvalue().count(b"\n") == 1
    assert json.loads(stream.getvalue())["x"] == 'a\nb\r\n\u2028"'


def test_windows_are_flushed(tmp_path: Path) -> None:
    """Whoever reads along sees a window's lines as soon as it is judged."""
    path = tmp_path / "x.jsonl"
    with path.open("wb") as stream:
        write(JsonLinesSink(stream), window({}))
        assert json.loads(path.read_bytes())["tinyv_row"] == 0


def test_nobody_reads() -> None:
    """A closed pipe is told as such, so that the run can end quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    stream = os.fdopen(writing, "wb", buffering=0)
    with stream, pytest.raises(ReaderLeftError):
        write(JsonLinesSink(stream), window({}))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_full_disk() -> None:
    """A disk that is full is an error in one line."""
    with Path("/dev/full").open("wb", buffering=0) as stream, pytest.raises(SinkError, match="No space left"):
        write(JsonLinesSink(stream), window({}))


def test_both(tmp_path: Path) -> None:
    """Two sinks get the same, and are finished or given up together."""
    stream = BytesIO()
    both = Both(JsonLinesSink(stream), ParquetSink(tmp_path / "x.parquet"))
    write(both, window({"x": 1}))
    both.commit({})
    assert pq.read_table(tmp_path / "x.parquet").column("x").to_pylist() == [1]
    assert json.loads(stream.getvalue())["x"] == 1
    both = Both(JsonLinesFileSink(tmp_path / "y.jsonl"), ParquetSink(tmp_path / "y.parquet"))
    both.abort()
    assert [path.name for path in tmp_path.iterdir()] == ["x.parquet"]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.usefixtures("each_window_is_flushed")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from("xy"), VALUES, max_size=2), min_size=1, max_size=4))
def test_whatever_json_can_say(rows: list[Row], tmp_path: Path) -> None:
    """Rows that share nothing but JSON go into one file, all of them and in order."""
    table = parquet(tmp_path / "x.parquet", *(window(row, first_row=n) for n, row in enumerate(rows)))
    assert table.column("tinyv_row").to_pylist() == list(range(len(rows)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            stored = table.column(name)[n].as_py()
            assert stored is not None or value is None


@pytest.mark.parametrize("depth", [20, 50, 500])
def test_deep_values(depth: int, tmp_path: Path) -> None:
    """A value of any depth is stored in a way that can be read again."""
    lists: Any = 1
    structs: Any = 1
    for _ in range(depth):
        lists, structs = [lists], {"a": structs}
    table = parquet(tmp_path / "x.parquet", window({"lists": lists, "structs": structs}))
    assert table.num_rows == 1


@pytest.mark.skipif(os.name == "nt", reason="a limit of POSIX")
@pytest.mark.usefixtures("each_window_is_flushed")
def test_row_group_that_cannot_be_written(tmp_path: Path) -> None:
    """What goes wrong while a row group is written in the background is raised, and cleaned up."""
    import resource

    noise = [window({"x": os.urandom(50_000).hex()}) for _ in range(3)]
    sink = ParquetSink(tmp_path / "x.parquet")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(SinkError, match=r"x\.parquet: cannot be written \(.*File too large"):
            write(sink, *noise)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    sink.abort()
    assert list(tmp_path.iterdir()) == []
