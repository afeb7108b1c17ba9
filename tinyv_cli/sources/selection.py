"""Which of the rows are looked at: those that meet a condition, a shard, a random sample, a limit.

Each is a step from windows to windows, in this order. Rows keep the numbers that they have in their sources,
and the rollouts of a row stay together, but for the limit, which counts examples.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import heappush, heappushpop
from itertools import groupby
from random import Random
from typing import Any
from zlib import crc32

import polars as pl
import pyarrow as pa

from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.records import Example
from tinyv_cli.sources.explode import Window
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.rows import DoesNotFitError, Rows, fitted, merged_schema, values_at, with_text

Step = Callable[[Iterable[Window]], Iterator[Window]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user wants of the rows; what is None is not asked for.

    `shard` is written `i/n`, `sample` is in rows, `limit` in examples. Where `by` names a field, the sample
    is as large in each of its groups.
    """

    where: str | None = None
    shard: str | None = None
    sample: int | None = None
    seed: int = 0
    by: str | None = None
    limit: int | None = None

    def columns(self) -> list[str]:
        """What the condition looks at. Raises UsageError for what is none."""
        return [] if self.where is None else Where(self.where).columns

    def described(self) -> dict[str, Any]:
        """What is asked for, by name; empty where that is everything."""
        idle = {"seed", "by"} if self.sample is None else set()
        return {name: value for name, value in asdict(self).items() if value is not None and name not in idle}

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.described().items())


EVERYTHING = Selection()


def selected(
    windows: Iterable[Window], selection: Selection, *, at_once: bool = False, may_be_empty: bool = False
) -> Iterator[Window]:
    """The windows of what is selected, without empty ones.

    What is left of several windows is joined to one, as many examples at a time are cheaper, unless someone
    waits for them (`at_once`). Raises UsageError for a selection that cannot be, SourceError when nothing is
    left, unless that `may_be`; a shard may, as a job array goes on where one of few questions has none.
    """
    for step in _steps(selection, at_once=at_once):
        windows = step(windows)
    return _some(windows, selection, may_be_empty=may_be_empty)


def _steps(selection: Selection, *, at_once: bool) -> Iterator[Step]:
    if selection.where is not None:
        yield Where(selection.where)
    if selection.shard is not None:
        yield parse_shard(selection.shard)
    if selection.sample is not None:
        yield Sample(selection.sample, selection.seed, selection.by)
    if selection.limit is not None:
        yield Limit(selection.limit)
    thinned = (selection.where or selection.shard) and not at_once
    if thinned or selection.sample is not None:
        yield joined


def _some(windows: Iterable[Window], selection: Selection, *, may_be_empty: bool) -> Iterator[Window]:
    held: Window | None = None
    empty = True
    for window in windows:
        held = held or window
        if window.examples:
            empty = False
            yield window
    if empty and not may_be_empty and (held is None or selection.shard is None):
        raise SourceError(f"no row is selected by {selection}; there is nothing to do")
    if empty and held is not None:
        yield held


class Where:
    """Rows that meet a condition: an SQL expression over the columns, as polars reads it. Null is no.

    A column that the first rows have may be missing later, where it is null.
    """

    def __init__(self, condition: str) -> None:
        """Raises UsageError for what is no expression over columns."""
        self._condition = condition
        try:
            self._expression = pl.sql_expr(condition)
        except pl.exceptions.PolarsError as error:
            raise self._error(error) from error
        self.columns = list(dict.fromkeys(self._expression.meta.root_names()))
        self._schema: pa.Schema | None = None
        if not self.columns:
            raise UsageError(
                f"--where {condition}: names no column; an example: --where \"source = 'gsm8k'\""
            )

    def __call__(self, windows: Iterable[Window]) -> Iterator[Window]:
        """Raises UsageError for a column that the first window lacks, and for values that do not compare."""
        for window in windows:
            holds = self._holds(window)
            yield window.picked([i for i, row in enumerate(window.index) if holds[row]])

    def _holds(self, window: Window) -> list[bool | None]:
        frame, half = self._frame(window.rows), len(window.rows) // 2
        try:
            holds = self._evaluated(frame)
            halves = [self._evaluated(part) for part in (frame[:half], frame[half:])]
        except pl.exceptions.PolarsError as error:
            raise self._error(error, f" (in the rows from {window.examples[0].row} on)") from error
        if holds.dtype != pl.Boolean:
            raise UsageError(f"--where {self._condition}: is no condition, it gives {holds.dtype}")
        if half and not holds.equals(pl.concat(halves)):
            raise UsageError(f"--where {self._condition}: must say of a row by itself whether it is wanted")
        return holds.to_list()

    def _frame(self, rows: Rows) -> pl.DataFrame:
        """The columns in types that hold what was in them so far: a window without values compares too."""
        table = rows.only(self.columns)
        if self._schema is None:
            for name in set(self.columns) - set(table.column_names):
                there_are = ", ".join(rows.columns)
                raise UsageError(f"--where {self._condition}: no column '{name}'; there are {there_are}")
            self._schema = table.schema
        self._schema = merged_schema(self._schema, table.schema)
        while True:
            try:
                return pl.DataFrame(fitted(table, self._schema))
            except DoesNotFitError as error:
                self._schema = with_text(self._schema, error.column)

    def _evaluated(self, frame: pl.DataFrame) -> pl.Series:
        try:
            return frame.with_columns(tinyv_where=self._expression)["tinyv_where"]
        except pl.exceptions.PolarsError:
            if pl.Null not in frame.dtypes:
                raise
        # Of a column that was null so far nothing is known: it may be one of text.
        return frame.cast({pl.Null: pl.String}).with_columns(tinyv_where=self._expression)["tinyv_where"]

    def _error(self, error: Exception, where: str = "") -> UsageError:
        return UsageError(f"--where {self._condition}: {str(error).splitlines()[0]}{where}")


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`-th of `count` parts of the questions: all shards together are everything, once.

    A hash of the question's text says in which it is, so that all responses to it stay together, in whatever
    rows and files they stand. Rows without a question are told apart by their numbers.
    """

    number: int
    count: int

    def __call__(self, windows: Iterable[Window]) -> Iterator[Window]:
        for window in windows:
            yield window.picked([i for i, example in enumerate(window.examples) if self._holds(example)])

    def _holds(self, example: Example) -> bool:
        number = crc32(example.question.encode("utf-8", "replace")) if example.question else example.row
        return number % self.count == self.number - 1


def parse_shard(text: str) -> Shard:
    """The shard that `3/10` means. Raises UsageError."""
    numbers = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
    if numbers is None or not 1 <= int(numbers[1]) <= int(numbers[2]):
        raise UsageError(f"--shard {text}: is not of the form I/N, such as 3/10, where I goes from 1 to N")
    return Shard(int(numbers[1]), int(numbers[2]))


@dataclass(frozen=True, slots=True)
class Limit:
    """The first so many examples; what lies behind them is not read."""

    examples: int

    def __call__(self, windows: Iterable[Window]) -> Iterator[Window]:
        left = self.examples
        for window in windows:
            window = window.picked(range(len(window.examples))[:left])
            left -= len(window.examples)
            yield window
            if left == 0:
                return


@dataclass(frozen=True, slots=True)
class Sample:
    """So many rows at random, in their order; where `by` names a field, so many of each of its values.

    All is read before the first row is known to stay; about twice the sample is held. The same seed draws the
    same rows from the same input, and those of a smaller sample are among those of a larger one.
    """

    size: int
    seed: int = 0
    by: str | None = None

    def __call__(self, windows: Iterable[Window]) -> Iterator[Window]:
        drawn, held, rows = _Draw(self.size, Random(self.seed)), list[Window](), 0
        for window in windows:
            drawn.offer(_groups(window, self.by))
            held.append(_of_rows(window, drawn.rows))
            rows += len(held[-1].rows)
            if rows > 2 * len(drawn.rows) + CHUNK_ROWS:
                held = [piece for piece in _pieces(held, drawn.rows) if piece.examples]
                rows = sum(len(piece.rows) for piece in held)
        yield from _told(list(_pieces(held, drawn.rows)))


@dataclass(slots=True)
class _Draw:
    """Each row gets a random number, and those with the largest of their group stay.

    So a reservoir is kept over a stream of unknown length (Efraimidis and Spirakis 2006, Inf. Process. Lett.
    97:181, with equal weights).
    """

    size: int
    random: Random
    rows: set[int] = field(default_factory=set)
    _largest: defaultdict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    def offer(self, groups: dict[int, str]) -> None:
        """Draw among these rows too, which have a group each."""
        for row, group in groups.items():
            largest, number = self._largest[group], (self.random.random(), row)
            self.rows.add(row)
            if len(largest) < self.size:
                heappush(largest, number)
            else:
                self.rows.remove(heappushpop(largest, number)[1])


def _groups(window: Window, by: str | None) -> dict[int, str]:
    """The group of each row of the window, by the row's number."""
    if by is None:
        return {example.row: "" for example in window.examples}
    values = values_at(by, window.rows)
    return {example.row: str(values[i]) for example, i in zip(window.examples, window.index, strict=True)}


def _pieces(windows: Iterable[Window], rows: set[int]) -> Iterator[Window]:
    return (_of_rows(window, rows) for window in windows)


def _of_rows(window: Window, rows: set[int]) -> Window:
    """What the window has of these rows; the others are no longer held in memory."""
    return _compact(window.picked([i for i, example in enumerate(window.examples) if example.row in rows]))


def _told(windows: Sequence[Window]) -> Iterator[Window]:
    """With each window, what fraction of all examples lies behind it."""
    total, done = sum(len(window.examples) for window in windows), 0
    for window in windows:
        done += len(window.examples)
        yield replace(window, fraction=done / total if total else None)


def joined(windows: Iterable[Window]) -> Iterator[Window]:
    """Windows of about as many rows as are read at a time, of neighbours that are alike."""
    for _, alike in groupby(windows, key=_kind):
        held, rows = list[Window](), 0
        for window in map(_compact, alike):
            held.append(window)
            rows += len(window.rows)
            if rows >= CHUNK_ROWS:
                yield _as_one(held)
                held, rows = [], 0
        if held:
            yield _as_one(held)


def _kind(window: Window) -> object:
    return window.mapping, window.rows.kind, tuple(window.exploded)


def _compact(window: Window) -> Window:
    """The window with no other rows than those of its examples."""
    needed = {row: place for place, row in enumerate(dict.fromkeys(window.index))}
    return replace(window, rows=window.rows.picked(list(needed)), index=[needed[row] for row in window.index])


def _as_one(windows: Sequence[Window]) -> Window:
    first, *others = windows
    if not others:
        return first
    index, before = list[int](), 0
    for window in windows:
        index += [before + row for row in window.index]
        before += len(window.rows)
    return replace(
        windows[-1],
        rows=first.rows.joined([window.rows for window in others]),
        index=index,
        examples=[example for window in windows for example in window.examples],
        exploded={
            name: [value for window in windows for value in window.exploded[name]] for name in first.exploded
        },
    )
