r"""A gold and an answer beside each other, and what is seen of them at once: their words, values and parts.

All of it is cheap: a pattern, or arithmetic on a number that stands there. Nothing is simplified.
"""

import re
from cmath import isfinite
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.brackets import inside
from tinyv_cli.maths.brackets import parts as parts_of
from tinyv_cli.maths.forms import outline
from tinyv_cli.maths.matrices import cells_in
from tinyv_cli.maths.mixed import with_sums
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import ALIASES, FUNCTIONS, GREEK, read
from tinyv_cli.maths.signs import IN_BRACES, between_groups
from tinyv_cli.maths.values import approximate
from tinyv_cli.maths.words import word_set
from tinyv_cli.proofs.policy import DEFAULT, Policy

MOST_ELEMENTS = 20
MOST_CHARS = 600  # of either side; what a longer one begins with shows well enough what it is
ROUNDING = 1e-9  # by what plain arithmetic may be off, relative to the value
NOTHING = 1e-12  # what it leaves of a sum that comes to zero
NEAR = 0.05  # numbers that differ by no more, relative to the larger, may be one number rounded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sides:
    """What is to be shown to be the same, the question that both answer, and both as they were given."""

    question: str
    gold: str
    answer: str
    given: tuple[str, str]
    policy: Policy = DEFAULT

    def each(self, seen_by: Callable[[str], T]) -> tuple[T, T]:
        """What is seen of the gold and of the answer."""
        return seen_by(self.gold), seen_by(self.answer)

    def either(self, seen_by: Callable[[str], object]) -> bool:
        """Whether anything is seen of the gold or of the answer: the quick test with which leaves begin."""
        return bool(seen_by(self.gold) or seen_by(self.answer))

    def both(self, seen_by: Callable[[str], object]) -> bool:
        """Whether something is seen of either side, and of the other too."""
        return all(self.each(seen_by))

    def one(self, seen_by: Callable[[str], object]) -> bool:
        """Whether something is seen of just one side."""
        gold, answer = self.each(seen_by)
        return bool(gold) != bool(answer)

    def same(self, seen_by: Callable[[str], object]) -> bool:
        """Whether the same is seen of both sides."""
        gold, answer = self.each(seen_by)
        return gold == answer


@dataclass(frozen=True, slots=True)
class Pair(Sides):
    """A gold and an answer that are believed to mean the same, in plain LaTeX.

    `rewritten` are the leaves of what was rewritten on one side only.
    """

    rewritten: frozenset[str] = frozenset()

    def elements(self) -> list["Pair"]:
        """The pairs of elements that stand in the same place of two lists or matrices, and differ."""
        golds, answers = self.each(_elements)
        if len(golds) != len(answers):
            return []
        both = zip(golds[:MOST_ELEMENTS], answers, strict=False)
        return pairs_of(self.question, (each for each in both if each[0] != each[1]))


def pairs_of(question: str, sides: Iterable[tuple[str, str]]) -> list[Pair]:
    """Each gold and answer as the recognisers want them; none where nothing is left of a side."""
    pairs = (_pair_of(question, gold, answer) for gold, answer in sides)
    return [pair for pair in pairs if pair.both(compact)]


def _pair_of(question: str, gold: str, answer: str) -> Pair:
    given = gold.strip()[:MOST_CHARS], answer.strip()[:MOST_CHARS]
    first, second = (plain(_in_latex(side)) for side in given)
    differing = set(first.rewritten) ^ set(second.rewritten)
    texts = _without_same_label(first.text, second.text)
    return Pair(question, *texts, given, rewritten=frozenset(leaf for leaf, _ in differing))


# Backslashes as a program prints them: of all commands two.
_DOUBLED, _SINGLE = re.compile(r"\\\\[A-Za-z]{2}"), re.compile(r"(?<!\\)\\[A-Za-z]")
_SPELLINGS = (  # of markup that is rare, and not plain LaTeX
    (re.compile(r"\{([^{}]*)\\over(?![A-Za-z])([^{}]*)\}"), r"\\frac{\1}{\2}"),
    (re.compile(r"<sup>([^<>]*)</sup>"), r"^{\1}"),
    (re.compile(r"<sub>([^<>]*)</sub>"), r"_{\1}"),
)


def halved(side: str) -> str:
    """The text with one backslash for two, where each command has two."""
    if _DOUBLED.search(side) and not _SINGLE.search(side):
        return side.replace(r"\\", "\\")
    return side


def _in_latex(side: str) -> str:
    side = halved(side)
    for pattern, latex in _SPELLINGS:
        side = pattern.sub(latex, side)
    return side


_SAME_LABEL = re.compile(r"(?P<name>[^=<>]{1,12}?)\s*=\s*(?P<value>[^=<>]+)")


def _without_same_label(gold: str, answer: str) -> tuple[str, str]:
    """Both sides, but what `x =` names in both only by its value."""
    found = _SAME_LABEL.fullmatch(gold), _SAME_LABEL.fullmatch(answer)
    if found[0] is None or found[1] is None or compact(found[0]["name"]) != compact(found[1]["name"]):
        return gold, answer
    return found[0]["value"], found[1]["value"]


_STYLE = re.compile(
    r"\\(?:text)?color\s*\{\w+\}|\\(?:mathbf|boldsymbol|bm)(?![A-Za-z])|\\(?=\\[a-z])"
    r"|\\cdot(?![A-Za-z])|\*(?!\*)"
)
_COMMAND_END = re.compile(r"(\\[A-Za-z]+)[\s{]+(?=[A-Za-z])")
_UNSEEN = re.compile(r"(?<!\d)\s+|\s+(?!\d)|(?<!\\)[{}]")


@lru_cache(maxsize=2048)
def compact(text: str) -> str:
    """The text without space, braces, colours and signs of multiplication; digits and commands stay apart."""
    return _UNSEEN.sub("", _COMMAND_END.sub("\\1\0", _STYLE.sub("", text)))


_ABOUT = re.compile(
    r"\A(?:(?:about|around|approximately|roughly)\b|\\(?:approx|sim|simeq)(?![A-Za-z])|~|=)\s*"
    r"|\s*(?:\.{2,}|\\ldots)\s*\Z|\s*(?:\\?%|per\s?cent)\Z"
    r"|\s*(?:\\?%)?\s*\((?:to|correct to|rounded|nearest)\b[^()]*\)\s*\Z"
)
_GROUPED = re.compile(between_groups(",", IN_BRACES, r"\s"))


def figures(text: str) -> str:
    """A number without what says that it is rounded, goes on or is in percent, its digits not in groups."""
    return _GROUPED.sub("", _ABOUT.sub("", text))


@lru_cache(maxsize=2048)
def value(text: str) -> float | None:
    """The real number that stands there, perhaps grouped, mixed, in percent or rounded; None for all else."""
    node = read(with_sums(figures(text)))
    if node is None or node.variables():
        return None
    try:
        found = approximate(node, {})
    except (NoValueError, ArithmeticError, ValueError):
        return None
    return found.real if isfinite(found) and abs(found.imag) <= ROUNDING * abs(found) else None


def near(first: float, second: float) -> bool:
    """Whether two numbers may be one, rounded or not."""
    return abs(first - second) <= NEAR * max(abs(first), abs(second)) + NOTHING


def alike(gold: str, answer: str) -> bool:
    """Whether two texts may be the same for all that is seen at once: numbers that are far apart may not."""
    values = value(gold), value(answer)
    if values[0] is not None and values[1] is not None:
        return near(values[0], values[1])
    return compact(gold) == compact(answer) or values == (None, None)


_WORD = re.compile(r"(?<![A-Za-z\\_])[A-Za-z]{2,}+(?:['’-][A-Za-z]{2,}+)*(?!\.?[A-Za-z]*[(\[])")
_NO_WORDS = frozenset({*FUNCTIONS, *GREEK, *ALIASES}) | word_set(
    "and or not implies xor xnor pi inf minf infinity oo mod if then"
    " matrix pmatrix bmatrix vmatrix smallmatrix array cases aligned"
)


@lru_cache(maxsize=2048)
def said(text: str) -> tuple[str, ...]:
    """The words of a language in it, in small letters: no commands, functions, names of points, products."""
    found = (word.casefold() for word in _WORD.findall(text) if not word.isupper())
    return tuple(word for word in found if len(word) > 2 and word not in _NO_WORDS)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several answers in one: the brackets around them, what stands between, and the elements."""

    brackets: str
    marks: frozenset[str]
    elements: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What the elements are compared by."""
        return tuple(map(key, self.elements))


_MARKS = re.compile(r"[,;]|(?<![A-Za-z\\])(?:and|or)(?![A-Za-z])", re.IGNORECASE)


@lru_cache(maxsize=2048)
def listed(text: str) -> Listed | None:
    """The parts of a list, a set or a tuple; None for one answer."""
    text = outline(text)
    within = inside(text)
    bare, around = (text, "") if within is None else (within, text[0] + text[-1])
    elements = parts_of(bare)
    if len(elements) < 2:
        return None
    marks = frozenset(mark.lower() for mark in _MARKS.findall(bare))
    return Listed(around, marks, elements)


def _elements(text: str) -> tuple[str, ...]:
    """The entries of a matrix or the elements of a list; none of anything else."""
    several = None if (cells := cells_in(text)) else listed(text)
    return several.elements if several else cells


def key(text: str) -> str:
    """What two elements are compared by: the value of a number, or else the text."""
    found = value(text)
    return compact(text) if found is None else f"{found:.9g}"
