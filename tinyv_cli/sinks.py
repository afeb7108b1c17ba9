"""Write judged windows: an annotated Parquet file, or annotated JSON lines.

Files are written beside their place and renamed when whole, so no half-written output is ever seen.
"""

import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.disk import beside
from tinyv_cli.errors import SinkError
from tinyv_cli.records import Judged
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.rows import DoesNotFitError, Record, fitted, merged_schema, storable, with_text

SCHEMA_VERSION = 1
METADATA_KEY = "tinyv"
ROW_GROUP_ROWS = 8192
ROW_GROUP_BYTES = 32 << 20

OURS = "tinyv_"

# Our columns of a file: name, Arrow type, and where its value comes from in what was found of an example.
Columns = dict[str, tuple[pa.DataType, Callable[[Any], Any]]]

# The annotated file. Where a value is just there, `attrgetter` finds it at a third of a function's price.
COLUMNS: dict[str, tuple[pa.DataType, Callable[[Judged], Any]]] = {
    "tinyv_row": (pa.int64(), attrgetter("example.row")),
    "tinyv_rollout": (pa.int32(), attrgetter("example.rollout")),
    "tinyv_question": (pa.string(), attrgetter("example.question")),
    "tinyv_gold": (pa.string(), attrgetter("example.gold")),
    "tinyv_response": (pa.string(), attrgetter("example.response")),
    "tinyv_answer": (pa.string(), attrgetter("answer.text")),
    "tinyv_answer_how": (pa.string(), attrgetter("answer.how")),
    "tinyv_rule": (pa.string(), attrgetter("rule.outcome")),
    "tinyv_rule_reason": (pa.string(), attrgetter("rule.reason")),
    "tinyv_p": (pa.float32(), attrgetter("p")),
    "tinyv_model_reason": (pa.string(), attrgetter("reason")),
    "tinyv_verdict": (pa.string(), attrgetter("verdict")),
    "tinyv_evidence": (pa.string(), attrgetter("evidence")),
    "tinyv_proof": (pa.string(), lambda judged: None),
    "tinyv_false_negative": (pa.bool_(), attrgetter("false_negative")),
    "tinyv_category": (pa.string(), lambda judged: None),
    "tinyv_reward": (pa.float32(), attrgetter("reward")),
}


# What a run with two models has besides.
SECOND_MODEL: dict[str, tuple[pa.DataType, Callable[[Judged], Any]]] = {
    "tinyv_p_2": (pa.float32(), lambda judged: judged.opinion(1).p),
    "tinyv_model_reason_2": (pa.string(), lambda judged: judged.opinion(1).reason),
}


def columns_with(others: Sequence[str], *, second_model: bool) -> Columns:
    """The columns of a run in which further rules were compared, whose outcomes stand in `others`.

    Where a second model was asked too, what it said stands beside what the first one did.
    """
    columns: Columns = {**COLUMNS, **(SECOND_MODEL if second_model else {})}
    for i, name in enumerate(others):
        columns[name] = (pa.string(), partial(_other_outcome, i))
        columns[f"{name}_reason"] = (pa.string(), partial(_other_reason, i))
    return columns


def _other_outcome(i: int, judged: Judged) -> str:
    return judged.others[i].outcome.value


def _other_reason(i: int, judged: Judged) -> str | None:
    return judged.others[i].reason


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
        {name: pa.array(list(map(value, judged)), data_type) for name, (data_type, value) in columns.items()}
    )


class ParquetSink:
    """An annotated Parquet file (zstd). A column that turns out wider than it began costs one rewrite."""

    def __init__(self, path: Path, columns: Columns = COLUMNS) -> None:
        self.path, self._columns = path, columns
        self._writer: pq.ParquetWriter | None = None
        self._schema: pa.Schema | None = None
        self._pending: list[pa.Table] = []
        self._pending_rows = self._pending_bytes = 0
        self._parts = [_beside(path)]
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
            whole.replace(self.path)
        self.abort()

    def abort(self) -> None:
        """Remove whatever is still beside the output."""
        self._writer_thread.shutdown()
        if self._writer is not None:
            with suppress(OSError):  # a full disk fails here once more
                self._writer.close()
            self._writer = None
        for part in self._parts:
            part.unlink(missing_ok=True)

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
        self._writer.write_table(table)

    def _start_part(self, schema: pa.Schema) -> None:
        """Begin a file with this schema; those before it are read again and rewritten at the end."""
        if self._writer is not None:
            self._writer.close()
            self._parts.append(_beside(self.path))
        self._schema = schema
        self._writer = pq.ParquetWriter(self._parts[-1], schema, compression="zstd")

    def _unified(self) -> Path:
        """All parts in one file of the last schema, or of text where not all of them fit it."""
        parts, schema = list(self._parts), self._schema
        while True:
            self._start_part(schema)
            try:
                for part in parts:
                    self._copy(part)
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
        """Write the window's lines. Raises BrokenPipeError when nobody reads any more."""
        with _sink_errors(self.path):
            for record, item in zip(window.records(), judged, strict=True):
                record.update((name, value(item)) for name, (_, value) in self._columns.items())
                self._stream.write(_json_line(record))
            self._stream.flush()

    def commit(self, metadata: dict[str, Any]) -> None:
        """Nothing is left to do: what was written has been seen."""

    def abort(self) -> None:
        """What was written cannot be taken back."""


class JsonLinesFileSink(JsonLinesSink):
    """The same in a file that appears when it is whole."""

    def __init__(self, path: Path, columns: Columns = COLUMNS) -> None:
        self._part = _beside(path)
        super().__init__(self._part.open("wb"), columns, path)

    def commit(self, metadata: dict[str, Any]) -> None:
        """Rename the file into place."""
        with _sink_errors(self.path):
            self._stream.close()
            self._part.replace(self.path)

    def abort(self) -> None:
        """Remove the unfinished file."""
        with suppress(OSError):  # a full disk fails here once more
            self._stream.close()
        self._part.unlink(missing_ok=True)  # gone already where it was renamed into place


def _json_line(record: Record) -> bytes:
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


class Both:
    """Two sinks that get the same."""

    def __init__(self, first: Sink, second: Sink) -> None:
        self._sinks = (first, second)

    def write(self, window: Window, judged: Sequence[Any]) -> None:
        """Write the window to each."""
        for sink in self._sinks:
            sink.write(window, judged)

    def commit(self, metadata: dict[str, Any]) -> None:
        """Finish each."""
        for sink in self._sinks:
            sink.commit(metadata)

    def abort(self) -> None:
        """Give up each."""
        for sink in self._sinks:
            sink.abort()


@contextmanager
def opened_output(
    path: Path | None, *, columns: Columns = COLUMNS, overwrite: bool, summarised: bool
) -> Iterator[tuple[Sink, Path]]:
    """The sink of a run (standard output if there is no path), and the Parquet file its findings come from.

    That file is the output itself, or a temporary one beside lines of JSON, if these are to be
    `summarised`. Unless the sink was committed, nothing is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="tinyv-") as folder:
        if path is None:
            sink: Sink = JsonLinesSink(sys.stdout.buffer, columns)
        else:
            sink = open_file_sink(path, columns, overwrite=overwrite)
        annotated = path if isinstance(sink, ParquetSink) and path else Path(folder) / "annotated.parquet"
        if annotated != path and summarised:
            sink = Both(sink, ParquetSink(annotated, columns))
        try:
            yield sink, annotated
        finally:
            sink.abort()


@contextmanager
def opened_file(path: Path, columns: Columns = COLUMNS, *, overwrite: bool) -> Iterator[Sink]:
    """A sink for the file's extension. Unless it was committed, nothing is left behind."""
    sink = open_file_sink(path, columns, overwrite=overwrite)
    try:
        yield sink
    finally:
        sink.abort()


FILE_SINKS: dict[str, Callable[[Path, Columns], Sink]] = {
    ".parquet": ParquetSink,
    ".jsonl": JsonLinesFileSink,
}


def open_file_sink(path: Path, columns: Columns = COLUMNS, *, overwrite: bool) -> Sink:
    """A sink for the file's extension; nothing is visible at `path` before it is whole. Raises SinkError."""
    make = FILE_SINKS.get(path.suffix.lower())
    if make is None:
        raise SinkError(f"{path}: unknown extension '{path.suffix}' for an output; use .parquet or .jsonl")
    if not path.parent.is_dir():
        raise SinkError(f"{path}: the folder '{path.parent}' does not exist; make it first")
    if path.is_dir():
        raise SinkError(f"{path}: is a folder; name a file in it with -o")
    if path.exists() and not overwrite and not _is_ours(path):
        raise SinkError(
            f"{path}: exists and was not written by tinyv; choose another -o, or give --overwrite"
        )
    return make(path, columns)


def _is_ours(path: Path) -> bool:
    """An annotated Parquet file can be made again, so it may be replaced."""
    try:
        return METADATA_KEY.encode() in (pq.read_metadata(path).metadata or {})
    except (OSError, pa.ArrowInvalid):
        return False


def _beside(path: Path) -> Path:
    with _sink_errors(path):
        return beside(path)


def _ours_last(schema: pa.Schema) -> pa.Schema:
    """A column that appears late stands before ours, as if it had been there from the start."""
    return pa.schema(sorted(schema, key=lambda field: field.name.startswith(OURS)))


@contextmanager
def _sink_errors(path: Path) -> Iterator[None]:
    """Translate what the file system says into one line."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise SinkError(f"{path}: cannot be written ({reason}); choose another place with -o") from error
