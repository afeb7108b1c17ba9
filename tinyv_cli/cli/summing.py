"""What an audit says of itself on any number of machines: what its output is called, and its findings."""

from pathlib import Path
from typing import TYPE_CHECKING

from tinyv_cli.cli.options import AuditOutput
from tinyv_cli.cli.printing import exit_over
from tinyv_cli.cli.reading import Reading

if TYPE_CHECKING:
    from tinyv_cli.report.records import Summary

STDIN = Path("-")
WITHOUT_QUESTION = "the model judges by gold and answer alone"


def default_name(reading: Reading, shard: str | None) -> str:
    """How the output is called in the working folder; each shard has one of its own."""
    part = f".{shard.replace('/', '-of-')}" if shard else ""
    return f"{reading.sources[0].stem}.audited{part}"


def is_summarised(output: AuditOutput) -> bool:
    """Whether anybody wants to know the findings."""
    said = output.json or not output.quiet
    return said or output.html is not None or output.fail_over is not None


def summary_of(annotated: Path, output: AuditOutput, target: "Path | str | None") -> "Summary":
    """The figures of a file or folder, which is called `target`; None is standard output."""
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.report.summary import LISTED, summarise

    listed = LISTED if output.html is not None else 0
    return summarise(open_audited(annotated), file=str(target or STDIN), listed=listed)


def show(summary: "Summary", output: AuditOutput, target: "Path | str | None") -> int:
    """Print the summary of what `target` holds, and write the page if one is wanted: the exit code."""
    from tinyv_cli.console import print_json
    from tinyv_cli.figures.records import as_json
    from tinyv_cli.figures.spelling import percent

    if output.html is not None:
        from tinyv_cli.report.page import write_report

        write_report(output.html, summary, overwrite=output.overwrite)
    if output.json:
        print_json(as_json(summary))
    elif not output.quiet:
        _print(summary, target)
    share = summary.false_negatives.found.value
    said = f"{percent(share)} of the rejected are likely false negatives"
    return exit_over(share, output.fail_over, said, quiet=output.quiet)


def _print(summary: "Summary", target: "Path | str | None") -> None:
    from tinyv_cli.console import err, out
    from tinyv_cli.report.tables import next_commands, tables

    console = err() if target is None else out()  # stdout holds the lines, if no file does
    console.print(tables(summary))
    if target is not None:
        lines = [f"\nwritten: {target}", *(f"next: {each}" for each in next_commands(Path(target)))]
        console.print("\n".join(lines), markup=False, soft_wrap=True)
