"""What a text says the answer is not: `not 5`, `7:4 is wrong`, `anything but B`.

All of it looks at small letters (`str.lower`), and at each character once.
"""

import re

# What stands before what is denied.
DENYING = "|".join(
    (
        r"(?<!or )(?<![a-z])not\b(?! (?:only|just|necessarily))",
        r"(?<![a-z])(?:never|neither|nor|cannot be|by no means)\b",
        r"(?:is|are|was|were|does|do|did|ca|wo)n[o']?'?t\b",
        r"(?:anything|everything|all) (?:but|except|other than)\b|other than\b|unequal to\b|different from\b",
        r"≠|!=|/=|¬|\\neq?(?![a-z])|\\not(?![a-z])|\\neg(?![a-z])",
        r"不是|不等于|并非|不为|而非|no (?:es|son)\b|n'est pas\b|nicht\b|keinesfalls\b",
    )
)
_AHEAD = re.compile(
    rf"(?:{DENYING})[\s:]*+(?P<what>(?:\([^()]*\)|\.(?!\s|\Z)|(?<![a-z])b(?!ut\b)|(?<=[a-z])b|[^,;()。，；.b])*+)"
)
_WRONG = (
    r"(?:wrong|incorrect|false|invalid|extraneous|ruled out|rejected|excluded|impossible"
    r"|not (?:the |an? )?(?:(?:correct|right|valid|final|actual) )?"
    r"(?:answer|solution|correct|right|true|valid|it|possible)\b)"
)
_VERDICT = re.compile(
    r"(?:\\text\s{0,3}\{\s{0,3})?\b(?:is|are|was|were|would be|seems?)[\s~]{1,3}"
    r"(?:[a-z]{1,9}ly |just |also )?"
    rf"{_WRONG}"
    r"|(?:是错的|不对|错误的?|不正确)"
)
_LAST_CLAUSE = re.compile(r"[;()。；]|,\s|\bbut\b|\band\b|\bbecause\b|\bsince\b|\.\s|:\s")
_PRONOUNS = re.compile(r"\s*(?:it|this|that|which|the (?:answer|result|statement|claim|value)|so)?\s*")


def denied(text: str) -> tuple[str, ...]:
    """All that a text says not to be the answer. `which is wrong` denies whatever stands before.

    Where commas could belong to a list both are given: the part of it, and the whole.
    """
    found = []
    for each in _AHEAD.finditer(text):
        found += [each["what"], text[each.start("what") :]]
    start = 0
    for verdict in _VERDICT.finditer(text):
        before, start = text[start : verdict.start()], verdict.end()
        clause = _LAST_CLAUSE.split(before)[-1]
        found += [before] if _PRONOUNS.fullmatch(clause) else [clause, before]
    return tuple(dict.fromkeys(part.strip() for part in found if part.strip()))


def without_denied(text: str) -> str:
    """What is left of a text without what it denies, and without the words that deny it."""
    kept, start = [], 0
    for verdict in _VERDICT.finditer(text):
        before, start = text[start : verdict.start()], verdict.end()
        clause = _LAST_CLAUSE.split(before)[-1]
        kept.append("" if _PRONOUNS.fullmatch(clause) else before.removesuffix(clause))
    return _AHEAD.sub(" ", " ".join((*kept, text[start:])))
