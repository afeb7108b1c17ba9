"""Answers that say what the answer is not."""

import re

from tinyv_cli.guards.claim import Claim, either
from tinyv_cli.maths.kinds import Kind

_NOT = "|".join(
    (
        r"not\b|never\b|neither\b|cannot be\b|by no means\b|(?:is|are|was|were|does|do|did|ca|wo)n[o']?'?t\b",
        r"(?:anything|everything|all) (?:but|except|other than)\b|other than\b|unequal to\b|different from\b",
        r"≠|!=|/=|¬|\\neq?(?![a-z])|\\not(?![a-z])|\\neg(?![a-z])",
        r"不是|不等于|并非|不为|no (?:es|son)\b|n'est pas\b|nicht\b|keinesfalls\b",
    )
)
_BEFORE_NOT = (
    r"(?:the|correct|final|answer|result|value|it|this|that|is|are|was|be|definitely|certainly|surely|clearly"
    r"|absolutely|probably|ce|la|el|die|das|es|antwort|respuesta|réponse|ist|答案|它|[a-z])[\s=:,]{1,3}"
)
_STARTS_WITH_NOT = re.compile(rf"\W{{0,4}}(?:{_BEFORE_NOT}){{0,6}}(?:{_NOT})")
_SAID_TO_BE_WRONG = either(
    r"\b(?:is|are|was|would be|seems)\s(?:definitely |certainly )?(?:wrong|incorrect|false"
    r"|not (?:the |a )?(?:answer|solution|correct|right|true|it)\b)",
    r"(?:是错的|不对|错误的?|不正确)\W*\Z",
)
_DENIES = either(
    r"\b(?:not?|non|never|none|neither|nor|cannot|can't|un\w+|without|except|doesn't|isn't|wrong|false|incorrect)\b",
    r"\b(?:nicht|kein\w*|pas)\b|[不非无错]",
    r"≠|\\n(?:eq?|ot|eg)(?![a-z])|!=",
)
_MOST_WORDS, _MOST_WORDS_DENIED, _MOST_CHARS_MORE = 16, 6, 6
# Kinds whose golds can be said by what they are not: x ≠ 2 is an interval, "not even" is odd.
_SAID_BY_DENYING = frozenset({Kind.TEXT, Kind.SET, Kind.INTERVAL})


def is_denial(claim: Claim) -> bool:
    """It says what the answer is not."""
    denied = _STARTS_WITH_NOT.match(claim.normal)
    if denied is None and not (len(claim.words) < _MOST_WORDS and _SAID_TO_BE_WRONG.search(claim.normal)):
        return False
    rest = claim.normal[denied.end() :] if denied else ""
    if denied and any(_is_little_more(rest, gold) for gold in claim.asked.normal_golds):
        return True
    if any(_DENIES.search(gold) for gold in claim.asked.normal_golds):
        return False
    if denied is None:
        return True
    longest = max((len(gold.split()) for gold in claim.asked.normal_golds), default=0)
    return not claim.asked.kinds & _SAID_BY_DENYING and len(rest.split()) <= max(
        _MOST_WORDS_DENIED, longest + 2
    )


def _is_little_more(text: str, gold: str) -> bool:
    """Whether the text is the gold, or hardly more; signs and spaces do not count."""
    said, wanted = ("".join(filter(str.isalnum, each)) for each in (text, gold))
    return bool(wanted) and wanted in said and len(said) <= len(wanted) + _MOST_CHARS_MORE
