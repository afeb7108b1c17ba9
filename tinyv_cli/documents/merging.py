"""The examples of audited files as tables, in the order of the input, without holding them all."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tinyv_cli.documents.audited import ROW, Audited, AuditedFile
from tinyv_cli.errors import SourceError
from tinyv_cli.sources.rows import DoesNotFitError, fitted

ORDER = [(ROW, "ascending"), ("tinyv_rollout", "ascending")]


def merged(audited: Audited, rows: int) -> Iterator[pa.Table]:
    """All examples in tables of about so many, those of several files by row and rollout; at least one table.

    Each file is in that order itself. Raises SourceError where one is damaged, or where a column holds in one
    what fits no common type.
    """
    files, schema = audited.files, audited.schema
    with audited.read_errors():
        empty = True
        tables = _tables(files[0], schema, rows) if len(files) == 1 else _in_turns(files, schema, rows)
        for table in tables:
            empty = False
            yield table
        if empty:
            yield schema.empty_table()


@dataclass(slots=True)
class _Stream:
    """The tables of a file, of which the first is at hand: never an empty one, None at the end."""

    tables: Iterator[pa.Table]
    head: pa.Table | None = None

    def __post_init__(self) -> None:
        self.head = next(self.tables, None)

    @property
    def last(self) -> int:
        """The number of the last row at hand."""
        assert self.head is not None
        return int(self.head.column(ROW)[-1].as_py())

    def taken(self, until: int) -> pa.Table:
        """What is at hand up to this row, which is then no longer."""
        assert self.head is not None
        wanted = pc.less_equal(self.head.column(ROW), until)
        part, rest = self.head.filter(wanted), self.head.filter(pc.invert(wanted))
        self.head = rest if len(rest) else next(self.tables, None)
        return part


def _in_turns(files: tuple[AuditedFile, ...], schema: pa.Schema, rows: int) -> Iterator[pa.Table]:
    """What comes before the end of all that is at hand comes before all that is not.

    A file is opened once its first row is near: of those that follow one another one at a time.
    """
    firsts = [(first, file) for file in files if (first := _first_row(file)) is not None]
    waiting = sorted(firsts, key=lambda each: -each[0])
    streams: list[_Stream] = []

    def open_next() -> None:
        streams.append(_Stream(_tables(waiting.pop()[1], schema, rows)))

    while waiting or streams:
        if not streams:
            open_next()
        while waiting and waiting[-1][0] <= min(stream.last for stream in streams):
            open_next()
        until = min(stream.last for stream in streams)
        parts = [stream.taken(until) for stream in streams]
        yield pa.concat_tables(parts).sort_by(ORDER) if len(parts) > 1 else parts[0]
        streams = [stream for stream in streams if stream.head is not None]


def _first_row(file: AuditedFile) -> int | None:
    first = file.frame.select(ROW).min().collect(engine="streaming").item()
    return None if first is None else file.first_row + int(first)


def _tables(file: AuditedFile, schema: pa.Schema, rows: int) -> Iterator[pa.Table]:
    """The file's examples in these columns, numbered among those of all files."""
    with pq.ParquetFile(file.path, pre_buffer=False) as opened:
        for batch in opened.iter_batches(rows):
            table = _fitted(pa.table(batch), schema, file)
            if file.first_row:
                numbers = pc.add(table.column(ROW), file.first_row)
                table = table.set_column(schema.get_field_index(ROW), ROW, numbers)
            yield table


def _fitted(table: pa.Table, schema: pa.Schema, file: AuditedFile) -> pa.Table:
    try:
        return fitted(table, schema)
    except DoesNotFitError as error:
        raise SourceError(
            f"{file.path}: holds other values in its column '{error.column}' than the other files; export it "
            "by itself"
        ) from error
