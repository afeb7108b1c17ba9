"""Where an export goes: a file of rows, a file for pytest, or standard output."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.sinks import json_line
from tinyv_cli.running.disk import write_errors
from tinyv_cli.running.targets import target_place, whole_part

STDOUT = Path("standard output")
Tables = Iterable[pa.Table]
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


WRITERS: dict[str, Write] = {".jsonl": write_json_lines, ".parquet": write_parquet}


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
