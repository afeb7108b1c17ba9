"""`tinyv report`: the findings of an audited file again, at any time, without rule and model."""

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.audited import Audited
    from tinyv_cli.documents.labels import HandLabel
    from tinyv_cli.report.records import Summary


def report(
    audited: options.AuditedFile,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            rich_help_panel=options.FIELDS,
            help="Split the figures by this column or dotted path. Given again: by each of them.",
            show_default="the column that the audit split them by",
        ),
    ] = None,
    calibration: Annotated[
        Path | None,
        typer.Option(
            "--calibration",
            metavar="FILE",
            rich_help_panel=options.VERIFIERS,
            help="Estimate how many of the rejected are really right, by how often the model is: a file of "
            "'tinyv eval --calibrate' on responses like these, or nano for the one that ships with it.",
            show_default="the one that the audit used",
        ),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels",
            metavar="FILE",
            rich_help_panel=options.FIELDS,
            help="Estimate it by labels by hand of examples of this file, such as those of 'tinyv review'.",
        ),
    ] = None,
    json: options.Json = False,
    markdown: Annotated[
        bool,
        typer.Option("--markdown", rich_help_panel=options.OUTPUT, help="Print the tables as Markdown."),
    ] = False,
    html: options.Page = None,
    overwrite: options.Overwrite = False,
    debug: options.Debug = False,
) -> int:
    """Show what an audited file says: how many answers were lost, where, of what kind, and what that costs.

    Example: tinyv report rollouts.audited.parquet --by source --by level
    """
    from tinyv_cli.cli.asking import read_calibrations
    from tinyv_cli.console import reader_may_leave
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.report.summary import LISTED, summarise
    from tinyv_cli.running.disk import check_place

    if json and markdown:
        raise UsageError("--json and --markdown are two ways of printing the same; give one of them")
    if labels is not None and calibration is not None:
        raise UsageError("--labels and --calibration both tell how many are really right; give one of them")
    if html is not None:
        check_place(html, option="--html", overwrite=overwrite)
    opened = open_audited(audited)
    [known] = read_calibrations([calibration]) if calibration else [None]
    figures = summarise(
        audited,
        by=by or (),
        calibration=known,
        labels=None if labels is None else _labels(labels, opened),
        labels_file=str(labels),
        listed=LISTED if json or html is not None else 0,
    )
    if html is not None:
        from tinyv_cli.report.page import write_report

        write_report(html, figures, overwrite=overwrite)
    with reader_may_leave():
        _show(figures, json=json, markdown=markdown)
    return 0


def _labels(path: Path, audited: "Audited") -> "list[HandLabel]":
    """What people say of the file's examples, where they do not contradict each other."""
    from tinyv_cli.documents.labels import hand_labels, labels_of

    return hand_labels(labels_of(audited, path))


def _show(figures: "Summary", *, json: bool, markdown: bool) -> None:
    from tinyv_cli.console import out
    from tinyv_cli.figures.records import as_json
    from tinyv_cli.report.tables import report_markdown, report_tables

    if json:
        print(dumps(as_json(figures), ensure_ascii=False, indent=2))
    elif markdown:
        print(report_markdown(figures), end="")
    else:
        out().print(report_tables(figures))
