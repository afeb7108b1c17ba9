"""What Math-Verify's libraries would work out anew for every answer, got sooner in the workers.

Which way through the grammar fits a text is found by `ways`. Remembered are

- `sympy.Number("12")`, for which sympy executes `from sympy import *`;
- `solve`, which an equation as gold needs once for every wrong equation.

And numbers come before algebra: two expressions whose values differ at a point are unequal, whatever
`simplify` makes of their difference, and an equation that a solution of the gold does not satisfy has other
solutions.

Each is a function of what it is remembered by, or follows from it, so no verdict changes; tests hold parses
and verdicts against those of the plain libraries.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

NUMBERS_KEPT = 10_000
SOLUTIONS_KEPT = 200

# Thousandths at which differences are evaluated, for each symbol another. Positive, since there most
# identities hold. Prose that is read as a product of its letters has more symbols than any formula.
POINTS = (2718, 3142, 4669, 1618, 5437, 6283, 7389, 8155, *range(1009, 9000, 97))
DIGITS = 15
CERTAIN = 1e-6  # far from what rounding, or Math-Verify's tolerance, makes of zero


def install() -> None:
    """Put all in place, in this process and those forked from it."""
    from antlr4.atn.ParserATNSimulator import ParserATNSimulator
    from latex2sympy2_extended.latex2sympy2 import PSParser, _Latex2Sympy
    from math_verify import grader

    from tinyv_cli.rules.ways import foreseeing, is_understood

    _Latex2Sympy.parse_number = _remembering_numbers(_Latex2Sympy.parse_number)
    if is_understood(PSParser.atn):
        ParserATNSimulator.adaptivePredict = foreseeing(ParserATNSimulator.adaptivePredict, PSParser.atn)
    grader.solve = _remembering_solutions(grader.solve)
    grader.sympy_symbolic_eq = _unless(_differ, grader.sympy_symbolic_eq)
    grader.sympy_solve_and_compare = _unless(_solved_otherwise, grader.sympy_solve_and_compare)


def _remembering_numbers(parse_number: Any) -> Any:
    """What a number is does not depend on the parser that reads it; sympy's numbers never change."""
    number = lru_cache(NUMBERS_KEPT)(lambda text: parse_number(None, text))
    return lambda _, text: number(text)


def _remembering_solutions(solve: Any) -> Any:
    """Solutions depend on the equation and its symbols. Math-Verify only reads them."""
    solutions = lru_cache(SOLUTIONS_KEPT)(lambda equation, symbols: solve(equation, set(symbols)))
    return lambda equation, symbols: solutions(equation, frozenset(symbols))


def _unless(refuted: Callable[[Any, Any], bool], equal: Any) -> Any:
    """The comparison, which need not be made where gold and answer are refuted."""

    def unless_refuted(gold: Any, answer: Any, *precision: int) -> bool:
        try:
            if refuted(gold, answer):
                return False
        except Exception:  # noqa: BLE001 - sympy can raise anything; then nothing is refuted
            pass
        return bool(equal(gold, answer, *precision))

    return unless_refuted


def _differ(gold: Any, answer: Any) -> bool:
    """Whether two expressions have other values at a point: `simplify` cannot make their difference zero."""
    from sympy import Expr

    return isinstance(gold, Expr) and isinstance(answer, Expr) and _is_not_zero(gold - answer, {})


def _solved_otherwise(gold: Any, answer: Any) -> bool:
    """Whether a solution of the gold does not satisfy the answer, so that `solve` finds another one for that.

    Math-Verify takes equations for equal where every solution of the one is one of the other.
    """
    from math_verify import grader
    from sympy import Eq

    if not (isinstance(gold, Eq) and isinstance(answer, Eq)):
        return False
    solutions = grader.solve(gold, gold.free_symbols)
    return bool(solutions) and _is_not_zero(answer.lhs - answer.rhs, solutions[0])


def _is_not_zero(expression: Any, solution: Mapping[Any, Any]) -> bool:
    """Whether the value at a point is not zero for certain; the solution says where it is in its symbols.

    Floats are left to Math-Verify, since what remains of their differences depends on the way of calculating.
    So is what sympy knows more of than that it is real or complex, and what has no value at this point.
    """
    from sympy import Float, Rational
    from sympy.core.function import AppliedUndef

    parts = (expression, *solution.values())
    if expression.is_Number or any(part.has(Float) for part in parts):
        return False
    free = set[Any]().union(*(part.free_symbols | part.atoms(AppliedUndef) for part in parts)) - set(solution)
    if any(each.is_integer is not None or each.is_positive is not None for each in free):
        return False
    ordered = sorted(free, key=str)
    point = {each: Rational(at, 1000) for each, at in zip(ordered, POINTS, strict=False)}
    # Functions of which nothing is known, such as the f(x) of f(x) = 2x, count as symbols.
    functions = {each: value for each, value in point.items() if not each.is_Symbol}
    point |= {
        each: value.xreplace(functions).evalf(2 * DIGITS, subs=point) for each, value in solution.items()
    }
    value = expression.xreplace(functions).evalf(DIGITS, subs=point)
    # A precision of 1 is how `evalf` says that it could not tell the value from zero.
    return bool(value.is_Float and value._prec > 1 and abs(value) > CERTAIN)
