"""The reward of each response, by its row and its place among the responses of that row."""

from collections.abc import Iterable, Iterator

import pyarrow as pa


def rewards(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """row, rollout, reward: 1 for a correct response, 0 for one that is not, null while that is undecided."""
    for table in tables:
        chosen = table.select(["tinyv_row", "tinyv_rollout", "tinyv_reward"])
        yield chosen.rename_columns(["row", "rollout", "reward"])
