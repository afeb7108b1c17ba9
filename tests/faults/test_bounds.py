"""What is too large, or cannot be, ends with one line before it fills the memory or ends the process."""

import gzip
import json
import struct
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv
from tests.faulty import Faulty, Reply, completion, served
from tinyv_cli.errors import ModelError, SourceError
from tinyv_cli.models.header import MOST_LAYERS, read_header
from tinyv_cli.sources import files
from tinyv_cli.sources.files import reader_for

PLAIN = ("--rule", "exact", "--model", "none", "--proofs", "off")
MEGABYTE = 1 << 20


def _row(size: int) -> dict[str, str]:
    return {"question": "1 + 1", "gold": "2", "response": "2" * size}


WRITERS: dict[str, Callable[[Sequence[dict[str, str]]], str]] = {
    "rows.jsonl": lambda rows: "\n".join(map(json.dumps, rows)),
    "rows.json": json.dumps,
    "document.json": lambda rows: json.dumps({"samples": rows}),
    "rows.csv": lambda rows: "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", WRITERS)
def test_a_row_that_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, packed: bool
) -> None:
    """Many rows that have room one by one are read; one that has none ends that, however it is packed."""
    monkeypatch.setattr(files, "MAX_ROW_BYTES", 4 * MEGABYTE)

    def read(*sizes: int) -> int:
        content = WRITERS[name]([_row(size) for size in sizes]).encode()
        path = tmp_path / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content, 1) if packed else content)
        return sum(len(rows) for rows, _ in reader_for(path)(path))

    assert read(*[MEGABYTE] * 7) == 7
    with pytest.raises(SourceError, match="a row in it is longer than 4 MB, unpacked"):
        read(10, 6 * MEGABYTE)


def test_a_line_without_an_end_on_standard_input(tinyv: Tinyv, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends as a file does."""
    monkeypatch.setattr(files, "MAX_ROW_BYTES", MEGABYTE)
    done = tinyv("audit", "-", *PLAIN, "-o", "out.parquet", stdin=json.dumps(_row(2 * MEGABYTE)))
    assert (done.returncode, "standard input: a row in it is longer than 1 MB" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("body", "encoding", "expected"),
    [
        (gzip.compress(json.dumps(completion()).encode()), "gzip", "correct"),
        (gzip.compress(b" " * (64 * MEGABYTE) + json.dumps(completion()).encode()), "gzip", "undecided"),
        (gzip.compress(json.dumps(completion()).encode())[:-20], "gzip", "undecided"),
        (b"no gzip", "gzip", "undecided"),
        (b"{}", "unheard-of", "undecided"),
    ],
)
def test_replies_are_counted_while_they_are_unpacked(
    tinyv: Tinyv, body: bytes, encoding: str, expected: str
) -> None:
    """One that grows beyond its bound, or cannot be unpacked, is no reply."""
    packed = Reply(body, headers={"Content-Encoding": encoding})
    faulty = Faulty(chat=lambda question: packed if question.number else Reply(completion()))
    with served(faulty):
        done = tinyv(
            *("check", "-q", "1 + 1", "-g", "2", "3 - 1", "--rule", "exact", "--proofs", "off", "--no-cache"),
            *("--model", f"{faulty.url}#small", "--json"),
        )
    assert json.loads(done.stdout)["verdict"] == expected


def test_ten_thousand_columns(tinyv: Tinyv, tmp_path: Path) -> None:
    """What is done for a column does not grow with the number of columns: that took minutes."""
    wide = {f"c{i}": [1, 2, 3] for i in range(10_000)}
    rows = {name: [value] * 3 for name, value in _row(1).items()}
    pq.write_table(pa.table(rows | wide), tmp_path / "wide.parquet")
    begun = time.process_time()
    done = tinyv("audit", "wide.parquet", *PLAIN, "-o", "out.parquet", "--quiet")
    assert (done.returncode, time.process_time() - begun < 10) == (0, True), done.stderr
    assert pq.read_schema(tmp_path / "out.parquet").names[:10_003] == [*rows, *wide]


TYPES: list[tuple[pa.Array, Any]] = [
    (pa.UnionArray.from_dense(pa.array([0], pa.int8()), pa.array([0], pa.int32()), [pa.array([7])]), "7"),
    (pa.array([(1, 2, 3)], pa.month_day_nano_interval()), "[1, 2, 3]"),
    (pa.RunEndEncodedArray.from_arrays(pa.array([1], pa.int32()), pa.array([7])), "7"),
    (pa.array([{"x": (1, 2, 3)}], pa.struct([("x", pa.month_day_nano_interval())])), '{"x": [1, 2, 3]}'),
    (pa.array([{}], pa.struct([])), "{}"),
    (pa.array([1.5], pa.float16()), 1.5),
]


@pytest.mark.parametrize(("column", "expected"), TYPES, ids=lambda value: str(getattr(value, "type", value)))
def test_types_that_parquet_lacks(tinyv: Tinyv, tmp_path: Path, column: pa.Array, expected: Any) -> None:
    """Their values are kept as JSON text; what Parquet has stays as it is."""
    table = pa.table({name: [value] for name, value in _row(1).items()}).append_column("x", column)
    with pa.ipc.new_file(tmp_path / "rows.arrow", table.schema) as writer:
        writer.write_table(table)
    fields = [word for name in _row(1) for word in (f"--{name}", name)]
    done = tinyv("audit", "rows.arrow", *fields, *PLAIN, "-o", "out.parquet", "--quiet")
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "out.parquet")["x"].to_pylist() == [expected]


@pytest.mark.parametrize("layers", [0, MOST_LAYERS + 1, 2**31, 2**32 - 1])
def test_a_header_that_cannot_be(tmp_path: Path, base_gguf: Path, layers: int) -> None:
    """llama.cpp would end our process; so it is refused before it is loaded."""
    data, key = bytearray(base_gguf.read_bytes()), b"llama.block_count"
    value = data.index(key) + len(key) + 4  # behind the number of its type
    data[value : value + 4] = struct.pack("<I", layers)
    (tmp_path / "odd.gguf").write_bytes(data)
    with pytest.raises(ModelError, match=f"cannot be a model, of {layers} layers"):
        read_header(tmp_path / "odd.gguf")


def test_text_that_is_none_in_arrow(tinyv: Tinyv, tmp_path: Path) -> None:
    """Arrow reads damaged bytes as text; what is no UTF-8 is told of the file, in one line."""
    table = pa.table({"gold": ["1", "2"], "response": ["1", "WXYZ"]})
    with pa.OSFile(str(tmp_path / "d.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write(table)
    whole = (tmp_path / "d.arrow").read_bytes()
    (tmp_path / "d.arrow").write_bytes(whole.replace(b"WXYZ", b"\x90\xff\x91\x92"))
    done = tinyv("audit", "d.arrow", "--rule", "exact", "--model", "none")
    assert done.returncode == 2
    assert "not readable as an Arrow file" in done.stderr and "unexpected" not in done.stderr
