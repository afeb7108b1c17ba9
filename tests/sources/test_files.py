"""Every format that can be read, and what is said of a file that cannot."""

import bz2
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.feather import write_feather

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import (
    CHUNK_BYTES,
    CHUNK_ROWS,
    READERS,
    file_stem,
    read_parquet,
    reader_for,
)

Records = list[dict[str, Any]]
RECORDS: Records = [
    {"id": 1, "text": 'x, "y"\nz\t½', "list": [1, 2], "flag": True, "none": None},
    {"id": 2, "text": "", "list": [], "flag": False, "none": None},
]
TEXTS: Records = [{"a": "1", "b": 'x, "y"\nz\t½'}, {"a": "", "b": "]"}]


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path) -> Records:
    """All records that the reader for the file's name finds."""
    return [record for rows, _ in reader_for(path)(path) for record in rows.records(range(len(rows)))]


def json_lines(records: Records) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def json_array(records: Records) -> bytes:
    return json.dumps(records, ensure_ascii=False, indent=1).encode()


def parquet(records: Records) -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(records), buffer)
    return buffer.getvalue()


def arrow_file(records: Records) -> bytes:
    """As pyarrow and pandas write it, in batches of a few rows."""
    table = pa.Table.from_pylist(records)
    buffer = BytesIO()
    with pa.ipc.new_file(buffer, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)
    return buffer.getvalue()


def arrow_stream(records: Records) -> bytes:
    """As `datasets` keeps it."""
    table = pa.Table.from_pylist(records)
    buffer = BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


def feather(records: Records) -> bytes:
    """As `DataFrame.to_feather` writes it: Arrow's file format, compressed."""
    buffer = BytesIO()
    write_feather(pa.Table.from_pylist(records), buffer)
    return buffer.getvalue()


def separated(delimiter: str) -> Callable[[Records], bytes]:
    def line(values: list[str]) -> str:
        return delimiter.join('"' + value.replace('"', '""') + '"' for value in values) + "\r\n"

    def write(records: Records) -> bytes:
        return "".join(
            [line(list(records[0])), *(line(list(record.values())) for record in records)]
        ).encode()

    return write


def zstd(data: bytes) -> bytes:
    buffer = pa.BufferOutputStream()
    with pa.CompressedOutputStream(buffer, "zstd") as stream:
        stream.write(data)
    return bytes(buffer.getvalue())


WRITERS: dict[str, tuple[Callable[[Records], bytes], Records]] = {
    ".parquet": (parquet, RECORDS),
    ".arrow": (arrow_stream, RECORDS),
    ".feather": (feather, RECORDS),
    ".jsonl": (json_lines, RECORDS),
    ".ndjson": (json_lines, RECORDS),
    ".json": (json_array, RECORDS),
    ".csv": (separated(","), TEXTS),
    ".tsv": (separated("\t"), TEXTS),
}
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd}
BINARY_FORMATS = (".parquet", ".arrow", ".feather")
FORMATS = [
    extension for extension in READERS if extension != ".eval"
]  # Inspect's: tests/sources/test_dialects.py
TEXT_FORMATS = [extension for extension in FORMATS if extension not in BINARY_FORMATS]


@pytest.mark.parametrize("extension", FORMATS)
def test_formats(extension: str, tmp_path: Path) -> None:
    """Each format gives back what was written, also under a name in capitals."""
    write, records = WRITERS[extension]
    assert read(written(tmp_path, f"x{extension}", write(records))) == records
    assert read(written(tmp_path, f"y{extension.upper()}", write(records))) == records


@pytest.mark.parametrize("codec", COMPRESSORS)
@pytest.mark.parametrize("extension", TEXT_FORMATS)
def test_compressed(extension: str, codec: str, tmp_path: Path) -> None:
    """Text formats may be compressed."""
    write, records = WRITERS[extension]
    assert read(written(tmp_path, f"x{extension}{codec}", COMPRESSORS[codec](write(records)))) == records


@pytest.mark.parametrize("codec", COMPRESSORS)
def test_appended(codec: str, tmp_path: Path) -> None:
    """A compressed file to which others were appended is read to its end."""
    data = b"".join(COMPRESSORS[codec](json_lines([record])) for record in RECORDS)
    assert read(written(tmp_path, f"x.jsonl{codec}", data)) == RECORDS


@pytest.mark.parametrize(
    ("name", "data", "records"),
    [
        ("x.jsonl", b'{"a":1}\r\n\r\n{"a":2}', [{"a": 1}, {"a": 2}]),
        ("x.jsonl", b'\xef\xbb\xbf{"a":1}\n', [{"a": 1}]),
        ("x.jsonl", b'\n  \n{"a":1}\n\n', [{"a": 1}]),
        ("x.jsonl", b'{"a":"\\u2028 \xe2\x80\xa8"}\n', [{"a": "\u2028 \u2028"}]),
        ("x.jsonl", b'{"a":"\\ud83d\\ude00"}', [{"a": "😀"}]),
        ("x.jsonl", b'{"a":["\\ud800"]}', [{"a": ["?"]}]),
        ("x.jsonl", b'{"a":' + b"1" * 5000 + b"}", [{"a": "1" * 5000}]),
        ("x.jsonl", b'{"a":12345678901234567890123}', [{"a": 12345678901234567890123}]),
        ("x.json", b'{"a":1}\n{"a":2}\n', [{"a": 1}, {"a": 2}]),
        ("x.json", b' \n\t[{"a":1}\n,{"a":2.5}]\n', [{"a": 1}, {"a": 2.5}]),
        ("x.json", b'[{"a":"\\ud800"}]', [{"a": "?"}]),
        ("x.json", b'[{"a":12345678901234567890123}]', [{"a": 12345678901234567890123}]),
        ("x.json", b'[{"a":18446744073709551615}]', [{"a": 18446744073709551615}]),
        ("x.json", b'\xef\xbb\xbf[{"a":1}]', [{"a": 1}]),
        ("x.json", b"[]", []),
        ("x.csv", b"\xef\xbb\xbfa,b\n1,2\n", [{"a": "1", "b": "2"}]),
        ("x.csv", b"a,b\n\n1,2\n\n", [{"a": "1", "b": "2"}]),
        ("x.csv", b'a,b\n1,"x\ny"\n', [{"a": "1", "b": "x\ny"}]),
        ("x.csv", b'a,b\n"1" ,"x" \n', [{"a": "1", "b": "x"}]),
        ("x.csv", b'a,b\n1,"x ""y"" \nz" \n', [{"a": "1", "b": 'x "y" \nz'}]),
        ("x.csv", b"a;b\n1,5;2\n", [{"a": "1,5", "b": "2"}]),
        ("x.csv", "a,b\n1,½\n".encode("utf-16"), [{"a": "1", "b": "½"}]),
        ("x.csv", b"a,b\n007,1e5\n", [{"a": "007", "b": "1e5"}]),
        ("x.csv", b"a\n" + b"x" * 200_000 + b"\n", [{"a": "x" * 200_000}]),
        ("x.csv", b"a,b\n", []),
        ("x.tsv", b'a\tb\n1\t"2,\t3"\n', [{"a": "1", "b": "2,\t3"}]),
        ("x.parquet", parquet([{"a": 1}])[:], [{"a": 1}]),
    ],
)
def test_details(name: str, data: bytes, records: Records, tmp_path: Path) -> None:
    """Byte order marks, blank lines, line ends, long numbers and half characters are no obstacle."""
    assert read(written(tmp_path, name, data)) == records


LINES = b'{"a":1}\n' * 3


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "x.jsonl",
            LINES + b"{bad}\n",
            "x.jsonl, line 4: not valid JSON (*): '{bad}'; mend or remove the line",
        ),
        ("x.jsonl", b"\n\n{bad}\n", "x.jsonl, line 3: not valid JSON (*): '{bad}'; mend or remove the line"),
        (
            "x.jsonl",
            LINES + b'{"a":\n',
            "x.jsonl, line 4: not valid JSON (*): '{\"a\":'; mend or remove the line",
        ),
        (
            "x.jsonl",
            b"x" * 200,
            f"x.jsonl, line 1: not valid JSON (*): '{'x' * 57}...'; mend or remove the line",
        ),
        (
            "x.jsonl",
            b"[" * 100_000,
            "x.jsonl: an element is nested more than 500 deep; remove it",
        ),
        ("x.jsonl", LINES + b"[1]", "x.jsonl, line 4: holds list '[1]', not an object with fields"),
        ("x.jsonl", b'"text"', "x.jsonl, line 1: holds str 'text', not an object with fields"),
        (
            "x.jsonl",
            LINES + b'{"a":"caf\xe9"}',
            'x.jsonl, line 4: not valid UTF-8 at b\'{"a":"caf\\xe9"}\'; convert the file to UTF-8',
        ),
        (
            "x.jsonl",
            '{"a":1}'.encode("utf-16"),
            "x.jsonl, line 1: not valid UTF-8 at b*; convert the file to UTF-8",
        ),
        (
            "x.json",
            b'{\n"a":1\n}',
            "x.json: holds a summary or settings (a), no samples; name the file in which these are",
        ),
        ("x.json", b'{\n"a":1', "x.json: not valid JSON (*EOF*); mend the file"),
        ("x.json", b'[{"a":1},{"a":', "x.json, after element 1: not valid JSON (*EOF*); mend the file"),
        (
            "x.json",
            b'[{"a":1},{"a":1}] x',
            "x.json, after element 2: not valid JSON (*garbage*); mend the file",
        ),
        ("x.json", b'[{"a":"\xe9"}]', "x.json, after element 0: not valid JSON (*UTF8*); mend the file"),
        ("x.json", b'[{"a":1},3]', "x.json, element 2: holds int '3', not an object with fields"),
        (
            "x.csv",
            b"a,b,a\n1,2,3\n",
            "x.csv, line 1: two columns have the same name; rename one of ['a', 'b', 'a']",
        ),
        (
            "x.csv",
            b'a,b\n1,"x\ny"\n3\n',
            "x.csv, line 4: 1 fields under a header of 2; "
            "put quotes around a value that holds the delimiter or a line break",
        ),
        ("x.csv", b'a,b\n1,"x"y\n', "x.csv, line 2: not valid CSV (*); mend the line"),
        ("x.csv", b'a,b\n1,"x\n', "x.csv, line 2: not valid CSV (*end of data); mend the line"),
        ("x.csv", b"a,b\n1,\xe9\n", "x.csv, near line *: not valid UTF-8; convert the file to UTF-8"),
        ("x.tsv", b"a\tb\n1\n", "x.tsv, line 2: 1 fields under a header of 2; *"),
        (
            "x.parquet",
            b"PAR1 or so",
            "x.parquet: not readable as a Parquet file (*); was it written to the end?",
        ),
        (
            "x.parquet",
            parquet(RECORDS)[:-10],
            "x.parquet: not readable as a Parquet file (*); was it written to the end?",
        ),
        (
            "x.arrow",
            arrow_file(RECORDS)[:-10],
            "x.arrow: not readable as an Arrow file (*); was it written to the end?",
        ),
        (
            "x.arrow",
            arrow_stream(RECORDS)[:-20],
            "x.arrow: not readable as an Arrow file (*); was it written to the end?",
        ),
        (
            "x.feather",
            b"FEA1 of long ago",
            "x.feather: not readable as an Arrow file (*); was it written to the end?",
        ),
        ("x.jsonl.gz", LINES, "x.jsonl.gz: not readable as gzip data (*); was it written to the end?"),
        ("x.jsonl.zst", LINES, "x.jsonl.zst: not readable as zstd data (*); was it written to the end?"),
        ("x.csv.bz2", LINES, "x.csv.bz2: not readable as bz2 data (*); was it written to the end?"),
    ],
)
def test_messages(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    """What is wrong with a file is one line that names the file, the place and the next step."""
    path = written(tmp_path, name, data)
    with pytest.raises(SourceError) as raised:
        read(path)
    said = str(raised.value).removeprefix(f"{tmp_path}/")
    assert "\n" not in said
    assert matches(said, message), said


def matches(said: str, pattern: str) -> bool:
    """Whether the message is the pattern, where * stands for what a library says."""
    return re.fullmatch(".+".join(map(re.escape, pattern.split("*"))), said) is not None


@pytest.mark.parametrize("codec", COMPRESSORS)
@pytest.mark.parametrize("extension", TEXT_FORMATS)
def test_truncated(extension: str, codec: str, tmp_path: Path) -> None:
    """A compressed file that was cut off is an error, not a shorter file."""
    write, records = WRITERS[extension]
    whole = COMPRESSORS[codec](write(records * 100))
    path = written(tmp_path, f"x{extension}{codec}", whole[:-6])
    with pytest.raises(SourceError, match=r"not readable as \w+ data \(Truncated compressed stream\)"):
        read(path)


@pytest.mark.parametrize(
    "name", ["x.txt", "x", "x.gz", "x.parquet.gz", "x.arrow.zst", "x.jsonl.xz", ".jsonl"]
)
def test_unknown_extension(name: str) -> None:
    """A name that no reader knows is refused with all names that are known."""
    with pytest.raises(SourceError, match="unknown extension") as raised:
        reader_for(Path(name))
    assert all(extension in str(raised.value) for extension in READERS)


def test_no_permission(tmp_path: Path) -> None:
    """A file that may not be read says so."""
    path = written(tmp_path, "x.jsonl", LINES)
    path.chmod(0)
    try:
        path.open("rb").close()
    except PermissionError:
        with pytest.raises(SourceError, match=r"x\.jsonl: may not be read; check its permissions"):
            read(path)
    else:
        pytest.skip("this user may read everything")


@pytest.mark.parametrize("extension", BINARY_FORMATS)
def test_column_names_twice(extension: str, tmp_path: Path) -> None:
    """A file with two columns of one name is refused, as such a CSV file is."""
    table = pa.table([pa.array(["1"]), pa.array(["2"])], names=["a", "a"])
    path = tmp_path / f"x{extension}"
    if extension == ".parquet":
        pq.write_table(table, path)
    else:
        with (pa.ipc.new_file if extension == ".feather" else pa.ipc.new_stream)(
            path, table.schema
        ) as writer:
            writer.write_table(table)
    with pytest.raises(SourceError, match="two columns have the same name"):
        read(path)


@pytest.mark.parametrize("write", [arrow_file, arrow_stream, feather])
@pytest.mark.parametrize("extension", [".arrow", ".feather"])
def test_arrow(extension: str, write: Callable[[Records], bytes], tmp_path: Path) -> None:
    """Which of Arrow's formats it is, is seen in the file, whatever its name."""
    records = [{"a": str(n), "b": [n, None], "c": {"d": n}} for n in range(300)]
    path = written(tmp_path, f"x{extension}", write(records))
    assert read(path) == records
    positions = [position for _, position in reader_for(path)(path)]
    assert positions == sorted(positions)
    assert 0 < positions[0] <= positions[-1] <= path.stat().st_size


def test_only_some_columns(tmp_path: Path) -> None:
    """Of a Parquet file what is not asked for is not read: neither its bytes nor whether they are sound."""
    path = tmp_path / "x.parquet"
    table = pa.table({"a": ["1", "2"], "tokens": [["x" * 100], ["y" * 100]], "b.c": [{"d": 1}, {"d": 2}]})
    pq.write_table(table, path, compression="none", use_dictionary=False)
    path.write_bytes(path.read_bytes().replace(b"x" * 100, b"\xff" * 100))
    [(rows, position)] = read_parquet(path, ["b.c", "a"])
    assert rows.records([0, 1]) == [{"a": "1", "b.c": {"d": 1}}, {"a": "2", "b.c": {"d": 2}}]
    assert position == path.stat().st_size


def test_deep_array(tmp_path: Path) -> None:
    """An element of hostile depth is an error of the file, as it is in JSON lines, not of ours."""
    path = written(tmp_path, "x.json", b'[{"a":1},{"a":' + b"[" * 3000 + b"]" * 3000 + b"}]")
    with pytest.raises(SourceError, match=r"x\.json.*an element is nested more than"):
        read(path)


@pytest.mark.parametrize("name", ["x.jsonl", "x.json.gz", "x.csv"])
def test_good_rows_before_a_bad_one(name: str, tmp_path: Path) -> None:
    """What came before the broken place is handed on before the error."""
    good = CHUNK_ROWS + 10
    data = {
        "x.jsonl": b'{"a":1}\n' * good + b"bad\n",
        "x.json.gz": gzip.compress(b"[" + b'{"a":1},' * good + b"bad"),
        "x.csv": b"a\n" + b"1\n" * good + b"1,2\n",
    }[name]
    path = written(tmp_path, name, data)
    seen = 0
    with pytest.raises(SourceError):
        for rows, _ in reader_for(path)(path):
            seen += len(rows)
    assert seen == good


@pytest.mark.parametrize("extension", FORMATS)
def test_chunks(extension: str, tmp_path: Path) -> None:
    """Rows come in chunks; the position behind them never falls and ends at the file's size."""
    write, _ = WRITERS[extension]
    records = [{"a": str(n)} for n in range(2 * CHUNK_ROWS + 5)]
    path = written(tmp_path, f"x{extension}", write(records))
    chunks = [(len(rows), position) for rows, position in reader_for(path)(path)]
    assert [length for length, _ in chunks] == [CHUNK_ROWS, CHUNK_ROWS, 5]
    positions = [position for _, position in chunks]
    assert positions == sorted(positions)
    assert 0 < positions[0] <= positions[-1]
    assert path.stat().st_size - positions[-1] <= 8  # an Arrow stream's end mark, which nobody needs
    assert read(path) == records


@pytest.mark.parametrize("extension", [".parquet", ".arrow", ".jsonl"])
def test_wide_rows(extension: str, tmp_path: Path) -> None:
    """Rows of megabytes come in chunks of few, so that memory stays bounded."""
    write, _ = WRITERS[extension]
    records = [{"a": f"{n}" * (CHUNK_BYTES // 4)} for n in range(1, 8)]
    path = written(tmp_path, f"x{extension}", write(records))
    lengths = [len(rows) for rows, _ in reader_for(path)(path)]
    assert sum(lengths) == 7
    assert max(lengths) <= 4


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a/x.parquet", "x"),
        ("x.jsonl.gz", "x"),
        ("x.JSON.ZST", "x"),
        ("x.v2.csv", "x.v2"),
        ("x.audited.parquet", "x.audited"),
    ],
)
def test_stem(name: str, stem: str) -> None:
    """An output is named after its input, without the extensions that a reader knows."""
    assert file_stem(Path(name)) == stem


READ_STDIN = """
from tinyv_cli.sources.files import read_stdin
for rows, position in read_stdin():
    print(rows.records(range(len(rows))), flush=True)
"""


def test_standard_input() -> None:
    """Lines on standard input are handed on when no more is waiting, before the input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", READ_STDIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for line in ('{"a": 1}\n{"a": 2}\n', '{"a": 3}\n'):
            reader.stdin.write(line)
            reader.stdin.flush()
            expected = [json.loads(part) for part in line.splitlines()]
            assert reader.stdout.readline() == f"{expected}\n"
        reader.stdin.write('{"a": 4}')
        reader.stdin.close()
        assert reader.stdout.read() == "[{'a': 4}]\n"
    assert reader.returncode == 0


def test_broken_standard_input() -> None:
    """A broken line on standard input is named by its number."""
    done = subprocess.run(
        [sys.executable, "-c", READ_STDIN],
        input='{"a": 1}\nbad\n',
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[{'a': 1}]\n"
    assert "SourceError: standard input, line 2: not valid JSON" in done.stderr
