"""How commands tell what they do: examples, then the options that a newcomer needs, then what more there is.

`tinyv help COMMAND` tells everything.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from tinyv_cli.cli.options import FIELDS, GROUPS, OUTPUT, VERIFIERS
from tinyv_cli.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from rich.console import RenderableType

OPEN = (FIELDS, VERIFIERS, OUTPUT)  # the groups that are shown where there are many options
OPEN_AT_MOST = 14
EXAMPLES = "Examples:"  # how the part of a docstring begins that holds them
NAME_COLUMN = 24
OTHERS = "Options"

Line = tuple[str, str]


class Command(TyperCommand):
    """A command that shows its help in our way."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Typer calls this for --help."""
        show_help(self, ctx)


class Group(TyperGroup):
    """A group of commands that shows its help in our way."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Typer calls this for --help."""
        show_help(self, ctx)


def help_(
    context: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND…", help="A command, or a group and a command.")
    ] = None,
) -> None:
    """Show all options of a command; its own --help shows those that one needs first.

    Examples:
    tinyv help audit
    """
    assert context.parent is not None
    shown: Any = context.parent
    for name in command or ():
        known = getattr(shown.command, "commands", {})
        if name not in known:
            raise UsageError(
                f"no command is named '{name}'; 'tinyv --help' lists them{did_you_mean(name, known)}"
            )
        shown = typer.Context(known[name], info_name=name, parent=shown)
    show_help(shown.command, shown, everything=True)


def show_help(command: Any, context: Any, *, everything: bool = False) -> None:
    """Print what a command does and which options it has, on standard output."""
    from rich.console import Group as Together

    from tinyv_cli.console import out

    params = command.get_params(context)
    groups = _groups([each for each in params if isinstance(each, TyperOption) and not each.hidden])
    shown = groups if everything else _open(groups)
    arguments = [_line(each) for each in params if isinstance(each, TyperArgument)]
    parts = [
        *_told(command.help or ""),
        *_table("", arguments),
        *(part for name, options in shown.items() for part in _table(name, map(_line, options))),
        *_table("Commands", _commands(command)),
        *_pointers(context, {name: groups[name] for name in groups if name not in shown}),
    ]
    usage = command.get_usage(context)
    out().print(Together(*_texts([usage]), *parts), soft_wrap=False, markup=False, highlight=False)


def _groups(options: Sequence[TyperOption]) -> dict[str, list[TyperOption]]:
    """The options by group, without --help; those that have a short name are used most and come first."""
    found: dict[str, list[TyperOption]] = {name: [] for name in (*GROUPS, OTHERS)}
    for each in sorted(options, key=lambda option: len(option.opts) == 1):
        if "--help" not in each.opts:
            found[each.rich_help_panel or OTHERS].append(each)
    return {name: members for name, members in found.items() if members}


def _open(groups: dict[str, list[TyperOption]]) -> dict[str, list[TyperOption]]:
    """The groups that a newcomer needs; all of them where they are few options anyway."""
    if sum(map(len, groups.values())) <= OPEN_AT_MOST:
        return groups
    return {name: options for name, options in groups.items() if name in OPEN}


def _told(text: str) -> "Iterator[RenderableType]":
    """What the docstring says: its examples, then the rest."""
    about, _, examples = text.partition(EXAMPLES)
    paragraphs = [" ".join(part.split()) for part in about.split("\n\n")]
    yield from _texts([paragraphs[0]])
    lines = [f"  $ {line.strip()}" for line in examples.splitlines() if line.strip()]
    if lines:
        yield from _texts(lines)
    yield from _texts(paragraphs[1:])


def _texts(lines: Iterable[str]) -> "Iterator[RenderableType]":
    """The lines, and an empty one behind them."""
    from rich.text import Text

    if kept := [line for line in lines if line]:
        yield Text("\n".join([*kept, ""]))


def _table(title: str, lines: Iterable[Line]) -> "Iterator[RenderableType]":
    """A title, and below it names with what they mean."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not (rows := list(lines)):
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, min_width=NAME_COLUMN, style="bold")
    table.add_column(overflow="fold")
    for name, meaning in rows:
        table.add_row(Text(name), Text(meaning))
    if title:
        yield Text(f"{title}:", style="bold")
    yield Padding(table, (0, 0, 1, 2))


def _line(param: Any) -> Line:
    """A name with what stands behind it, and its meaning with what holds where it is not given."""
    argument = isinstance(param, TyperArgument)
    name = param.metavar or param.name.upper() if argument else ", ".join(_spellings(param))
    value = "" if argument or param.is_flag else f" {param.metavar}"
    return f"{name}{value}", " ".join(filter(None, [param.help, _default(param)]))


def _spellings(option: TyperOption) -> list[str]:
    return [*sorted(option.opts, key=len), *option.secondary_opts]


def _default(param: Any) -> str:
    if param.required and isinstance(param, TyperOption):
        return "[required]"
    if isinstance(param.show_default, str):
        return f"[default: {param.show_default}]"
    shown = param.show_default and param.default not in (None, False, "", [])
    return f"[default: {param.default}]" if shown else ""


def _commands(command: Any) -> Iterator[Line]:
    for name, each in getattr(command, "commands", {}).items():
        if not each.hidden:
            yield name, each.get_short_help_str(limit=200)


def _pointers(context: Any, closed: dict[str, list[TyperOption]]) -> "Iterator[RenderableType]":
    """The names of the options that are not told, and where they are."""
    if closed:
        names = ((name, " ".join(each.opts[0] for each in options)) for name, options in closed.items())
        program, _, command = context.command_path.partition(" ")
        yield from _table(f"More, told by '{program} help {command}'", names)
