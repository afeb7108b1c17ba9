"""Whether two expressions are the same: shown, refuted, or left open, and on what that rests."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from flint import fmpq

from tinyv_cli.maths import balls, exact
from tinyv_cli.maths.domains import ANYWHERE, Domain
from tinyv_cli.maths.kinks import Point, in_pieces
from tinyv_cli.maths.points import FEW, is_rounded, points, touches_integers
from tinyv_cli.maths.reading import Node
from tinyv_cli.maths.separation import bits_apart
from tinyv_cli.maths.values import clearly_differ, rational, with_bases

QUICK, CLOSER = 128, 640  # bits
AGREEING = 90  # bits to which values agree that may be the same
ENOUGH, MOST_UNCLEAR = 6, 3  # points that have to agree; of how many one may be unclear
MOST_BITS = 60_000
WHOLE = (
    (2, 5, 3, 7),
    (7, 3, 8, 6),
    (9, 4, 6, 5),
    (-3, 2, -5, 4),
)  # integers for the letters of an expression
SIZED = 3  # points at which two functions are compared to many more digits
# Of numbers that are not algebraic no bound is known: so many times as far as the sizes of their parts.
SIZES_DEEP = 4


class Outcome(StrEnum):
    """What is known of two expressions."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of two expressions, and from what.

    `basis` says on what the outcome rests ("as polynomials, exactly"). Of two that differ there is a
    point at which they do (none where they have no letters), and both values there, as they are said in a
    sentence. `everywhere`: both have the same letters, and differ at all points that were tried, so that
    no condition on one letter, which the question may state in words that are not read, makes them the
    same. A refutation should rest on this, and still know that letters may be bound to each other by the
    question.
    """

    outcome: Outcome
    basis: str = ""
    point: tuple[tuple[str, str], ...] = ()
    values: tuple[str, str] = ("", "")
    everywhere: bool = False


UNKNOWN = Comparison(Outcome.UNKNOWN)


@lru_cache(maxsize=4096)
def compare(first: Node, second: Node, domain: Domain = ANYWHERE) -> Comparison:
    """Compare them for all values that their letters have in the domain."""
    if first == second:
        return Comparison(Outcome.SAME, "letter by letter")
    try:
        first, second = with_bases(first), with_bases(second)
        if first.variables() or second.variables():
            return _functions(first, second, domain)
        return _numbers(first, second)
    except RecursionError:
        return UNKNOWN


def _numbers(first: Node, second: Node) -> Comparison:
    fractions = rational(first), rational(second)
    if None not in fractions:
        if fractions[0] == fractions[1]:
            return Comparison(Outcome.SAME, "as fractions, exactly")
        values = str(fractions[0]), str(fractions[1])
        return Comparison(Outcome.DIFFERENT, "as fractions, exactly", (), values, everywhere=True)
    near = _apart_or_near(first, second, QUICK)
    if near is not None:
        return near
    by_letters = _exactly(first, second)
    if by_letters is not None:
        return by_letters
    return _numbers_closer(first, second)


def _numbers_closer(first: Node, second: Node) -> Comparison:
    """Narrower balls, until they part, or until a bound shows that they never will."""
    _, in_reals = _value(first, {}, QUICK) or (None, True)
    bound = bits_apart(first, second) if in_reals else None
    try:
        size = balls.size_at(first, {}) + balls.size_at(second, {})
    except balls.NoValueError:
        return UNKNOWN
    # Bounds are of the difference itself, the width of a ball is relative to what is in it.
    algebraic = bound is not None and bound + size + QUICK <= MOST_BITS
    bits = int(bound + size + QUICK) if bound is not None and algebraic else int(CLOSER + SIZES_DEEP * size)
    if bits > MOST_BITS:
        return UNKNOWN
    apart = _apart_or_near(first, second, bits)
    if apart is not None:
        return apart
    digits = _digits_agreeing(first, second, bits, at_least=bound if algebraic else int(bits * 0.6))
    if digits is None:
        return UNKNOWN
    if algebraic:
        return Comparison(
            Outcome.SAME, "as algebraic numbers, exactly: nearer than two different ones can be"
        )
    return Comparison(Outcome.SAME, f"within every interval down to 10^-{digits}")


def _digits_agreeing(first: Node, second: Node, bits: int, *, at_least: int | None) -> int | None:
    """To how many decimal places both values agree; None where that's not as near as it must be."""
    values = [_value(node, {}, bits) for node in (first, second)]
    if values[0] is None or values[1] is None:
        return None
    with balls.precision(bits):
        places = min(bits, balls.places_agreeing(values[0][0], values[1][0]))
    return int(places * math.log10(2)) if at_least is None or places >= at_least else None


def _apart_or_near(first: Node, second: Node, bits: int) -> Comparison | None:
    """Different, or unknown where there is no value; None where both may be the same."""
    values = [_value(node, {}, bits) for node in (first, second)]
    if values[0] is None or values[1] is None:
        return UNKNOWN if bits >= CLOSER else None
    with balls.precision(bits):
        if balls.exactly_equal(values[0][0], values[1][0]):
            return Comparison(Outcome.SAME, "as fractions, exactly")
        if not balls.apart(values[0][0], values[1][0]):
            return None
        if not (values[0][1] and values[1][1]) and not (has_i(first) or has_i(second)):
            return UNKNOWN  # a root of a negative number: which of its values is meant is not said
        shown = balls.shown(values[0][0]), balls.shown(values[1][0])
    return Comparison(Outcome.DIFFERENT, "in disjoint intervals", (), shown, everywhere=True)


def _value(node: Node, point: Point, bits: int) -> tuple[balls.Value, bool] | None:
    with balls.precision(bits):
        try:
            return balls.value_at(node, point)
        except balls.NoValueError:
            return None


def has_i(node: Node) -> bool:
    """Whether it is written with the imaginary unit."""
    return node == Node("constant", "i") or any(map(has_i, node.parts))


def _exactly(first: Node, second: Node) -> Comparison | None:
    """What follows from comparing coefficients; None where nothing does."""
    letters = exact.Letters()
    try:
        ours, theirs = exact.quotient(first, letters), exact.quotient(second, letters)
        same = exact.same(ours, theirs, letters)
    except exact.NotExactError:
        return None
    if same:
        return Comparison(Outcome.SAME, _exact_basis(first, second, letters))
    return Comparison(Outcome.DIFFERENT, "as polynomials, exactly") if letters.only_variables else None


def _exact_basis(first: Node, second: Node, letters: exact.Letters) -> str:
    if not (first.variables() or second.variables()):
        return "as numbers, exactly"
    others = "" if letters.only_variables else " in the letters, roots and functions they have"
    quotients = any(
        node.kind == "divide" and node.parts[1].variables() for node in (*first.walk(), *second.walk())
    )
    return f"as {'quotients of ' if quotients else ''}polynomials{others}, exactly"


def _functions(first: Node, second: Node, domain: Domain) -> Comparison:
    some = points(first, second, domain)
    few = list(islice(some, FEW))
    trial = _Trial(first, second)
    if any(clearly_differ(first, second, point) for point in few[:3]):
        trial.all_of(few)
        if trial.settled:
            return trial.outcome()
    by_coefficients = _exactly(first, second)
    if by_coefficients is not None and by_coefficients.outcome is Outcome.SAME:
        return by_coefficients
    if not trial.tried:
        trial.all_of(few)
    if not trial.settled and touches_integers(first, second, domain):
        return UNKNOWN
    trial.all_of(some)
    found = trial.outcome(exactly=by_coefficients is not None)
    if found.outcome is not Outcome.SAME:
        return found
    bits = trial.bits_needed()
    if bits is None:
        return UNKNOWN
    closer = _Trial(first, second, bits)
    closer.all_of(trial.smallest)
    return closer.outcome() if closer.differs else found


class _Trial:
    """Two expressions at one point after another, until they are seen to differ or there are no more."""

    def __init__(self, first: Node, second: Node, bits: int = QUICK) -> None:
        self._nodes, self._bits = (first, second), (bits, max(bits, CLOSER))
        self.smallest: list[Point] = []
        self._complex = has_i(first) or has_i(second)
        self._agreeing: list[Point] = []
        self._witness: tuple[Point, tuple[str, str]] | None = None
        self._differing = self._mismatches = self._unclear = self.tried = 0

    def all_of(self, some: Iterable[Point]) -> None:
        """One after another, until it is settled."""
        for point in some:
            if self.settled:
                return
            self.at(point)

    @property
    def differs(self) -> bool:
        """Whether they have been seen to."""
        return self._witness is not None

    @property
    def settled(self) -> bool:
        """Whether no further point would change what is known."""
        return bool(self._mismatches or self._differing) and self.tried >= FEW

    def at(self, point: Point) -> None:
        """Compare the values at one point, more closely where that is needed."""
        self.tried += 1
        for bits in self._bits:
            if self._at(point, bits):
                return
        self._unclear += 1

    def _at(self, point: Point, bits: int) -> bool:
        """Whether it could be told at this precision what there is."""
        found: list[tuple[balls.Value, bool]] = []
        with balls.precision(bits):
            for node in self._nodes:
                try:
                    found.append(balls.value_at(node, point))
                except balls.TooWideError:
                    return False
                except balls.NoValueError:
                    return True  # a pole, where the other may have a value that goes on there, or too large
            return self._judged(point, found[0], found[1])

    def _judged(self, point: Point, ours: tuple[balls.Value, bool], theirs: tuple[balls.Value, bool]) -> bool:
        values = [ours[0], theirs[0]]
        if not self._complex:
            real = [balls.as_real(value) for value in values]
            if real[0] is None or real[1] is None:
                self._mismatches += real[0] is not None or real[1] is not None
                return True
            values = [real[0], real[1]]
        if balls.apart(values[0], values[1]):
            if self._complex or (ours[1] and theirs[1]):
                self._differing += 1
                self._witness = self._witness or (point, (balls.shown(values[0]), balls.shown(values[1])))
            else:
                self._mismatches += 1
            return True
        if balls.agreeing_bits(values[0], values[1]) < AGREEING:
            return False
        self._agreeing.append(point)
        return True

    def outcome(self, *, exactly: bool = False) -> Comparison:
        """What all points together say."""
        if self._witness is not None:
            everywhere = not (self._agreeing or self._mismatches) and self._differ_at_integers()
            where = tuple((name, balls.shown(value)) for name, value in self._witness[0].items())
            basis = "as polynomials, exactly" if exactly else "in disjoint intervals"
            return Comparison(Outcome.DIFFERENT, basis, where, self._witness[1], everywhere=everywhere)
        agreeing = len(self._agreeing)
        unclear = 0 if any(map(is_rounded, self._nodes)) else agreeing // MOST_UNCLEAR
        if exactly or self._mismatches or agreeing < ENOUGH or self._unclear > unclear:
            return UNKNOWN
        kinks = ", on both sides of every kink found" if any(map(in_pieces, self._nodes)) else ""
        return Comparison(Outcome.SAME, f"at {agreeing} points of all sizes and signs{kinks}")

    def _differ_at_integers(self) -> bool:
        """Whether both have the same letters, and differ where these are integers, as a question may say."""
        first, second = self._nodes
        names = sorted(first.variables())
        if first.variables() != second.variables():
            return False
        trial = _Trial(first, second, self._bits[0])
        for whole in WHOLE:
            trial.at({name: fmpq(whole[at % len(whole)]) for at, name in enumerate(names)})
        return not (trial._agreeing or trial._mismatches)

    def bits_needed(self) -> int | None:
        """More than the sizes of their parts can hide, at the points where these are smallest."""
        sizes: list[tuple[float, int]] = []
        for number, point in enumerate((*self._agreeing[:SIZED], *self._agreeing[-SIZED:])):
            with balls.precision(QUICK):
                try:
                    size = sum(balls.size_at(node, point) for node in self._nodes)
                except balls.NoValueError:
                    continue
            sizes.append((size, number))
        few = sorted(sizes)[:SIZED]
        if not few:
            return None
        self.smallest = [(*self._agreeing[:SIZED], *self._agreeing[-SIZED:])[number] for _, number in few]
        bits = int(CLOSER + 2 * few[-1][0])
        return bits if bits <= MOST_BITS else None
