"""Write judged windows: as Parquet, JSON lines or CSV.

Files are written beside their place and renamed when whole, so no half-written output is ever seen.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tinyv_cli.documents.columns import COLUMNS, OURS, Columns
from tinyv_cli.errors import SinkError
from tinyv_cli.running.disk import Part, scratch, write_errors
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.rows import DoesNotFitError, Record, fitted, merged_schema, storable, with_text
from tinyv_cli.words import METADATA_KEY

ROW_GROUP_ROWS = 8192
ROW_GROUP_BYTES = 32 << 20


_sink_errors = partial(write_errors, option="-o")


class Sink(Protocol):
    """Takes judged windows; `commit` makes the output visible, `abort` leaves nothing behind."""

    def write(self, window: Window, judged: Sequence[Any]) -> None: ...

    def commit(self, metadata: dict[str, Any]) -> None: ...

    def abort(self) -> None: ...


def annotated_table(window: Window, judged: Sequence[Any], columns: Columns = COLUMNS) -> pa.Table:
    """The window's original columns with ours behind them."""
    table, ours = window.table(), flat_table(judged, columns)
    return pa.table([*table.columns, *ours.columns], names=[*table.column_names, *ours.column_names])


def flat_table(judged: Sequence[Any], columns: Columns) -> pa.Table:
    """Our columns alone."""
    return pa.table(
        {name: pa.array(list(map(each.value, judged)), each.type) for name, each in columns.items()}
    )


class ParquetSink:
    """An annotated Parquet file (zstd). A column that turns out wider than it began costs one rewrite."""

    def __init__(self, path: Path, columns: Columns = COLUMNS, *, exclusive: bool = False) -> None:
        self.path, self._columns, self._exclusive = path, columns, exclusive
        self._writer: pq.ParquetWriter | None = None
        self._schema: pa.Schema | None = None
        self._pending: list[pa.Table] = []
        self._pending_rows = self._pending_bytes = 0
        self._parts = [self._part()]
        self._writer_thread = ThreadPoolExecutor(1, thread_name_prefix="tinyv-writer")
        self._writing: Future[None] | None = None

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """Collect until there is enough for a row group."""
        table = storable(annotated_table(window, judged, self._columns))
        self._pending.append(table)
        self._pending_rows += table.num_rows
        self._pending_bytes += table.nbytes
        if self._pending_rows >= ROW_GROUP_ROWS or self._pending_bytes >= ROW_GROUP_BYTES:
            self._flush()

    def commit(self, metadata: dict[str, Any]) -> None:
        """Close the file with the metadata and rename it into place."""
        with _sink_errors(self.path):
            self._flush()
            self._written()
            whole = self._unified() if len(self._parts) > 1 else self._parts[0]
            self._close(metadata)
            whole.replace()
        self.abort()

    def abort(self) -> None:
        """Remove whatever is still beside the output."""
        self._writer_thread.shutdown()
        if self._writer is not None:
            with suppress(OSError):  # a full disk fails here once more
                self._writer.close()
            self._writer = None
        for part in self._parts:
            part.remove()

    def _part(self) -> Part:
        return _part_of(self.path, exclusive=self._exclusive)

    def _flush(self) -> None:
        """Write what is pending as one row group, in a new part where the schema has to grow for it."""
        if not self._pending:
            return
        schema = self._schema
        for table in self._pending:
            schema = table.schema if schema is None else merged_schema(schema, table.schema)
        schema = _ours_last(schema)
        while True:
            try:
                group = pa.concat_tables([fitted(table, schema) for table in self._pending])
                break
            except DoesNotFitError as error:
                schema = with_text(schema, error.column)
        with _sink_errors(self.path):
            self._written()
            if schema != self._schema:
                self._start_part(schema)
            # The next row group is collected meanwhile: Arrow needs no turn of Python's to compress this one.
            self._writing = self._writer_thread.submit(self._write, group)
        self._pending, self._pending_rows, self._pending_bytes = [], 0, 0

    def _written(self) -> None:
        """Wait for the row group that is being written, and raise what went wrong with it."""
        if self._writing is not None:
            self._writing.result()
            self._writing = None

    def _write(self, table: pa.Table) -> None:
        assert self._writer is not None
        # A window may be far larger than a row group should be.
        rows = min(ROW_GROUP_ROWS, ROW_GROUP_BYTES * table.num_rows // (table.nbytes + 1))
        self._writer.write_table(table, row_group_size=max(1, 2 * rows))

    def _start_part(self, schema: pa.Schema) -> None:
        """Begin a file with this schema; those before it are read again and rewritten at the end."""
        if self._writer is not None:
            self._writer.close()
            self._parts.append(self._part())
        self._schema = schema
        self._writer = pq.ParquetWriter(self._parts[-1].path, schema, compression="zstd")

    def _unified(self) -> Part:
        """All parts in one file of the last schema, or of text where not all of them fit it."""
        parts, schema = list(self._parts), self._schema
        while True:
            self._start_part(schema)
            try:
                for part in parts:
                    self._copy(part.path)
                return self._parts[-1]
            except DoesNotFitError as error:
                schema = with_text(schema, error.column)

    def _copy(self, part: Path) -> None:
        with pq.ParquetFile(part, pre_buffer=False) as file:
            for group in range(file.num_row_groups):
                self._write(fitted(file.read_row_group(group), self._schema))

    def _close(self, metadata: dict[str, Any]) -> None:
        if self._writer is not None:
            self._writer.add_key_value_metadata({METADATA_KEY: json.dumps(metadata, ensure_ascii=False)})
            self._writer.close()
            self._writer = None


class JsonLinesSink:
    """Annotated JSON lines in a stream, one line per example, flushed with each window."""

    def __init__(
        self, stream: BinaryIO, columns: Columns = COLUMNS, path: Path = Path("standard output")
    ) -> None:
        self._stream, self._columns, self.path = stream, columns, path

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """Write the window's lines. Raises ReaderLeftError when nobody reads any more."""
        with _sink_errors(self.path):
            for record, item in zip(window.records(), judged, strict=True):
                record.update((name, column.value(item)) for name, column in self._columns.items())
                self._stream.write(json_line(record))
            self._stream.flush()

    def commit(self, metadata: dict[str, Any]) -> None:
        """Nothing is left to do: what was written has been seen."""

    def abort(self) -> None:
        """What was written cannot be taken back."""


class JsonLinesFileSink(JsonLinesSink):
    """The same in a file that appears when it is whole."""

    def __init__(self, path: Path, columns: Columns = COLUMNS, *, exclusive: bool = False) -> None:
        self._part = _part_of(path, exclusive=exclusive)
        try:
            with _sink_errors(path):
                stream = self._part.path.open("wb")
        except SinkError:
            self._part.remove()
            raise
        super().__init__(stream, columns, path)

    def commit(self, metadata: dict[str, Any]) -> None:
        """Rename the file into place."""
        with _sink_errors(self.path):
            self._stream.close()
            self._part.replace()

    def abort(self) -> None:
        """Remove the unfinished file."""
        with suppress(OSError):  # a full disk fails here once more
            self._stream.close()
        self._part.remove()


def json_line(record: Record) -> bytes:
    """The record as a line of JSON, in which what is no number is null."""
    try:
        line = json.dumps(record, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # JSON has no word for not-a-number: null
        line = json.dumps(_finite(record), ensure_ascii=False, default=str)
    return line.encode("utf-8", "replace") + b"\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class CsvFileSink:
    """A CSV file that appears when it is whole; what is nested in a column is written as JSON.

    A header cannot grow, so all is collected as Parquet first. Text stays as it is: a value that begins with
    =, +, - or @ is a formula to a spreadsheet.
    """

    def __init__(self, path: Path, columns: Columns = COLUMNS, *, exclusive: bool = False) -> None:
        self.path = path
        with ExitStack() as stack:
            folder = stack.enter_context(scratch())
            self._part = _part_of(path, exclusive=exclusive)
            stack.callback(self._part.remove)
            self._collected = ParquetSink(folder / "collected.parquet", columns)
            self._stack = stack.pop_all()

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """Collect."""
        self._collected.write(window, judged)

    def commit(self, metadata: dict[str, Any]) -> None:
        """Write the file and rename it into place. It has no room for the metadata."""
        self._collected.commit(metadata)
        with _sink_errors(self.path):
            _copy_as_csv(self._collected.path, self._part.path)
            self._part.replace()
        self.abort()

    def abort(self) -> None:
        """Remove whatever is still there besides the output."""
        self._collected.abort()
        self._stack.close()


def _copy_as_csv(parquet: Path, path: Path) -> None:
    with pq.ParquetFile(parquet, pre_buffer=False) as file:
        groups = (file.read_row_group(group) for group in range(file.num_row_groups))
        write_csv(groups, str(path), file.schema_arrow)


def write_csv(
    tables: Iterable[pa.Table], to: str | BinaryIO, columns: pa.Schema, delimiter: str = ","
) -> None:
    """A line for each row of tables with these columns; what is nested is written as JSON."""
    schema = pa.schema([(c.name, c.type if _is_plain(c.type) else pa.string()) for c in columns])
    options = pa_csv.WriteOptions(delimiter=delimiter)
    with pa_csv.CSVWriter(to, schema, write_options=options) as writer:
        for table in tables:
            writer.write_table(fitted(table, schema))


def _is_plain(data_type: pa.DataType) -> bool:
    """Whether a value of this type has a spelling of its own in CSV."""
    kinds = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(
        is_kind(data_type)
        for is_kind in (*kinds, pa.types.is_temporal, pa.types.is_string, pa.types.is_large_string)
    )


class Some:
    """A sink that gets those judged examples alone which are wanted."""

    def __init__(self, sink: Sink, wanted: Callable[[Any], bool]) -> None:
        self._sink, self._wanted = sink, wanted
        self._begun = False

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """The first window is written in any case, so that a file without rows has the input's columns."""
        kept = [i for i, item in enumerate(judged) if self._wanted(item)]
        if kept or not self._begun:
            self._sink.write(window.picked(kept), [judged[i] for i in kept])
        self._begun = True

    def commit(self, metadata: dict[str, Any]) -> None:
        """Finish it."""
        self._sink.commit(metadata)

    def abort(self) -> None:
        """Give it up."""
        self._sink.abort()


class Both:
    """Two sinks that get the same."""

    def __init__(self, first: Sink, second: Sink) -> None:
        self._sinks = (first, second)

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """Write the window to each."""
        for sink in self._sinks:
            sink.write(window, judged)

    def commit(self, metadata: dict[str, Any]) -> None:
        """Finish each, the first last: what it makes visible is seen only if all went well."""
        for sink in reversed(self._sinks):
            sink.commit(metadata)

    def abort(self) -> None:
        """Give up each."""
        for sink in self._sinks:
            sink.abort()


def _part_of(path: Path, *, exclusive: bool) -> Part:
    with _sink_errors(path):
        return Part(path, exclusive=exclusive)


def _ours_last(schema: pa.Schema) -> pa.Schema:
    """A column that appears late stands before ours, as if it had been there from the start."""
    return pa.schema(sorted(schema, key=lambda field: field.name.startswith(OURS)))
