r"""Read a side of a pair once into what it is: a record of its type, or several where it can be read so.

`27,93` is a decimal and two numbers, `1,234` a grouped number, a decimal and two, `(2, 3)` a pair and an
interval, `1.(3)` a repeating decimal and a product. What is made of it, a proof, a refutation or a guard,
has to hold in every reading that gold and question allow.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import gcd

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import read
from tinyv_cli.maths.readings import numbers, relations, several, wordy
from tinyv_cli.maths.readings.records import Expression, Reading, Unclear

MOST_CHARS, MOST_DEPTH = 600, 4

Reader = Callable[[str, Callable[[str], tuple[Reading, ...]]], Iterable[Reading]]

_TAGS = re.compile(
    r"\A\s*(?:</?[a-z_]{1,20}(?:\s[^<>]{0,60})?>\s*)+|(?:\s*</[a-z_]*>?)+\s*\Z|\s*<[a-z_]+>\s*\Z",
    re.IGNORECASE,
)
_LOST_UNIT = re.compile(r"\\[;,:!]\s*\^\s*\{?-?\d")
_LEAD = re.compile(
    r"\A(?:=|[:：])\s*|\A(?:the )?(?:final )?(?:answer|result|solution)s?(?: is| are)?\s*[:：]?\s+",
    re.IGNORECASE,
)


def _numbers_only(reader: Callable[[str], Iterable[Reading]]) -> Reader:
    return lambda text, readings_of: reader(text)


# Those of a group are tried until one yields anything; what another group yields is another way to read it.
_GROUPS: tuple[tuple[Reader, ...], ...] = (
    (
        relations.about,
        several.matrix,
        wordy.truth,
        wordy.sentence,
        _numbers_only(numbers.percent),
        _numbers_only(numbers.digits),
        _numbers_only(numbers.scaled),
        _numbers_only(numbers.based),
        _numbers_only(numbers.ratio),
        _numbers_only(numbers.in_words),
        _numbers_only(numbers.counted),
        relations.congruence,
        relations.family,
        relations.related,
        several.plus_minus,
        several.collection,
    ),
    (_numbers_only(numbers.quantity),),
    (_numbers_only(numbers.mixed),),
    (wordy.choice,),
)


@lru_cache(maxsize=4096)  # a gold meets many answers
def readings(text: str, question: str = "") -> tuple[Reading, ...]:
    """All that the text can be read as, the likeliest first; `Unclear` where nothing is known of it."""
    found = _readings(text, 0)
    if len(found) > 1 and _is_a_word_of(text.strip(), question):
        found = tuple(each for each in found if not isinstance(each, Expression))
    alternatives = _ALTERNATIVES.match(text.strip()) if "/" in text else None
    if alternatives and _counts_or_dates(question) and not _is_reduced(*map(int, alternatives.groups())):
        return (*found, Unclear(text))
    return found


def _is_a_word_of(text: str, question: str) -> bool:
    """Whether a question has it as a word, and no product of letters."""
    return (
        text.isalpha() and len(text) > 2 and re.search(rf"(?<![\w\\$]){text}(?![\w$])", question) is not None
    )


# Data sets write `16/16 episodes` for either of two answers.
_ALTERNATIVES = re.compile(r"(\d{1,9})/(\d{1,9})(?![\d/])")
_COUNTS_OR_DATES = re.compile(
    r"\bhow (?:many|old|long)\b|\bwhen\b|\b(?:what|which) (?:year|age|day)", re.IGNORECASE
)


@lru_cache(maxsize=512)
def _counts_or_dates(question: str) -> bool:
    return _COUNTS_OR_DATES.search(question) is not None


def _is_reduced(top: int, low: int) -> bool:
    return top < low and gcd(top, low) == 1


def bare(text: str) -> str:
    """The text in plain LaTeX, without tags and words that only introduce it."""
    if not text.isascii():
        text = _AND.sub(", ", text.replace("℃", r"^\circ C").replace("℉", r"^\circ F"))
    text = _IN_ANGLES.sub(r"\1", _TAGS.sub("", text))
    return plain(_LEAD.sub("", text)).text.strip()


_IN_ANGLES = re.compile(
    r"\A\s*<\s*([-\d(][^<>]*)>\s*\Z"
)  # as of a template, in which an answer was to be put
_AND = re.compile(r"(?<=[\d})$])\s*[和与或及]\s*(?=[-\d\\$(])")


def _readings(text: str, depth: int) -> tuple[Reading, ...]:
    if len(text) > MOST_CHARS or depth > MOST_DEPTH:
        return (Unclear(text),)
    simple = numbers.number(text) if numbers.is_simple(text) else None
    if simple is not None:
        return (simple,)
    if _LOST_UNIT.search(text):
        return (Unclear(text),)
    if text[:2] in ("['", '["'):  # a list as Python prints it
        text = text.replace("\\\\", "\\").replace("\\n", " ")
    flat = bare(text)
    if not flat:
        return (Unclear(text),)

    def parts_of(part: str) -> tuple[Reading, ...]:
        return _readings(part, depth + 1)

    found: list[Reading] = []
    for group in _GROUPS:
        for reader in group:
            if own := list(reader(flat, parts_of)):
                found += own
                break
    if not found:
        found += _formula(flat)
    if not found:
        found += wordy.words_of(flat)
    return tuple(dict.fromkeys(found)) or (Unclear(text),)


_AMBIGUOUS = re.compile(r"/\s*\d+\s*(?:\\[a-z]|[a-zπ(])|(?:\\div|÷).*/")  # 17/32 pi


_ALL_LETTERS = re.compile(r"[A-Za-z]{2,}|[A-Za-z]+(?: [A-Za-z]+)+")  # a word, or a product of letters


def _formula(text: str) -> Iterable[Reading]:
    """A number, or a formula with letters."""
    if _AMBIGUOUS.search(text):
        yield Unclear(text)
    if value := numbers.number(text):
        yield value
        return
    if _ALL_LETTERS.fullmatch(text):
        yield from wordy.words_of(text)
    node = read(text)
    if node is not None and (letters := node.variables()):
        yield Expression(text, node, letters)
