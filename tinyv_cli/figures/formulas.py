"""LaTeX from a dataset as MathML, which browsers show as mathematics. What cannot be shown stays as written.

latex2mathml puts the text of `\\text{…}` and the attributes of `\\href` and `\\style` into its markup as they
are. So nothing of it is taken over as markup: of the tree that it builds the elements and attributes listed
here are written anew, with all text escaped, and a formula with any other element is not shown.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import groupby, islice
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from tinyv_cli.console import visible, visible_lines

# Conversion takes time: of a formula so many characters, and of a text so many formulas.
MOST_CHARS, MOST_FORMULAS = 300, 50
NO_BREAK = "\xa0"

# With how many parts those have that need a certain number.
ELEMENTS = {
    **dict.fromkeys("mrow mi mn mo mtext mspace msqrt mtable mtr mtd mstyle menclose".split()),
    **dict.fromkeys("mfrac mroot msup msub mover munder".split(), 2),
    **dict.fromkeys("msubsup munderover".split(), 3),
}
ATTRIBUTES = frozenset(
    "accent columnalign columnspacing displaystyle fence form linethickness mathvariant maxsize minsize "
    "movablelimits notation scriptlevel stretchy width".split()
)
VALUE = re.compile(r"[a-z -]{1,20}|\d{0,2}(?:\.\d+)?(?:em|ex)?")  # no length that would tear the page apart

# Where the library's markup would be set with other gaps than in TeX.
SIGNS, CLOSING, VALUES = ("−", "+", "±", "∓"), (")", "]", "}", "|", "!", "′"), ("∞", "∅")

# What defines commands could make a short formula as large as it likes.
DEFINITION = re.compile(r"\\(?:re)?new|\\provide|\\def|\\let")
# As Pandoc reads them, so that prices in dollars are none.
DELIMITED = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|(?<![\\$])\$(?=[^\s$])([^$]+?)(?<=[^\s\\])\$(?!\d)", re.DOTALL
)
COMMAND = re.compile(r"\\[A-Za-z{}|]|[\^_]")
WORDS_APART = re.compile(r"\\(?:text|mbox|mathrm|operatorname)\w*\s*\{[^{}]*\}")
PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,} +[A-Za-z]{2,}")


@lru_cache(2000)  # the rollouts of a question share its formulas
def formula(latex: str) -> Markup | None:
    """The formula as MathML; None if it is too long, or not understood, or would hide what it says.

    Words between mathematics become text, as browsers do not break the lines of MathML.
    """
    from latex2mathml.converter import convert_to_element

    if len(latex) > MOST_CHARS or DEFINITION.search(latex):
        return None
    try:
        [row] = convert_to_element(latex)
        return Markup().join(_lines(row))
    except Exception:  # noqa: BLE001 - the library raises all sorts of things; the formula stays as written
        return None


def with_formulas(text: str) -> Markup:
    """Text of several lines, with the formulas between dollars or the like as MathML."""
    return Markup().join(_pieces(text))


def answer_formula(text: str) -> Markup | None:
    """A gold or an answer as MathML, where that reads in another way than it is written, or else None."""
    if DELIMITED.search(text):
        shown = with_formulas(text)
        return shown if "<math>" in shown else None
    if not COMMAND.search(text) or PROSE.search(WORDS_APART.sub("", text)):
        return None
    return formula(text)


def look_alike(first: Markup, second: Markup) -> bool:
    """Whether two formulas or texts show the same: parts in the same places, whatever holds them together."""
    return _seen(first) == _seen(second)


_TAG_OR_TEXT = re.compile(r"<(/?[a-z]+)[^>]*>|([^<>\s]+)")
_UNSEEN = frozenset("math mrow mstyle mspace mi mn mo mtext code mark".split())


def _seen(shown: Markup) -> str:
    pieces = (found[2] or f"<{found[1]}>" for found in _TAG_OR_TEXT.finditer(shown) if _is_seen(found[1]))
    return "".join(pieces)


def _is_seen(tag: str | None) -> bool:
    return tag is None or tag.removeprefix("/") not in _UNSEEN


def _pieces(text: str) -> Iterator[Markup]:
    end = 0
    for found in islice(DELIMITED.finditer(text), MOST_FORMULAS):
        shown = formula(next(group for group in found.groups() if group))
        if shown is not None:
            yield _written(text[end : found.start()])
            yield shown
            end = found.end()
    yield _written(text[end:])


def _written(text: str) -> Markup:
    return escape("\n".join(map(visible_lines, text.split("\n"))))


def _lines(row: Element) -> Iterator[Markup]:
    for is_text, run in groupby(row, lambda child: child.tag == "mtext"):
        if is_text:
            yield from (_text(child.text or "").replace(NO_BREAK, " ") for child in run)
        else:
            yield Markup("<math>{}</math>").format(_row(list(run)))


def _row(elements: Sequence[Element]) -> Markup:
    """Elements in a row. Raises KeyError for one that is not listed, ValueError for one in pieces."""
    pairs = zip([None, *elements], elements, strict=False)
    return Markup().join(_rewritten(element, form=_form(before, element)) for before, element in pairs)


def _form(before: Element | None, element: Element) -> dict[str, str]:
    """A sign stands close to what follows it; browsers know that only of one at the beginning of a row."""
    is_sign = element.tag == "mo" and unescape(element.text or "") in SIGNS
    follows_a_value = before is not None and (
        before.tag not in ("mo", "mtext") or unescape(before.text or "") in CLOSING
    )
    return {"form": "prefix"} if is_sign and not follows_a_value else {}


def _rewritten(element: Element, *, form: dict[str, str]) -> Markup:
    if ELEMENTS[element.tag] not in (None, len(element)):
        raise ValueError(f"<{element.tag}> has {len(element)} parts")
    attributes = (
        Markup(' {}="{}"').format(name, value)
        for name, value in {**element.attrib, **form}.items()
        if name in ATTRIBUTES and VALUE.fullmatch(value)
    )
    tag = Markup("mi" if unescape(element.text or "") in VALUES else element.tag)
    return Markup("<{}{}>{}</{}>").format(
        tag, Markup().join(attributes), _text(element.text or "") + _row(list(element)), tag
    )


def _text(text: str) -> Markup:
    """Text of an element, in which the library has named characters as HTML does."""
    shown = NO_BREAK.join(map(visible, unescape(text).split(NO_BREAK)))
    if "\\" in shown:
        raise ValueError(f"{shown} is no command that the library knows")
    return escape(shown)
