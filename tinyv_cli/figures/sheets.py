"""What a feature tells, as plain data, and how it is set for the terminal (rich) and as Markdown.

A feature makes parts of its figures once: lines, sheets, charts. `page.sheet_page` makes a page of the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import visible
from tinyv_cli.figures.series import Charts

NAME_CHARS = 40

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~$&#])")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BACKTICKS = re.compile("`+")


Cell: TypeAlias = str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers are set right, `literal` ones hold text of the data, as it is.

    What is too long is folded, numbers never, or cut off at the end of the line (`one_line`); of a text of
    the data at most `most` characters are shown. `least` is a width that the column keeps beside others;
    `rest` gets what the others leave of the line.
    Where the data is `maths`, a page shows it as such.
    """

    name: str
    number: bool = False
    literal: bool = False
    maths: bool = False
    one_line: bool = False
    rest: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title. A row of one cell alone is a heading of the rows below it.

    Cells are texts that a terminal can show as they are; in `literal` columns any text, or None. A page
    begins a section where there is a `heading`, and draws the charts beside the table, or, where they are
    drawn `instead` of it, without it.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    heading: str = ""
    charts: Charts | None = None
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Things that are said, each with a name in front. A heading begins a section of a page."""

    lines: Sequence[tuple[str, str]]
    heading: str = ""


Part: TypeAlias = Lines | Sheet | Charts


def spelled(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """The cells as a terminal can show them."""
    return [
        visible(cell, column.most) if column.literal else cell or ""
        for cell, column in zip(row, columns, strict=len(row) > 1)
    ]


def as_rich(parts: Iterable[Part]) -> RenderableType:
    """The parts below each other, for the terminal."""
    shown: list[RenderableType] = []
    for part in _told(parts):
        shown += [Text(""), _rich(part)] if shown else [_rich(part)]
    return Group(*shown)


def as_markdown(parts: Iterable[Part]) -> str:
    """The parts below each other, as Markdown of GitHub's kind. Nothing in a cell is taken for Markdown."""
    told = (_list(part) if isinstance(part, Lines) else _markdown(part) for part in _told(parts))
    return "\n\n".join(told) + "\n"


def _told(parts: Iterable[Part]) -> Iterator[Lines | Sheet]:
    """What can be told in words."""
    return (part for part in parts if not isinstance(part, Charts))


def named_lines(lines: Iterable[tuple[str, str]]) -> Table:
    """A line for each thing that is said, its name in front."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", overflow="fold", max_width=NAME_CHARS)  # a rule may be a long path
    table.add_column(overflow="fold")
    for name, said in lines:
        table.add_row(Text(name), Text(said))
    return table


def _rich(part: Lines | Sheet) -> RenderableType:
    if isinstance(part, Lines):
        return named_lines(part.lines)
    expand = any(column.rest for column in part.columns)
    named = any(column.name for column in part.columns)
    table = Table(box=None, padding=(0, 2, 0, 0), expand=expand, show_header=named)
    rows = [spelled(row, part.columns) for row in part.rows]
    for i, column in enumerate(part.columns):
        table.add_column(
            Text(column.name),
            justify="right" if column.number else "left",
            no_wrap=column.one_line,
            overflow="ellipsis" if column.one_line else "fold",
            min_width=_in_one_piece(column, rows, i) if column.number else column.least,
            ratio=1 if column.rest else None,
        )
    for row in rows:
        table.add_row(*(Text(cell, style="bold" if len(row) == 1 else "") for cell in row))
    # A table may be narrower than its title, which is broken only where the terminal ends.
    return Group(Text(part.title, "italic"), table) if part.title else table


def _in_one_piece(column: Column, rows: Sequence[Sequence[str]], i: int) -> int:
    """The width that breaks neither a number nor a word above it."""
    cells = (row[i] for row in rows if i < len(row))
    return max(map(len, [*column.name.split(), *cells]), default=0)


def _list(part: Lines) -> str:
    return "\n".join(f"- **{_plain(name.strip())}**: {_plain(said)}" for name, said in part.lines)


def _markdown(sheet: Sheet) -> str:
    head = [_plain(column.name) for column in sheet.columns]
    rule = ["--:" if column.number else "---" for column in sheet.columns]
    rows = (_markdown_row(row, sheet.columns) for row in sheet.rows)
    lines = "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])
    return f"### {_plain(sheet.title)}\n\n{lines}"


def _markdown_row(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    cells = [
        _literal(cell) if column.literal else _plain(cell)
        for cell, column in zip(spelled(row, columns), columns, strict=len(row) > 1)
    ]
    return [f"**{cells[0]}**", *[""] * (len(columns) - 1)] if len(cells) < len(columns) else cells


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", text)


def _literal(text: str) -> str:
    """Code, so that nothing in it acts. Not every reader finds the end of a cell where code holds a `|`."""
    if "|" in text:
        return f"<code>{_PUNCTUATION.sub(lambda found: f'&#{ord(found[0])};', text)}</code>"
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inner}{fence}" if text.strip() else ""
