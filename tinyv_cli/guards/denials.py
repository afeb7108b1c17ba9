"""Answers that say what the answer is not."""

import re

from tinyv_cli.guards.claim import Claim, either
from tinyv_cli.maths.denials import DENYING, denied, without_denied
from tinyv_cli.maths.kinds import Kind

_BEFORE_NOT = (
    r"(?:the|correct|final|answer|result|value|it|this|that|is|are|was|be|definitely|certainly|surely|clearly"
    r"|absolutely|probably|ce|la|el|die|das|es|antwort|respuesta|réponse|ist|答案|它|[a-z])[\s=:,]{1,3}"
)
_STARTS_WITH_NOT = re.compile(rf"\W{{0,4}}(?:{_BEFORE_NOT}){{0,6}}(?:{DENYING})")
_DENIES = either(
    r"\b(?:not?|non|never|none|neither|nor|cannot|can't|un\w+|without|except|doesn't|isn't|wrong|false|incorrect)\b",
    r"\b(?:nicht|kein\w*|pas)\b|[不非无错]",
    r"≠|\\n(?:eq?|ot|eg)(?![a-z])|!=",
)
_MOST_WORDS_DENIED, _MOST_CHARS_MORE = 6, 6
# Kinds whose golds can be said by what they are not: x ≠ 2 is an interval, "not even" is odd.
_SAID_BY_DENYING = frozenset({Kind.TEXT, Kind.SET, Kind.INTERVAL})


def is_denial(claim: Claim) -> bool:
    """It says that the answer is not the gold, or only what it is not. To deny a rival is another matter."""
    parts = denied(claim.normal)
    if not parts:
        return False
    golds = [gold for gold in claim.asked.normal_golds if not _DENIES.search(gold)]
    left = without_denied(claim.normal)
    if any(_is_little_more(part, gold) and not _says(left, gold) for part in parts for gold in golds):
        return True
    if len(golds) < len(claim.asked.normal_golds) or claim.asked.kinds & _SAID_BY_DENYING:
        return False
    starts = _STARTS_WITH_NOT.match(claim.normal)
    if starts is None or any(_says(left, gold) for gold in golds):
        return False
    longest = max((len(gold.split()) for gold in golds), default=0)
    return len(claim.normal[starts.end() :].split()) <= max(_MOST_WORDS_DENIED, longest + 2)


def _says(text: str, gold: str) -> bool:
    """Whether the gold stands in a text by itself."""
    return bool(gold) and re.search(rf"(?<![\w.]){re.escape(gold)}(?![\w.]*\w)", text) is not None


def _is_little_more(text: str, gold: str) -> bool:
    """Whether the text is the gold, or hardly more; signs and spaces do not count."""
    said, wanted = ("".join(filter(str.isalnum, each)) for each in (text, gold))
    return bool(wanted) and wanted in said and len(said) <= len(wanted) + _MOST_CHARS_MORE
