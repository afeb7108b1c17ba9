"""The last answer tag of a response, as trainers ask for it: `<answer>5</answer>`, over any lines."""

import re

from tinyv_cli.maths.answers.marks import Mark
from tinyv_cli.maths.answers.wholeness import is_whole_answer

_NAME = r"(?:(?:final|my|your|the)?[_ -]?answers?|ans|final[_ -]?result|boxed|box|result)"
# What these hold may be a whole solution.
_SOLUTION = r"(?:final[_ -]?)?solution"
_TAG = re.compile(
    rf"<(?P<close>/)?\s*(?:{_NAME}|(?P<solution>{_SOLUTION}))\s*>"
    r"|\[(?P<square>/)?(?:(?:FINAL[_ -]?)?ANSWER|BOXED)\]"
    r"|<\|(?:begin_of_(?:answer|box|(?P<begun>solution))|(?P<end>end_of_(?:solution|answer|box)))\|>",
    re.IGNORECASE,
)
# The start of a closing tag, where the reply ends.
_CUT_CLOSE = re.compile(r"</\w*\Z")


def last_tag(text: str) -> Mark | None:
    """What the last tag holds that holds anything; None where there is no tag.

    The first may stand in the prompt, if the reply ends with the closing one. The last, which trainers that
    stop at the closing tag leave open, is read where a whole short answer and nothing else follows.
    Otherwise its text is None: reasoning follows, or the reply breaks off.
    """
    if "<" not in text and "[" not in text:
        return None
    opened: re.Match[str] | None = None
    begin, last = 0, None
    for tag in _TAG.finditer(text):
        if not _closes(tag):
            opened, begin = tag, tag.end()
        elif opened is not None or (last is None and not text[tag.end() :].strip()):
            content = text[begin : tag.start()].strip()
            if content or last is None:
                last = Mark(content or None, tag.end())
            opened = None
    if opened is None or "boxed" in text[begin:]:
        return last
    rest = _CUT_CLOSE.sub("", text[begin:]).strip()
    if not is_whole_answer(rest):
        return last if opened["solution"] or opened["begun"] else Mark(None, len(text))
    return Mark(rest, len(text))


def _closes(tag: re.Match[str]) -> bool:
    return any(tag[group] is not None for group in ("close", "square", "end"))
