"""Findings filled into a template: one self-contained file in which all text from data is harmless."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tinyv_cli.console import visible
from tinyv_cli.findings.spelling import FILTERS
from tinyv_cli.places import write_text


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a page: its heading, the drawing, and what it shows in words."""

    heading: str
    svg: Markup
    caption: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend."""

    swatch: Markup
    name: str


def rendered(template: str, **context: Any) -> str:
    """The page of this template (a file in `templates/`); a name that the context lacks is an error."""
    return _environment().get_template(template).render(context)


def write_page(path: Path, html: str, *, overwrite: bool) -> None:
    """Write a page where `--html` says. Raises SinkError, also where a file would be replaced unasked."""
    write_text(path, html, option="--html", overwrite=overwrite)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tinyv_cli.findings.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _harmless(value: Any) -> Any:
    """Whatever is put into a page passes through here: control characters are shown instead of obeyed."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
