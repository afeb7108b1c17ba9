"""The figures of a dataset's golds as a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tinyv_cli.figures.page import Headline, sheet_page, write_page
from tinyv_cli.figures.spelling import many, percent
from tinyv_cli.golds.checks import Problem
from tinyv_cli.golds.figures import GoldFigures
from tinyv_cli.golds.tables import gold_parts

NOTE = (
    "A bad gold is bad for everybody: it says nothing, nobody can read it, or most copies of its question "
    "have another one. An unusable one the rule cannot read, or reads in part only: such golds bring no "
    "reward, however good the response, or reward wrong ones. Where the rule failed on a gold, no fault of "
    "the gold is shown, and where copies tie or replies agree on something else, a person should look."
)


def write_gold_page(path: Path, figures: GoldFigures, *, sources: Sequence[str], overwrite: bool) -> None:
    """Write the page of `tinyv golds --html`. Raises SinkError where that is not possible or not allowed."""
    write_page(path, gold_page(figures, sources), overwrite=overwrite)


def gold_page(figures: GoldFigures, sources: Sequence[str]) -> str:
    """The page of the figures of these sources."""
    names = ", ".join(sources)
    return sheet_page(
        "Golds that spoil training",
        gold_parts(figures),
        command="tinyv golds",
        about=names,
        lede=f"{many(figures.rows, 'row')} from {names}, each gold put to {figures.rule_name} as an answer "
        "to itself.",
        headlines=[*_headlines(figures)],
        made=[("from", names), ("rule", figures.rule_name), *_written(figures)],
        note=NOTE,
    )


def _headlines(figures: GoldFigures) -> Iterator[Headline]:
    undecided = figures.problems[Problem.UNDECIDED].count
    sure = f"undecided on {undecided:,} more" if undecided else ""
    yield Headline(percent(figures.bad.share), f"of {many(figures.rows, 'row')} have a bad gold", "")
    yield Headline(percent(figures.unusable.share), "have one that the rule cannot use", sure)


def _written(figures: GoldFigures) -> Iterator[tuple[str, str]]:
    for name, file in (("rows with a problem in", figures.file), ("the others in", figures.clean_file)):
        if file is not None:
            yield name, file
