r"""Expressions inside an answer.

An answer such as `x \in (-\infty, \sqrt{2}+1)` is text with pieces that can be read as expressions. Whatever
keeps the value of a piece keeps the meaning of the answer; so the rules of algebra need not know what stands
around.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tinyv_cli.maths.reading import Node, read
from training.generate.trees import LEAVES, size

LONGEST, MOST_NODES = 160, 60


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression inside a text, and where it stands."""

    start: int
    end: int
    node: Node

    @property
    def worth(self) -> bool:
        """Whether there is any algebra in it; a number before a letter may be a quantity with its unit."""
        inner = self.node.parts[0] if self.node.kind == "negative" else self.node
        if inner.kind == "multiply" and all(part.kind in LEAVES for part in inner.parts):
            return inner.parts[0].kind != "number" or inner.parts[1].text in _NO_UNITS
        return inner.kind not in LEAVES


SEPARATOR = re.compile(
    r"(?<!\\)[,;:]|[=<>≤≥≠≈≡∪∩∈∉→⇒±]|:=|&|\\\\(?!\s*\[)|\\text\s*\{[^{}]*\}|\\begin\{\w+\}(?:\s*\{[lcr|\s]+\})?"
    r"|\\end\{\w+\}|\\[{}]"
    r"|\\(?:leqslant|geqslant|leq?|geq?|lt|gt|neq?|approx|equiv|in|notin|cup|cap|to|mapsto|rightarrow|Rightarrow|mid|pm|mp"
    r"|implies|iff|q?quad|infty|forall|land|lor|wedge|vee|setminus)(?![A-Za-z])|\b(?:or|and)\b"
)
_NO_UNITS = ("pi", "x", "y", "z", "t", "n", "i")
# What reads as algebra and is none, or whose reading nobody can be sure of.
_DOUBTFUL = re.compile(
    r"(?<![A-Za-z\\])[fghuvwyFGHPQTVERψφ](?:_?\d|\^\{?-1\}?)?'*\s*(?:\\left)?\("  # a function applied
    r"|(?<![A-Za-z\\])[A-Za-z]\s*(?:\\left)?\([A-Za-z]\\?[a-z]*\)|'"
    r"|(?<![A-Za-z])d(?:[xyztruv](?![A-Za-z])|\^)"  # differentials
    r"|[A-Z]\s*\^\s*\{?\s*(?:-1|T)"  # inverse matrices
    r"|(?<![A-Za-z\\])Pi(?![A-Za-z])"  # π to some programs, a letter times i to others
    r"|\\Delta\s*\\?[a-z]|(?<!\\)\b[A-Z][a-z]{2,}|[A-Z]{2}|\\mathrm|\\text|\\circ|°|%|\\operatorname|[!]{2}|_\{?[a-z0-9]\}?\^|[CPA]_"
    # 1/2x
    r"|/\s*(?:\d+\s*[A-Za-z(\\]|[A-Za-z]\s*[A-Za-z(\\]|\\[a-z]+\s*[A-Za-z(\\]|\([^()]*\)\s*[A-Za-z(\\])"
    r"|\d\s*\\?,?\s*(?:m|g|N|J|W|V|C|K|L|A)\s*/|\d\s+\d|\be[-+]?\d|\d[eE][-+]?\d"
    r"|\b(?!sin|cos|tan|cot|sec|csc|log|exp|sqrt|binom|abs|alpha|beta|gamma|theta|lambda|sigma|omega|rho|phi|psi|mu|pi"
    r"|arc|tau|delta|ln|lg|cbrt|root|max|min|floor|ceil)(?<!\\)[a-z]{3,}"  # words
)
_THOUSANDS = re.compile(r"\d\{?,\}?\\?!?\d{3}(?!\d)|\d\{,\}\d|\d,\d|\\!")
_SPACE = re.compile(r"(?:\s|\\[,;: ])*")
_SPACE_AT_END = re.compile(r"(?:\\right(?![A-Za-z])|\\[bB]igg?r?(?![A-Za-z])|\s|\\[,;: ]|(?<!\\)[.$])*\Z")
_OPENING = re.compile(r"(?:\\left|\\[bB]igg?l?)?\s*[(\[{]")


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[Piece, ...]:
    """The expressions between relations, commas and words, from the left; those that are sure to be read."""
    if len(text) > 4 * LONGEST or (_THOUSANDS.search(text) and not re.search(r", ", text)):
        return ()
    if re.search(r"\\\\(?=[A-Za-z])", text) and "\\begin" not in text:
        return ()  # backslashes as a program prints them
    found, start = [], 0
    for mark in (*SEPARATOR.finditer(text), None):
        end = mark.start() if mark else len(text)
        piece = _piece(text, start, end)
        if piece:
            found.append(piece)
        start = mark.end() if mark else end
    return tuple(found)


def _piece(text: str, start: int, end: int) -> Piece | None:
    start, end = _trimmed(text, start, end)
    node = readable(text[start:end])
    return Piece(start, end, node) if node else None


def readable(text: str) -> Node | None:
    """The expression, where nothing in it could be meant in another way."""
    if (
        not text
        or len(text) > LONGEST
        or text[0] in "+*/^_"
        or _DOUBTFUL.search(text)
        or _THOUSANDS.search(text)
    ):
        return None
    node = read(text)
    return node if node and size(node) <= MOST_NODES else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without spaces, and without the brackets of what it is a part of."""
    while True:
        start = _SPACE.match(text, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        end -= len(_SPACE_AT_END.search(text[start:end])[0])  # type: ignore[index]
        opening = _OPENING.match(text, start, end)
        if opening and not _closes(text[opening.end() - 1 : end]):
            start = opening.end()
        elif text[start:end].endswith((")", "]", "}")) and not _opens(text[start:end]):
            end -= 1
        else:
            return start, end


def _closes(text: str) -> bool:
    """Whether the bracket that it begins with is closed."""
    return any(depth == 0 for depth in _depths(text))


def _opens(text: str) -> bool:
    """Whether the bracket that it ends with is opened in it."""
    return all(depth >= 0 for depth in _depths(text))


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        yield depth
