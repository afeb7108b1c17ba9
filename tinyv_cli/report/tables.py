"""A summary in the terminal and as Markdown: in short at the end of an audit, in full as a report."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType

from tinyv_cli.figures.sheets import Lines, Part, as_markdown, as_rich
from tinyv_cli.report import sheets
from tinyv_cli.report.groups import MAX_GROUPS
from tinyv_cli.report.lines import answer, costs, costs_in_short, doubts, judged, not_known
from tinyv_cli.report.records import Summary
from tinyv_cli.taxonomy import LEAF_NAMES

ENDINGS = (".html", ".recovered.parquet")
SHOWN_GROUPS, SHOWN_EXAMPLES = 6, 5


def tables(summary: Summary) -> RenderableType:
    """What a summary says, in short, with text from the data made harmless."""
    return as_rich(_short(summary))


def report_tables(summary: Summary) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return as_rich(_full(summary))


def report_markdown(summary: Summary) -> str:
    """The same as Markdown."""
    return as_markdown(_full(summary))


TEXTS = (".jsonl", ".csv")  # what an audit writes and nothing else reads


def next_commands(file: Path) -> Iterator[str]:
    """What is worth doing after an audit: to look at what was found, to show it to others, to use it."""
    if file.suffix.lower() in TEXTS:
        yield "tinyv audit … -o FILE.parquet, which report, review and export read"
        return
    name = shlex.quote(str(file))
    page, rows = (shlex.quote(f"{file.stem.removesuffix('.audited')}{end}") for end in ENDINGS)
    yield f"tinyv review {name}"
    yield f"tinyv report {name} --html {page}"
    yield f"tinyv export {name} --as recovered -o {rows}"


def _short(summary: Summary) -> Iterator[Part]:
    """What fits a screen, in the order of what one asks."""
    yield Lines(list(answer(summary, in_short=True)))
    for by in summary.by:
        if by.count > 1:
            yield sheets.groups_in_short(by, most=SHOWN_GROUPS)
    yield from sheets.proved_in_short(summary, most=SHOWN_EXAMPLES)
    yield from sheets.likely_in_short(summary, most=SHOWN_EXAMPLES)
    yield Lines([*costs_in_short(summary.questions), *doubts(summary), *judged(summary)])


def _full(summary: Summary) -> Iterator[Part]:
    yield Lines([*answer(summary), *not_known(summary)])
    yield Lines([*costs(summary.questions, summary.noise), *doubts(summary), *judged(summary)])
    yield from sheets.compared_rules(summary.rules)
    yield sheets.fates(summary.not_accepted)
    yield from sheets.kinds(summary.categories)
    for by in summary.by:
        yield sheets.groups(by, most=MAX_GROUPS)
        yield from sheets.group_costs(by)
    yield from sheets.pass_rates(summary.questions)
    yield from sheets.none_accepted(summary.noise)
    yield from sheets.p_histogram(summary)
    yield from sheets.suspect_accepts(summary.suspect_accepts)
    yield from sheets.suspects(summary.suspect_golds)
    yield from sheets.proofs(summary, most=len(LEAF_NAMES))
    yield from sheets.most_confident(summary)
