"""Forms of answers that their signs alone show: several in brackets, a number, words set upright."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import mpmath

from tinyv_cli.maths.brackets import inside, parts, split
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.signs import MINUS_PLUS, PLUS_MINUS, grouped
from tinyv_cli.maths.values import real_value

# A letter or a Greek one, perhaps with a subscript: the unknown in `x_1 = 3` and `x \in [0, 1)`.
NAME = r"\\?[A-Za-z]+(?:_\{?\w+\}?)?"

_UNSEEN = re.compile(
    r"(?<!\\)\\(?:left|right|[bB]ig{1,2}[lrm]?|displaystyle|!)(?![A-Za-z])"
    r"|(?<!\\)\$|(?<!\\)\\[()]|^\\\[|\\\]$"
)
_SPACE = re.compile(r"(?:(?<!\\)\\(?:q?quad(?![A-Za-z])|[,;: ])|~|\s)+")
_SPELLED = str.maketrans("（）［］｛｝，；：−–\u2329\u232a", "()[]{},;:--⟨⟩")
_BRACKETS = (
    (re.compile(r"\\(?:\{|lbrace(?![A-Za-z]))"), "{"),
    (re.compile(r"\\(?:\}|rbrace(?![A-Za-z]))"), "}"),
    (re.compile(r"\\langle(?![A-Za-z])"), "⟨"),
    (re.compile(r"\\rangle(?![A-Za-z])"), "⟩"),
)
_FULL_STOP = re.compile(r"(?<!\.)\.$")  # but not the end of 0.333...
_GROUPS = re.compile(rf"[-+]?{grouped(',')}(?![\d,])[^,;]*")
_LAST_GROUP = re.compile(r"0\d.*")
_TEXT = re.compile(r"\\(?:text|textbf|textrm|textit|mathrm|mathbf|mbox|rm)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Collection:
    """Several answers in one: the brackets around them, if any, and what stands between."""

    opening: str
    closing: str
    delimiter: str
    elements: tuple[str, ...]

    @property
    def brackets(self) -> str:
        """Both of them."""
        return self.opening + self.closing


@lru_cache(maxsize=2048)  # every leaf asks for it again, and a gold meets many answers
def outline(text: str) -> str:
    r"""The text with one sign for each bracket and one space, so that it can be taken apart: `{ 1, 2 }`.

    Unlike plain LaTeX (`plain`) it keeps all else as it is, `1{,}000` and `\text{ or }`; but braces that make
    a set now look like those of a command. It is for what looks at brackets.
    """
    text = _SPACE.sub(" ", _UNSEEN.sub("", text.translate(_SPELLED)))
    for pattern, bracket in _BRACKETS:
        text = pattern.sub(bracket, text)
    return _FULL_STOP.sub("", text.strip())


def unwrapped(text: str) -> str:
    r"""The outline with its words bare of the command that sets them upright: `\text{ or }` is `or`."""
    return _TEXT.sub(r" \1 ", outline(text)).strip()


@lru_cache(maxsize=2048)
def collection(text: str) -> Collection | None:
    """The answer as several ones, in brackets or bare; None where it is one, or not whole. `1,234` is one."""
    if "," not in text and ";" not in text:
        return None
    text = outline(text)
    if _GROUPS.fullmatch(text):
        return None
    within = inside(text)
    opening, closing = ("", "") if within is None else (text[0], text[-1])
    for delimiter in ";,":
        elements = split(text if within is None else within, delimiter)
        if elements and len(elements) > 1:
            several = Collection(opening, closing, delimiter, tuple(elements))
            return several if _are_answers(elements) else None
    return None


def _are_answers(elements: Sequence[str]) -> bool:
    """Whether none is empty, or digits that belong to the number before them."""
    return all(elements) and not any(_LAST_GROUP.fullmatch(element) for element in elements)


_PLUS_MINUS, _MINUS_PLUS = re.compile(PLUS_MINUS), re.compile(MINUS_PLUS)


def links_signs_otherwise(gold: str, answer: str) -> bool:
    """Whether signs of two elements go together in one of two sides alone: x = ±2, y = ∓1."""
    if not (_MINUS_PLUS.search(gold) or _MINUS_PLUS.search(answer)):
        return False
    both = all(_PLUS_MINUS.search(side) for side in (gold, answer))
    return both and _links_signs(gold) != _links_signs(answer)


def _links_signs(text: str) -> bool:
    elements = parts(outline(text))
    return any(map(_MINUS_PLUS.search, elements)) and any(
        _PLUS_MINUS.search(each) and not _MINUS_PLUS.search(each) for each in elements
    )


@lru_cache(maxsize=2048)
def number(text: str) -> mpmath.mpf | None:
    """The value of an expression that is one real number; None for any other text."""
    node = read(text)
    return None if node is None else real_value(node)


def shown(elements: Sequence[str]) -> str:
    """The first few elements, for a sentence."""
    return ", ".join(elements[:4]) + (", …" if len(elements) > 4 else "")
