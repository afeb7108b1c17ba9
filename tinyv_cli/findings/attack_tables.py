"""The figures of an attack as a table for the terminal."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import visible
from tinyv_cli.findings.attacks import BARE, GUARDED
from tinyv_cli.findings.queries import Figures
from tinyv_cli.findings.sheets import NAME_CHARS, named_lines
from tinyv_cli.findings.tables import many

LEAST_WIDTH = 9
PATTERN_CHARS = 34


def attack_tables(figures: Figures) -> RenderableType:
    """A row for each pattern, under its group, and what fools each verifier most often."""
    title = Text(
        f"how often a wrong response counts as correct ({many(figures['sampled'], 'example')}; "
        "models without → with guards)",
        style="italic",
    )
    return Group(title, _patterns(figures["patterns"]), Text(""), named_lines(_worst(figures["worst"])))


def _patterns(patterns: list[Figures]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("pattern", no_wrap=True, overflow="ellipsis", max_width=PATTERN_CHARS)
    table.add_column("tried", justify="right", no_wrap=True)
    columns = list(_columns(patterns))
    for name, _ in columns:
        table.add_column(Text(name), justify="right", overflow="fold", min_width=LEAST_WIDTH)
    for group, members in groupby(patterns, key=lambda pattern: pattern["group"]):
        table.add_row(Text(group, style="bold"))
        for pattern in members:
            cells = (f"  {visible(pattern['name'])}", f"{pattern['tried']:,}")
            table.add_row(*map(Text, cells), *(Text(shown(pattern)) for _, shown in columns))
    return table


def _columns(patterns: list[Figures]) -> Iterator[tuple[str, Callable[[Figures], str]]]:
    """The name of each column, and what it shows of a pattern; undecided where a model was."""
    first = patterns[0] if patterns else {"rules": {}, "models": {}}
    for rule in first["rules"]:
        yield visible(rule, NAME_CHARS), partial(_of_rule, rule)
    for model in first["models"]:
        yield visible(model, NAME_CHARS), partial(_of_model, model)
        if any(pattern["models"][model][BARE]["undecided"] for pattern in patterns):
            yield "undecided", partial(_undecided, model)


def _of_rule(name: str, pattern: Figures) -> str:
    return _share(pattern["rules"][name])


def _of_model(name: str, pattern: Figures) -> str:
    model = pattern["models"][name]
    return f"{_share(model[BARE])} → {_share(model[GUARDED])}"


def _undecided(name: str, pattern: Figures) -> str:
    return f"{pattern['models'][name][BARE]['undecided']:,}"


def _share(rate: Figures) -> str:
    return "-" if rate["share"] is None else f"{rate['share']:.0%}"


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
