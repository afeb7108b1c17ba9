"""Corrected rows as the folder that they were read from: the same files by name, each in its own format."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import groupby
from pathlib import Path, PurePath
from typing import BinaryIO

import pyarrow as pa

from tinyv_cli.errors import UsageError
from tinyv_cli.exports.writing import (
    Tally,
    Write,
    opened_stream,
    write_arrow,
    write_csv,
    write_json_array,
    write_json_lines,
    write_parquet,
    write_tsv,
)
from tinyv_cli.sources.files import CODECS
from tinyv_cli.sources.urls import is_url
from tinyv_cli.words import HUB, ExportAs

WRITERS: dict[str, Write] = {
    ".jsonl": write_json_lines,
    ".ndjson": write_json_lines,
    ".json": write_json_array,
    ".parquet": write_parquet,
    ".arrow": write_arrow,
    ".feather": write_arrow,
    ".csv": write_csv,
    ".tsv": write_tsv,
}


def write_folder(
    tables: Iterator[tuple[str | None, pa.Table]],
    folder: Path,
    sources: Sequence[str],
    *,
    tally: Tally,
    overwrite: bool,
    check: Callable[[Path], None],
) -> None:
    """Write the rows of each file under its name.

    `sources` are all files that were read: what their folders have in common is left out of the names.
    `check` may refuse a place. Each file appears when it is whole. Raises UsageError for what has no file, or
    one in a format that is not written.
    """
    names = _names(sources)
    for place in names.values():
        check(folder / place)
        _writer(place)
    for file, parts in groupby(tables, key=lambda each: each[0]):
        if (name := names.get(file or "")) is None:
            raise UsageError(
                f"{folder}: an earlier tinyv did not note in which file a row stands; audit again"
            )
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with opened_stream(folder / name, overwrite=overwrite) as stream, _coded(name, stream) as coded:
            _writer(name)(tally.counting(table for _, table in parts), coded)


def _names(sources: Sequence[str]) -> dict[str, PurePath]:
    """What each source is called below what all have in common."""
    for source in sources:
        if source.startswith(HUB) or is_url(source) or not PurePath(source).suffix:
            raise UsageError(
                f"{source}: is no file whose name could be given to the corrected rows; name one file with -o"
            )
    if len(set(sources)) < len(sources):
        raise UsageError(
            "two inputs have the same name, which only one file can have; export them one by one"
        )
    paths = {source: Path(source).resolve() for source in sources}
    common = os.path.commonpath([path.parent for path in paths.values()])
    return {source: path.relative_to(common) for source, path in paths.items()}


def _writer(name: PurePath) -> Write:
    inner = name.with_suffix("") if name.suffix.lower() in CODECS else name
    writer = WRITERS.get(inner.suffix.lower())
    if writer is None:
        raise UsageError(
            f"{name}: {inner.suffix} is not written; name a .jsonl or .parquet file with -o, or for a log of "
            f"Inspect take --as {ExportAs.PRECOMPUTED}"
        )
    return writer


def _coded(name: PurePath, stream: BinaryIO) -> "AbstractContextManager[BinaryIO]":
    """The stream that compresses as the file was compressed."""
    codec = CODECS.get(name.suffix.lower())
    return nullcontext(stream) if codec is None else _compressed(stream, codec)


@contextmanager
def _compressed(stream: BinaryIO, codec: str) -> Iterator[BinaryIO]:
    with pa.CompressedOutputStream(stream, codec) as compressed:
        yield compressed
