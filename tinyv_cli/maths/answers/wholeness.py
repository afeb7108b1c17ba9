"""Whether a text is an answer by itself, whole, or breaks off."""

import re

from tinyv_cli.maths.answers.plain import is_open

MOST_CHARS = 80

_REASONING = re.compile(
    r"\b(?:because|since|wait|let's|let me|let us|therefore|so we|we (?:have|need|can|get|know|first)|first,"
    r"|if we|hmm|but then)\b",
    re.IGNORECASE,
)
# No answer ends in one of these: what should follow was cut off.
_BROKEN = re.compile(
    r"(?:\b(?:the|an|of|is|are|was|were|and|or|to|for|in|on|at|by|with|that|this|these|those|than|as"
    r"|from|so|we|if|when"
    r"|because|since|then|which|where|equal|equals|its|our|answer|need|let|using|into|be|will|can|have"
    r"|has|must|would|should"
    r"|all|any|each|every|both|either|such|between|per|indeed|its|their|there|what|how|after|during"
    r"|until|through|while)"
    r"|\b(?:i\.e|e\.g)\.?|[A-Za-z]{2}(?:\.\.\.|…)|(?:相当于|等于|得到|所以|因为|由于|[则即为是和与当将把由])|\s[<>]"
    r"|\s[-+×*/=]\s\$|[-=+×·*/^∫(\[{≈\\,:：，、]|(?<!\d)&|\\(?:cdot|times|frac|sqrt|left|approx|leq?|geq?"
    r"|text|quad|begin))\s*\Z",
)


def is_whole_answer(text: str) -> bool:
    """Whether the text is one short line that neither breaks off nor reasons."""
    if not text or len(text) > MOST_CHARS or "\n" in text.strip():
        return False
    return not breaks_off(text) and _REASONING.search(text) is None


def breaks_off(line: str) -> bool:
    """Whether the line ends inside brackets or a formula, or with a word that another has to follow."""
    return is_open(line) or _BROKEN.search(line[-40:]) is not None
