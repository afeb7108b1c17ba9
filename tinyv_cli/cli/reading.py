"""What the commands that read rows have in common: they say what they read, and never write over it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.sources.mapping import Mapping


def announced(
    mappings: "dict[str, Mapping]", *, quiet: bool, without_question: str
) -> "Callable[[str, Mapping], None]":
    """Remember each source's mapping and say it, once for sources that are alike."""
    from tinyv_cli.console import err, visible

    def announce(source: str, mapping: "Mapping") -> None:
        if not quiet and mapping not in mappings.values():
            err().print(visible(f"{source}: {mapping}"), markup=False, soft_wrap=True)
            for told in mapping.notes:
                err().print(visible(f"{source}: {told}"), markup=False, soft_wrap=True)
            if mapping.question is None:
                err().print(f"no question column found: {without_question}", markup=False, soft_wrap=True)
        mappings[source] = mapping

    return announce


def refuse_input(target: Path, sources: list[str]) -> None:
    """Raise UsageError rather than overwrite an input."""
    if any(target.exists() and Path(source).exists() and target.samefile(source) for source in sources):
        raise UsageError(f"{target}: is one of the inputs; choose another output with -o")


def column_names(text: str | None) -> tuple[str, ...] | None:
    """The names between the commas; None where nothing is said."""
    return None if text is None else tuple(name for part in text.split(",") if (name := part.strip()))
