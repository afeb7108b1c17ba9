"""2.5: the marks between digits: a comma for the point, groups of three."""

import re

from tinyv_cli.maths.forms import number, outline
from tinyv_cli.maths.questions import wants_one_set
from tinyv_cli.maths.signs import IN_BRACES, NO_BREAK, TIGHTENED, between_groups, grouped
from tinyv_cli.proofs.search import Prove, after, rewritten
from tinyv_cli.proofs.sides import Pair, Sides, alike, compact, value
from tinyv_cli.records import Proof

_COMMA = re.compile(r"(?P<whole>[-+]?\d+)(?:,|\{,\})(?P<rest>\d{1,2}|\d{4,})")
_MAY_BE_COMMA = re.compile(r"\d(?:,|\{,\})\d")
_POINT = re.compile(r"[-+]?\d+\.\d+")


def decimal_comma(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `3,14` is 3.14, where the other side is such a number and so no list of two."""
    if not sides.either(_MAY_BE_COMMA.search):
        return None
    gold, answer = sides.each(outline)
    if (found := _COMMA.fullmatch(answer)) and number(gold) is not None:
        rest = prove(gold, f"{found['whole']}.{found['rest']}")
    elif (found := _COMMA.fullmatch(gold)) and _POINT.fullmatch(answer) and not wants_one_set(sides.question):
        rest = prove(f"{found['whole']}.{found['rest']}", answer)
    else:
        return None
    return after("2.5", f"the comma in {found[0]} as a decimal point", rest)


# A thin space or a comma in braces only groups digits; a bare comma does so where nothing else is listed.
_THIN_MARKS = (IN_BRACES, r",?\\[,!:; ]", TIGHTENED, "'", NO_BREAK)
_GROUPED = re.compile(rf"(?<![\d.,]){grouped(*_THIN_MARKS)}(?!\d)")
_GROUPED_WHOLE = re.compile(
    rf"(?P<sign>[-+]?\s*\\?\$?\s*)(?P<digits>{grouped(',')}|{grouped(' ')})(?P<tail>[^\d,;][^,;]*)?"
)
_MAY_BE_GROUPED = re.compile(between_groups("[ ,]", *_THIN_MARKS, r",?\\."))
_MARKS = re.compile(r"\\[,!:; ]|\D")


def grouped_digits(sides: Sides, prove: Prove) -> Proof | None:
    """2.5: `1,234` and `1 234` are 1234."""
    if not sides.either(_MAY_BE_GROUPED.search):
        return None
    return rewritten("2.5", "digits no longer in groups of three", sides, prove, _without_groups)


def _without_groups(text: str) -> str:
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
