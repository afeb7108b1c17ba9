"""The examples of an audited file, batch by batch; what was said by hand replaces the stages' verdicts."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.labels import PLACE, Place
from tinyv_cli.documents.merging import merged

BATCH_ROWS = 4096
HAND = "hand"  # as evidence
OF_A_MODEL = re.compile(r"tinyv_p(_\d+)?")
LINE = (
    "row",
    "rollout",
    "question",
    "gold",
    "answer",
    "rule",
    "verdict",
    "evidence",
    "proof",
    "p",
    "category",
)

Line = dict[str, Any]


def batches(audited: Audited, labels: Mapping[Place, bool]) -> Iterator[pa.Table]:
    """All examples, in order; at least one table, which may be empty."""
    for table in merged(audited, BATCH_ROWS):
        yield corrected(table, labels)


def corrected(table: pa.Table, labels: Mapping[Place, bool]) -> pa.Table:
    """The table with the verdicts of those who labelled it by hand."""
    places = zip(*(table.column(name).to_pylist() for name in PLACE), strict=True)
    right = pa.array([labels.get(place) for place in places], pa.bool_())
    if right.null_count == len(right):
        return table
    found = pc.and_(right, pc.not_equal(table.column("tinyv_rule"), "accept"))
    for name, value in {
        "tinyv_verdict": pc.if_else(right, "correct", "incorrect"),
        "tinyv_evidence": HAND,
        "tinyv_false_negative": found,
        "tinyv_reward": right.cast(pa.float32()),
    }.items():
        position, old = table.column_names.index(name), table.column(name)
        table = table.set_column(position, name, pc.if_else(right.is_valid(), value, old))
    return table


def judged_lines(table: pa.Table, judges: Collection[str]) -> Iterator[Line]:
    """What the rule did not accept and one of these has judged: our columns, without their prefix."""
    columns = {name: table.column(f"tinyv_{name}") for name in LINE} | {"p": _p(table)}
    ours = pa.table(columns)
    for line in ours.to_pylist():
        if line["rule"] != "accept" and line["evidence"] in judges and line["answer"] is not None:
            yield line


def _p(table: pa.Table) -> pa.ChunkedArray:
    """The first model's p; of a cascade that of the last model that was asked."""
    first, *others = [table.column(name) for name in table.column_names if OF_A_MODEL.fullmatch(name)]
    return pc.coalesce(*reversed(others), first) if "tinyv_settled_by" in table.column_names else first


def false_negatives(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """These examples with all columns."""
    for table in tables:
        yield table.filter(table.column("tinyv_false_negative"))
