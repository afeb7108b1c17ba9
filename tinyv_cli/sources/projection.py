"""Which columns travel on: all, or those that the user selects and those that are needed on the way."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.mapping import Mapping, Overrides, field_path
from tinyv_cli.sources.rows import Rows


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
    """The mapping without a label or group that the output will not have."""

    def seen(path: str | None) -> str | None:
        return path if path and field_path(path, rows)[0] in kept else None

    return replace(mapping, label=seen(mapping.label), by=seen(mapping.by))


def needed_columns(kept: Sequence[str], mapping: Mapping, rows: Rows) -> list[str]:
    """What has to be read: the columns that are kept, and those that the mapping names."""
    named = [path for value in asdict(mapping).values() for path in _paths(value)]
    needed = {*kept, *(field_path(path, rows)[0] for path in named)}
    return [column for column in rows.columns if column in needed]


def _paths(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or ()
