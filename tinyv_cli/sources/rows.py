"""Chunks of rows as they were read: from Arrow (Parquet) or as dictionaries (JSON, CSV).

Both give the same three things: the values of a field, and a selection of rows as a table or as
dictionaries. So the original columns travel through the pipeline without being touched or copied.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tinyv_cli.sources.written import object_written

FieldPath = tuple[str, ...]
Record = dict[str, Any]


class Rows(Protocol):
    """Some consecutive rows of one source."""

    def __len__(self) -> int: ...

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""

    @property
    def lines(self) -> Sequence[int] | None:
        """In which line of its file each row stands, from 1; None where rows follow one another."""

    def has(self, column: str) -> bool:
        """Whether there is a column of this name."""

    def paths(self) -> dict[str, None]:
        """Dotted paths of all fields, those inside structs included, as a set that keeps their order."""

    def values(self, path: FieldPath) -> list[Any]:
        """The value of a field in each row, None where the row has none."""

    def only(self, names: Sequence[str]) -> pa.Table:
        """Those of these columns that there are, of all rows, as an Arrow table."""

    def table(self, index: Sequence[int], columns: Sequence[str] | None = None) -> pa.Table:
        """The rows at these positions (repeats allowed) as an Arrow table; given `columns`, only these."""

    def records(self, index: Sequence[int]) -> list[Record]:
        """The rows at these positions as new dictionaries."""

    def picked(self, index: Sequence[int]) -> Self:
        """The rows at these positions alone; the others are no longer held in memory."""

    @property
    def kind(self) -> object:
        """Rows can be joined that have the same."""

    def joined(self, others: Sequence[Self]) -> Self:
        """These rows and those of others of their kind, in order."""


@dataclass(frozen=True, slots=True)
class ArrowRows:
    """Rows that were read as an Arrow table."""

    data: pa.Table

    def __len__(self) -> int:
        return int(self.data.num_rows)

    @property
    def columns(self) -> list[str]:
        return list(self.data.column_names)

    def has(self, column: str) -> bool:
        return bool(self.data.schema.get_field_index(column) >= 0)

    @property
    def lines(self) -> None:
        return None

    def paths(self) -> dict[str, None]:
        return dict.fromkeys(_field_paths(self.data.schema))

    def values(self, path: FieldPath) -> list[Any]:
        name, *rest = path
        if not self.has(name):
            return [None] * len(self)
        column = self.data.column(name)
        while rest and pa.types.is_struct(column.type):  # what lies beside the field never becomes an object
            field = column.type.get_field_index(rest.pop(0))
            if field < 0:
                return [None] * len(self)
            column = pc.struct_field(column, [field])
        return [_dig(value, rest) for value in _python_values(column)] if rest else _python_values(column)

    def only(self, names: Sequence[str]) -> pa.Table:
        return self.data.select([name for name in names if self.has(name)])

    def table(self, index: Sequence[int], columns: Sequence[str] | None = None) -> pa.Table:
        data = self.data if columns is None else self.data.select(columns)
        if not data.column_names:
            return _no_columns(len(index))
        if list(index) == list(range(len(self))):  # one response a row: nothing to repeat
            return data
        try:
            return data.take(pa.array(index, pa.int64()))
        except pa.ArrowNotImplementedError:  # views, for one, cannot be taken yet
            return pa.concat_tables(data.slice(i, 1) for i in index)

    def records(self, index: Sequence[int]) -> list[Record]:
        return list(self.table(index).to_pylist())

    def picked(self, index: Sequence[int]) -> Self:
        return type(self)(self.table(index))

    @property
    def kind(self) -> object:
        return self.data.schema

    def joined(self, others: Sequence[Self]) -> Self:
        return type(self)(pa.concat_tables([self.data, *(other.data for other in others)]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as Arrow's own stream: pickling a slice stores the whole table that it was cut from."""
        stream = pa.BufferOutputStream()
        with pa.ipc.new_stream(stream, self.data.schema) as writer:
            writer.write_table(self.data)
        return _from_stream, (stream.getvalue().to_pybytes(),)


def _from_stream(stream: bytes) -> ArrowRows:
    return ArrowRows(pa.ipc.open_stream(stream).read_all())


def _python_values(column: pa.ChunkedArray) -> list[Any]:
    """The same as `to_pylist`, which makes an object of Arrow's own for each text on its way."""
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    values: list[Any] = column.to_numpy().tolist() if is_text else column.to_pylist()
    return values


@dataclass(frozen=True)
class DictRows:
    """Rows that were read one by one and may differ in their fields."""

    data: list[Record]
    lines: Sequence[int] | None = None

    def __len__(self) -> int:
        return len(self.data)

    @cached_property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(key for record in self.data for key in record))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.columns)

    def has(self, column: str) -> bool:
        return column in self._names

    def paths(self) -> dict[str, None]:
        return {path: None for record in self.data for path in _key_paths(record)}

    def values(self, path: FieldPath) -> list[Any]:
        return [_dig(record, path) for record in self.data]

    def only(self, names: Sequence[str]) -> pa.Table:
        known = set(self.columns)
        return self.table(range(len(self)), [name for name in names if name in known])

    def table(self, index: Sequence[int], columns: Sequence[str] | None = None) -> pa.Table:
        rows = [self.data[i] for i in index]
        names = self.columns if columns is None else columns
        arrays = {name: to_arrow([row.get(name) for row in rows]) for name in names}
        return pa.table(arrays) if arrays else _no_columns(len(rows))

    def records(self, index: Sequence[int]) -> list[Record]:
        return [dict(self.data[i]) for i in index]

    def picked(self, index: Sequence[int]) -> Self:
        return type(self)([self.data[i] for i in index])

    @property
    def kind(self) -> object:
        return DictRows

    def joined(self, others: Sequence[Self]) -> Self:
        return type(self)([record for rows in (self, *others) for record in rows.data])


# Between the paths of several fields that are one question.
JOINT = " + "


def field_path(path: str, rows: Rows) -> FieldPath:
    """The path's steps; a column whose own name holds the dots is one step."""
    return (path,) if rows.has(path) else tuple(path.split("."))


def values_at(path: str, rows: Rows) -> list[Any]:
    """The values at a dotted path; of several, joined by commas, a list for each row."""
    parts = path_parts(path, rows)
    if len(parts) == 1:
        return rows.values(field_path(path, rows))
    columns = [rows.values(field_path(part, rows)) for part in parts]
    return [list(values) for values in zip(*columns, strict=True)]


def path_parts(path: str, rows: Rows) -> list[str]:
    """The paths that are joined, by commas or as one question, unless a column's own name holds that."""
    return [path] if rows.has(path) else path.split(JOINT if JOINT in path else ",")


# So deep may the fields lie by which a format is recognised.
MAX_PATH_DEPTH = 4


def _field_paths(fields: Iterable[pa.Field], depth: int = 1) -> Iterator[str]:
    for field in fields:
        yield field.name
        if pa.types.is_struct(field.type) and depth < MAX_PATH_DEPTH:
            yield from (f"{field.name}.{inner}" for inner in _field_paths(field.type, depth + 1))


def _key_paths(record: Record, depth: int = 1) -> Iterator[str]:
    for key, value in record.items():
        yield key
        if isinstance(value, dict) and depth < MAX_PATH_DEPTH:
            yield from (f"{key}.{inner}" for inner in _key_paths(value, depth + 1))


def _no_columns(rows: int) -> pa.Table:
    return pa.table({"_": pa.nulls(rows)}).select([])


def _dig(value: Any, path: Sequence[str]) -> Any:
    """Follow a path through structs and lists, `*` to all of their elements; None where it leads nowhere."""
    for i, key in enumerate(path):
        value = object_written(value)
        if key == "*" and isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            return [_dig(each, path[i + 1 :]) for each in inner]
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.removeprefix("-").isdecimal():
            position = int(key)
            value = value[position] if -len(value) <= position < len(value) else None
        else:
            return None
    return value


# A struct with more keys than this is a dictionary in disguise (keyed by ids, say): it is kept as JSON text.
MAX_STRUCT_FIELDS = 100
# Values that are nested deeper are kept as JSON text too; readers of Parquet give up not far beyond.
MAX_DEPTH = 30


class DoesNotFitError(Exception):
    """Values of this column have no place in the type that the schema has for it."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


def to_arrow(values: list[Any]) -> pa.Array:
    """An Arrow array of the values; where they share no type, each as JSON text (strings as they are)."""
    try:
        array = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, RecursionError):
        return json_texts(values)
    return array if _storable(array.type) else json_texts(values)


def json_texts(values: Sequence[Any]) -> pa.Array:
    """Strings as they are, None as null, all else as its JSON text."""
    return pa.array([_json_text(value) for value in values], pa.string())


def _json_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _storable(data_type: pa.DataType) -> bool:
    return _is_modest(data_type) and _has_place_in_parquet(data_type)


def _is_modest(data_type: pa.DataType, depth: int = 0) -> bool:
    """Whether it is no deeper than readers follow; each of a thousand fields would be a column."""
    if depth > MAX_DEPTH:
        return False
    if pa.types.is_struct(data_type):
        fields = [data_type.field(i).type for i in range(data_type.num_fields)]
        return len(fields) <= MAX_STRUCT_FIELDS and all(_is_modest(field, depth + 1) for field in fields)
    if pa.types.is_list(data_type) or pa.types.is_large_list(data_type):
        return _is_modest(data_type.value_type, depth + 1)
    return True


@lru_cache(maxsize=1024)
def _has_place_in_parquet(data_type: pa.DataType) -> bool:
    """Parquet has no unions, no intervals of months, no structs without fields: it is asked itself."""
    try:
        pq.ParquetWriter(pa.BufferOutputStream(), pa.schema([("x", data_type)])).close()
    except pa.ArrowException:
        return False
    return True


def storable(table: pa.Table) -> pa.Table:
    """The table with JSON text for columns of types that Parquet cannot store."""
    if all(_storable(field.type) for field in table.schema):
        return table
    columns = (
        column if _storable(column.type) else json_texts(column.to_pylist()) for column in table.columns
    )
    return pa.table(list(columns), names=table.column_names)


def merged_type(a: pa.DataType, b: pa.DataType) -> pa.DataType:
    """The type that holds the values of both; JSON text where there is none."""
    try:
        both = [pa.schema([("x", a)]), pa.schema([("x", b)])]
        merged = pa.unify_schemas(both, promote_options="permissive").field(0).type
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.string()
    return merged if _storable(merged) else pa.string()


def merged_schema(a: pa.Schema, b: pa.Schema) -> pa.Schema:
    """The columns of both, those of `a` first, each with the type that holds the values of both."""
    if a.equals(b):
        return a
    fields = {field.name: field.type for field in a}
    for field in b:
        known = fields.get(field.name)
        fields[field.name] = field.type if known is None else merged_type(known, field.type)
    return pa.schema(list(fields.items()))


def with_text(schema: pa.Schema, column: str) -> pa.Schema:
    """The schema with this column as text, which holds whatever there is."""
    return schema.set(schema.get_field_index(column), pa.field(column, pa.string()))


def fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table in exactly these columns and types; a missing column is null. Raises DoesNotFitError."""
    if table.schema.equals(schema):
        return table
    return pa.table([_fitted_column(table, field) for field in schema], schema=schema)


def _fitted_column(table: pa.Table, field: pa.Field) -> pa.ChunkedArray | pa.Array:
    position = table.schema.get_field_index(field.name)
    if position < 0:
        return pa.nulls(table.num_rows, field.type)
    column = table.column(position)
    if column.type == field.type:
        return column
    if pa.types.is_string(field.type) and not pa.types.is_large_string(column.type):
        return json_texts(column.to_pylist())
    try:
        return column.cast(field.type)
    except pa.ArrowNotImplementedError:  # a struct that lacks some of the fields
        return _rebuilt(column, field)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DoesNotFitError(field.name) from error


def _rebuilt(column: pa.ChunkedArray, field: pa.Field) -> pa.Array:
    try:
        return pa.array(column.to_pylist(), field.type)
    except (pa.ArrowException, OverflowError, TypeError) as error:
        raise DoesNotFitError(field.name) from error
