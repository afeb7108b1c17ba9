"""`tinyv review`: look at what was found, one example at a time, and keep labels beside the file."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated

from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from tinyv_cli.documents.audited import Audited
    from tinyv_cli.review.session import Save, Session


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
            max=options.MOST,
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


def review(audited: options.AuditedFiles, chosen: ReviewOptions) -> int:
    """Say by hand whether likely false negatives are right, the least certain first.

    Labels are kept beside each file, in its name with .labels.jsonl, one line each, saved at once; the same
    command goes on from there.

    Examples:
    tinyv review rollouts.audited.parquet
    """
    from tinyv_cli.documents.audited import open_audited
    from tinyv_cli.documents.labels import labels_beside, labels_of

    opened = open_audited(*audited)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("review needs a terminal to show examples and to read keys; run it in one")
    from tinyv_cli.review.app import ReviewApp
    from tinyv_cli.review.queue import sampled, worst_first
    from tinyv_cli.review.session import Session

    queue = worst_first(opened) if chosen.sample is None else sampled(opened, chosen.sample, seed=chosen.seed)
    with _kept(opened) as save:
        session = Session(
            opened,
            queue,
            labels_of(opened, *labels_beside(opened)),
            reviewer=chosen.reviewer,
            save=save,
            until_width=None if chosen.until_width is None else chosen.until_width / 100,
        )
        if (failed := ReviewApp(session, opened.name).run()) is not None:
            raise failed
    _show(session, audited, labels_beside(opened))
    return 0


@contextmanager
def _kept(audited: "Audited") -> "Iterator[Save]":
    """Takes labels into the file beside the audited one that each is about, by the row's number there."""
    from tinyv_cli.documents.labels import Label, labels_path, opened_labels
    from tinyv_cli.review.session import Item

    with ExitStack() as stack:
        files = [stack.enter_context(opened_labels(labels_path(file.path))) for file in audited.files]

        def save(label: Label, item: Item) -> None:
            row, rollout = label.place
            own = replace(label, place=(row - audited.files[item.which].first_row, rollout))
            files[item.which].add(own, p=item.p, category=item.category)

        yield save


def _show(session: "Session", audited: list[str], labels: list[Path]) -> None:
    """What the labels say so far, and where they are."""
    from tinyv_cli.console import out, visible
    from tinyv_cli.review.app import figures

    progress = session.progress()
    labelled = f"{progress.done:,} of {progress.total:,} labelled by {session.reviewer}"
    command = ["tinyv", "report", *audited, *(word for path in labels for word in ("--labels", str(path)))]
    for line in (
        labelled,
        *figures(session, progress),
        f"labels: {', '.join(map(str, labels)) or 'none yet'}",
        f"next: {join(command)}",
    ):
        out().print(visible(line), markup=False, soft_wrap=True)
