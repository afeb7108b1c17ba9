"""Find the one value that a sentence names, or see that it names none, or several, or hedges.

A value is anything that is not a word: figures, number words, formulas, with the unit after it. Where a
sentence could be read in two ways there is no value in it.
"""

import re
from functools import lru_cache
from itertools import pairwise

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import counts
from tinyv_cli.maths.units import unit_of
from tinyv_cli.maths.words import HEDGES, NUMBER_WORDS, stems, word_set, words

_INTRODUCED = re.compile(
    r"(?:(?:so|thus|therefore|hence|finally|then),? )?(?:(?:the|our|my) )?"
    r"(?:(?:final|correct|right|required|desired|only) )?(?:answer|result|solution|value|root|set)s?"
    r"(?: (?:is|are|would be|will be)(?: (?:given by|equal to))?(?: ?:)?| ?:) ?(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLACED = re.compile(
    r"(?:in(?: the year)?|on|at|it is|it was|there are) (?P<rest>.*\d.*)", re.IGNORECASE | re.DOTALL
)
_HEADING = re.compile(
    r"(?P<words>[A-Za-z][A-Za-z ,'-]*[A-Za-z])(?: (?P<number>\d{1,2}))?: (?P<rest>\S.*)", re.DOTALL
)
_COUNTED_HEADINGS = frozenset(["sequence", "solution", "answer", "question", "problem", "exercise", "part"])


def introduced(text: str) -> str | None:
    """What follows `The answer is`, `Answer:` or `in`; it has to be the whole answer."""
    text = " ".join(text.split())
    found = _INTRODUCED.fullmatch(text) or _PLACED.fullmatch(text)
    return found["rest"] if found else None


def heading(text: str) -> str | None:
    """What follows a heading of words, such as `Sequence 1:` or `Total cost:`."""
    found = _HEADING.fullmatch(text.strip())
    if found is None:
        return None
    said = words(found["words"])
    if HEDGES & set(said) or (found["number"] and said[-1] not in _COUNTED_HEADINGS):
        return None
    if len(said[-1]) == 1:  # the letter of a choice, which its text has to agree with
        return None
    return found["rest"]


_TOKEN = re.compile(r"\$\$?[^$]+\$\$?|\\\(.{1,200}?\\\)|\\\[.{1,200}?\\\]|\S+")
_PLAIN_WORD = re.compile(r"[(\[\"'“‘*]*(?P<word>[A-Za-z][a-zA-Z]*(?:['’-][A-Za-z]+)*)[)\].,:;!?\"'”’*]*")
_NAME_ALONE = re.compile(
    r"\$?(?!\\(?:pi|infty|emptyset|varnothing)\b|[ei]\b)\\?[A-Za-z]{1,9}\$?[.,:;]?|[^\w\\√∞π∅]+"
)
_MADE_EQUAL = frozenset(["is", "are", "equals", "be", "as"])
_STOPS = re.compile(r"[.,:;!?\"'”*]+\Z")
# After a value these go on with the sentence; any other word there has to be known from the question.
GOES_ON = word_set(
    "is are was were because since as for in on at of to so and which when where will that total altogether "
    "remain remains remaining left each by with from this after during inclusive"
)
ANSWERS = word_set("answer result solution value total number probability")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+[A-Z]")  # `5. Soil`: an item of a list


@lru_cache(maxsize=1024)
def only_value(text: str, question: str, other: str) -> str | None:
    """The one value in a text of words; None where there is none, more than one, or a reservation.

    Numbers that the question gives, with the same word before or after them, are told again: no answers.
    """
    if HEDGES & set(words(text)) or "n't" in text or "n’t" in text or "≈" in text or "~" in text:
        return None
    if _NUMBERED.match(text) or not _is_about(text, question):
        return None
    tokens = _TOKEN.findall(text)
    kinds = [_is_value(token) for token in tokens]
    if len(tokens) - sum(kinds) < 2:
        return None
    told = _told(question)
    runs = [run for run in _runs(kinds) if not _is_name(tokens, run) and not _retold(tokens, run, told)]
    if len(runs) != 1:
        return None
    start, end = _with_unit(tokens, runs[0])
    is_last = end == len(tokens) or _STOPS.search(tokens[end - 1])
    if not is_last and not _may_follow(tokens[end], question, other):
        return None
    return _STOPS.sub("", " ".join(tokens[start:end]))


def _may_follow(token: str, question: str, other: str) -> bool:
    """Whether a word behind a value goes on with the sentence, and makes no other value of it."""
    stem = stems(token)[:1]
    return set(stem) <= GOES_ON or counts(question, stem) or stem[0] in stems(other)


def _is_about(text: str, question: str) -> bool:
    """Whether a sentence shares a word with the question, or says of itself that it is the answer."""
    said = {stem for stem in stems(text) if len(stem) > 3}
    return not words(question) or bool(said & (set(stems(question)) - GOES_ON | ANSWERS))


def _is_value(token: str) -> bool:
    word = _PLAIN_WORD.fullmatch(token)
    if word is None:
        return True
    said = word["word"].casefold()
    return said.split("-")[0] in NUMBER_WORDS or (len(said) == 1 and word["word"] not in "aAI")


def _runs(kinds: list[bool]) -> list[tuple[int, int]]:
    """Values that stand side by side are one; each as its start and end."""
    runs, start = [], None
    for at, is_value in enumerate([*kinds, False]):
        if is_value and start is None:
            start = at
        elif not is_value and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _is_name(tokens: list[str], run: tuple[int, int]) -> bool:
    r"""Whether it only names something: `The largest $n$`, `the volume of $ABCD$`; or is a dash."""
    return (
        run[1] - run[0] == 1
        and bool(_NAME_ALONE.fullmatch(tokens[run[0]]))
        and tokens[run[0]].strip("$.,:;").casefold() not in NUMBER_WORDS
        and not (run[0] and tokens[run[0] - 1].casefold() in _MADE_EQUAL)
    )


@lru_cache(maxsize=256)
def _told(question: str) -> frozenset[tuple[str, str]]:
    """Numbers in a question, each with the word before it, and with the word after it."""
    tokens = [_STOPS.sub("", token).casefold() for token in question.split()]
    pairs = pairwise(tokens)
    return frozenset(pair for pair in pairs if any(character.isdigit() for character in "".join(pair)))


def _retold(tokens: list[str], run: tuple[int, int], told: frozenset[tuple[str, str]]) -> bool:
    if run[1] - run[0] != 1 or not told:
        return False
    around = [_STOPS.sub("", token).casefold() for token in tokens[max(0, run[0] - 1) : run[1] + 1]]
    return any(pair in told for pair in pairwise(around))


def _with_unit(tokens: list[str], run: tuple[int, int]) -> tuple[int, int]:
    """The value with the words of its unit, as far as they are one."""
    start, end = run
    if _STOPS.search(tokens[end - 1]):
        return run
    for reach in range(min(end + 4, len(tokens)), end, -1):
        spelt = _STOPS.sub("", plain(" ".join(tokens[end:reach])).text)
        if unit_of(spelt) and not (spelt == "in" and reach < len(tokens)):
            return start, reach
    return run
