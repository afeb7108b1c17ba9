"""What was found of each row, on disk, so that rows can be compared that are far from each other."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from tinyv_cli.documents.columns import Column, Columns
from tinyv_cli.documents.sinks import flat_table
from tinyv_cli.figures.queries import collect
from tinyv_cli.golds.checks import CheckedGold
from tinyv_cli.records import Example
from tinyv_cli.running.disk import room, scratch
from tinyv_cli.running.spool import Spool
from tinyv_cli.sources.explode import Window

Note = dict[str, Any]

PAIRS_AT_ONCE = 128
BATCHES_KEPT = 256

# The file of golds with a problem.
COLUMNS: Columns = {
    "tinyv_row": Column(pa.int64(), attrgetter("example.row"), "the number of the row, from 0"),
    "tinyv_question": Column(pa.string(), attrgetter("example.question"), "the question as it was read"),
    "tinyv_gold": Column(pa.string(), attrgetter("example.gold"), "the gold as it was read"),
    "tinyv_rule": Column(
        pa.string(), attrgetter("rule.outcome"), "what the rule said of the gold as an answer to itself"
    ),
    "tinyv_rule_reason": Column(pa.string(), attrgetter("rule.reason"), "why it was undecided"),
    "tinyv_problem": Column(
        pa.string(), attrgetter("problem"), "what is wrong: sentinel, unreadable, conflict, …"
    ),
    "tinyv_taken": Column(
        pa.string(), attrgetter("taken"), "of a `partial` gold, another answer that the rule takes for it"
    ),
    "tinyv_majority_gold": Column(
        pa.string(), attrgetter("majority"), "in a `conflict`, the gold that most copies of the question have"
    ),
    "tinyv_agreed_answer": Column(
        pa.string(), attrgetter("agreed"), "of an `outvoted` gold, the answer that most replies agree on"
    ),
}
# What is noted of every row: some of these, and by what rows are compared.
LATER = ("tinyv_majority_gold", "tinyv_agreed_answer")
NOTED: Columns = {
    **{name: column for name, column in COLUMNS.items() if name not in LATER},
    "comparable": Column(pa.list_(pa.string()), attrgetter("comparable")),
    "sound": Column(pa.bool_(), attrgetter("sound")),
    "question_key": Column(pa.int64(), lambda checked: question_key(checked.example)),
    "gold_key": Column(pa.int64(), lambda checked: gold_key(checked.example)),
}
NOTED_SCHEMA = pa.schema([*((name, column.type) for name, column in NOTED.items()), ("group", pa.string())])
ANSWERS_SCHEMA = pa.schema([("question_key", pa.int64()), ("spelling", pa.int64()), ("answer", pa.string())])
NO_GROUP = "(none)"


def asked_of(note: Note) -> Example:
    """The row of a note as what a rule is asked about, without its golds."""
    return Example(note["tinyv_row"], 0, note["tinyv_question"], (), None)


def question_key(example: Example) -> int | None:
    """A hash of the question, in which white space does not count; None where there is no question."""
    return text_key(example.question) if example.question.strip() else None


def gold_key(example: Example) -> int:
    """A hash of all golds of the row."""
    return text_key("\x00".join(example.golds))


def text_key(text: str) -> int:
    """A hash of the text, in which white space does not count."""
    digest = blake2b(" ".join(text.split()).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two golds of a question: what was noted of the first row that has each."""

    first: Note
    other: Note

    @property
    def is_sound(self) -> bool:
        """Whether the rule matches both with themselves, so that what it says of both can be believed."""
        return bool(self.first["sound"] and self.other["sound"])


class Ledger:
    """What was found of each row, in files of a folder, so that the memory holds a window at a time.

    The rows themselves are kept, just as they were read, only if they are wanted again.
    """

    def __init__(self, folder: Path, *, keep_rows: bool) -> None:
        self._folder = folder
        self._starts: list[int] = []  # of each batch of notes, the number of its first row
        self._notes = self._opened("notes.arrow", NOTED_SCHEMA)
        self._answers = self._opened("answers.arrow", ANSWERS_SCHEMA)
        self._rows: Spool[tuple[Window, list[CheckedGold]]] | None = (
            Spool(folder / "rows") if keep_rows else None
        )

    def _opened(self, name: str, schema: pa.Schema) -> pa.ipc.RecordBatchFileWriter:
        compressed = pa.ipc.IpcWriteOptions(compression="zstd")
        return pa.ipc.new_file(str(self._folder / name), schema, options=compressed)

    def write(self, window: Window, checked: list[CheckedGold]) -> None:
        """Note what was found of a window, which has an example for each row."""
        self._starts.append(checked[0].example.row)
        by = window.mapping.by
        groups = [None] * len(checked) if by is None else [*map(_group, window.values(by))]
        table = flat_table(checked, NOTED).append_column("group", pa.array(groups, pa.string()))
        with room():
            self._notes.write_table(table)
        if self._rows is not None:
            self._rows.add((window, checked))

    def write_answers(self, answers: Sequence[tuple[int | None, int, str]]) -> None:
        """Note answers of replies: the key of the question, that of their spelling, and the answers."""
        columns = zip(*answers, strict=True) if answers else ((), (), ())
        arrays = [pa.array(values, field.type) for values, field in zip(columns, ANSWERS_SCHEMA, strict=True)]
        with room():
            self._answers.write_table(pa.table(arrays, schema=ANSWERS_SCHEMA))

    def close(self) -> None:
        """No more rows come; from now on they can be read."""
        with room():
            self._notes.close()
            self._answers.close()
        if self._rows is not None:
            self._rows.close()

    def notes(self) -> pl.LazyFrame:
        """What was noted, a line for each row."""
        return pl.scan_ipc(self._folder / "notes.arrow")

    def answers(self) -> pl.LazyFrame:
        """What was noted of replies, a line for each, in order."""
        return pl.scan_ipc(self._folder / "answers.arrow")

    def rows(self) -> Iterator[tuple[Window, list[CheckedGold]]]:
        """The windows again, in order."""
        return iter(self._rows or ())

    def golds(self) -> pl.LazyFrame:
        """What can be compared, by keys of question and gold: how many rows have it, and the first one."""
        comparable = (pl.col("comparable").list.len() > 0) & pl.col("question_key").is_not_null()
        golds = self.notes().filter(comparable).group_by("question_key", "gold_key")
        return golds.agg(row=pl.col("tinyv_row").min(), rows=pl.len().cast(pl.Int64))

    def rivals(self) -> pl.DataFrame:
        """Those of questions that have more than one, their rows sorted as they were read."""
        return collect(self.golds().filter(pl.len().over("question_key") > 1)).sort("row")

    def pairs(self, wanted: pl.DataFrame) -> Iterator[list[Pair]]:
        """In batches the pairs of the golds at the rows `against` and `row`, in order."""
        with self.reader() as note:
            for some in wanted.select("against", "row").iter_slices(PAIRS_AT_ONCE):
                yield [Pair(note(against), note(row)) for against, row in some.iter_rows()]

    @contextmanager
    def reader(self) -> Iterator[Callable[[int], Note]]:
        """A function that tells what was noted of a row, by its number."""
        with pa.ipc.open_file(str(self._folder / "notes.arrow")) as file:
            batch = lru_cache(BATCHES_KEPT)(file.get_batch)

            def note(row: int) -> Note:
                notes = batch(bisect_right(self._starts, row) - 1)
                place = notes.column("tinyv_row").to_numpy().searchsorted(row)  # some rows may be left out
                found: Note = notes.slice(place, 1).to_pylist()[0]
                return found

            yield note


def _group(value: Any) -> str:
    return NO_GROUP if value is None else str(value)


@contextmanager
def opened_ledger(*, keep_rows: bool) -> Iterator[Ledger]:
    """A ledger in a temporary folder that goes with it."""
    with scratch() as folder:
        yield Ledger(folder, keep_rows=keep_rows)
