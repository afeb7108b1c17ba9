"""Answers that do not commit themselves to one: the gold denied, one value beside others, the question again."""

import re
from collections import Counter
from fractions import Fraction

from tinyv_cli.guards.claim import Claim
from tinyv_cli.kinds import Kind

_NOT = (
    r"(?:not\b|(?:is|are|was|were|does|do|did|ca|wo)n[o']?'?t\b|cannot be\b|never\b|neither\b|anything (?:but|except|other than)\b"
    r"|everything (?:but|except)\b|all (?:but|except)\b|other than\b|unequal to\b|different from\b|by no means\b|≠|\\neq?(?![a-z])"
    r"|!=|/=|\\not(?![a-z])|¬|\\neg(?![a-z])|不是|不等于|并非|不为|no (?:es|son)\b|n'est pas\b|nicht\b|keinesfalls\b|ist nicht\b)"
)
_STARTS_WITH_NOT = re.compile(
    r"\W{0,4}(?:(?:the|correct|final|answer|result|value|it|this|that|is|are|was|be|definitely|certainly|surely|clearly"
    rf"|absolutely|probably|ce|la|el|die|das|es|antwort|respuesta|réponse|ist|答案|它|[a-z])[\s=:,]{{1,3}}){{0,6}}{_NOT}"
)
_SAID_TO_BE_WRONG = re.compile(
    r"\b(?:is|are|was|would be|seems)\s(?:definitely |certainly )?(?:wrong|incorrect|false|not (?:the |a )?(?:answer|solution"
    r"|correct|right|true|it)\b)|(?:是错的|不对|错误的?|不正确)\W*\Z"
)
_DENIES = re.compile(
    r"\b(?:not?|non|never|none|neither|nor|cannot|can't|un\w+|without|except|doesn't|isn't|nicht|kein\w*|pas|wrong|false"
    r"|incorrect)\b|≠|\\n(?:eq?|ot|eg)(?![a-z])|!=|[不非无错]"
)
_MOST_WORDS_DENIED, _MOST_CHARS_MORE = 6, 6
# Kinds whose golds can be said by what they are not: x ≠ 2 is an interval, "not even" is odd.
_SAID_BY_DENYING = frozenset({Kind.TEXT, Kind.SET, Kind.INTERVAL})

_SINGLE = frozenset(set(Kind) - {Kind.SET, Kind.INTERVAL, Kind.MATRIX})
_OR = r"\b(?:or else|or|oder|ou|either|maybe|perhaps|possibly|otherwise|alternatively)\b|或者?|还是"
_HEDGE = re.compile(
    r"\b(?:(?:the )?(?:final |correct )?answer (?:is|could be|may be|might be)|it (?:is|could be|may be|might be|can be)"
    r"|one of|any of|either|maybe|perhaps|possibly|probably|could be|even)\b:?|\\q?quad|\\[,;! ]|\$"
)
_HAS_OR = re.compile(_OR)
_BREAK = re.compile(
    rf"(?:\\text\s?)?\{{?\s?(?:{_OR})\s?\}}?|[;、；，\n|]|,(?=\s)|\s/\s|(?<=\d),(?=\d+,\d)|(?<=,\d),(?=\d)|(?<=,\d\d),(?=\d)|\bet\b|\bund\b|\band\b|&"
)
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:(?:,\\!|\{,\}|,)\d{3})+(?!\d)")
_VALUE = re.compile(
    r"\W{0,3}?([-−]?)\s*(?:\$|\\\$)?\s*(?:(\d+)\s+)?(?:(\d+)\s*/\s*(\d+)|\\[dt]?frac\s*\{(\d+)\}\s*\{(\d+)\}|(\d+(?:\.\d+)?|\.\d+))"
    r"\s*(\\?%)?\s*([a-z°'’\\{}( ]{0,30})(?:\^?\{?[23]\}?)?[\s.)\]}]*"
)
_MOST_CHARS = 400
_NEAR = Fraction(1, 50)
_LIST_GOLD = re.compile(r"[,;、|±]|\\pm|\b(?:or|and|to|between)\b|[或和到]|\d\s*[-–]\s*\d")
_OPEN_GOLD = re.compile(r"\\pm|±|\\?[lc]?dots|…|\.\.\.|\\mid|\||\\in|[a-z]\b|:")
_SHORT_PART_WORDS = 4
_ENOUGH_NUMBERS = 5
_NUMBERS_ONLY = re.compile(r"-?\d+(?:\.\d+)?")

_LEAST_RESTATED, _LEAST_LETTERS = 6, 20
_MUCH_OF_IT, _MOST_OF_IT = 0.6, 0.85
_SAYS_NOTHING = frozenset(
    "the a an is are was were be of in to and that this it for as by on with at we you i must need have has do does "
    "question problem asks asked says states find determine given following namely what how which".split()
)


def is_denial(claim: Claim) -> bool:
    """It says what the answer is not."""
    denied = _STARTS_WITH_NOT.match(claim.normal)
    if denied is None and not (len(claim.words) < 16 and _SAID_TO_BE_WRONG.search(claim.normal)):
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


def offers_several(claim: Claim) -> bool:
    """It offers values that differ, where the gold is one, or many more than a gold of several has."""
    if len(claim.text) > _MOST_CHARS or not claim.asked.kinds:
        return False
    if not _BREAK.search(claim.normal) and " " not in claim.normal:
        return False
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), claim.normal)
    parts = [part for part in (_HEDGE.sub(" ", part).strip(" .") for part in _BREAK.split(text)) if part]
    if len(parts) == 1 and Kind.SET not in claim.asked.kinds:
        return _is_row_of_numbers(parts[0], claim)
    if len(parts) < 2 or _joined_is_gold(claim):
        return False
    if claim.asked.kinds <= {Kind.SET}:
        return _more_than_the_set(len(parts), claim) and _more_than_the_set(len(distinct(parts)), claim)
    if not claim.asked.kinds <= _SINGLE or _is_list(claim):
        return False
    if claim.asked.kinds <= {Kind.CHOICE}:
        return len({part for part in parts if len(part.strip("()")) == 1}) == len(parts)
    values = list(map(_VALUE.fullmatch, parts))
    if None not in values:
        # 25 mm are 2.5 cm: values with different units may be the same.
        return len({found[8] for found in values if found and found[8]}) < 2 and len(distinct(parts)) > 1
    short = all(len(part.split()) <= _SHORT_PART_WORDS for part in parts)
    return bool(len(set(parts)) > 2 and short and _HAS_OR.search(text))


def _is_row_of_numbers(text: str, claim: Claim) -> bool:
    """Numbers with nothing but spaces between them; in threes of digits they are one."""
    numbers = text.split()
    return (
        len(set(numbers)) >= _ENOUGH_NUMBERS
        and all(_NUMBERS_ONLY.fullmatch(number) for number in numbers)
        and claim.asked.kinds <= _SINGLE
        and not _joined_is_gold(claim)
        and not all(len(number) == 3 for number in numbers[1:])
    )


def _joined_is_gold(claim: Claim) -> bool:
    """A number whose digits are written in groups."""
    digits = re.sub(r"\D", "", claim.normal)
    return any(digits == re.sub(r"\D", "", gold) for gold in claim.asked.golds)


def _is_list(claim: Claim) -> bool:
    if claim.asked.kinds <= {Kind.NUMBER, Kind.UNIT, Kind.EXPRESSION}:
        return False
    return any(_LIST_GOLD.search(gold) for gold in claim.asked.normal_golds)


def _more_than_the_set(count: int, claim: Claim) -> bool:
    return all(
        not _OPEN_GOLD.search(gold) and count > 2 * max(2, len(re.findall(r"\d+", gold)))
        for gold in claim.asked.normal_golds
    )


def _value(part: str) -> Fraction | None:
    """The number that this is, if it is plainly one."""
    found = _VALUE.fullmatch(part)
    if found is None:
        return None
    sign, whole, top, bottom, frac_top, frac_bottom, plain, percent, _ = found.groups()
    value = Fraction(plain) if plain else _ratio(top or frac_top, bottom or frac_bottom)
    if value is None:
        return None
    return (-1 if sign else 1) * (value + int(whole or 0)) / (100 if percent else 1)


def _ratio(top: str, bottom: str) -> Fraction | None:
    return Fraction(int(top), int(bottom)) if int(bottom) else None


def distinct(parts: list[str]) -> list[Fraction]:
    """The numbers among them that no other is near to: 0.33 is 1/3, rounded, and 50% is 0.5."""
    kept: list[Fraction] = []
    for value in map(_value, dict.fromkeys(parts)):
        if value is not None and not any(_same(value, other) for other in kept):
            kept.append(value)
    return kept


def _same(one: Fraction, other: Fraction) -> bool:
    return any(abs(one * scale - other) <= _NEAR * abs(other) for scale in (1, 100, Fraction(1, 100)))


def restates_question(claim: Claim) -> bool:
    """It has next to no word that the question has not, and it is too long for an answer."""
    words, asked = claim.words, claim.asked
    if len(words) < _LEAST_RESTATED or not asked.question:
        return False
    if sum(map(len, (word for word in words if word.isalpha()))) < _LEAST_LETTERS:
        return False
    if not all(word in asked.question_vocabulary or word in _SAYS_NOTHING for word in words):
        return False
    if (Counter(words) - Counter(asked.question_words)).keys() - _SAYS_NOTHING:
        return False
    said, question = (f" {' '.join(text)} " for text in (words, asked.question_words))
    golds = [gold for gold in asked.gold_words if gold in said]
    if any(said.endswith(gold) and not question.endswith(gold) for gold in golds):
        return False
    if not golds and said in question:
        return True
    wanted = _MOST_OF_IT if golds else _MUCH_OF_IT
    return len(words) >= wanted * len(asked.question_words) and len(words) > 2 * max(
        (len(gold.split()) for gold in golds), default=0
    )
