"""2.5, 6.2 and 1.5: functions in pieces, lines of an environment, conditions that go without saying."""

import re
from collections.abc import Sequence
from functools import partial

from tinyv_cli.maths.pieces import Piece, Pieces, lines_of, pieces_of
from tinyv_cli.maths.realsets import RealSet
from tinyv_cli.proofs.leaves.intervals import same_set
from tinyv_cli.proofs.leaves.lists import matched
from tinyv_cli.proofs.search import Prove, after, together
from tinyv_cli.proofs.sides import Sides, compact, listed
from tinyv_cli.records import Proof

_ENVIRONMENT = re.compile(r"\\begin\s*\{(?!\w*matrix)")
_LINES = re.compile(rf"{_ENVIRONMENT.pattern}|\\\\\s")
_PIECES = re.compile(r"\\begin\s*\{(?!\w*matrix)|\b(?:if|for|when|otherwise|where)\b")


def pieces(sides: Sides, prove: Prove) -> Proof | None:
    r"""2.5: the pieces of a function in any order and notation, each with the same condition."""
    if not sides.both(_PIECES.search):
        return None
    gold, answer = sides.each(pieces_of)
    if gold is None or answer is None or not _may_be_the_same(gold, answer):
        return None
    if not gold.have_conditions or not answer.have_conditions:
        return None
    order = _order(gold, answer, prove)
    if order is None:
        return None
    parts = [prove(line.value, answer.lines[at].value) for line, at in zip(gold.lines, order, strict=True)]
    found = [part for part in parts if part]
    if len(found) < len(parts):
        return None
    return together("2.5", "the same pieces, each with the same condition", found)


def _may_be_the_same(gold: Pieces, answer: Pieces) -> bool:
    names = {compact(each.name) for each in (gold, answer)} - {""}
    return len(gold.lines) == len(answer.lines) and (len(names) < 2 or names == {"y", "f(x)"})


def _order(gold: Pieces, answer: Pieces, prove: Prove) -> list[int] | None:
    """For each piece of the gold the piece of the answer that has its condition; None unless all have one."""
    ours, theirs = gold.sets(), answer.sets()
    free, order = [*range(len(theirs))], []
    for line, own in zip(gold.lines, ours, strict=True):
        fits = partial(_same_condition, prove, line, own, answer.lines, theirs)
        at = next(filter(fits, free), None)
        if at is None:
            return None
        free.remove(at)
        order.append(at)
    return order


def _same_condition(
    prove: Prove,
    line: Piece,
    own: RealSet | None,
    lines: Sequence[Piece],
    sets: Sequence[RealSet | None],
    at: int,
) -> bool:
    other = sets[at]
    if own is not None and other is not None:
        same_name = not (own.name and other.name) or own.name == other.name
        return same_name and same_set(prove, own, other) is not None
    return compact(line.condition) == compact(lines[at].condition) != ""


def lines(sides: Sides, prove: Prove) -> Proof | None:
    r"""6.2: `\begin{cases} x=1 \\ y=2 \end{cases}` and `x=1 \\ y=2` are `x=1, y=2`."""
    if not sides.either(_LINES.search):
        return None
    gold, answer = sides.each(lines_of)
    if gold or answer:
        rest = prove(gold or sides.gold, answer or sides.answer)
        return after("6.2", "the lines of one side one after another", rest)
    return _without_conditions(sides, prove)


# A question that asks for a value in each of several places, of which the answer may name none.
_IN_PLACES = re.compile(
    r"\b(?:inside|within)\b.*\boutside\b|\boutside\b.*\binside\b|\bregions?\b|\beverywhere\b"
    r"|\ball (?:points|space)",
    re.IGNORECASE | re.DOTALL,
)


def _without_conditions(sides: Sides, prove: Prove) -> Proof | None:
    """Pieces against the same values one after another, where the question names the places."""
    gold, answer = sides.each(pieces_of)
    given = gold or answer
    if (
        given is None
        or (gold and answer)
        or not given.have_conditions
        or not _IN_PLACES.search(sides.question)
    ):
        return None
    values = [line.value for line in given.lines]
    several = listed(sides.answer if gold else sides.gold)
    if several is None or len({*map(compact, values)}) < len(values):
        return None
    ours, theirs = (values, several.elements) if gold else (several.elements, values)
    said = "the places of the pieces, which the question names, left out"
    return together("1.5", said, matched(ours, theirs, prove))
