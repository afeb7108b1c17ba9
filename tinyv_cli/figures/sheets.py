"""Tables as plain data, and how they are set: for the terminal (rich) and as Markdown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

NAME_CHARS = 40

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~$&#])")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers are set right, `literal` ones hold text of the data.

    What is too long is folded, numbers never, or cut off at the end of the line (`one_line`); `least` is a
    width that the column keeps beside others.
    """

    name: str
    number: bool = False
    literal: bool = False
    one_line: bool = False
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title. The cells are texts that a terminal can show as they are."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Things that are said, each with a name in front."""

    lines: Sequence[tuple[str, str]]


Part = Sheet | Lines


def as_rich(parts: Iterable[Part]) -> RenderableType:
    """The parts below each other, for the terminal."""
    shown: list[RenderableType] = []
    for part in parts:
        shown += [Text(""), _rich(part)] if shown else [_rich(part)]
    return Group(*shown)


def as_markdown(parts: Iterable[Part]) -> str:
    """The parts below each other, as Markdown of GitHub's kind. Nothing in a cell is taken for Markdown."""
    return "\n\n".join(_list(part) if isinstance(part, Lines) else _markdown(part) for part in parts) + "\n"


def named_lines(lines: Iterable[tuple[str, str]]) -> Table:
    """A line for each thing that is said, its name in front."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", overflow="fold", max_width=NAME_CHARS)  # a rule may be a long path
    table.add_column(overflow="fold")
    for name, said in lines:
        table.add_row(Text(name), Text(said))
    return table


def _rich(part: Part) -> RenderableType:
    if isinstance(part, Lines):
        return named_lines(part.lines)
    table = Table(title=Text(part.title), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for i, column in enumerate(part.columns):
        table.add_column(
            Text(column.name),
            justify="right" if column.number else "left",
            no_wrap=column.one_line,
            overflow="ellipsis" if column.one_line else "fold",
            min_width=_in_one_piece(column, part.rows, i) if column.number else column.least,
        )
    for row in part.rows:
        table.add_row(*map(Text, row))
    return table


def _in_one_piece(column: Column, rows: Sequence[Sequence[str]], i: int) -> int:
    """The width that breaks neither a number nor a word above it."""
    return max(map(len, [*column.name.split(), *(row[i] for row in rows)]), default=0)


def _list(part: Lines) -> str:
    return "\n".join(f"- **{_plain(name)}**: {_plain(said)}" for name, said in part.lines)


def _markdown(sheet: Sheet) -> str:
    spell = [_literal if column.literal else _plain for column in sheet.columns]
    rows = [[each(cell) for each, cell in zip(spell, row, strict=True)] for row in sheet.rows]
    head = [_plain(column.name) for column in sheet.columns]
    rule = ["--:" if column.number else "---" for column in sheet.columns]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])
    return f"### {_plain(sheet.title)}\n\n{lines}"


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", text)


def _literal(text: str) -> str:
    """Code, so that nothing in it acts. Not every reader finds the end of a cell where code holds a `|`."""
    if "|" in text:
        return f"<code>{_PUNCTUATION.sub(lambda found: f'&#{ord(found[0])};', text)}</code>"
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inner}{fence}" if text.strip() else ""
