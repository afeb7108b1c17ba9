"""`tinyv models`: which models there are, what is known of one, and to have one on disk."""

from dataclasses import asdict
from json import dumps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tinyv_cli.cli import options
from tinyv_cli.cli.help import Command, Group
from tinyv_cli.words import MODEL_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinyv_cli.models.registry import Available

DIGITS_SHOWN = 12

models_app = typer.Typer(
    help="The verifier models: which there are, and what is on disk.", no_args_is_help=True, cls=Group
)
Name = Annotated[str, typer.Argument(metavar="NAME", help=f"As for --model: {MODEL_FORMS}.")]


@models_app.command("list", cls=Command)
def list_(json: options.Json = False) -> None:
    """The models that can be asked: the embedded one, the paper's, and what else is on disk.

    Examples:
    tinyv models list
    """
    from tinyv_cli.console import out
    from tinyv_cli.models.registry import available

    if json:
        _print_json([asdict(each) for each in available()])
    else:
        rows = list(_rows(available()))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            out().print(line.rstrip(), markup=False, soft_wrap=True)


@models_app.command(cls=Command)
def show(name: Name, json: options.Json = False) -> None:
    """What a model on disk says of itself, and how it is asked. Nothing is downloaded.

    Examples:
    tinyv models show nano
    """
    from rich.markdown import Markdown
    from rich.text import Text

    from tinyv_cli.console import out, visible
    from tinyv_cli.models.registry import described

    facts = described(name)
    if json:
        _print_json(facts)
        return
    card = facts.pop("card", None)
    for fact, value in facts.items():
        line = Text.assemble((f"{fact.replace('_', ' '):<15}", "bold"), visible(_said(value)))
        out().print(line, soft_wrap=True)
    if card is not None:
        out().print()
        out().print(Markdown(card))


@models_app.command(cls=Command)
def pull(
    name: Name,
    quiet: options.Quiet = False,
) -> None:
    """Have a model on disk, downloaded if need be, and print the path of its file.

    Examples:
    tinyv models pull tinyv-1.5b
    """
    from tinyv_cli.console import note, print_text
    from tinyv_cli.models.registry import find_weights

    print_text(str(find_weights(name, say=None if quiet else note).fetch()))


def _print_json(value: Any) -> None:
    from tinyv_cli.console import print_text

    print_text(dumps(value, default=str, indent=2))  # in ASCII, as names come from anywhere


def _rows(models: "Iterable[Available]") -> "Iterator[tuple[str, ...]]":
    from tinyv_cli.console import megabytes, visible

    yield "name", "size", "quant", "sha256", "where"
    for model in models:
        if model.path is None:
            yield model.name, "", "", "", "not on disk"
        else:
            digest = (model.sha256 or "")[:DIGITS_SHOWN]
            cells = model.name, megabytes(model.size), model.quant or "", digest, str(model.path)
            yield tuple(map(visible, cells))


def _said(value: Any) -> str:
    """A fact for people."""
    match value:
        case None:
            return "(not said)"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case _:
            return str(value)
