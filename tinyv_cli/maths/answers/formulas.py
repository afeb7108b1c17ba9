"""Formulas over several lines, and whether one is a result or a step on the way."""

import re
from itertools import pairwise

from tinyv_cli.maths.answers.plain import clean

# How far from the end a conclusion is looked for.
CONCLUSION_CHARS = 1000
# A passage with several formulas that is longer than this derives them.
MOST_PASSAGE_CHARS = 700
_ROW_CHARS = 250
_INSIDE_CHARS = 300

_FORMULA = r"(?P<formula>(?:(?!\\\[|\\\]|\$\$).)+)"
_DISPLAY = re.compile(rf"(?:\\\[|\$\$){_FORMULA}(?:\\\]|\$\$)", re.DOTALL)
_CONCLUSION = re.compile(
    r"(?:therefore|thus|hence|so|consequently|finally|因此|所以|综上|故)\b[^\n]*[:：]\s*\n"
    rf"\s*(?:\\\[|\$\$){_FORMULA}(?:\\\]|\$\$)"
    r"\s*(?P<remark>[^\n]{0,200})\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
# A line that is no remark on it: the reply goes on, and breaks off.
_GOES_ON = re.compile(
    r"(?:but|wait|however|now|next|then|hmm|let|[-*] )\b|.*[^.。!！)\]$*:：]\Z", re.IGNORECASE
)
_LAST_CONCLUSION = re.compile(
    r"(?:^|(?<=\n))(?:therefore|thus|hence|so|finally|in conclusion|因此|所以|综上)\b", re.IGNORECASE
)
# So is a further result introduced, and so a step.
_FURTHER = re.compile(
    r"[\s,.;]*(?:and\b|the\b|for\b|in the\b|small\b|large\b|while\b|[A-Z][\w ]{0,30}:|和|以及)", re.IGNORECASE
)
_STEP = re.compile(
    r"\b(?:simplif|substitut|solv|expand|divid|multipl|integrat|differentiat|rewrit|rearrang|we (?:get"
    r"|have|find|obtain)"
    r"|gives|yields|becomes|now|then|since|using)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?:rewrite|rewritten|set up)\b[^,\n]*[:：]\s*\Z|\A\W*(?:now,? )?(?:let(?:'s| us) "
    r"|we )?(?:consider|start with|begin with)\b[^\n]*[:：]\s*\Z",
    re.IGNORECASE,
)
_ENVIRONMENT = re.compile(r"\\(?P<what>begin|end)\s*\{(?P<name>\w+)\\?\*?\}")
_ALIGNED = ("align", "aligned", "gather", "gathered", "equation", "cases", "array", "split", "multline")
_ROW_END = re.compile(r"\\\\(?:\[[^\]]{0,10}\])?")
_OPEN = re.compile(r"(?<!\\)\\\[")
_INEQUALITY = re.compile(r"\\(?:leq?|geq?|gg|ll)(?![a-z])|[<>≤≥]")
_LOGARITHM = re.compile(r"\W*\\?(?:ln|log)\b[^=]*=[^=]*\Z")
_MINUS = re.compile(r"[-−][A-Za-z]\s*=")
_OPERATORS = re.compile(r"[-+*/]|\\(?:frac|cdot|times|sqrt)\b")
_LETTERS = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")


def displayed(text: str) -> str | None:
    """The formula over several lines that the text ends with."""
    text = text.rstrip(" \t\n.,。")
    for left, right in (("\\[", "\\]"), ("$$", "$$")):
        if text.endswith(right) and (start := text.rfind(left, 0, -len(right))) >= 0:
            inner = text[start + len(left) : -len(right)]
            return " ".join(inner.split()) if "\n" in inner else None
    return _environment(text)


def concluded(text: str) -> str | None:
    """The formula under "Therefore, the area is:", where no more than one line about it follows."""
    found = _CONCLUSION.search(text[-CONCLUSION_CHARS:])
    if found is None or _GOES_ON.match(found["remark"]):
        return None
    return clean(" ".join(found["formula"].split()))


def several(text: str) -> str | None:
    """The conclusion in which the text states more than one formula, whole."""
    begins = [found.start() for found in _LAST_CONCLUSION.finditer(text[-CONCLUSION_CHARS:])]
    if not begins:
        return None
    passage = text[-CONCLUSION_CHARS:][begins[-1] :]
    formulas = list(_DISPLAY.finditer(passage))
    if len(formulas) < 2 or len(passage) > MOST_PASSAGE_CHARS or clean(passage[formulas[-1].end() :]):
        return None
    between = [passage[left.end() : right.start()] for left, right in pairwise(formulas)]
    if all(_FURTHER.match(part) and not _STEP.search(part) for part in between):
        return " ".join(passage.split())
    return None


def breaks_off_inside(text: str) -> bool:
    """Whether the text ends inside a displayed formula or an environment."""
    opened = [found.start() for found in _OPEN.finditer(text)]
    if opened and opened[-1] > text.rfind("\\]"):
        # Behind so much, and a blank line, the mark was none.
        inside = text[opened[-1] :]
        if len(inside) < _INSIDE_CHARS or "\n\n" not in inside:
            return True
    if text.count("$$") % 2 and not text.rstrip(" .").endswith("$$"):
        return True
    last = next(reversed(list(_ENVIRONMENT.finditer(text))), None)
    return last is not None and last["what"] == "begin"


def is_step(formula: str, before: str) -> bool:
    """Whether it compares two expressions, as steps of a derivation do, or what stands before says so."""
    if _UNFINISHED.search(before) or _LOGARITHM.match(formula) or _MINUS.match(formula):
        return True
    sides = _INEQUALITY.split(formula)
    return len(sides) == 2 and all(_OPERATORS.search(side) and _LETTERS.search(side) for side in sides)


def _environment(text: str) -> str | None:
    """The rows of the environment that the text ends with, or its last row if they are long."""
    marks = list(_ENVIRONMENT.finditer(text))
    if not marks or marks[-1].end() != len(text) or marks[-1]["what"] != "end":
        return None
    name = marks[-1]["name"]
    begin = next((mark for mark in reversed(marks) if mark["what"] == "begin" and mark["name"] == name), None)
    if begin is None or name not in _ALIGNED:
        return None
    inner = text[begin.end() : marks[-1].start()].replace("&", "")
    rows = [" ".join(row.split()) for row in _ROW_END.split(inner) if row.strip()]
    whole = " ".join(rows)
    return whole if len(whole) <= _ROW_CHARS else rows[-1] if rows else None
