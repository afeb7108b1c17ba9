"""`tinyv config`: which settings hold, and where each of them comes from."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tinyv_cli.cli import options
from tinyv_cli.settings import DEFAULT, About, Found, known_settings, misspelt, read_settings


@dataclass(frozen=True, slots=True)
class Line:
    """A setting for people: its value, where it is from, and what it is for."""

    name: str
    value: str
    origin: str
    about: str


def config(json: options.Json = False) -> None:
    """Show each setting, its value and where it comes from: a variable, a file, or the default.

    Set them in tinyv.toml, in [tool.tinyv] of pyproject.toml (the nearest one upwards counts), or as TINYV_…
    in the environment; for one model in a table [models."NAME"]. An option comes before all of them.

    Examples:
    tinyv config
    TINYV_THREADS=4 tinyv config --json
    """
    from tinyv_cli.console import print_json

    found = read_settings()
    if json:
        print_json(_as_json(found))
    else:
        _show(found)


def _as_json(found: Found) -> dict[str, Any]:
    settings = {
        name: {"value": _plain(getattr(found.settings, name)), "from": found.origins.get(name, DEFAULT)}
        for name in known_settings()
    }
    models = {name: asdict(each) for name, each in found.settings.models.items()}
    return {"settings": settings, "models": models, "secrets": _secrets(os.environ)}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _show(found: Found) -> None:
    from rich.table import Table
    from rich.text import Text

    from tinyv_cli.console import note, out, visible

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in ("setting", "value", "from", "what it is"):
        table.add_column(title, overflow="fold")
    for line in _lines(found):
        table.add_row(*(Text(visible(each)) for each in (line.name, line.value, line.origin, line.about)))
    out().print(table)
    for name, near in misspelt(os.environ).items():
        note(f"{name} is no setting{near}")


def _lines(found: Found) -> Iterator[Line]:
    for name, each in known_settings().items():
        value = _said(getattr(found.settings, name), each)
        yield Line(name, value, found.origins.get(name, DEFAULT), each.what)
    for model, own in found.settings.models.items():
        for name, value in asdict(own).items():
            if value != getattr(found.settings, name):
                yield Line(name, _said(value, known_settings()[name]), f'[models."{model}"]', f"for {model}")
    for name, is_set in _secrets(os.environ).items():
        yield Line(name, "set, not shown" if is_set else "not set", "environment", "a server's key")


def _said(value: Any, setting: About) -> str:
    if value in (None, ()):
        return f"({setting.unset})"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _secrets(environment: Mapping[str, str]) -> dict[str, bool]:
    """Whether each secret is set; what it is, nobody is shown."""
    from tinyv_cli.models.endpoint import KEY_VARIABLES

    return {name: bool(environment.get(name)) for name in KEY_VARIABLES}
