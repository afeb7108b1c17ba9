"""Labelled answers, grouped by what they answer: the file format between the steps of the recipe.

A group is one question with one gold and its answers, as rollouts are; one JSON object a line.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whether it is correct, and how it came to be: transformations, or the name of a source.

    `weight` is how much it counts in the loss.
    """

    text: str
    correct: bool
    how: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its gold, where they come from, and answers to them."""

    source: str
    question: str
    gold: str
    answers: tuple[Answer, ...]


def write_groups(path: Path, groups: Iterable[Group]) -> int:
    """Write groups, one a line; returns the number of answers."""
    answers = 0
    with path.open("w", encoding="utf-8") as file:
        for group in groups:
            print(json.dumps(asdict(group), ensure_ascii=False), file=file)
            answers += len(group.answers)
    return answers


def write_pairs(path: Path, groups: Iterable[Group]) -> int:
    """Write a row for each answer, as Parquet, its `repo` the group's source; returns their number."""
    rows = [
        (group.source, group.question, group.gold, answer.text, answer.correct)
        for group in groups
        for answer in group.answers
    ]
    pl.DataFrame(rows, ["repo", "question", "gold", "answer", "label"], orient="row").write_parquet(path)
    return len(rows)


def read_groups(paths: Sequence[Path]) -> Iterator[Group]:
    """Groups as they were written."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield Group(**{**row, "answers": tuple(Answer(**each) for each in row["answers"])})


def share_of(question: str) -> float:
    """Where a question falls between 0 and 1, by its letters and digits alone: what data are split by.

    The same question falls on the same side in every source, whatever its spaces and signs.
    """
    letters = "".join(filter(str.isalnum, question.casefold()))
    return int.from_bytes(sha256(letters.encode()).digest()[:8]) / 2**64


def without_measured(groups: Iterable[Group], measured: Iterable[str]) -> Iterator[Group]:
    """The groups whose questions are not among those that are measured with, by their letters and digits."""
    apart = {share_of(question) for question in measured if question.strip()}
    return (group for group in groups if share_of(group.question) not in apart)
