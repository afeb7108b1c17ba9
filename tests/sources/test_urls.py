"""Files behind URLs: the memory of this process, and a web server on loopback."""

import gzip
import json
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv
from tests.files_server import FilesHandler
from tinyv_cli.errors import SourceError
from tinyv_cli.sources import open_sources, read_windows
from tinyv_cli.sources.mapping import Overrides
from tinyv_cli.sources.urls import without_secrets

ROWS = [{"question": "q", "gold": "5", "response": str(n)} for n in range(3)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def parquet() -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), buffer)
    return buffer.getvalue()


def feather() -> bytes:
    buffer = BytesIO()
    with pa.ipc.new_file(buffer, (table := pa.Table.from_pylist(ROWS)).schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


FILES = {
    "rows.jsonl": LINES,
    "rows.jsonl.gz": gzip.compress(LINES),
    "rows.json": json.dumps(ROWS).encode(),
    "rows.csv": b"question,gold,response\n" + b"".join(b"q,5,%d\n" % n for n in range(3)),
    "rows.parquet": parquet(),
    "rows.feather": feather(),
}


def responses(*specs: str, select: tuple[str, ...] | None = None) -> list[str | None]:
    """What is read from these sources."""
    windows = read_windows(open_sources(specs), Overrides(), on_mapping=lambda *_: None, select=select)
    return [example.response for window in windows for example in window.examples]


@pytest.fixture
def memory() -> str:
    """A folder of this process's memory that holds the files."""
    folder = f"memory://{uuid4().hex}"
    for name, data in FILES.items():
        with fsspec.open(f"{folder}/{name}", "wb") as file:
            file.write(data)
    return folder


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A web server that has the files."""
    pytest.importorskip("aiohttp")
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    handler = partial(FilesHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", FILES)
def test_every_format(memory: str, name: str) -> None:
    """What can be read from a disk can be read from anywhere."""
    assert responses(f"{memory}/{name}") == ["0", "1", "2"]
    assert responses(f"{memory}/{name}", select=("gold",)) == ["0", "1", "2"]


@pytest.mark.parametrize("name", FILES)
def test_web(web: str, name: str) -> None:
    """A file of a web server, also where a query follows its name."""
    assert responses(f"{web}/{name}") == responses(f"{web}/{name}?download=true") == ["0", "1", "2"]


def test_folders_and_patterns(memory: str) -> None:
    """A folder stands for its data files, a pattern for what it matches."""
    names = [source.name for source in open_sources([memory])]
    assert names == [f"{memory}/{name}" for name in sorted(FILES)]
    assert [source.name for source in open_sources([f"{memory}/*.jsonl*"])] == [
        f"{memory}/rows.jsonl",
        f"{memory}/rows.jsonl.gz",
    ]


def test_size_and_stem(memory: str) -> None:
    """A file behind a URL has a size and gives the output its name, as any file."""
    [source] = open_sources([f"{memory}/rows.jsonl.gz"])
    assert (source.stem, source.size) == ("rows", len(FILES["rows.jsonl.gz"]))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{memory}/nosuch.jsonl", "nosuch.jsonl: no such file; check the URL"),
        ("{memory}/nosuch", "unknown extension"),
        ("{memory}/nosuch-*.jsonl", "no such file"),
        ("{memory}/bad.parquet", "bad.parquet: not readable as a Parquet file"),
        ("{memory}/bad.jsonl", "bad.jsonl, line 1: not valid JSON"),
        ("nosuch://a/rows.jsonl", "could not be read .*nosuch"),
        pytest.param(
            "s3://user:secret@bucket/rows.jsonl?signature=secret",
            "s3://bucket/rows.jsonl: needs a library that is not installed; pip install s3fs",
            marks=pytest.mark.skipif(find_spec("s3fs") is not None, reason="s3fs is installed"),
        ),
    ],
)
def test_not_to_be_had(memory: str, name: str, said: str) -> None:
    """One line that names the URL, without what is secret in it."""
    with (
        fsspec.open(f"{memory}/bad.parquet", "wb") as parquet,
        fsspec.open(f"{memory}/bad.jsonl", "wb") as lines,
    ):
        parquet.write(b"PAR1 or so")
        lines.write(b"bad\n")
    with pytest.raises(SourceError, match=said) as raised:
        responses(name.format(memory=memory))
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("path", ["nosuch.jsonl", "forbidden.jsonl", "broken.jsonl"])
def test_web_out_of_order(web: str, path: str) -> None:
    """What a web server refuses is one line."""
    with pytest.raises(SourceError, match=f"{path}: (no such file|could not be read)"):
        responses(f"{web}/{path}")


def test_no_web_server() -> None:
    """Nobody listens: that is one line too."""
    pytest.importorskip("aiohttp")
    with pytest.raises(SourceError, match=r"rows\.jsonl: (no such file|could not be read)"):
        responses("http://127.0.0.1:9/rows.jsonl")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:password@host:8/a/b.jsonl?X-Signature=1#part", "https://host:8/a/b.jsonl#part"),
        ("s3://bucket/a b.parquet", "s3://bucket/a b.parquet"),
    ],
)
def test_secrets(url: str, shown: str) -> None:
    """A name in the output's metadata shows no password and no signature."""
    assert without_secrets(url) == shown


def test_command_line(tinyv: Tinyv, web: str, tmp_path: Path) -> None:
    """An audit of a URL, end to end."""
    done: Any = tinyv("audit", f"{web}/rows.parquet?key=secret", "--rule", "exact", "--model", "none")
    assert done.returncode == 0, done.stderr
    metadata = pq.read_metadata(tmp_path / "rows.audited.parquet").metadata[b"tinyv"]
    assert json.loads(metadata)["sources"][0]["name"] == f"{web}/rows.parquet"
