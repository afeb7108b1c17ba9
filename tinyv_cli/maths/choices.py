r"""The choices that a question lists, `(A) 5 (B) 7`, `\textbf{(A)}\ 5`, `A. 5`, and which an answer takes."""

import re
from functools import lru_cache

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.words import word_set, words

_FREE = r"(?:(?<![^\s$&}])|(?<=quad))"
_FONT = r"(?:\\(?:text|textbf|textrm|mathrm|mathbf|rm|bf)\s*\{\s*|\*\*)?"
_MARKS = (  # ways to mark a choice, each used throughout a list
    re.compile(rf"{_FREE}{_FONT}\(([A-Ja-j])\)(?:[\s~\\]*\}}|\*\*)?(?![/*+=])"),
    re.compile(rf"{_FREE}{_FONT}([A-Ja-j])\)(?:[\s~\\]*\}}|\*\*)?"),
    re.compile(r"(?:^|(?<=\n)|(?<=  )|(?<=[。？?]))\**([A-J])[.:、．]\**\s*(?=\S)"),
)
_EDGES = re.compile(
    r"\A(?:[\s$~:;,.}]|\\[ ,;:!]|\\\\|\\q?quad)+|(?:[\s$~;,{]|\\[ ,;:!]|\\\\|\\q?quad|\bor|\band"
    r"|\n\s*[-*•])+\Z"
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


_LETTER = (
    r"(?:\(\s*(?P<in_brackets>[A-Ja-j])\s*\)|(?P<before_bracket>[A-Ja-j])\)"
    r"|(?P<bare>(?!I\s+[a-z])[A-J])(?![\w'’^_(=+*/-]))"
)
_ANY_LETTER = re.compile(rf"(?:(?<![\w\\'’(])|(?<=[选是为项])){_LETTER}")
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:options?|choices?|answers?|letter|select|choose|pick|chose|picked|go with|choosing|selecting)"
    r"(?:\s+(?:is|would be|must be|should be|to|choice|option|letter))*"
    r"|\b(?:correct|right|best|true|final)(?:\s+(?:one|option|choice|answer|statement|response))?\s+is(?:\s+(?:option|choice))?"
    r"|\A(?:so|thus|hence|therefore|then|clearly),?(?:\s+(?:it|this|that)(?:'s| is| must be))?"
    r"|\A(?:it|this|that)(?:'s| is| must be)"
    r"|选项?|答案(?:应?该?是|为|选)?|应选|故选)\s*[:：]?\s*\Z",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"\s*(?:[.。]?\s*\Z|[,;，；]|(?:is|was)\s+(?:the\s+)?(?:correct|right|best|true|answer|only)\b|because\b|since\b|as\b)",
    re.IGNORECASE,
)
_HAS_TEXT = re.compile(r"\s*[:.]\s*\S")
_DENIALS = word_set(
    "not no doubt isn't aren't never neither nor incorrect wrong false unlikely except but however "
    "either maybe perhaps "
    "possibly rather instead than excluded eliminated unless untrue or cannot"
)
_DENIED = re.compile(r"n['’]t\b|[不非错未]|，?而不|，?不是")
_TRUE_OR_FALSE = re.compile(
    r"\(?([A-Ja-j])\)\s*:?\s*(true|false|yes|no|correct|incorrect|right|wrong)\b", re.IGNORECASE
)
_HOLDS = word_set("true yes correct right")


@lru_cache(maxsize=2048)
def letter_said(text: str, question: str) -> str | None:
    """The one choice that a sentence takes, `The correct option is B`, by its letter.

    None where it names two, denies anything that the question does not, or has a letter that is no choice.
    """
    text = plain(text).text
    if not _ANY_LETTER.search(text):
        return None
    if (holding := _one_that_holds(text)) is not None:
        return holding
    found = list(_ANY_LETTER.finditer(text))
    letters = {"".join(letter for letter in each.groups() if letter).upper() for each in found}
    if len(letters) != 1 or (set(words(text)) & _DENIALS) - set(words(question)):
        return None
    if any(each[0] not in question for each in _DENIED.finditer(text)):
        return None
    if any(_is_taken(text, each) for each in found):
        return letters.pop()
    return None


def _is_taken(text: str, found: re.Match[str]) -> bool:
    """Whether a letter stands where a choice does: behind `option` or `选`, or at the beginning of all."""
    if _NAMED_BEFORE.search(text[: found.start()]):
        return not _HAS_TEXT.match(text, found.end())
    if found.start() == 0 and _SAID_AFTER.match(text, found.end()):
        return found["bare"] != "A" or not re.match(r"\s+[a-z]", text[found.end() :])
    return False


def _one_that_holds(text: str) -> str | None:
    """Of `(a) True, (b) False, (c) False` the one that is true, where all of the text is of this kind."""
    found = _TRUE_OR_FALSE.findall(text)
    if len(found) < 2 or re.search(r"\w", _TRUE_OR_FALSE.sub("", text)):
        return None
    holding = [letter.upper() for letter, verdict in found if verdict.lower() in _HOLDS]
    return holding[0] if len(holding) == 1 else None


_LETTERS_ALONE = re.compile(
    r"\(?[A-J]\)?(?:(?:\s*[,，、;；&]\s*(?:and\s+)?|\s+(?:and\s+)?|\s*[和与及]\s*)\(?[A-J]\)?)+"
)
_SQUEEZED = re.compile(r"[A-J]{2,}")


def letters_taken(text: str) -> tuple[str, ...] | None:
    """Several choices by their letters, `ACD` or `C, A and D`, in the order in which they stand."""
    text = plain(text).text
    if _LETTERS_ALONE.fullmatch(text):
        letters = tuple(re.findall("[A-J]", text))
    elif _SQUEEZED.fullmatch(text):
        letters = tuple(text)
    else:
        return None
    return letters if len(set(letters)) == len(letters) else None
