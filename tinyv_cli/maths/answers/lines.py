"""The answer of a reply that marks none: what its last line says."""

import re

from tinyv_cli.maths.answers import chinese, formulas
from tinyv_cli.maths.answers.plain import bold_spans, clean, without_emphasis
from tinyv_cli.maths.answers.programs import ends_in_program
from tinyv_cli.maths.answers.silent import (
    CONCLUDES,
    advises,
    denies,
    explains,
    goes_on,
    is_talk,
    is_unended,
    lacks,
    plans,
    supposes,
    word_count,
)
from tinyv_cli.maths.answers.stated import introduces, is_value, sentences, stated, without_lead
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
# How many lines before an explanation are looked through for the conclusion that it explains.
EXPLAINED_LINES = 6
# A line that is said so often is what a model repeats to the token limit.
MOST_REPEATS, _REPEATED_CHARS = 4, 20
# So does a text whose end is one short passage over and over.
_LOOP_CHARS, _LONGEST_LOOP = 400, 100

# Lines of programs, of what they print, of tables and headings, and what begins the next line.
_CODE = re.compile(
    r"(?:Step \d+: )?(?:(?:print|import|return)\b[\s(].*|(?:\w+\.)*\w+\([^()]*\)|\w+_\w+)"
    r"|\w*(?:Error|Exception|Interrupt)\b:.*|Traceback\b.*|-{10,}.*|None|\\(?:begin|end)\{\w+\\?\*?\}"
    r"|\[/?[A-Z]+\]"
    r"|\|[^|\n]+\|[^|\n]+\|.*|#{1,6} [A-Za-z ]{1,40}|(?i:step|part|case)\W*\d*"
    r"|(?i:thus|therefore|hence|so|then|and|but|now)\W*|answer here"
)
# The rows of a matrix, each of several numbers.
_ROW = re.compile(r"[<\[(|\s]*[-+]?\d+(?:\.\d+)?(?:[ \t,&]+[-+]?\d+(?:\.\d+)?)+[>\])|\s]*")
# "So, the final answer": the reply breaks off where it would repeat what it has said.
_STUB = re.compile(
    r"(?:^|(?<=[\s.]))(?:(?:so|thus|therefore|hence),? )?(?:the|my) (?:final )?answer(?: is)?[:：]?\s*\Z"
    r"|(?<=\S)\n\s*(?:therefore|thus|hence)[,:]?\s*\Z|\n\s*answer here\s*\Z",
    re.IGNORECASE,
)
_STUB_CHARS = 60
# "$90 - $10" at the end of a reply: what that makes would have come next.
_UNEVALUATED = re.compile(r"[=:]\s*[-+]?[$€£]?\d[\d,.]*(?:\s*\\?[-+*×x]\s*[$€£]?\d[\d,.]*)+")
_DEFINES = re.compile(r"where\b[^.]*=", re.IGNORECASE)
_FINAL = re.compile(r"\W*the (?:final|required|desired) (?:value|result|answer|solution)\b", re.IGNORECASE)
_ASKS = re.compile(r"\W*(?:question|problem|exercise|task|given|q\b)", re.IGNORECASE)
# Signs that only separate, of a list or of a program.
_MARKS = re.compile(r"[-#*_=|{}()\[\]<>;:.,~`\\\s]*")
# "Speed before noon: 3", above one that says so of another time.
_NAMED = re.compile(r"(?P<name>[A-Z][a-z]+(?: \w+){2,6}): \S.{0,200}")
# A part of an answer in several lines: "a_x = 9 cm".
_PART = re.compile(r"\W*(?P<name>[^=:≈]{1,40}?)\s*[=:≈]\s*\S.{0,120}")


def whole_line(text: str) -> str | None:
    """A response that is short and of one line, as its own answer; None where it is none."""
    if not text or len(text) > WHOLE_RESPONSE_CHARS or "\n" in text:
        return None
    opens = chinese.is_chinese(text) or len(sentences(text)) > 1
    return (_opening([text]) if opens else None) or _answer_of(text, alone=True)


def last_line(text: str) -> str | None:
    """What the last line of a longer response answers; None where it breaks off or has none.

    A reply that answers in its first sentence and then explains is answered by that.
    """
    if ends_in_program(text):
        return None
    text = _without_explanations(_without_stub(text))
    lines = [line for line in text.splitlines() if clean(line)]
    if not lines or formulas.breaks_off_inside(text) or _repeats(lines) or _loops(text):
        return None
    if (passage := formulas.several(text)) is not None:
        return passage
    if (formula := formulas.displayed(text)) is not None:
        return _answer_of(formula, before=text[: -len(formula)][-LINE_CHARS:])
    if (parts := _rows(lines) or _parts(lines) or _parallel(lines)) is not None:
        return parts
    last = _end_of(lines[-1])
    if CONCLUDES.match(last) and (value := stated(last)):
        return value
    opening = _opening(lines) if len(last.encode("utf-8", "replace")) > SHORT_BYTES else None
    return (
        _said_finally(last)
        or formulas.concluded(text)
        or opening
        or (chinese.concluded(last) if CONCLUDES.match(last) else None)
        or _answer_of(last, alone=len(lines) == 1, before=lines[-2] if len(lines) > 1 else "")
        or _explained(lines)
    )


def _rows(lines: list[str]) -> str | None:
    """The matrix that the reply ends with; one row is an answer like others."""
    rows: list[str] = []
    for line in reversed(lines):
        if _ROW.fullmatch(line) is None or (rows and len(line.split()) != len(rows[-1].split())):
            break
        rows.append(line.strip())
    return "\n".join(reversed(rows)).strip("<>") if len(rows) > 1 else None


def _parts(lines: list[str]) -> str | None:
    """The lines under "Therefore, the components are:", each with a name of its own."""
    for at in range(len(lines) - 3, max(len(lines) - 2 - EXPLAINED_LINES, -1), -1):
        if lines[at].rstrip(" *").endswith((":", "：")) and CONCLUDES.match(lines[at]):
            said = [clean(line) for line in lines[at + 1 :]]
            names = [found["name"] for line in said if (found := _PART.fullmatch(line))]
            return "; ".join(said) if len(said) == len(names) == len(set(names)) else None
    return None


def _parallel(lines: list[str]) -> str | None:
    """The last two lines, where they give the same for two cases, such as "Speed before noon: 3"."""
    said = [clean(line) for line in lines[-2:]]
    names = [found["name"].split() for line in said if (found := _NAMED.fullmatch(line))]
    if len(names) < 2 or len(names[0]) != len(names[1]):
        return None
    return "; ".join(said) if sum(map(str.__ne__, *names)) == 1 else None


def _said_finally(line: str) -> str | None:
    """What the line states that names itself the final value; a formula may stand before it."""
    return stated(line) if _FINAL.match(line) else None


def ends_in_statement(text: str) -> bool:
    """Whether several lines end with a sentence that states a value, and do not begin as a question."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and not _ASKS.match(text) and stated(lines[-1]) is not None


def _without_stub(text: str) -> str:
    """The text without "So, the final answer" at its end, behind which nothing stands."""
    found = _STUB.search(text[-_STUB_CHARS:])
    return text[: len(text[:-_STUB_CHARS]) + found.start()].rstrip() if found else text


def _without_explanations(text: str) -> str:
    """The text without lines at its end that explain a formula before them; a definition belongs to it."""
    shorter = text
    for _ in range(EXPLAINED_LINES):
        before, _, line = shorter.rstrip().rpartition("\n")
        if not before.strip() or not explains(line) or breaks_off(line.strip()):
            break
        if (formula := formulas.displayed(before)) is not None and _DEFINES.match(line):
            return f"{formula} {line.strip()}"
        if stated(line):
            break
        shorter = before.rstrip()
    return shorter


def _repeats(lines: list[str]) -> bool:
    """Whether the reply says its last line again and again."""
    return len(lines[-1]) >= _REPEATED_CHARS and lines.count(lines[-1]) >= MOST_REPEATS


def _loops(text: str) -> bool:
    """Whether the end of the reply is one short passage again and again."""
    end = text[-_LOOP_CHARS:]
    return len(end) == _LOOP_CHARS and any(end[size:] == end[:-size] for size in range(1, _LONGEST_LOOP + 1))


def _end_of(line: str) -> str:
    """The line, or its last sentence where that draws the conclusion or the line is long."""
    last = sentences(line)[-1]
    return last if len(line) > LINE_CHARS or CONCLUDES.match(last) else line


def _answer_of(line: str, *, alone: bool = False, before: str = "") -> str | None:
    """The value that a line states, or all of it; None where it breaks off or has no answer."""
    if _is_unevaluated(clean(line)):
        return None
    line = without_lead(line.strip())
    bare = clean(line)
    if not any(map(str.isalnum, bare)):
        return None if _MARKS.fullmatch(bare) and not alone else bare or None  # for the guards to refuse
    if breaks_off(without_emphasis(line)) or word_count(bare) > MOST_WORDS:
        return None
    if _CODE.fullmatch(bare) or denies(bare) or goes_on(bare):
        return None
    sentence = sentences(bare)[-1]
    if supposes(sentence):
        return None
    if (value := stated(line) or chinese.concluded(line)) is not None:
        return value
    if plans(sentence) or lacks(sentence) or (not alone and is_talk(sentence)):
        return None
    if not alone and is_unended(line):
        return None
    if not alone and not CONCLUDES.match(before) and formulas.is_step(bare, before):
        return None
    return bare


def _is_unevaluated(line: str) -> bool:
    found = next(reversed(list(_UNEVALUATED.finditer(line))), None)
    return found is not None and found.end() == len(line)


def _explained(lines: list[str]) -> str | None:
    """What the conclusion states that stands shortly before talk about it."""
    said = [sentence for line in lines[-1 - EXPLAINED_LINES :] for sentence in sentences(line)]
    if (
        breaks_off(lines[-1].strip())
        or is_unended(lines[-1])
        or not (is_talk(clean(said[-1])) or advises(said[-1]))
    ):
        return None
    concluding = (sentence for sentence in reversed(said[:-1]) if CONCLUDES.match(sentence))
    return next(filter(None, map(stated, concluding)), None)


def _opening(lines: list[str]) -> str | None:
    """What the first sentence says: the answer of a reply that explains it afterwards."""
    if chinese.is_chinese(lines[0]):
        return chinese.said_first(lines)
    for line in lines[:2]:
        first = sentences(line[:OPENING_CHARS])[0]
        for span in bold_spans(first)[:MOST_SPANS]:
            ends = not clean(first[span.end() :])
            if ends and (introduces(first[: span.start()]) or (span.start() and is_value(span["inner"]))):
                return clean(span["inner"]) or None
    return _answer_below(lines) or _value_first(lines)


def _answer_below(lines: list[str]) -> str | None:
    """A line in bold under a first line that ends in a colon after "is"."""
    if len(lines) < 2 or not introduces(lines[0].rstrip(" *:：")):
        return None
    spans = bold_spans(lines[1])
    alone = spans and clean(lines[1]) == clean(spans[0][0])
    return clean(lines[1]) if alone and is_whole_answer(clean(lines[1])) else None


def _value_first(lines: list[str]) -> str | None:
    """A first line that is a value, or a first sentence that states one, above a few lines about it."""
    if not 1 < len(lines) <= EXPLAINED_LINES or stated(lines[-1]) or CONCLUDES.match(lines[-1]):
        return None
    if breaks_off(lines[-1].strip()):
        return None
    if is_value(clean(lines[0])):
        return clean(lines[0])
    first = sentences(lines[0][:OPENING_CHARS])[0]
    return None if plans(first) or supposes(first) else stated(first)
