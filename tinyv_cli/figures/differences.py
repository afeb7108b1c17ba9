"""Where two texts differ, character by character, for people who compare a gold with an answer."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

# What is compared as one: a LaTeX command, a number, a word, any other character.
_PIECE = re.compile(r"\\[A-Za-z]+|\d+(?:\.\d+)?|[^\W\d_]+|.", re.DOTALL)
MOST_PIECES = 400  # the comparison takes time with the square of them
ALIKE = 0.5  # two pieces that share so much are one that was changed; of others no character is compared

Piece = tuple[str, bool]
Pieces = list[Piece]


def differences(first: str, second: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, each with whether the other text lacks it.

    Of two numbers, words or commands that are much alike the characters count: of 85.71 and 85.72 the last
    one. Spaces are a difference only where there is no other. Of texts that are very long all is one piece,
    which differs unless they are the same.
    """
    a, b = _PIECE.findall(first), _PIECE.findall(second)
    if max(len(a), len(b)) > MOST_PIECES:
        return [(first, first != second)], [(second, first != second)]
    found = [side for changed in _changes(a, b) for side in _closer(*changed)]
    only_spaces = not any(differs and text.strip() for pair in found for text, differs in pair)
    ours, theirs = ([pair[side] for pair in found] for side in (0, 1))
    return _joined(ours, spaces=only_spaces), _joined(theirs, spaces=only_spaces)


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    """What stands in the one and in the other by turns, and whether that differs."""
    for tag, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield a[a_start:a_end], b[b_start:b_end], tag != "equal"


def _closer(ours: Sequence[str], theirs: Sequence[str], differs: bool) -> Iterator[tuple[Piece, Piece]]:
    """The same, with the characters of what is much alike."""
    first, second = "".join(ours), "".join(theirs)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if not differs or not (first and second) or matcher.ratio() < ALIKE:
        yield (first, differs), (second, differs)
        return
    for some, others, changed in _changes(first, second):
        yield ("".join(some), changed), ("".join(others), changed)


def _joined(pieces: Pieces, *, spaces: bool) -> Pieces:
    """Neighbours that differ, or do not, as one; spaces are a difference only if they are to be."""
    marked = ((text, differs and (spaces or not text.isspace())) for text, differs in pieces if text)
    runs = groupby(marked, key=lambda piece: piece[1])
    return [("".join(text for text, _ in run), differs) for differs, run in runs]
