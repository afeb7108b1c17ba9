"""From what the user names to windows of examples: files, folders, URLs, hub datasets, standard input."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from tinyv_cli.errors import NoSamplesError, SourceError
from tinyv_cli.sources.explode import Origin, Window, explode
from tinyv_cli.sources.files import (
    READERS,
    check_file,
    ends_unfinished,
    file_errors,
    file_stem,
    read_json_lines,
    read_parquet,
    read_stdin,
    reader_for,
    rows_in_groups,
    step_in,
)
from tinyv_cli.sources.hub import dataset_name, read_hub, read_saved
from tinyv_cli.sources.mapping import Mapping, Overrides, choose_mapping, kept_columns, needed_columns, within
from tinyv_cli.sources.reshape import reshape_for
from tinyv_cli.sources.rows import Rows, values_at
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
    """Something to read rows from. `size` in bytes, None where it cannot be known and rows come only once.

    `read_only` reads no other columns than these (None: all), and of no other groups of rows; None where
    nothing would be spared by that. `groups` says how many rows each of these groups has. `in_folder`: it
    was found there, and may hold something else than samples. `notes` are what the user should know of it.
    `path` is the file or folder, if it is one of this machine, and `name` what is told and kept of it.
    """

    name: str
    stem: str
    size: int | None
    read: Callable[[], Chunks]
    read_only: Callable[..., Chunks] | None = None
    groups: Callable[[], list[int]] | None = None
    in_folder: bool = False
    notes: tuple[str, ...] = ()
    path: Path | None = None


def open_sources(specs: Sequence[str]) -> list[Source]:
    """Everything that is named, each file once however often it is meant. Raises SourceError."""
    sources: dict[str, Source] = {}
    for spec in specs:
        with file_errors(Path(spec), "data"):
            for key, source in _opened(spec).items():
                sources.setdefault(key, source)
    return list(sources.values())


def _opened(spec: str) -> dict[str, Source]:
    """What is meant by a name, by what the names of one file have in common."""
    folder = Path(spec).resolve().name if Path(spec).is_dir() else None
    names = expanded(spec) if _is_file_name(spec) else [spec]
    found = {_identity(name): open_source(name) for name in names}
    if folder is None:
        return found
    # the output is named after it
    return {
        key: replace(source, stem=shown(folder), in_folder=names != [spec]) for key, source in found.items()
    }


def shown(name: str) -> str:
    """A file's name as text: what is no UTF-8 in it, which no file of ours can hold, as an escape."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


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
    read = partial(read_url, reader, path)
    if reader is not read_parquet:
        return Source(without_secrets(url), file_stem(path), size, read)
    only, groups = partial(_only_from_url, path), partial(_groups_at_url, path)
    return Source(without_secrets(url), file_stem(path), size, read, only, groups)


def _only_from_url(
    path: Path, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
) -> Chunks:
    return read_url(partial(read_parquet, columns=columns, groups=groups), path)


def _groups_at_url(path: Path) -> list[int]:
    with url_errors(str(path)):
        return rows_in_groups(path)


def _open_file(name: str) -> Source:
    path = Path(name)
    if is_saved_dataset(path):
        return Source(shown(name), shown(path.name), None, partial(read_saved, path), path=path)
    check_file(path)
    reader = reader_for(path)
    size = path.stat().st_size
    if size == 0:
        raise SourceError(f"{name}: the file is empty (0 bytes); there is nothing to audit")
    cut = reader is read_json_lines and path.suffix in READERS and ends_unfinished(path)
    notes = ("its last line is unfinished and left out; is it still being written?",) if cut else ()
    stem = shown(file_stem(path))
    source = Source(shown(name), stem, size, partial(reader, path), notes=notes, path=path)
    if reader is not read_parquet:
        return source
    return replace(source, read_only=partial(read_parquet, path), groups=partial(rows_in_groups, path))


@dataclass(frozen=True, slots=True)
class Begun:
    """A source whose first rows are known: its mapping, the columns to keep (None: all), and all its rows.

    `recorded` are the values of the first rows where verdicts may be recorded. `groups` are those groups of
    rows that can be read by themselves, by how many rows each has, and `of_groups` reads some of them. Of
    what `is_cut` the chunks are only some of the rows.
    """

    source: Source
    mapping: Mapping
    kept: tuple[str, ...] | None
    chunks: Callable[[], Chunks]
    recorded: dict[str, list[Any]]
    groups: Callable[[], list[int]] | None = None
    of_groups: Callable[[Sequence[int]], Chunks] | None = None
    is_cut: bool = False

    def reading(self, field: str) -> "Begun":
        """The same, of which the verdicts at this field are read, if it has them."""
        there = (field,) if field in self.recorded else ()
        recorded = tuple(dict.fromkeys((*self.mapping.recorded, *there)))
        return replace(self, mapping=replace(self.mapping, recorded=recorded))


def begin(
    sources: list[Source],
    overrides: Overrides,
    *,
    responses: bool | None = True,
    select: Sequence[str] | None = None,
    also: Sequence[str] = (),
    anew: bool = False,
) -> list[Begun]:
    """The sources with their fields chosen by their first rows, before any row is handed on.

    Without `responses` none is read, nor needed: each row is one example whose response is None; None: they
    are read where there are any. With `select` only these columns reach the output, and those that
    `overrides` names for the summary; `also` are read besides. `anew`: all rows are read from the start, in
    whatever process, and nothing is held open for that.
    Raises SourceError when a source cannot be read or has no rows; of a folder, files without samples are
    passed over as long as others have some.
    """
    choose = partial(_begun, overrides=overrides, responses=responses, select=select, also=also)
    if anew:
        return _all_begun(sources, partial(choose, holds=lambda _: False))
    return _all_begun(sources, partial(choose, holds=lambda source: len(sources) == 1 or source.size is None))


def read_windows(
    sources: list[Source], overrides: Overrides, *, on_mapping: Callable[[str, Mapping], None], **options: Any
) -> Iterator[Window]:
    """The examples of all sources, as `begin` and `windows_of` read them.

    `on_mapping` is told which fields were chosen, once for each source.
    """
    read = begin(sources, overrides, **options)
    for begun in read:
        on_mapping(begun.source.name, begun.mapping)
    yield from windows_of(read)


def windows_of(read: Sequence[Begun], *, first_row: int = 0, line: int = 1) -> Iterator[Window]:
    """The examples of all sources, window by window, each row with a number of its own.

    The first source may begin with another line than its first, and with the number of another row.
    """
    sizes = [begun.source.size for begun in read]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    before = 0
    for begun in read:
        source = begun.source
        for rows, position in begun.chunks():
            fraction = (before + position) / total if total else None
            origin = Origin(source.name, step_in(source.name), line)
            window = explode(rows, begun.mapping, first_row=first_row, origin=origin, fraction=fraction)
            first_row += len(rows)
            line += len(rows)
            if window.examples:  # all of its rows may repeat others
                yield replace(window, select=begun.kept)
        before, line = before + (source.size or 0), 1


def _all_begun(sources: Sequence[Source], begin: Callable[[Source], Begun]) -> list[Begun]:
    """All sources that hold samples; the first is told which do not."""
    begun, passed = list[Begun](), dict[str, NoSamplesError]()
    for source in sources:
        try:
            begun.append(begin(source))
        except NoSamplesError as error:
            if not source.in_folder:
                raise
            passed[source.name] = error
    if not begun:
        raise next(iter(passed.values()))
    if passed:
        note = f"passed over, as there are no samples in it: {', '.join(passed)}"
        first = begun[0]
        begun[0] = replace(first, mapping=replace(first.mapping, notes=(*first.mapping.notes, note)))
    return begun


def _begun(
    source: Source,
    *,
    overrides: Overrides,
    responses: bool | None,
    select: Sequence[str] | None,
    also: Sequence[str],
    holds: Callable[[Source], bool],
) -> Begun:
    """The source with its first rows looked at, which stay in memory only where `holds` says so."""
    chunks, first = _first_of(source, source.read())
    made_of_others = reshape_for(first[0])
    reshape = made_of_others or iter
    chunks, first = _first_of(source, reshape(chunks))
    rows, _ = first
    mapping = choose_mapping(rows, overrides, source=source.name, responses=responses)
    mapping = replace(mapping, notes=(*mapping.notes, *source.notes))
    recorded = _recorded(rows, mapping)
    kept = None if select is None else kept_columns(rows, select, overrides, source=source.name)
    needed, read_only = None, source.read_only
    if kept is not None:
        mapping = within(kept, mapping, rows)
        needed = needed_columns([*kept, *also], mapping, rows)
    begun = Begun(source, mapping, kept, lambda: reshape(source.read()), recorded)
    if read_only is not None:
        if made_of_others is None:
            begun = replace(
                begun, groups=source.groups, of_groups=lambda groups: read_only(needed, groups=groups)
            )
        if needed is not None:
            return replace(begun, chunks=lambda: reshape(read_only(needed)))
    return replace(begun, chunks=lambda: chunks) if holds(source) else begun


def _recorded(rows: Rows, mapping: Mapping) -> dict[str, list[Any]]:
    """What stands at each field that may hold verdicts; of a list of rollouts, one for each."""

    def spread(value: Any) -> list[Any]:
        return value if isinstance(value, list) else [value]

    return {
        path: [each for value in values_at(path, rows) for each in spread(value)] for path in mapping.verdicts
    }


def _first_of(source: Source, chunks: Chunks) -> tuple[Chunks, tuple[Rows, int]]:
    """All the chunks, and the first of them. Raises NoSamplesError where there is none."""
    first = next(chunks, None)
    if first is None:
        raise NoSamplesError(f"{source.name}: it has no rows; there is nothing to audit")
    return chain([first], chunks), first


def begun(windows: Iterator[Window]) -> Iterator[Window]:
    """The same windows with the first already read, so that what is wrong with it is raised here."""
    first = next(windows)
    return chain([first], windows)
