"""The figures of a dataset's golds as tables for the terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tinyv_cli.console import visible
from tinyv_cli.figures.queries import Figures
from tinyv_cli.figures.sheets import named_lines
from tinyv_cli.figures.spelling import listed, many, part_of

GOLD_CHARS, QUESTION_CHARS = 24, 120
MEANINGS = {
    "sentinel": "nothing, or a word that stands for a missing answer",
    "unparsable": "the rule cannot read them",
    "unequal": "the rule reads them and rejects them as answers to themselves",
    "conflict": "the same question has a gold that the rule does not find equal",
}


def gold_tables(figures: Figures) -> RenderableType:
    """Everything that the figures say, with text from the data made harmless."""
    return Group(*_parts(figures))


def _parts(figures: Figures) -> Iterator[RenderableType]:
    yield named_lines(_lines(figures))
    if figures["examples"]:
        yield Text("\ncommonest of each problem", style="italic")
        yield _commonest(figures["examples"])
    if figures["conflicts"]["examples"]:
        yield Text("\nquestions with golds that conflict", style="italic")
        yield _conflicts(figures["conflicts"]["examples"])


def _lines(figures: Figures) -> Iterator[tuple[str, str]]:
    rows, questions, problems = figures["rows"], figures["questions"], figures["problems"]
    yield "read", f"{many(rows, 'row')}, {many(questions['distinct'], 'question')}"
    yield "rule", visible(figures["rule_name"])
    yield "bad golds", part_of(figures["bad"]["count"], rows)
    for problem, meaning in MEANINGS.items():
        if problems[problem]["count"]:
            yield f"  {problem}", f"{part_of(problems[problem]['count'], rows)}: {meaning}"
    if problems["undecided"]["count"]:
        yield "undecided", f"{part_of(problems['undecided']['count'], rows)}: the rule failed on them"
    if figures["reasons"]:
        yield "the rule's reasons", listed(figures["reasons"]).removeprefix(": ")
    if questions["repeats"]:
        yield (
            "repeats",
            f"{part_of(questions['repeats'], rows)} repeat the question and gold of an earlier one; "
            f"most copies: {questions['most_copies']:,}×",
        )
    if figures["conflicts"]["pairs"]:
        yield "golds compared", _compared(figures["conflicts"])


def _compared(conflicts: Figures) -> str:
    undecided = f"; {many(conflicts['undecided_pairs'], 'pair')} undecided"
    return (
        f"{many(conflicts['pairs'], 'pair')} of the same question: "
        f"{many(conflicts['questions'], 'question')} with a conflict"
        f"{undecided if conflicts['undecided_pairs'] else ''}"
    )


def _commonest(examples: list[Figures]) -> Table:
    table = _table("problem", "rows", "gold")
    table.columns[1].justify = "right"
    for example in examples:
        undecided = example["problem"] == "undecided"
        table.add_row(
            Text(visible(example["rule_reason"] if undecided else example["problem"])),
            f"{example['rows']:,}",
            *_shown(example["gold"], question=example["question"]),
        )
    return table


def _conflicts(examples: list[Figures]) -> Table:
    table = _table("gold", "other gold")
    for example in examples:
        table.add_row(*_shown(example["gold"], example["other_gold"], question=example["question"]))
    return table


def _table(*columns: str) -> Table:
    """Columns as wide as they have to be, and the question in the room that is left."""
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for name in columns:
        table.add_column(name, no_wrap=True)
    table.add_column("question", no_wrap=True, overflow="ellipsis", ratio=1)
    return table


def _shown(*golds: str | None, question: str) -> list[Text]:
    return [*(Text(visible(gold, GOLD_CHARS)) for gold in golds), Text(visible(question, QUESTION_CHARS))]
