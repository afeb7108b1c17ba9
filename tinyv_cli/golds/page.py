"""The figures of a dataset's golds as a page."""

from collections.abc import Sequence
from pathlib import Path

from tinyv_cli.figures.page import Headline, sheet_page, write_page
from tinyv_cli.figures.spelling import many, percent
from tinyv_cli.golds.checks import Problem
from tinyv_cli.golds.figures import GoldFigures
from tinyv_cli.golds.tables import gold_parts

NOTE = (
    "A gold that the rule does not accept as an answer to itself brings no reward, however good the "
    "response. Where the rule failed on a gold, no fault of the gold is shown: that is not counted as bad."
)


def write_gold_page(path: Path, figures: GoldFigures, *, sources: Sequence[str], overwrite: bool) -> None:
    """Write the page of `tinyv golds --html`. Raises SinkError where that is not possible or not allowed."""
    write_page(path, gold_page(figures, sources), overwrite=overwrite)


def gold_page(figures: GoldFigures, sources: Sequence[str]) -> str:
    """The page of the figures of these sources."""
    names = ", ".join(sources)
    return sheet_page(
        "Golds that no response can match",
        gold_parts(figures),
        command="tinyv golds",
        about=names,
        lede=f"{many(figures.rows, 'row')} from {names}, each gold put to {figures.rule_name} as an answer "
        "to itself.",
        headlines=[_headline(figures)],
        made=[("from", names), ("rule", figures.rule_name), *_written(figures.file)],
        note=NOTE,
    )


def _headline(figures: GoldFigures) -> Headline:
    undecided = figures.problems[Problem.UNDECIDED].count
    sure = f"undecided on {undecided:,} more" if undecided else ""
    return Headline(percent(figures.bad.share), f"of {many(figures.rows, 'row')} have a bad gold", sure)


def _written(file: str | None) -> list[tuple[str, str]]:
    return [] if file is None else [("bad rows in", file)]
