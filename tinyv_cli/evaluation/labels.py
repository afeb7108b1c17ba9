"""Whether responses are right: by a column of their rows, or by a file of labels beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tinyv_cli import labels
from tinyv_cli.errors import SourceError
from tinyv_cli.labels import LABEL, PLACE, Place
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.mapping import truth_of


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
