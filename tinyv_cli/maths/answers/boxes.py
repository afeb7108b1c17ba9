"""The last box of a response: `\\boxed{5}` and what else people write for it."""

import re
from typing import NamedTuple

from tinyv_cli.maths.answers.marks import Mark

# Boxes that stand closer than this, with only a comma or a connecting word between them, are one answer.
SAME_SENTENCE_CHARS = 40

_AROUND = r"[\s$~\\()\[\]]*"
_CONNECTED = re.compile(
    rf"{_AROUND}(?:[,;、，；]{_AROUND})?(?:\\text\s*\{{\s*)?(?:and|or|und|oder|et|ou|y|o|和|或|与)?(?:\s*\}})?[\s$~\\()\[\]:]*"
)
# The first is exact, the second the same in other figures.
_SAME_AGAIN = re.compile(rf"{_AROUND}(?:\\approx|≈|\\simeq|\\thickapprox){_AROUND}")
_NAMES = r"(?:f?boxed|fbox|framebox)"
_OPENED = re.compile(rf"\\?{_NAMES}(?![A-Za-z])|\\begin\s*\{{boxed\}}")
# Commands may have lost their backslash; `framebox` takes sizes in brackets.
_BRACE = re.compile(
    rf"(?P<box>\\{_NAMES}\s*(?:\[[^\[\]]{{0,20}}\]\s*){{0,2}}\{{|(?<![A-Za-z<])boxed\{{|\\begin\s*\{{boxed\}})"
    r"|(?P<end>\\end\s*\{boxed\})"
    r"|\\boxed(?:\s+|(?=[\d-]))(?P<bare>-?\d+(?:\.\d+)?(?![^\s$\\{},.])|[^\s$\\{},.]+)"
    r"|\\.|[{}]",
    re.DOTALL,
)
_EMPTY_AT_END = re.compile(rf"\\{_NAMES}\s*\{{\s*\}}[^A-Za-z0-9{{}}]*(?:\\?[bo]?o?x?e?d?)?\Z")
_END_CHARS = 200
_MATHS_END = re.compile(r"\\[\])]|\$")
_COLOUR = re.compile(r"\\(?:text|math)?color(?:box)?\s*(?:\[\w{1,9}\])?\{[\w!.,# -]{1,30}\}\s*")


class _Box(NamedTuple):
    """Where a box begins and ends, and what it holds."""

    start: int
    inner: int
    inner_end: int
    end: int

    def content(self, text: str) -> str:
        return text[self.inner : self.inner_end].strip()


def last_boxes(text: str) -> Mark | None:
    """The content of the last box, joined with those before it in the same sentence.

    None where there is no box with anything in it; its text is None where the last was never closed.
    """
    first = _first_opened(text)
    if first is None:
        return None
    closed, unclosed = _boxes(text, first)
    boxes = [box for box in _outermost(text, closed) if box.content(text)]
    if unclosed is not None and (not boxes or unclosed.start > boxes[-1].start):
        if (ended := _ended_by_maths(text, unclosed)) is not None:
            boxes.append(ended)
        elif not _repeats(text, boxes, unclosed):
            return Mark(None, len(text))
    if not boxes:
        return None
    parts = [_plain(box.content(text)) for box in _same_sentence(text, boxes)]
    return Mark(", ".join(dict.fromkeys(part for part in parts if part)), boxes[-1].end)


def _first_opened(text: str) -> int | None:
    """Where the first box begins. The letters that all have are found a hundred times sooner than the box."""
    letters = text.find("box")
    if letters < 0:
        return None
    before = text[:letters].removesuffix("{").rstrip()
    found = _OPENED.search(text, max(0, len(before) - len("\\begin")))
    return None if found is None else found.start()


def ends_in_empty_box(text: str) -> bool:
    """Whether the reply ends in boxes with nothing in them, such as those that repeat to the token limit."""
    return _EMPTY_AT_END.search(text[-_END_CHARS:]) is not None


def _same_sentence(text: str, boxes: list[_Box]) -> list[_Box]:
    """The last box and those that a comma or a connecting word joins to it, in their order."""
    parts = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[box.end : parts[-1].start]
        if len(between) > SAME_SENTENCE_CHARS:
            break
        if _SAME_AGAIN.fullmatch(between):
            parts[-1] = box
        elif _joins(between):
            parts.append(box)
        else:
            break
    return parts[::-1]


def _joins(between: str) -> bool:
    """Whether a comma or a word stands there, not only space."""
    found = _CONNECTED.fullmatch(between)
    return found is not None and re.search(r"[,;、，；\w]", between.replace("\\text", "")) is not None


def _boxes(text: str, first: int) -> tuple[list[_Box], _Box | None]:
    """The closed boxes in the order of their starts, and the last that is not closed.

    In one pass: a hostile text of open braces costs no more.
    """
    # Braces before the first box belong to none. Its backslash may be the second half of a line break.
    start = len(text[:first].rstrip("\\"))
    boxes: list[_Box] = []
    opened: list[tuple[int, int] | None] = []  # where a box and its content begin; None: a plain brace
    for match in _BRACE.finditer(text, start):
        kind = match.lastgroup
        if kind == "bare":
            boxes.append(_Box(match.start(), match.start("bare"), match.end(), match.end()))
        elif kind == "box":
            opened.append((match.start(), match.end()))
        elif match[0] == "{":
            opened.append(None)
        elif (match[0] == "}" or kind == "end") and opened and (box := opened.pop()):
            boxes.append(_Box(*box, match.start(), match.end()))
    left = next((box for box in reversed(opened) if box), None)
    return sorted(boxes), _Box(*left, len(text), len(text)) if left else None


def _outermost(text: str, boxes: list[_Box]) -> list[_Box]:
    """The boxes that no other holds; of a box around nothing but a box, the inner one's content."""
    kept: list[_Box] = []
    for box in boxes:
        if not kept or box.start >= kept[-1].end:
            kept.append(box)
        elif _is_blank(text, kept[-1].inner, box.start) and _is_blank(text, box.end, kept[-1].inner_end):
            kept[-1] = kept[-1]._replace(inner=box.inner, inner_end=box.inner_end)
    return kept


def _is_blank(text: str, start: int, end: int) -> bool:
    return end - start <= SAME_SENTENCE_CHARS and not text[start:end].strip()


def _ended_by_maths(text: str, box: _Box) -> _Box | None:
    """The box as it was meant where only its brace is missing before the formula's end: `\\[\\boxed{5\\]`."""
    found = _MATHS_END.search(text, box.inner)
    if found is None or not _opened_before(text, box.start, found[0]):
        return None
    content = text[box.inner : found.start()]
    if not content.strip() or content.count("{") != content.count("}"):
        return None
    return _Box(box.start, box.inner, found.start(), found.end())


def _opened_before(text: str, start: int, closing: str) -> bool:
    """Whether the formula that this ends was begun before the box."""
    if closing == "$":
        return text.count("$", 0, start) % 2 == 1 or text[:start].endswith("$$")
    opening = {"\\]": "\\[", "\\)": "\\("}[closing]
    return text.rfind(opening, 0, start) > text.rfind(closing, 0, start)


def _repeats(text: str, boxes: list[_Box], unclosed: _Box) -> bool:
    """Whether the reply says the same box again and again, and was cut in the middle of one more."""
    if len(boxes) < 2:
        return False
    said = boxes[-1].content(text)
    return boxes[-2].content(text) == said and said.startswith(unclosed.content(text))


def _plain(content: str) -> str:
    """What a box holds, without colours."""
    return _COLOUR.sub("", content).strip() if "color" in content else content
