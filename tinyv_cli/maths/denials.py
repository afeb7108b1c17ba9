"""What a text says the answer is not: `not 5`, `7:4 is wrong`, `anything but B`.

All of it looks at small letters (`str.lower`).
"""

import re

_NOT = "|".join(
    (
        r"(?<!or )(?<!whether or )not\b(?! (?:only|just|necessarily))|never\b|neither\b|nor\b|cannot be\b|by no means\b|"
        r"(?:is|are|was|were|does|do|did|ca|wo)n[o']?'?t\b",
        r"(?:anything|everything|all) (?:but|except|other than)\b|other than\b|unequal to\b|different from\b",
        r"rather than\b|instead of\b|≠|!=|/=|¬|\\neq?(?![a-z])|\\not(?![a-z])|\\neg(?![a-z])",
        r"不是|不等于|并非|不为|而非|no (?:es|son)\b|n'est pas\b|nicht\b|keinesfalls\b",
    )
)
_WRONG = (
    r"(?:wrong|incorrect|false|invalid|extraneous|ruled out|rejected|excluded|impossible"
    r"|not (?:the |an? )?(?:(?:correct|right|valid|final|actual) )?(?:answer|solution|correct|right|true|valid|it|possible)\b)"
)
_DENIED_AHEAD = re.compile(
    rf"(?:{_NOT})[\s:]*(?:\\text\s*\{{\s*)?(?P<what>(?:\([^()]*\)|[^,;()。，；])*?)(?=[,;()。，；]|\.\s|\bbut\b|\Z)"
)
_DENIED_BEHIND = re.compile(
    rf"(?P<what>[^;()。；]*?)[\s}}]*(?:\\text\s*\{{\s*)?\b(?:is|are|was|were|would be|seems?)[\s~]+"
    rf"(?:definitely |certainly |clearly |plainly |just |also |simply )*{_WRONG}|(?P<that>.*?)(?:是错的|不对|错误的?|不正确)"
)
_CLAUSE = re.compile(r".*(?:,\s|\bbut\b|\band\b|\bbecause\b|\.\s|:\s)", re.DOTALL)
_PRONOUNS = re.compile(r"\s*(?:it|this|that|which|the (?:answer|result|statement|claim|value)|so)?\s*")


def denied(text: str) -> tuple[str, ...]:
    """All that a text says not to be the answer. `which is wrong` denies whatever stands before."""
    found = [each["what"] for each in _DENIED_AHEAD.finditer(text)]
    for each in _DENIED_BEHIND.finditer(text):
        what = each["what"] or each["that"] or ""
        clause = _CLAUSE.sub("", what)
        found.append(what if _PRONOUNS.fullmatch(clause) else clause)
    return tuple(part.strip() for part in found if part.strip())


def without_denied(text: str) -> str:
    """What is left of a text without what it denies, and without the words that deny it."""
    return _DENIED_BEHIND.sub(" ", _DENIED_AHEAD.sub(" ", text))
