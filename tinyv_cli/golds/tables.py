"""What the figures of a dataset's golds say, part by part, and as the terminal and Markdown show it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.figures.sheets import NAME_CHARS, Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.figures.spelling import listed, many, numbers, part_of, percent
from tinyv_cli.golds.checks import BAD, TO_LOOK_AT, UNUSABLE, Problem
from tinyv_cli.golds.figures import (
    ConflictExample,
    ConflictFigures,
    FormExample,
    GoldExample,
    GoldFigures,
    GoldGroups,
    OutvotedFigures,
    VariantFigures,
)

GOLD_CHARS, QUESTION_CHARS = 24, 120
MEANINGS = {
    Problem.SENTINEL: "nothing, or a word that stands for a missing answer",
    Problem.UNREADABLE: "neither the rule nor tinyv can read them",
    Problem.CONFLICT: "most copies of the question have another gold",
    Problem.UNPARSABLE: "it cannot read them",
    Problem.UNEQUAL: "it reads them and rejects them as answers to themselves",
    Problem.PARTIAL: "it reads a part of them only, and takes other answers for them",
    Problem.TIE: "copies of the question have other golds, and none has more copies than any other",
    Problem.OUTVOTED: "most replies agree on an answer that is not shown to be the gold",
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
    yield from map(_groups, figures.by)
    if figures.examples:
        yield _commonest(figures.examples)
    if figures.conflicts.examples:
        yield _conflicts(figures.conflicts.examples)
    if figures.outvoted is not None and figures.outvoted.examples:
        yield _outvoted(figures.outvoted)
    if figures.variants is not None:
        yield from _variants(figures.variants, [by.column for by in figures.by])


def _lines(figures: GoldFigures) -> Iterator[tuple[str, str]]:
    rows, questions, rule = figures.rows, figures.questions, visible(figures.rule_name, NAME_CHARS)
    yield "read", f"{many(rows, 'row')}, {many(questions.distinct, 'question')}"
    yield "rule", visible(figures.rule_name)
    yield "bad golds", f"{part_of(figures.bad.count, rows)}, for everybody"
    yield from _problems(figures, BAD)
    yield "unusable", f"{part_of(figures.unusable.count, rows)}, for {rule}"
    yield from _problems(figures, UNUSABLE)
    if figures.to_look_at.count:
        yield "to look at", part_of(figures.to_look_at.count, rows)
        yield from _problems(figures, TO_LOOK_AT)
    if undecided := figures.problems[Problem.UNDECIDED].count:
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
    if figures.variants is not None:
        yield "in other forms", _accepted(figures.variants)


def _problems(figures: GoldFigures, these: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    for problem in these:
        if count := figures.problems[problem].count:
            yield f"  {problem}", f"{part_of(count, figures.rows)}: {MEANINGS[problem]}"


def _compared(conflicts: ConflictFigures) -> str:
    undecided = f"; {many(conflicts.undecided_pairs, 'pair')} undecided"
    ties = f", {conflicts.ties:,} of them a tie" if conflicts.ties else ""
    return (
        f"{many(conflicts.pairs, 'pair')} of the same question: "
        f"{many(conflicts.questions, 'question')} with a conflict{ties}"
        f"{undecided if conflicts.undecided_pairs else ''}"
    )


def _accepted(variants: VariantFigures) -> str:
    return (
        f"of {many(variants.tried, 'form')} of {many(variants.golds, 'gold')}, each proved to be equal, the "
        f"rule rejects {part_of(variants.rejected, variants.tried)}"
    )


def _groups(by: GoldGroups) -> Sheet:
    more = by.count - len(by.groups)
    name = visible(by.column, NAME_CHARS)
    return Sheet(
        f"by {name}" + (f" (the largest; {more:,} more)" if more else ""),
        (Column(name, literal=True, most=NAME_CHARS), *numbers("rows", "bad", "unusable", "to look at")),
        [
            (each.value, *(f"{count:,}" for count in (each.rows, each.bad, each.unusable, each.to_look_at)))
            for each in by.groups
        ],
        heading=f"By {name}",
    )


def _commonest(examples: Sequence[GoldExample]) -> Sheet:
    taken = any(each.taken for each in examples)
    return Sheet(
        "commonest of each problem",
        (
            Column("problem", literal=True, one_line=True),
            Column("rows", number=True),
            GOLD,
            *([replace(GOLD, name="the rule takes")] if taken else []),
            QUESTION,
        ),
        [
            (
                _problem(each),
                f"{each.rows:,}",
                each.gold,
                *([each.taken or ""] if taken else []),
                each.question,
            )
            for each in examples
        ],
        heading="Golds with a problem",
    )


def _problem(example: GoldExample) -> str | None:
    """What is wrong; where the rule failed, how."""
    return example.rule_reason if example.problem is Problem.UNDECIDED else example.problem


def _conflicts(examples: Sequence[ConflictExample]) -> Sheet:
    return Sheet(
        "questions with golds that conflict",
        (GOLD, *numbers("copies"), replace(GOLD, name="other gold"), *numbers("its copies"), QUESTION),
        [
            (each.gold, f"{each.copies:,}", each.other_gold, f"{each.other_copies:,}", each.question)
            for each in examples
        ],
        heading="Conflicts",
    )


def _outvoted(outvoted: OutvotedFigures) -> Sheet:
    of_all = f"{outvoted.count:,} of {many(outvoted.questions, 'question')}"
    return Sheet(
        f"golds to look at: outvoted by the replies ({of_all})",
        (GOLD, replace(GOLD, name="most replies say"), *numbers("agree", "of"), QUESTION),
        [
            (each.gold, each.answer, f"{each.agreeing:,}", f"{each.replies:,}", each.question)
            for each in outvoted.examples
        ],
        heading="Outvoted golds",
    )


def _variants(variants: VariantFigures, columns: Sequence[str]) -> Iterator[Sheet]:
    """Form by form, then of each value of the column, with what the rule rejects of right answers."""
    yield Sheet(
        "golds in other forms, each proved to be equal",
        (
            Column("form", one_line=True),
            *numbers("tried", "rejected", "share"),
            GOLD,
            replace(GOLD, name="rejected as", rest=True),
        ),
        [
            (each.form, *_rejected(each.tried, each.rejected), *_shown(each.examples[:1]))
            for each in variants.forms
        ],
        heading="How the rule treats other forms",
    )
    for name in (visible(column, NAME_CHARS) for column in columns):
        yield Sheet(
            f"golds in other forms, by {name}",
            (Column(name, literal=True, most=NAME_CHARS), *numbers("golds", "tried", "rejected", "share")),
            [(each.value, f"{each.golds:,}", *_rejected(each.tried, each.rejected)) for each in variants.by],
        )


def _rejected(tried: int, rejected: int) -> tuple[str, str, str]:
    return f"{tried:,}", f"{rejected:,}", percent(rejected / tried)


def _shown(examples: Sequence[FormExample]) -> tuple[str, str]:
    return next(((each.gold, each.variant) for each in examples), ("", ""))
