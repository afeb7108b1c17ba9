"""`tinyv check`: one example through all stages, explained."""

import sys
import time
from dataclasses import asdict, dataclass
from json import dumps
from typing import Annotated, Any

import typer

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.cli.asking import model_options, models_asked, read_calibrations, ready_models
from tinyv_cli.errors import UsageError
from tinyv_cli.records import Example, Judged, ModelResult, RuleResult, Shown
from tinyv_cli.taxonomy import LEAF_NAMES
from tinyv_cli.words import Agree

CHECK_VERSION = 1
AGREEMENT = {Agree.ALL: "correct if all say so", Agree.ANY: "correct if any says so"}
EXIT_CODES = {"correct": 0, "incorrect": 1, "undecided": 3}


def check(
    response: Annotated[
        str, typer.Argument(help="The response, or just its answer; - reads it from standard input.")
    ],
    gold: Annotated[
        list[str],
        typer.Option("--gold", "-g", help="The gold answer; given more than once, any of them counts."),
    ],
    question: Annotated[str, typer.Option("--question", "-q", help="The question.")] = "",
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
    threads: options.Threads = None,
    gpu_layers: options.GpuLayers = words.ALL_LAYERS,
    batch_tokens: options.BatchTokens = words.DEFAULT_BATCH_TOKENS,
    flash_attention: options.FlashAttention = options.Switch.AUTO,
    requantize: options.Requantize = options.AutoOrOff.AUTO,
    rule_timeout: options.RuleTimeout = words.DEFAULT_RULE_TIMEOUT,
    rule_memory: options.RuleMemory = words.DEFAULT_RULE_MEMORY_MB,
    no_cache: options.NoCache = False,
    json: options.Json = False,
    debug: options.Debug = False,
) -> int:
    """Judge one response and say why. Exit code: 0 correct, 1 incorrect, 3 undecided, 2 usage.

    Example: tinyv check -q "Solve x^2-5x+6=0" -g "\\\\{2,3\\\\}" "x=2 or x=3"
    """
    from tinyv_cli.console import no_cache_note, note
    from tinyv_cli.documents.calibration import before_models
    from tinyv_cli.guards import guard
    from tinyv_cli.maths.answers import find_answer
    from tinyv_cli.models import choose_models
    from tinyv_cli.pipeline import Stages, judge_windows
    from tinyv_cli.proofs.likeliest import category
    from tinyv_cli.proofs.stage import proofs_for
    from tinyv_cli.rules import opened_rules, recorded_fields, rule_columns
    from tinyv_cli.running.cache import opened_cache

    rule_columns(rule)  # none is given twice
    for field in recorded_fields(rule):
        raise UsageError(
            f"the rule 'column:{field}' reads a verdict from a file; for one example name another --rule"
        )
    calibrations = read_calibrations(calibration)
    choice = choose_models(
        models_asked(model, no_proofs=no_proofs, proofs_only=proofs_only, say=note),
        model_options(
            prompt=prompt,
            think=think,
            threads=threads,
            gpu_layers=gpu_layers,
            batch_tokens=batch_tokens,
            flash_attention=flash_attention,
            requantize=requantize,
        ),
        say=note,
    )
    text = sys.stdin.read() if response == "-" else response
    golds = tuple(dict.fromkeys(filter(None, map(str.strip, gold))))
    example = Example(row=0, rollout=0, question=question, golds=golds, response=text)
    with (
        opened_cache(enabled=not no_cache, on_failure=no_cache_note) as cache,
        opened_rules(
            rule,
            workers=1,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            accept_above=accept_above,
            cache=cache,
        ) as (audited, *others),
        proofs_for(
            wanted=not no_proofs,
            refuting=refute,
            workers=1,
            timeout=rule_timeout,
            memory=rule_memory << 20,
            cache=cache,
        ) as proofs,
        choice.opened() as verifiers,
    ):
        models, described = ready_models(
            verifiers,
            cache,
            calibrations,
            before=before_models(rule[0], proofs=proofs is not None),
            threshold=threshold,
            say=note,
        )
        stages = Stages(find_answer, audited, guard, models, threshold, agree, others, proofs, category)
        started = time.perf_counter()
        [(_, [judged])] = judge_windows([_Single([example])], stages)
        seconds = time.perf_counter() - started
    described = described or [{"name": words.NONE}]
    if json:
        found = _as_json(judged, rules=rule, models=described, agree=agree, seconds=seconds)
        print(dumps(found, ensure_ascii=False, indent=2))
    else:
        _explain(judged, rules=rule, models=described, agree=agree, threshold=threshold, seconds=seconds)
    return EXIT_CODES[judged.verdict]


@dataclass(frozen=True, slots=True)
class _Single:
    """A window of one example."""

    examples: list[Example]


def _as_json(
    judged: Judged, *, rules: list[str], models: list[dict[str, Any]], agree: Agree, seconds: float
) -> dict[str, Any]:
    return {
        "schema_version": CHECK_VERSION,
        "answer": judged.answer.text,
        "answer_how": judged.answer.how,
        "rule": judged.rule.outcome,
        "rule_reason": judged.rule.reason,
        "other_rules": {
            name: {"outcome": said.outcome, "reason": said.reason}
            for name, said in zip(rules[1:], judged.others, strict=True)
        },
        "proof": asdict(judged.shown.proof) | {"leaf": judged.shown.leaf} if judged.shown.proof else None,
        "disproof": judged.shown.disproof,
        "model": models[0]["name"],
        "calibration": models[0].get("calibration"),
        "p": judged.p,
        "model_reason": judged.reason,
        "second_model": _second(judged, models[1], agree) if len(models) > 1 else None,
        "verdict": judged.verdict,
        "evidence": judged.evidence,
        "false_negative": judged.false_negative,
        "category": judged.category,
        "lost_in": judged.lost_in,
        "seconds": round(seconds, 4),
    }


def _second(judged: Judged, model: dict[str, Any], agree: Agree) -> dict[str, Any]:
    calibration = model.get("calibration")
    return {
        "name": model["name"],
        "calibration": calibration,
        **asdict(judged.opinion(1)),
        "agree": agree,
    }


def _explain(
    judged: Judged,
    *,
    rules: list[str],
    models: list[dict[str, Any]],
    agree: Agree,
    threshold: float,
    seconds: float,
) -> None:
    from rich.table import Table
    from rich.text import Text

    from tinyv_cli.console import out, visible

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    results = (judged.rule, *judged.others)
    opinions = judged.opinions or [ModelResult(None, judged.reason)] * len(models)
    heard = [
        _heard(opinion, asked=judged.asked, threshold=threshold, calibrated="calibration" in model)
        for opinion, model in zip(opinions, models, strict=True)
    ]
    settled = f", by the {judged.evidence}" if judged.evidence else ""
    sure = "proved" if judged.shown.proof else "likely"
    found = f"; a {sure} false negative of the rule" if judged.false_negative else ""
    for name, said in (
        ("answer", f"{visible(judged.answer.text, 200)}  ({judged.answer.how})"),
        *((f"rule {rule}", _said(result)) for rule, result in zip(rules, results, strict=True)),
        *_shown(judged.shown),
        *((f"model {visible(model['name'], 40)}", said) for model, said in zip(models, heard, strict=True)),
        *([("agree", AGREEMENT[agree])] if len(models) > 1 else []),
        ("verdict", f"{judged.verdict}{settled}{found}"),
        *_kind(judged),
        ("time", f"{seconds:.2f} s"),
    ):
        table.add_row(Text(name), Text(said))
    out().print(table)


def _shown(shown: Shown) -> list[tuple[str, str]]:
    """A line for what was shown, or for a search that was broken off."""
    from tinyv_cli.console import visible

    if shown.sentence is not None:
        return [("proof" if shown.proof else "disproof", visible(shown.sentence, 400))]
    return [("proof", f"none found ({shown.reason})")] if shown.reason else []


def _kind(judged: Judged) -> list[tuple[str, str]]:
    """Of a false negative a line for its leaf of the taxonomy, and one for where the rule lost it."""
    leaf = judged.category
    kind = f"{leaf} {LEAF_NAMES[leaf]}" if leaf else "none of the taxonomy's"
    lost = [("lost in", judged.lost_in.value)] if judged.lost_in else []
    return [("kind", kind), *lost] if judged.false_negative else []


def _heard(opinion: ModelResult, *, asked: bool, threshold: float, calibrated: bool) -> str:
    silent, how = "undecided" if asked else "not asked", ", calibrated" if calibrated else ""
    said = silent if opinion.p is None else f"p = {opinion.p:.3f}{how}, threshold {threshold:g}"
    return f"{said} ({opinion.reason})" if opinion.reason else said


def _said(result: RuleResult) -> str:
    return f"{result.outcome} ({result.reason})" if result.reason else result.outcome.value
