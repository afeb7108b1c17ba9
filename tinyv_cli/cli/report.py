"""`tinyv report`: the findings of an audited file again, at any time, without rule and model."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tinyv_cli.cli import options
from tinyv_cli.cli.printing import one_form, print_figures
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.audited import Audited
    from tinyv_cli.documents.labels import HandLabel
    from tinyv_cli.report.records import Summary


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How the figures are split, what they rest on, and how they are shown."""

    by: Annotated[
        list[str] | None,
        options.option(
            options.FIELDS,
            "--by",
            metavar="COLUMN",
            help="Split the figures by this column or dotted path. Given again: by each of them.",
            show_default="the column that the audit split them by",
        ),
    ] = None
    calibration: Annotated[
        Path | None,
        options.option(
            options.VERIFIERS,
            "--calibration",
            metavar="FILE",
            help="Estimate how many of the rejected are really right, from how often the model errs: a file "
            "of 'tinyv eval --calibrate' on responses like these, or nano for the one that ships with it.",
            show_default="the one that the audit used",
        ),
    ] = None
    labels: Annotated[
        Path | None,
        options.option(
            options.FIELDS,
            "--labels",
            metavar="FILE",
            help="Estimate it from labels by hand, such as those of 'tinyv review'.",
        ),
    ] = None
    json: options.Json = False
    markdown: options.Markdown = False
    html: options.Page = None
    overwrite: options.Overwrite = False


def report(audited: options.AuditedFile, chosen: ReportOptions) -> int:
    """Show what an audited file says: how many answers were lost, where, of what kind, and what that costs.

    Examples:
    tinyv report rollouts.audited.parquet --by source --by level
    tinyv report rollouts.audited.parquet --html findings.html
    """
    from tinyv_cli.cli.panels import read_calibrations
    from tinyv_cli.console import reader_may_leave
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.report.summary import LISTED, summarise
    from tinyv_cli.running.disk import check_place

    one_form(json=chosen.json, markdown=chosen.markdown)
    if chosen.labels is not None and chosen.calibration is not None:
        raise UsageError("--labels and --calibration both tell how many are really right; give one of them")
    if chosen.html is not None:
        check_place(chosen.html, option="--html", overwrite=chosen.overwrite)
    opened = open_audited(audited)
    [known] = read_calibrations([chosen.calibration]) if chosen.calibration else [None]
    figures = summarise(
        audited,
        by=chosen.by or (),
        calibration=known,
        labels=None if chosen.labels is None else _labels(chosen.labels, opened),
        labels_file=str(chosen.labels),
        listed=LISTED if chosen.json or chosen.html is not None else 0,
    )
    if chosen.html is not None:
        from tinyv_cli.report.page import write_report

        write_report(chosen.html, figures, overwrite=chosen.overwrite)
    with reader_may_leave():
        _show(figures, json=chosen.json, markdown=chosen.markdown)
    return 0


def _labels(path: Path, audited: "Audited") -> "list[HandLabel]":
    """What people say of the file's examples, where they do not contradict each other."""
    from tinyv_cli.documents.labels import hand_labels, labels_of

    return hand_labels(labels_of(audited, path))


def _show(figures: "Summary", *, json: bool, markdown: bool) -> None:
    from tinyv_cli.report.tables import report_markdown, report_tables

    print_figures(
        figures,
        json=json,
        markdown=markdown,
        as_tables=report_tables,
        as_markdown=report_markdown,
    )
