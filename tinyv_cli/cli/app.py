"""The command line: which commands there are."""

from typing import Annotated

import typer

from tinyv_cli import __version__
from tinyv_cli.cli.audit import audit
from tinyv_cli.cli.cache import cache_app
from tinyv_cli.cli.check import check
from tinyv_cli.cli.eval import evaluate
from tinyv_cli.cli.export import export
from tinyv_cli.cli.formats import formats
from tinyv_cli.cli.golds import golds
from tinyv_cli.cli.models import models_app
from tinyv_cli.cli.report import report
from tinyv_cli.cli.review import review

app = typer.Typer(
    help="Find the correct answers that a rule verifier threw away, in the rollouts you already have.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command()(audit)
app.command()(check)
app.command("eval")(evaluate)
app.command()(golds)
app.command()(report)
app.command()(review)
app.command()(export)
app.command()(formats)
app.add_typer(models_app, name="models")
app.add_typer(cache_app, name="cache")


@app.callback(invoke_without_command=True)
def tinyv(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"tinyv {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
