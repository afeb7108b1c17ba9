"""Labelled pairs: a gold and an answer, and whether the answer is right.

They are on disk, since each verifier reads them again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tinyv_cli.documents import labels
from tinyv_cli.documents.labels import LABEL, PLACE, Place
from tinyv_cli.errors import SourceError
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.maths.kinds import kind_of
from tinyv_cli.records import Answer, Example
from tinyv_cli.running.disk import scratch
from tinyv_cli.running.spool import Spool
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import truth_of
from tinyv_cli.stages import Guard


class Labels(Protocol):
    """Where labels come from."""

    def of(self, window: Window) -> list[bool | None]:
        """Whether each response is right; None where nothing says it."""


class ColumnLabels:
    """The labels that stand in the rows."""

    def of(self, window: Window) -> list[bool | None]:
        """What the mapped column says, as far as it says true or false."""
        path = window.mapping.label
        return [None] * len(window.examples) if path is None else list(map(truth_of, window.values(path)))


class FileLabels:
    """Labels by hand of an audited file's examples, from a file that names each by row and rollout."""

    def __init__(self, labels: Mapping[Place, bool], name: str) -> None:
        self._labels, self._name = labels, name

    def of(self, window: Window) -> list[bool | None]:
        """What the file says. Raises SourceError for rows that no audit has numbered."""
        if any(name not in window.rows.columns for name in PLACE):
            raise SourceError(f"{self._name}: is for files of 'tinyv audit'; these rows have no {PLACE[0]}")
        rows, rollouts = map(window.values, PLACE)
        return [self._labels.get(place) for place in zip(rows, rollouts, strict=True)]


def read_labels(path: Path) -> FileLabels:
    """What the reviewers of `tinyv review`, or whoever else wrote the file, say with one voice.

    Raises SourceError for a file that says nothing.
    """
    known = labels.agreed(labels.read_labels(path))
    if not known:
        raise SourceError(f"{path}: no line has a {LABEL} that says true or false")
    return FileLabels(known, str(path))


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled example. `refusal` is why the guards let no model see it; `group` what `--by` says of it."""

    example: Example
    answer: Answer
    correct: bool
    kind: str
    group: str | None
    refusal: str | None


class Pairs:
    """The labelled pairs of a run, batch by batch. `counts` says what was read."""

    def __init__(self, folder: Path, labels: Labels, guard: Guard, *, needed: bool) -> None:
        self.counts = Counter(
            {"rows": 0, "examples": 0, "pairs": 0, "correct": 0, "wrong": 0, "unlabelled": 0, "no_gold": 0}
        )
        self._labels, self._guard, self._needed = labels, guard, needed
        self._spool: Spool[list[Pair]] = Spool(folder / "pairs")

    def add(self, window: Window) -> int:
        """Add those of the window's examples that have a label and a gold; returns how many these are."""
        labels = self._labels.of(window)
        groups = window.values(window.mapping.by) if window.mapping.by else [None] * len(labels)
        pairs = [
            self._pair(example, label, None if group is None else str(group))
            for example, label, group in zip(window.examples, labels, groups, strict=True)
            if label is not None and example.golds
        ]
        self._count(window, labels, pairs)
        if pairs:
            self._spool.add(pairs)
        return len(pairs)

    def close(self) -> None:
        """No more come. Raises SourceError if there are none and they are needed."""
        self._spool.close()
        if self._needed and not self.counts["pairs"]:
            raise SourceError(
                f"none of the {self.counts['examples']:,} examples has a gold and a label that says true or "
                "false; name the column of labels with --label COLUMN"
            )

    def __len__(self) -> int:
        return self.counts["pairs"]

    def __iter__(self) -> Iterator[list[Pair]]:
        return iter(self._spool)

    def _pair(self, example: Example, correct: bool, group: str | None) -> Pair:
        answer = find_answer(example.response or "")
        refusal = None if example.response is None else self._guard(example, answer)
        return Pair(example, answer, correct, kind_of(example.golds[0]), group, refusal)

    def _count(self, window: Window, labels: list[bool | None], pairs: list[Pair]) -> None:
        right = sum(pair.correct for pair in pairs)
        self.counts.update(
            rows=len(set(window.index)),
            examples=len(labels),
            pairs=len(pairs),
            correct=right,
            wrong=len(pairs) - right,
            unlabelled=labels.count(None),
            no_gold=sum(not example.golds for example in window.examples),
        )


@contextmanager
def opened_pairs(labels: Labels, guard: Guard, *, needed: bool = True) -> Iterator[Pairs]:
    """Pairs in a temporary folder that goes with them."""
    with scratch() as folder:
        yield Pairs(folder, labels, guard, needed=needed)
