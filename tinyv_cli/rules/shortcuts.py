"""What Math-Verify's libraries would work out anew for every answer, got sooner in the workers.

Which way through the grammar fits a text is found by `ways`. Remembered are

- `sympy.Number("12")`, for which sympy executes `from sympy import *`;
- `solve`, which an equation as gold needs once for every wrong equation.

And numbers come before algebra: two expressions whose values differ at a point are unequal, whatever
`simplify` makes of their difference, an equation that a solution of the gold does not satisfy has other
solutions, and a set with an element that differs from all of another is not that set.

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
CERTAIN_OF_FLOATS = 1e-3  # of the larger: what remains of floats depends on the way of calculating
MOST_ELEMENTS = 5  # of a set that are held against all of another


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
    grader.sympy_compare_sets = _unless(_have_other_elements, grader.sympy_compare_sets)


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

    return isinstance(gold, Expr) and isinstance(answer, Expr) and _are_apart(gold, answer, {})


def _solved_otherwise(gold: Any, answer: Any) -> bool:
    """Whether a solution of the gold does not satisfy the answer, so that `solve` finds another one for that.

    Math-Verify takes equations for equal where every solution of the one is one of the other.
    """
    from math_verify import grader
    from sympy import Eq

    if not (isinstance(gold, Eq) and isinstance(answer, Eq)):
        return False
    solutions = _stated(gold) or grader.solve(gold, gold.free_symbols)
    return bool(solutions) and _are_apart(answer.lhs, answer.rhs, solutions[0])


def _stated(equation: Any) -> list[dict[Any, Any]]:
    """The solution that an equation such as y = 2x states, for which nothing need be solved."""
    sides = ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs))
    return [{name: value} for name, value in sides if name.is_Symbol and name not in value.free_symbols][:1]


def _have_other_elements(gold: Any, answer: Any) -> bool:
    """Whether sets of other sizes, or an expression and a set, differ for certain: in an element of either.

    sympy would look for values of the symbols with which they are the same.
    """
    golds, answers = _elements(gold), _elements(answer)
    if not golds or not answers or len(golds) == len(answers):
        return False
    return any(
        all(_are_apart(each, other, {}) for other in others)
        for some, others in ((golds, answers), (answers, golds))
        for each in some[:MOST_ELEMENTS]
    )


def _elements(side: Any) -> tuple[Any, ...]:
    """The expressions in a finite set, or the one that is none; nothing where not all are expressions."""
    from sympy import Expr, FiniteSet

    elements = side.args if isinstance(side, FiniteSet) else (side,)
    return elements if all(isinstance(each, Expr) for each in elements) else ()


def _are_apart(first: Any, second: Any, solution: Mapping[Any, Any]) -> bool:
    """Whether the values at a point differ for certain; the solution says where it is in its symbols.

    Left to Math-Verify is what sympy knows more of than that it is real or complex, what has no value at this
    point, floats that are near each other, and floats in sums and integrals, which may take long.
    """
    from sympy import Float, Rational
    from sympy.concrete.expr_with_limits import ExprWithLimits
    from sympy.core.function import AppliedUndef

    parts = (first, second, *solution.values())
    has_floats = any(part.has(Float) for part in parts)
    if has_floats and any(part.has(ExprWithLimits) for part in parts):
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

    def value(expression: Any) -> Any:
        return expression.xreplace(functions).evalf(DIGITS, subs=point)

    apart = value(first - second)
    # A precision of 1 is how `evalf` says that it could not tell the value from zero.
    if not apart.is_Float or apart._prec <= 1 or abs(apart) <= CERTAIN:
        return False
    return not has_floats or bool(abs(apart) > CERTAIN_OF_FLOATS * max(abs(value(first)), abs(value(second))))
