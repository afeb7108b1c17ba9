"""Category 3 of the taxonomy, expression: the same relation, written in another form."""

import re

from tinyv_cli.maths.questions import wants_a_form
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.values import same_relation
from tinyv_cli.proofs.ends import leaf_of_algebra
from tinyv_cli.proofs.search import Prove, Sides
from tinyv_cli.records import Proof, Step

_EQUATION = re.compile(r"(?P<left>[^=<>≤≥≠,;]+)=(?P<right>[^=<>≤≥≠,;]+)")
_LETTER = re.compile(r"[A-Za-z]")
# f(1), y(\frac{\pi}{6}) and g(x+1) may be values of functions, which are no products; w(w+1) is one.
_OPENED = r"(?:_\{?\w+\}?)?'*\s*(?:\\left)?\("
_NO_VARIABLE = r"\s*-?(?:\w+\s*(?:\\right)?|(?:[^()a-z\\]|\\[a-z]+)*)\)"
_APPLIED = re.compile(
    rf"(?<![A-Za-z\\])(?:([A-Za-w]){_OPENED}(?![^()]*(?<![A-Za-z\\])\1(?![A-Za-z]))|[xyz]{_OPENED}{_NO_VARIABLE})"
)


def equation(sides: Sides, prove: Prove) -> Proof | None:
    """3.1: `2x+4y=6` is `x+2y=3`, and `xy=6` is `y=6/x`: the same numbers solve both; or 3.2, 3.3."""
    if "=" not in sides.gold or "=" not in sides.answer or wants_a_form(sides.question):
        return None
    gold, answer = sides.each(_equation)
    if gold is None or answer is None or _says_a_value(gold) or _says_a_value(answer):
        return None
    ours, theirs = _difference(gold), _difference(answer)
    if not same_relation(ours, theirs):
        return None
    step = Step(leaf_of_algebra(ours, theirs), "the same equation, rearranged")
    return Proof((step,), sides.gold, sides.answer)


Equation = tuple[Node, Node]


def _equation(side: str) -> Equation | None:
    """Both sides of an equation that has any letters."""
    found = _EQUATION.fullmatch(side)
    if found is None or not _LETTER.search(side) or _APPLIED.search(side):
        return None
    left, right = read(found["left"]), read(found["right"])
    return None if left is None or right is None else (left, right)


def _difference(equation: Equation) -> Node:
    return Node("subtract", parts=equation)


def _says_a_value(equation: Equation) -> bool:
    """Whether it says what its only variable is, x=3: then 2x=6 is no answer, which says the same."""
    left, right = equation
    names = left.variables() | right.variables()
    return len(names) == 1 and any(side.kind == "variable" for side in equation)
