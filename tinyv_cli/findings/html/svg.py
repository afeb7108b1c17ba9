"""What matplotlib draws, as SVG that stands inside a page and takes colours and font from it."""

import io
import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup
from matplotlib.figure import Figure

from tinyv_cli.console import visible

# Each part is drawn in a colour that stands for one of the page's; the page's then takes its place.
INK, MUTED, GRID, PAPER = "#000001", "#000002", "#000003", "#000004"
SERIES = tuple(f"#0001{number:02x}" for number in range(6))
COLOURS = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    GRID: "var(--grid)",
    PAPER: "var(--paper)",
    **{colour: f"var(--series-{number})" for number, colour in enumerate(SERIES)},
}
# What matplotlib has to be told so that text stays text and the same figure is always the same SVG.
SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "tinyv"}
NOTHING_ELSE = {"Date": None, "Creator": None, "Format": None, "Type": None}

FONT_FAMILY = re.compile(r"font-family:[^;]*;?\s*")
COLOUR = re.compile(r"#[0-9a-f]{6}\b")
LONG_NUMBER = re.compile(r"\d+\.\d{3,}")
REFERENCE = re.compile(r"(?:^|url\()#(\w+)")
SPACES = re.compile(r"\s+")


def svg(figure: Figure, *, key: str, title: str, names: Mapping[str, str] | None = None) -> Markup:
    """The figure as an image called `title`, whose ids begin with `key`.

    `names` says which text stands in for which: text from data is put in after all is drawn, as matplotlib
    would read `$` as mathematics and has no glyphs for some characters.
    """
    drawn = io.BytesIO()
    figure.savefig(drawn, format="svg", metadata=NOTHING_ELSE)
    root = ElementTree.fromstring(drawn.getvalue())
    _remove(root, {"style", "metadata"})
    used = _references(root)
    for element in root.iter():
        element.tag = _local(element.tag)
        attributes = {_local(name): value for name, value in element.items()}
        if attributes.get("id") not in used:
            attributes.pop("id", None)
        element.attrib = {name: _suited(name, value, key) for name, value in attributes.items()}
        element.text = (names or {}).get(element.text or "", element.text)
        element.tail = None
    _entitle(root, key=key, title=title)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _local(name: str) -> str:
    """A name without its namespace, which HTML knows by itself."""
    return name.rpartition("}")[2]


def _remove(root: Element, tags: set[str]) -> None:
    """Drop what would hold for the whole page, or says nothing."""
    for parent in root.iter():
        for child in [child for child in parent if _local(child.tag) in tags]:
            parent.remove(child)


def _references(root: Element) -> set[str]:
    """The ids that something in the drawing points at: as `#id` in links, as `url(#id)` elsewhere."""
    values = (value for element in root.iter() for value in element.attrib.values())
    return {found[1] for value in values for found in REFERENCE.finditer(value)}


def _suited(name: str, value: str, key: str) -> str:
    if name == "id":
        return f"{key}-{value}"
    if name == "href":
        return value.replace("#", f"#{key}-")
    if name == "clip-path":
        return value.replace("url(#", f"url(#{key}-")
    if name == "style":
        return COLOUR.sub(lambda found: COLOURS.get(found[0], found[0]), FONT_FAMILY.sub("", value))
    return SPACES.sub(" ", LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}", value)).strip()


def _entitle(root: Element, *, key: str, title: str) -> None:
    view = root.attrib["viewBox"]
    root.attrib = {"class": "chart", "viewBox": view, "role": "img", "aria-labelledby": f"{key}-title"}
    element = Element("title", {"id": f"{key}-title"})
    element.text = visible(title)
    root.insert(0, element)
