"""From what the user names to windows of examples: files, folders, URLs, hub datasets, standard input."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.files import file_stem, read_parquet, read_stdin, reader_for
from tinyv_cli.sources.hub import dataset_name, read_hub, read_saved
from tinyv_cli.sources.mapping import Mapping, Overrides, choose_mapping, kept_columns, needed_columns, within
from tinyv_cli.sources.rows import Rows
from tinyv_cli.sources.urls import (
    expanded,
    is_saved_dataset,
    is_url,
    read_url,
    url_errors,
    url_path,
    without_secrets,
)
from tinyv_cli.words import HUB

STDIN = "-"

Chunks = Iterator[tuple[Rows, int]]


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read rows from. `size` in bytes, None where it cannot be known.

    `read_only` reads no other columns than these; None where nothing would be spared by that.
    """

    name: str
    stem: str
    size: int | None
    read: Callable[[], Chunks]
    read_only: Callable[[Sequence[str]], Chunks] | None = None


def open_sources(specs: Sequence[str]) -> list[Source]:
    """Everything that is named, each file once however often it is meant. Raises SourceError."""
    sources: dict[str, Source] = {}
    for spec in specs:
        folder = Path(spec).resolve().name if Path(spec).is_dir() else None
        for name in expanded(spec) if _is_file_name(spec) else [spec]:
            source = open_source(name)
            if folder is not None:  # the output is named after it
                source = replace(source, stem=folder)
            sources.setdefault(_identity(name), source)
    return list(sources.values())


def _is_file_name(spec: str) -> bool:
    return spec != STDIN and not spec.startswith(HUB)


def _identity(name: str) -> str:
    """What two names of one file have in common."""
    return os.path.realpath(name) if Path(name).exists() else name


def open_source(spec: str) -> Source:
    """Check that the source is there and can be read. Raises SourceError."""
    if spec == STDIN:
        return Source("standard input", "stdin", None, read_stdin)
    if spec.startswith(HUB):
        return Source(spec, dataset_name(spec), None, partial(read_hub, spec))
    if is_url(spec):
        return _open_url(spec)
    return _open_file(spec)


def _open_url(url: str) -> Source:
    path = url_path(url)
    reader = reader_for(path)
    with url_errors(url):
        size = path.stat().st_size or None  # not every server tells
    only = partial(_only_from_url, path) if reader is read_parquet else None
    return Source(without_secrets(url), file_stem(path), size, partial(read_url, reader, path), only)


def _only_from_url(path: Path, columns: Sequence[str]) -> Chunks:
    return read_url(partial(read_parquet, columns=columns), path)


def _open_file(name: str) -> Source:
    path = Path(name)
    if not path.exists():
        raise SourceError(f"{name}: no such file; check the path (it is taken from {Path.cwd()})")
    if is_saved_dataset(path):
        return Source(name, path.name, None, partial(read_saved, path))
    reader = reader_for(path)
    size = path.stat().st_size
    if size == 0:
        raise SourceError(f"{name}: the file is empty (0 bytes); there is nothing to audit")
    only = partial(read_parquet, path) if reader is read_parquet else None
    return Source(name, file_stem(path), size, partial(reader, path), only)


def read_windows(
    sources: list[Source],
    overrides: Overrides,
    *,
    on_mapping: Callable[[str, Mapping], None],
    responses: bool | None = True,
    select: Sequence[str] | None = None,
    also: Sequence[str] = (),
) -> Iterator[Window]:
    """The examples of all sources, window by window, each row with a number of its own.

    `on_mapping` is told which fields were chosen, once for each source. Without `responses` none is read,
    nor needed: each row is one example whose response is None; None: they are read where there are any.
    With `select` only these columns reach the output, and those that `overrides` names for the summary;
    `also` are read besides.
    Raises SourceError when a source cannot be read or has no rows.
    """
    first_row, before = 0, 0
    sizes = [source.size for source in sources]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    for source in sources:
        mapping, kept, chunks = _begun_source(
            source, overrides, responses=responses, select=select, also=also
        )
        on_mapping(source.name, mapping)
        for rows, position in chunks:
            fraction = (before + position) / total if total else None
            window = replace(explode(rows, mapping, first_row=first_row, fraction=fraction), select=kept)
            first_row += len(rows)
            if window.examples:  # all of its rows may repeat others
                yield window
        before += source.size or 0


def _begun_source(
    source: Source,
    overrides: Overrides,
    *,
    responses: bool | None,
    select: Sequence[str] | None,
    also: Sequence[str],
) -> tuple[Mapping, tuple[str, ...] | None, Chunks]:
    """Its mapping, found in the first rows; the columns to keep, None for all; and all rows."""
    chunks = source.read()
    first = next(chunks, None)
    if first is None:
        raise SourceError(f"{source.name}: it has no rows; there is nothing to audit")
    rows, _ = first
    mapping = choose_mapping(rows, overrides, source=source.name, responses=responses)
    if select is None:
        return mapping, None, chain([first], chunks)
    kept = kept_columns(rows, select, overrides, source=source.name)
    mapping = within(kept, mapping, rows)
    if source.read_only is None:
        return mapping, kept, chain([first], chunks)
    return mapping, kept, source.read_only(needed_columns([*kept, *also], mapping, rows))


def begun(windows: Iterator[Window]) -> Iterator[Window]:
    """The same windows with the first already read, so that what is wrong with it is raised here."""
    first = next(windows)
    return chain([first], windows)
