"""The answer of a reply that marks none: what its last line says."""

import re

from tinyv_cli.maths.answers.plain import bold_spans, clean, without_emphasis
from tinyv_cli.maths.answers.wholeness import breaks_off, is_whole_answer

# A longer response that marks no answer is prose: its last line is the answer, not all of it.
WHOLE_RESPONSE_CHARS = 80
# Of a longer line the last sentence is the answer.
LINE_CHARS = 250
# A last line as short as this is an answer rather than the end of an explanation.
SHORT_BYTES = 40
# How far an opening sentence is looked through, and how many of its parts in bold.
OPENING_CHARS, MOST_SPANS = 400, 3
# Prose of so many words answers nothing.
MOST_WORDS = 60

_ABLE = r"determine|solve|find|answer|provide|visuali[sz]e|see|view|access|compute|calculate|help|assist"
_NO_ANSWER = re.compile(
    r"\bI (?:was|am|'m) (?:not able|unable)\b|\bI(?:'m| am) (?:not able|unable|sorry)\b|\A\W*sorry\b"
    r"|\bI (?:have no idea|do not know|don't know|give up)\b"
    rf"|\bI (?:can ?not|can't|could not|couldn't) (?:\w+ ){{0,2}}?(?:{_ABLE})\b"
    r"|\bplease (?:provide|share|upload|give|clarify)\b|\bmissing (?:\w+ ){0,3}(?:details|information)\b"
    r"|\bnot possible to\b[^.]{0,80}|\bcannot be (?:provided|answered)\b|无法(?:回答|提供|得出|给出)|不知道",
    re.IGNORECASE,
)
# What follows such a sentence is missing.
_GOES_ON = re.compile(
    r"\W*(?:but |so |and |now,? |next,? |then,? |here,? )*"
    r"(?:let(?:['’]s| us| me)\b|from here\b|we (?:now )?(?:need|have) to\b"
    r"|I(?:['’]ll| will| need to)\b)[^=]*",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:Step \d+: )?(?:(?:print|import|return)\b[\s(].*|(?:\w+\.)*\w+\([^()]*\)|\w+_\w+)"
    r"|\w*(?:Error|Exception|Interrupt)\b:.*|Traceback\b.*|-{10,}.*"
)
_FENCE = re.compile(r"(?:^|(?<=\n))[ \t]*```[ \t]*(?P<language>\w*)")
_SENTENCE_END = re.compile(
    r"(?<=[^\s.\d][.!?])\s+(?=[A-Z$\\(*])|(?<=\d\.)\s+(?=[A-Z])|(?<=[。！？])\s*(?=\S)"
)
_CONCLUDES = re.compile(
    r"\W*(?:step \d+:\s*)?"
    r"(?:therefore|thus|hence|so|in (?:conclusion|summary|total)|consequently|finally|overall)\b"
    r"|\W*(?:因此|所以|综上|总之|故|总结|结论|由此)",
    re.IGNORECASE,
)
_CONCLUSION = re.compile(
    r"(?:therefore|thus|hence|so|consequently|finally|因此|所以|综上|故)\b[^\n]*[:：]\s*\n"
    r"\s*(?:\\\[|\$\$)(?P<formula>[^$]+?)(?:\\\]|\$\$)"
    r"\s*[^\n]{0,200}\s*\Z",
    re.IGNORECASE,
)
CONCLUSION_CHARS = 1000
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = r"[-+−±]?\s?[$€£¥₹]?[-−]?\d[\d,]*(?:\.\d+)?(?:\s?[/:]\s?\d[\d,.]*)?\s?(?:\\?%|°)?"
_FORMULA = r"\$[^$]+\$|\\\((?:(?!\\\)).)+\\\)"
_FUNCTION = r"(?:sqrt|frac|sin|cos|tan|log|ln|exp|and|or|pi|left|right|infty|cdot|times)(?![A-Za-z])"
_TERM = rf"(?:{_FUNCTION}|[A-Za-z]{{1,2}}(?![A-Za-z])|[\d\s+*/^=().,:\[\]{{}}√π∞|<>≤≥±×·−²³\\-])+"
_QUANTITY = rf"(?:{_NUMBER}|{_FORMULA})(?:\s?[A-Za-zµ°²³/^\u4e00-\u9fff]+){{0,3}}(?:\sor\s{_NUMBER})?"
_NAME = r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?"
_IS = r"\b(?:is|are|was|were|equals)\b|约?[为是]"
_STATES = re.compile(
    rf"(?:.*)(?:{_IS})(?:\s(?:then|therefore|thus|approximately|about|exactly|simply|also|now|only))?\s*[:：]?\s*"
    rf"(?P<value>{_QUANTITY}|{_TERM}|{_NAME})(?:,? for (?:all|any|every|each)\b[^.]*)?[\s.。!]*"
    r"|.*\b(?:in|at|point|interval)\s(?P<point>[(\[][^()\[\]]+,[^()\[\]]+[)\]])[\s.。!]*",
    re.DOTALL,
)
_OPENS = re.compile(rf"(?:{_IS})\s*[:：]?\s*\Z")
_CLAUSES = re.compile(r"\b(?:is|are|was|were|equals|not|if)\b|n't\b", re.IGNORECASE)


def denies(text: str) -> bool:
    """Whether it says that there is no answer, which is none."""
    return _NO_ANSWER.search(text) is not None


def whole_line(text: str) -> str | None:
    """A response that is short and of one line, as its own answer; None where it is none."""
    if not text or len(text) > WHOLE_RESPONSE_CHARS or "\n" in text:
        return None
    return (_opening([text]) if len(sentences(text)) > 1 else None) or _answer_of(text)


def last_line(text: str) -> str | None:
    """What the last line of a longer response answers; None where it breaks off or has none.

    A reply that answers in its first sentence and then explains is answered by that.
    """
    if _ends_in_code(text):
        return None
    lines = [line for line in text.splitlines() if clean(line)]
    if not lines:
        return None
    if (formula := _displayed(text)) is not None:
        return _answer_of(formula)
    last = _end_of(lines[-1])
    if _CONCLUDES.match(last) and (stated := _stated(last, clean(last))):
        return stated
    opening = _opening(lines) if len(last.encode()) > SHORT_BYTES else None
    return _concluded(text) or opening or _answer_of(last)


def _end_of(line: str) -> str:
    """The line, or its last sentence where that draws the conclusion or the line is long."""
    last = sentences(line)[-1]
    return last if len(line) > LINE_CHARS or _CONCLUDES.match(last) else line


def sentences(line: str) -> list[str]:
    """The sentences of a line; the point within a number ends none."""
    return [sentence for sentence in _SENTENCE_END.split(line) if clean(sentence)] or [line]


def _ends_in_code(text: str) -> bool:
    """Whether the reply ends in a program, of which nobody says what it prints."""
    fences = list(_FENCE.finditer(text))
    if not fences or (len(fences) % 2 == 0 and text[fences[-1].end() :].strip()):
        return False
    return fences[-1 - (len(fences) % 2 == 0)]["language"].lower() in ("python", "py", "cpp", "java", "sympy")


def _displayed(text: str) -> str | None:
    """The formula over several lines that the reply ends with."""
    text = text.rstrip(" \t\n.,。")
    for left, right in (("\\[", "\\]"), ("$$", "$$")):
        if text.endswith(right) and (start := text.rfind(left, 0, -len(right))) >= 0:
            inner = text[start + len(left) : -len(right)]
            return " ".join(inner.split()) if "\n" in inner else None
    return None


def _concluded(text: str) -> str | None:
    """The formula under "Therefore, the area is:", where no more than one line about it follows."""
    found = _CONCLUSION.search(text[-CONCLUSION_CHARS:])
    return clean(" ".join(found["formula"].split())) if found else None


def _answer_of(line: str) -> str | None:
    """The value that a line states, or all of it; None where it breaks off or has no answer."""
    bare = clean(line)
    if not any(map(str.isalnum, bare)):
        return bare or None  # signs alone are for the guards to refuse
    if breaks_off(without_emphasis(line.strip())) or len(bare.split()) > MOST_WORDS:
        return None
    if _CODE.fullmatch(bare) or denies(bare) or _GOES_ON.fullmatch(bare):
        return None
    return _stated(line, bare) or bare


def _stated(line: str, bare: str) -> str | None:
    """What stands in bold at the end of a sentence, or the one value that it says something is."""
    spans = bold_spans(line)
    if spans and not clean(line[spans[-1].end() :]) and _introduces(line[: spans[-1].start()]):
        return clean(spans[-1]["inner"]) or None
    last = sentences(bare)[-1]
    if len(_CLAUSES.findall(last)) > 1 or (found := _STATES.fullmatch(last)) is None:
        return None
    return clean(found["value"] or found["point"]) or None


def _opening(lines: list[str]) -> str | None:
    """What the first sentence says in bold: the answer of a reply that explains it afterwards."""
    for line in lines[:2]:
        first = sentences(line[:OPENING_CHARS])[0]
        spans = [span for span in bold_spans(first)[:MOST_SPANS] if _introduces(first[: span.start()])]
        if spans and (_CHINESE.search(first) or not clean(first[spans[0].end() :])):
            return clean(spans[0]["inner"]) or None
    return _answer_below(lines)


def _answer_below(lines: list[str]) -> str | None:
    """A line in bold under a first line that ends in a colon after "is"."""
    if len(lines) < 2 or not _OPENS.search(lines[0].rstrip(" *:：")[-SHORT_BYTES:]):
        return None
    spans = bold_spans(lines[1])
    alone = spans and clean(lines[1]) == clean(spans[0][0])
    return clean(lines[1]) if alone and is_whole_answer(clean(lines[1])) else None


def _introduces(before: str) -> bool:
    """Whether what stands before something in bold says that it is the answer, and not that it isn't."""
    if _CHINESE.search(before):
        return (
            before.rstrip()[-1:] not in ":："
            or _OPENS.search(before.rstrip(" :：")[-SHORT_BYTES:]) is not None
        )
    return _OPENS.search(before[-SHORT_BYTES:]) is not None
