"""Take answers apart: the markup around them, brackets that belong together, the elements between commas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import mpmath

from tinyv_cli.proofs.reading import read
from tinyv_cli.proofs.values import DIGITS, NoValueError, evaluate

OPENING, CLOSING = frozenset("([{⟨"), frozenset(")]}⟩")

_UNSEEN = re.compile(
    r"(?<!\\)\\(?:left|right|[bB]ig{1,2}[lrm]?|displaystyle|!)(?![A-Za-z])|(?<!\\)\$|(?<!\\)\\[()]|^\\\[|\\\]$"
)
_SPACE = re.compile(r"(?:(?<!\\)\\(?:quad|qquad|[,;: ])(?![A-Za-z])|~|\s)+")
_SPELLED = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "［": "[",
        "］": "]",
        "｛": "{",
        "｝": "}",
        "，": ",",
        "；": ";",
        "：": ":",
        "−": "-",
    }
    | {"\u2013": "-", "\u27e8": "⟨", "\u27e9": "⟩", "\u2329": "⟨", "\u232a": "⟩"}
)
_BRACKETS = (
    (re.compile(r"\\(?:\{|lbrace(?![A-Za-z]))"), "{"),
    (re.compile(r"\\(?:\}|rbrace(?![A-Za-z]))"), "}"),
    (re.compile(r"\\langle(?![A-Za-z])"), "⟨"),
    (re.compile(r"\\rangle(?![A-Za-z])"), "⟩"),
)
_FULL_STOP = re.compile(r"(?<!\.)\.$")  # but not the end of 0.333...
_GROUPS, _LAST_GROUP = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?![\d,])[^,;]*"), re.compile(r"0\d.*")
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
def plain(text: str) -> str:
    """The text with one spelling of its brackets and spaces, and without what only sets their size."""
    text = _SPACE.sub(" ", _UNSEEN.sub("", text.translate(_SPELLED)))
    for pattern, bracket in _BRACKETS:
        text = pattern.sub(bracket, text)
    return _FULL_STOP.sub("", text.strip())


def unwrapped(text: str) -> str:
    r"""Words without the command that sets them upright: `\text{ or }` is ` or `."""
    return _TEXT.sub(r" \1 ", text)


def split(text: str, delimiter: str) -> list[str] | None:
    """The parts between delimiters that no bracket holds; None where brackets do not belong together."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth -= 1
            if depth < 0:
                return None
        elif char == delimiter and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()] if depth == 0 else None


def inside(text: str) -> str | None:
    """What stands between the first and the last character, where these are brackets that belong together."""
    if len(text) < 2 or text[0] not in OPENING or text[-1] not in CLOSING:
        return None
    depth = 0
    for at, char in enumerate(text):
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            return text[1:-1].strip() if at == len(text) - 1 else None
    return None


@lru_cache(maxsize=2048)
def collection(text: str) -> Collection | None:
    """The answer as several ones, in brackets or bare; None where it is one, or not whole. `1,234` is one."""
    if "," not in text and ";" not in text:
        return None
    text = plain(text)
    if _GROUPS.fullmatch(text):
        return None
    within = inside(text)
    opening, closing = ("", "") if within is None else (text[0], text[-1])
    for delimiter in ";,":
        elements = split(text if within is None else within, delimiter)
        if elements and len(elements) > 1:
            return (
                Collection(opening, closing, delimiter, tuple(elements)) if _are_answers(elements) else None
            )
    return None


def _are_answers(elements: Sequence[str]) -> bool:
    """Whether none is empty, or digits that belong to the number before them."""
    return all(elements) and not any(_LAST_GROUP.fullmatch(element) for element in elements)


@lru_cache(maxsize=2048)
def number(text: str) -> mpmath.mpf | None:
    """The value of an expression that is one real number; None for any other text."""
    node = read(text)
    if node is None or node.variables():
        return None
    with mpmath.workdps(DIGITS):
        try:
            value = evaluate(node, {})
        except (NoValueError, ArithmeticError, ValueError, TypeError):
            return None
        return value if isinstance(value, mpmath.mpf) and mpmath.isfinite(value) else None


def shown(elements: Sequence[str]) -> str:
    """The first few elements, for a sentence."""
    return ", ".join(elements[:4]) + (", …" if len(elements) > 4 else "")
