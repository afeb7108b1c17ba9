"""Where a proof may end: both sides are the same text, or expressions with the same values."""

import re

from tinyv_cli.proofs.reading import read
from tinyv_cli.proofs.values import same_value
from tinyv_cli.rules.exact import normalised

# Letters alone are words, names of points, or choices; as products CAD and DAC would be the same.
_LETTERS_ALONE = re.compile(r"[^\W\d_]{2,}")
# What dropping space and folding characters would lose: 2 1/2 is not 21/2, 2⁵ not 25, 0.3... not 0.3.
_LOST = re.compile(r"\d(?=\s+\d)|[⁰¹²³⁴-⁹⁻½⅓⅔¼¾]|\.\.+|…|\A\s*~")


def same(gold: str, answer: str) -> bool:
    """Whether both are the same as they stand: to the letter but for spacing, or in value."""
    return same_text(gold, answer) or bool(same_values(gold, answer))


def same_text(gold: str, answer: str) -> bool:
    """Spacing, delimiters of formulas and sizes of brackets say nothing."""
    return normalised(gold) == normalised(answer) != "" and _LOST.findall(gold) == _LOST.findall(answer)


def same_values(gold: str, answer: str) -> bool | None:
    """Whether both are expressions with the same values; None where that cannot be told."""
    if _LETTERS_ALONE.fullmatch(gold) or _LETTERS_ALONE.fullmatch(answer):
        return None
    expressions = read(gold), read(answer)
    if None in expressions:
        return None
    return same_value(*expressions)
