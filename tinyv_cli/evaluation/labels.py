"""Whether responses are right: by a column of their rows, or by a file of labels beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tinyv_cli.errors import SourceError
from tinyv_cli.sources import open_source
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import truth_of

PLACE = ("tinyv_row", "tinyv_rollout")
LABEL = "label"


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
    """Labels by hand of an annotated file's examples, from a file that names each by row and rollout."""

    def __init__(self, labels: Mapping[tuple[int, int], bool], name: str) -> None:
        self._labels, self._name = labels, name

    def of(self, window: Window) -> list[bool | None]:
        """What the file says. Raises SourceError for rows that no audit has numbered."""
        if any(name not in window.rows.columns for name in PLACE):
            raise SourceError(f"{self._name}: is for files of 'tinyv audit'; these rows have no {PLACE[0]}")
        rows, rollouts = map(window.values, PLACE)
        return [self._labels.get(place) for place in zip(rows, rollouts, strict=True)]


def read_labels(path: Path) -> FileLabels:
    """Labels from a file of rows (.jsonl, .csv, .parquet …) with tinyv_row, tinyv_rollout and label.

    A later line replaces an earlier one of the same place; one that says neither true nor false, such as
    `unsure`, takes it back. Raises SourceError that names the row.
    """
    labels: dict[tuple[int, int], bool] = {}
    number = 0
    for rows, _ in open_source(str(path)).read():
        for record in rows.records(range(len(rows))):
            place = _place(record, path, number)
            number += 1
            truth = truth_of(record.get(LABEL))
            labels.pop(place, None)
            if truth is not None:
                labels[place] = truth
    if not labels:
        raise SourceError(f"{path}: no line has a {LABEL} that says true or false")
    return FileLabels(labels, str(path))


def _place(record: Mapping[str, Any], path: Path, number: int) -> tuple[int, int]:
    try:
        row, rollout = (int(record[name]) for name in PLACE)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: row {number} needs whole numbers as {' and '.join(PLACE)}") from error
    return row, rollout
