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
            "verifier on; pytest: cases for a rule; jsonl: the false negatives.",
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
            help="The file to write, .jsonl or .parquet; .py for pytest.",
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
    prompt: Annotated[
        str,
        options.option(
            options.VERIFIERS,
            "--prompt",
            metavar="NAME",
            help=f"How the verifier is asked in the chats of sft: {' or '.join(words.PROMPT_NAMES)}.",
        ),
    ] = words.DEFAULT_PROMPT
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
    """Write corrected rows, rewards, labels, training data for a verifier, or regression cases for a rule.

    Examples:
    tinyv export rollouts.audited.parquet --as recovered -o recovered.parquet
    tinyv export rollouts.audited.parquet --as sft -o sft.jsonl
    """
    from tinyv_cli.cli.reading import refuse_input
    from tinyv_cli.console import note, reader_may_leave
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.exports import EXPORTS, Request, exported
    from tinyv_cli.exports.regression import python_file, rule_to_test
    from tinyv_cli.exports.writing import WRITERS, limited, opened_stream

    file = open_audited(*audited)
    target = None if chosen.output == Path("-") else chosen.output
    extensions = EXPORTS[chosen.what].extensions
    if target is not None:
        refuse_input(target, [str(each.path) for each in file.files])
        if target.suffix.lower() not in extensions:
            raise UsageError(
                f"{target}: --as {chosen.what} writes {' or '.join(extensions)} files; name one with -o"
            )
    tested = rule_to_test(file, chosen.rule) if chosen.what is ExportAs.PYTEST else None
    known = _labels(file, chosen.labels, quiet=chosen.quiet)
    tables = limited(exported(chosen.what, Request(file, known, chosen.prompt)), chosen.limit)
    with reader_may_leave(), opened_stream(target, overwrite=chosen.overwrite) as stream:
        if tested is not None:
            stream.writelines(python_file(tables, file, tested))
        else:
            WRITERS[extensions[0] if target is None else target.suffix.lower()](tables, stream)
    if target is not None and not chosen.quiet:
        note(f"written: {target}")
    return 0


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
