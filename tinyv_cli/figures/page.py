"""What a feature tells as a page: one self-contained file in which all text from data is harmless."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tinyv_cli.console import visible
from tinyv_cli.figures.formulas import answer_formula, look_alike
from tinyv_cli.figures.sheets import Cell, Column, Lines, Part, Sheet
from tinyv_cli.figures.spelling import FILTERS
from tinyv_cli.running.targets import write_text

PACKAGE = "tinyv_cli.figures"
TEXT_CHARS = 300


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that a page is about, spelled, what it says, and how sure that is."""

    figure: str
    said: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the hash by which a Content-Security-Policy knows it."""

    source: Markup
    digest: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands on a page under one heading."""

    heading: str
    parts: list[Part]


def sheet_page(
    title: str,
    parts: Iterable[Part],
    *,
    command: str = "",
    about: str = "",
    lede: str = "",
    headlines: Sequence[Headline] = (),
    made: Sequence[tuple[str, str]] = (),
    note: str = "",
    package: str = PACKAGE,
    template: str = "page.html",
    **context: Any,
) -> str:
    """The page of the parts that the terminal shows, too; `command` is the one that writes it.

    Its window is called by the title and what it is `about`. `lede` stands below the title, the headlines
    before all parts, and at the end how it was `made`, and a `note` on how it is to be read. What has more
    to show brings a template, built on `page.html`, and its context.
    """
    return rendered(
        package,
        template,
        title=title,
        command=command,
        about=about,
        lede=lede,
        headlines=headlines,
        sections=sections(parts),
        made=made,
        note=note,
        **context,
    )


def sections(parts: Iterable[Part]) -> list[Section]:
    """The parts by their headings; those before the first one stand under none."""
    found: list[Section] = []
    for part in parts:
        if part.heading or not found:
            found.append(Section(part.heading, []))
        found[-1].parts.append(part)
    return found


def rendered(package: str, template: str, **context: Any) -> str:
    """The page of a package's template (in its `templates/`); a name that the context lacks is an error.

    The template builds on those that stand in this package's `templates/`.
    """
    return _environment(package).get_template(template).render(context)


def script(package: str, name: str) -> Script:
    """A script of a package of ours (a file in its `templates/`) for a page that allows no other."""
    source, *_ = _loader(package).get_source(_environment(package), name)
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return Script(Markup(source), f"'sha256-{digest}'")


def write_page(path: Path, html: str, *, overwrite: bool) -> None:
    """Write a page where `--html` says. Raises SinkError, also where a file would be replaced unasked."""
    write_text(path, html, option="--html", overwrite=overwrite)


@cache
def _loader(package: str) -> BaseLoader:
    return ChoiceLoader([PackageLoader(package), PackageLoader(PACKAGE)])


@cache
def _environment(package: str) -> Environment:
    environment = Environment(
        loader=_loader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, cells=_cells)
    environment.tests.update(lines=_is(Lines), sheet=_is(Sheet))
    return environment


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda part: isinstance(part, kind)


def _cells(row: Sequence[Cell], columns: Sequence[Column]) -> list[Markup | str]:
    """A row as a page shows it: data in `literal` columns made harmless, gold and answer as mathematics."""
    shown = [
        _short(cell) if column.literal else cell or ""
        for cell, column in zip(row, columns, strict=len(row) > 1)
    ]
    maths = {i: Markup(answer_formula(shown[i]) or escape(shown[i])) for i in _maths_in(row, columns)}
    alike = [i for i in maths if any(look_alike(maths[i], other) for j, other in maths.items() if j != i)]
    sources = {i: maths[i] + SOURCE.format(shown[i]) for i in alike if "<math" in maths[i]}
    return [sources.get(i) or maths.get(i) or cell for i, cell in enumerate(shown)]


SOURCE = Markup("<code>{}</code>")  # of what looks like something else, how it is written


def _maths_in(row: Sequence[Cell], columns: Sequence[Column]) -> list[int]:
    return [i for i, column in enumerate(columns[: len(row)]) if column.maths]


def _short(text: str | None) -> str:
    return visible(text, TEXT_CHARS)


def _harmless(value: Any) -> Any:
    """Whatever is put into a page passes through here: control characters are shown instead of obeyed."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
