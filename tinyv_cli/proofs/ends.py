"""Where a proof may end: both sides are the same text, or expressions with the same values."""

import re

from tinyv_cli.proofs.reading import read
from tinyv_cli.proofs.values import same_value
from tinyv_cli.rules.exact import normalised

# Letters alone are words, names of points, or choices; as products CAD and DAC would be the same.
_LETTERS_ALONE = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_DIGITS_APART = re.compile(r"\d(?:\s|~|\\[,;:! ]|\\q?quad)+\d")


def same(gold: str, answer: str) -> bool:
    """Whether both are the same as they stand: to the letter but for spacing, or in value."""
    return same_text(gold, answer) or bool(same_values(gold, answer))


def same_text(gold: str, answer: str) -> bool:
    """Spacing, delimiters of formulas and sizes of brackets say nothing."""
    return normalised(gold) == normalised(answer) != "" and _runs(gold) == _runs(answer)


def _runs(text: str) -> list[str] | None:
    """The digits, kept apart where only a space parts them: `1 1/2` is not `11/2`; None where that is nowhere."""
    return _DIGITS.findall(text) if _DIGITS_APART.search(text) else None


def same_values(gold: str, answer: str) -> bool | None:
    """Whether both are expressions with the same values; None where that cannot be told."""
    if _LETTERS_ALONE.fullmatch(gold) or _LETTERS_ALONE.fullmatch(answer):
        return None
    expressions = read(gold), read(answer)
    if None in expressions:
        return None
    return same_value(*expressions)
