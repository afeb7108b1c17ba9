"""`tinyv golds`: the golds of a dataset that no response can match, before anyone trains on them."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tinyv_cli.cli import options
from tinyv_cli.cli.options import option
from tinyv_cli.cli.printing import exit_over, one_form, print_figures
from tinyv_cli.cli.reading import Reading, open_reading
from tinyv_cli.cli.stages import planned_rule
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.sinks import Sink
    from tinyv_cli.golds.checks import Judges
    from tinyv_cli.golds.figures import GoldFigures, VariantFigures
    from tinyv_cli.golds.ledger import Ledger

WITHOUT_QUESTION = "conflicts and repeats are not looked for"


@dataclass(frozen=True, slots=True)
class GoldOutput(options.Tables):
    """What is written of golds."""

    output: Annotated[
        Path | None,
        option(
            options.OUTPUT,
            "--output",
            "-o",
            metavar="FILE",
            help="Write the rows whose golds have a problem to this file, .parquet, .jsonl or .csv.",
        ),
    ] = None
    keep: Annotated[
        Path | None,
        option(options.OUTPUT, "--keep", metavar="FILE", help="Write all other rows, as they were read."),
    ] = None
    variants: Annotated[
        bool,
        option(
            options.MORE_OUTPUT,
            "--variants",
            help="Put golds into other forms that are proved to be equal (3/2, 1.5, x = 3/2), and say which "
            "of these the rule rejects.",
        ),
    ] = False
    select: options.Select = None
    fail_over: Annotated[
        float | None,
        options.percent("--fail-over", "more than this percentage of the golds is bad or unusable"),
    ] = None

    @property
    def files(self) -> list[Path]:
        """All that it writes."""
        return [place for place in (self.output, self.keep, self.html) if place is not None]


def golds(
    sources: options.Sources,
    fields: options.ReplyFields,
    output: GoldOutput,
    rows: options.Rows,
    resources: options.Resources,
    rule: options.OneRule = None,
) -> int:
    """Put every gold to the rule as an answer to itself, and to what other rows and replies say.

    Examples:
    tinyv golds train.parquet -o bad.parquet --keep clean.parquet
    tinyv golds train.parquet --variants --by source
    tinyv golds hf:openai/gsm8k:main@test --fail-over 1
    """
    from tinyv_cli.golds.checks import Judges
    from tinyv_cli.golds.ledger import opened_ledger
    from tinyv_cli.rules import recorded_fields

    run = planned_rule(rule, resources)
    [name] = run.rules
    if recorded_fields([name]):
        raise UsageError(f"the rule '{name}' reads verdicts on responses; for golds name another --rule")
    reading = open_reading(sources, fields, rows)
    _check_output(output, reading)
    task = _Golds(name, reading, output)
    with task.opened_sinks() as sinks, run.opened() as opened:
        assert opened.proofs is not None
        judges = Judges(opened.rules[0], opened.proofs)
        with opened_ledger(keep_rows=any(sinks)) as ledger:
            figures = task.checked(ledger, judges, *sinks)
        _show(figures, output, reading)
    spoiled = figures.bad.count + figures.unusable.count
    said = f"{spoiled:,} of {figures.rows:,} golds are bad or unusable"
    share = spoiled / figures.rows if figures.rows else None
    return exit_over(share, output.fail_over, said, quiet=output.quiet)


@dataclass(frozen=True, slots=True)
class _Golds:
    """One look at golds."""

    rule: str
    reading: Reading
    output: GoldOutput

    @contextmanager
    def opened_sinks(self) -> "Iterator[tuple[Sink | None, Sink | None]]":
        """Where rows with a problem go, and where the others do, as far as they are wanted."""
        from tinyv_cli.documents.outputs import Output, opened_file
        from tinyv_cli.golds.ledger import COLUMNS

        bad = Output(self.output.output, overwrite=self.output.overwrite)
        clean = Output(self.output.keep, overwrite=self.output.overwrite, option="--keep")
        with (
            opened_file(bad, COLUMNS) if bad.path else nullcontext() as bad_sink,
            opened_file(clean, {}) if clean.path else nullcontext() as clean_sink,
        ):
            yield bad_sink, clean_sink

    def checked(
        self, ledger: "Ledger", judges: "Judges", bad: "Sink | None", clean: "Sink | None"
    ) -> "GoldFigures":
        """What is found of all golds, by themselves and beside each other; the rows are written."""
        from tinyv_cli.golds.agreement import find_outvoted
        from tinyv_cli.golds.conflicts import find_conflicts
        from tinyv_cli.golds.figures import gold_figures
        from tinyv_cli.golds.settled import settled_notes, write_rows
        from tinyv_cli.running.progress import progress
        from tinyv_cli.sources.mapping import has_replies

        self._enter(ledger, judges)
        with progress(quiet=self.output.quiet, things="pairs of golds", finds="conflicts") as shown:
            conflicts = find_conflicts(ledger, judges, shown.advance)
        outvoted = find_outvoted(ledger, judges)
        notes = settled_notes(ledger, conflicts, outvoted)
        mappings = self.reading.mappings.values()
        figures = gold_figures(
            notes,
            rule=self.rule,
            conflicts=conflicts.figures,
            outvoted=outvoted.figures if any(map(has_replies, mappings)) else None,
            variants=self._variants(ledger, judges),
            by=next((each.by for each in mappings if each.by), None),
            file=_named(self.output.output),
            clean_file=_named(self.output.keep),
        )
        if bad is not None or clean is not None:
            write_rows(ledger, notes, bad=bad, clean=clean)
        for sink in (bad, clean):
            if sink is not None:
                self._commit(sink, figures)
        return figures

    def _enter(self, ledger: "Ledger", judges: "Judges") -> None:
        """Put each gold to the rule, and note what comes of it, and what replies say."""
        from tinyv_cli.golds.agreement import replies_noted
        from tinyv_cli.golds.checks import check_golds
        from tinyv_cli.running.progress import progress
        from tinyv_cli.sources import begun

        windows = self.reading.windows(
            quiet=self.output.quiet,
            without_question=WITHOUT_QUESTION,
            responses=None,
            select=self.output.select,
        )
        with progress(quiet=self.output.quiet, things="golds", finds="problems") as shown:
            for window, checked in check_golds(replies_noted(begun(windows), ledger), judges):
                ledger.write(window, checked)
                found = sum(each.problem is not None for each in checked)
                shown.advance(len(checked), found, window.fraction)
        ledger.close()

    def _variants(self, ledger: "Ledger", judges: "Judges") -> "VariantFigures | None":
        from tinyv_cli.golds.variants import try_variants
        from tinyv_cli.proofs.backwards import variants
        from tinyv_cli.running.progress import progress

        if not self.output.variants:
            return None
        with progress(quiet=self.output.quiet, things="forms of golds", finds="rejected") as shown:
            return try_variants(ledger, judges, variants, shown.advance)

    def _commit(self, sink: "Sink", figures: "GoldFigures") -> None:
        from tinyv_cli.documents.provenance import origin
        from tinyv_cli.golds.figures import GOLDS_VERSION

        reading = self.reading
        made = origin(reading.mappings, sources=reading.sources, rule=self.rule, selection=reading.selection)
        counts = {"rows": figures.rows, "bad": figures.bad.count, "unusable": figures.unusable.count}
        sink.commit({"schema_version": GOLDS_VERSION} | made | {"counts": counts})


def _named(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _check_output(output: GoldOutput, reading: Reading) -> None:
    """Raise UsageError or SinkError for what cannot be written, or not in that way."""
    from tinyv_cli.running.targets import keep_apart, target_place

    one_form(json=output.json, markdown=output.markdown)
    if output.html is not None:
        target_place(output.html, option="--html", overwrite=output.overwrite)
    targets = {"-o": output.output, "--keep": output.keep, "--html": output.html}
    keep_apart(targets, reading.files)


def _show(figures: "GoldFigures", output: GoldOutput, reading: Reading) -> None:
    from tinyv_cli.console import out
    from tinyv_cli.golds.tables import gold_markdown, gold_tables

    if output.html is not None:
        from tinyv_cli.golds.page import write_gold_page

        write_gold_page(output.html, figures, sources=reading.names, overwrite=output.overwrite)
    print_figures(
        figures,
        json=output.json,
        markdown=output.markdown,
        quiet=output.quiet,
        as_tables=gold_tables,
        as_markdown=gold_markdown,
    )
    written = [file for file in (figures.file, figures.clean_file) if file is not None]
    if written and not (output.json or output.markdown or output.quiet):
        out().print(f"\nwritten: {', '.join(written)}", markup=False, soft_wrap=True)
