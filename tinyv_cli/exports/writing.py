"""Where an export goes: a file of rows, a file for pytest, or standard output."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from json import dumps
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents import sinks
from tinyv_cli.documents.sinks import json_line
from tinyv_cli.running.disk import write_errors
from tinyv_cli.running.targets import target_place, whole_part

STDOUT = Path("standard output")
Tables = Iterable[pa.Table]
EVIDENCE = ("evidence", "tinyv_evidence")  # what the column is called in which it stands
Write = Callable[[Tables, BinaryIO], None]


def write_json_lines(tables: Tables, stream: BinaryIO) -> None:
    """A line of JSON for each row."""
    for table in tables:
        stream.writelines(map(json_line, table.to_pylist()))


def write_parquet(tables: Tables, stream: BinaryIO) -> None:
    """A Parquet file (zstd)."""
    rows = iter(tables)
    first = next(rows)
    with pq.ParquetWriter(stream, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for table in rows:
            writer.write_table(table)


def write_arrow(tables: Tables, stream: BinaryIO) -> None:
    """An Arrow file, as feather is."""
    rows = iter(tables)
    first = next(rows)
    with pa.ipc.new_file(stream, first.schema) as writer:
        for table in chain([first], rows):
            writer.write_table(table)


def write_csv(tables: Tables, stream: BinaryIO, delimiter: str = ",") -> None:
    """Comma-separated values under a header; what is nested is written as JSON."""
    rows = iter(tables)
    first = next(rows)
    sinks.write_csv(chain([first], rows), stream, first.schema, delimiter)


def write_tsv(tables: Tables, stream: BinaryIO) -> None:
    """Tab-separated values under a header."""
    write_csv(tables, stream, "\t")


def write_json_array(tables: Tables, stream: BinaryIO) -> None:
    """An array of JSON with an object on each line."""
    before = b"[\n"
    for table in tables:
        for row in table.to_pylist():
            stream.write(before + json_line(row).rstrip(b"\n"))
            before = b",\n"
    stream.write(b"\n]\n" if before == b",\n" else b"[]\n")


def write_json_object(tables: Tables, stream: BinaryIO) -> None:
    """The first row as one object of JSON, for people to read, too."""
    row = next(row for table in tables for row in table.to_pylist())
    stream.write(dumps(row, ensure_ascii=False, indent=2).encode() + b"\n")


WRITERS: dict[str, Write] = {
    ".jsonl": write_json_lines,
    ".parquet": write_parquet,
    ".json": write_json_object,
}


@dataclass(slots=True)
class Tally:
    """What has been written: how many rows, and from whom what they say is known."""

    rows: int = 0
    evidence: Counter[str] = field(default_factory=Counter)

    def counting(self, tables: Tables) -> Iterator[pa.Table]:
        """The same tables, counted as they pass."""
        for table in tables:
            self.rows += len(table)
            for name in set(EVIDENCE) & set(table.column_names):
                self.evidence.update(value for value in table.column(name).to_pylist() if value is not None)
            yield table

    def __str__(self) -> str:
        said = ", ".join(f"{name} {count:,}" for name, count in self.evidence.most_common())
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'}" + (f": {said}" if said else "")


def limited(tables: Tables, rows: int | None) -> Iterator[pa.Table]:
    """The first so many rows; all where None."""
    for table in tables:
        yield table.slice(0, rows)
        if rows is not None:
            rows -= min(rows, table.num_rows)
            if rows == 0:
                return


@contextmanager
def opened_stream(output: Path | None, *, overwrite: bool) -> Iterator[BinaryIO]:
    """The stream to write to. A file appears when it is whole. Raises SinkError."""
    if output is None:
        with write_errors(STDOUT):
            yield sys.stdout.buffer
        return
    place = target_place(output, option="-o", overwrite=overwrite)
    with (
        write_errors(output, option="-o"),
        whole_part(place, exclusive=not overwrite) as part,
        part.open("wb") as stream,
    ):
        yield stream
