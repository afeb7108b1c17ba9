"""Read files of rows, chunk by chunk: Parquet, Arrow, JSON lines, JSON arrays and CSV, compressed or not.

Every reader yields chunks with the position in the file behind them, so that memory stays bounded
and progress can be told. What is wrong with a file is a SourceError that names the file and the line.
"""

import csv
import errno
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
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.errors import LIMITS, NoSamplesError, SourceError
from tinyv_cli.sources.chat import is_chat
from tinyv_cli.sources.inspect_logs import read_inspect
from tinyv_cli.sources.json_rows import Event, Kind, Place, find_rows, rows_at, shape_of
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
MAX_ROW_BYTES = 256 << 20
MAX_KEYS_TOLD = 8
# Python refuses to read longer integers (a guard against quadratic time); they stay text.
MAX_INTEGER_DIGITS = 4000

# How JSON files begin that are one value with its rows in a known place: OpenCompass's objects keyed "0",
# "1", …, and Inspect's logs. Others are searched.
DOCUMENTS: tuple[tuple[re.Pattern[bytes], Place], ...] = (
    (re.compile(rb'\s*\{\s*"\d+"\s*:\s*\{'), Place(Kind.KEYED)),
    (
        re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:'),
        Place(Kind.LIST, (frozenset({"samples"}),)),
    ),
)
ARRAY = re.compile(rb"\s*\[")
LFS_POINTER = b"version https://git-lfs.github.com/spec/"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Reader = Callable[[Path], Iterator[tuple[Rows, int]]]
# A record, its line, its size and the position behind it in bytes; None: no more is waiting just now.
Item = tuple[Record, int, int, int] | None


def read_parquet(
    path: Path, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
) -> Iterator[tuple[Rows, int]]:
    """The rows of a Parquet file; given `columns`, no other is read, and given `groups`, of no other groups.

    Column chunks are read in pieces, as a writer may have put all rows into one row group.
    """
    with (
        file_errors(path, "a Parquet file"),
        path.open("rb") as raw,
        pq.ParquetFile(raw, pre_buffer=False, buffer_size=BUFFER_BYTES) as file,
    ):
        _refuse_twins(file.schema_arrow, path)
        groups = range(file.num_row_groups) if groups is None else groups
        rows = sum(file.metadata.row_group(group).num_rows for group in groups)
        all_rows = file.metadata.num_rows
        batch_rows = min(BATCH_ROWS, _fitting_rows(_uncompressed_bytes(file.metadata), all_rows))
        done, size = 0, path.stat().st_size
        for batch in file.iter_batches(batch_size=batch_rows, row_groups=list(groups), columns=columns):
            for chunk in _sliced(batch, CHUNK_ROWS):
                done += len(chunk)
                yield chunk, size * done // rows


def rows_in_groups(path: Path) -> list[int]:
    """How many rows each row group of a Parquet file holds, by its footer."""
    with file_errors(path, "a Parquet file"), path.open("rb") as raw, pq.ParquetFile(raw) as file:
        return [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]


def read_arrow(path: Path) -> Iterator[tuple[Rows, int]]:
    """Arrow's own format: a file (Feather is one) or a stream, such as `datasets` keeps."""
    with file_errors(path, "an Arrow file"), path.open("rb") as raw:
        is_file = raw.read(len(ARROW_MAGIC)) == ARROW_MAGIC
        raw.seek(0)
        batches = _file_batches if is_file else _stream_batches
        for batch, position in batches(path, raw):
            batch.validate(full=True)  # Arrow looks at no text by itself: one may be damaged, and no UTF-8
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
    """One JSON object a line; an array under such a name is read as one.

    The last line of a file that is still being written may be unfinished: it is left out.
    """
    with _opened(path) as (stream, position):
        head = stream.peek(1)
        if ARRAY.match(head) and not _begins_with_line(head):
            yield from _chunks(_parsed_elements(stream, name=str(path), position=position))
        else:
            yield from _chunks(_parsed_lines(stream, name=str(path), position=position, growing=True))


def ends_unfinished(path: Path) -> bool:
    """Whether the last line of a file of JSON lines, which is not its only one, is cut off."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - CHUNK_BYTES))
        before, newline, last = file.read().rpartition(b"\n")
    return bool(newline and before) and _is_cut_off(last)


def _is_cut_off(line: bytes) -> bool:
    """Whether a line is the beginning of an object."""
    if line.endswith(b"\n") or not line.lstrip().startswith(b"{"):
        return False
    try:
        DECODER.decode(line.decode())
    except UnicodeDecodeError as error:
        return error.end == len(line)
    except json.JSONDecodeError as error:
        return (
            error.msg.startswith(("Unterminated", "Invalid \\\\"))
            or error.pos >= len(line.decode().rstrip()) - 1
        )
    except RecursionError:
        return False
    return False


def _begins_with_line(head: bytes) -> bool:
    """Whether the first line is a value of its own: a conversation, or a list that another one follows."""
    line, newline, rest = head.partition(b"\n")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return is_chat(value) or (bool(newline) and ARRAY.match(rest) is not None)


def read_json(path: Path) -> Iterator[tuple[Rows, int]]:
    """An array of objects, or an object that holds the rows, one by one; JSON lines are read as such."""
    with _opened(path) as (stream, position):
        if stream.peek(3).startswith(BYTE_ORDER_MARK):
            stream.read(len(BYTE_ORDER_MARK))
        head = stream.peek(1)
        if ARRAY.match(head):
            yield from _chunks(_parsed_elements(stream, name=str(path), position=position))
        elif _is_lines(head):
            yield from _chunks(_parsed_lines(stream, name=str(path), position=position))
        else:
            place = next((place for begins, place in DOCUMENTS if begins.match(head)), None) or _found(path)
            yield from _chunks(_parsed_elements(stream, name=str(path), position=position, place=place))


def _is_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own that another one follows, or is none at all."""
    line, newline, rest = head.lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return True
    if not newline or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _found(path: Path) -> Place:
    """Where the rows of a document are. Raises NoSamplesError where it has none."""
    with _opened(path) as (stream, position), _json_errors(str(path)):
        # Of a row only its shape is held here: each of its values may be as long as a whole row.
        shape = shape_of(event for event in _events(stream, name=str(path)) if position() >= 0)
    place = find_rows(shape)
    if place is None:
        keys = ", ".join(list(shape)[:MAX_KEYS_TOLD]) if isinstance(shape, dict) else "no fields"
        raise NoSamplesError(
            f"{path}: holds a summary or settings ({keys}), no samples; name the file in which these are"
        )
    return place


def read_csv(path: Path) -> Iterator[tuple[Rows, int]]:
    """Comma-separated values under a header line; every value stays the text that it is.

    Semicolons separate them where the header has no comma, as spreadsheets of many countries write it.
    """
    yield from _read_separated(path, ",")


def read_tsv(path: Path) -> Iterator[tuple[Rows, int]]:
    """Tab-separated values under a header line."""
    yield from _read_separated(path, "\t")


def _read_separated(path: Path, delimiter: str) -> Iterator[tuple[Rows, int]]:
    with _opened(path) as (stream, position):
        header = stream.peek(1).lstrip().partition(b"\n")[0]
        encoding = "utf-16" if header.startswith(UTF16_MARKS) else "utf-8-sig"
        if delimiter == "," and b"," not in header and b";" in header:
            delimiter = ";"
        with io.TextIOWrapper(stream, encoding, newline="") as text:
            yield from _chunks(_parsed_csv(text, name=str(path), position=position, delimiter=delimiter))


def read_stdin() -> Iterator[tuple[Rows, int]]:
    """JSON lines from standard input; a chunk ends when it is full or no more is waiting."""
    # Python ends by closing its own `sys.stdin`, and aborts where a thread still waits for a line of it.
    lines = _idling(open(sys.stdin.fileno(), "rb", closefd=False))  # noqa: SIM115
    try:
        yield from _chunks(_parsed_lines(lines, name="standard input", position=lambda: 0))
    except OSError as error:
        raise SourceError(f"standard input: cannot be read ({error.strerror or error})") from error


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


_STEP = re.compile(r"(?:\A|[^a-z])(?:step|steps|global_step)[_=.-]?(\d+)(?!\d)", re.IGNORECASE)


def step_in(name: str) -> int | None:
    """The training step that the name of a file or folder (`step_40/…`) tells, or of verl's `40.jsonl`."""
    path = PurePath(name)
    found = next((step for part in reversed(path.parts) if (step := _STEP.search(part))), None)
    if found is not None:
        return int(found[1])
    stem = path.name.removesuffix(".jsonl")
    return int(stem) if stem != path.name and stem.isdecimal() else None


def check_file(path: Path) -> None:
    """Raise SourceError for what is not there, and for what is not the data though it stands in its place."""
    with file_errors(path, "data"):
        if not path.exists():
            raise SourceError(f"{path}: no such file; check the path (it is taken from {Path.cwd()})")
        if path.is_fifo():
            raise SourceError(f"{path}: a pipe, not a file; read it as standard input: tinyv … - < {path}")
        if not path.is_file():
            kind = "folder" if path.is_dir() else "device"
            raise SourceError(f"{path}: a {kind}, not a file; name a file of rows")
        with path.open("rb") as file:
            if file.read(len(LFS_POINTER)) == LFS_POINTER:
                raise SourceError(
                    f"{path}: a pointer of Git LFS, not the data itself; fetch that with git lfs pull"
                )


@contextmanager
def file_errors(path: Path, kind: str) -> Iterator[None]:
    """Translate what the file system and Arrow say of a file into one line: SourceError."""
    try:
        yield
    except PermissionError as error:
        raise SourceError(f"{path}: may not be read; check its permissions") from error
    except MemoryError:  # Arrow's is an ArrowException, too
        raise
    except (OSError, EOFError, UnicodeDecodeError, pa.ArrowException) as error:
        if isinstance(error, OSError) and error.errno in LIMITS:
            raise SourceError(f"{path}: cannot be read ({error.strerror}); {LIMITS[error.errno]}") from error
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise SourceError(f"{path}: not readable as {kind} ({reason}); was it written to the end?") from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """The file's bytes, decompressed, and how far the file itself has been read."""
    codec = CODECS.get(data_name(path).suffix.lower())
    with file_errors(path, f"{codec or 'text'} data"), path.open("rb") as raw:
        stream = _Bounded(raw if codec is None else pa.CompressedInputStream(raw, codec), str(path))

        def position() -> int:
            stream.row_ends()
            return raw.tell()

        yield io.BufferedReader(stream, BUFFER_BYTES), position


class _Bounded(io.RawIOBase):
    """Bytes of which no row may have more than memory has room for, however few they were when packed.

    Whoever reads it says where a row ends; reading on raises SourceError where none ends.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name, self._row_bytes = stream, name, 0

    def readable(self) -> bool:
        """It is made to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, as far as there is something to fill it with."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._row_bytes += len(data)
        if self._row_bytes > MAX_ROW_BYTES:
            raise _too_long(self._name)
        return len(data)

    def row_ends(self) -> None:
        """What comes now belongs to the next row."""
        self._row_bytes = 0


def _too_long(name: str) -> SourceError:
    return SourceError(
        f"{name}: a row in it is longer than {MAX_ROW_BYTES >> 20} MB, unpacked; split or remove that row"
    )


def _chunks(items: Iterator[Item]) -> Iterator[tuple[Rows, int]]:
    """Collect records into chunks. What came before a broken line is still handed on before its error."""
    collected, lines = list[Record](), list[int]()
    size = position = 0
    try:
        for item in items:
            if item is not None:
                record, line, record_size, position = item
                collected.append(record)
                lines.append(line)
                size += record_size
            if collected and (item is None or len(collected) >= CHUNK_ROWS or size >= CHUNK_BYTES):
                yield DictRows(collected, lines), position
                collected, lines, size = [], [], 0
    except SourceError:
        if collected:
            yield DictRows(collected, lines), position
        raise
    if collected:
        yield DictRows(collected, lines), position


def _parsed_lines(
    lines: Iterable[bytes | None], *, name: str, position: Callable[[], int], growing: bool = False
) -> Iterator[Item]:
    number = 0
    for line in lines:
        if line is None:
            yield None
            continue
        number += 1
        if growing and number > 1 and not line.endswith(b"\n") and _is_cut_off(line):
            return
        if line.strip(BYTE_ORDER_MARK + b" \t\r\n"):
            yield _parsed_line(line, where=f"{name}, line {number}"), number, len(line), position()


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
    stream: BinaryIO, *, name: str, position: Callable[[], int], place: Place | None = None
) -> Iterator[Item]:
    """The elements of an array, or the rows at a place in a document."""
    number, before = 0, 0
    with _json_errors(name, after=lambda: number):
        events = _events(stream, name=name)
        for number, element in enumerate(_elements(events) if place is None else rows_at(place, events), 1):
            now = position()
            yield _record(element, where=f"{name}, element {number}"), number, max(now - before, 0), now
            before = now


@contextmanager
def _json_errors(name: str, *, after: Callable[[], int] | None = None) -> Iterator[None]:
    import ijson

    try:
        yield
    except (ijson.JSONError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:120]
        where = f", after element {after()}" if after is not None else ""
        raise SourceError(f"{name}{where}: not valid JSON ({reason}); mend the file") from error


def _events(stream: BinaryIO, *, name: str) -> Iterator[Event]:
    """What ijson finds, of bounded depth and with integers of any size."""
    import ijson

    depth = 0
    for event, value in ijson.basic_parse(WithoutNaN(stream)):
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        if depth > MAX_DEPTH:
            raise SourceError(f"{name}: an element is nested more than {MAX_DEPTH} deep; remove it")
        yield event, float(value) if isinstance(value, Decimal) else value


def _elements(events: Iterable[Event]) -> Iterator[Any]:
    """The elements of an array."""
    from ijson.common import ObjectBuilder

    depth, builder = 0, ObjectBuilder()
    for event, value in events:
        opens, closes = event in ("start_map", "start_array"), event in ("end_map", "end_array")
        depth += opens - closes
        if depth < 1 or (depth == 1 and opens):
            continue
        builder.event(event, value)
        if depth == 1:
            yield builder.value
            builder = ObjectBuilder()


# A blank behind a closing quote, which no reader takes for a part of the value.
_BEHIND_QUOTE = re.compile(r'"[ \t]+(?=[,;\t]|\r?\n|\Z)')


def _without_blanks(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blanks between the end of a quoted value and what follows it."""
    inside = False  # a value that began in an earlier line
    for line in lines:
        for found in reversed(list(_BEHIND_QUOTE.finditer(line))):
            if (inside + line.count('"', 0, found.start() + 1)) % 2 == 0:
                line = line[: found.start() + 1] + line[found.end() :]
        inside ^= line.count('"') % 2 == 1
        yield line


def _parsed_csv(
    text: io.TextIOBase, *, name: str, position: Callable[[], int], delimiter: str
) -> Iterator[Item]:
    csv.field_size_limit(MAX_ROW_BYTES)
    lines = csv.reader(_without_blanks(text), delimiter=delimiter, strict=True)
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
            record = dict(zip(header, values, strict=True))
            yield record, lines.line_num, sum(map(len, values)), position()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}, near line {lines.line_num + 1}: not valid UTF-8; convert the file to UTF-8"
        ) from error
    except csv.Error as error:
        raise SourceError(f"{name}, line {lines.line_num}: not valid CSV ({error}); mend the line") from error


def _idling(stream: BinaryIO) -> Iterator[bytes | None]:
    """The stream's lines, and a None whenever none has come for a moment.

    A terminal that is gone fails (EIO) where a pipe ends. Raises OSError for any other failure.
    """
    lines: queue.Queue[bytes | OSError | SourceError | None] = queue.Queue(maxsize=4 * CHUNK_ROWS)

    def read() -> None:
        try:
            while line := stream.readline(MAX_ROW_BYTES + 1):
                if len(line) > MAX_ROW_BYTES:
                    raise _too_long("standard input")
                lines.put(line)
        except SourceError as error:
            lines.put(error)
        except OSError as error:
            lines.put(None if error.errno == errno.EIO else error)
        else:
            lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            yield None
            continue
        if isinstance(line, OSError | SourceError):
            raise line
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
