"""The rows of the input as they were, with the verdict and the reward of each response beside them.

An audit spreads the responses of a row over lines; here they stand in lists again, as do the verdicts.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.columns import OURS
from tinyv_cli.errors import UsageError
from tinyv_cli.sources.mapping import TRUTH

ADDED = ("tinyv_verdict", "tinyv_false_negative", "tinyv_reward")


def recovered(tables: Iterable[pa.Table], audited: Audited) -> Iterator[pa.Table]:
    """The input's rows and columns, and ADDED: lists for rows of several responses, else single values.

    Raises UsageError for a file that holds some responses of a row without the others, or does not say which
    columns were lists.
    """
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
    lists = _lists(audited)
    for table in whole_rows(tables):
        yield imploded(_as_read(table, audited), lists)


def _lists(audited: Audited) -> frozenset[str]:
    """The columns that hold a list for each row."""
    exploded = frozenset(audited.metadata["exploded"])
    highest = audited.collect(audited.frame.select(pl.col("tinyv_rollout").max())).item()
    return exploded | set(ADDED) if exploded or highest else frozenset()


def _as_read(table: pa.Table, audited: Audited) -> pa.Table:
    """Without what the audit has added, but for ADDED and the places."""
    mapping = audited.metadata.get("mapping") or {}
    known = {TRUTH} if mapping.get("truths") else set()  # the format says it; the rows do not
    names = [name for name in table.column_names if not name.startswith(OURS) and name not in known]
    return table.select([*names, "tinyv_row", "tinyv_response", *ADDED])


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


def rewards(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """row, rollout, reward: 1 for a correct response, 0 for one that is not, null while that is undecided."""
    for table in tables:
        chosen = table.select(["tinyv_row", "tinyv_rollout", "tinyv_reward"])
        yield chosen.rename_columns(["row", "rollout", "reward"])
