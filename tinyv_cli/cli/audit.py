"""`tinyv audit`: a file of rollouts in, an annotated file and a summary of likely false negatives out."""

from collections.abc import Callable
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.provenance import Tally
    from tinyv_cli.sources.mapping import Mapping

STDIN = "-"


def audit(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Files (.parquet .jsonl .json .csv .tsv; text also .gz .zst .bz2), "
            "hf:owner/name[:config][@split], or - for JSON lines on standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            rich_help_panel=options.OUTPUT,
            help="The annotated file, .parquet or .jsonl; - writes JSON lines to standard output. "
            "Unless given: <name>.audited.parquet here, or standard output for standard input.",
            show_default=False,
        ),
    ] = None,
    question: options.QuestionField = None,
    gold: options.GoldField = None,
    response: options.ResponseField = None,
    label: options.LabelField = None,
    by: options.ByField = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, rich_help_panel=options.FIELDS, help="Stop after N examples."),
    ] = None,
    rule: options.Rule = words.DEFAULT_RULE,
    accept_above: options.AcceptAbove = None,
    model: options.Model = words.DEFAULT_MODEL,
    prompt: options.Prompt = words.DEFAULT_PROMPT,
    threshold: options.Threshold = words.DEFAULT_THRESHOLD,
    workers: options.Workers = None,
    threads: options.Threads = None,
    gpu_layers: options.GpuLayers = -1,
    concurrency: options.Concurrency = words.DEFAULT_CONCURRENCY,
    rule_timeout: options.RuleTimeout = words.DEFAULT_RULE_TIMEOUT,
    rule_memory: options.RuleMemory = words.DEFAULT_RULE_MEMORY_MB,
    no_cache: options.NoCache = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite", rich_help_panel=options.OUTPUT, help="Replace an output that tinyv did not write."
        ),
    ] = False,
    json: options.Json = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", rich_help_panel=options.OUTPUT, help="No progress, no summary.")
    ] = False,
    debug: options.Debug = False,
) -> int:
    """Find the correct answers that the rule rejected.

    Example: tinyv audit rollouts.parquet --by source
    """
    from tinyv_cli.answers import find_answer
    from tinyv_cli.cache import opened_cache
    from tinyv_cli.console import no_cache_note, reader_may_leave
    from tinyv_cli.guards import guard
    from tinyv_cli.models import asking, choose_model
    from tinyv_cli.pipeline import Stages, judge_windows
    from tinyv_cli.progress import progress
    from tinyv_cli.provenance import Tally, provenance
    from tinyv_cli.rules import opened_rule, recorded_field
    from tinyv_cli.sinks import opened_output
    from tinyv_cli.sources import begun, open_source, read_windows
    from tinyv_cli.sources.mapping import Overrides

    choice = choose_model(
        model, prompt=prompt, threads=threads, gpu_layers=gpu_layers, concurrency=concurrency
    )
    opened = [open_source(spec) for spec in sources]
    target = _target(output, stem=opened[0].stem, from_stdin=sources == [STDIN], sources=sources)
    if target is None and json:
        raise UsageError(
            "--json and the annotated lines would both go to standard output; write these with -o"
        )
    overrides = Overrides(question, gold, response, label=label, by=by, recorded=recorded_field(rule))
    tally = Tally()
    with (
        reader_may_leave(),
        opened_cache(enabled=not no_cache, on_failure=no_cache_note) as cache,
        opened_output(target, overwrite=overwrite, summarised=json or not quiet) as (sink, annotated),
        opened_rule(
            rule,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            accept_above=accept_above,
            cache=cache,
        ) as rule_stage,
    ):
        # The first rows are read before a model is loaded: what is wrong with them is said at once.
        windows = begun(
            read_windows(opened, overrides, limit=limit, on_mapping=_announced(tally, quiet=quiet))
        )
        with progress(quiet=quiet) as shown, choice.opened() as verifier:
            stages = Stages(find_answer, rule_stage, guard, asking(verifier, cache), threshold)
            for window, judged in judge_windows(windows, stages):
                sink.write(window, judged)
                shown.advance(len(judged), tally.add(judged), window.fraction)
            sink.commit(
                provenance(tally=tally, sources=opened, rule=rule, model=verifier, threshold=threshold)
            )
        _show(annotated, target=target, json=json, quiet=quiet)
    return 0


def _target(output: Path | None, *, stem: str, from_stdin: bool, sources: list[str]) -> Path | None:
    """The file to write, None for standard output. Raises UsageError rather than overwrite an input."""
    if output == Path("-") or (output is None and from_stdin):
        return None
    target = output or Path(f"{stem}.audited.parquet")
    if any(target.exists() and Path(source).exists() and target.samefile(source) for source in sources):
        raise UsageError(f"{target}: is one of the inputs; choose another output with -o")
    return target


def _announced(tally: "Tally", *, quiet: bool) -> "Callable[[str, Mapping], None]":
    """Remember each source's mapping and say it, once for sources that are alike."""
    from tinyv_cli.console import err, visible

    def announce(source: str, mapping: "Mapping") -> None:
        if not quiet and mapping not in tally.mappings.values():
            err().print(visible(f"{source}: {mapping}"), markup=False, soft_wrap=True)
            if mapping.question is None:
                err().print(
                    "no question column found: the model judges by gold and answer alone", markup=False
                )
        tally.mappings[source] = mapping

    return announce


def _show(annotated: Path, *, target: Path | None, json: bool, quiet: bool) -> None:
    """The summary: on standard output, unless the annotated lines went there."""
    from tinyv_cli.console import err, out
    from tinyv_cli.findings.summary import summarise
    from tinyv_cli.findings.tables import next_command, tables

    if json:
        print(dumps({**summarise(annotated), "file": str(target)}, ensure_ascii=False, indent=2))
    elif not quiet:
        summary = summarise(annotated)
        console = err() if target is None else out()
        console.print(tables(summary))
        if target is not None:
            console.print(f"\nwritten: {target}\nnext: {next_command(summary)}", markup=False, soft_wrap=True)
