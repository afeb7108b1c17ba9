"""Answers that hand back the expression of the question, where something was to be done with it."""

import re
from functools import lru_cache

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import read

_TASK = (
    r"(?:simplif\w+|reduc\w+|expand\w*|factor(?:i[sz]e)?|multipl\w+|divide|evaluat\w+|calculat\w+|comput\w+|combine"
    r"|work out|rationali[sz]\w+|express|rewrite|write|perform|convert|solve|what is"
    r"|find the (?:value|sum|product) of)"
)
_OF_A_FORMULA = re.compile(
    rf"(?<!\w){_TASK}\b[^$\\]{{0,50}}?(?:\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\])",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_TEXT = re.compile(
    rf"(?<!\w){_TASK}\b[\s:]*(?:the |this |following |expression |fraction |value of |sum |product )*"
    r"[\s:]*([^?。？\n$]+)",
    re.IGNORECASE,
)
_TEXT_ENDS = re.compile(r"\.(?=\s|\Z)|\b(?:to|in|and|using|as|by|when|where|for|with)\b|,\s")
_LEAST_CHARS, _MOST_CHARS = 3, 300
_IGNORED = re.compile(r"\\(?:left|right|cdot|times|displaystyle)(?![A-Za-z])|[\s{}*$.]|\\[,;:! ]")
_OPERATION = re.compile(r"[-+*/^(]|\\(?:[dt]?frac|sqrt|cdot|times|div)|×|÷|√|\d,?\s")


def repeats_expression(question: str, gold: str, answer: str) -> bool:
    """Whether an answer is the expression with which the question wants something done, and not the gold."""
    if max(len(gold), len(answer)) > 2 * _MOST_CHARS:  # no expression that a question has is as long
        return False
    text, wanted = plain(answer).text, plain(gold).text
    said = _bare(text)
    if len(said) < _LEAST_CHARS or "=" in said or not _OPERATION.search(text) or said in _bare(wanted):
        return False
    node = read(text)
    if node is not None and node == read(wanted):
        return False
    return said in _expressions(question)


@lru_cache(maxsize=512)
def _expressions(question: str) -> frozenset[str]:
    """The formulas of a question with which something is to be done, bare."""
    formulas = [part for each in _OF_A_FORMULA.findall(question) for part in each if part]
    texts = [_TEXT_ENDS.split(each)[0] for each in _OF_A_TEXT.findall(question)]
    return frozenset(
        _bare(plain(each.strip(" =?")).text) for each in (*formulas, *texts) if len(each) < _MOST_CHARS
    )


def _bare(text: str) -> str:
    return _IGNORED.sub("", text).strip("=?")
