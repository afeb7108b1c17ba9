"""The page of an evaluation, as a real browser shows it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.evaluations import FORMATS, attack, evaluation
from tests.pages import (
    DESKTOP,
    HOSTILE,
    PAPER,
    PHONE,
    SHOWN,
    Scheme,
    channels,
    contrast,
    faint_texts,
    fetched_and_said,
    heading_levels,
    opened,
)
from tinyv_cli.evaluation.page import evaluation_page
from tinyv_cli.figures.page import write_page
from tinyv_cli.figures.spelling import percent, percents


def hostile_page() -> str:
    """A page with everything on it, whose names all come from somebody who means harm."""
    rules, models = ["math-verify", HOSTILE], ["nano"]
    figures, curves = evaluation(
        pairs=400,
        rules=rules,
        models=models,
        groups=[*[HOSTILE] * 5, "b" * 300, *(f"group {i}" for i in range(70))],
        sources=(HOSTILE, "x" * 300),
        label=HOSTILE,
        by=HOSTILE,
        tinyv=HOSTILE,
        attack=attack(rules, models),
        formats=FORMATS,
    )
    return evaluation_page(figures, curves)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile page, written."""
    path = tmp_path_factory.mktemp("html") / "page.html"
    write_page(path, hostile_page(), overwrite=False)
    return path


def test_opens_quietly(browser: Browser, file: Path) -> None:
    """Nothing is fetched but the file, nothing is said in the console, no script runs."""
    fetched, said = fetched_and_said(browser, file)
    assert fetched == [file.as_uri()]
    assert said == []
    page = opened(browser, file)
    assert page.locator("script, img, link:not([rel=icon]), iframe").count() == 0


@pytest.mark.parametrize("width", [320, PHONE, 768, DESKTOP])
def test_fits(browser: Browser, file: Path, width: int) -> None:
    """The page itself never scrolls sideways: tables do, in boxes that the keyboard can reach."""
    page = opened(browser, file, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    boxes = page.locator("div:has(> table)")
    assert boxes.count() == page.locator("table").count() == 9
    for box in boxes.all():
        assert box.evaluate("e => getComputedStyle(e).overflowX") == "auto"
        assert box.get_attribute("tabindex") == "0"


def test_text_from_data_is_text(browser: Browser, file: Path) -> None:
    """Wherever a hostile name stands it shows as it is, with control characters spelled out."""
    page = opened(browser, file)
    for place in (
        ".lede",
        ".figures",
        ".legend",
        "figcaption",
        "tbody",
        "thead",
        "footer",
        "svg text",
    ):
        assert any(SHOWN[:39] in (text or "") for text in page.locator(place).all_text_contents()), place
    assert SHOWN in page.locator("footer").inner_text()
    assert SHOWN in page.title()
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", file.read_text("utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser: Browser, file: Path, scheme: Scheme) -> None:
    """All text, that of the charts too, stands out from what is behind it at 4.5 to 1 or more (WCAG AA)."""
    assert faint_texts(opened(browser, file, scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_lines(browser: Browser, file: Path, scheme: Scheme) -> None:
    """Lines and markers stand out at 3 to 1 or more."""
    page = opened(browser, file, scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lines = page.evaluate(
        "[...document.querySelectorAll('.swatch path')].map(e => [e.style.stroke ? 'stroke' : 'fill', e])"
        ".map(([name, e]) => getComputedStyle(e)[name])"
    )
    assert len(set(lines)) >= 5
    assert min(contrast(line, paper) for line in lines) >= 3


def test_dark_print_and_light(browser: Browser, file: Path) -> None:
    """The page follows the reader's scheme, and is printed dark on white in either."""
    background = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened(browser, file, scheme=scheme) for scheme in ("light", "dark"))
    assert min(channels(light.evaluate(background))) > 240
    assert max(channels(dark.evaluate(background))) < 40
    dark.emulate_media(media="print")
    assert channels(dark.evaluate(background)) == (255, 255, 255)


def test_printed_tables_fit(browser: Browser, tmp_path: Path) -> None:
    """On paper nothing can be scrolled: the tables of one rule and one model fit on A4 on its side."""
    write_page(tmp_path / "x.html", evaluation_page(*evaluation(pairs=500)), overwrite=False)
    page = opened(browser, tmp_path / "x.html", width=PAPER)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == PAPER


def test_headings_and_tables(browser: Browser, file: Path) -> None:
    """One h1, no level left out; header cells say of what they are the header; names of tables and charts."""
    page = opened(browser, file)
    levels = heading_levels(page)
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("tbody tr:not(:has(> th[scope=row]))").count() == 0
    for named in page.locator("[aria-labelledby]").all():
        assert page.locator(f"#{named.get_attribute('aria-labelledby')}").count() == 1
    assert page.locator("figure:has(svg[role=img]):has(figcaption)").count() == page.locator("figure").count()
    ids = page.locator("[id]").evaluate_all("es => es.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_rows_fill_their_tables(browser: Browser, file: Path) -> None:
    """Every row has as many cells as its table has columns."""
    widths = opened(browser, file).evaluate(
        "[...document.querySelectorAll('table')].map(t => [...t.rows].map(r =>"
        "[...r.cells].reduce((n, c) => n + c.colSpan, 0)))"
    )
    assert all(len(set(of_table)) == 1 for of_table in widths)


def test_many_groups(browser: Browser, file: Path) -> None:
    """Of many groups the first are drawn and listed, and the page says so."""
    page = opened(browser, file)
    [listed] = [box for box in page.locator(".sheet").all() if "the 60 largest of 72" in box.inner_text()]
    assert listed.locator("tbody tr").count() == 60
    assert "The first 12 of 72 groups are drawn" in listed.locator("figcaption").last.inner_text()


def test_figures_as_elsewhere(browser: Browser, tmp_path: Path) -> None:
    """The headline says what the figures say, spelled as everywhere."""
    figures, curves = evaluation(pairs=500)
    combined = figures.verifiers[-1]
    left = (combined.not_accepted or {})["math-verify"]
    write_page(tmp_path / "x.html", evaluation_page(figures, curves), overwrite=False)
    said = opened(browser, tmp_path / "x.html").locator(".figures").inner_text()
    assert percent(left.recall.value) in said
    assert f"95% interval {percents(left.recall.interval)}" in said
    assert f"on the {left.pairs} pairs that math-verify does not accept" in said
    assert f"{percent(figures.verifiers[0].all.recall.value)} → {percent(combined.all.recall.value)}" in said


@pytest.mark.parametrize(
    ("rules", "models", "headlines", "charts"),
    [
        (["math-verify"], [], 2, 4),
        (["math-verify"], ["nano"], 3, 8),
        (["math-verify", "exact"], ["a", "b"], 12, 14),
    ],
)
def test_what_there_is(rules: list[str], models: list[str], headlines: int, charts: int) -> None:
    """Rules alone have no curves; combinations lead where there are any, each beside its rule alone."""
    figures, curves = evaluation(pairs=300, rules=rules, models=models)
    page = evaluation_page(figures, curves)
    headline = page[page.index('<dl class="figures">') :].split("</dl>")[0]
    assert headline.count("<dd>") == headlines
    assert page.count("<figure>") == charts
    headings = re.findall("<h2>(.*)</h2>", page)
    assert (
        ("As the threshold moves" in headings) == ("Calibration and thresholds" in headings) == bool(models)
    )
    assert ("Two verifiers compared" in headings) == (len(rules) + len(models) > 1)
    assert not {"Smaller weights", "Known ways to fool a verifier"} & set(headings)


def test_nothing_measured() -> None:
    """Without pairs, figures that are not known are dashes, and nothing is drawn of them."""
    page = evaluation_page(*evaluation(pairs=0, by=None))
    assert "<dd>–</dd>" in page
    assert "<figure>" not in page
    assert "few pairs" in page


@pytest.mark.long
def test_same_every_time(file: Path) -> None:
    """The same figures make the same page, to the byte."""
    assert hostile_page() == file.read_text("utf-8")


def test_small(file: Path) -> None:
    """A page of many verifiers and groups stays small enough to be sent by mail."""
    assert file.stat().st_size < 400_000
