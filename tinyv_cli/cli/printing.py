"""How a command prints its figures: as tables for people, as JSON, or as Markdown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tinyv_cli.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

Figures = TypeVar("Figures")

EXIT_OVER = 1


def one_form(*, json: bool, markdown: bool) -> None:
    """Raise UsageError where two forms are wanted."""
    if json and markdown:
        raise UsageError("--json and --markdown are two ways of printing the same; give one of them")


def print_figures(
    figures: Figures,
    *,
    json: bool,
    markdown: bool,
    quiet: bool = False,
    as_tables: "Callable[[Figures], RenderableType]",
    as_markdown: Callable[[Figures], str],
) -> None:
    """Print them in the form that is wanted; tables only where it may be said."""
    from tinyv_cli.console import out, print_json, print_text
    from tinyv_cli.figures.records import as_json

    if json:
        print_json(as_json(figures))
    elif markdown:
        print_text(as_markdown(figures).removesuffix("\n"))
    elif not quiet:
        out().print(as_tables(figures))


def exit_over(share: float | None, limit: float | None, said: str, *, quiet: bool) -> int:
    """1 where a share is over `limit` percent, which is said; 0 where not, or where nobody set a limit."""
    from tinyv_cli.console import note

    # The limit is divided, not the share multiplied: 100 * 0.07 is more than 7.
    if limit is None or share is None or share <= limit / 100:
        return 0
    if not quiet:
        note(f"{said}, more than the {limit:g}% of --fail-over")
    return EXIT_OVER
