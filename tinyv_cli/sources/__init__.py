"""From what the user names to windows of examples: files, hub datasets, standard input."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.files import file_stem, read_stdin, reader_for
from tinyv_cli.sources.mapping import Mapping, Overrides, choose_mapping
from tinyv_cli.sources.rows import Rows

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read rows from. `size` in bytes, None where it cannot be known."""

    name: str
    stem: str
    size: int | None
    read: Callable[[], Iterator[tuple[Rows, int]]]


def open_source(spec: str) -> Source:
    """Check that the source is there and can be read. Raises SourceError."""
    if spec == STDIN:
        return Source("standard input", "stdin", None, read_stdin)
    if spec.startswith("hf:"):
        from tinyv_cli.sources.hub import read_hub

        stem = re.split("[:@]", spec.removeprefix("hf:").split("/")[-1])[0]
        return Source(spec, stem, None, lambda: read_hub(spec))
    path = Path(spec)
    if not path.exists():
        raise SourceError(f"{spec}: no such file; check the path (it is taken from {Path.cwd()})")
    if path.is_dir():
        from tinyv_cli.sources.hub import read_saved

        return Source(spec, path.name, None, lambda: read_saved(path))
    reader = reader_for(path)
    size = path.stat().st_size
    if size == 0:
        raise SourceError(f"{spec}: the file is empty (0 bytes); there is nothing to audit")
    return Source(spec, file_stem(path), size, lambda: reader(path))


def read_windows(
    sources: list[Source],
    overrides: Overrides,
    *,
    on_mapping: Callable[[str, Mapping], None],
    responses: bool = True,
) -> Iterator[Window]:
    """The examples of all sources, window by window, each row with a number of its own.

    `on_mapping` is told which fields were chosen, once for each source. Without `responses` none is read,
    nor needed: each row is one example whose response is None.
    Raises SourceError when a source cannot be read or has no rows.
    """
    first_row, before = 0, 0
    sizes = [source.size for source in sources]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    for source in sources:
        mapping = None
        for rows, position in source.read():
            if mapping is None:
                mapping = choose_mapping(rows, overrides, source=source.name, responses=responses)
                on_mapping(source.name, mapping)
            fraction = (before + position) / total if total else None
            window = explode(rows, mapping, first_row=first_row, fraction=fraction)
            first_row += len(rows)
            if window.examples:  # all of its rows may repeat others
                yield window
        if mapping is None:
            raise SourceError(f"{source.name}: it has no rows; there is nothing to audit")
        before += source.size or 0


def begun(windows: Iterator[Window]) -> Iterator[Window]:
    """The same windows with the first already read, so that what is wrong with it is raised here."""
    first = next(windows)
    return chain([first], windows)
