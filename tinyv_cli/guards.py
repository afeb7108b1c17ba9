"""Refuse what cannot be an answer, so that no model is ever asked about it.

A model verifier can be fooled by replies that say nothing ("master keys", arXiv 2507.08794).
"""

import re
import unicodedata

from tinyv_cli.records import Answer

# Openers and fillers which that paper found to be scored as correct by model verifiers.
FILLERS = frozenset(
    {
        "thought process",
        "let's solve this problem step by step",
        "let's solve this step by step",
        "solution",
        "解",
        "かいせつ",
        "respuesta",
    }
)
_EMPTY_MARKUP = re.compile(r"\\(?:boxed|fbox|text|left|right)\b")
ANSWER_SYMBOLS = frozenset("∅∞")


def guard(answer: Answer) -> str | None:
    """Why this cannot be an answer, or None when a model may be asked about it."""
    if answer.text is None:
        return "no_answer"
    content = _EMPTY_MARKUP.sub("", answer.text)
    if not any(unicodedata.category(c)[0] in "LN" or c in ANSWER_SYMBOLS for c in content):
        return "no_content"
    if answer.text.strip(" .:,!*：。，").lower().replace("’", "'") in FILLERS:
        return "filler"
    return None
