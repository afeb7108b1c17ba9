"""The options that several commands share, each written once."""

from typing import Annotated, Any

import typer

from tinyv_cli.words import DEFAULT_PROMPT, PROMPT_NAMES

FIELDS, VERIFIERS, RESOURCES, OUTPUT = "Fields", "Verifiers", "Resources", "Output"


def _field(name: str, what: str) -> Any:
    return typer.Option(f"--{name}", metavar="COLUMN", rich_help_panel=FIELDS, help=what)


QuestionField = Annotated[str | None, _field("question", "The question: a column or dotted path.")]
GoldField = Annotated[str | None, _field("gold", "The gold answer, e.g. reward_model.ground_truth.")]
ResponseField = Annotated[str | None, _field("response", "The response, or a list of them.")]
LabelField = Annotated[str | None, _field("label", "Whether the response is truly right, if you know it.")]
ByField = Annotated[str | None, _field("by", "Split the summary by this column.")]

Rule = Annotated[
    str,
    typer.Option(
        "--rule",
        envvar="TINYV_RULE",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help="The rule to audit: math-verify (also /default, /verl, /trl), exact, column:FIELD, "
        "module:function or file.py:function.",
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
Model = Annotated[
    str,
    typer.Option(
        "--model",
        envvar="TINYV_MODEL",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help="Who is asked when the rule does not accept: nano (embedded), a .gguf file, the address of an "
        "OpenAI-compatible server (http://host:port/v1[#name]; key in TINYV_API_KEY), or none.",
    ),
]
Prompt = Annotated[
    str,
    typer.Option(
        "--prompt",
        metavar="NAME",
        rich_help_panel=VERIFIERS,
        help=f"How a .gguf model or a server is asked: {' or '.join(PROMPT_NAMES)}.",
        show_default=DEFAULT_PROMPT,
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
RuleTimeout = Annotated[
    float,
    typer.Option(
        "--rule-timeout",
        min=0.01,
        rich_help_panel=RESOURCES,
        help="Seconds that the rule has for an example.",
    ),
]
RuleMemory = Annotated[
    int,
    typer.Option(
        "--rule-memory",
        min=256,
        rich_help_panel=RESOURCES,
        help="Megabytes that a worker of the rule may take.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        envvar="TINYV_WORKERS",
        min=1,
        rich_help_panel=RESOURCES,
        help="Processes for the rule; all cores unless given.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads", min=1, rich_help_panel=RESOURCES, help="Threads for the model; all cores unless given."
    ),
]
GpuLayers = Annotated[
    int,
    typer.Option(
        "--gpu-layers",
        rich_help_panel=RESOURCES,
        help="Layers of the model to put on a GPU that llama.cpp was built for; -1 puts all.",
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
    typer.Option("--no-cache", rich_help_panel=RESOURCES, help="Neither use nor keep verdicts."),
]
Json = Annotated[bool, typer.Option("--json", rich_help_panel=OUTPUT, help="Print the result as JSON.")]
Debug = Annotated[
    bool, typer.Option("--debug", rich_help_panel=OUTPUT, help="Show the traceback of an error.")
]
