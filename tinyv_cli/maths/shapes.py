r"""In which form an answer stands, and whether it is the one that a question asks for.

`\frac{4}{6}` is two thirds, but not in lowest terms; `(x-1)(x+1)` is factored, `x^2-1` expanded. A form
counts only where the gold has it: what a question asks for and the gold does not give can't be held against
an answer.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from math import gcd, isqrt

from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.questions import Form, form_asked
from tinyv_cli.maths.reading import Node, read

_SCIENTIFIC = re.compile(
    r"(?<![\d.])[1-9](?:\.\d+)?\s*(?:(?:\\cdot|\\times|[*×x·])\s*10\s*(?:\^|\*\*)|[eE][-+]?\d)"
)
_PERCENT = re.compile(r"%|\bper\s?cent\b", re.IGNORECASE)
_QUOTIENT = re.compile(r"/|frac")
_MIXED = re.compile(r"(?<![\d.^{])\d+\s*(?:\\[dt]?frac|\s\d+\s*/)")

Forms = dict[str, Callable[[str], bool]]


def is_in_form(question: str, gold: str, answer: str) -> bool:
    """Whether an answer that is equal to the gold has each form that is asked for and the gold has."""
    return _agree(FORMS, question, gold, answer)


_QUOTIENT = re.compile(r"(\d+)\s*/\s*(\d+)|\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}")


def _same_quotient(gold: str, answer: str) -> bool:
    """Whether the last fraction of each has the same numerator and denominator, if both have one."""
    last = [found[-1] for side in (gold, answer) if (found := _QUOTIENT.findall(plain(side).text))]
    return len({tuple(filter(None, each)) for each in last}) < 2


def is_spelt_in_form(question: str, gold: str, answer: str) -> bool:
    """Whether both are given as the question asks: in forms that proofs take apart on their way."""
    if form_asked(question).unreduced and not _same_quotient(gold, answer):
        return False
    return _agree(SPELLINGS, question, gold, answer)


def _agree(forms: Forms, question: str, gold: str, answer: str) -> bool:
    form = form_asked(question)
    return form == NO_FORM or all(
        _has(seen, answer) for name, seen in forms.items() if getattr(form, name) and _has(seen, gold)
    )


NO_FORM = Form()


@lru_cache(maxsize=2048)
def _has(seen: Callable[[str], bool], side: str) -> bool:
    return seen(side)


def _fraction(side: str) -> bool:
    r"""`\frac{2}{3}`: a fraction of whole numbers in lowest terms, or a whole number."""
    node = read(side)
    if node is None:
        return False
    node = _unsigned(node)
    return (node.kind == "number" and "." not in node.text) or (_is_quotient(node) and _is_reduced(node))


def _reduced(side: str) -> bool:
    """No fraction of whole numbers that can be reduced, no root of what has a square in it."""
    node = read(side)
    return node is not None and all(_is_reduced(each) and not _has_a_square(each) for each in node.walk())


def _factored(side: str) -> bool:
    """A product of two sums or more, or of a letter and a sum, or a power of a sum, and no sum itself."""
    node = read(side)
    return node is not None and _count_of_factors(node) > 1


def _expanded(side: str) -> bool:
    """No product with a sum in it, and no power of a sum."""
    node = read(side)
    return node is not None and not any(
        each.kind in ("multiply", "power") and any(map(_is_sum, each.parts)) for each in node.walk()
    )


def _mixed(side: str) -> bool:
    return _MIXED.search(plain(side).text) is not None


def _scientific(side: str) -> bool:
    return _SCIENTIFIC.search(plain(side).text) is not None


def _no_percent(side: str) -> bool:
    """No percentage alone: `37/50 (74%)` says both."""
    return _PERCENT.search(side) is None or _QUOTIENT.search(side) is not None


FORMS: Forms = {
    "fraction": _fraction,
    "reduced": _reduced,
    "factored": _factored,
    "expanded": _expanded,
}
# `unreduced` is a matter of both sides, see `_same_quotient`.
SPELLINGS: Forms = {"mixed": _mixed, "scientific": _scientific, "fraction": _no_percent}


def _unsigned(node: Node) -> Node:
    while node.kind == "negative":
        node = node.parts[0]
    return node


def _is_quotient(node: Node) -> bool:
    return node.kind == "divide" and all(_whole(_unsigned(part)) is not None for part in node.parts)


def _whole(node: Node) -> int | None:
    return int(node.text) if node.kind == "number" and node.text.isdigit() and len(node.text) < 30 else None


def _is_reduced(node: Node) -> bool:
    if not _is_quotient(node):
        return True
    above, below = (_whole(_unsigned(part)) or 0 for part in node.parts)
    return gcd(above, below) == 1 and below != 1


def _has_a_square(node: Node) -> bool:
    number = _whole(node.parts[0]) if node.kind == "sqrt" else None
    return number is not None and any(
        number % (each * each) == 0 for each in range(2, min(isqrt(number), 10**4) + 1)
    )


def _is_sum(node: Node) -> bool:
    node = _unsigned(node)
    return node.kind in ("add", "subtract") and bool(node.variables())


def _count_of_factors(node: Node) -> int:
    """How many factors with letters stand beside each other, each as often as its power says."""
    node = _unsigned(node)
    if node.kind == "multiply":
        return sum(map(_count_of_factors, node.parts))
    if node.kind == "power" and node.parts[1].kind == "number" and node.variables():
        return min(_whole(node.parts[1]) or 1, 99)
    return int(bool(node.variables()))
