"""The options, each written once, in records by what a command needs; a field of a record is an option."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tinyv_cli.words import (
    DEFAULT_DEADLINE,
    DEFAULT_MODEL,
    DEFAULT_RULE,
    DEFAULT_SURE,
    DEFAULT_THRESHOLD,
    DEFAULT_WEIGHT,
    MODEL_FORMS,
    PROMPT_NAMES,
    SHOWN,
    Agree,
    Form,
    Mode,
    Only,
    Proofs,
    Suspects,
)

# The groups in which help shows them.
FIELDS, ROWS, VERIFIERS, VERDICTS = "Fields", "Rows", "Verifiers", "Verdicts"
OUTPUT, MORE_OUTPUT, RUN = "Output", "More output", "Run"
GROUPS = (FIELDS, ROWS, VERIFIERS, VERDICTS, OUTPUT, MORE_OUTPUT, RUN)
PRESETS = "math-verify (/default, /verl, /trl, /lighteval), exact"
SCORED = "module:function[@CUT] or file.py:function[@CUT]"
CUT = "With a CUT, a score at or above it is a yes"
MOST = 2**63 - 1  # what libraries can count


def option(group: str, *names: str, help: str, **more: Any) -> Any:
    """An option of a group."""
    return typer.Option(*names, rich_help_panel=group, help=help, **more)


def words(kind: type[StrEnum]) -> str:
    """The words of which an option takes one."""
    return "|".join(kind)


def _field(name: str, what: str) -> Any:
    return option(FIELDS, f"--{name}", metavar="COLUMN", help=what)


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files (.parquet .arrow .feather .jsonl .json .csv .tsv .eval; text also .gz .zst .bz2), "
        "folders, patterns ('steps/*.jsonl'), URLs (s3:// gs:// https:// …), datasets of the hub "
        "(hf:owner/name[:config][@split][#revision]), or - for JSON lines on standard input.",
        show_default=False,
    ),
]
AuditedFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="AUDITED",
        help="Parquet files that 'tinyv audit' has written, folders or patterns of them ('runs/*.parquet'); "
        "several are read as one.",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None, option(ROWS, "--limit", metavar="N", min=1, max=MOST, help="Stop after N examples.")
]
Seed = Annotated[int, option(ROWS, "--seed", metavar="N", help="Another seed draws another --sample.")]
Json = Annotated[bool, option(OUTPUT, "--json", help="Print the result as JSON.")]
Quiet = Annotated[bool, option(MORE_OUTPUT, "--quiet", help="No progress, no summary.")]
Overwrite = Annotated[
    bool,
    option(
        OUTPUT,
        "--overwrite",
        help="Replace a file that exists; the default output is replaced without it, if tinyv wrote it.",
    ),
]
Page = Annotated[
    Path | None,
    option(
        OUTPUT,
        "--html",
        metavar="FILE",
        help="Write the findings as one self-contained page, with charts and examples.",
    ),
]
Markdown = Annotated[bool, option(MORE_OUTPUT, "--markdown", help="Print the tables as Markdown.")]
Select = Annotated[
    str | None,
    option(
        MORE_OUTPUT,
        "--select",
        metavar="COLUMN,…",
        help="Columns of the input to keep, e.g. id,source; what is neither kept nor needed is not read.",
        show_default="all",
    ),
]
# What is settled by settings where a command line leaves it open is None.
OneRule = Annotated[
    str | None,
    option(
        VERIFIERS,
        "--rule",
        metavar="NAME",
        help=f"The rule to ask: {PRESETS}, {SCORED}. {CUT}.",
        show_default=DEFAULT_RULE,
    ),
]


Shadow = Annotated[
    Path | None,
    option(
        VERDICTS,
        "--shadow",
        metavar="FOLDER",
        help="Leave rewards to the rule, and write there what else would be said, for 'tinyv report FOLDER'.",
    ),
]
Deadline = Annotated[
    float | None,
    option(
        RUN,
        "--deadline",
        metavar="SECONDS",
        min=0.01,
        help="An answer that takes longer is undecided.",
        show_default=str(DEFAULT_DEADLINE),
    ),
]


def percent(names: str, what: str) -> Any:
    """A percentage, above which the exit code is 1."""
    return option(MORE_OUTPUT, names, metavar="PCT", min=0.0, max=100.0, help=f"Exit with 1 if {what}.")


def share(name: str, what: str) -> Any:
    """A share from 0 to 1."""
    return option(VERDICTS, name, metavar="SHARE", min=0.0, max=1.0, help=what)


@dataclass(frozen=True, slots=True)
class GoldFields:
    """Where question and gold stand."""

    question: Annotated[str | None, _field("question", "The question: a column or dotted path.")] = None
    gold: Annotated[str | None, _field("gold", "The gold answer, e.g. reward_model.ground_truth.")] = None
    format: Annotated[
        str | None,
        option(
            FIELDS,
            "--format",
            metavar="NAME",
            help="Read the rows as this format (see tinyv formats), instead of recognising theirs.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class ReplyFields(GoldFields):
    """Where replies stand, and what groups rows."""

    response: Annotated[
        str | None,
        _field(
            "response",
            "The response, or a list of them; rollouts.*.text goes into a list, commas join columns.",
        ),
    ] = None
    by: Annotated[str | None, _field("by", "Split the summary by this column.")] = None


@dataclass(frozen=True, slots=True)
class Fields(ReplyFields):
    """Where everything stands that is said of a response."""

    label: Annotated[str | None, _field("label", "Whether the response is right, where you know it.")] = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows are looked at."""

    where: Annotated[
        str | None,
        option(
            ROWS,
            "--where",
            metavar="CONDITION",
            help="Rows for which this holds, in SQL over the columns: "
            "\"source = 'gsm8k' AND extra_info.level > 3\".",
        ),
    ] = None
    sample: Annotated[
        int | None,
        option(
            ROWS,
            "--sample",
            metavar="N",
            min=1,
            max=MOST,
            help="N rows at random with all their responses; with --by, N of each group.",
        ),
    ] = None
    seed: Seed = 0
    shard: Annotated[
        str | None,
        option(
            ROWS,
            "--shard",
            metavar="I/N",
            help="The I-th of N parts of the questions, for job arrays: 1/8 to 8/8 are all rows, each once. "
            "'tinyv report' reads them as one again.",
        ),
    ] = None
    limit: Limit = None


@dataclass(frozen=True, slots=True)
class Verifiers:
    """Who decides."""

    rule: Annotated[
        list[str] | None,
        option(
            VERIFIERS,
            "--rule",
            metavar="NAME",
            help=f"The rule: {PRESETS}, column:FIELD[@CUT], {SCORED}. {CUT}. Given again: one to compare.",
            show_default=DEFAULT_RULE,
        ),
    ] = None
    rule_python: Annotated[
        Path | None,
        option(
            VERDICTS,
            "--rule-python",
            metavar="PYTHON",
            help="The Python in which the rule runs, such as a trainer's, whose Math-Verify may read less "
            "than ours. Nothing is installed there. What ours says is compared with it.",
        ),
    ] = None
    model: Annotated[
        list[str] | None,
        option(
            VERIFIERS,
            "--model",
            metavar="NAME",
            help=f"Who is asked when the rule does not accept: {MODEL_FORMS}. Several with commas between: "
            "a cascade, each asked what those before it are not sure of. Given again: a further opinion. All "
            "are in memory; eval measures any number, one after the other.",
            show_default=f"{DEFAULT_MODEL}, where it can be run",
        ),
    ] = None
    prompt: Annotated[
        str | None,
        option(
            VERDICTS,
            "--prompt",
            metavar="NAME|FILE",
            help=f"How models that chat are asked: {', '.join(PROMPT_NAMES)} (lets them reason first, for "
            "reference labels), or a file that holds {{QUESTION}}, {{GROUND_TRUTH_ANSWER}} and "
            "{{MODEL_ANSWER}}.",
            show_default="the model's own, or tinyv",
        ),
    ] = None
    proofs: Annotated[
        Proofs,
        option(
            VERIFIERS,
            "--proofs",
            metavar=words(Proofs),
            help="Search for proofs and refutations of what the rule does not accept, and for what speaks "
            "against what it accepts; or leave it all to the model.",
        ),
    ] = Proofs.ON
    rounding: Annotated[
        str,
        option(
            VERDICTS,
            "--rounding",
            metavar="none|shown|PCT%",
            help="Whether numbers are proved by rounding: not at all, to the digits that one of them shows, "
            "or also within a percentage of the gold, 1%.",
        ),
    ] = SHOWN
    form: Annotated[
        Form,
        option(
            VERDICTS,
            "--form",
            metavar=words(Form),
            help="Whether what is equal is proved only in the form that the question asks for, such as a "
            "common fraction.",
        ),
    ] = Form.ASKED
    threshold: Annotated[
        float | None,
        option(
            VERDICTS,
            "--threshold",
            metavar="P",
            min=0.0,
            max=1.0,
            help="The p from which on an answer counts as correct.",
            show_default=str(DEFAULT_THRESHOLD),
        ),
    ] = None
    sure: Annotated[
        float | None,
        option(
            VERDICTS,
            "--sure",
            metavar="P",
            min=0.5,
            max=1.0,
            help="In a cascade, how sure a model must be, by its calibration, of right or of wrong, to "
            "settle an answer.",
            show_default=str(DEFAULT_SURE),
        ),
    ] = None
    calibration: Annotated[
        list[Path] | None,
        option(
            VERDICTS,
            "--calibration",
            metavar="FILE",
            help="Turn the model's p into a probability, by a file of 'tinyv eval --calibrate' or by nano's "
            "own (--calibration nano); each of several models may have one.",
        ),
    ] = None

    def read(self) -> list[str | Path]:
        """What rules and models are named by, among it their files."""
        return [*(name.rpartition(":")[0] for name in self.rule or ()), *(self.model or ())]


@dataclass(frozen=True, slots=True)
class Judges(Verifiers):
    """Who decides, and how they do so together."""

    agree: Annotated[
        Agree,
        option(
            VERDICTS,
            "--agree",
            metavar=words(Agree),
            help="Of two models: an answer is correct if all say so, or if any does.",
        ),
    ] = Agree.ALL
    mode: Annotated[
        Mode,
        option(
            VERDICTS,
            "--mode",
            metavar=words(Mode),
            help="What the reward is made of: 1 where the rule accepts or a proof is found, else the model's "
            "yes times --weight; the model's yes alone; or weight · model + (1 - weight) · rule.",
        ),
    ] = Mode.ADDON
    weight: Annotated[
        float,
        option(
            VERDICTS,
            "--weight",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="What the model's yes is worth in tinyv_reward.",
        ),
    ] = DEFAULT_WEIGHT
    suspects: Annotated[
        Suspects,
        option(
            VERDICTS,
            "--suspects",
            metavar=words(Suspects),
            help="What counts an answer as that the rule accepts though something speaks against it.",
        ),
    ] = Suspects.CORRECT

    def read(self) -> list[str | Path]:
        """Calibrations, too."""
        return [*Verifiers.read(self), *(self.calibration or ())]


@dataclass(frozen=True, slots=True)
class Caching:
    """Whether earlier verdicts count."""

    no_cache: Annotated[
        bool, option(RUN, "--no-cache", help="Use no verdicts of earlier runs and keep none.")
    ] = False


@dataclass(frozen=True, slots=True)
class Resources(Caching):
    """What a run may take."""

    workers: Annotated[
        int | None,
        option(
            RUN,
            "--workers",
            metavar="N",
            min=1,
            max=MOST,
            help="Processes for the rule, and for proofs.",
            show_default="all cores",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Printed:
    """How what was found is shown."""

    html: Page = None
    overwrite: Overwrite = False
    json: Json = False
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class Tables(Printed):
    """Tables can be printed as Markdown too."""

    markdown: Markdown = False


@dataclass(frozen=True, slots=True)
class AuditOutput(Printed):
    """What an audit writes."""

    output: Annotated[
        Path | None,
        option(
            OUTPUT,
            "--output",
            "-o",
            metavar="FILE",
            help="The annotated file, .parquet, .jsonl or .csv (nested columns as JSON; beware: spreadsheets "
            "run text that begins with =, +, - or @); - writes JSON lines to standard output.",
            show_default="<name>.audited.parquet here; standard output for standard input",
        ),
    ] = None
    dry_run: Annotated[
        bool,
        option(
            OUTPUT,
            "--dry-run",
            help="Say what would be read, judged and asked, and how long it would take; write nothing.",
        ),
    ] = False
    ray: Annotated[
        bool,
        option(
            RUN,
            "--ray",
            help="Audit on a Ray cluster: that of RAY_ADDRESS, else one of this machine alone. -o names a "
            "folder of parts, s3://… and gs://… too; given again, the command goes on where it was killed.",
        ),
    ] = False
    select: Select = None
    only: Annotated[
        Only | None,
        option(
            MORE_OUTPUT,
            "--only",
            metavar=words(Only),
            help="Write these examples alone; the summary counts all. rejected is what the rule rejected, "
            "the others are the final verdicts.",
        ),
    ] = None
    fail_over: Annotated[
        float | None,
        percent("--fail-over", "more than this percentage of the rejected are false negatives"),
    ] = None
