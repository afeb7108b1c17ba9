"""Where two texts differ, piece by piece, for people who compare a gold with an answer."""

import re
from difflib import SequenceMatcher

# What is compared as one: a LaTeX command, a number, a word, any other character.
_PIECE = re.compile(r"\\[A-Za-z]+|\d+(?:\.\d+)?|[^\W\d_]+|.", re.DOTALL)
MOST_PIECES = 400  # the comparison takes time with the square of them

Pieces = list[tuple[str, bool]]


def differences(first: str, second: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, each with whether the other text lacks it; spaces are no difference.

    Of texts that are very long all is one piece, which differs unless they are the same.
    """
    a, b = _PIECE.findall(first), _PIECE.findall(second)
    if max(len(a), len(b)) > MOST_PIECES:
        return [(first, first != second)], [(second, first != second)]
    ours: Pieces = []
    theirs: Pieces = []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for tag, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        for pieces, text in ((ours, a[a_start:a_end]), (theirs, b[b_start:b_end])):
            if joined := "".join(text):
                pieces.append((joined, tag != "equal" and not joined.isspace()))
    return ours, theirs
