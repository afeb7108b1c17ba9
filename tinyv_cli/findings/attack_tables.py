"""The figures of an attack as a table for the terminal."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import visible
from tinyv_cli.findings.attacks import BARE, GUARDED
from tinyv_cli.findings.queries import Figures
from tinyv_cli.findings.tables import NAME_CHARS, many, named_lines

PATTERN_CHARS = 54


def attack_tables(figures: Figures) -> RenderableType:
    """A row for each pattern, under its group, and what fools each verifier most often."""
    title = Text(
        f"how often a wrong response counts as correct, by way of fooling a verifier "
        f"({many(figures['sampled'], 'example')}; models: without → with guards)",
        style="italic",
    )
    return Group(title, _patterns(figures["patterns"]), Text(""), named_lines(_worst(figures["worst"])))


def _patterns(patterns: list[Figures]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("pattern", no_wrap=True, overflow="ellipsis", max_width=PATTERN_CHARS)
    table.add_column("tried", justify="right", no_wrap=True)
    first = patterns[0] if patterns else {"rules": {}, "models": {}}
    for name in (*first["rules"], *first["models"]):
        table.add_column(Text(visible(name, NAME_CHARS)), justify="right", overflow="fold")
    for group, members in groupby(patterns, key=lambda pattern: pattern["group"]):
        table.add_row(Text(group, style="bold"))
        for pattern in members:
            table.add_row(*_row(pattern))
    return table


def _row(pattern: Figures) -> Iterator[Text]:
    yield Text(f"  {visible(pattern['name'], PATTERN_CHARS)}")
    yield Text(f"{pattern['tried']:,}")
    for rate in pattern["rules"].values():
        yield Text(_share(rate))
    for model in pattern["models"].values():
        yield Text(f"{_share(model[BARE])} → {_share(model[GUARDED])}")


def _share(rate: Figures) -> str:
    """A share; how many are undecided stands beside it, since these are neither yes nor no."""
    if rate["share"] is None:
        return "-"
    undecided = f" ({rate['undecided']:,} undecided)" if rate["undecided"] else ""
    return f"{rate['share']:.1%}{undecided}"


def _worst(worst: Figures) -> Iterator[tuple[str, str]]:
    for name, rate in worst["rules"].items():
        yield f"fools {visible(name, NAME_CHARS)} most", _most(rate)
    for name, model in worst["models"].items():
        yield (
            f"fools {visible(name, NAME_CHARS)} most",
            f"without guards {_most(model[BARE])}; with guards {_most(model[GUARDED])}",
        )


def _most(rate: Figures | None) -> str:
    if rate is None:
        return "nothing"
    low, high = rate["interval"]
    return f"{visible(rate['pattern'])}, {rate['share']:.1%} ({low:.1%} to {high:.1%})"
