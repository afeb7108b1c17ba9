"""False negatives to be looked at one by one: gold beside answer, and what there is to judge them by."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from tinyv_cli.console import visible, visible_lines
from tinyv_cli.figures.differences import Pieces, differences
from tinyv_cli.figures.formulas import answer_formula, with_formulas
from tinyv_cli.figures.spelling import count, decimal, kind
from tinyv_cli.records import Evidence
from tinyv_cli.report.groups import NO_VALUE
from tinyv_cli.report.listing import ListedExample

BRIEF_CHARS, NAME_CHARS = 60, 80
# How what is proved is called.
SURE: dict[str, str] = {Evidence.PROOF: "proved", Evidence.ROUNDS: "proved by rounding"}
PROVED_RANK = 2.0  # surer than any p


@dataclass(frozen=True, slots=True)
class Side:
    """A gold or an answer: as written, marked where the other differs; as mathematics, if it is; in brief."""

    written: Markup
    formula: Markup | None
    brief: Markup


@dataclass(frozen=True, slots=True)
class Example:
    """A false negative as the page shows it. `rank` says how sure it is; the kind may be empty."""

    place: tuple[int, int]
    kind: str
    group: str
    sure: str
    rank: float
    gold: Side
    answer: Side
    question: Markup
    response: Markup
    length: str
    proof: str | None
    lost_in: str | None


def example(listed: ListedExample) -> Example:
    """An entry of the listing, with all that comes from data made harmless."""
    gold, answer = visible(listed.gold), visible(listed.answer)
    pieces = differences(gold, answer)
    proved = SURE.get(listed.evidence or "")
    return Example(
        place=(listed.row, listed.rollout),
        kind=kind(listed.category) if listed.category else "",
        group=visible(listed.group or NO_VALUE, NAME_CHARS),
        sure=proved or _p(listed),
        rank=PROVED_RANK if proved else listed.p or 0.0,
        gold=_side(gold, pieces[0]),
        answer=_side(answer, pieces[1]),
        question=with_formulas(listed.question or ""),
        response=escape(visible_lines(listed.response or "")),
        length=count(listed.response_chars),
        proof=listed.proof,
        lost_in=listed.lost_in,
    )


def _p(listed: ListedExample) -> str:
    said = [listed.p] if listed.second is None else [listed.p, listed.second.p]
    return ", ".join(map(decimal, said))


def _side(text: str, pieces: Pieces) -> Side:
    shown, is_short = answer_formula(text), len(text) <= BRIEF_CHARS
    return Side(_marked(pieces), shown, shown if shown and is_short else escape(visible(text, BRIEF_CHARS)))


def _marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """The pieces as one text, those that the other side lacks marked."""
    mark = Markup("<mark>{}</mark>")
    return Markup().join(mark.format(text) if differs else escape(text) for text, differs in pieces)
