"""What the figures of a dataset's golds say, part by part, and as the terminal and Markdown show it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.figures.sheets import Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.figures.spelling import listed, many, part_of
from tinyv_cli.golds.checks import Problem
from tinyv_cli.golds.figures import ConflictExample, ConflictFigures, GoldExample, GoldFigures

GOLD_CHARS, QUESTION_CHARS = 24, 120
MEANINGS = {
    Problem.SENTINEL: "nothing, or a word that stands for a missing answer",
    Problem.UNPARSABLE: "the rule cannot read them",
    Problem.UNEQUAL: "the rule reads them and rejects them as answers to themselves",
    Problem.CONFLICT: "the same question has a gold that the rule does not find equal",
}
GOLD = Column("gold", literal=True, maths=True, one_line=True, most=GOLD_CHARS)
QUESTION = Column("question", literal=True, one_line=True, rest=True, most=QUESTION_CHARS)


def gold_tables(figures: GoldFigures) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return as_rich(gold_parts(figures))


def gold_markdown(figures: GoldFigures) -> str:
    """The same as Markdown."""
    return as_markdown(gold_parts(figures))


def gold_parts(figures: GoldFigures) -> Iterator[Part]:
    """What there is to tell, in order."""
    yield Lines([*_lines(figures)])
    if figures.examples:
        yield _commonest(figures.examples)
    if figures.conflicts.examples:
        yield _conflicts(figures.conflicts.examples)


def _lines(figures: GoldFigures) -> Iterator[tuple[str, str]]:
    rows, questions, problems = figures.rows, figures.questions, figures.problems
    yield "read", f"{many(rows, 'row')}, {many(questions.distinct, 'question')}"
    yield "rule", visible(figures.rule_name)
    yield "bad golds", part_of(figures.bad.count, rows)
    for problem, meaning in MEANINGS.items():
        if problems[problem].count:
            yield f"  {problem}", f"{part_of(problems[problem].count, rows)}: {meaning}"
    if undecided := problems[Problem.UNDECIDED].count:
        yield "undecided", f"{part_of(undecided, rows)}: the rule failed on them"
    if figures.reasons:
        yield "the rule's reasons", listed(figures.reasons).removeprefix(": ")
    if questions.repeats:
        yield (
            "repeats",
            f"{part_of(questions.repeats, rows)} repeat the question and gold of an earlier one; "
            f"most copies: {questions.most_copies:,}×",
        )
    if figures.conflicts.pairs:
        yield "golds compared", _compared(figures.conflicts)


def _compared(conflicts: ConflictFigures) -> str:
    undecided = f"; {many(conflicts.undecided_pairs, 'pair')} undecided"
    return (
        f"{many(conflicts.pairs, 'pair')} of the same question: "
        f"{many(conflicts.questions, 'question')} with a conflict"
        f"{undecided if conflicts.undecided_pairs else ''}"
    )


def _commonest(examples: Sequence[GoldExample]) -> Sheet:
    return Sheet(
        "commonest of each problem",
        (
            Column("problem", literal=True, one_line=True),
            Column("rows", number=True),
            GOLD,
            QUESTION,
        ),
        [(_problem(each), f"{each.rows:,}", each.gold, each.question) for each in examples],
        heading="Golds with a problem",
    )


def _problem(example: GoldExample) -> str | None:
    """What is wrong; where the rule failed, how."""
    return example.rule_reason if example.problem is Problem.UNDECIDED else example.problem


def _conflicts(examples: Sequence[ConflictExample]) -> Sheet:
    return Sheet(
        "questions with golds that conflict",
        (
            GOLD,
            replace(GOLD, name="other gold"),
            QUESTION,
        ),
        [(each.gold, each.other_gold, each.question) for each in examples],
        heading="Conflicts",
    )
