"""Charts as SVG: whole, the same every time, and without anything that is not their page's."""

import re
from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib
import pytest

from tests.evaluations import evaluation
from tinyv_cli.figures.charts import (
    SERIES,
    bars_chart,
    counts_chart,
    curve_chart,
    histogram_chart,
    precision_recall_chart,
    reliability_chart,
    roc_chart,
    stacked_chart,
)
from tinyv_cli.figures.records import UNKNOWN_SHARE, Share
from tinyv_cli.figures.series import (
    DASHES,
    Bars,
    Line,
    bar_swatch,
    line_swatch,
    marker_swatch,
    part_swatch,
    readable,
)

FIGURES, CURVES = evaluation(pairs=600)
CURVE = CURVES[-1]
LINES = [Line(0, [], (0.01, 0.5)), Line(1, CURVES[1].roc, (0.1, 0.8)), Line(2, CURVE.roc, None)]
RECALL = [Share(0.5, (0.4, 0.6)), UNKNOWN_SHARE]
COUNTS = [0, 1, 2, 3]
TITLE = "A <title> & more"
HOSTILE = ["$x^2$ & <script>alert(1)</script>", "解\x1b[31m\u202eかいせつ"]

CHARTS: dict[str, Callable[[str], str]] = {
    "roc": lambda key: roc_chart(LINES, key=key, title=TITLE),
    "pr": lambda key: precision_recall_chart(LINES, correct=0.6, key=key, title=TITLE),
    "reliability": lambda key: reliability_chart(CURVE.reliability, number=7, key=key, title=TITLE),
    "histogram": lambda key: histogram_chart(CURVE.histogram, threshold=0.5, number=7, key=key, title=TITLE),
    "counts": lambda key: counts_chart(COUNTS, threshold=0.5, number=3, key=key, title=TITLE),
    "torn": lambda key: counts_chart([900, 5, 9, 4], threshold=0.5, number=3, key=key, title=TITLE),
    "curve": lambda key: curve_chart(LINES[1:], across=HOSTILE[0], key=key, title=TITLE),
    "stacked": lambda key: stacked_chart([(0, 5), (2, 0), (4, 3)], key=key, title=TITLE),
    "bars": lambda key: bars_chart(HOSTILE, [Bars(3, RECALL), Bars(4, RECALL)], key=key, title=TITLE),
}


def parsed(svg: str) -> Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter("text")]


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_image_with_a_title(draw: Callable[[str], str]) -> None:
    """Every chart is an image that says what it is called."""
    root = parsed(draw("k"))
    assert (root.tag, root.get("role"), root[0].tag) == ("svg", "img", "title")
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root[0].text == TITLE


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_colours_and_fonts_are_the_page_s(draw: Callable[[str], str]) -> None:
    """No colour and no font is the chart's own, so that light, dark and print look right; no style leaks."""
    svg = draw("k")
    assert re.findall(r"#[0-9a-fA-F]{6}|font-family|<style|<metadata|xmlns", svg) == []
    assert "var(--series-" in svg


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_same_every_time(draw: Callable[[str], str]) -> None:
    """The same figures give the same bytes, whatever a user's own settings of matplotlib are."""
    first = draw("k")
    with matplotlib.rc_context({"svg.hashsalt": None}):
        assert draw("k") == first


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_ids_are_unique_on_a_page(draw: Callable[[str], str]) -> None:
    """Two charts on a page share no id, and each finds what it points at in itself."""
    found = []
    for key in ("one", "two"):
        svg = draw(key)
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'(?:href="|url\()#([\w-]+)', svg)) <= set(ids)
        found.append(set(ids))
    assert not found[0] & found[1]


def test_settings_are_left_alone() -> None:
    """Drawing changes nothing for others who use matplotlib in the same process."""
    before = dict(matplotlib.rcParams)
    for name, draw in CHARTS.items():
        draw(name)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.filterwarnings("error")
def test_names_are_text() -> None:
    """Names of groups show as they are: not as mathematics, as markup or as control characters."""
    shown = texts(CHARTS["bars"]("k"))
    assert "$x^2$ & <script>alert(1)</script>" in shown
    assert "解\\x1b[31m\\u202eかいせつ" in shown


def test_curves() -> None:
    """Against numbers in their order; what they are called may be any text; one point is a curve as well."""
    several = curve_chart([Line(0, [(10, 0.1), (40, 0.3)], None)], across="$x$ <b>", key="k", title="t")
    assert "$x$ <b>" in texts(several) and "50%" in texts(several)
    assert "10%" in texts(curve_chart([Line(0, [(7, 0.0)], None)], across="", key="k", title="t"))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([9000, 30, 20, 25], 30),
        ([9000, 8000, 20, 25], 25),
        ([40, 30, 20, 25], 40),
        ([9000, 0, 0], 9000),
        ([0, 0], 1),
        ([], 1),
    ],
)
def test_dominant_bars(counts: list[int], shown: int) -> None:
    """Bars that would dwarf all others are left out of account where the axis ends."""
    assert readable(counts) == shown


def test_bars_say_their_values() -> None:
    """Each bar has its value beside it, a dash where it is not known; long names are cut."""
    shown = texts(bars_chart(["a" * 200, "b"], [Bars(0, RECALL)], key="k", title="t"))
    assert [text for text in shown if text in ("50.0%", "–")] == ["50.0%", "–"]
    assert max(map(len, shown)) == 48


@pytest.mark.parametrize(
    ("high", "end"), [(0.0, "10%"), (0.09, "10%"), (0.11, "20%"), (0.5, "50%"), (0.51, "100%"), (1.0, "100%")]
)
def test_axis_of_bars(high: float, end: str) -> None:
    """Small shares get an axis on which they can be told apart."""
    values = [Share(high / 2, (0.0, high))]
    assert end in texts(bars_chart(["a"], [Bars(0, values)], key="k", title="t"))


def test_thirty_lines_differ() -> None:
    """Colour and dash together tell thirty verifiers apart, and neighbours differ in both."""
    assert len({line_swatch(number) for number in range(30)}) == len(SERIES) * len(DASHES) == 30
    assert all(
        line_swatch(n).split("dasharray")[1] != line_swatch(n + 1).split("dasharray")[1] for n in range(30)
    )


@pytest.mark.parametrize("swatch", [line_swatch, marker_swatch, bar_swatch, part_swatch])
def test_swatches_are_not_read_aloud(swatch: Callable[[int], str]) -> None:
    """In a legend the name says it all."""
    assert parsed(swatch(3)).get("aria-hidden") == "true"


def test_nothing_to_draw() -> None:
    """No pairs with a p, no lines: axes without anything in them, and no error."""
    assert "<svg" in reliability_chart([], number=0, key="k", title="t")
    assert "<svg" in roc_chart([], key="k", title="t")
    assert "<svg" in stacked_chart([(0, 0)], key="k", title="t")


def test_filled_from_the_threshold_on() -> None:
    """In a histogram one sees what counts as correct; in a stack a part of none takes no room."""
    assert CHARTS["counts"]("k").count("fill: var(--series-3)") == 2
    stack = CHARTS["stacked"]("k")
    assert [number for number in range(6) if f"fill: var(--series-{number})" in stack] == [0, 4]
