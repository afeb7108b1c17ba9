"""What was found of each row, on disk, so that rows can be compared that are far from each other."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from tinyv_cli.documents.columns import Column, Columns
from tinyv_cli.documents.sinks import flat_table
from tinyv_cli.golds.checks import CheckedGold
from tinyv_cli.records import Example
from tinyv_cli.running.disk import room, scratch
from tinyv_cli.running.spool import Spool
from tinyv_cli.sources.explode import Window

Note = dict[str, Any]

PAIRS_AT_ONCE = 128

# The file of bad golds.
COLUMNS: Columns = {
    "tinyv_row": Column(pa.int64(), lambda checked: checked.example.row),
    "tinyv_question": Column(pa.string(), lambda checked: checked.example.question),
    "tinyv_gold": Column(pa.string(), lambda checked: checked.example.gold),
    "tinyv_rule": Column(pa.string(), lambda checked: checked.rule.outcome.value),
    "tinyv_rule_reason": Column(pa.string(), lambda checked: checked.rule.reason),
    "tinyv_problem": Column(pa.string(), lambda checked: checked.problem and checked.problem.value),
}
# What is noted of every row: the same, and by what rows are compared.
NOTED: Columns = {
    **COLUMNS,
    "golds": Column(pa.list_(pa.string()), lambda checked: checked.sound),
    "question_key": Column(pa.int64(), lambda checked: question_key(checked.example)),
    "gold_key": Column(pa.int64(), lambda checked: _key("\x00".join(checked.example.golds))),
}
NOTED_SCHEMA = pa.schema([(name, column.type) for name, column in NOTED.items()])


def question_key(example: Example) -> int | None:
    """A hash of the question, in which white space does not count; None where there is no question."""
    return _key(example.question) if example.question.strip() else None


def _key(text: str) -> int:
    digest = blake2b(" ".join(text.split()).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's first gold and another gold of it: what was noted of the first row that has each."""

    question_key: int
    first: Note
    other: Note


class Ledger:
    """What was found of each row, in files of a folder, so that the memory holds a window at a time.

    The rows themselves are kept, just as they were read, only if they are wanted again.
    """

    def __init__(self, folder: Path, *, keep_rows: bool) -> None:
        self._folder = folder
        self._starts: list[int] = []  # of each batch of notes, the number of its first row
        compressed = pa.ipc.IpcWriteOptions(compression="zstd")
        self._notes = pa.ipc.new_file(str(folder / "notes.arrow"), NOTED_SCHEMA, options=compressed)
        self._rows: Spool[tuple[Window, list[CheckedGold]]] | None = (
            Spool(folder / "rows") if keep_rows else None
        )

    def write(self, window: Window, checked: list[CheckedGold]) -> None:
        """Note what was found of a window."""
        self._starts.append(checked[0].example.row)
        with room():
            self._notes.write_table(flat_table(checked, NOTED))
        if self._rows is not None:
            self._rows.add((window, checked))

    def close(self) -> None:
        """No more rows come; from now on they can be read."""
        with room():
            self._notes.close()
        if self._rows is not None:
            self._rows.close()

    def notes(self) -> pl.LazyFrame:
        """What was noted, a line for each row."""
        return pl.scan_ipc(self._folder / "notes.arrow")

    def rows(self) -> Iterator[tuple[Window, list[CheckedGold]]]:
        """The windows again, in order."""
        return iter(self._rows or ())

    def pairs(self) -> tuple[int, Iterator[list[Pair]]]:
        """How many there are, and in batches: each question's first gold with each other gold of it."""
        found = _pairs(self.notes()).collect(engine="streaming").sort("first", "row")
        return len(found), map(self._read, found.iter_slices(PAIRS_AT_ONCE))

    def _read(self, pairs: pl.DataFrame) -> list[Pair]:
        with pa.ipc.open_file(str(self._folder / "notes.arrow")) as file:
            batch = cache(file.get_batch)

            def note(row: int) -> Note:
                number = bisect_right(self._starts, row) - 1
                found: Note = batch(number).slice(row - self._starts[number], 1).to_pylist()[0]
                return found

            return [Pair(key, note(first), note(row)) for key, first, row in pairs.iter_rows()]


@contextmanager
def opened_ledger(*, keep_rows: bool) -> Iterator[Ledger]:
    """A ledger in a temporary folder that goes with it."""
    with scratch() as folder:
        yield Ledger(folder, keep_rows=keep_rows)


def _pairs(notes: pl.LazyFrame) -> pl.LazyFrame:
    """Keys of questions, and the rows of their first gold and of another; only sound golds take part."""
    sound = notes.filter(pl.col("tinyv_problem").is_null() & pl.col("question_key").is_not_null())
    golds = sound.group_by("question_key", "gold_key").agg(row=pl.col("tinyv_row").min())
    first = golds.group_by("question_key").agg(first=pl.col("row").min())
    pairs = golds.join(first, on="question_key").filter(pl.col("row") != pl.col("first"))
    return pairs.select("question_key", "first", "row")
