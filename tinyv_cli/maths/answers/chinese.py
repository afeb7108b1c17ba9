"""What a reply in Chinese says in its first sentence, or in the one that sums it up."""

import re
from itertools import pairwise

from tinyv_cli.maths.answers.plain import bold_spans, clean
from tinyv_cli.maths.answers.silent import denies
from tinyv_cli.maths.answers.wholeness import breaks_off

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CHINESE_SHARE, _LOOKED_AT_CHARS = 0.15, 200
# How far a sentence is looked through, and how many of its parts in bold.
MOST_CHARS, MOST_SPANS = 400, 6
# The lines in which an answer may stand under "…是：", and from the end those that may sum up.
_FIRST_LINES, _LAST_LINES = 4, 12
_SHORT_CHARS = 24

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_IS = (
    r"(?:(?<![特尤但还于可只别])[是为]|属于|归属于|隶属于|位于|坐落于|成立于|建于|始建于|起源于|源于|始于|产于|发表于|生于|叫做?|叫作|称为|称作|称之为"
    r"|名为|写作|记为|指的?是?|即|等于|约|达到?|采用|使用|选用|生产|制造|飞往|担任|[:：])"
)
# Behind such a word the answer stands: directly, or after a place or a time.
_BEFORE_ANSWER = re.compile(rf"{_IS}(?:了|由|在|于|是|为|由于|大约|约)?\s*\Z")
_WEAK = re.compile(r"(?:[在于由到至自从与和]|其)\s*\Z")
# What a bold part is that such a word follows: what the sentence speaks of.
_SUBJECT = re.compile(rf"\s*(?:[（(][^()（）]*[)）])?\s*(?:的[\u4e00-\u9fff]{{1,8}})?{_IS}")
_JOINS = re.compile(r"\s*(?:[（(][^()（）]*[)）])?\s*(?:[与和及、或]|以及|或者|的)\s*")
_NARROWS = re.compile(r"\s*(?:[（(][^()（）]*[)）])?\s*(?:之?下属?的?|中的?|里的)\s*")
_SUMS_UP = re.compile(
    r"\W*(?:\d+\.\s*)?(?:总结|综上|因此|所以|故|总之|结论|简单来说|简而言之|答|直接回答|最终)"
)
_HEADING = re.compile(r"\W*(?:总结|结论|答案|简要回答|直接回答)[^。]{0,12}[:：]?\W*")
# "X的化学式是 Y": where the subject names what is asked for, its predicate is the answer.
_PLAIN = re.compile(
    r"(?:(?:因此|所以|综上(?:所述)?|故|总之)[，,]?)?"
    r"(?:[^，,。；]{1,50}?的[^，,。；]{1,20}?(?:是|为)|[^，,。；]{1,60}?(?:属于|位于|成立于|叫做?|称为))"
    rf"(?P<said>[^，,。；;:：是为的]{{1,{_SHORT_CHARS}}})(?:[，,；][^。]*)?[。.]?"
)
# A first sentence that says what something is, and no step of a solution.
_ANSWERS = re.compile(
    r"(?!首先|根据|设|由|已知|解|因为|题目|要|为了|我们|对于|【)[^$\\=。]{1,60}?[是为于][^$\\=。]{2,80}。"
)
_VERBAL = re.compile(
    r"[的地得了]\Z|\A(?:由|在|因|否|什么|怎|如何|指|对|用|以|把|被|不|可|需|要|一个|一种|这|该|其)|一[种个类]|之一|最"
)


def is_chinese(text: str) -> bool:
    """Whether enough of how a text begins is written in Chinese."""
    text = text[:_LOOKED_AT_CHARS]
    return len(_CHINESE.findall(text)) > _CHINESE_SHARE * len(text)


def said_first(lines: list[str]) -> str | None:
    """The answer of a reply that gives it first and explains it afterwards, or sums up; None if neither."""
    if not is_chinese(lines[0]):
        return None
    first = _first_sentence(lines[0])
    return (
        _below(lines[:2])
        or _bold_answer(first)
        or _any(map(_below, pairwise(lines[1 : _FIRST_LINES + 1])))
        or _other_bold(first, _WEAK)
        or _whole_bold(lines[0])
        or _summed_up(lines)
        or _other_bold(first)
        or _plain_answer(first, alone=len(lines) == 1 or _ANSWERS.fullmatch(first) is not None)
    )


def concluded(line: str) -> str | None:
    """What follows "is" in a short last sentence."""
    return _bold_answer(line) or _plain_answer(line, alone=False) if is_chinese(line) else None


def _whole_bold(line: str) -> str | None:
    """A first sentence that is all in bold."""
    spans = bold_spans(line)
    said = clean(spans[0]["inner"]) if len(spans) == 1 and clean(line) == clean(spans[0][0]) else ""
    return said if _ANSWERS.fullmatch(f"{said}。") else None


def _any(found: "map[str | None]") -> str | None:
    return next(filter(None, found), None)


def _first_sentence(line: str) -> str:
    found = _SENTENCE.match(line[:MOST_CHARS])
    return found[0] if found else line[:MOST_CHARS]


def _below(lines: "tuple[str, ...] | list[str]") -> str | None:
    """A line in bold under one that ends in a colon."""
    if len(lines) < 2 or not lines[0].rstrip(" *").endswith((":", "：")):
        return None
    spans = bold_spans(lines[1])
    if len(spans) != 1 or clean(_BRACKETS.sub("", lines[1])) != clean(_BRACKETS.sub("", spans[0][0])):
        return None
    said = clean(spans[0]["inner"])
    return None if said.endswith((":", "：")) else said or None


def _bold_answer(sentence: str) -> str | None:
    """The part in bold that directly follows "is", with those that it is joined to."""
    spans = _outside_brackets(sentence)
    for at, span in enumerate(spans):
        if _BEFORE_ANSWER.search(sentence[: span.start()]) and not _SUBJECT.match(sentence, span.end()):
            return _joined(sentence, spans[at:])
    return None


def _other_bold(sentence: str, after: re.Pattern[str] | None = None) -> str | None:
    """The first part in bold, but what the sentence speaks of; only after such a word if one is given."""
    for span in _outside_brackets(sentence):
        before = sentence[: span.start()]
        if before and not _SUBJECT.match(sentence, span.end()) and (after is None or after.search(before)):
            return clean(span["inner"]) or None
    return None


def _outside_brackets(sentence: str) -> list[re.Match[str]]:
    """The parts in bold that stand in no brackets and end in no colon: those are headings."""
    sentence = sentence[:MOST_CHARS]
    bracketed = [found.span() for found in _BRACKETS.finditer(sentence)]
    return [
        span
        for span in bold_spans(sentence)[:MOST_SPANS]
        if not any(start < span.start() < end for start, end in bracketed)
        and not span["inner"].rstrip().endswith((":", "："))
        and not sentence[span.end() :].lstrip().startswith((":", "："))
    ]


def _joined(sentence: str, spans: list[re.Match[str]]) -> str | None:
    """The first part with those that "and" or "or" joins to it, or the last that narrows the one before."""
    said = clean(spans[0]["inner"])
    for left, right in pairwise(spans):
        between = sentence[left.end() : right.start()]
        if _NARROWS.fullmatch(between):
            said = clean(right["inner"])
        elif _JOINS.fullmatch(between):
            said += between.strip() + clean(right["inner"])
        else:
            break
    return said or None


def _summed_up(lines: list[str]) -> str | None:
    """What the last sentence says that begins as a summary does, or stands under a heading of one."""
    for at in range(len(lines) - 1, max(len(lines) - _LAST_LINES, 0), -1):
        line = lines[at].lstrip("> ")
        if _SUMS_UP.match(line) or _HEADING.fullmatch(lines[at - 1].lstrip("> ")):
            first = _first_sentence(line)
            whole = bold_spans(first)
            inner = whole[0]["inner"] if len(whole) == 1 and clean(first) == clean(whole[0][0]) else first
            if said := _bold_answer(first) or _plain_answer(inner, alone=False):
                return said
    return None


def _plain_answer(sentence: str, *, alone: bool) -> str | None:
    """What follows "is" where nothing is in bold, or the whole sentence where it is all there is."""
    sentence = clean(sentence)
    if not sentence:
        return None
    found = _PLAIN.fullmatch(_BRACKETS.sub("", sentence))
    said = clean(found["said"]) if found else ""
    if said and not _VERBAL.search(said):
        return said
    whole = alone and len(sentence) < MOST_CHARS // 2 and not denies(sentence) and not breaks_off(sentence)
    return sentence if whole else None
