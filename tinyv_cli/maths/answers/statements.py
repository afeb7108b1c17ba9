"""Answers that a response states in words: `#### 5`, "the answer is 5", 答案：5, "Respuesta: 5"."""

import re

from tinyv_cli.maths.answers.plain import clean
from tinyv_cli.maths.answers.silent import CONCLUDES
from tinyv_cli.maths.answers.stated import shortened, stated
from tinyv_cli.maths.answers.wholeness import is_whole_answer

# A hostile text states thousands; of those behind which nothing stands no more are looked at.
MOST_STATEMENTS = 50

# GSM8K's mark stands at the end, also behind a sentence; a heading of the same look has text below it.
_HASH_MARK = re.compile(r"(?<!#)####[ \t]*+([^#\s][^\n#]*)\s*+\Z")
_FORMATS = r"[*_ \t\"'「」]*+"
# "the answer" in the languages that replies are mostly written in, and what stands between it and the answer.
_LATIN = "|".join(
    (
        r"(?:the|my|our|final|correct|right|best)\s+(?:final\s+|correct\s+|right\s+"
        r"|numerical\s+)?(?:answer|option|choice)s?"
        r"(?:\s+(?:to|for|of|in)\s[^.\n:]{1,80}?)?(?=\W)",
        r"final\s+(?:result|solution|value)(?=\W)",
        r"(?-i:Answer|ANSWER|Ans|ANS)\b(?=[*_]*\s*[:：])",
        r"respuesta(?:\s(?:final|correcta))?|réponse(?:\s(?:finale|correcte))?"
        r"|antwort(?:\sauf\s[^.\n:]{1,60}?)?|endergebnis",
        r"resposta(?:\s(?:final|correta))?|risposta(?:\s(?:finale|corretta))?|ответ|cevap|odpowiedź"
        r"|antwoord|đáp\s(?:án|số)",
    )
)
_ANSWER = (
    rf"(?<![^\W\d_])(?:{_LATIN})(?!\w)|(?:^|(?<=[\n*#_>]))[ \t]*+(?:(?:answer|solution)\b|答(?=[:：]))"
    r"|(?<![这该此])(?<!这个)答案|答え|解答|正解|정답|الجواب|الإجابة|उत्तर|উত্তর"
)
_IS = (
    r"(?:is|are|equals|es|son|est|sont|ist|lautet|sind|é|è|são|sono|jest|adalah|là|это|равен|равно|هو|هي"
    r"|है|হলো|হল)(?!\w)"
    r"|(?:就|应该|应|分别)?[是为]|為|は|은|는"
)
# Possessive quantifiers (`*+`): without them a long run of spaces would take quadratic time.
_STATED = re.compile(
    rf"(?:{_ANSWER})[)\]】」]*{_FORMATS}(?:(?:{_IS})[ \t]*+[:：]?|[:：=→]){_FORMATS}(?P<line>\s*+)(?=\S)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"【(?:最终|正确)?答案】[:：]?\s*(?:<eoa>\s*)?(?P<said>[^【<]*)"
    r"|\[final (?:solution|answer)\][:：]?\s*(?P<last>[^\n]+)",
    re.IGNORECASE,
)
# The number of a part, before its solution, and where that of the next follows an answer.
_PART = re.compile(r"(?:[(（]?\d{1,2}[)）]|\d{1,2}\.)\s*【解析】")
_NEXT_PART = re.compile(r"\n\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}\.)\s*\Z")
# Who says "perhaps the answer is 5" states none.
_HEDGED = re.compile(r"\b(?:perhaps|maybe|if|whether|suppose|unless)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_HEDGE_CHARS = 40
# Who goes on so behind an answer looks for another.
_RECONSIDERS = re.compile(r"(?:^|[\n.?!]\s*)(?:but )?(?:wait|alternatively|hmm+|hold on)\b", re.IGNORECASE)
_CALL = re.compile(
    r"\b[a-z]+_[a-z_0-9]+\b|\b(?:solve|print|simplify|subs|symbols|len|range|int|str|max|min|sum|round)\("
)
# GSM8K's few-shot prompts answer "A: 5"; that of a list of choices has others beside it.
_LABEL = re.compile(r"(?:^|(?<=\n))A:[ \t]*+([^\n]+)\s*+\Z")
_OTHER_CHOICE = re.compile(r"(?:^|(?<=\n))[BC][:.)]")
# A formula goes on over points; the dollar of `$5` is no formula's where a sentence ends before the next.
_TOKEN = re.compile(
    r"\\.|\$\$?(?=[^\d$])[^$]+\$\$?|\$(?:[^$.]|\.(?!\s+[A-Z]))+\$|[{}]"
    r"|(?P<end>(?<=[^\s.])(?:\.(?=\s+[A-Z(\\*])|[。．](?!\d)))",
    re.DOTALL,
)
_FENCED = re.compile(r"\s*```\w*\n(?P<inner>[^\n`]+)\n\s*```")
_DISPLAYED = re.compile(r"(?:\\\[|\$\$)\s*(?P<inner>[^$]*?)\s*(?:\\\]|\$\$)[.。]?")


def hash_mark(text: str) -> str | None:
    """What stands behind `####` at the end."""
    found = _HASH_MARK.search(text)
    return (clean(found[1]) or None) if found else None


def last_statement(text: str) -> str | None:
    """What the last such sentence states; "Final answer: the answer is 5" states 5."""
    bracketed = list(_BRACKETED.finditer(text))
    for found in reversed(list(_STATED.finditer(text))[-MOST_STATEMENTS:]):
        if bracketed and bracketed[-1].end() > found.end():
            break
        if found[0].count("$") % 2:
            continue  # the sign stands inside a formula
        if _HEDGED.search(text[max(found.start() - _HEDGE_CHARS, 0) : found.start()]):
            continue
        if _RECONSIDERS.search(text, found.end()):
            break
        if said := _said(text, found):
            return _overruled(text, found) or shortened(said)
    if bracketed:
        return _bracketed(text, bracketed)
    label = _LABEL.search(text)
    return (first_sentence(label[1]) or None) if label and not _OTHER_CHOICE.search(text) else None


def _bracketed(text: str, marks: list[re.Match[str]]) -> str | None:
    """What the last such mark holds; of a solution in numbered parts, what all of them hold."""
    parts = len(_PART.findall(text))
    chosen = marks if 1 < parts == len(marks) else marks[-1:]
    said = [(found["said"] or found["last"] or "").strip() for found in chosen]
    return (
        "; ".join(filter(None, (clean(_NEXT_PART.sub("", part).replace("\n", " ")) for part in said))) or None
    )


def _overruled(text: str, found: re.Match[str]) -> str | None:
    """What the last line concludes instead of a statement that stands before the whole solution."""
    before, _, last = text.rstrip().rpartition("\n")
    if "\n" in text[: found.start()].strip() or not before or not CONCLUDES.match(last):
        return None
    return stated(last)


def _said(text: str, found: re.Match[str]) -> str:
    """What follows the words. On a line of its own it must be an answer: headings have a solution below."""
    rest = text[found.end() :]
    if (displayed := _DISPLAYED.match(rest)) and not rest[displayed.end() :].partition("\n")[0].strip():
        return clean(displayed["inner"].replace("\n", " "))
    line, _, below = rest.partition("\n")
    said = first_sentence(line)
    if said.endswith((":", "：")) and (fenced := _FENCED.match(rest, len(line))):
        return clean(fenced["inner"])
    if not said.strip(" .…'\""):
        return ""
    if (
        "\n" in found["line"]
        and below.strip()
        and (not is_whole_answer(said) or below.lstrip().startswith("="))
    ):
        return ""
    if found[0].rstrip().endswith("=") and _CALL.search(said):
        return ""  # a line of a program
    return said


def first_sentence(line: str) -> str:
    """The line up to the end of its first sentence, which no brace and no formula holds.

    A line that begins inside a brace, such as `} 5` after `\\text{The answer is`, loses what closes it.
    """
    depth, start = 0, 0
    for token in _TOKEN.finditer(line):
        if token["end"] is not None:
            if depth == 0:
                line = line[: token.start()]
                break
        elif token[0] == "{":
            depth += 1
        elif token[0] == "}":
            if depth == 0:
                start = token.end()
            else:
                depth -= 1
    return clean(_without_loose_dollar(line[start:]))


def _without_loose_dollar(line: str) -> str:
    """The line without the end of a formula that began before it."""
    line = line.strip().rstrip(" \t.。．")
    for right, left in (("\\)", "\\("), ("\\]", "\\[")):
        if line.endswith(right) and left not in line:
            return line[: -len(right)].strip()
    if line.endswith("$") and line.count("$") % 2 == 1:
        return line.rstrip("$").strip()
    return line
