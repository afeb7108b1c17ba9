"""Show that an answer cannot be the gold: they are apart in every reading of either.

Sparingly: what is said here no model is asked about. Wherever a unit, a percentage, an angle, a rounded
number, a free constant or what the question leaves open could explain the difference, nothing is shown.
"""

from tinyv_cli.maths.readings import readings
from tinyv_cli.proofs.refuting.asked import asked_of
from tinyv_cli.proofs.refuting.judging import apart

MOST_CHARS = 600

__all__ = ["apart", "refute"]


def refute(question: str, gold: str, answer: str) -> str | None:
    """Why `answer` cannot be `gold`, in a sentence; None where it may be."""
    if max(len(gold), len(answer)) > MOST_CHARS:
        return None
    golds, answers = readings(gold, question), readings(answer, question)
    return apart(golds, answers, asked_of(question))
