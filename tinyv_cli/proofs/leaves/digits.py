"""2.5: the marks between digits: a comma for the point, groups of three."""

import re

from tinyv_cli.maths.forms import number, outline
from tinyv_cli.maths.questions import wants_one_set
from tinyv_cli.maths.signs import IN_BRACES, NO_BREAK, TIGHTENED, between_groups, grouped
from tinyv_cli.proofs.search import Prove, after, rewritten
from tinyv_cli.proofs.sides import Pair, Sides, alike, compact, value
from tinyv_cli.records import Proof

_COMMA = re.compile(
    r"(?P<whole>[-+]?\d+)(?:,|\{,\})(?P<rest>\d{1,2}|\d{4,})(?=\Z|\s*(?:\\?%|\\text|[A-Za-z°$€£]))"
)
_MAY_BE_COMMA = re.compile(r"\d(?:,|\{,\})\d")
_POINT = re.compile(r"[-+]?\d+\.\d+(?=\Z|\s*[^\d\s,])")


def decimal_comma(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `3,14` is 3.14, where the other side is such a number and so no list of two."""
    if not sides.either(_MAY_BE_COMMA.search):
        return None
    gold, answer = sides.each(outline)
    in_gold, in_answer = _COMMA.match(gold), _COMMA.match(answer)
    if in_answer and number(gold) is not None:
        found, pair = in_answer, (gold, _pointed(in_answer, answer))
    elif in_gold and _POINT.match(answer) and _is_a_decimal(in_gold, gold, sides.question):
        found, pair = in_gold, (_pointed(in_gold, gold), answer)
    else:
        return None
    return after("2.5", f"the comma in {found[0]} as a decimal point", prove(*pair))


def _pointed(found: re.Match[str], text: str) -> str:
    return f"{found['whole']}.{found['rest']}{text[found.end() :]}"


_DECIMAL_COMMA = re.compile(r"(?<![\d,.{(\[])\d+(?:,|\{,\})(?:\d{1,2}|\d{4,})(?![\d,.)\]}])")
_SEVERAL = re.compile(
    r"\b(?:numbers|values|both|two|three|each|pairs?|which \w+s|what are|respectively|and the|roots|solutions"
    r"|list|coordinates|digits)\b",
    re.IGNORECASE,
)


# Who asks for both numbers has them in `27,93` and in `100,200`.
_WANTS_TWO = re.compile(
    r"\b(?:find|what|give|list|determine|compute|name|write)\b[^.?!]{0,40}\b(?:both|(?:the )?(?:two|three|four)) (?:\w+ )?"
    r"(?:numbers|primes|integers|values|solutions|roots|factors|sides|angles|ages|lengths|points|digits)\b"
    r"|\bordered pair\b|\bpair of\b|\bboth (?:numbers|values|roots|solutions|integers|primes)\b",
    re.IGNORECASE,
)
_ONE_COMMA = re.compile(r"\s*\$?-?\d+,\d+\$?\s*")


def joins_two_numbers(question: str, gold: str, answer: str) -> bool:
    """Whether both numbers are asked for, and one side has them while the other has a single one."""
    if "," not in gold + answer or not _WANTS_TWO.search(question):
        return False
    gold, answer = outline(gold), outline(answer)
    shorter, longer = (gold, answer) if _ONE_COMMA.fullmatch(answer) else (answer, gold)
    return _ONE_COMMA.fullmatch(longer) is not None and _ONE_NUMBER.fullmatch(shorter) is not None


_ONE_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _is_a_decimal(found: re.Match[str], gold: str, question: str) -> bool:
    """Whether a comma in the gold is a point: one number is asked for, or the question has such commas."""
    if _DECIMAL_COMMA.search(question) or found.end() < len(gold) or "{" in found[0]:
        return True
    return len(found["rest"]) > 1 and not (wants_one_set(question) or _SEVERAL.search(question))


# A thin space or a comma in braces only groups digits; a bare comma does so where nothing else is listed.
_THIN_MARKS = (IN_BRACES, r",?\\[,!:; ]", TIGHTENED, "'", NO_BREAK)
_GROUPED = re.compile(rf"(?<![\d.,]){grouped(*_THIN_MARKS)}(?!\d)")
_GROUPED_WHOLE = re.compile(
    rf"(?P<sign>[-+]?\s*\\?\$?\s*)(?P<digits>{grouped(',')}|{grouped(' ')})(?P<tail>[^\d,;][^,;]*)?"
)
_MAY_BE_GROUPED = re.compile(between_groups("[ ,.]", *_THIN_MARKS, r",?\\."))
# With both marks, or a mark twice, no other reading is left: 1.234,5 and 1.234.567.
_EUROPEAN = re.compile(
    r"(?P<whole>-?\d{1,3}(?:\.\d{3})+(?=,)|-?\d{1,3}(?:\.\d{3}){2,})(?:,(?P<rest>\d+))?"
    r"(?P<tail>(?:\s*[^\d\s.,].*)?)"
)
_MARKS = re.compile(r"\\[,!:; ]|\D")


def grouped_digits(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `1,234` and `1 234` are 1234."""
    if not sides.either(_MAY_BE_GROUPED.search):
        return None
    return rewritten("2.5", "digits no longer in groups of three", sides, prove, _without_groups)


def _without_groups(text: str) -> str:
    if european := _EUROPEAN.fullmatch(text.strip()):
        return f"{_MARKS.sub('', european['whole'])}.{european['rest'] or 0}{european['tail']}"
    text = _GROUPED.sub(lambda found: _MARKS.sub("", found[0]), text)
    whole = _GROUPED_WHOLE.fullmatch(text.strip().removeprefix("$").removesuffix("$"))
    if whole is None:
        return text
    return f"{whole['sign']}{_MARKS.sub('', whole['digits'])}{whole['tail'] or ''}"


_LIKE_A_DECIMAL_COMMA = re.compile(r"[-+]?\d+(?:\{,\}|,)\d+")
_LIKE_GROUPS = re.compile(grouped(",", IN_BRACES, r"\s", "'") + r"(?!\d)")


def looks_like_digit_marks(pair: Pair) -> bool:
    """2.5: `3.14` and `3,14`, `1,000` and `1000`."""
    if pair.one(_LIKE_GROUPS.search) and pair.same(_ungrouped):
        return True
    sides = pair.each(lambda side: side.replace("{,}", "."))
    values = [
        value(side.replace(",", ".") if _LIKE_A_DECIMAL_COMMA.fullmatch(side) else side) for side in sides
    ]
    return pair.one(_LIKE_A_DECIMAL_COMMA.fullmatch) and None not in values and alike(*map(str, values))


def _ungrouped(side: str) -> str:
    return compact(_LIKE_GROUPS.sub(lambda found: re.sub(r"\D", "", found[0]), side))
