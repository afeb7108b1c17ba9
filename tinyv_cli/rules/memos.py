"""Two things that Math-Verify's libraries work out anew for every answer, remembered in the workers.

Of the time of parsing an answer, half went into `adaptivePredict`: which way through the grammar fits the
tokens that follow, found with an automaton that ANTLR's Python runtime simulates and, where it has to look at
the whole context, does not remember. A quarter went into `sympy.Number("12")`, for which sympy executes
`from sympy import *`. Answers of the same shape, and the same numbers, come all the time.

Both are functions of what they are remembered by and of nothing else, so no verdict changes; a test holds the
workers' verdicts against those of plain calls without this.
"""

from functools import lru_cache
from typing import Any

WAYS_KEPT = 50_000
NUMBERS_KEPT = 10_000
DEFAULT_CHANNEL = 0


def install() -> None:
    """Put both in place, in this process and those forked from it."""
    from antlr4.atn.ParserATNSimulator import ParserATNSimulator
    from latex2sympy2_extended.latex2sympy2 import _Latex2Sympy

    _Latex2Sympy.parse_number = _remembering_numbers(_Latex2Sympy.parse_number)
    ParserATNSimulator.adaptivePredict = _remembering_ways(ParserATNSimulator.adaptivePredict)


def _remembering_numbers(parse_number: Any) -> Any:
    """What a number is does not depend on the parser that reads it; sympy's numbers never change."""
    number = lru_cache(NUMBERS_KEPT)(lambda text: parse_number(None, text))
    return lambda _, text: number(text)


def _remembering_ways(predict: Any) -> Any:
    """The way depends on the decision, the tokens' types from here on, the rules we are in, and precedence.

    Predicates on anything else, which a grammar may have, Math-Verify's has not.
    """
    ways: dict[Any, int] = {}

    def remembered(simulator: Any, tokens: Any, decision: int, context: Any) -> int:
        types = _types_ahead(tokens)
        if types is None:
            return int(predict(simulator, tokens, decision, context))
        key = (decision, types, _rules_around(context), simulator.parser.getPrecedence())
        if (way := ways.get(key)) is None:
            if len(ways) >= WAYS_KEPT:
                ways.clear()
            way = ways[key] = predict(simulator, tokens, decision, context)
        return way

    return remembered


def _types_ahead(tokens: Any) -> tuple[int, ...] | None:
    """Types of the tokens from here to the end; None for a text that cannot be read to its end."""
    if not hasattr(tokens, "all_types"):
        whole = _read_to_end(tokens)
        tokens.all_types = [token.type for token in tokens.tokens] if whole else None
        tokens.hidden = any(token.channel != DEFAULT_CHANNEL for token in tokens.tokens)
    if tokens.all_types is None or tokens.hidden:
        return None
    return tuple(tokens.all_types[tokens.index :])


def _read_to_end(tokens: Any) -> bool:
    """Whether the lexer gets to the end. If not, it stands where it stood: the parser may never go there."""
    characters = tokens.tokenSource.inputStream
    while not tokens.fetchedEOF:
        place = characters.index
        try:
            tokens.fetch(1)
        except Exception:  # noqa: BLE001 - raised again when the parser comes to this token, if it does
            characters.seek(place)
            return False
    return True


def _rules_around(context: Any) -> tuple[int, ...]:
    states = []
    while context is not None:
        states.append(context.invokingState)
        context = context.parentCtx
    return tuple(states)
