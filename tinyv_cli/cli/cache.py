"""`tinyv cache`: what is kept of earlier runs, and how to be rid of it."""

from typing import Annotated

import typer

from tinyv_cli.cli.help import Command, Group

cache_app = typer.Typer(help="What is kept of earlier runs.", no_args_is_help=True, cls=Group)


@cache_app.command(cls=Command)
def info() -> None:
    """Where the cache is, and how much it holds."""
    from tinyv_cli.console import print_text
    from tinyv_cli.running.cache import cache_folder, cached_files, verdict_count

    print_text(f"folder    {cache_folder()}")
    print_text(f"verdicts  {verdict_count():,}")
    for path in cached_files():
        print_text(f"{path.stat().st_size / 2**20:8.1f} MB  {path.relative_to(cache_folder())}")


@cache_app.command(cls=Command)
def clear(
    models: Annotated[bool, typer.Option("--models", help="Also the merged models.")] = False,
) -> None:
    """Forget the verdicts of earlier runs."""
    from tinyv_cli.console import print_text
    from tinyv_cli.running.cache import cached_models, forget_verdicts

    print_text(f"forgot {forget_verdicts():,} verdicts")
    for path in cached_models() if models else []:
        path.unlink(missing_ok=True)
        print_text(f"removed {path}")
