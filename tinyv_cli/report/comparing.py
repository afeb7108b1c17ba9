"""Two audits side by side as tables for the terminal, as Markdown and as a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.figures.page import Headline, sheet_page, write_page
from tinyv_cli.figures.sheets import NAME_CHARS, Cell, Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.figures.spelling import (
    kind,
    many,
    numbers,
    part_of,
    percent,
    percent_if_known,
    points,
    points_between,
)
from tinyv_cli.report.against import (
    Change,
    Comparison,
    GroupChanges,
    KindChange,
    Moves,
    SameResponses,
    ScoreChange,
    Side,
)
from tinyv_cli.report.sheets import QUESTION, maths
from tinyv_cli.words import COLUMN, NONE

FILE_CHARS = 60
FIRST, SECOND = "A", "B"
STATES = {"all_wrong": "all wrong", "mixed": "mixed", "all_right": "all right"}
NOTE = (
    "A difference is B less A. Its interval is 95%, paired by question: what is hard for both cancels out. "
    "What could not be decided counts as wrong."
)


def comparison_tables(comparison: Comparison) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return as_rich(comparison_parts(comparison))


def comparison_markdown(comparison: Comparison) -> str:
    """The same as Markdown."""
    return as_markdown(comparison_parts(comparison))


def write_comparison(path: Path, comparison: Comparison, *, overwrite: bool) -> None:
    """Write the page of `tinyv report --against --html`. Raises SinkError."""
    write_page(path, comparison_page(comparison), overwrite=overwrite)


def comparison_page(comparison: Comparison) -> str:
    """The page of these figures."""
    first, second = comparison.first, comparison.second
    return sheet_page(
        "Two audits compared",
        comparison_parts(comparison),
        command="tinyv report --against",
        about=f"{first.file} and {second.file}",
        lede=f"{FIRST} is {first.file}, {SECOND} is {second.file}.",
        headlines=[
            _headline(comparison.score.after, "score after recovery"),
            _headline(comparison.score.before, "score by the rule"),
        ],
        made=[(FIRST, _side(first)), (SECOND, _side(second))],
        note=NOTE,
    )


def _headline(change: Change, what: str) -> Headline:
    said = f"points: {what}, {percent(change.first)} in {FIRST}, {percent(change.second)} in {SECOND}"
    between = f"95% interval {points_between(change.interval)}" if change.interval else ""
    return Headline(points(change.difference), said, between)


def comparison_parts(comparison: Comparison) -> Iterator[Part]:
    """What there is to tell, in order."""
    yield Lines([*_lines(comparison)])
    yield _scores(comparison)
    for by in comparison.by:
        yield _groups(by)
    if comparison.questions:
        yield _moves(comparison.questions)
    if comparison.kinds:
        yield _kinds(comparison.kinds)
    yield from _responses(comparison.responses)


def _lines(comparison: Comparison) -> Iterator[tuple[str, str]]:
    score, responses = comparison.score, comparison.responses
    yield FIRST, _side(comparison.first)
    yield SECOND, _side(comparison.second)
    yield "score", f"{_said(score.after)} after recovery; {_said(score.before)} by the rule"
    yield "questions", f"{score.in_both:,} of {score.questions:,} are in both; differences are paired by them"
    if same := responses.count:
        rules, verdicts = (part_of(n, same) for n in (responses.rule_changed, responses.verdict_changed))
        yield (
            "same responses",
            f"{same:,} are in both: the rules differ on {rules}, the verdicts in the end on {verdicts}",
        )


def _side(side: Side) -> str:
    """Which audit it is: its file, and who judged."""
    rule = (side.rule_name or "").removeprefix(COLUMN)
    judges = [rule, *([side.model_name] if side.model_name not in (None, NONE) else [])]
    judged = " and ".join(visible(name, NAME_CHARS) for name in judges)
    return f"{visible(side.file, FILE_CHARS)}: {many(side.score.responses, 'response')}, judged by {judged}"


def _said(change: Change) -> str:
    between = f" (95% {points_between(change.interval)})" if change.interval else ""
    return f"{percent(change.first)} → {percent(change.second)}, {points(change.difference)} points{between}"


def _change(change: Change) -> tuple[str, ...]:
    return (
        percent(change.first),
        percent(change.second),
        points(change.difference),
        points_between(change.interval),
    )


def _score_rows(name: str, score: ScoreChange) -> Iterator[Sequence[Cell]]:
    yield f"{name}, by the rule", f"{score.questions:,}", *_change(score.before)
    yield f"{name}, after recovery", f"{score.questions:,}", *_change(score.after)


def _scores(comparison: Comparison) -> Sheet:
    rows = [*_score_rows("all questions", comparison.score)]
    if comparison.score_in_both is not None:
        rows += _score_rows("questions in both", comparison.score_in_both)
    return Sheet(
        "score",
        (Column(""), *numbers("questions", FIRST, SECOND, "difference", "95% interval")),
        rows,
        heading="Score",
    )


def _groups(by: GroupChanges) -> Sheet:
    name = visible(by.column, NAME_CHARS)
    return Sheet(
        f"score after recovery, by {name}",
        (
            Column(name, literal=True, most=NAME_CHARS),
            *numbers("questions", FIRST, SECOND, "difference", "95% interval", "by the rule"),
        ),
        [
            (
                group.value,
                f"{group.change.questions:,}",
                *_change(group.change.after),
                points(group.change.before.difference),
            )
            for group in by.groups
        ],
        heading=f"By {name}",
    )


def _moves(moves: Sequence[Moves]) -> Sheet:
    return Sheet(
        "questions with several responses in both, by how many of these are right",
        (Column(FIRST), Column(SECOND), *numbers("by the rule", "after recovery")),
        [
            (STATES[move.first], STATES[move.second], f"{move.before:,}", f"{move.after:,}")
            for move in moves
            if move.before or move.after
        ],
        heading="Where questions move",
    )


def _kinds(kinds: Sequence[KindChange]) -> Sheet:
    return Sheet(
        "kinds of false negatives",
        (Column("kind"), *numbers(FIRST, "share", SECOND, "share")),
        [
            (
                kind(each.leaf),
                f"{each.first:,}",
                percent_if_known(each.first_share.value),
                f"{each.second:,}",
                percent_if_known(each.second_share.value),
            )
            for each in kinds
        ],
        heading="Kinds of false negatives",
    )


def _responses(responses: SameResponses) -> Iterator[Sheet]:
    if not responses.moves:
        return
    said = (Column(FIRST, literal=True), Column(SECOND, literal=True))
    yield Sheet(
        "the same responses, judged differently: rule, verdict in the end",
        (*said, *numbers("count")),
        [(move.first, move.second, f"{move.count:,}") for move in responses.moves],
        heading="Judged differently",
    )
    yield Sheet(
        "examples of these",
        (*numbers("row"), *said, maths("gold"), maths("answer"), QUESTION),
        [
            (str(each.row), each.first, each.second, each.gold, each.answer, each.question)
            for each in responses.examples
        ],
    )
