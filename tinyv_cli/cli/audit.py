"""`tinyv audit`: a file of rollouts in, an annotated file and a summary of likely false negatives out."""

import gc
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.cli.asking import model_options, models_asked, read_calibrations, ready_models
from tinyv_cli.cli.reading import announced, column_names, refuse_input
from tinyv_cli.errors import UsageError
from tinyv_cli.words import Agree, OutputFormat

STDIN = "-"


def audit(
    sources: options.Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            rich_help_panel=options.OUTPUT,
            help="The annotated file, .parquet, .jsonl or .csv; - writes JSON lines to standard output. "
            "Unless given: <name>.audited.parquet here, or standard output for standard input.",
            show_default=False,
        ),
    ] = None,
    question: options.QuestionField = None,
    gold: options.GoldField = None,
    response: options.ResponseField = None,
    label: options.LabelField = None,
    by: options.ByField = None,
    format: options.Format = None,
    where: options.Where = None,
    sample: options.Sample = None,
    seed: options.Seed = 0,
    shard: options.Shard = None,
    limit: options.Limit = None,
    revision: options.Revision = None,
    select: options.Select = None,
    rule: options.Rules = [words.DEFAULT_RULE],  # noqa: B006 - typer copies it
    accept_above: options.AcceptAbove = None,
    model: options.Models = None,
    agree: options.Agreement = Agree.ALL,
    prompt: options.Prompt = None,
    think: options.Think = None,
    calibration: options.Calibrations = None,
    threshold: options.Threshold = words.DEFAULT_THRESHOLD,
    no_proofs: options.NoProofs = False,
    proofs_only: options.ProofsOnly = False,
    refute: options.Refute = False,
    workers: options.Workers = None,
    threads: options.Threads = None,
    gpu_layers: options.GpuLayers = words.ALL_LAYERS,
    batch_tokens: options.BatchTokens = words.DEFAULT_BATCH_TOKENS,
    flash_attention: options.FlashAttention = options.Switch.AUTO,
    requantize: options.Requantize = options.AutoOrOff.AUTO,
    concurrency: options.Concurrency = words.DEFAULT_CONCURRENCY,
    rule_timeout: options.RuleTimeout = words.DEFAULT_RULE_TIMEOUT,
    rule_memory: options.RuleMemory = words.DEFAULT_RULE_MEMORY_MB,
    no_cache: options.NoCache = False,
    output_format: options.OutputAs = None,
    only: options.Kept = None,
    html: options.Page = None,
    overwrite: options.Overwrite = False,
    json: options.Json = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> int:
    """Find the correct answers that the rule rejected.

    Example: tinyv audit rollouts.parquet --by source
    """
    from tinyv_cli.console import no_cache_note, note, reader_may_leave
    from tinyv_cli.documents.calibration import before_models
    from tinyv_cli.documents.columns import columns_with
    from tinyv_cli.documents.outputs import Output, opened_output
    from tinyv_cli.documents.provenance import Tally, provenance
    from tinyv_cli.guards import guard
    from tinyv_cli.maths.answers import find_answer
    from tinyv_cli.models import choose_models
    from tinyv_cli.pipeline import Stages, judge_windows
    from tinyv_cli.proofs.likeliest import category
    from tinyv_cli.proofs.stage import proofs_for
    from tinyv_cli.rules import opened_rules, recorded_fields, rule_columns, waits_for
    from tinyv_cli.running.cache import opened_cache
    from tinyv_cli.running.disk import check_place
    from tinyv_cli.running.progress import progress
    from tinyv_cli.sources import begun, open_sources, read_windows
    from tinyv_cli.sources.mapping import Overrides
    from tinyv_cli.sources.selection import Selection, selected
    from tinyv_cli.sources.sentinels import withhold_sentinels

    calibrations = read_calibrations(calibration)
    say = None if quiet else note
    asked = models_asked(model, no_proofs=no_proofs, proofs_only=proofs_only, say=say)
    choice = choose_models(
        asked,
        model_options(
            prompt=prompt,
            think=think,
            threads=threads,
            gpu_layers=gpu_layers,
            batch_tokens=batch_tokens,
            flash_attention=flash_attention,
            requantize=requantize,
            concurrency=concurrency,
        ),
        say=say,
    )
    opened = open_sources(sources, revision=revision)
    from_stdin = sources == [STDIN]
    selection = Selection(where, shard, sample=sample, seed=seed, by=by, limit=limit)
    default = _default_name(opened[0].stem, shard=shard, output_format=output_format or OutputFormat.PARQUET)
    names = [source.name for source in opened]
    target = _target(output, default=default, from_stdin=from_stdin, sources=names)
    if target is None and json:
        raise UsageError(
            "--json and the annotated lines would both go to standard output; write these with -o"
        )
    if html is not None:
        check_place(html, option="--html", overwrite=overwrite)
    overrides = Overrides(
        question, gold, response, label=label, by=by, recorded=recorded_fields(rule), format=format
    )
    columns = columns_with([*rule_columns(rule).values()][1:], second_model=len(asked) > 1)
    wants_summary = json or html is not None or not quiet
    tally = Tally()
    written = Output(target, output_format, only, overwrite=overwrite, is_default=output is None)
    with (
        reader_may_leave(),
        opened_cache(enabled=not no_cache, on_failure=no_cache_note) as cache,
        opened_output(written, columns=columns, summarised=wants_summary) as (sink, annotated),
        opened_rules(
            rule,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            accept_above=accept_above,
            cache=cache,
        ) as (audited, *others),
        proofs_for(
            wanted=not no_proofs,
            refuting=refute,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            cache=cache,
        ) as proofs,
    ):
        # The first rows are read before a model is loaded: what is wrong with them is said at once.
        on_mapping = announced(
            tally.mappings, quiet=quiet, without_question="the model judges by gold and answer alone"
        )
        read = read_windows(
            opened, overrides, on_mapping=on_mapping, select=column_names(select), also=selection.columns()
        )
        windows = withhold_sentinels(begun(selected(read, selection, at_once=from_stdin)))
        with choice.opened() as verifiers, progress(quiet=quiet) as shown:
            models, described = ready_models(
                verifiers,
                cache,
                calibrations,
                before=before_models(rule[0], proofs=proofs is not None),
                threshold=threshold,
                say=say,
            )
            stages = Stages(find_answer, audited, guard, models, threshold, agree, others, proofs, category)
            waits = bool(models) or proofs is not None or waits_for(rule)
            gc.freeze()  # what libraries have made so far stays: it need not be searched again and again
            for window, judged in judge_windows(windows, stages, waits=waits):
                sink.write(window, judged)
                shown.advance(len(judged), tally.add(judged, window.exploded), window.fraction)
            sink.commit(
                provenance(
                    tally=tally,
                    sources=opened,
                    rules=rule,
                    models=described,
                    threshold=threshold,
                    agree=agree,
                    proofs=proofs is not None,
                    refuting=refute,
                    selection=selection,
                    only=only,
                )
            )
        if wants_summary:
            _show(annotated, target=target, html=html, json=json, quiet=quiet, overwrite=overwrite)
    return 0


def _default_name(stem: str, *, shard: str | None, output_format: OutputFormat) -> Path:
    """In the working folder; each shard has a file of its own."""
    part = f".{shard.replace('/', '-of-')}" if shard else ""
    return Path(f"{stem}.audited{part}.{output_format}")


def _target(output: Path | None, *, default: Path, from_stdin: bool, sources: list[str]) -> Path | None:
    """The file to write, None for standard output. Raises UsageError rather than overwrite an input."""
    if output == Path("-") or (output is None and from_stdin):
        return None
    target = output or default
    refuse_input(target, sources)
    return target


def _show(
    annotated: Path, *, target: Path | None, html: Path | None, json: bool, quiet: bool, overwrite: bool
) -> None:
    """The summary: on standard output, unless the annotated lines went there; and as a page."""
    from tinyv_cli.console import err, out
    from tinyv_cli.report.summary import LISTED, summarise
    from tinyv_cli.report.tables import next_command, tables

    summary = summarise(annotated, listed=LISTED if html is not None else 0)
    if html is not None:
        from tinyv_cli.report.page import write_report

        write_report(html, {**summary, "file": str(target or STDIN)}, overwrite=overwrite)
    if json:
        print(dumps({**summary, "file": str(target)}, ensure_ascii=False, indent=2))
    elif not quiet:
        console = err() if target is None else out()
        console.print(tables(summary))
        if target is not None:
            console.print(f"\nwritten: {target}\nnext: {next_command(summary)}", markup=False, soft_wrap=True)
