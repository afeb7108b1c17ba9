"""`tinyv review`: look at what was found, one example at a time, and keep labels beside the file."""

import sys
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.review.session import Session


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """What is looked at, and by whom."""

    sample: Annotated[
        int | None,
        options.option(
            options.ROWS,
            "--sample",
            metavar="N",
            min=1,
            help="N at random of what the rule rejected, of each kind some, so that the labels tell how many "
            "of all are right; what the model said is not shown.",
        ),
    ] = None
    seed: options.Seed = 0
    until_width: Annotated[
        float | None,
        options.option(
            options.ROWS,
            "--until-width",
            metavar="PCT",
            min=0.0,
            max=100.0,
            help="Stop once the 95% interval is narrower than so many percentage points.",
        ),
    ] = None
    reviewer: Annotated[
        str,
        options.option(
            options.OUTPUT,
            "--reviewer",
            envvar=["TINYV_REVIEWER", "USER", "USERNAME"],
            metavar="NAME",
            help="Whose labels these are; each reviewer is asked about everything.",
            show_default="your login name",
        ),
    ] = "anonymous"


def review(audited: options.AuditedFile, chosen: ReviewOptions) -> int:
    """Say by hand whether likely false negatives are right, the least certain first.

    Labels are kept in AUDITED's name with .labels.jsonl, one line each, saved at once; the same command goes
    on from there.

    Examples:
    tinyv review rollouts.audited.parquet
    """
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.documents.labels import Label, labels_of, labels_path, opened_labels

    file = open_audited(audited)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("review needs a terminal to show examples and to read keys; run it in one")
    from tinyv_cli.review.app import ReviewApp
    from tinyv_cli.review.queue import sampled, worst_first
    from tinyv_cli.review.session import Item, Session

    queue = worst_first(file) if chosen.sample is None else sampled(file, chosen.sample, seed=chosen.seed)
    path = labels_path(audited)
    with opened_labels(path) as kept:

        def save(label: Label, item: Item) -> None:
            kept.add(label, p=item.p, category=item.category)

        session = Session(
            file,
            queue,
            labels_of(file, path) if path.stat().st_size else [],
            reviewer=chosen.reviewer,
            save=save,
            until_width=None if chosen.until_width is None else chosen.until_width / 100,
        )
        if (failed := ReviewApp(session, audited.name).run()) is not None:
            raise failed
    _show(session, audited, path)
    return 0


def _show(session: "Session", audited: Path, path: Path) -> None:
    """What the labels say so far, and where they are."""
    from tinyv_cli.console import out, visible
    from tinyv_cli.review.app import figures

    progress = session.progress()
    labelled = f"{progress.done:,} of {progress.total:,} labelled by {session.reviewer}"
    next_command = f"tinyv report {quote(str(audited))} --labels {quote(str(path))}"
    for line in (
        labelled,
        *figures(session, progress),
        f"labels: {path}",
        f"next: {next_command}",
    ):
        out().print(visible(line), markup=False, soft_wrap=True)
