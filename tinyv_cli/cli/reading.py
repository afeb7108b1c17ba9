"""From the options about fields and rows to the windows that a command goes through."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import Fields, GoldFields, Rows

if TYPE_CHECKING:
    from tinyv_cli.rules.choosing import Chosen
    from tinyv_cli.sources import Begun, Source
    from tinyv_cli.sources.explode import Window
    from tinyv_cli.sources.mapping import Mapping, Overrides
    from tinyv_cli.sources.selection import Selection


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read. `mappings` holds for each source that was begun which fields were chosen."""

    specs: list[str]
    sources: "list[Source]"
    selection: "Selection"
    overrides: "Overrides"
    mappings: "dict[str, Mapping]" = field(default_factory=dict)
    begun: "list[Begun]" = field(default_factory=list)

    @property
    def is_stdin(self) -> bool:
        """Whether lines are read as they come, and somebody may wait for what becomes of each."""
        return self.specs == ["-"]

    @property
    def names(self) -> list[str]:
        """The sources, as they are shown."""
        return [source.name for source in self.sources]

    @property
    def files(self) -> "list[Path]":
        """The files that are read, also those of a folder that is one dataset."""
        paths = [source.path for source in self.sources if source.path is not None]
        return [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]

    def begin(
        self,
        *,
        quiet: bool,
        without_question: str,
        responses: bool | None = True,
        select: str | None = None,
        anew: bool = False,
    ) -> None:
        """Choose the fields by the first rows, and say them unless `quiet`; all rows may be read `anew`."""
        from tinyv_cli.sources import begin

        self.begun[:] = begin(
            self.sources,
            self.overrides,
            responses=responses,
            select=column_names(select),
            also=self.selection.columns(),
            anew=anew,
        )
        announce = announced(self.mappings, quiet=quiet, without_question=without_question)
        for each in self.begun:
            announce(each.source.name, each.mapping)

    def recorded(self) -> "Chosen":
        """The recorded verdict to audit, from now on read from all sources; by the first that records any."""
        from tinyv_cli.rules.choosing import Chosen, choose_recorded

        choices = (choose_recorded(each.recorded) for each in self.begun)
        chosen = next((choice for choice in choices if choice.field is not None), Chosen())
        if chosen.field is not None:
            self.begun[:] = [each.reading(chosen.field) for each in self.begun]
            self.mappings.update((each.source.name, each.mapping) for each in self.begun)
        return chosen

    def windows(self, **options: Any) -> "Iterator[Window]":
        """The selected rows; their fields are chosen now, with the options of `begin`, if that is to do."""
        from tinyv_cli.sources import windows_of
        from tinyv_cli.sources.selection import selected

        if not self.begun:
            self.begin(**options)
        return selected(windows_of(self.begun), self.selection, at_once=self.is_stdin)


def open_reading(
    sources: list[str],
    fields: GoldFields,
    rows: Rows,
    *,
    rules: Sequence[str] = (),
    labelled: bool = False,
) -> Reading:
    """Sources that are there, and what the options say of their rows. Raises SourceError, UsageError.

    Of `rules` those count that read verdicts from the rows; `labelled` rows must have labels.
    """
    from tinyv_cli.rules import recorded_fields
    from tinyv_cli.sources import open_sources
    from tinyv_cli.sources.mapping import Overrides
    from tinyv_cli.sources.selection import Selection

    # A command asks for some of these fields, and may ask for others besides.
    spoken = Fields(**{each.name: getattr(fields, each.name, None) for each in dataclass_fields(Fields)})
    overrides = Overrides(
        spoken.question,
        spoken.gold,
        spoken.response,
        label=spoken.label,
        by=spoken.by,
        recorded=recorded_fields(rules),
        format=spoken.format,
        labelled=labelled,
    )
    selection = Selection(
        rows.where, rows.shard, sample=rows.sample, seed=rows.seed, by=spoken.by, limit=rows.limit
    )
    return Reading(sources, open_sources(sources), selection, overrides)


def announced(
    mappings: "dict[str, Mapping]", *, quiet: bool, without_question: str
) -> "Callable[[str, Mapping], None]":
    """Remember each source's mapping and say it, once for sources that are alike."""
    from tinyv_cli.console import err, visible

    def announce(source: str, mapping: "Mapping") -> None:
        if not quiet and mapping not in mappings.values():
            err().print(visible(f"{source}: {mapping.in_words()}"), markup=False, soft_wrap=True)
            for told in mapping.notes:
                err().print(visible(f"{source}: {told}"), markup=False, soft_wrap=True)
            if mapping.question is None:
                err().print(f"no question column found: {without_question}", markup=False, soft_wrap=True)
        mappings[source] = mapping

    return announce


def column_names(text: str | None) -> tuple[str, ...] | None:
    """The names between the commas; None where nothing is said."""
    return None if text is None else tuple(name for part in text.split(",") if (name := part.strip()))
