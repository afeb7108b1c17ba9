"""Answers that hand back the expression of the question, where something was to be done with it."""

import re
from functools import lru_cache

from tinyv_cli.maths.plain import normalised, plain

_TASKS = re.compile(
    r"\b(?:simplif\w+|reduc\w+|expand\w*|factor\w*|multipl\w+|divid\w+|evaluat\w+|calculat\w+|comput\w+|combin\w+|work out"
    r"|rationali\w+|express\w*|rewrit\w+|writ\w+|perform\w*|convert\w*|what is|find|determine|solve)\b|化简|计算|求",
    re.IGNORECASE,
)
_LEAST_CHARS = 3
_IGNORED = re.compile(r"\\(?:left|right|cdot|times|displaystyle|dfrac|tfrac)(?![A-Za-z])|[\s{}*$,.]|\\[,;:! ]")
_OPERATION = re.compile(r"[-+*/^(]|\\(?:frac|dfrac|sqrt|cdot|times|div)|×|÷|√")


def repeats_expression(question: str, gold: str, answer: str) -> bool:
    """Whether an answer is an expression of the question to which something was to be done, and no gold."""
    said = _bare(plain(answer).text)
    if len(said) < _LEAST_CHARS or not _OPERATION.search(answer) or "=" in said:
        return False
    if said in _bare(plain(gold).text):  # which has it with a unit
        return False
    if normalised(gold) == normalised(answer) or not _TASKS.search(question):
        return False
    return any(each == said for each in _expressions(question))


@lru_cache(maxsize=512)
def _expressions(question: str) -> tuple[str, ...]:
    """The formulas of a question, each bare; of one without delimiters what stands behind its task."""
    formulas = re.findall(r"\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\]", question, re.DOTALL)
    found = [part for each in formulas for part in each if part]
    for task in _TASKS.finditer(question):
        rest = re.split(r"[?。？\n]|\.\s|\.\Z|\bto\b|\bin\b|\band\b|\busing\b", question[task.end() :])[0]
        found.append(re.sub(r"\A[\s:]*(?:the )?(?:following )?(?:expression|value of|fraction|sum|product)?[\s:]*", "", rest))
    return tuple(_bare(plain(each.strip(" =?")).text) for each in found if len(each) < 300)


def _bare(text: str) -> str:
    return _IGNORED.sub("", text).strip("=?")
