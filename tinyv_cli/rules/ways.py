r"""Which way through a grammar fits a text, found at once where ANTLR learns it.

ANTLR predicts by simulating an automaton (ALL(*), doi.org/10.1145/2660193.2660202), state by state as texts
need them, and forgets what it found where it had to look at the context. In Python a LaTeX answer of a new
shape costs 10 to 500 ms of that, in every worker anew. Here it is first recognised, for every rule of the
grammar that a place comes to, at which places it can end; each is asked once. A way fits if the text can be
read to its end from there, and of those that fit ANTLR takes the first, too. A text that cannot be read at
all is refused at its first token.

Places are the bits of an integer, the first place the lowest, so that a step is taken from many at once.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from typing import Any

from antlr4.atn.Transition import Transition
from antlr4.error.Errors import NoViableAltException

Predict = Callable[[Any, Any, int, Any], int]
Call = tuple[int, int]  # of a rule, and how closely its operators have to bind
Found = tuple[int, dict[int, int]]  # the places of ends, and of the states on the way

LONG_LOOP = 16  # rounds
START, END_OF_RULE = 0, 7  # the first rule of a grammar, and what ANTLR calls a state of this kind
STEPS = frozenset({Transition.ATOM, Transition.SET, Transition.RANGE})
# Kinds of steps that are understood here. A grammar that asks code of its own is ANTLR's affair.
UNDERSTOOD = STEPS | {Transition.EPSILON, Transition.RULE, Transition.ACTION, Transition.PRECEDENCE}


def is_understood(atn: Any) -> bool:
    """Whether there are only steps in the grammar that depend on nothing but tokens and precedence."""
    return all(step.serializationType in UNDERSTOOD for state in atn.states for step in state.transitions)


@dataclass(frozen=True, slots=True)
class Moves:
    """What can be done in a state: end the rule, take a token of a set, or begin a rule and then go on."""

    ends: bool
    tokens: tuple[tuple[frozenset[int], int], ...]
    rules: tuple[tuple[Call, int], ...]


class Grammar:
    """What follows from a grammar alone, found when it is first needed; states and rules are numbers."""

    def __init__(self, atn: Any) -> None:
        self.atn = atn
        self.starts: list[int] = [state.stateNumber for state in atn.ruleToStartState]
        self.moves = cache(self._moves)
        self.first = cache(self._first)
        self.moves_by = cache(self._moves_by)
        self.options = cache(self._options)

    @cached_property
    def beginnings(self) -> list[tuple[frozenset[int], bool]]:
        """For each rule the tokens that it can begin with, and whether it can be empty."""
        found: list[tuple[frozenset[int], bool]] = [(frozenset(), False)] * len(self.starts)
        before: list[tuple[frozenset[int], bool]] = []
        while found != before:
            before = found
            found = [self._begins(start, before) for start in self.starts]
        return found

    def _begins(
        self, state: int, known: list[tuple[frozenset[int], bool]], precedence: int = 0
    ) -> tuple[frozenset[int], bool]:
        moves = self.moves(state, precedence)
        found, empty = set[int]().union(*(tokens for tokens, _ in moves.tokens)), moves.ends
        for (rule, _), then in moves.rules:
            found |= known[rule][0]
            if known[rule][1]:
                tokens, nothing = self._begins(then, known, precedence)
                found, empty = found | tokens, empty or nothing
        return frozenset(found), empty

    def _first(self, state: int, precedence: int) -> tuple[frozenset[int], bool]:
        """The tokens that can follow in the rule, and whether it can end without any."""
        return self._begins(state, self.beginnings, precedence)

    def _moves(self, state: int, precedence: int) -> Moves:
        ends, tokens, rules = False, [], []
        seen, left = {state}, [state]
        while left:
            at = self.atn.states[left.pop()]
            ends |= at.stateType == END_OF_RULE
            for step in () if at.stateType == END_OF_RULE else at.transitions:
                if step.serializationType == Transition.RULE:
                    rules.append(((step.ruleIndex, step.precedence), step.followState.stateNumber))
                elif step.serializationType in STEPS:
                    taken = frozenset(token for span in step.label.intervals for token in span)
                    tokens.append((taken, step.target.stateNumber))
                elif _is_open(step, precedence) and step.target.stateNumber not in seen:
                    seen.add(step.target.stateNumber)
                    left.append(step.target.stateNumber)
        return Moves(ends, tuple(tokens), tuple(rules))

    def _moves_by(self, state: int, token: int, precedence: int) -> tuple[list[int], list[tuple[Call, int]]]:
        """The states behind this token, and the rules that can begin with it, with what comes after them."""
        moves, begin = self.moves(state, precedence), self.beginnings
        return (
            [then for tokens, then in moves.tokens if token in tokens],
            [(call, then) for call, then in moves.rules if token in begin[call[0]][0] or begin[call[0]][1]],
        )

    def _options(self, decision: int, token: int, precedence: int) -> list[tuple[int, int]]:
        """The ways, from 1, that the next token leaves open, and the state that each begins with."""
        steps = self.atn.decisionToState[decision].transitions
        begun = (
            (way, step.target.stateNumber) for way, step in enumerate(steps, 1) if _is_open(step, precedence)
        )
        return [(way, state) for way, state in begun if self._may_begin(state, token, precedence)]

    def _may_begin(self, state: int, token: int, precedence: int) -> bool:
        tokens, empty = self.first(state, precedence)
        return empty or token in tokens


def _is_open(step: Any, precedence: int) -> bool:
    """Whether a step without a token can be taken; an operator binds as closely as is asked for, or not."""
    return step.serializationType != Transition.PRECEDENCE or bool(step.precedence >= precedence)


class Chart:
    """What is known of one text: from which place which rule reaches which places.

    Nothing here calls itself: brackets may be nested as deeply as the parser's own calls can be.
    """

    def __init__(self, grammar: Grammar, types: list[int]) -> None:
        self._grammar, self._types = grammar, types
        self._at: dict[int, int] = {}
        for place, token in enumerate(types):
            self._at[token] = self._at.get(token, 0) | 1 << place
        self._ends_of: dict[tuple[Call, int], int] = {}  # of a call at a place
        self._ends_from: dict[tuple[int, int, int], int] = {}  # of a state, under a precedence, at a place
        self._live = cache(self._live_places)
        # Of each context the places from which, its rule ended, the rest can be read, and those where not.
        self._fitting: dict[Any, int] = {}
        self._failing: dict[Any, int] = {}

    @property
    def is_readable(self) -> bool:
        """Whether the text is one of the grammar's."""
        return bool(self._ends(self._grammar.starts[START], 1)[0])

    def way(self, decision: int, place: int, *, precedence: int, context: Any) -> int | None:
        """The first way that fits, where one does. The last of those that may needs no look."""
        options = self._grammar.options(decision, self._types[place], precedence)
        for way, state in options[:-1]:
            if self._fits(self._ends_in_loop(state, place, precedence), context):
                return way
        return options[-1][0] if options else None

    def _fits(self, places: int, context: Any) -> bool:
        """Whether the text can be read to its end where the rule that we are in ends at one of the places.

        What comes then is up to the rule that called it, and so on: the rules around, from within, each with
        the places that are left to try.
        """
        around, tried = [(context, places)], list[int]()
        while around:
            context, places = around[-1]
            is_outermost = context is None or context.invokingState < 0
            if places & (-1 if is_outermost else self._fitting.get(context, 0)):
                for (within, _), place in zip(around, tried, strict=False):
                    self._fitting[within] = self._fitting.get(within, 0) | place
                return True
            places &= 0 if is_outermost else ~self._failing.get(context, 0)
            if places:
                place = 1 << places.bit_length() - 1  # that which reaches furthest is the likeliest
                around[-1] = context, places ^ place
                tried.append(place)
                caller = (
                    self._grammar.atn.states[context.invokingState].transitions[0].followState.stateNumber
                )
                around.append((context.parentCtx, self._ends(caller, place)[0]))
            else:
                around.pop()
                if tried:
                    within = around[-1][0]
                    self._failing[within] = self._failing.get(within, 0) | tried.pop()
        return False

    def _ends_in_loop(self, state: int, place: int, precedence: int) -> int:
        """Where the rule can end from this state, which stands before a loop, or in one, and is asked again.

        In a long loop the last place is looked at first, so that each look is as long as one round: a product
        of a thousand letters is a loop of a thousand rounds.
        """
        if (state, precedence, place) not in self._ends_from:
            ends, visited = self._ends(state, 1 << place, precedence)
            loops = [each for each in visited.items() if each[1].bit_count() > LONG_LOOP]
            rounds = [(at.bit_length() - 1, within) for within, places in loops for at in _each(places)]
            for late, within in sorted(rounds, reverse=True):
                self._ends_from[within, precedence, late] = self._ends(within, 1 << late, precedence)[0]
            self._ends_from[state, precedence, place] = ends
        return self._ends_from[state, precedence, place]

    def _ends(self, state: int, places: int, precedence: int = 0) -> Found:
        """Where the rule can end that is in this state at these places, and the states on the way."""
        searches, asked = [self._search(state, places, precedence)], list[tuple[Call, int]]()
        found: Found = (0, {})
        ends: int | None = None
        while searches:
            try:
                call, place = searches[-1].send(ends)
            except StopIteration as finished:
                searches.pop()
                found = finished.value
                ends = found[0]
                if asked:
                    self._ends_of[asked.pop()] = ends
            else:
                asked.append((call, place))
                searches.append(self._search(self._grammar.starts[call[0]], 1 << place, call[1]))
                ends = None
        return found

    def _search(
        self, state: int, places: int, precedence: int
    ) -> Generator[tuple[Call, int], int | None, Found]:
        """Find the ends; where those of a call are needed and not known, yield it and be sent them."""
        ends, done, left = 0, dict[int, int](), [(state, places)]
        while left:
            state, places = left.pop()
            seen = done.get(state, 0)
            places &= ~seen
            done[state] = seen | places
            live, may_end = self._live(state, precedence)
            ends |= places if may_end else 0
            for place in _each(places & live):
                number = place.bit_length() - 1
                if (known := self._ends_from.get((state, precedence, number))) is not None:
                    ends |= known
                    continue
                states, calls = self._grammar.moves_by(state, self._types[number], precedence)
                left += [(then, place << 1) for then in states]
                for call, then in calls:
                    reached = self._ends_of.get((call, number))
                    left.append((then, ((yield call, number) or 0) if reached is None else reached))
        return ends, done

    def _live_places(self, state: int, precedence: int) -> tuple[int, bool]:
        """The places from which the rule can go on in this state, and whether it can end there."""
        may_end = self._grammar.moves(state, precedence).ends
        tokens, empty = self._grammar.first(state, precedence)
        everywhere = (1 << len(self._types)) - 1
        live = sum(places for token, places in self._at.items() if token in tokens)
        return everywhere if empty and not may_end else live, may_end


def _each(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        places ^= lowest
        yield lowest


def foreseeing(predict: Predict, atn: Any) -> Predict:
    """ANTLR's `adaptivePredict` for this grammar, with the same result sooner; others it predicts itself."""
    grammar = Grammar(atn)
    read: tuple[Any, Chart] = (None, Chart(grammar, []))

    @wraps(predict)
    def predicted(simulator: Any, tokens: Any, decision: int, context: Any) -> int:
        nonlocal read
        if simulator.atn is not atn:
            return predict(simulator, tokens, decision, context)
        if tokens is not read[0]:
            tokens.fill()
            read = tokens, Chart(grammar, [token.type for token in tokens.tokens])
            if not read[1].is_readable:
                raise NoViableAltException(simulator.parser)
        precedence = simulator.parser.getPrecedence()
        way = read[1].way(decision, tokens.index, precedence=precedence, context=context)
        if way is None:
            raise NoViableAltException(simulator.parser)
        return way

    return predicted
