"""`tinyv eval`: how good rules and models are on labelled pairs, and whether models can be fooled."""

from contextlib import AbstractContextManager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.cli.asking import model_options, models_asked
from tinyv_cli.cli.reading import announced, column_names, refuse_input
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.evaluation.scored import Scored
    from tinyv_cli.figures.queries import Figures
    from tinyv_cli.sources.mapping import Mapping

EXIT_FOOLED = 1


def evaluate(
    sources: options.Sources,
    question: options.QuestionField = None,
    gold: options.GoldField = None,
    response: options.ResponseField = None,
    label: options.LabelField = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels",
            metavar="FILE",
            rich_help_panel=options.FIELDS,
            help="Labels by hand beside an audited file: rows of tinyv_row, tinyv_rollout and label.",
        ),
    ] = None,
    by: options.ByField = None,
    format: options.Format = None,
    where: options.Where = None,
    sample: options.Sample = None,
    seed: options.Seed = 0,
    shard: options.Shard = None,
    limit: options.Limit = None,
    revision: options.Revision = None,
    rule: options.MeasuredRules = [words.DEFAULT_RULE],  # noqa: B006 - typer copies it
    accept_above: options.AcceptAbove = None,
    model: options.MeasuredModels = None,
    prompt: options.Prompt = None,
    think: options.Think = None,
    threshold: options.Threshold = words.DEFAULT_THRESHOLD,
    no_proofs: options.NoProofs = False,
    max_fpr: Annotated[
        float | None,
        typer.Option(
            "--max-fpr",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            rich_help_panel=options.VERIFIERS,
            help="Find the threshold that lets through at most this share of the wrong, e.g. 0.02.",
        ),
    ] = None,
    min_recall: Annotated[
        float | None,
        typer.Option(
            "--min-recall",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            rich_help_panel=options.VERIFIERS,
            help="Find the threshold that finds at least this share of the correct, e.g. 0.9.",
        ),
    ] = None,
    attack: Annotated[
        bool,
        typer.Option(
            "--attack",
            rich_help_panel=options.VERIFIERS,
            help="Try what is known to fool model verifiers; labels and responses are not needed for it.",
        ),
    ] = False,
    quants: Annotated[
        str | None,
        typer.Option(
            "--quants",
            metavar="NAME,…",
            rich_help_panel=options.VERIFIERS,
            help="Measure the models in these formats, too, e.g. Q2_K,Q4_K_M,Q8_0,F16.",
        ),
    ] = None,
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
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            rich_help_panel=options.OUTPUT,
            help="Write every pair with what each verifier said of it to this .parquet file.",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            rich_help_panel=options.OUTPUT,
            help="Write a page with tables and charts.",
        ),
    ] = None,
    calibrate: Annotated[
        Path | None,
        typer.Option(
            "--calibrate",
            metavar="FILE",
            rich_help_panel=options.OUTPUT,
            help="Write the model's calibration, for 'tinyv audit --calibration FILE'.",
        ),
    ] = None,
    fail_over: Annotated[
        float | None,
        typer.Option(
            "--fail-over",
            metavar="PCT",
            min=0.0,
            max=100.0,
            rich_help_panel=options.OUTPUT,
            help="Exit with 1 if any pattern of --attack fools more than this percentage.",
        ),
    ] = None,
    overwrite: options.Overwrite = False,
    json: options.Json = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> int:
    """Measure rules, models, and each rule followed by each model, on responses that are labelled.

    Example: tinyv eval labelled.parquet --label is_correct --by source
    """
    from tinyv_cli.console import no_cache_note, note, reader_may_leave
    from tinyv_cli.documents.calibration import write_calibration
    from tinyv_cli.documents.provenance import origin
    from tinyv_cli.evaluation.attacks import Targets, attack_figures
    from tinyv_cli.evaluation.figures import calibration_of, evaluation_figures
    from tinyv_cli.evaluation.hearing import collect, hear
    from tinyv_cli.evaluation.pairs import ColumnLabels, opened_pairs, read_labels
    from tinyv_cli.evaluation.scored import read_scores
    from tinyv_cli.evaluation.scores import check_output, opened_scores, write_scores
    from tinyv_cli.guards import guard
    from tinyv_cli.models import choose_models, ladder
    from tinyv_cli.proofs.stage import proofs_for
    from tinyv_cli.rules import opened_rules, recorded_fields, rule_columns
    from tinyv_cli.running.cache import opened_cache
    from tinyv_cli.running.disk import check_place
    from tinyv_cli.running.progress import Progress, progress
    from tinyv_cli.sources import begun, open_sources, read_windows
    from tinyv_cli.sources.mapping import Overrides
    from tinyv_cli.sources.selection import Selection, selected
    from tinyv_cli.sources.sentinels import withhold_sentinels

    asked_how = model_options(
        prompt=prompt,
        think=think,
        threads=threads,
        gpu_layers=gpu_layers,
        batch_tokens=batch_tokens,
        flash_attention=flash_attention,
        requantize=requantize,
        concurrency=concurrency,
    )
    say = None if quiet else note
    asked = models_asked(model, no_proofs=no_proofs, proofs_only=False, say=say)
    rule_columns(rule)  # none is given twice
    _check_options(asked, calibrate=calibrate, attack=attack, fail_over=fail_over)
    if output is not None:
        check_output(output, overwrite=overwrite)
        refuse_input(output, sources)
    for option, place in {"--html": html, "--calibrate": calibrate}.items():
        if place is not None:
            check_place(place, option=option, overwrite=overwrite)
    choice = choose_models(asked, asked_how, say=say, most=None)
    rungs = ladder(asked, column_names(quants) or (), asked_how, say=say)
    opened = open_sources(sources, revision=revision)
    selection = Selection(where, shard, sample=sample, seed=seed, by=by, limit=limit)
    overrides = Overrides(
        question,
        gold,
        response,
        label=label,
        by=by,
        recorded=recorded_fields(rule),
        format=format,
        labelled=labels is None and not attack,
    )
    mappings: dict[str, Mapping] = {}

    def shown(what: str) -> AbstractContextManager[Progress]:
        return progress(quiet=quiet, things=what, finds=None)

    with (
        reader_may_leave(),
        opened_cache(enabled=not no_cache, on_failure=no_cache_note) as cache,
        opened_rules(
            rule,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            accept_above=accept_above,
            cache=cache,
        ) as rules,
        proofs_for(
            wanted=not no_proofs,
            workers=workers,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            cache=cache,
        ) as proofs,
        opened_pairs(
            ColumnLabels() if labels is None else read_labels(labels), guard, needed=not attack
        ) as pairs,
    ):
        on_mapping = announced(
            mappings, quiet=quiet, without_question="the models judge by gold and answer alone"
        )
        read = read_windows(
            opened,
            overrides,
            on_mapping=on_mapping,
            responses=None if attack else True,
            also=selection.columns(),
        )
        targets = Targets() if attack else None
        collect(withhold_sentinels(begun(selected(read, selection))), pairs, targets, shown)
        hearing = hear(
            pairs,
            rules=dict(zip(rule, rules, strict=True)),
            proofs=proofs,
            models=choice.loads,
            rungs=rungs,
            targets=targets,
            threshold=threshold,
            cache=cache,
            shown=shown,
        )
        with opened_scores(output) as path:
            write_scores(
                path,
                pairs,
                hearing,
                {
                    **origin(mappings, sources=opened, rule=rule[0], selection=selection),
                    "label": str(labels) if labels else next(iter(mappings.values())).label,
                    "by": next(iter(mappings.values())).by,
                },
            )
            scored = read_scores(path)
    figures = evaluation_figures(scored, threshold=threshold, max_fpr=max_fpr, min_recall=min_recall)
    if targets is not None:
        figures["attack"] = attack_figures(hearing.attacked, sampled=len(targets))
    _show(figures, json=json, quiet=quiet)
    if html is not None:
        _write_page(html, figures, scored, overwrite=overwrite)
    if calibrate is not None:
        write_calibration(calibrate, calibration_of(scored, figures["models"][0]), overwrite=overwrite)
    return _exit_code(figures, fail_over, quiet=quiet)


def _exit_code(figures: "Figures", fail_over: float | None, *, quiet: bool) -> int:
    """Whether some pattern fools a verifier more often than the user puts up with."""
    from tinyv_cli.console import err
    from tinyv_cli.evaluation.attacks import highest_share

    highest = highest_share(figures["attack"]) if figures["attack"] else 0.0
    if fail_over is None or 100 * highest <= fail_over:
        return 0
    if not quiet:
        err().print(f"a pattern succeeds in {highest:.1%}, more than the {fail_over:g}% of --fail-over")
    return EXIT_FOOLED


def _check_options(
    model: list[str], *, calibrate: Path | None, attack: bool, fail_over: float | None
) -> None:
    if calibrate is not None and [name for name in model if name != words.NONE] != model[:1]:
        raise UsageError("--calibrate writes the calibration of one model; name one with --model")
    if fail_over is not None and not attack:
        raise UsageError("--fail-over is about what fools a verifier; give --attack too")


def _write_page(path: Path, figures: "Figures", scored: "Scored", *, overwrite: bool) -> None:
    from tinyv_cli.evaluation.page import evaluation_page
    from tinyv_cli.figures.curves import curves
    from tinyv_cli.figures.page import write_page

    drawn = [curves(each.name, scored.label, each.scores) for each in scored.verifiers if each.model]
    write_page(path, evaluation_page(figures, drawn), overwrite=overwrite)


def _show(figures: "Figures", *, json: bool, quiet: bool) -> None:
    from tinyv_cli.console import out
    from tinyv_cli.evaluation.tables import evaluation_tables

    if json:
        print(dumps(figures, ensure_ascii=False, indent=2))
    elif not quiet:
        out().print(evaluation_tables(figures))
