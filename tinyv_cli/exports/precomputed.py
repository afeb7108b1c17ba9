"""Scores for Inspect: the JSON lines that its scorer `precomputed_scores` reads.

    inspect score LOG --scorer precomputed_scores -S scores=scores.jsonl --action append

A record has the `id` of a sample and a `value`, C or I; `epoch`, `answer`, `explanation` and `metadata` may
stand beside them (inspect_ai/scorer/_precomputed.py). It refuses two records of one sample and epoch, and
leaves unscored what has none: so are samples that nobody could decide.
"""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from tinyv_cli.errors import UsageError
from tinyv_cli.exports.request import Line, Request
from tinyv_cli.words import ExportAs

VALUES = {"correct": "C", "incorrect": "I"}
READ = {name: f"tinyv_{name}" for name in ("verdict", "answer", "evidence", "proof", "rule", "category", "p")}
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("epoch", pa.int64()),
        ("value", pa.string()),
        ("answer", pa.string()),
        ("explanation", pa.string()),
        ("metadata", pa.struct([("rule", pa.string()), ("category", pa.string()), ("p", pa.float32())])),
    ]
)


def precomputed(request: Request) -> Iterator[pa.Table]:
    """A record for each sample that was decided. Raises UsageError where samples cannot be told apart."""
    names = request.audited.schema.names
    if "id" not in names:
        raise UsageError(
            f"{request.audited.name}: has no column 'id' of sample ids, so --as {ExportAs.PRECOMPUTED} "
            "cannot say which sample is meant; audit a log of Inspect"
        )
    epoch = pl.col("epoch") if "epoch" in names else pl.lit(None, pl.Int64)
    seen = set[int]()
    for table in request.tables():
        theirs = [name for name in ("id", "epoch") if name in names]
        samples = pl.DataFrame(table.select([*theirs, *READ.values()])).select(
            id=pl.col("id").cast(pl.String), epoch=epoch.cast(pl.Int64), **READ
        )
        decided = samples.filter(pl.col("verdict").is_in([*VALUES]))
        records = [_record(line) for line in decided.iter_rows(named=True)]
        _refuse_repeated(records, seen)
        yield pa.Table.from_pylist(records, SCHEMA)


def _record(line: Line) -> Line:
    said = f"{line['verdict']}, by {line['evidence']}"
    return {
        "id": line["id"],
        "epoch": line["epoch"],
        "value": VALUES[line["verdict"]],
        "answer": line["answer"],
        "explanation": f"{said}: {line['proof']}" if line["proof"] else said,
        "metadata": {name: line[name] for name in ("rule", "category", "p")},
    }


def _refuse_repeated(records: list[Line], seen: set[int]) -> None:
    """Inspect refuses the file where two records are about one sample and epoch."""
    for record in records:
        key = hash((record["id"], record["epoch"]))
        if key in seen:
            epoch = "" if record["epoch"] is None else f", epoch {record['epoch']}"
            raise UsageError(
                f"two responses are of the sample '{record['id']}'{epoch}; audit and export one log at a time"
            )
        seen.add(key)
