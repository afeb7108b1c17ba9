"""Read files of rows, chunk by chunk: Parquet, JSON lines, JSON arrays and CSV, compressed or not.

Every reader yields chunks with the position in the file behind them, so that memory stays bounded
and progress can be told. What is wrong with a file is a SourceError that names the file and the line.
"""

import csv
import io
import json
import queue
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.inspect_logs import read_inspect
from tinyv_cli.sources.lenient import WithoutNaN
from tinyv_cli.sources.rows import ArrowRows, DictRows, Record, Rows

CHUNK_ROWS = 256
CHUNK_BYTES = 16 << 20
# A chunk of standard input is closed when nothing more has come for so long: answers flow as rows do.
IDLE_SECONDS = 0.2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_DEPTH = 500
# Python refuses to read longer integers (a guard against quadratic time); they stay text.
MAX_INTEGER_DIGITS = 4000

# How JSON files begin that are one value, and its field that holds the rows (None: they are its elements):
# arrays, OpenCompass's objects keyed "0", "1", …, and Inspect's logs.
DOCUMENTS: tuple[tuple[re.Pattern[bytes], str | None], ...] = (
    (re.compile(rb"\s*\["), None),
    (re.compile(rb'\s*\{\s*"\d+"\s*:\s*\{'), None),
    (re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:'), "samples"),
)

Reader = Callable[[Path], Iterator[tuple[Rows, int]]]
# A record, its size and the position behind it in bytes; None: no more is waiting just now.
Item = tuple[Record, int, int] | None


def read_parquet(path: Path) -> Iterator[tuple[Rows, int]]:
    """Batches whose size follows from the rows' width, so that rows of megabytes do not fill the memory."""
    with _file_errors(path, "a Parquet file"), pq.ParquetFile(path, pre_buffer=False) as file:
        names = file.schema_arrow.names
        if len(set(names)) < len(names):
            raise SourceError(f"{path}: two columns have the same name; rename one of {', '.join(names)}")
        rows = file.metadata.num_rows
        groups = (file.metadata.row_group(i) for i in range(file.metadata.num_row_groups))
        width = sum(group.total_byte_size for group in groups) // max(rows, 1) + 1
        done, size = 0, path.stat().st_size
        for batch in file.iter_batches(batch_size=max(1, min(CHUNK_ROWS, CHUNK_BYTES // width))):
            done += batch.num_rows
            yield ArrowRows(pa.Table.from_batches([batch])), size * done // rows


def read_json_lines(path: Path) -> Iterator[tuple[Rows, int]]:
    """One JSON object a line."""
    with _opened(path) as (stream, position):
        yield from _chunks(_parsed_lines(stream, name=str(path), position=position))


def read_json(path: Path) -> Iterator[tuple[Rows, int]]:
    """An array of objects, or an object that holds the rows, one by one; JSON lines are read as such."""
    with _opened(path) as (stream, position):
        if stream.peek(3).startswith(BYTE_ORDER_MARK):
            stream.read(len(BYTE_ORDER_MARK))
        head = stream.peek(256)
        for begins, key in DOCUMENTS:
            if begins.match(head):
                yield from _chunks(_parsed_elements(stream, name=str(path), position=position, key=key))
                return
        yield from _chunks(_parsed_lines(stream, name=str(path), position=position))


def read_csv(path: Path) -> Iterator[tuple[Rows, int]]:
    """Comma-separated values under a header line; every value stays the text that it is."""
    with _opened(path) as (stream, position):
        yield from _chunks(_parsed_csv(stream, name=str(path), position=position, delimiter=","))


def read_tsv(path: Path) -> Iterator[tuple[Rows, int]]:
    """Tab-separated values under a header line."""
    with _opened(path) as (stream, position):
        yield from _chunks(_parsed_csv(stream, name=str(path), position=position, delimiter="\t"))


def read_stdin() -> Iterator[tuple[Rows, int]]:
    """JSON lines from standard input; a chunk ends when it is full or no more is waiting."""
    lines = _idling(sys.stdin.buffer)
    yield from _chunks(_parsed_lines(lines, name="standard input", position=lambda: 0))


READERS: dict[str, Reader] = {
    ".parquet": read_parquet,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".eval": read_inspect,
}
CODECS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}


def reader_for(path: Path) -> Reader:
    """The reader for a file's name."""
    name = path.with_suffix("") if path.suffix.lower() in CODECS else path
    reader = READERS.get(name.suffix.lower())
    if reader is None or (reader in (read_parquet, read_inspect) and name is not path):
        known = " ".join(READERS)
        raise SourceError(
            f"{path}: unknown extension '{path.suffix}'; known are {known} (text ones also .gz .zst .bz2); "
            "'-' reads JSON lines from standard input"
        )
    return reader


def file_stem(path: Path) -> str:
    """The file's name without the extensions that a reader knows."""
    known = {*READERS, *CODECS}
    while path.suffix.lower() in known:
        path = path.with_suffix("")
    return path.name


@contextmanager
def _file_errors(path: Path, kind: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise SourceError(f"{path}: may not be read; check its permissions") from error
    except (OSError, EOFError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(f"{path}: not readable as {kind} ({reason}); was it written to the end?") from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """The file's bytes, decompressed, and how far the file itself has been read."""
    codec = CODECS.get(path.suffix.lower())
    with _file_errors(path, f"{codec or 'text'} data"), path.open("rb") as raw:
        if codec is None:
            yield raw, raw.tell
        else:
            yield io.BufferedReader(pa.CompressedInputStream(raw, codec), 1 << 20), raw.tell


def _chunks(items: Iterator[Item]) -> Iterator[tuple[Rows, int]]:
    """Collect records into chunks. What came before a broken line is still handed on before its error."""
    collected: list[Record] = []
    size = position = 0
    try:
        for item in items:
            if item is not None:
                record, record_size, position = item
                collected.append(record)
                size += record_size
            if collected and (item is None or len(collected) >= CHUNK_ROWS or size >= CHUNK_BYTES):
                yield DictRows(collected), position
                collected, size = [], 0
    except SourceError:
        if collected:
            yield DictRows(collected), position
        raise
    if collected:
        yield DictRows(collected), position


def _parsed_lines(lines: Iterable[bytes | None], *, name: str, position: Callable[[], int]) -> Iterator[Item]:
    number = 0
    for line in lines:
        if line is None:
            yield None
            continue
        number += 1
        if line.strip(BYTE_ORDER_MARK + b" \t\r\n"):
            yield _parsed_line(line, where=f"{name}, line {number}"), len(line), position()


def _parsed_line(line: bytes, *, where: str) -> Record:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_int=_integer)
    except UnicodeDecodeError as error:
        found = line[max(0, error.start - 20) : error.start + 10]
        raise SourceError(f"{where}: not valid UTF-8 at {found!r}; convert the file to UTF-8") from error
    except (ValueError, RecursionError) as error:
        found_text = line.decode("utf-8", "replace").strip()
        shown = found_text if len(found_text) <= 60 else found_text[:57] + "..."
        reason = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
        raise SourceError(
            f"{where}: not valid JSON ({reason}): {shown!r}; mend or remove the line"
        ) from error
    if b"\\ud" in line or b"\\uD" in line:
        record = _without_lone_surrogates(record)
    return _record(record, where=where)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_INTEGER_DIGITS else digits


def _without_lone_surrogates(value: Any) -> Any:
    """Half of a character pair, which JSON can write and UTF-8 cannot, becomes a question mark."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _record(value: Any, *, where: str) -> Record:
    if isinstance(value, list) and value and all(isinstance(turn, dict) for turn in value):
        return {str(i): turn for i, turn in enumerate(value)}  # a bare conversation, as Open-Reasoner-Zero's
    if not isinstance(value, dict):
        raise SourceError(
            f"{where}: holds {type(value).__name__} {str(value)[:40]!r}, not an object with fields"
        )
    return value


def _parsed_elements(
    stream: BinaryIO, *, name: str, position: Callable[[], int], key: str | None
) -> Iterator[Item]:
    import ijson

    number, before = 0, 0
    try:
        for number, element in enumerate(_elements(stream, name=name, key=key), 1):
            now = position()
            yield _record(element, where=f"{name}, element {number}"), max(now - before, 0), now
            before = now
    except (ijson.JSONError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise SourceError(
            f"{name}, after element {number}: not valid JSON ({reason}); mend the file"
        ) from error


def _elements(stream: BinaryIO, *, name: str, key: str | None) -> Iterator[Any]:
    """The elements of an array or object, or of the one at `key` in it, built from ijson's events.

    So they are of bounded depth, with integers of any size.
    """
    import ijson
    from ijson.common import ObjectBuilder

    outside = 1 if key is None else 2
    reached, depth, builder = key is None, 0, ObjectBuilder()
    for event, value in ijson.basic_parse(WithoutNaN(stream)):
        opens, closes = event in ("start_map", "start_array"), event in ("end_map", "end_array")
        depth += opens - closes
        if depth > MAX_DEPTH:
            raise SourceError(f"{name}: an element is nested more than {MAX_DEPTH} deep; remove it")
        if depth == 1 and event == "map_key" and key is not None:
            reached = value == key
        if not reached or depth < outside or (depth == outside and (opens or event == "map_key")):
            continue
        builder.event(event, float(value) if isinstance(value, Decimal) else value)
        if depth == outside:
            yield builder.value
            builder = ObjectBuilder()


def _parsed_csv(
    stream: BinaryIO, *, name: str, position: Callable[[], int], delimiter: str
) -> Iterator[Item]:
    csv.field_size_limit(1 << 30)
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    lines = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        header = next((line for line in lines if line), [])
        if len(set(header)) < len(header):
            raise SourceError(f"{name}, line 1: two columns have the same name; rename one of {header}")
        for values in lines:
            if not values:
                continue
            if len(values) != len(header):
                raise SourceError(
                    f"{name}, line {lines.line_num}: {len(values)} fields under a header of {len(header)}; "
                    "put quotes around a value that holds the delimiter or a line break"
                )
            yield dict(zip(header, values, strict=True)), sum(map(len, values)), position()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}, near line {lines.line_num + 1}: not valid UTF-8; convert the file to UTF-8"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{name}, line {lines.line_num}: not valid CSV ({error}); mend the line") from error


def _idling(stream: BinaryIO) -> Iterator[bytes | None]:
    """The stream's lines, and a None whenever none has come for a moment."""
    lines: queue.Queue[bytes | None] = queue.Queue(maxsize=4 * CHUNK_ROWS)

    def read() -> None:
        try:
            for line in stream:
                lines.put(line)
        finally:
            lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line
