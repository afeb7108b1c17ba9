"""The page of any feature, made of the parts that the terminal shows."""

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import HOSTILE, PHONE, SHOWN, fetched_and_said, opened
from tinyv_cli.figures.charts import bars_chart
from tinyv_cli.figures.page import Headline, sections, sheet_page, write_page
from tinyv_cli.figures.records import UNKNOWN_SHARE, Share
from tinyv_cli.figures.series import Bars, Chart, Charts, Entry, bar_swatch
from tinyv_cli.figures.sheets import Column, Lines, Part, Sheet

VALUES = [Share(0.5, (0.4, 0.6)), UNKNOWN_SHARE]
BARS = Chart(HOSTILE, partial(bars_chart, [HOSTILE, "b"], [Bars(0, VALUES)]), HOSTILE)
COLUMNS = (
    Column("gold", literal=True, maths=True),
    Column("question", literal=True, one_line=True, most=10),
    Column("count", number=True),
)
ROWS = [
    (r"\frac{1}{2}", "What is a half of one?", "7"),
    (HOSTILE,),
    (HOSTILE, HOSTILE, HOSTILE),
    (None, "", "1"),
]
PARTS: list[Part] = [
    Lines([("read", HOSTILE)]),
    Sheet(HOSTILE, COLUMNS, ROWS, heading="Golds", charts=Charts([BARS], [Entry(bar_swatch(0), HOSTILE)])),
    Sheet("below", COLUMNS, ROWS),
    Sheet("seen instead", COLUMNS, ROWS, heading="Drawn", charts=Charts([BARS]), instead=True),
    Charts([BARS, BARS], heading="Curves"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a part of each sort."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    page = sheet_page(
        "Golds",
        PARTS,
        command="tinyv golds",
        about=HOSTILE,
        lede=HOSTILE,
        headlines=[Headline("50.0%", HOSTILE, HOSTILE)],
        made=[("rule", HOSTILE)],
        note=HOSTILE,
    )
    write_page(path, page, overwrite=False)
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Page:
    """That page, opened."""
    return opened(browser, file)


def test_sections() -> None:
    """A heading begins one; what has none belongs to what is above."""
    found = sections(PARTS)
    assert [(each.heading, len(each.parts)) for each in found] == [
        ("", 1),
        ("Golds", 2),
        ("Drawn", 1),
        ("Curves", 1),
    ]
    assert sections([]) == []


def test_opens_quietly(browser: Browser, file: Path) -> None:
    """Nothing is fetched, nothing said, and no script runs."""
    assert fetched_and_said(browser, file) == ([file.as_uri()], [])


def test_everything_is_there(page: Page) -> None:
    """Headings, tables in regions that scroll, charts with their legends; a drawn table is left out."""
    assert page.locator("h2").all_inner_texts() == ["Golds", "Drawn", "Curves", "How this was made"]
    assert page.locator("[role=region] table").count() == page.locator("table").count() == 2
    assert page.locator("figure").count() == 4
    assert page.locator(".legend").count() == 1
    ids = page.locator("[id]").evaluate_all("es => es.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_cells(page: Page) -> None:
    """Mathematics is set; text stands in full where a terminal cuts it; a lone cell fills its row."""
    table = page.locator("table").first
    first, heading, _, last = table.locator("tbody tr").all()
    assert first.locator("th[scope=row] mfrac").count() == 1
    assert first.locator("td").all_inner_texts() == ["What is a half of one?", "7"]
    assert heading.locator("th[colspan='3']").count() == 1
    assert last.locator("th").inner_text() == "(none)"


def test_text_from_data_is_text(page: Page) -> None:
    """Wherever a hostile text stands it shows as it is."""
    for place in ("title", ".lede", ".figures dt", ".lines", ".caption", "tbody th", "tbody td", "footer dd"):
        assert any(SHOWN[:40] in text for text in page.locator(place).all_text_contents()), place
    for place in ("figure h3", "figcaption", ".legend", "svg text", "footer p"):
        assert any(SHOWN[:30] in text for text in page.locator(place).all_text_contents()), place


def test_fits_a_phone(browser: Browser, file: Path) -> None:
    """The page never scrolls sideways."""
    narrow = opened(browser, file, width=PHONE)
    assert narrow.evaluate("document.documentElement.scrollWidth") == PHONE
