"""A line without what is only written around it: Markdown emphasis, maths delimiters, a full stop."""

import re

MATHS_DELIMITERS = (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]"))

# A power is written with the same stars as bold: those that emphasise stand against no letter and no bracket
# outside, and against no space inside.
_BEFORE, _AFTER = r"(?<![A-Za-z0-9)\]}*])", r"(?![A-Za-z0-9(\[{*])"
_BOLD = re.compile(rf"{_BEFORE}(?P<mark>\*\*|__)(?P<inner>(?=\S)(?:(?!\*\*|__).)++(?<=\S))(?P=mark){_AFTER}")
_ITALIC = re.compile(
    r"(?<![\w)\]}*\\$])(?P<mark>[*_`])(?P<inner>(?=[^\s*_`])[^*_`]*+(?<=\S))(?P=mark)(?![\w(\[{*])"
)
_EMPHASIS = "*_`"
_STOP = " \t.。．"
_IN_FORMULA = re.compile(r"[\\^_=]")
_LETTER = re.compile(r"[A-Za-z]{1,2}")  # "we have $x"
_AMOUNT = re.compile(r"\d[\d,.]*(?:\s|\Z)")  # the dollar of `$5` is a currency


def clean(line: str) -> str:
    """The line without Markdown, surrounding maths delimiters and a final full stop."""
    line = without_emphasis(line.strip())
    line = line.strip(_EMPHASIS).rstrip(_STOP).strip(_EMPHASIS).strip()
    return without_delimiters(line)


def without_emphasis(line: str) -> str:
    """The line without the stars, underscores and backticks that stand in pairs around parts of it."""
    if "*" in line or "_" in line or "`" in line:
        line = _ITALIC.sub(r"\g<inner>", _BOLD.sub(r"\g<inner>", line))
    return line


def bold_spans(line: str) -> list[re.Match[str]]:
    """The parts of a line in bold; the group `inner` is the text."""
    return list(_BOLD.finditer(line)) if "**" in line or "__" in line else []


def without_delimiters(line: str) -> str:
    for left, right in MATHS_DELIMITERS:
        inner = line[len(left) : -len(right)]
        if line.startswith(left) and line.endswith(right) and inner and left not in inner:
            return inner.strip().rstrip(_STOP)
    return line


def is_open(text: str) -> bool:
    """Whether a bracket is opened that is not closed, or a formula; an interval closes as it likes."""
    if text.count("{") > text.count("}") or _count(text, "([") > _count(text, ")]"):
        return True
    _, dollar, formula = text.rpartition("$")
    if not dollar or text.count("$") % 2 == 0 or (_AMOUNT.match(formula) and "\\" not in formula):
        return False
    return _IN_FORMULA.search(formula) is not None or _LETTER.fullmatch(formula) is not None


def _count(text: str, chars: str) -> int:
    return sum(map(text.count, chars))
