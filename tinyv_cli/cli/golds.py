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
    from tinyv_cli.golds.figures import GoldFigures
    from tinyv_cli.golds.ledger import Ledger
    from tinyv_cli.stages import Rule

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
    select: options.Select = None
    fail_over: Annotated[
        float | None, options.percent("--fail-over", "more than this percentage of the golds is bad")
    ] = None


def golds(
    sources: options.Sources,
    fields: options.GoldFields,
    output: GoldOutput,
    rows: options.Rows,
    resources: options.Resources,
    rule: options.OneRule = None,
) -> int:
    """Put every gold to the rule as an answer to itself.

    Examples:
    tinyv golds train.parquet -o bad.parquet
    tinyv golds hf:openai/gsm8k:main@test --fail-over 1
    """
    from tinyv_cli.golds.ledger import opened_ledger
    from tinyv_cli.rules import recorded_fields

    run = planned_rule(rule, resources)
    [name] = run.rules
    if recorded_fields([name]):
        raise UsageError(f"the rule '{name}' reads verdicts on responses; for golds name another --rule")
    reading = open_reading(sources, fields, rows)
    _check_output(output, reading)
    task = _Golds(name, reading, output)
    with task.opened_sink() as sink, run.opened() as opened:
        with opened_ledger(keep_rows=sink is not None) as ledger:
            figures = task.checked(ledger, opened.rules[0], sink)
        _show(figures, output, reading)
    said = f"{figures.bad.count:,} of {figures.rows:,} golds are bad"
    return exit_over(figures.bad.share, output.fail_over, said, quiet=output.quiet)


@dataclass(frozen=True, slots=True)
class _Golds:
    """One look at golds."""

    rule: str
    reading: Reading
    output: GoldOutput

    @contextmanager
    def opened_sink(self) -> "Iterator[Sink | None]":
        """Where bad rows go, if they are wanted."""
        from tinyv_cli.documents.outputs import Output, opened_file
        from tinyv_cli.golds.ledger import COLUMNS

        written = Output(self.output.output, overwrite=self.output.overwrite)
        with opened_file(written, COLUMNS) if self.output.output else nullcontext() as sink:
            yield sink

    def checked(self, ledger: "Ledger", rule: "Rule", sink: "Sink | None") -> "GoldFigures":
        """What is found of all golds, by themselves and beside each other; bad rows are written."""
        from tinyv_cli.golds.conflicts import find_conflicts, settled_notes, write_bad_rows
        from tinyv_cli.golds.figures import gold_figures
        from tinyv_cli.running.progress import progress

        self._enter(ledger, rule)
        with progress(quiet=self.output.quiet, things="pairs of golds", finds="conflicts") as shown:
            conflicts = find_conflicts(ledger, rule, shown.advance)
        notes = settled_notes(ledger, conflicts)
        written = self.output.output
        figures = gold_figures(
            notes,
            rule=self.rule,
            conflicts=conflicts.figures(),
            file=None if written is None else str(written),
        )
        if sink is not None:
            write_bad_rows(ledger, conflicts, sink)
            self._commit(sink, figures)
        return figures

    def _enter(self, ledger: "Ledger", rule: "Rule") -> None:
        """Put each gold to the rule, and note what comes of it."""
        from tinyv_cli.golds.checks import check_golds
        from tinyv_cli.running.progress import progress
        from tinyv_cli.sources import begun

        windows = self.reading.windows(
            quiet=self.output.quiet,
            without_question=WITHOUT_QUESTION,
            responses=False,
            select=self.output.select,
        )
        with progress(quiet=self.output.quiet, things="golds", finds="problems") as shown:
            for window, checked in check_golds(begun(windows), rule):
                ledger.write(window, checked)
                found = sum(each.problem is not None for each in checked)
                shown.advance(len(checked), found, window.fraction)
        ledger.close()

    def _commit(self, sink: "Sink", figures: "GoldFigures") -> None:
        from tinyv_cli.documents.provenance import origin
        from tinyv_cli.golds.figures import GOLDS_VERSION

        reading = self.reading
        made = origin(reading.mappings, sources=reading.sources, rule=self.rule, selection=reading.selection)
        counts = {"rows": figures.rows, "bad": figures.bad.count}
        sink.commit({"schema_version": GOLDS_VERSION} | made | {"counts": counts})


def _check_output(output: GoldOutput, reading: Reading) -> None:
    """Raise UsageError or SinkError for what cannot be written, or not in that way."""
    from tinyv_cli.running.targets import keep_apart, target_place

    one_form(json=output.json, markdown=output.markdown)
    if output.html is not None:
        target_place(output.html, option="--html", overwrite=output.overwrite)
    keep_apart({"-o": output.output, "--html": output.html}, reading.files)


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
    if figures.file is not None and not (output.json or output.markdown or output.quiet):
        out().print(f"\nwritten: {figures.file}", markup=False, soft_wrap=True)
