"""Answers near a gold that are none, unless it is the same whatever stands in a place of it.

A rule that takes one for the gold, though it is shown to be another answer, has not read that place: so one
sees, of any rule, that it reads a gold in part only. Math-Verify reads `X**9/4 - 10*X**3 + C` as 10.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tinyv_cli.maths.kinds import Kind, kind_of

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=4096)  # asked twice of each gold, and copies follow each other
def near(gold: str) -> tuple[str, ...]:
    """The gold with another number in the place of its first and of its last, and the only one alone.

    Of a quantity the first alone: that a rule looks at no unit is no fault of a gold.
    """
    return tuple(dict.fromkeys(each for each in _near(gold.strip()) if each != gold.strip()))


def _near(gold: str) -> Iterator[str]:
    numbers = list(_NUMBER.finditer(gold))
    if not numbers or gold.isdigit():  # of a whole number nothing can be left out
        return
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        yield first[0]
    for number in [first] if kind_of(gold) is Kind.UNIT else [first, last]:
        yield gold[: number.start()] + _another(number[0]) + gold[number.end() :]


def _another(number: str) -> str:
    """So far from it that it is no rounded form: 2.75 becomes 3.75."""
    whole, point, digits = number.partition(".")
    return f"{int(whole) + 1}{point}{digits}"
