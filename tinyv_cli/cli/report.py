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
        list[Path] | None,
        options.option(
            options.FIELDS,
            "--labels",
            metavar="FILE",
            help="Estimate it from labels by hand, such as those of 'tinyv review'. Given again: more.",
        ),
    ] = None
    against: Annotated[
        list[str] | None,
        options.option(
            options.OUTPUT,
            "--against",
            metavar="AUDITED",
            help="Compare with these files instead: another step, rule or model. Given again: more files.",
        ),
    ] = None
    json: options.Json = False
    markdown: options.Markdown = False
    html: options.Page = None
    title: Annotated[
        str | None,
        options.option(
            options.OUTPUT,
            "--title",
            metavar="TEXT",
            help="What the page of --html is called.",
            show_default="whose responses to what, as far as the rows say it",
        ),
    ] = None
    overwrite: options.Overwrite = False


def report(audited: options.AuditedFiles, chosen: ReportOptions) -> int:
    """Show what audited files say: how many answers were lost, where, of what kind, and what that costs.

    Examples:
    tinyv report rollouts.audited.parquet --by source --by level
    tinyv report rollouts.audited.parquet --html findings.html --title "Step 100"
    tinyv report 'rollouts.audited.*-of-8.parquet'
    tinyv report step_100.audited.parquet --against step_200.audited.parquet
    """
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.running.targets import target_place

    _check_options(chosen)
    if chosen.html is not None:
        target_place(chosen.html, option="--html", overwrite=chosen.overwrite)
    opened = open_audited(*audited)
    other = open_audited(*chosen.against) if chosen.against else None
    _check_page(chosen, opened, other)
    if other is not None:
        _compare(opened, other, chosen)
    else:
        _report(opened, chosen)
    return 0


def _check_options(chosen: ReportOptions) -> None:
    one_form(json=chosen.json, markdown=chosen.markdown)
    if chosen.labels and chosen.calibration is not None:
        raise UsageError("--labels and --calibration both tell how many are really right; give one of them")
    if chosen.title is not None and (chosen.html is None or chosen.against):
        raise UsageError("--title is that of the page of one audit; give --html FILE, and no --against")
    if chosen.against and (chosen.labels or chosen.calibration):
        raise UsageError("--against compares what was found; leave --labels and --calibration out")


def _check_page(chosen: ReportOptions, *read: "Audited | None") -> None:
    """Raise UsageError where the page would be written over a file that is read."""
    from tinyv_cli.running.targets import keep_apart

    audited = [file.path for each in read if each is not None for file in each.files]
    calibrations = [] if chosen.calibration is None else [chosen.calibration]
    keep_apart({"--html": chosen.html}, [*audited, *(chosen.labels or ()), *calibrations])


def _report(opened: "Audited", chosen: ReportOptions) -> None:
    from tinyv_cli.cli.panels import read_calibrations
    from tinyv_cli.report.summary import LISTED, summarise
    from tinyv_cli.report.tables import report_markdown, report_tables

    [known] = read_calibrations([chosen.calibration]) if chosen.calibration else [None]
    figures = summarise(
        opened,
        by=chosen.by or (),
        calibration=known,
        labels=_labels(chosen.labels, opened) if chosen.labels else None,
        labels_file=", ".join(map(str, chosen.labels or ())),
        listed=LISTED if chosen.json or chosen.html is not None else 0,
    )
    if chosen.html is not None:
        from tinyv_cli.report.page import write_report

        write_report(chosen.html, figures, title=chosen.title, overwrite=chosen.overwrite)
    print_figures(
        figures,
        json=chosen.json,
        markdown=chosen.markdown,
        as_tables=report_tables,
        as_markdown=report_markdown,
    )


def _compare(first: "Audited", second: "Audited", chosen: ReportOptions) -> None:
    from tinyv_cli.report.against import compare
    from tinyv_cli.report.comparing import comparison_markdown, comparison_tables, write_comparison

    figures = compare(first, second, by=chosen.by or ())
    if chosen.html is not None:
        write_comparison(chosen.html, figures, overwrite=chosen.overwrite)
    print_figures(
        figures,
        json=chosen.json,
        markdown=chosen.markdown,
        as_tables=comparison_tables,
        as_markdown=comparison_markdown,
    )


def _labels(paths: list[Path], audited: "Audited") -> "list[HandLabel]":
    """What people say of the examples, where they do not contradict each other."""
    from tinyv_cli.documents.labels import hand_labels, labels_of

    return hand_labels(labels_of(audited, *paths))
