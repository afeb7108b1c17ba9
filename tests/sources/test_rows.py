"""Chunks of rows, and which Arrow type holds what JSON can say."""

import json
import pickle
from typing import Any

import pyarrow as pa
import pytest

from tinyv_cli.sources.rows import (
    MAX_STRUCT_FIELDS,
    ArrowRows,
    DictRows,
    FieldPath,
    Rows,
    fitted,
    json_texts,
    merged_schema,
    merged_type,
    to_arrow,
)

LARGE = pa.table({"text": [f"{n:01000}" for n in range(1000)]})
RECORDS: list[dict[str, Any]] = [
    {"id": 1, "model": {"gold": "5", "tags": ["x", "y"]}, "turns": [{"text": "a"}, {"text": "b"}]},
    {"id": 2, "model": {"gold": None, "tags": []}, "turns": []},
    {"id": 3, "model": None, "turns": None},
]
KINDS = [DictRows(RECORDS), ArrowRows(pa.Table.from_pylist(RECORDS))]


@pytest.fixture(params=KINDS, ids=["dictionaries", "arrow"])
def rows(request: pytest.FixtureRequest) -> Rows:
    """The same rows, as read from JSON lines and from Parquet."""
    found: Rows = request.param
    return found


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (("id",), [1, 2, 3]),
        (("model", "gold"), ["5", None, None]),
        (("model", "tags", "0"), ["x", None, None]),
        (("model", "tags", "-1"), ["y", None, None]),
        (("turns", "1", "text"), ["b", None, None]),
        (("turns", "-1", "text"), ["b", None, None]),
        (("turns", "2", "text"), [None, None, None]),
        (("turns", "text"), [None, None, None]),
        (("id", "0"), [None, None, None]),
        (("nowhere",), [None, None, None]),
        (("model", "nowhere", "deeper"), [None, None, None]),
    ],
)
def test_values(rows: Rows, path: FieldPath, values: list[Any]) -> None:
    """A path goes through structs and lists; where it leads nowhere there is nothing, and no error."""
    assert rows.values(path) == values


@pytest.mark.parametrize("columns", [["turns", "id"], ["id"], []])
def test_only_some_columns(rows: Rows, columns: list[str]) -> None:
    """A table may hold some of the columns, or none, and still as many rows."""
    table = rows.table([0, 0, 2], columns)
    assert table.column_names == columns
    assert table.num_rows == 3
    for name in columns:
        assert table.column(name).to_pylist() == [RECORDS[i][name] for i in (0, 0, 2)]


@pytest.mark.parametrize("data_type", [pa.string(), pa.large_string(), pa.string_view()])
def test_texts(data_type: pa.DataType) -> None:
    """Text of every type of Arrow comes as text, what is missing as None, also in a struct that is."""
    texts = pa.array(["½", None, ""], data_type)
    structs = pa.StructArray.from_arrays([texts], ["text"], mask=pa.array([False, False, True]))
    rows = ArrowRows(pa.table({"text": texts, "struct": structs}))
    assert rows.values(("text",)) == ["½", None, ""]
    assert rows.values(("struct", "text")) == ["½", None, None]


def test_what_lies_beside_a_field_is_not_converted() -> None:
    """Token ids in the same struct never become Python objects: here they could not."""
    beyond_python = pa.array([2**62], pa.int64()).cast(pa.timestamp("s"))
    structs = pa.StructArray.from_arrays([pa.array(["5"]), beyond_python], ["gold", "when"])
    rows = ArrowRows(pa.table({"model": structs}))
    with pytest.raises((ValueError, OverflowError)):
        rows.records([0])
    assert rows.values(("model", "gold")) == ["5"]


def test_shape(rows: Rows) -> None:
    """Both kinds know their columns and their length."""
    assert rows.columns == ["id", "model", "turns"]
    assert len(rows) == 3


@pytest.mark.parametrize("index", [[0, 1, 2], [2, 0], [0, 0, 1], []])
def test_selection(rows: Rows, index: list[int]) -> None:
    """Rows come in the order asked for, as often as asked for, untouched."""
    chosen = [RECORDS[i] for i in index]
    assert rows.records(index) == chosen
    assert rows.table(index).to_pylist() == chosen


def test_records_are_new(rows: Rows) -> None:
    """Whoever gets records may add to them."""
    rows.records([0])[0]["id"] = "changed"
    assert rows.values(("id",)) == [1, 2, 3]
    first, second = rows.records([0, 0])
    first["new"] = 1
    assert "new" not in second


def test_rows_that_differ_in_their_fields() -> None:
    """Columns are all that any row has, in order of appearance; a row without one has null there."""
    rows = DictRows([{"b": 1}, {"a": 2, "b": None}, {}])
    assert rows.columns == ["b", "a"]
    assert rows.table([0, 1, 2]).to_pydict() == {"b": [1, None, None], "a": [None, 2, None]}


def test_rows_without_fields() -> None:
    """Even rows that hold nothing are counted."""
    table = DictRows([{}, {}]).table([0, 1, 1])
    assert (table.num_rows, table.num_columns) == (3, 0)


WIDE = {f"key{n}": n for n in range(MAX_STRUCT_FIELDS + 1)}


@pytest.mark.parametrize(
    ("values", "data_type", "stored"),
    [
        ([1, None, 2], pa.int64(), [1, None, 2]),
        ([1, 2.5], pa.float64(), [1.0, 2.5]),
        (["a", None], pa.string(), ["a", None]),
        ([None, None], pa.null(), [None, None]),
        ([[1], [], None], pa.list_(pa.int64()), [[1], [], None]),
        (
            [{"a": 1}, {"b": "x"}],
            pa.struct([("a", pa.int64()), ("b", pa.string())]),
            [{"a": 1, "b": None}, {"a": None, "b": "x"}],
        ),
        ([1, "a"], pa.string(), ["1", "a"]),
        ([True, 3], pa.string(), ["true", "3"]),
        ([[1], "a", None], pa.string(), ["[1]", "a", None]),
        ([{"a": 1}, [2]], pa.string(), ['{"a": 1}', "[2]"]),
        ([1, 2**70], pa.string(), ["1", str(2**70)]),
        ([{}, {}], pa.string(), ["{}", "{}"]),
        ([[{}]], pa.string(), ["[{}]"]),
        ([{"a": {}}], pa.string(), ['{"a": {}}']),
        ([WIDE], pa.string(), [json.dumps(WIDE)]),
        (["é", {"é": "ü"}], pa.string(), ["é", '{"é": "ü"}']),
    ],
)
def test_to_arrow(values: list[Any], data_type: pa.DataType, stored: list[Any]) -> None:
    """Values keep their type where they share one that Parquet can store; else each is its JSON text."""
    array = to_arrow(values)
    assert array.type == data_type
    assert array.to_pylist() == stored


def struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct(list(fields.items()))


INT, FLOAT, TEXT, NULL = pa.int64(), pa.float64(), pa.string(), pa.null()
HALVES = [struct(**{f"{half}{n}": INT for n in range(60)}) for half in "ab"]


@pytest.mark.parametrize(
    ("a", "b", "merged"),
    [
        (INT, INT, INT),
        (NULL, INT, INT),
        (NULL, NULL, NULL),
        (pa.int32(), INT, INT),
        (INT, FLOAT, FLOAT),
        (INT, TEXT, TEXT),
        (INT, pa.bool_(), TEXT),
        (INT, pa.list_(INT), TEXT),
        (struct(a=INT), TEXT, TEXT),
        (struct(a=INT), NULL, struct(a=INT)),
        (struct(a=INT), struct(b=TEXT), struct(a=INT, b=TEXT)),
        (struct(a=INT), struct(a=FLOAT), struct(a=FLOAT)),
        (struct(a=INT), struct(a=TEXT), TEXT),
        (pa.list_(NULL), pa.list_(TEXT), pa.list_(TEXT)),
        (pa.list_(INT), pa.list_(TEXT), TEXT),
        (pa.string(), pa.large_string(), pa.large_string()),
        (pa.dictionary(pa.int32(), TEXT), TEXT, TEXT),
        (HALVES[0], HALVES[1], TEXT),
    ],
)
def test_merged_type(a: pa.DataType, b: pa.DataType, merged: pa.DataType) -> None:
    """The narrowest type that holds both, whichever came first; JSON text where there is none."""
    assert merged_type(a, b) == merged
    if not pa.types.is_struct(merged):  # the order of a struct's fields follows their appearance
        assert merged_type(b, a) == merged


def test_merged_schema() -> None:
    """Columns keep the order of their appearance."""
    merged = merged_schema(
        pa.schema([("b", INT), ("a", NULL)]), pa.schema([("c", TEXT), ("a", INT), ("b", FLOAT)])
    )
    assert merged == pa.schema([("b", FLOAT), ("a", INT), ("c", TEXT)])


@pytest.mark.parametrize(
    ("values", "data_type", "stored"),
    [
        ([1, None], INT, [1, None]),
        ([1, None], FLOAT, [1.0, None]),
        ([1, None], TEXT, ["1", None]),
        ([True], TEXT, ["true"]),
        ([0.5, 2.0], TEXT, ["0.5", "2.0"]),
        (["a", None], pa.large_string(), ["a", None]),
        ([None], struct(a=INT), [None]),
        ([{"a": 1}], struct(a=INT, b=TEXT), [{"a": 1, "b": None}]),
        ([{"a": 1}], struct(b=TEXT, a=FLOAT), [{"b": None, "a": 1.0}]),
        ([[{"a": 1}], []], pa.list_(struct(a=INT, b=TEXT)), [[{"a": 1, "b": None}], []]),
        ([{"a": [1]}], TEXT, ['{"a": [1]}']),
        ([[1, 2]], TEXT, ["[1, 2]"]),
        (["already text"], TEXT, ["already text"]),
    ],
)
def test_fitted(values: list[Any], data_type: pa.DataType, stored: list[Any]) -> None:
    """A column widens to the type that all windows together need, losing nothing."""
    table = fitted(pa.table({"x": values}), pa.schema([("x", data_type)]))
    assert table.schema == pa.schema([("x", data_type)])
    assert table.column("x").to_pylist() == stored


def test_fitted_columns() -> None:
    """A column that a window lacks is null there, and the order is the schema's."""
    schema = pa.schema([("late", pa.list_(INT)), ("b", TEXT), ("a", INT)])
    assert fitted(pa.table({"a": [1], "b": ["x"]}), schema).to_pylist() == [{"late": None, "b": "x", "a": 1}]


def test_json_texts() -> None:
    """Strings stay as they are and null stays null, so that text columns are not quoted."""
    assert json_texts(["a", None, 'quo"te', 1, [None]]).to_pylist() == ["a", None, 'quo"te', "1", "[null]"]


@pytest.mark.parametrize("kind", KINDS, ids=["dictionaries", "arrow"])
def test_pickled(kind: Rows) -> None:
    """Rows that were put aside are the same when they are taken up again."""
    again = pickle.loads(pickle.dumps(kind))
    assert type(again) is type(kind)
    assert again.records(range(len(again))) == kind.records(range(len(kind)))


def test_a_pickled_slice_takes_the_room_of_a_slice() -> None:
    """The table that it was cut from is not stored with it."""
    pickled = pickle.dumps(ArrowRows(LARGE.slice(10, 2)))
    assert pickle.loads(pickled).values(("text",)) == [f"{10:01000}", f"{11:01000}"]
    assert len(pickled) < 10_000
