"""Find the final answer in a response, and say by which convention it was found.

The order is from the most to the least explicit: a box, `#### 5`, "the answer is 5", the last line.
The text inside a box is never cut: `\\boxed{x = 3, y = 5}` stays whole.
"""

import re

from tinyv_cli.records import Answer, How

# A longer response that marks no answer is prose: its last line is the answer, not all of it.
WHOLE_RESPONSE_CHARS = 80
# Boxes that stand closer than this, with only connecting words between them, are one answer in several parts.
SAME_SENTENCE_CHARS = 40

_SAME_SENTENCE = re.compile(r"[\s$.,;:&~\\()\[\]]*(?:and|or|und|oder|et|ou|y|和|或|与)?[\s$,;:&~\\()\[\]]*")
_THINKING_TAG = r"(?:think|thinking|thought|reasoning)>"
# The second spelling is that of OpenThoughts.
_THINKING_END = re.compile(rf"</{_THINKING_TAG}|<\|end_of_thought\|>", re.IGNORECASE)
_THINKING_START = re.compile(rf"<{_THINKING_TAG}|<\|begin_of_thought\|>", re.IGNORECASE)
_BOX = re.compile(r"\\(?:boxed|fbox)")
_BRACE = re.compile(r"(?P<box>\\(?:boxed|fbox)\s*\{)|\\boxed\s+(?P<bare>[^\s$\\{},.]+)|\\.|[{}]", re.DOTALL)
# GSM8K's mark stands at the end; a Markdown heading of the same look has text below it.
_HASH_MARK = re.compile(r"^[ \t]*+####[ \t]*+([^#\s][^\n]*)\s*+\Z", re.MULTILINE)
# Possessive quantifiers (`*+`): without them a long run of spaces would take quadratic time.
_STATED = re.compile(
    r"(?:\b(?:the|my|our|final|correct)\s+(?:final\s+|correct\s+)?answer(?:\s+to\s[^.\n]{1,80}?)?(?=\W)"
    r"|(?:^|(?<=[\n*#_>]))[ \t]*+answer\b|答案)"
    r"[*_ \t]*+(?:(?:(?:is|are)\b|为|是)[ \t]*+[:：]?|[:：=])[*_ \t]*+(?:\n[ \t]*+)?(?=\S)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[^\s.])(?:\.(?=\s+[A-Z(\\*])|[。．]).*$", re.DOTALL)
_MATHS_DELIMITERS = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))
_EMPHASIS = "*_`"
_SENTENCE_STOP = " \t.。．"


def without_thinking(response: str) -> str:
    """What follows the thinking; a thinking part that never ends leaves only what stood before it.

    The start of the thinking may be missing: chat templates write it into the prompt.
    """
    if "<" not in response:  # as in most, and much sooner said
        return response
    ends = list(_THINKING_END.finditer(response))
    text = response[ends[-1].end() :] if ends else response
    start = _THINKING_START.search(text)
    return text[: start.start()] if start else text


def find_answer(response: str) -> Answer:
    """The final answer of a response; `How.NONE` when the response is blank or all thinking."""
    text = without_thinking(response).strip()
    if not text:
        return Answer(None, How.NONE)
    marked = find_marked(text)
    if marked is not None:
        return marked
    if len(text) <= WHOLE_RESPONSE_CHARS and "\n" not in text:
        return Answer(_clean(text), How.WHOLE) if _clean(text) else Answer(None, How.NONE)
    lines = [line for line in map(_clean, text.splitlines()) if line]
    return Answer(lines[-1], How.LAST_LINE) if lines else Answer(None, How.NONE)


def find_marked(text: str) -> Answer | None:
    """The answer that the text itself marks as one, or None where it marks none."""
    boxed = _last_boxes(text)
    if boxed:
        return Answer(boxed, How.BOXED)
    if hashes := _HASH_MARK.search(text):
        return Answer(_clean(hashes[1]), How.HASH_MARK)
    stated = _stated(text)
    return Answer(stated, How.ANSWER_IS) if stated else None


def _stated(text: str) -> str | None:
    """What the last such sentence states; "Final answer: the answer is 5" states 5."""
    end = None
    for match in _STATED.finditer(text):
        end = match.end()
    if end is None:
        return None
    line, _, _ = text[end:].partition("\n")
    return _clean(_SENTENCE_END.sub("", line))


def _last_boxes(text: str) -> str | None:
    """The content of the last box, joined with those before it in the same sentence."""
    boxes = [box for box in _outermost(_boxes(text)) if box[2]]
    if not boxes:
        return None
    parts = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[box[1] : parts[0][0]]
        if len(between) > SAME_SENTENCE_CHARS or not _SAME_SENTENCE.fullmatch(between):
            break
        parts.insert(0, box)
    return ", ".join(dict.fromkeys(content for _, _, content in parts))


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """(start, end, content) of every closed box, in one pass: a hostile text of open braces costs no more."""
    first = _BOX.search(text)
    if first is None:
        return []
    # Braces before the first box belong to none. Its backslash may be the second half of a line break.
    start = len(text[: first.start()].rstrip("\\"))
    boxes: list[tuple[int, int, str]] = []
    open_braces: list[tuple[int, int] | None] = []  # where a box and its content begin; None: a plain brace
    for match in _BRACE.finditer(text, start):
        token = match[0]
        if token == "{":
            open_braces.append(None)
        elif match.lastgroup == "bare":
            boxes.append((match.start(), match.end(), match["bare"]))
        elif match.lastgroup == "box":
            open_braces.append((match.start(), match.end()))
        elif token == "}" and open_braces and (box := open_braces.pop()):
            content = text[box[1] : match.start()].strip()
            if boxes and content == text[boxes[-1][0] : boxes[-1][1]]:  # a box around nothing but a box
                content = boxes[-1][2]
            boxes.append((box[0], match.end(), content))
    return sorted(boxes)


def _outermost(boxes: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for box in boxes:
        if not kept or box[0] >= kept[-1][1]:
            kept.append(box)
    return kept


def _clean(line: str) -> str:
    """The line without Markdown emphasis, surrounding maths delimiters and a final full stop."""
    line = line.strip().strip(_EMPHASIS).rstrip(_SENTENCE_STOP).strip(_EMPHASIS).strip()
    for left, right in _MATHS_DELIMITERS:
        inner = line[len(left) : -len(right)]
        if line.startswith(left) and line.endswith(right) and inner and left not in inner:
            return inner.strip()
    return line
