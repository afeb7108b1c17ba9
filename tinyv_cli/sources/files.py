"""Read files of rows, chunk by chunk: Parquet, Arrow, JSON lines, JSON arrays and CSV, compressed or not.

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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, BinaryIO, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.inspect_logs import read_inspect
from tinyv_cli.sources.rows import ArrowRows, DictRows, Record, Rows

CHUNK_ROWS = 256
CHUNK_BYTES = 16 << 20
# So many rows of a Parquet file are decoded at a time and handed on in chunks: each time has its price.
BATCH_ROWS = 4096
BUFFER_BYTES = 1 << 20
# A chunk of standard input is closed when nothing more has come for so long: answers flow as rows do.
IDLE_SECONDS = 0.2
ARROW_MAGIC = b"ARROW1"
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


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> Iterator[tuple[Rows, int]]:
    """The rows of a Parquet file; given `columns`, no other is read.

    Column chunks are read in pieces, as a writer may have put all rows into one row group.
    """
    with (
        _file_errors(path, "a Parquet file"),
        path.open("rb") as raw,
        pq.ParquetFile(raw, pre_buffer=False, buffer_size=BUFFER_BYTES) as file,
    ):
        _refuse_twins(file.schema_arrow, path)
        rows = file.metadata.num_rows
        batch_rows = min(BATCH_ROWS, _fitting_rows(_uncompressed_bytes(file.metadata), rows))
        done, size = 0, path.stat().st_size
        for batch in file.iter_batches(batch_size=batch_rows, columns=columns):
            for chunk in _sliced(batch, CHUNK_ROWS):
                done += len(chunk)
                yield chunk, size * done // rows


def read_arrow(path: Path) -> Iterator[tuple[Rows, int]]:
    """Arrow's own format: a file (Feather is one) or a stream, such as `datasets` keeps."""
    with _file_errors(path, "an Arrow file"), path.open("rb") as raw:
        is_file = raw.read(len(ARROW_MAGIC)) == ARROW_MAGIC
        raw.seek(0)
        batches = _file_batches if is_file else _stream_batches
        for batch, position in batches(path, raw):
            for chunk in _sliced(batch, min(CHUNK_ROWS, _fitting_rows(batch.nbytes, batch.num_rows))):
                yield chunk, position


def _file_batches(path: Path, raw: BinaryIO) -> Iterator[tuple[pa.RecordBatch, int]]:
    reader, size = pa.ipc.open_file(raw), path.stat().st_size
    _refuse_twins(reader.schema, path)
    for i in range(reader.num_record_batches):
        yield reader.get_batch(i), size * (i + 1) // reader.num_record_batches


def _stream_batches(path: Path, raw: BinaryIO) -> Iterator[tuple[pa.RecordBatch, int]]:
    reader = pa.ipc.open_stream(raw)
    _refuse_twins(reader.schema, path)
    for batch in reader:
        yield batch, raw.tell()


def _refuse_twins(schema: pa.Schema, path: Path) -> None:
    if len(set(schema.names)) < len(schema.names):
        raise SourceError(f"{path}: two columns have the same name; rename one of {', '.join(schema.names)}")


def _uncompressed_bytes(metadata: pq.FileMetaData) -> int:
    return sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))


def _fitting_rows(size: int, rows: int) -> int:
    """How many rows of such a width make a chunk, so that rows of megabytes do not fill the memory."""
    return max(1, CHUNK_BYTES // (size // max(rows, 1) + 1))


def _sliced(batch: pa.RecordBatch, rows: int) -> Iterator[ArrowRows]:
    for start in range(0, batch.num_rows, rows):
        yield ArrowRows(pa.Table.from_batches([batch.slice(start, rows)]))


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
    ".arrow": read_arrow,
    ".feather": read_arrow,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".eval": read_inspect,
}
CODECS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}
# These compress by themselves, and are not read from front to back.
BINARY = (read_parquet, read_arrow, read_inspect)


def reader_for(path: Path) -> Reader:
    """The reader for a file's name. Raises SourceError where there is none."""
    reader = _reader_for(data_name(path))
    if reader is None:
        raise SourceError(
            f"{path}: unknown extension '{path.suffix}'; known are {known_extensions()}; "
            "'-' reads JSON lines from standard input"
        )
    return reader


def has_reader(path: Path) -> bool:
    """Whether the file's name says that it can be read."""
    return _reader_for(data_name(path)) is not None


def known_extensions() -> str:
    """What a file may be named, for people."""
    return f"{' '.join(READERS)} (text ones also .gz .zst .bz2)"


def data_name(path: Path) -> PurePath:
    """The name that says what a file holds: of a URL, without its query."""
    return PurePath(path.name if isinstance(path, Path) else path.name.partition("?")[0])


def _reader_for(name: PurePath) -> Reader | None:
    inner = name.with_suffix("") if name.suffix.lower() in CODECS else name
    reader = READERS.get(inner.suffix.lower())
    return None if inner is not name and reader in BINARY else reader


def file_stem(path: Path) -> str:
    """The file's name without the extensions that a reader knows."""
    name, known = data_name(path), {*READERS, *CODECS}
    while name.suffix.lower() in known:
        name = name.with_suffix("")
    return name.name


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
    codec = CODECS.get(data_name(path).suffix.lower())
    with _file_errors(path, f"{codec or 'text'} data"), path.open("rb") as raw:
        stream = raw if codec is None else pa.CompressedInputStream(raw, codec)
        yield io.BufferedReader(stream, BUFFER_BYTES), raw.tell


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
        record = DECODER.decode(line.removeprefix(BYTE_ORDER_MARK).decode())
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


# Made once: `json.loads` would make one for each line.
DECODER = json.JSONDecoder(parse_int=_integer)


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
    with io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        for record in _under_a_header(text, name=name, delimiter=delimiter):
            yield record, sum(map(len, record.values())), position()


def _under_a_header(text: TextIO, *, name: str, delimiter: str) -> Iterator[dict[str, str]]:
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
            yield dict(zip(header, values, strict=True))
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


# A string, or the rest of one that began in an earlier piece, or one of the words.
_PART = re.compile(rb'"(?:[^"\\]|\\.)*+(?P<end>")?|-?(?:NaN|Infinity)', re.DOTALL)
_WORD_BEGUN = re.compile(rb"[-NaInfity]{1,9}\Z")


class WithoutNaN:
    """A stream of JSON in which these words, outside of strings, are null: a value that is missing."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._held, self._in_string = stream, b"", False

    def read(self, size: int = -1) -> bytes:
        """About so many bytes; none at the end alone."""
        while True:
            fresh = self._stream.read(size)
            piece = self._held + fresh
            whole = len(piece) - _unfinished(piece) if fresh else len(piece)
            self._held = piece[whole:]
            if whole or not fresh:
                return self._mended(piece[:whole])

    def _mended(self, piece: bytes) -> bytes:
        if not self._in_string:
            return _PART.sub(self._part, piece)
        return _PART.sub(self._part, b'"' + piece)[1:]

    def _part(self, found: re.Match[bytes]) -> bytes:
        is_string = found[0].startswith(b'"')
        self._in_string = is_string and found["end"] is None
        return found[0] if is_string else b"null"


def _unfinished(piece: bytes) -> int:
    """How many bytes at its end may go on in the next piece: of an escape, or of a word."""
    if piece.endswith(b"\\"):
        return (len(piece) - len(piece.rstrip(b"\\"))) % 2
    word = _WORD_BEGUN.search(piece, max(0, len(piece) - 9))
    return len(word[0]) if word else 0
