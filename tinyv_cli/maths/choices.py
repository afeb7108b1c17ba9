r"""The choices that a question lists: `(A) 5 (B) 7`, `\textbf{(A)}\ 5 \qquad \textbf{(B)}\ 7`, or `A. 5`."""

import re
from functools import lru_cache

_FREE = r"(?:(?<![^\s$&}])|(?<=quad))"
_FONT = r"(?:\\(?:text|textbf|textrm|mathrm|mathbf|rm|bf)\s*\{\s*|\*\*)?"
_MARKS = (  # ways to mark a choice, each used throughout a list
    re.compile(rf"{_FREE}{_FONT}\(([A-Ja-j])\)(?:[\s~\\]*\}}|\*\*)?(?![/*+=])"),
    re.compile(rf"{_FREE}{_FONT}([A-Ja-j])\)(?:[\s~\\]*\}}|\*\*)?"),
    re.compile(r"(?:^|(?<=\n)|(?<=  ))\**([A-J])[.:]\**\s"),
)
_EDGES = re.compile(
    r"\A(?:[\s$~:;,.}]|\\[ ,;:!]|\\\\|\\q?quad)+|(?:[\s$~;,{]|\\[ ,;:!]|\\\\|\\q?quad|\bor|\band)+\Z"
)
MOST, FEWEST = 1500, 3


@lru_cache(maxsize=512)
def choices(question: str) -> dict[str, str]:
    """The text of each choice by its letter, in capitals; empty where the question lists none."""
    question = question[-MOST:]
    for mark in _MARKS:
        found = list(mark.finditer(question))
        letters = [each[1].upper() for each in found]
        start = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] == "A"), None)
        if start is None or letters[start:] != [chr(ord("A") + n) for n in range(len(letters) - start)]:
            continue
        ends = [each.start() for each in found[start + 1 :]] + [len(question)]
        texts = [question[each.end() : end] for each, end in zip(found[start:], ends, strict=True)]
        if len(texts) >= FEWEST:
            return dict(zip(letters[start:], map(_bare, [*texts[:-1], _first_line(texts[-1])]), strict=True))
    return {}


def _first_line(text: str) -> str:
    """The last choice ends where its line does: what follows is told to everyone."""
    return next((line for line in text.splitlines() if line.strip()), "")


def _bare(text: str) -> str:
    return _EDGES.sub("", _EDGES.sub("", text)).rstrip(".")
