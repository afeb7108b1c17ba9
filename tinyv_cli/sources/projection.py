"""Which columns travel on: all, or those that the user selects and those that are needed on the way."""

from collections.abc import Sequence
from dataclasses import replace

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.mapping import Mapping, Overrides
from tinyv_cli.sources.rows import Rows, field_path, path_parts


def kept_columns(rows: Rows, select: Sequence[str], overrides: Overrides, *, source: str) -> tuple[str, ...]:
    """The selected columns, and those that the user names for the summary, which reads them from the output.

    Raises SourceError for a column that is not there.
    """
    for name in select:
        if name not in rows.columns:
            raise SourceError(f"{source}: no column '{name}' for --select; it has {', '.join(rows.columns)}")
    named = [field_path(path, rows)[0] for path in (overrides.label, overrides.by) if path]
    return tuple(dict.fromkeys([*select, *named]))


def within(kept: Sequence[str], mapping: Mapping, rows: Rows) -> Mapping:
    """The mapping without a label, a group or lists that the output will not have."""

    def seen(path: str | None) -> str | None:
        return path if path and field_path(path, rows)[0] in kept else None

    paired = tuple(name for name in mapping.paired if name in kept)
    return replace(mapping, label=seen(mapping.label), by=seen(mapping.by), paired=paired)


def needed_columns(kept: Sequence[str], mapping: Mapping, rows: Rows) -> list[str]:
    """What has to be read: the columns that are kept, and those in which the mapped fields stand."""
    once = mapping.once[0] if mapping.once else None
    fields = (mapping.question, mapping.gold, mapping.gold_index, mapping.response, mapping.label, mapping.by)
    paths = [path for path in (*fields, once, *mapping.recorded, *mapping.paired) if path]
    parts = [part for path in paths for part in path_parts(path, rows)]
    needed = {*kept, *(field_path(part, rows)[0] for part in parts)}
    return [column for column in rows.columns if column in needed]
