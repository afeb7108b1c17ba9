"""4.1: formulas whose coefficients one side has worked out to many digits, and the other writes as they come."""

import re
from cmath import isfinite
from dataclasses import replace

from tinyv_cli.maths.balls import NoValueError
from tinyv_cli.maths.decimals import decimal
from tinyv_cli.maths.plain import plain
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.values import approximate
from tinyv_cli.proofs.search import Prove
from tinyv_cli.proofs.sides import Sides
from tinyv_cli.records import Proof, Step

FEWEST_DIGITS = 6  # of a coefficient that was worked out; with fewer, another formula may come near by chance
POINTS = (0.37, 0.83, 1.29, 1.71, 2.43)
NOISE = 1e-11  # relative: what plain arithmetic may be off in a formula of a few dozen operations
_LONG = re.compile(r"\d*\.\d{5}")


def evaluated(sides: Sides, prove: Prove) -> Proof | None:
    r"""4.1: `\frac{0.1 \cdot 0.7^5 e^{ax}}{7.8 x}` is `\frac{0.0021547 e^{ax}}{x}`, to the digits shown."""
    if not sides.policy.rounds or not sides.either(_LONG.search):
        return None
    gold, answer = sides.each(lambda side: read(plain(side).text))
    if gold is None or answer is None or gold.variables() != answer.variables() or len(gold.variables()) != 1:
        return None
    worked_out, other, text = (
        (gold, answer, sides.gold) if _LONG.search(sides.gold) else (answer, gold, sides.answer)
    )
    if not _agree(worked_out, other, *gold.variables()):
        return None
    said = f"the coefficients of {text}, worked out, to the digits that it shows"
    return Proof((Step("4.1", said, rounds=True),), sides.gold, sides.answer)


def _agree(worked_out: Node, other: Node, letter: str) -> bool:
    """Whether both have the same value at all points, as far as the digits of the coefficients reach."""
    moved = [_moved(worked_out, at) for at, _ in enumerate(_coefficients(worked_out))]
    try:
        for point in POINTS:
            at = {letter: point}
            first, second = approximate(worked_out, at), approximate(other, at)
            reach = sum(abs(approximate(each, at) - first) for each in moved) + NOISE * abs(first)
            if not (isfinite(first) and isfinite(second)) or abs(first - second) > reach:
                return False
    except (NoValueError, ArithmeticError, ValueError):
        return False
    return bool(moved)


def _coefficients(node: Node) -> list[Node]:
    """The decimals with so many digits that they were worked out."""
    return [each for each in node.walk() if each.kind == "number" and _is_long(each.text)]


def _is_long(text: str) -> bool:
    number = decimal(text) if "." in text else None
    return number is not None and number.significant >= FEWEST_DIGITS


def _moved(node: Node, which: int) -> Node:
    """The formula with one of its coefficients moved by half a unit of its last digit."""
    left = which

    def walked(each: Node) -> Node:
        nonlocal left
        if each.kind == "number" and _is_long(each.text):
            left -= 1
            return replace(each, text=f"{each.text}5") if left == -1 else each
        return replace(each, parts=tuple(map(walked, each.parts))) if each.parts else each

    return walked(node)
