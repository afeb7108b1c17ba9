"""The rows of the input as they were, with the verdict and the reward of each response beside them.

An audit spreads the responses of a row over lines; here they stand in lists again, as do the verdicts. The
verdict may also take the place of the one that the data recorded.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.columns import OURS
from tinyv_cli.errors import UsageError
from tinyv_cli.exports.request import Request
from tinyv_cli.exports.setting import settings_of
from tinyv_cli.sources.mapping import TRUTH

ADDED = ("tinyv_verdict", "tinyv_false_negative", "tinyv_reward")
FILE = "tinyv_file"


def recovered(request: Request) -> Iterator[pa.Table]:
    """The input's rows and columns, and ADDED: lists for rows of several responses, else single values.

    Raises UsageError for a file that holds some responses of a row without the others, or does not say which
    columns were lists; and for fields into which no verdict can be put.
    """
    rows = _Rows(request)
    for table in rows.tables():
        yield rows.put_together(table)


def recovered_files(request: Request) -> Iterator[tuple[str | None, pa.Table]]:
    """The same, each table with the name of the file whose rows it holds; None where that is not known."""
    rows = _Rows(request)
    for table in rows.tables():
        if FILE in table.column_names:
            for part in _by_file(table):
                yield part.column(FILE)[0].as_py(), rows.put_together(part)
        else:
            yield None, rows.put_together(table)


class _Rows:
    """The rows of what was audited: their lines together, and how to make one of these."""

    def __init__(self, request: Request) -> None:
        audited = request.audited
        _check_whole(audited)
        self._request = request
        self._lists = _lists(audited)
        told = (audited.metadata.get("mapping") or {}).get("truths")
        self._dropped = {TRUTH} if told else set()  # the format says it; the rows do not
        self._settings = settings_of(request, several=bool(self._lists))

    def tables(self) -> Iterator[pa.Table]:
        """The lines, no row in two tables."""
        return whole_rows(self._request.tables())

    def put_together(self, table: pa.Table) -> pa.Table:
        """A line for each row, with the columns of the input and ADDED."""
        for setting in self._settings:
            table = setting.into(table)
        theirs = [
            name for name in table.column_names if not name.startswith(OURS) and name not in self._dropped
        ]
        return imploded(table.select([*theirs, "tinyv_row", "tinyv_response", *ADDED]), self._lists)


def _check_whole(audited: Audited) -> None:
    only = audited.metadata.get("only")
    if only is not None:
        raise UsageError(
            f"{audited.name}: holds the {only} ones alone, so its rows are not whole; audit without --only"
        )
    if "exploded" not in audited.metadata:
        raise UsageError(
            f"{audited.name}: was written by an earlier tinyv, which did not note which columns held lists; "
            "audit again (verdicts are kept)"
        )


def _lists(audited: Audited) -> frozenset[str]:
    """The columns that hold a list for each row."""
    exploded = frozenset(audited.metadata["exploded"])
    highest = audited.collect(audited.frame.select(pl.col("tinyv_rollout").max())).item()
    return exploded | set(ADDED) if exploded or highest else frozenset()


def whole_rows(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same lines, with no row of the input in two tables."""
    held: pa.Table | None = None
    for table in tables:
        joined = table if held is None else pa.concat_tables([held, table])
        starts = _starts(joined)
        last = int(starts[-1]) if len(starts) else 0
        if last:
            yield joined.slice(0, last)
        held = joined.slice(last)
    if held is not None:
        yield held


def _by_file(table: pa.Table) -> Iterator[pa.Table]:
    """The parts of the table that stand in one file each."""
    files = table.column(FILE).to_pylist()
    ends = [i for i in range(1, len(files)) if files[i] != files[i - 1]]
    for start, end in pairwise([0, *ends, len(files)]):
        if end > start:
            yield table.slice(start, end - start)


def imploded(table: pa.Table, lists: frozenset[str]) -> pa.Table:
    """A line for each row: of these columns the list of all its lines' values, of the others the first value.

    A row without any response, which is one line, has empty lists.
    """
    starts = _starts(table)
    kept = _with_response(table, starts)
    before = np.concatenate(([0], np.cumsum(kept)))
    offsets = pa.array(before[np.append(starts, len(table))], pa.int32())
    spread, first = table.filter(pa.array(kept)), table.take(pa.array(starts))
    columns = {
        name: _listed(spread.column(name), offsets) if name in lists else first.column(name)
        for name in table.column_names
        if name in ADDED or not name.startswith(OURS)
    }
    return pa.table(columns)


def _listed(column: pa.ChunkedArray, offsets: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(offsets, column.combine_chunks())


def _starts(table: pa.Table) -> npt.NDArray[np.int64]:
    """Where another row begins."""
    rows = table.column("tinyv_row").to_numpy()
    return np.flatnonzero(np.diff(rows, prepend=-1))


def _with_response(table: pa.Table, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """All lines but those that stand for a row without responses."""
    alone = np.diff(np.append(starts, len(table))) == 1
    is_alone = np.repeat(alone, np.diff(np.append(starts, len(table))))
    has_response = table.column("tinyv_response").is_valid().to_numpy()
    return np.asarray(~is_alone | has_response)


REWARDS = {
    "row": "tinyv_row",
    "rollout": "tinyv_rollout",
    "tinyv_file": "tinyv_file",
    "tinyv_line": "tinyv_line",
    "reward": "tinyv_reward",
}


def rewards(request: Request) -> Iterator[pa.Table]:
    """A reward for each response: 1 where it is right, 0 where it is not, null while that is undecided.

    The file and the line of its row stand beside it, where the audit has noted them.
    """
    for table in request.tables():
        there = {name: ours for name, ours in REWARDS.items() if ours in table.column_names}
        yield table.select([*there.values()]).rename_columns([*there])


def false_negatives(request: Request) -> Iterator[pa.Table]:
    """These examples with all columns."""
    for table in request.tables():
        yield table.filter(pc.fill_null(table.column("tinyv_false_negative"), fill_value=False))
