"""Answers that offer one value beside others, so that one of them is right."""

import re
from fractions import Fraction

from tinyv_cli.guards.claim import Claim, either, words_of
from tinyv_cli.maths.kinds import Kind
from tinyv_cli.maths.signs import IN_BRACES, TIGHTENED, grouped

# Kinds of golds that are one value; of the others only sets are counted.
_SINGLE = frozenset(set(Kind) - {Kind.SET, Kind.INTERVAL, Kind.MATRIX})
_NUMERIC = frozenset({Kind.NUMBER, Kind.UNIT, Kind.EXPRESSION})

_OR = r"\b(?:or else|or|oder|ou|either|maybe|perhaps|possibly|otherwise|alternatively)\b|或者?|还是"
_HAS_OR = re.compile(_OR)
_BREAK = either(
    rf"(?:\\text\s?)?\{{?\s?(?:{_OR})\s?\}}?",
    r"[;、；，\n|&]|,(?=\s)|\s/\s|\b(?:and|et|und)\b",
    r"(?<=\d),(?=\d+,\d)|(?<=,\d),(?=\d)|(?<=,\d\d),(?=\d)",  # 1,2,3 but neither 1,234 nor 1,5
)
_HEDGE = either(
    r"\b(?:(?:the )?(?:final |correct )?answer (?:is|could be|may be|might be)"
    r"|it (?:is|could be|may be|might be|can be)|one of|any of|probably|could be|even)\b:?",
    r"\\q?quad|\\[,;! ]|\$",
)
_THOUSANDS = re.compile(rf"(?<![\d.]){grouped(TIGHTENED, IN_BRACES, ',')}(?!\d)")
_VALUE = re.compile(
    r"\W{0,3}?(?P<sign>[-−]?)\s*\\?\$?\s*(?:(?P<whole>\d+)\s+)?"
    r"(?:(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|\\[dt]?frac\s*\{(?P<over>\d+)\}\s*\{(?P<under>\d+)\}"
    r"|(?P<plain>\d+(?:\.\d+)?|\.\d+))"
    r"\s*(?P<percent>\\?%)?\s*(?P<unit>[a-z°'’\\{}( ]{0,30})(?:\^?\{?[23]\}?)?[\s.)\]}]*"
)
_MOST_CHARS = 400
_NEAR = Fraction(1, 50)  # 0.33 is 1/3, rounded
_LIST_GOLD = re.compile(r"[,;、|±]|\\pm|\b(?:or|and|to|between)\b|[或和到]|\d\s*[-–]\s*\d")
_OPEN_SET = re.compile(r"\\pm|±|\\?[lc]?dots|…|\.\.\.|\\mid|\||\\in|[a-z]\b|:")
_SHORT_PART_WORDS, _FEW_PARTS = 4, 2
_ENOUGH_NUMBERS, _DIGITS_OF_A_GROUP = 5, 3
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


def offers_several(claim: Claim) -> bool:
    """It offers values that differ, where the gold is one, or many more than a gold of several has."""
    kinds = claim.asked.kinds
    if not kinds or len(claim.text) > _MOST_CHARS:
        return False
    parts = _parts(claim.normal)
    if len(parts) < _FEW_PARTS or _joined_is_gold(claim) or _is_mixed_number(parts, claim):
        return False
    if kinds <= {Kind.SET}:
        return _are_too_many(len(parts), claim) and _are_too_many(len(_distinct(parts)), claim)
    if not kinds <= _SINGLE or _is_list(claim):
        return False
    if kinds <= {Kind.CHOICE}:
        return len(set(parts)) > 1 and all(len(part.strip("()")) == 1 for part in parts)
    values = [_VALUE.fullmatch(part) for part in parts]
    if None in values:
        return _is_list_with_or(parts, claim)
    # 25 mm are 2.5 cm: values with different units may be the same.
    return (
        len({found["unit"] for found in values if found and found["unit"]}) < 2 and len(_distinct(parts)) > 1
    )


def _parts(text: str) -> list[str]:
    """What the text offers, without words that leave it open; numbers with only spaces between them too."""
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    parts = [part for part in (_HEDGE.sub(" ", part).strip(" .") for part in _BREAK.split(text)) if part]
    if len(parts) != 1:
        return parts
    numbers = parts[0].split()
    in_threes = all(len(number) == _DIGITS_OF_A_GROUP for number in numbers[1:])
    listed = len(numbers) >= _ENOUGH_NUMBERS and not in_threes and all(map(_PLAIN.fullmatch, numbers))
    return numbers if listed else parts


def _joined_is_gold(claim: Claim) -> bool:
    """A number whose digits are written in groups."""
    digits = re.sub(r"\D", "", claim.normal)
    return bool(digits) and any(digits == re.sub(r"\D", "", gold) for gold in claim.asked.golds)


def _is_mixed_number(parts: list[str], claim: Claim) -> bool:
    """`10 and 1/2` is one number."""
    if len(parts) != _FEW_PARTS or _HAS_OR.search(claim.normal):
        return False
    whole, part = map(_value, parts)
    return whole is not None and part is not None and whole.denominator == 1 and 0 < part < 1


def _is_list(claim: Claim) -> bool:
    return not claim.asked.kinds <= _NUMERIC and any(map(_LIST_GOLD.search, claim.asked.normal_golds))


def _is_list_with_or(parts: list[str], claim: Claim) -> bool:
    """A gold beside two or more other short things; of one, it may be another name."""
    if len(set(parts)) <= _FEW_PARTS or not _HAS_OR.search(claim.normal):
        return False
    short = all(len(part.split()) <= _SHORT_PART_WORDS for part in parts)
    return short and any(f" {' '.join(words_of(part))} " in claim.asked.gold_words for part in parts)


def _are_too_many(count: int, claim: Claim) -> bool:
    """Whether they are more than twice what each gold has; of one that has no end nobody can say."""
    return all(
        not _OPEN_SET.search(gold) and count > 2 * max(_FEW_PARTS, len(re.findall(r"\d+", gold)))
        for gold in claim.asked.normal_golds
    )


def _distinct(parts: list[str]) -> list[Fraction]:
    """The numbers among them that no other is near to."""
    kept: list[Fraction] = []
    for value in map(_value, dict.fromkeys(parts)):
        if value is not None and not any(_same(value, other) for other in kept):
            kept.append(value)
    return kept


def _value(part: str) -> Fraction | None:
    """The number that this is, if it is plainly one."""
    found = _VALUE.fullmatch(part)
    if found is None:
        return None
    bottom = int(found["bottom"] or found["under"] or 1)
    if bottom == 0:
        return None
    value = Fraction(found["plain"] or found["top"] or found["over"]) / bottom + int(found["whole"] or 0)
    return (-value if found["sign"] else value) / (100 if found["percent"] else 1)


def _same(one: Fraction, other: Fraction) -> bool:
    """Whether they are equal, or a number and what it is rounded to."""
    if one.denominator == other.denominator == 1:
        return one == other
    return abs(one - other) <= _NEAR * abs(other)
