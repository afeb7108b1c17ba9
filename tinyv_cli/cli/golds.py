"""`tinyv golds`: the golds of a dataset that no response can match, before anyone trains on them."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.cli.printing import one_form, print_figures
from tinyv_cli.cli.reading import announced, column_names, refuse_input
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.golds.figures import GoldFigures
    from tinyv_cli.sources.mapping import Mapping

EXIT_TOO_MANY = 1


def golds(
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            rich_help_panel=options.OUTPUT,
            help="Write the rows whose golds have a problem to this file, .parquet, .jsonl or .csv.",
            show_default=False,
        ),
    ] = None,
    question: options.QuestionField = None,
    gold: options.GoldField = None,
    format: options.Format = None,
    where: options.Where = None,
    sample: options.Sample = None,
    seed: options.Seed = 0,
    shard: options.Shard = None,
    limit: options.Limit = None,
    revision: options.Revision = None,
    select: options.Select = None,
    rule: options.OneRule = words.DEFAULT_RULE,
    accept_above: options.AcceptAbove = None,
    workers: options.Workers = None,
    rule_timeout: options.RuleTimeout = words.DEFAULT_RULE_TIMEOUT,
    rule_memory: options.RuleMemory = words.DEFAULT_RULE_MEMORY_MB,
    no_cache: options.NoCache = False,
    fail_over: Annotated[
        float | None,
        typer.Option(
            "--fail-over",
            metavar="PCT",
            min=0.0,
            max=100.0,
            rich_help_panel=options.OUTPUT,
            help="Exit with 1 if more than this percentage of the golds is bad.",
        ),
    ] = None,
    overwrite: options.Overwrite = False,
    json: options.Json = False,
    markdown: options.Markdown = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", rich_help_panel=options.OUTPUT, help="Write a page with the tables."
        ),
    ] = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> int:
    """Put every gold to the rule as an answer to itself.

    Example: tinyv golds train.parquet -o bad.parquet
    """
    from tinyv_cli.console import no_cache_note, reader_may_leave
    from tinyv_cli.documents.outputs import Output, opened_file
    from tinyv_cli.documents.provenance import origin
    from tinyv_cli.golds.checks import check_golds
    from tinyv_cli.golds.conflicts import find_conflicts, settled_notes, write_bad_rows
    from tinyv_cli.golds.figures import GOLDS_VERSION, gold_figures
    from tinyv_cli.golds.ledger import COLUMNS, opened_ledger
    from tinyv_cli.rules import opened_rule, recorded_fields
    from tinyv_cli.running.cache import opened_cache
    from tinyv_cli.running.disk import check_place
    from tinyv_cli.running.progress import progress
    from tinyv_cli.sources import begun, open_sources, read_windows
    from tinyv_cli.sources.mapping import Overrides
    from tinyv_cli.sources.selection import Selection, selected

    one_form(json=json, markdown=markdown)
    if html is not None:
        check_place(html, option="--html", overwrite=overwrite)
    if recorded_fields([rule]):
        raise UsageError(f"the rule '{rule}' reads verdicts on responses; for golds name another --rule")
    opened = open_sources(sources, revision=revision)
    selection = Selection(where, shard, sample=sample, seed=seed, limit=limit)
    names = [source.name for source in opened]
    for place in (output, html):
        if place is not None:
            refuse_input(place, names)
    mappings: dict[str, Mapping] = {}
    with (
        reader_may_leave(),
        opened_cache(enabled=not no_cache, on_failure=no_cache_note) as cache,
        opened_file(Output(output, overwrite=overwrite), COLUMNS) if output else nullcontext() as sink,
        opened_rule(
            rule,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            accept_above=accept_above,
            cache=cache,
        ) as rule_stage,
        opened_ledger(keep_rows=sink is not None) as ledger,
    ):
        on_mapping = announced(
            mappings, quiet=quiet, without_question="conflicts and repeats are not looked for"
        )
        read = read_windows(
            opened,
            Overrides(question, gold, format=format),
            on_mapping=on_mapping,
            responses=False,
            select=column_names(select),
            also=selection.columns(),
        )
        windows = selected(read, selection)
        with progress(quiet=quiet, things="golds", finds="problems") as shown:
            for window, checked in check_golds(begun(windows), rule_stage):
                ledger.write(window, checked)
                found = sum(each.problem is not None for each in checked)
                shown.advance(len(checked), found, window.fraction)
        ledger.close()
        with progress(quiet=quiet, things="pairs of golds", finds="conflicts") as shown:
            conflicts = find_conflicts(ledger, rule_stage, shown.advance)
        figures = gold_figures(
            settled_notes(ledger, conflicts),
            rule=rule,
            conflicts=conflicts.figures(),
            file=None if output is None else str(output),
        )
        if sink is not None:
            write_bad_rows(ledger, conflicts, sink)
            sink.commit(
                {"schema_version": GOLDS_VERSION}
                | origin(mappings, sources=opened, rule=rule, selection=selection)
                | {"counts": {"rows": figures.rows, "bad": figures.bad.count}}
            )
        _show(figures, json=json, markdown=markdown, quiet=quiet)
        if html is not None:
            from tinyv_cli.golds.page import write_gold_page

            write_gold_page(html, figures, sources=names, overwrite=overwrite)
    return _exit_code(figures, fail_over, quiet=quiet)


def _show(figures: "GoldFigures", *, json: bool, markdown: bool, quiet: bool) -> None:
    from tinyv_cli.console import out
    from tinyv_cli.golds.tables import gold_markdown, gold_tables

    print_figures(
        figures,
        json=json,
        markdown=markdown,
        quiet=quiet,
        as_tables=gold_tables,
        as_markdown=gold_markdown,
    )
    if figures.file is not None and not (json or markdown or quiet):
        out().print(f"\nwritten: {figures.file}", markup=False, soft_wrap=True)


def _exit_code(figures: "GoldFigures", fail_over: float | None, *, quiet: bool) -> int:
    """Whether there are more bad golds than the user puts up with."""
    from tinyv_cli.console import err

    bad, rows = figures.bad.count, figures.rows
    if fail_over is None or 100 * bad <= fail_over * rows:
        return 0
    if not quiet:
        err().print(f"{bad:,} of {rows:,} golds are bad, more than the {fail_over:g}% of --fail-over")
    return EXIT_TOO_MANY
