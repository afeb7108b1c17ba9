"""The page of a report, as a real browser shows it."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, SILENT, WRONG, Line, annotated
from tests.pages import (
    DESKTOP,
    HOSTILE,
    PAPER,
    PHONE,
    SHOWN,
    Scheme,
    channels,
    faint_texts,
    fetched_and_said,
    heading_levels,
    opened,
)
from tests.report.test_estimate import POINT, calibration
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.report.about import MOST_CHARS
from tinyv_cli.report.listing import WORST
from tinyv_cli.report.page import report_page, write_report
from tinyv_cli.report.records import Summary
from tinyv_cli.report.summary import LISTED, summarise

Metadata = dict[str, Any]

SPLIT = METADATA | {"mapping": {"by": "source", "label": "truth"}}

TEXTS = {"gold": r"\frac{1}{2}", "answer": r"x = 0.5 \text{ m}", "lost_in": "comparison"}
ALGEBRA, SETS = LIKELY | {"source": "algebra"}, LIKELY | {"source": "sets"}
LINES: list[Line] = [
    *[ACCEPTED | {"question": f"q{n}", "source": "algebra"} for n in range(20)],
    *[
        ALGEBRA | TEXTS | {"question": f"What is $x_{n}$?", "category": "5.1", "p": 0.6 + n / 50}
        for n in range(8)
    ],
    *[SETS | {"question": f"q{n}", "category": "2.1", "p": 0.95} for n in range(4)],
    PROVED | {"source": "sets", "question": "q9", "response": "Take a hexagon.", "proof": "5 is 5"},
    *[WRONG | {"question": f"q{n}", "source": "sets"} for n in range(20)],
    *[WRONG | {"question": "outvoted", "answer": "7", "source": "algebra"}] * 3,
    SILENT | {"source": "sets", "question": "q3"},
]

# Everything that a file says, said by somebody who means harm.
NAMES = ("question", "gold", "answer", "response", "category", "proof", "source", "lost_in")
EVIL: list[Line] = [
    *[LIKELY | dict.fromkeys(NAMES, HOSTILE) | {"p": 0.6 + n / 50} for n in range(3)],
    *[LIKELY | {"gold": rf"\text{{{HOSTILE}}}", "question": f"${HOSTILE}$ $x$", "source": "x" * 300}] * 2,
    PROVED | dict.fromkeys(NAMES, HOSTILE),
    *[WRONG | {"question": HOSTILE, "gold": HOSTILE, "answer": "7"}] * 5,
    {"rule": "undecided", "rule_reason": HOSTILE, "verdict": "undecided"},
    {"rule": "undecided", "rule_reason": "gold_unparsable", "verdict": "undecided", "gold": HOSTILE},
]
EVIL_METADATA = METADATA | {
    "rule": {"name": HOSTILE, "versions": {HOSTILE: HOSTILE}},
    "model": {"name": HOSTILE, "file": HOSTILE},
    "sources": [{"name": HOSTILE, "size": 1}],
    "only": HOSTILE,
    "counts": {"examples": 1000},
}


def figures_of(path: Path, lines: list[Line], metadata: Metadata = SPLIT, **given: Any) -> Summary:
    file = annotated(path / "x.parquet", lines, metadata)
    return summarise(open_audited(file), **{"file": "x.audited.parquet", "listed": LISTED, **given})


def written(path: Path, figures: Summary) -> Path:
    write_report(path / "page.html", figures, overwrite=True)
    return path / "page.html"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of two sources and three kinds."""
    folder = tmp_path_factory.mktemp("plain")
    return written(folder, figures_of(folder, [{"truth": True} | line for line in LINES]))


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose texts and names all come from somebody who means harm."""
    folder = tmp_path_factory.mktemp("evil")
    lines = [{"task": HOSTILE[:MOST_CHARS]} | line for line in EVIL]
    return written(folder, figures_of(folder, lines, EVIL_METADATA, by=["source"], file=HOSTILE))


def visible_rows(page: Page) -> list[str]:
    """Which examples are shown, by the number of their row."""
    shown = page.locator("#examples tbody:visible th").all_inner_texts()
    return [text.partition(":")[0] for text in shown]


@pytest.mark.parametrize("name", ["plain", "evil"])
def test_opens_quietly(browser: Browser, name: str, request: pytest.FixtureRequest) -> None:
    """Nothing is fetched but the file, nothing is said in the console, and no script runs but ours."""
    file = request.getfixturevalue(name)
    assert fetched_and_said(browser, file) == ([file.as_uri()], [])
    page = opened(browser, file)
    assert page.locator("script").count() == 1
    assert page.locator("img, link:not([rel=icon]), iframe, [href^=javascript], [onclick]").count() == 0


def test_no_other_script_may_run(browser: Browser, plain: Path) -> None:
    """What would slip through our escaping is still stopped by the page's own policy."""
    page = opened(browser, plain)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))")
    assert page.evaluate("window.ran === undefined")


def test_first_screen(browser: Browser, plain: Path) -> None:
    """Without scrolling one sees the score, where the answers go, the main cause and ten examples."""
    page = opened(browser, plain)
    first = page.locator(".first")
    box = first.bounding_box()
    assert box is not None and box["y"] + box["height"] < 800
    said = first.inner_text()
    assert "35.1% → 57.9%" in said and "score before and after" in said
    assert "+22.8 points" in said and "by 13 right answers that had been missed" in said
    assert "Main cause: 5.1 explanations, 8 of the 13 missed (0 proved, 8 likely)" in said
    assert "13" in said and "right after all" in said
    assert first.locator("tbody tr").count() == WORST


@pytest.mark.parametrize("width", [320, PHONE, 768, DESKTOP])
@pytest.mark.parametrize("name", ["plain", "evil"])
def test_fits(browser: Browser, name: str, width: int, request: pytest.FixtureRequest) -> None:
    """The page never scrolls sideways, with all responses unfolded either."""
    page = opened(browser, request.getfixturevalue(name), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_text_from_data_is_text(browser: Browser, evil: Path) -> None:
    """Wherever a hostile text stands it shows as it is, with control characters spelled out."""
    page = opened(browser, evil)
    for place in (
        "h1",
        ".lede",
        ".figures",
        ".fates",
        ".brief tbody",
        ".first h2",
        "svg text",
        "figure + .caption, .sheet tbody",
        "#filters option",
        "#examples td[data-label=gold]",
        "#examples td[data-label=answer]",
        "#examples td[data-label=kind]",
        "#examples td[data-label=source]",
        ".asked",
        ".response",
        ".proof",
        ".caption:has-text('contradict') + .scroll tbody",
        ".caption:has-text('cannot match') + .scroll tbody",
        "footer",
    ):
        texts = [" ".join((text or "").split()) for text in page.locator(place).all_text_contents()]
        assert any(SHOWN[:30] in text for text in texts), place
    assert SHOWN[:30] in page.title()
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", evil.read_text("utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["plain", "evil"])
def test_contrast(browser: Browser, name: str, scheme: Scheme, request: pytest.FixtureRequest) -> None:
    """All text stands out from what is behind it, marked differences and charts too."""
    assert faint_texts(opened(browser, request.getfixturevalue(name), scheme=scheme)) == []


def test_dark_print_and_light(browser: Browser, plain: Path) -> None:
    """The page follows the reader's scheme, and is printed dark on white, in the paper's width, in either."""
    background = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened(browser, plain, scheme=scheme, width=PAPER) for scheme in ("light", "dark"))
    assert min(channels(light.evaluate(background))) > 240
    assert max(channels(dark.evaluate(background))) < 40
    dark.emulate_media(media="print")
    assert channels(dark.evaluate(background)) == (255, 255, 255)
    assert dark.evaluate("document.documentElement.scrollWidth") == PAPER


def test_headings_and_tables(browser: Browser, evil: Path) -> None:
    """One h1, no level left out; header cells, names of tables, charts and inputs; ids that are unique."""
    page = opened(browser, evil)
    levels = heading_levels(page)
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("tbody:not(:has(th[scope=row]))").count() == 0
    assert page.locator("table:not([aria-labelledby])").count() == 0
    for named in page.locator("[aria-labelledby]").all():
        assert page.locator(f"[id='{named.get_attribute('aria-labelledby')}']").count() == 1
    assert (
        page.locator("#filters :is(input, select)").count()
        == page.locator("#filters label[for]").count()
        == 3
    )
    ids = page.locator("[id]").evaluate_all("es => es.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_examples(browser: Browser, plain: Path) -> None:
    """Mathematics is rendered, what differs is marked, and proof and response unfold."""
    page = opened(browser, plain)
    one = page.locator("#e27-0")
    assert one.locator("td[data-label=gold] mfrac").count() == 1
    assert one.locator("td[data-label=gold] code").inner_text() == r"\frac{1}{2}"
    assert one.locator("td[data-label=answer] mark").all_inner_texts()[0] == "x = 0.5 \\text"
    assert one.locator(".asked math mi").count() == 1
    proved = page.locator("#e32-0")
    assert not proved.locator(".response").is_visible()
    proved.locator("summary").press("Enter")
    assert proved.locator(".response").inner_text() == "Take a hexagon."
    assert "Proved: 5 is 5." in proved.inner_text()


FILTERS: dict[str, tuple[Callable[[Page], Any], set[str]]] = {
    "kind": (
        lambda page: page.get_by_label("kind", exact=True).select_option("2.1 intervals"),
        set("28 29 30 31".split()),
    ),
    "source": (
        lambda page: page.get_by_label("source", exact=True).select_option("sets"),
        set("28 29 30 31 32".split()),
    ),
    "search": (lambda page: page.get_by_label("search").fill("HEXAGON take"), {"32"}),
    "nothing": (lambda page: page.get_by_label("search").fill("no such words"), set()),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters(browser: Browser, plain: Path, name: str) -> None:
    """Each narrows the table down, how many are left is announced, and all can be shown again."""
    page, (narrow, left) = opened(browser, plain), FILTERS[name]
    count = page.get_by_role("status")
    expect(count).to_have_text("13 of 13 shown")
    narrow(page)
    assert set(visible_rows(page)) == left
    expect(count).to_have_text(f"{len(left)} of 13 shown")
    page.get_by_role("button", name="show all").click()
    expect(count).to_have_text("13 of 13 shown")
    assert len(visible_rows(page)) == 13


def test_filters_together(browser: Browser, plain: Path) -> None:
    """What is shown fits all of them."""
    page = opened(browser, plain)
    page.get_by_label("source", exact=True).select_option("sets")
    page.get_by_label("kind", exact=True).select_option("6.1 order")
    assert visible_rows(page) == ["32"]


def test_sorting_by_keyboard(browser: Browser, plain: Path) -> None:
    """A header sorts, the surest first, and the other way round when it is pressed again."""
    page = opened(browser, plain)
    header = page.locator("#examples").get_by_role("columnheader", name="how sure", exact=True)
    header.get_by_role("button").press("Enter")
    rows = visible_rows(page)
    assert header.get_attribute("aria-sort") == "descending"
    assert rows[0] == "32" and rows[-1] == "20"
    header.get_by_role("button").press("Space")
    assert header.get_attribute("aria-sort") == "ascending"
    assert visible_rows(page)[0] == "20"
    page.locator("#examples").get_by_role("columnheader", name="source").get_by_role("button").click()
    assert header.get_attribute("aria-sort") is None
    groups = page.locator("#examples tbody").evaluate_all("es => es.map(e => e.dataset.group)")
    assert groups == sorted(groups)


def test_first_ones_lead_to_the_table(browser: Browser, plain: Path) -> None:
    """From an example of the first screen to the whole of it, even if a filter hides that."""
    page = opened(browser, plain)
    page.get_by_label("search").fill("no such words")
    page.get_by_role("link", name="Example 1, missed once", exact=True).click()
    target = page.locator("tbody:target")
    expect(target.locator(".response")).to_be_in_viewport()
    assert len(visible_rows(page)) == 13


def test_without_script(browser: Browser, plain: Path) -> None:
    """Everything is there to be read, and no control that would do nothing."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(plain.as_uri())
    assert len(visible_rows(page)) == 13
    assert page.locator("#filters, th button").locator("visible=true").count() == 0


def test_figures_as_elsewhere(tmp_path: Path, browser: Browser) -> None:
    """What the score really is stands beside what was found; below, how much of that is so, and of what."""
    figures = figures_of(tmp_path, LINES, calibration=calibration())
    page, really = opened(browser, written(tmp_path, figures)), figures.score.scored.corrected
    assert figures.estimate is not None and really is not None
    first, whole = page.locator(".first").inner_text(), page.locator("main").inner_text()
    for share, said in ((really, first), (figures.estimate.right, whole)):
        low, high = share.interval or pytest.fail("no interval")
        assert f"{share.value:.1%}" in said
        assert re.search(f"{100 * low:.1f}%? to {100 * high:.1f}", said)
    assert "is the score really, estimated from how often the model erred elsewhere" in first
    assert "if the model errs here as on pairs that math-verify + proofs had left" in whole
    found = figures.false_negatives
    assert f"13 right answers: {found.of_not_accepted.value:.1%} of the 37 not accepted" in whole
    assert f"{found.lost.value:.1%} of all 33 that are right" in whole


SAME_TEXT = PROVED | {"category": None, "gold": "7:4", "answer": "7:4"}
WITHOUT_MODEL = METADATA | {"model": {"name": "none"}, "mapping": {}}
PAGES: dict[str, tuple[list[Line], Metadata, dict[str, Any], list[str], list[str]]] = {
    "all": (
        LINES,
        SPLIT,
        {},
        [
            "How sure the model is",
            "What it costs a training",
            "By source",
            "Golds that may be wrong",
            "Main cause",
        ],
        [],
    ),
    "proofs alone": (
        [PROVED, WRONG | {"p": None}],
        WITHOUT_MODEL,
        {},
        ["as far as proofs tell", "<dt>really right</dt><dd>not known"],
        ["How sure the model is", "By source", "Golds that may be wrong"],
    ),
    "nothing rejected": (
        [ACCEPTED],
        METADATA,
        {},
        ["by 0 right answers that had been missed", "<dd>+0.0 points</dd>"],
        ["<script", "Main cause", "What it costs a training", "<dt>missed</dt>", "<small>95%"],
    ),
    "empty": ([], METADATA, {}, ["0 of 0 responses were right and not accepted"], ["<script"]),
    "of others' making": (
        [ACCEPTED],
        {"rule": {"name": "mine"}, "threshold": 0.5},
        {},
        ["<dt>Judged by</dt><dd>mine</dd>"],
        ["<script"],
    ),
    "of a file and of the hub": (
        [ACCEPTED],
        METADATA
        | {"sources": [{"name": "/home/me/a.jsonl", "size": 1}, {"name": "hf:owner/name", "size": 1}]},
        {},
        ["<dt>Task</dt><dd>a.jsonl, hf:owner/name</dd>"],
        [],
    ),
    "without kinds": ([LIKELY], METADATA, {}, ["The worst: right, and not accepted"], ["Main cause"]),
    "the gold's own text": (
        [*[SAME_TEXT | {"lost_in": "comparison"}] * 3, SAME_TEXT | {"lost_in": "extraction"}],
        METADATA,
        {},
        [
            "Main cause: answers that are the right one to the letter, 3 of the 4 missed<",
            'data-label="kind">same text<',
        ],
        [],
    ),
    "not seen": (
        [SAME_TEXT | {"lost_in": "extraction"}],
        METADATA,
        {},
        ["Main cause: the rule did not see the answer, 1 of the 1 missed<", 'data-label="kind">extraction<'],
        ["same text"],
    ),
    "not better than chance": (
        LINES,
        METADATA,
        {"calibration": calibration(replace(POINT, fp=90, tn=10))},
        ["no better than chance"],
        ["is the score really"],
    ),
    "measured behind another rule": (
        LINES,
        METADATA | {"rule": {"name": "exact"}},
        {"calibration": calibration()},
        ["measured behind math-verify + proofs, and here it is asked behind exact + proofs"],
        ["is the score really"],
    ),
    "two models": (
        [LIKELY | {"p_2": 0.75, "model_reason_2": "note"}],
        METADATA | {"other_models": [{"name": "b"}], "agree": "any"},
        {},
        ["as far as proofs and nano and b tell", "0.900, 0.750"],
        [],
    ),
    "by several": (LINES, METADATA, {"by": ["source", "tinyv_evidence"]}, ["By tinyv_evidence"], []),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_there_is(tmp_path: Path, name: str) -> None:
    """What a file does not say has no section."""
    lines, metadata, given, there, not_there = PAGES[name]
    page = " ".join(report_page(figures_of(tmp_path, lines, metadata, **given)).split())
    assert [text for text in there if text not in page] == []
    assert [text for text in not_there if text in page] == []


def test_same_every_time(tmp_path: Path) -> None:
    """The same figures make the same page, to the byte."""
    figures = figures_of(tmp_path, LINES)
    assert report_page(figures) == report_page(figures)


@pytest.mark.parametrize("filling", ["a ", '"', "\u202e", "解", "$x_1$ "])
def test_under_three_megabytes(tmp_path: Path, filling: str) -> None:
    """However long the texts are, whatever they consist of, and however many false negatives there are."""
    texts = dict.fromkeys(("question", "gold", "answer", "response"), filling * 20_000)
    lines = [LIKELY | {"source": f"{n} {filling * 300}", "category": f"{n % 40}.1"} for n in range(300)]
    apart = [line | texts | {"question": f"{n} {texts['question']}"} for n, line in enumerate(lines)]
    suspects = [WRONG | texts | {"row": 999 - n % 30, "rollout": n} for n in range(90)]
    page = report_page(figures_of(tmp_path, apart + suspects))
    assert len(page.encode()) < 3_000_000
    shown = page.count('<tbody role="rowgroup" id=')
    assert 30 < shown <= LISTED
    assert f"{shown} different ones, of 300 in all: the worst first, then of each kind by turns" in page
