"""Show that an answer cannot be the gold: they are apart in every reading of either.

Sparingly: what is said here no model is asked about. Wherever a unit, a percentage, an angle, a rounded
number, a free constant or what the question leaves open could explain the difference, nothing is shown.
"""

import re

from tinyv_cli.maths.readings import readings
from tinyv_cli.proofs.refuting.asked import asked_of
from tinyv_cli.proofs.refuting.judging import apart

MOST_CHARS = 600

__all__ = ["apart", "refute"]


# What is said to the reader once the answer is given, or where there is none.
_REMARK = re.compile(
    r"\b(?:let me know|(?:anything|something) else|if you(?:'d| would)? (?:like|need|want|have)|feel free|help you with"
    r"|(?:would|do) you like me|hope this helps|walk (?:you )?through|(?:need|require)s? more (?:specific )?information"
    r"|please provide|as an AI)\b",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Whether all that a text says is said to the reader, and it gives no value."""
    return _REMARK.search(text) is not None and not any(map(str.isdigit, text)) and "=" not in text


def refute(question: str, gold: str, answer: str) -> str | None:
    """Why `answer` cannot be `gold`, in a sentence; None where it may be."""
    if max(len(gold), len(answer)) > MOST_CHARS:
        return None
    if is_remark(answer) and not is_remark(gold):
        return "a remark to the reader, and no answer"
    golds, answers = readings(gold, question), readings(answer, question)
    return apart(golds, answers, asked_of(question))
