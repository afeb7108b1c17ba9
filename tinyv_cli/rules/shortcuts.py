"""What Math-Verify's libraries would work out anew for every answer, got sooner in the workers.

Remembered are

- `adaptivePredict`, which way through the grammar fits the tokens that follow: ANTLR's Python runtime
  simulates an automaton for it, and forgets what it found where it had to look at the whole context;
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

WAYS_KEPT = 50_000
NUMBERS_KEPT = 10_000
SOLUTIONS_KEPT = 200

# Thousandths at which differences are evaluated, for each symbol another. Positive, since there most
# identities hold. Prose that is read as a product of its letters has more symbols than any formula.
POINTS = (2718, 3142, 4669, 1618, 5437, 6283, 7389, 8155, *range(1009, 9000, 97))
DIGITS = 15
CERTAIN = 1e-6  # far from what rounding, or Math-Verify's tolerance, makes of zero

# What is known of a decision: by the type of the next token either the way, or more of these.
Ways = dict[int, Any]


def install() -> None:
    """Put all in place, in this process and those forked from it."""
    from antlr4.atn.ParserATNSimulator import ParserATNSimulator
    from latex2sympy2_extended.latex2sympy2 import _Latex2Sympy
    from math_verify import grader

    _Latex2Sympy.parse_number = _remembering_numbers(_Latex2Sympy.parse_number)
    ParserATNSimulator.adaptivePredict = _remembering_ways(ParserATNSimulator.adaptivePredict)
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


def _remembering_ways(predict: Any) -> Any:
    """The way depends on the decision, the rules we are in, precedence, and the tokens that it looks at.

    Predicates on anything else, which a grammar may have, Math-Verify's has not.
    """
    decisions: dict[Any, Ways] = {}
    learnt = 0

    def remembered(simulator: Any, tokens: Any, decision: int, context: Any) -> int:
        nonlocal learnt
        key = (decision, _rules_around(context), simulator.parser.getPrecedence())
        if (way := _known(decisions.get(key), tokens)) is None:
            types, way = _watched(tokens, lambda: predict(simulator, tokens, decision, context))
            if learnt == WAYS_KEPT:
                learnt = 0
                decisions.clear()
            learnt += 1
            _learn(decisions.setdefault(key, {}), types, way)
        return way

    return remembered


def _known(ways: Ways | None, tokens: Any) -> int | None:
    """Follow the tokens as far as a prediction from here would have to look, and no further."""
    place = tokens.index
    found: Ways | int | None = ways
    while isinstance(found, dict):
        tokens.sync(place)
        found = found.get(tokens.tokens[place].type)
        place += 1
    return found


def _watched(tokens: Any, predict: Callable[[], int]) -> tuple[list[int], int]:
    """The types of the tokens that the prediction looks at, and the way that it finds."""
    look, start = tokens.LA, tokens.index
    furthest = start

    def watching(offset: int) -> int:
        nonlocal furthest
        furthest = max(furthest, tokens.index + offset - 1)
        return int(look(offset))

    tokens.LA = watching
    try:
        way = predict()
    finally:
        del tokens.LA
    return [token.type for token in tokens.tokens[start : furthest + 1]], way


def _learn(ways: Ways, types: list[int], way: int) -> None:
    for token in types[:-1]:
        ways = ways.setdefault(token, {})
    ways[types[-1]] = way


def _rules_around(context: Any) -> tuple[int, ...]:
    states = []
    while context is not None:
        states.append(context.invokingState)
        context = context.parentCtx
    return tuple(states)


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
