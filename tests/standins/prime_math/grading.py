"""Two answers: alike as text, or else equal for sympy."""

import re
from math import isclose
from typing import Any

from sympy import N, simplify
from sympy.parsing.sympy_parser import (
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

from .limits import alarm, in_a_child

LIMIT_SECONDS = 10
REWRITES = [
    (r"\\text\{(.*?)\}", r"\1"),
    (r"\\left|\\right|\^ *\\circ|\\?%|\$", ""),
    (r"^[a-z] *= *", ""),
    (r"(\d) *(\\frac)", r"\1+\2"),
    (r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2"),
    (r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)"),
    (r"(?:cm|meter|degree|mile|hour)s?(?: *\^\d+)?", ""),
    (r"(\d),(\d{3})\b", r"\1\2"),
]
FRACTION = re.compile(r"-?\d+/\d+")
TUPLE = re.compile(r"[(\[][^()\[\]]*[)\]]")


def same_answer(given: str, gold: str) -> bool:
    """Tuples and intervals element by element, in order; numbers close to a multiple of pi count as it."""
    pi = r"\pi" in gold
    given, gold = normalised(given), normalised(gold)
    if given == gold:
        return True
    givens, golds = elements(given), elements(gold)
    if len(givens) == len(golds) and all(map(same_element, golds, givens)):
        return True
    return pi and close(given.replace(r"\pi", "pi"), gold.replace(r"\pi", "pi"))


def normalised(text: str) -> str:
    """Without markup, units and separators; 5.0 is 5."""
    for pattern, replacement in REWRITES:
        text = re.sub(pattern, replacement, text)
    text = text.strip().lower()
    return str(int(float(text))) if whole(text) else text


def whole(text: str) -> bool:
    """Whether this spells an integer."""
    try:
        return float(text).is_integer()
    except ValueError:
        return False


def elements(text: str) -> list[str]:
    """Of a tuple or an interval its parts."""
    return [part.strip() for part in text[1:-1].split(",")] if TUPLE.fullmatch(text) else [text]


def same_element(gold: str, given: str) -> bool:
    """Fractions must be reduced alike, and an integer must be written as one."""
    if FRACTION.fullmatch(gold) and FRACTION.fullmatch(given):
        return gold == given
    if whole(gold) != whole(given):
        return False
    try:
        return bool(equal_for_sympy(gold, given))
    except Exception as error:  # noqa: BLE001 - so it is there: whatever happens, the answer is wrong
        print(f"Error: {error} from equal_for_sympy, {gold}, {given}")
        return False


@in_a_child(LIMIT_SECONDS)
def equal_for_sympy(gold: str, given: str) -> bool:
    """Whether the difference of the two comes to nothing; more than two letters are not tried."""
    letters = set(filter(str.isalpha, (gold + given).replace("sqrt", "")))
    return len(letters) <= 2 and bool(simplify(parsed(f"({gold})-({given})")) == 0)


def parsed(text: str) -> Any:
    """The text as sympy reads it."""
    transformations = (*standard_transformations, implicit_multiplication_application)
    return parse_expr(text.replace("^", "**"), transformations=transformations)


def close(given: str, gold: str) -> bool:
    """Whether both are about the same number."""
    try:
        with alarm(LIMIT_SECONDS):
            return isclose(N(parsed(given)), N(parsed(gold)), rel_tol=1e-4)
    except Exception:  # noqa: BLE001 - see above
        return False
