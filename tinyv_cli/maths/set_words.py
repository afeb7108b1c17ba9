"""Sets of real numbers in words, in signs: `all real x at least 2 and less than 5` is `x ≥ 2 and < 5`.

Only words that say one thing are known: `between 1 and 5` says nothing of the ends unless it is said to be
strict or inclusive. What words are left over make the text no set.
"""

import re

# Behind a number these words add to it or take away: 5 less than x.
_MORE = r"(?<!\d )(?:greater|more|larger|bigger|higher)"
_LESS = r"(?<!\d )(?:less|smaller|fewer|lower)"
_THAN, _OR_EQUAL = r"\s+than\b", r"\s+than\s+or\s+(?:is\s+)?equal\s+to\b"
_STRICTLY = r"(?:\bstrictly\s+)?"
_SIGNED = {
    "positive": "> 0",
    "negative": "< 0",
    "nonnegative": "≥ 0",
    "nonpositive": "≤ 0",
    "nonzero": "≠ 0",
}
_SIGN = r"(?P<sign>(?:non-?\s?)?(?:positive|negative)|non-?\s?zero)\b"
# all positive real numbers x; a > 3 and strictly negative
_OF_ONE_SIGN = re.compile(
    rf"{_STRICTLY}\b{_SIGN}(?:(?P<of>\s+reals?\b)?(?P<numbers>\s+(?:numbers?|values?)\b)?"
    r"\s+\$?(?P<name>\\?[A-Za-z])\$?(?![\w'])|(?:\s+reals?\b)?(?:\s+(?:numbers?|values?)\b)?(?!\s*\w))",
    re.IGNORECASE,
)
_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (rf"{_MORE}{_OR_EQUAL}|\b(?:not|no)\s+{_LESS}{_THAN}|\bat\s+least\b", " ≥ "),
        (rf"{_LESS}{_OR_EQUAL}|\b(?:not|no)\s+{_MORE}{_THAN}|\bat\s+most\b", " ≤ "),
        (rf"{_STRICTLY}{_MORE}{_THAN}|\bexceeds?\b", " > "),
        (rf"{_STRICTLY}{_LESS}{_THAN}", " < "),
        (
            r"\b(?:(?:is|are)\s+not\s+(?:equal\s+to\s+)?|not\s+equal\s+to\s+|does(?:n't| not)\s+equal\s+)",
            " ≠ ",
        ),
        (r"\bstrictly\s+between\s+(\S+)\s+and\s+(\S+)", r" > \1 and < \2 "),
        (r"\bbetween\s+(\S+)\s+and\s+(\S+?),?\s+\(?exclusive\)?(?=\s*\Z)", r" > \1 and < \2 "),
        (r"\bbetween\s+(\S+)\s+and\s+(\S+?),?\s+\(?inclusive\)?(?=\s*\Z)", r" ≥ \1 and ≤ \2 "),
        (
            r",?\s*\b(?:except(?:ing)?|excluding|but\s+not|other\s+than)\b(?:\s+(?:for|that|at|when|where)\b)?",
            " ∖ ",
        ),
        (r",?\s*\b(?:but|with|where|while|(?:and\s+)?such\s+that|for\s+which|satisfying)\b", " , "),
    )
)
# What may stand around a condition, and says nothing more than that its numbers are meant.
_AROUND = re.compile(
    r"(?<![A-Za-z\\])(?:all|every|any|each|an?\s+real\s+number|the|set|of|reals?|numbers?|values?|range|exactly"
    r"|precisely|always|is|are|must|be|lies?|can|has\s+to|should|that|which|for)(?![A-Za-z])",
    re.IGNORECASE,
)
_RELATION = re.compile(r"[<>≤≥≠]|\\(?:[lg]eq?(?:slant|q)?|[lg]t|neq?)(?![A-Za-z])|!=")
_MAY_BE_WORDS = re.compile(
    r"\b(?:than|least|most|between|except\w*|excluding|exceeds?|positive|negative|non-?\w+|not|all|every|any"
    r"|with|but|such|where|for|real|reals|is|that)\b",
    re.IGNORECASE,
)


def in_signs(text: str) -> str:
    """The text with signs for what it says of a set in words; signs that stand there stay."""
    if not _MAY_BE_WORDS.search(text):
        return text
    for words, sign in _WORDS:
        text = words.sub(sign, text)
    text = _OF_ONE_SIGN.sub(_in_a_sign, text)
    parts = (_AROUND.sub(" ", part) if _RELATION.search(part) else part for part in text.split("∖"))
    return "∖".join(parts)


def _in_a_sign(found: re.Match[str]) -> str:
    kind = re.sub(r"[\s-]", "", found["sign"].lower())
    return f" {found['name'] or ''} {_SIGNED[kind]} "
