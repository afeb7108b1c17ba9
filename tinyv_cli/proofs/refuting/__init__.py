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
    r"\b(?:let me know|(?:anything|something) else|if you(?:'d| would)? (?:like|need|want|have)|feel free"
    r"|help you with"
    r"|(?:would|do) you like me|hope this helps|walk (?:you )?through"
    r"|(?:need|require)s? more (?:specific )?information"
    r"|please provide)\b",
    re.IGNORECASE,
)


_BUT = re.compile(r"\b(?:but|however|still|although|though|nevertheless)\b|但", re.IGNORECASE)
MOST_WORDS = 20  # a longer text may say more than that


def is_remark(text: str) -> bool:
    """Whether a short text is only said to the reader: no figure, no formula, nothing taken up by a `but`."""
    if _REMARK.search(text) is None or any(map(str.isdigit, text)) or "=" in text:
        return False
    return len(text.split()) <= MOST_WORDS and _BUT.search(text) is None


def refute(question: str, gold: str, answer: str) -> str | None:
    """Why `answer` cannot be `gold`, in a sentence; None where it may be."""
    if max(len(gold), len(answer)) > MOST_CHARS:
        return None
    if is_remark(answer) and not is_remark(gold) and gold.strip().casefold() not in answer.casefold():
        return "a remark to the reader, and no answer"
    golds, answers = readings(gold, question), readings(answer, question)
    return apart(golds, answers, asked_of(question))
