"""The command line: which commands there are."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from tinyv_cli import __version__
from tinyv_cli.cli.audit import audit
from tinyv_cli.cli.cache import cache_app
from tinyv_cli.cli.check import check
from tinyv_cli.cli.config import config
from tinyv_cli.cli.eval import evaluate
from tinyv_cli.cli.explain import explain
from tinyv_cli.cli.export import export
from tinyv_cli.cli.formats import formats
from tinyv_cli.cli.golds import golds
from tinyv_cli.cli.grouped import grouped
from tinyv_cli.cli.help import Command, Group, help_
from tinyv_cli.cli.models import models_app
from tinyv_cli.cli.report import report
from tinyv_cli.cli.review import review
from tinyv_cli.running.limits import check_limits

COMMANDS: dict[str, Callable[..., Any]] = {
    "audit": audit,
    "check": check,
    "eval": evaluate,
    "golds": golds,
    "report": report,
    "review": review,
    "export": export,
    "explain": explain,
    "formats": formats,
    "config": config,
    "help": help_,
}

app = typer.Typer(
    cls=Group,
    help="Find the correct answers that a rule verifier threw away, in the rollouts you already have.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
for name in COMMANDS:
    app.command(name, cls=Command)(grouped(COMMANDS[name]))
app.add_typer(models_app, name="models")
app.add_typer(cache_app, name="cache")


@app.callback(invoke_without_command=True)
def tinyv(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error, before any command.")
    ] = False,
) -> None:
    from tinyv_cli.console import print_text

    if version:
        print_text(f"tinyv {__version__}")
        raise typer.Exit
    check_limits()
    if context.invoked_subcommand is None:
        print_text(context.get_help())
