"""Letters and words in a row, which are no product: their order is the answer.

`b c a`, `R L L`, `A-B-C`, `(1)(3)` and `m per s` can be read as products and sums; nobody who writes a path,
a code, a permutation or the numbers of statements means one. What has a figure, a sign or a command in it may
be one.
"""

import re

from tinyv_cli.maths.reading import ALIASES, CONSTANTS, FUNCTIONS, GREEK

_LETTERS = re.compile(r"[^\W\d_]+(?:[\s,]+[^\W\d_]+)+")
_WITHOUT_SPACE = re.compile(r"[^\W\d_]{2,}")
_MARKS = re.compile(r"(?:\(\d{1,2}\)\s*){2,}")
_PATH = re.compile(r"[A-Z](?:\s*[-–−]\s*[A-Z])+")
_WORD = re.compile(
    r"(?<![A-Za-z\\])(?:per|over|mod|and|or|to|by|of|in|at|then|before|after|under|above|below)(?![A-Za-z])"
)
_IN_FORMULAS = frozenset({*FUNCTIONS, *ALIASES, *GREEK, *CONSTANTS} - {"e", "i"})


def in_a_row(gold: str, answer: str) -> bool:
    """Whether either says something in words, or both are letters in a row: no values to be compared."""
    gold, answer = gold.strip(), answer.strip()
    return any(map(_is_words, (gold, answer))) or all(map(_is_row, (gold, answer)))


def _is_words(text: str) -> bool:
    if _WITHOUT_SPACE.fullmatch(text):
        return text not in _IN_FORMULAS
    return _WORD.search(text) is not None


def _is_row(text: str) -> bool:
    if _PATH.fullmatch(text) or _MARKS.fullmatch(text):
        return True
    return bool(_LETTERS.fullmatch(text)) and not _IN_FORMULAS & set(text.split())
