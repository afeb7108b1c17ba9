"""Category 3: the same value or relation in another form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from tinyv_cli.maths.domains import domain_of
from tinyv_cli.maths.questions import wants_a_form
from tinyv_cli.maths.reading import Node, read
from tinyv_cli.maths.realsets import in_one_spelling
from tinyv_cli.maths.relations import same_relation, same_up_to_a_positive_factor
from tinyv_cli.maths.values import exponent
from tinyv_cli.proofs.ends import leaf_of_algebra
from tinyv_cli.proofs.search import Prove
from tinyv_cli.proofs.sides import Pair, Sides, alike, said, value
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
    gold, answer = sides.each(_curve)
    if gold is None or answer is None:
        return None
    asks_for_a_value = sides.question.strip() and not _WANTS_AN_EQUATION.search(sides.question)
    if _says_a_value(gold) or (_says_a_value(answer) and not asks_for_a_value):
        return None
    ours, theirs = gold.difference, answer.difference
    if (gold.in_parts or answer.in_parts) and min(len(each.variables()) for each in (ours, theirs)) < 2:
        return None  # of one letter alone these are its values, solved for or not
    domain = domain_of(sides.question)
    if not same_relation(ours, theirs, domain):
        return None
    step = Step(leaf_of_algebra(ours, theirs, domain), "the same equation, rearranged")
    return Proof((step,), sides.gold, sides.answer)


_MORE_OR_LESS = re.compile(
    r"(?P<left>[^=<>≤≥≠,;]+)(?P<sign>[<>≤≥])(?P<right>[^=<>≤≥≠,;]+)"
)
_SIGNS = {"<": False, "≤": False, ">": True, "≥": True}


def inequality(sides: Sides, prove: Prove) -> Proof | None:
    """3.1: `x^2 - 3a < 0` is `3x^2 < 9a`: of several letters, times a positive number."""
    if not sides.both(_HINT.search) or wants_a_form(sides.question):
        return None
    gold, answer = sides.each(_less)
    if gold is None or answer is None or gold[1] != answer[1] or len(gold[0].variables()) < 2:
        return None
    domain = domain_of(sides.question)
    if not same_up_to_a_positive_factor(gold[0], answer[0], domain):
        return None
    step = Step(leaf_of_algebra(gold[0], answer[0], domain), "the same inequality, rearranged")
    return Proof((step,), sides.gold, sides.answer)


_HINT = re.compile(r"[<>≤≥]|\\[lg]eq?(?:slant|q)?(?![A-Za-z])")


def _less(side: str) -> tuple[Node, bool] | None:
    """What is less than nothing, and whether it may be nothing."""
    found = _MORE_OR_LESS.fullmatch(in_one_spelling(side))
    if found is None or _APPLIED.search(side):
        return None
    left, right = read(found["left"]), read(found["right"])
    if left is None or right is None:
        return None
    parts = (right, left) if _SIGNS[found["sign"]] else (left, right)
    return Node("subtract", parts=parts), found["sign"] in "≤≥"


_WANTS_AN_EQUATION = re.compile(r"\bequation|\bmodel|\brepresent|\bwrite\b|\bexpress|\bline\b", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|\\lor|\\text\s*\{\s*or\s*\})\s+")

Equation = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class _Curve:
    """Where one of several equations holds: where the product of their differences is 0."""

    equations: tuple[Equation, ...]

    @property
    def difference(self) -> Node:
        """What is 0 there."""
        return reduce(lambda a, b: Node("multiply", parts=(a, b)), map(_difference, self.equations))

    @property
    def in_parts(self) -> bool:
        """Whether it is said in several equations, or by absolute values that are equal."""
        return len(self.equations) > 1 or _of_absolute_values(self.equations[0])


def _curve(side: str) -> _Curve | None:
    equations = [_equation(part) for part in _OR.split(side)]
    return None if None in equations else _Curve(tuple(each for each in equations if each))


def _equation(side: str) -> Equation | None:
    """Both sides of an equation that has any letters."""
    found = _EQUATION.fullmatch(side)
    if found is None or not _LETTER.search(side) or _APPLIED.search(side):
        return None
    left, right = read(found["left"]), read(found["right"])
    return None if left is None or right is None else (left, right)


def _difference(equation: Equation) -> Node:
    """Of two absolute values the difference of their squares, which is a polynomial where they are of some."""
    if _of_absolute_values(equation):
        left, right = (Node("power", parts=(side.parts[0], Node("number", "2"))) for side in equation)
        return Node("subtract", parts=(left, right))
    return Node("subtract", parts=equation)


def _of_absolute_values(equation: Equation) -> bool:
    return all(side.kind == "abs" for side in equation)


def _says_a_value(curve: _Curve) -> bool:
    """Whether it says what its only variable is, x=3: then 2x=6 is no answer, which says the same."""
    left, right = curve.equations[0]
    names = left.variables() | right.variables()
    return len(curve.equations) == len(names) == 1 and "variable" in (left.kind, right.kind)


_TRUTH_VALUES = frozenset({"true", "false"})
_FUNCTION = re.compile(
    r"(?:\\|(?<![A-Za-z]))(?:(?:a(?:rc)?)?(?:sin|cos|tan|cot|sec|csc)h?|log|ln|lg|exp)(?![a-z])"
)
_ROOT = re.compile(r"\\sqrt|\b(?:sqrt|root)\(|\^\s*[{(]?\s*-?(?:\\frac|\d*\.\d|\w+\s*/)")
_OTHER_OPERATION = re.compile(
    r"\\(?:sum|prod|int|binom|lfloor|lceil|[bp]?mod|partial)|!|\|"
    r"|\b(?:sum|product|diff|int|binomial|factorial|abs|floor|mod|C)\("
)
_LOGIC = re.compile(r"\b(?:not|implies|xor|xnor)\b|\b[A-Z] (?:and|or)\b|\b(?:and|or) [A-Z]\b")


def is_irrational(side: str) -> bool:
    """Whether it has a root or a function such as the sine in it."""
    return bool(_ROOT.search(side) or _FUNCTION.search(side))


def _may_be_equal(pair: Pair) -> bool:
    """Whether both are formulas, and not two numbers that are far apart."""
    if pair.either(said) or pair.elements():
        return False  # of lists each element may be another matter
    return None in pair.each(value) or alike(pair.gold, pair.answer)


def looks_like_roots(pair: Pair) -> bool:
    r"""3.2: `2^{-2/3}` and `\frac{1}{\sqrt[3]{4}}`; but `1+\sqrt{2}` and `\sqrt{2}+1` have one root."""
    return _differ_in(pair, _ROOT, _is_root)


def looks_like_functions(pair: Pair) -> bool:
    r"""3.3: `\frac{\log 2}{\log 2-\log 3}` and `-\frac{\ln 2}{\ln 3-\ln 2}`."""
    return _differ_in(pair, _FUNCTION, lambda node: _FUNCTION.fullmatch(node.kind) is not None)


def _differ_in(pair: Pair, sign: re.Pattern[str], is_one: Callable[[Node], bool]) -> bool:
    """Whether one of both has such a part which the other has not, as far as they can be read."""
    if not pair.either(sign.search) or not _may_be_equal(pair):
        return False
    gold, answer = pair.each(read)
    if gold is None or answer is None:
        return True
    return set(filter(is_one, gold.walk())) != set(filter(is_one, answer.walk()))


def _is_root(node: Node) -> bool:
    power = exponent(node)
    return node.kind in ("sqrt", "root") or (power is not None and power.denominator > 1)


def looks_like_other_operations(pair: Pair) -> bool:
    r"""3.4: sums, factorials, remainders, absolute values, statements of logic."""
    if pair.either(_LOGIC.search):
        return not pair.either(lambda side: set(said(side)) - _TRUTH_VALUES)
    return pair.either(_OTHER_OPERATION.search) and _may_be_equal(pair)


def looks_like_algebra(pair: Pair) -> bool:
    r"""3.1: `\frac{1-p^2}{3}` and `\frac{-p^2+1}{3}`; equations and inequalities that were rearranged."""
    variable = pair.both(_LETTER.search) and pair.each(value) == (None, None)
    return (variable or pair.both(is_irrational)) and _may_be_equal(pair)
