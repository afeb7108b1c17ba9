"""Judged answers of recorded rollouts, and answers written to be hard, as groups.

What natural data teach is partly the manner of a repository: so whole repositories are kept out to measure
with, and those whose licences forbid learning always are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random

import polars as pl

from training.groups import Answer, Group
from training.natural import in_parts

RIGHT_WEIGHT = 3.0  # of a right answer in the loss: there are six wrong ones to each


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that was judged, and whence it is: a repository of rollouts, or the source of its gold."""

    source: str
    question: str
    gold: str
    answer: str
    correct: bool
    may_train: bool = True


def recorded(path: Path) -> list[Judged]:
    """The rows of recorded rollouts whose label is that of the answer alone, in the order of the file."""
    wanted = pl.col("alone") & pl.col("label").is_not_null()
    columns = ["repo", "question", "gold", "answer", "label", "may_train"]
    return [
        Judged(*row) for row in pl.scan_parquet(path).filter(wanted).select(columns).collect().iter_rows()
    ]


def written(path: Path) -> list[Judged]:
    """The rows of answers that were written to golds."""
    columns = ["source", "question", "gold", "answer", "label"]
    return [Judged(*row) for row in pl.scan_parquet(path).select(columns).collect().iter_rows()]


def folds(rows: Sequence[Judged], count: int) -> list[frozenset[str]]:
    """The repositories that may be learnt from in so many parts, alike in answers and in right ones.

    The largest are dealt first, each to the part that is the smallest so far.
    """
    all_right = sum(row.correct for row in rows)
    size = dict.fromkeys((row.source for row in rows), 0.0)
    for row in rows:
        size[row.source] += 1 / len(rows) + row.correct / max(1, all_right)
    parts: list[list[str]] = [[] for _ in range(count)]
    for repo in sorted(size.keys() - _closed(rows), key=lambda each: (-size[each], each)):
        min(parts, key=lambda part: sum(size[each] for each in part)).append(repo)
    return [frozenset(part) for part in parts]


def parted(rows: Sequence[Judged], kept_out: frozenset[str]) -> tuple[list[Judged], list[Judged]]:
    """The rows to learn from, and those to measure with: of what is kept out, or must not be learnt from."""
    apart = kept_out | _closed(rows)
    learnt = [row for row in rows if row.source not in apart]
    return learnt, [row for row in rows if row.source in apart]


def groups_of(rows: Iterable[Judged], how: str, rng: Random, *, right_weight: float = 1.0) -> Iterator[Group]:
    """The rows with the same question and gold as a group, right answers with this weight in the loss."""

    def asked(row: Judged) -> tuple[str, str, str]:
        return row.source, row.question, row.gold

    for (source, question, gold), same in groupby(sorted(rows, key=asked), key=asked):
        answers = [Answer(row.answer, row.correct, how, right_weight if row.correct else 1.0) for row in same]
        rng.shuffle(answers)
        for part in in_parts(answers):
            yield Group(source, question, gold, part)


def _closed(rows: Iterable[Judged]) -> frozenset[str]:
    return frozenset(row.source for row in rows if not row.may_train)
