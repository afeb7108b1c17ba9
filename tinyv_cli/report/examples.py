"""False negatives to be looked at one by one: gold beside answer, and what there is to judge them by."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from tinyv_cli.console import visible, visible_lines
from tinyv_cli.figures.differences import Pieces, differences
from tinyv_cli.figures.formulas import answer_formula, look_alike, with_formulas
from tinyv_cli.figures.spelling import count, decimal
from tinyv_cli.records import Evidence
from tinyv_cli.report.groups import NO_VALUE
from tinyv_cli.report.listing import ListedExample, named_kind

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
    """A false negative as the page shows it. `rank` says how sure it is; the kind may be empty.

    It stands for so many `copies`, with the same question, gold and answer.
    """

    place: tuple[int, int]
    copies: int
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
    gold, answer = _sides(visible(listed.gold), visible(listed.answer))
    proved = SURE.get(listed.evidence or "")
    return Example(
        place=(listed.row, listed.rollout),
        copies=listed.copies,
        kind=named_kind(listed.category, listed),
        group=visible(listed.group or NO_VALUE, NAME_CHARS),
        sure=proved or f"likely, {_p(listed)}",
        rank=PROVED_RANK if proved else listed.p or 0.0,
        gold=gold,
        answer=answer,
        question=with_formulas(listed.question or ""),
        response=escape(visible_lines(listed.response or "")),
        length=count(listed.response_chars),
        proof=listed.proof,
        lost_in=listed.lost_in,
    )


def _p(listed: ListedExample) -> str:
    said = [listed.p] if listed.second is None else [listed.p, listed.second.p]
    return ", ".join(map(decimal, said))


def _sides(gold: str, answer: str) -> tuple[Side, Side]:
    """Both beside each other; what looks the same is shown in brief as it is written."""
    pieces, formulas = differences(gold, answer), (answer_formula(gold), answer_formula(answer))
    shown = [formula or escape(text) for formula, text in zip(formulas, (gold, answer), strict=True)]
    alike = look_alike(*shown)
    first, second = (
        Side(_marked(each), formula, _brief(text, formula, each, alike=alike))
        for text, formula, each in zip((gold, answer), formulas, pieces, strict=True)
    )
    return first, second


def _brief(text: str, formula: Markup | None, pieces: Pieces, *, alike: bool) -> Markup:
    if len(text) > BRIEF_CHARS:
        return escape(visible(text, BRIEF_CHARS))
    if alike:
        return Markup("<code>{}</code>").format(_marked(pieces))
    return formula or escape(text)


def _marked(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """The pieces as one text, those that the other side lacks marked."""
    mark = Markup("<mark>{}</mark>")
    return Markup().join(mark.format(text) if differs else escape(text) for text, differs in pieces)
