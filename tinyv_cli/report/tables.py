"""A summary in the terminal and as Markdown: in short at the end of an audit, in full as a report."""

import shlex
from collections.abc import Iterator

from rich.console import RenderableType

from tinyv_cli.figures.sheets import Lines, Part, as_markdown, as_rich
from tinyv_cli.report import sheets
from tinyv_cli.report.groups import MAX_GROUPS
from tinyv_cli.report.lines import lines, not_known
from tinyv_cli.report.listing import ConfidentExample, ProvedExample
from tinyv_cli.report.records import Summary
from tinyv_cli.taxonomy import LEAF_NAMES

NEXT_COMMAND_CHARS = 240
SHOWN_GROUPS, SHOWN_LEAVES = 10, 8


def tables(summary: Summary) -> RenderableType:
    """What a summary says, in short, with text from the data made harmless."""
    return as_rich(_short(summary))


def report_tables(summary: Summary) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return as_rich(_full(summary))


def report_markdown(summary: Summary) -> str:
    """The same as Markdown."""
    return as_markdown(_full(summary))


def next_command(summary: Summary) -> str:
    """A command worth trying after an audit: a false negative looked at by itself."""
    examples: list[ConfidentExample | ProvedExample] = [*summary.examples, *summary.proved_examples]
    for example in examples:
        texts = [example.question or "", example.gold or "", example.answer or ""]
        if sum(map(len, texts)) <= NEXT_COMMAND_CHARS and all(map(str.isprintable, texts)):
            question, gold, answer = map(shlex.quote, texts)
            return f"tinyv check -q {question} -g {gold} -- {answer}"
    return "tinyv check --help"


def _short(summary: Summary) -> Iterator[Part]:
    yield Lines(list(lines(summary)))
    yield from sheets.compared_rules(summary.rules)
    for by in summary.by:
        if by.count > 1:
            yield sheets.groups(by, most=SHOWN_GROUPS)
    yield from sheets.proofs(summary, most=SHOWN_LEAVES)
    yield from sheets.most_confident(summary)


def _full(summary: Summary) -> Iterator[Part]:
    yield Lines([*lines(summary), *not_known(summary)])
    yield from sheets.compared_rules(summary.rules)
    yield sheets.fates(summary.not_accepted)
    yield from sheets.leaves(summary.categories)
    for by in summary.by:
        yield sheets.groups(by, most=MAX_GROUPS)
        yield from sheets.group_costs(by)
    yield from sheets.pass_rates(summary.questions)
    yield from sheets.p_histogram(summary)
    yield from sheets.suspect_accepts(summary.suspect_accepts)
    yield from sheets.suspects(summary.suspect_golds)
    yield from sheets.proofs(summary, most=len(LEAF_NAMES))
    yield from sheets.most_confident(summary)
