"""`tinyv export`: make of an audited file what the next tool wants."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tinyv_cli import words
from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError
from tinyv_cli.words import ExportAs

if TYPE_CHECKING:
    from tinyv_cli.documents.audited import Audited
    from tinyv_cli.documents.labels import Place
    from tinyv_cli.exports.request import Request
    from tinyv_cli.exports.writing import Tally


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is made of the file, and where it goes."""

    what: Annotated[
        ExportAs,
        options.option(
            options.OUTPUT,
            "--as",
            metavar=options.words(ExportAs),
            help="recovered: the input's rows with corrected verdicts and rewards; rewards: these alone; "
            "labels: what all models say alike, for --labels, eval and training; sft: chats to train a "
            "verifier on; pytest: cases for a rule; jsonl: the false negatives; "
            "benchmark: of each question a right answer that the rule lost, and a wrong one; questions: "
            "those worth training on; precomputed: scores for Inspect; noise: the rule's error rates.",
            show_default=False,
        ),
    ]
    output: Annotated[
        Path | None,
        options.option(
            options.OUTPUT,
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, .jsonl or .parquet; .py for pytest, .json for noise. For recovered also "
            "a folder: the input's files by their names, each in its own format.",
            show_default="standard output",
        ),
    ] = None
    labels: Annotated[
        list[Path] | None,
        options.option(
            options.FIELDS,
            "--labels",
            metavar="FILE",
            help="Labels by hand, which come before all verdicts. Given again: more of them.",
            show_default="those of 'tinyv review'",
        ),
    ] = None
    limit: options.Limit = None
    set_: Annotated[
        str | None,
        options.option(
            options.FIELDS,
            "--set",
            metavar="COLUMN,…",
            help="In recovered, put the corrected verdict into these recorded fields, e.g. score,acc.",
        ),
    ] = None
    by: Annotated[
        str | None,
        options.option(
            options.FIELDS,
            "--by",
            metavar="COLUMN",
            help="The column that tells sources apart, in benchmark, questions and noise.",
            show_default="the one that the audit split figures by",
        ),
    ] = None
    pass_rate: Annotated[
        str | None,
        options.option(
            options.ROWS,
            "--pass-rate",
            metavar="LOW:HIGH",
            help="Between which pass rates, after recovery, questions are worth training on.",
            show_default=words.DEFAULT_PASS_RATE,
        ),
    ] = None
    with_model: Annotated[
        float | None,
        options.option(
            options.VERIFIERS,
            "--with-model",
            metavar="P",
            min=0.5,
            max=1.0,
            help="In sft, pytest and benchmark, believe the model, too: for an answer from this p on, "
            "against it from 1 - P down. Without it counts what is proved, refuted, accepted or labelled.",
        ),
    ] = None
    prompt: Annotated[
        str | None,
        options.option(
            options.VERIFIERS,
            "--prompt",
            metavar="NAME",
            help=f"How the verifier is asked in the chats of sft: {' or '.join(words.PROMPT_NAMES)}.",
            show_default=words.DEFAULT_PROMPT,
        ),
    ] = None
    rule: Annotated[
        str | None,
        options.option(
            options.VERIFIERS,
            "--rule",
            metavar="NAME",
            help="The rule that the cases for pytest are put to; TINYV_RULE names another when they are run.",
            show_default="the one that was audited",
        ),
    ] = None
    overwrite: options.Overwrite = False
    quiet: options.Quiet = False


def export(audited: options.AuditedFiles, chosen: ExportOptions) -> int:
    """Write corrected rows, rewards, training data for a verifier, tests for a rule, or how noisy it is.

    Examples:
    tinyv export rollouts.audited.parquet --as recovered -o recovered.parquet
    tinyv export 'steps/*.audited.parquet' --as recovered --set score,acc -o corrected
    tinyv export rollouts.audited.parquet --as sft -o sft.jsonl
    tinyv export rollouts.audited.parquet --as questions --pass-rate 0.1:0.9 -o worth.jsonl
    """
    from tinyv_cli.console import note
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.exports.writing import Tally

    file = open_audited(*audited)
    target = None if chosen.output == Path("-") else chosen.output
    _check_options(chosen)
    tally = Tally()
    if target is not None and _is_folder(target):
        _write_folder(_request(file, chosen), target, chosen, tally)
    else:
        _write_file(_request(file, chosen), target, chosen, tally)
    if target is not None and not chosen.quiet:
        note(f"written: {target} ({tally})")
    return 0


def _check_options(chosen: ExportOptions) -> None:
    """Raise UsageError for an option that this export does not take."""
    from tinyv_cli.exports import EXPORTS

    given = {
        "--set": chosen.set_,
        "--by": chosen.by,
        "--pass-rate": chosen.pass_rate,
        "--with-model": chosen.with_model,
        "--prompt": chosen.prompt,
        "--rule": chosen.rule,
    }
    for option, value in given.items():
        if value is not None and option not in EXPORTS[chosen.what].takes:
            takers = [str(what) for what, export in EXPORTS.items() if option in export.takes]
            raise UsageError(f"{option} is for --as {' or '.join(takers)}, not for {chosen.what}")


def _is_folder(target: Path) -> bool:
    return target.is_dir() or not target.suffix


def _request(audited: "Audited", chosen: ExportOptions) -> "Request":
    from tinyv_cli.cli.reading import column_names
    from tinyv_cli.exports.request import Request

    return Request(
        audited,
        _labels(audited, chosen.labels, quiet=chosen.quiet),
        chosen.prompt or words.DEFAULT_PROMPT,
        with_model=chosen.with_model,
        fields=column_names(chosen.set_) or (),
        by=chosen.by,
        pass_rate=_pass_rate(chosen.pass_rate or words.DEFAULT_PASS_RATE),
        limit=chosen.limit,
    )


def _pass_rate(text: str) -> tuple[float, float]:
    """The ends that `0.1:0.9` names. Raises UsageError."""
    low, _, high = text.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = 1.0, 0.0
    if not 0 <= ends[0] <= ends[1] <= 1:
        raise UsageError(f"--pass-rate {text}: is not of the form LOW:HIGH, such as 0.1:0.9, from 0 to 1")
    return ends


def _write_file(request: "Request", target: Path | None, chosen: ExportOptions, tally: "Tally") -> None:
    """One file, or standard output."""
    from tinyv_cli.exports import EXPORTS, exported
    from tinyv_cli.exports.regression import python_file, rule_to_test
    from tinyv_cli.exports.writing import WRITERS, limited, opened_stream
    from tinyv_cli.running.targets import keep_apart

    export, audited = EXPORTS[chosen.what], request.audited
    if target is not None:
        keep_apart({"-o": target}, _read(audited, chosen.labels))
        if target.suffix.lower() not in export.extensions:
            raise UsageError(
                f"{target}: --as {chosen.what} writes {' or '.join(export.extensions)} files; "
                "name one with -o"
            )
    tested = rule_to_test(audited, chosen.rule) if chosen.what is ExportAs.PYTEST else None
    made = exported(chosen.what, request)
    tables = tally.counting(made if export.whole else limited(made, chosen.limit))
    with opened_stream(target, overwrite=chosen.overwrite) as stream:
        if tested is not None:
            stream.writelines(python_file(tables, audited, tested))
        else:
            WRITERS[export.extensions[0] if target is None else target.suffix.lower()](tables, stream)


def _write_folder(request: "Request", target: Path, chosen: ExportOptions, tally: "Tally") -> None:
    """The files of the input, with corrected rows, in a folder."""
    from tinyv_cli.exports.folder import write_folder
    from tinyv_cli.exports.recovered import recovered_files
    from tinyv_cli.running.targets import keep_apart

    if chosen.what is not ExportAs.RECOVERED or chosen.limit is not None:
        raise UsageError(
            f"{target}: a folder is written by --as recovered alone, and whole; name a file with -o"
        )
    sources = [source["name"] for source in request.audited.metadata.get("sources", [])]
    read = [*sources, *_read(request.audited, chosen.labels)]
    write_folder(
        recovered_files(request),
        target,
        sources,
        tally=tally,
        overwrite=chosen.overwrite,
        check=lambda place: keep_apart({"-o": place}, read),
    )


def _read(audited: "Audited", labels: list[Path] | None) -> list[Path]:
    """All files that are read: the audited ones, and labels by hand, named or beside them."""
    from tinyv_cli.documents.labels import labels_beside

    return [*(file.path for file in audited.files), *(labels or labels_beside(audited))]


def _labels(audited: "Audited", labels: list[Path] | None, *, quiet: bool) -> "dict[Place, bool]":
    """What was said by hand: in the files that are named, else beside the audited ones."""
    from tinyv_cli.console import note
    from tinyv_cli.documents.labels import agreed, labels_beside, labels_of

    paths = labels or labels_beside(audited)
    known = agreed(labels_of(audited, *paths))
    if paths and not quiet:
        names = ", ".join(map(str, paths))
        note(f"{names}: labels by hand come before the verdicts ({len(known):,})")
    return known
