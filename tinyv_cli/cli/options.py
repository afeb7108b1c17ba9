"""The options that several commands share, each written once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tinyv_cli.words import (
    ALL_LAYERS,
    DEFAULT_MODEL,
    DEFAULT_PROMPT,
    DEFAULT_RULE,
    MODEL_FORMS_HELP,
    PROMPT_NAMES,
    Agree,
    Only,
    OutputFormat,
)

AUTO = "auto"
PRESETS = "math-verify (/default, /verl, /trl, /lighteval), exact"
FIELDS, ROWS, VERIFIERS = "Fields", "Rows", "Verifiers"
RESOURCES, OUTPUT = "Resources", "Output"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE…",
        help="Files (.parquet .arrow .feather .jsonl .json .csv .tsv .eval; text also .gz .zst .bz2), "
        r"folders, patterns ('steps/*.jsonl'), URLs (s3:// gs:// https:// …), "
        r"hf:owner/name[:config]\[@split], or - for JSON lines on standard input.",
        show_default=False,
    ),
]
AuditedFile = Annotated[
    Path,
    typer.Argument(
        metavar="AUDITED", help="A Parquet file that 'tinyv audit' has written.", show_default=False
    ),
]


def _field(name: str, what: str) -> Any:
    return typer.Option(f"--{name}", metavar="COLUMN", rich_help_panel=FIELDS, help=what)


QuestionField = Annotated[str | None, _field("question", "The question: a column or dotted path.")]
GoldField = Annotated[str | None, _field("gold", "The gold answer, e.g. reward_model.ground_truth.")]
ResponseField = Annotated[
    str | None, _field("response", "The response, or a list of them; several columns are joined by commas.")
]
LabelField = Annotated[str | None, _field("label", "Whether the response is truly right, if you know it.")]
ByField = Annotated[str | None, _field("by", "Split the summary by this column.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        rich_help_panel=FIELDS,
        help="Read the rows as this format (tinyv formats lists them), instead of recognising theirs.",
    ),
]
Revision = Annotated[
    str | None,
    typer.Option(
        "--revision",
        metavar="NAME",
        rich_help_panel=FIELDS,
        help="Branch, tag or commit of the hf: datasets.",
        show_default="main",
    ),
]
Select = Annotated[
    str | None,
    typer.Option(
        "--select",
        metavar="COLUMN,…",
        rich_help_panel=OUTPUT,
        help="Columns of the input to keep, e.g. id,source; what is neither kept nor needed is not read.",
        show_default="all",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, rich_help_panel=ROWS, help="Stop after N examples."),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        rich_help_panel=ROWS,
        help="Rows for which this holds, in SQL over the columns: "
        "\"source = 'gsm8k' AND extra_info.level > 3\".",
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(
        "--sample",
        metavar="N",
        min=1,
        rich_help_panel=ROWS,
        help="N rows at random with all their responses; with --by, N of each group.",
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", rich_help_panel=ROWS, help="Another seed draws another --sample.")
]
Shard = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        rich_help_panel=ROWS,
        help="The I-th of N parts of the rows, for job arrays: 1/8 to 8/8 are all rows, each once.",
    ),
]

Rules = Annotated[
    list[str],
    typer.Option(
        "--rule",
        envvar="TINYV_RULE",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"The rule to audit: {PRESETS}, column:FIELD, "
        "module:function or file.py:function. Given again: a rule to compare it with.",
        show_default=DEFAULT_RULE,
    ),
]
OneRule = Annotated[
    str,
    typer.Option(
        "--rule",
        envvar="TINYV_RULE",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"The rule to ask: {PRESETS}, module:function or file.py:function.",
    ),
]
MeasuredRules = Annotated[
    list[str],
    typer.Option(
        "--rule",
        envvar="TINYV_RULE",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"A rule to measure: {PRESETS}, column:FIELD, module:function or file.py:function. "
        "Given again: another.",
        show_default=DEFAULT_RULE,
    ),
]
AcceptAbove = Annotated[
    float | None,
    typer.Option(
        "--accept-above",
        metavar="SCORE",
        rich_help_panel=VERIFIERS,
        help="For a rule that gives scores: accept above this one.",
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        envvar="TINYV_MODEL",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"Who is asked when the rule does not accept: {MODEL_FORMS_HELP}. "
        "Given again: a second opinion; both models are then in memory for the whole run.",
        show_default=DEFAULT_MODEL,
    ),
]
MeasuredModels = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        envvar="TINYV_MODEL",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"A model to measure, alone and behind each rule: {MODEL_FORMS_HELP}. Given again: another; "
        "they are loaded one after the other.",
        show_default=DEFAULT_MODEL,
    ),
]
Agreement = Annotated[
    Agree,
    typer.Option(
        "--agree",
        rich_help_panel=VERIFIERS,
        help="Of two models, whether an answer is correct if all say so, or if any does.",
    ),
]
Prompt = Annotated[
    str | None,
    typer.Option(
        "--prompt",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"How a .gguf model or a server is asked: {' or '.join(PROMPT_NAMES)}.",
        show_default=f"{DEFAULT_PROMPT}, or what the model of an alias was trained on",
    ),
]
Threshold = Annotated[
    float,
    typer.Option(
        "--threshold",
        envvar="TINYV_THRESHOLD",
        min=0.0,
        max=1.0,
        rich_help_panel=VERIFIERS,
        help="From which p on an answer counts as correct.",
    ),
]
Calibrations = Annotated[
    list[Path] | None,
    typer.Option(
        "--calibration",
        metavar="FILE",
        rich_help_panel=VERIFIERS,
        help="Make probabilities of the model's p, by a file of 'tinyv eval --calibrate', or by the one that "
        "ships with nano (--calibration nano); each of two models may have one.",
    ),
]
NoProofs = Annotated[
    bool,
    typer.Option(
        "--no-proofs",
        rich_help_panel=VERIFIERS,
        help="Search for no proofs of what the rule does not accept; leave all of it to the model.",
    ),
]
ProofsOnly = Annotated[
    bool,
    typer.Option(
        "--proofs-only", rich_help_panel=VERIFIERS, help="Rule and proofs, and no model: as --model none."
    ),
]
Refute = Annotated[
    bool,
    typer.Option(
        "--refute",
        rich_help_panel=VERIFIERS,
        help="Show of numbers too that they cannot be the gold; then no model is asked about them.",
    ),
]
RuleTimeout = Annotated[
    float,
    typer.Option(
        "--rule-timeout",
        min=0.01,
        rich_help_panel=RESOURCES,
        help="Seconds that the rule has for an example, and the search for a proof.",
    ),
]
RuleMemory = Annotated[
    int,
    typer.Option(
        "--rule-memory",
        min=256,
        rich_help_panel=RESOURCES,
        help="Megabytes that a worker of the rule, or of the proofs, may take.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        envvar="TINYV_WORKERS",
        min=1,
        rich_help_panel=RESOURCES,
        help="Processes for the rule, and for proofs; all cores unless given.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads", min=1, rich_help_panel=RESOURCES, help="Threads for the model; all cores unless given."
    ),
]


def _layers(text: str) -> int:
    return int(text) if text != AUTO else ALL_LAYERS


GpuLayers = Annotated[
    int,
    typer.Option(
        "--gpu-layers",
        parser=_layers,
        metavar="auto|N",
        rich_help_panel=RESOURCES,
        help="Layers of the model to put on a GPU that llama.cpp was built for; auto puts all.",
        show_default=AUTO,
    ),
]
BatchTokens = Annotated[
    int,
    typer.Option(
        "--batch-tokens", min=64, rich_help_panel=RESOURCES, help="Tokens that the model evaluates at a time."
    ),
]


class Switch(StrEnum):
    """Whether something is done: where it helps, or not, or in any case."""

    AUTO = "auto"
    OFF = "off"
    ON = "on"


class AutoOrOff(StrEnum):
    """Whether something is done where it helps."""

    AUTO = "auto"
    OFF = "off"


FlashAttention = Annotated[
    Switch,
    typer.Option(
        "--flash-attention", rich_help_panel=RESOURCES, help="Attention in one step, without its matrix."
    ),
]
Requantize = Annotated[
    AutoOrOff,
    typer.Option(
        "--requantize",
        rich_help_panel=RESOURCES,
        help="Keep a fast copy of a model in a format that is slow on a CPU (Q4_1, Q5_0, Q5_1).",
    ),
]
Think = Annotated[
    bool | None,
    typer.Option(
        "--think/--no-think",
        rich_help_panel=VERIFIERS,
        help="Let the model write down its thoughts before its verdict, as the paper's think models do.",
        show_default="as the model of an alias was trained",
    ),
]
Concurrency = Annotated[
    int,
    typer.Option(
        "--concurrency",
        min=1,
        rich_help_panel=RESOURCES,
        help="Requests that a server is sent at the same time.",
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", rich_help_panel=RESOURCES, help="Use no verdicts of earlier runs and keep none."
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        rich_help_panel=OUTPUT,
        help="Replace an output that exists; the default one is replaced without it if tinyv wrote it.",
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        help="Write a page with the findings: charts, and examples to search, sort and filter.",
    ),
]
OutputAs = Annotated[
    OutputFormat | None,
    typer.Option(
        "--output-format",
        rich_help_panel=OUTPUT,
        help="Unless given, the extension of --output says it, and is parquet where that is left open. "
        "CSV has nested columns as JSON, and text as it is: spreadsheets run what begins with =, +, - or @.",
        show_default=False,
    ),
]
Kept = Annotated[
    Only | None,
    typer.Option(
        "--only",
        rich_help_panel=OUTPUT,
        help="Write these examples alone; the summary counts all. rejected is what the rule rejected, "
        "the others are the final verdicts.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", rich_help_panel=OUTPUT, help="No progress, no summary.")]
Json = Annotated[bool, typer.Option("--json", rich_help_panel=OUTPUT, help="Print the result as JSON.")]
Debug = Annotated[
    bool, typer.Option("--debug", rich_help_panel=OUTPUT, help="Show the traceback of an error.")
]
