"""Labels by hand: whether responses are right, in a file of their own beside the audited one.

It is never the dataset that is written to. Each line is one decision of one reviewer, appended and on the
disk before the next question is asked; what counts is the last line of a reviewer on an example.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from tinyv_cli.documents.audited import Audited, AuditedFile
from tinyv_cli.documents.pairs import PAIR
from tinyv_cli.errors import SourceError
from tinyv_cli.running.disk import regular, resolved, write_errors
from tinyv_cli.sources import open_source
from tinyv_cli.sources.mapping import truth_of


@dataclass(frozen=True, slots=True)
class HandLabel:
    """What a person says of one example of an annotated file: whether its answer is right.

    Where the example was drawn for that, `stratum` is what it was drawn from, of `stratum_size` examples.
    """

    row: int
    rollout: int
    right: bool
    stratum: str | None = None
    stratum_size: int | None = None


PLACE = ("tinyv_row", "tinyv_rollout")
PLACE_TYPES = (pl.Int64, pl.Int32)
LARGEST = (2**63 - 1, 2**31 - 1)  # as the columns are wide
LABEL = "label"
SEEN = ("question", "gold", "response")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draw:
    """How an example came into a sample: of `size` examples in its stratum, `drawn` were drawn."""

    stratum: str
    size: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Label:
    """What a reviewer says of the response at a place, by row and rollout; None is `unsure`.

    `example` is the `example_id` of what was seen there; None where the line does not say.
    """

    place: Place
    truth: bool | None
    reviewer: str | None = None
    example: str | None = None
    draw: Draw | None = None


def labels_path(audited: Path) -> Path:
    """Where the labels of an audited file are kept."""
    return audited.with_suffix(".labels.jsonl")


def labels_beside(audited: Audited) -> list[Path]:
    """The files of labels that are kept beside the audited ones and hold any."""
    beside = (labels_path(file.path) for file in audited.files)
    return [path for path in beside if path.exists() and path.stat().st_size]


def example_id(question: str | None, gold: str | None, response: str | None) -> str:
    """Sixteen hex digits for what a reviewer saw, so that no label is taken for another file's example."""
    texts = json.dumps([question, gold, response])
    return sha256(texts.encode()).hexdigest()[:16]


def read_labels(path: Path) -> list[Label]:
    """The last label of each reviewer on each example, in the order in which they were given.

    The file has rows (.jsonl, .csv, .parquet …) with tinyv_row, tinyv_rollout and label; a reviewer and the
    stratum of a sample may stand beside them. Raises SourceError that names the row.
    """
    last: dict[tuple[Place, str | None], Label] = {}
    number = 0
    for rows, _ in open_source(str(path)).read():
        for record in rows.records(range(len(rows))):
            label = _label(record, path, number)
            last.pop((label.place, label.reviewer), None)  # so that it stands behind those before it
            last[label.place, label.reviewer] = label
            number += 1
    return list(last.values())


def labels_of(audited: Audited, *paths: Path) -> list[Label]:
    """The same of all these files, seen to be of what was audited. Raises SourceError where one is not.

    Each is about one audited file: that beside which it is kept, or whose examples it labels. A line that
    does not say which example it is about is taken at its word. A label counts for all copies of what was
    labelled, that is for whatever has the same question, gold and answer, unless the same reviewer says
    something else of one; a copy was not drawn.
    """
    labels = [label for path in paths for label in _labels_in(path, audited)]
    return [*labels, *_of_copies(labels, audited)] if labels else []


def _of_copies(labels: Sequence[Label], audited: Audited) -> Iterator[Label]:
    """The last label of each reviewer on a copy of each example that has none of theirs itself."""
    own = {(label.place, label.reviewer) for label in labels}
    found: dict[tuple[Place, str | None], Label] = {}
    for number, *place in _copies_of([label.place for label in labels], audited).iter_rows():
        label = replace(labels[number], place=(place[0], place[1]), example=None, draw=None)
        if (label.place, label.reviewer) not in own:
            found[label.place, label.reviewer] = label
    yield from found.values()


def _copies_of(places: Sequence[Place], audited: Audited) -> pl.DataFrame:
    """Of each of these examples, by its number, the places of its copies."""
    examples = audited.frame.select(PAIR, *PLACE)
    numbered = [(number, *place) for number, place in enumerate(places)]
    wanted = pl.LazyFrame(
        numbered, schema={"number": pl.Int64, **dict(zip(PLACE, PLACE_TYPES, strict=True))}, orient="row"
    )
    pairs = examples.join(wanted, on=PLACE).select("pair", "number")
    return audited.collect(examples.join(pairs, on="pair").select("number", *PLACE)).sort("number", *PLACE)


def _labels_in(path: Path, audited: Audited) -> list[Label]:
    labels = read_labels(path)
    beside = [file for file in audited.files if resolved(labels_path(file.path)) == resolved(path)]
    candidates = beside or audited.files
    if len(candidates) > 1 and any(label.example is None for label in labels):
        raise SourceError(
            f"{path}: does not say of which of the files its labels are; name it as labels of one are named, "
            f"{labels_path(audited.files[0].path)}"
        )
    with audited.read_errors():
        misplaced = {file.path: _misplaced(labels, file) for file in candidates}
    file = next((file for file in candidates if misplaced[file.path] is None), None)
    if file is None:
        other, (row, rollout) = next((path, place) for path, place in misplaced.items() if place is not None)
        raise SourceError(
            f"{path}: labels another example as row {row}, rollout {rollout} than {other} holds there; it is "
            "of another audit: move it away"
        )
    first = file.first_row
    return [replace(label, place=(label.place[0] + first, label.place[1])) for label in labels]


def _misplaced(labels: Iterable[Label], file: AuditedFile) -> Place | None:
    """The first place at which the file holds another example than was labelled."""
    told = {label.place: label.example for label in labels if label.example is not None}
    wanted = pl.LazyFrame(list(told), schema=dict(zip(PLACE, PLACE_TYPES, strict=True)), orient="row")
    texts = file.frame.select(*PLACE, *(f"tinyv_{name}" for name in SEEN))
    found = texts.join(wanted, on=PLACE, how="semi").collect(engine="streaming")
    there = {(row, rollout): example_id(*seen) for row, rollout, *seen in found.iter_rows()}
    return next((place for place, example in told.items() if there.get(place) != example), None)


def agreed(labels: Iterable[Label]) -> dict[Place, bool]:
    """Whether the response at each place is right; where reviewers contradict each other nothing is known.

    One who is unsure contradicts nobody.
    """
    said: dict[Place, set[bool]] = {}
    for label in labels:
        if label.truth is not None:
            said.setdefault(label.place, set()).add(label.truth)
    return {place: truths.pop() for place, truths in said.items() if len(truths) == 1}


def hand_labels(labels: Sequence[Label]) -> list[HandLabel]:
    """The same with the stratum of each, as estimates take them."""
    draws = {label.place: label.draw for label in labels if label.draw is not None}
    return [_hand_label(place, right, draws.get(place)) for place, right in agreed(labels).items()]


def _hand_label(place: Place, right: bool, draw: Draw | None) -> HandLabel:
    return HandLabel(*place, right) if draw is None else HandLabel(*place, right, draw.stratum, draw.size)


def _label(record: Mapping[str, Any], path: Path, number: int) -> Label:
    try:
        row, rollout = (_whole(record[name], most) for name, most in zip(PLACE, LARGEST, strict=True))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise SourceError(f"{path}: row {number} needs whole numbers as {' and '.join(PLACE)}") from error
    return Label(
        (row, rollout),
        truth_of(record.get(LABEL)),
        _text(record.get("reviewer")),
        _text(record.get("example")),
        _draw(record, path, number),
    )


def _whole(value: Any, most: int) -> int:
    """A number, which may stand there as a text. Raises ValueError for one that is not whole or too large."""
    number = int(value)
    if not 0 <= number <= most or (isinstance(value, float) and number != value):
        raise ValueError(value)
    return number


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _draw(record: Mapping[str, Any], path: Path, number: int) -> Draw | None:
    if record.get("stratum") is None:
        return None
    try:
        size, drawn = (_whole(record[name], LARGEST[0]) for name in ("stratum_size", "stratum_drawn"))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise SourceError(f"{path}: row {number} has a stratum without its whole numbers") from error
    return Draw(str(record["stratum"]), size, drawn)


class LabelFile:
    """Takes labels as they are given; each is on the disk when `add` returns."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor

    def add(self, label: Label, **seen: object) -> None:
        """Append a line; `seen` is what else is worth keeping of the example. Raises SinkError."""
        (row, rollout), draw = label.place, label.draw
        line = {
            "tinyv_row": row,
            "tinyv_rollout": rollout,
            LABEL: label.truth,
            "reviewer": label.reviewer,
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            **seen,
            "example": label.example,
            "stratum": draw and draw.stratum,
            "stratum_size": draw and draw.size,
            "stratum_drawn": draw and draw.drawn,
        }
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with write_errors(self.path):
            # One write at the end of the file: reviewers at the same file do not mix their lines.
            os.write(self._descriptor, text.encode("utf-8", "replace"))
            os.fsync(self._descriptor)


@contextmanager
def opened_labels(path: Path) -> Iterator[LabelFile]:
    """The file to append to, made where there is none. Raises SinkError where it cannot be written."""
    with write_errors(path):
        mend(regular(path))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        yield LabelFile(path, descriptor)
    finally:
        os.close(descriptor)


def mend(path: Path) -> None:
    """Cut off a last line that a crash left unfinished, so that the file can be read and appended to."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        lines = file.read()
        if lines and not lines.endswith(b"\n"):
            whole, end, rest = lines.rpartition(b"\n")
            if _is_json(rest):
                file.write(b"\n")
            else:
                file.truncate(len(whole + end))


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
