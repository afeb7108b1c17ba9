"""Show that an answer cannot be the gold: numbers that no rounding and no unit makes the same.

Sparingly: what is said here no model is asked about. Wherever a unit, a percentage, an angle or a rounded
number could explain the difference, nothing is shown.
"""

import re

import mpmath

from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.values import real_value

# In plain text: a code (070), or a slash or a dash between alternatives or ends (1998/2001, 1135-1154).
_AMBIGUOUS = re.compile(r"\b0\d|/|\d\s*[-–—]")
# 1,22 and 1,234 may be one number.
_TIGHT_COMMA = re.compile(r",\d")

MOST_ELEMENTS, MOST_CHARS = 12, 200
# Numbers this near to each other may be one number, rounded to two digits or less.
NEAR = 0.12
# Factors between units that are often left out, besides powers of ten: weeks, dozens, hours, radians.
FACTORS = [mpmath.mpf(each) for each in (7, 12, 24, 60, 3600)] + [180 / mpmath.pi]


def refute(question: str, gold: str, answer: str) -> str | None:
    """Why `answer` cannot be `gold`, in a sentence; None where it may be."""
    if max(len(gold), len(answer)) > MOST_CHARS:
        return None
    golds, answers = _numbers(gold), _numbers(answer)
    if golds is None or answers is None or len(golds) != len(answers):
        return None
    for element in answers:
        if not any(_may_be(each, element) for each in golds):
            return f"{_shown(element)} is not {' or '.join(map(_shown, golds))}, however it is rounded"
    return None


def _numbers(side: str) -> list[mpmath.mpf] | None:
    """The values of a number, or of several in a set or list; None where anything else stands there."""
    if _AMBIGUOUS.search(side) and "\\" not in side:
        return None
    text = side.strip().replace("\\{", "(").replace("\\}", ")")
    if text[:1] in ("(", "[") and text[-1:] in (")", "]"):
        text = text[1:-1]
    parts = text.split(",")
    if len(parts) > MOST_ELEMENTS or _TIGHT_COMMA.search(text):
        return None
    nodes = [read(part) for part in parts]
    values = [None if node is None or _has_degrees(node) else real_value(node) for node in nodes]
    return None if None in values else values


def _has_degrees(node: Node) -> bool:
    return node.text == "degree" or any(map(_has_degrees, node.parts))


def _may_be(gold: mpmath.mpf, answer: mpmath.mpf) -> bool:
    """Whether both may stand for the same number in one unit or another, more or less rounded."""
    if gold == 0 or answer == 0:
        return bool(gold == answer)
    if mpmath.sign(gold) != mpmath.sign(answer):
        return False
    ratio = max(gold / answer, answer / gold)
    tens = mpmath.log10(ratio)
    if abs(tens - mpmath.nint(tens)) < mpmath.log10(1 + NEAR):
        return True
    return any(abs(ratio / factor - 1) < NEAR for factor in FACTORS)


def _shown(value: mpmath.mpf) -> str:
    return str(mpmath.nstr(value, 6, strip_zeros=True)).removesuffix(".0")
