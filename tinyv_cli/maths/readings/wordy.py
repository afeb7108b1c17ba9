"""Letters of choices, and words."""

import re
from collections.abc import Callable, Iterable

from tinyv_cli.maths.readings.records import Choice, Reading, Unclear, Words
from tinyv_cli.maths.words import stems

PartsOf = Callable[[str], tuple[Reading, ...]]

_CHOICE = re.compile(
    r"(?:(?:the )?(?:correct )?(?:option|choice|answer)s?(?: is)?:? )?"
    r"(?:\(?[A-J]\)?\.?(?:\s*(?:,|and|&|;)?\s*\(?[A-J]\)?)*|\([a-j]\))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![A-Za-z])[A-Ja-j](?![a-z])|[A-J]")
_WITH_TEXT = re.compile(r"\(?(?P<letter>[A-J])[).:](?!\d)\)?\s*\S.*", re.DOTALL)


def choice(text: str, parts_of: PartsOf) -> Iterable[Reading]:
    """Letters of choices, alone or with the text of the choice behind."""
    if _CHOICE.fullmatch(text) and not text.islower():
        bare = re.sub(r"(?i)(?:the )?(?:correct )?(?:option|choice|answer)s?(?: is)?:?|and", " ", text)
        letters = frozenset(each.upper() for each in _LETTER.findall(bare))
        if letters:
            yield Choice(letters)
    elif re.fullmatch(r"[a-j]\.?|\([a-j]\)", text):
        yield Choice(frozenset(text.strip("(.)").upper()))
    elif found := _WITH_TEXT.fullmatch(text):
        yield Choice(frozenset(found["letter"]))


_LATEX = re.compile(r"\\[a-z]+|[\^_=<>{}]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def words_of(text: str) -> Iterable[Reading]:
    """Words, if there is nothing else than words, and digits, in it."""
    if _LATEX.search(text) or not _WORD.search(text):
        yield Unclear(text)
    else:
        yield Words(stems(text), " ".join(text.split()))
