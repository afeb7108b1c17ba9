"""The file of scores: a row for each labelled pair, with what every verifier said of it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.columns import Column, Columns
from tinyv_cli.documents.sinks import flat_table
from tinyv_cli.errors import SinkError
from tinyv_cli.evaluation.hearing import Heard, Hearing
from tinyv_cli.evaluation.pairs import Pairs
from tinyv_cli.running.disk import scratch, write_errors
from tinyv_cli.running.targets import target_place, whole_part
from tinyv_cli.words import METADATA_KEY, MODEL_SCORES, RULE_SCORES, RUNG_SCORES

PAIR_COLUMNS: Columns = {
    "tinyv_row": Column(pa.int64(), lambda pair: pair.example.row),
    "tinyv_rollout": Column(pa.int32(), lambda pair: pair.example.rollout),
    "tinyv_question": Column(pa.string(), lambda pair: pair.example.question),
    "tinyv_gold": Column(pa.string(), lambda pair: pair.example.gold),
    "tinyv_answer": Column(pa.string(), lambda pair: pair.answer.text),
    "label": Column(pa.bool_(), lambda pair: pair.correct),
    "kind": Column(pa.string(), lambda pair: pair.kind),
    "group": Column(pa.string(), lambda pair: pair.group),
    "guard": Column(pa.string(), lambda pair: pair.refusal),
}
OUTCOMES = np.array(["reject", "accept", "undecided"])


def check_output(path: Path, *, overwrite: bool) -> Path:
    """Where the scores go. Raises SinkError where they cannot or may not go there."""
    if path.suffix.lower() != ".parquet":
        raise SinkError(f"{path}: scores are written as Parquet; give -o a name that ends in .parquet")
    return target_place(path, option="-o", overwrite=overwrite)


@contextmanager
def opened_scores(path: Path | None, *, overwrite: bool) -> Iterator[Path]:
    """Where to write the scores: beside `path`, to take its place when all is well, or for this run only."""
    if path is None:
        with scratch() as folder:
            yield folder / "scores.parquet"
        return
    place = check_output(path, overwrite=overwrite)
    with write_errors(path, option="-o"), whole_part(place, exclusive=not overwrite) as part:
        yield part


def write_scores(path: Path, pairs: Pairs, hearing: Hearing, metadata: Mapping[str, Any]) -> None:
    """Write the pairs, with a column for each rule (accept, reject, undecided) and each model (p).

    `proof` and `disproof` are sentences, where one was found. p is null where a model was undecided or not
    asked. The metadata (key `tinyv`) says besides how long each verifier took and why it was undecided.
    Raises SinkError where there is no room.
    """
    shown = hearing.proofs or [(None, None)] * len(pairs)
    columns = {
        "proof": pa.array((proof for proof, _ in shown), pa.string()),
        "disproof": pa.array((disproof for _, disproof in shown), pa.string()),
    }
    columns |= {f"{RULE_SCORES}{name}": _outcomes(heard) for name, heard in hearing.rules.items()}
    columns |= {f"{MODEL_SCORES}{name}": _ps(heard) for name, heard in hearing.models.items()}
    columns |= {f"{RUNG_SCORES}{rung.format} {rung.model}": _ps(rung.heard) for rung in hearing.rungs}
    fields = [(name, column.type) for name, column in PAIR_COLUMNS.items()]
    fields += [(name, values.type) for name, values in columns.items()]
    described = json.dumps(_described(pairs, hearing, metadata), ensure_ascii=False)
    schema, done = pa.schema(fields, {METADATA_KEY: described}), 0
    with write_errors(path, option="-o"), pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in pairs:
            table = flat_table(batch, PAIR_COLUMNS)
            for name, values in columns.items():
                table = table.append_column(name, values.slice(done, len(table)))
            writer.write_table(table)
            done += len(table)


def _described(pairs: Pairs, hearing: Hearing, metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **metadata,
        "counts": dict(pairs.counts),
        "proofs": hearing.proofs is not None,
        "rules": {name: _heard(heard) for name, heard in hearing.rules.items()},
        "models": {
            name: _heard(heard) | {"is": hearing.described[name]} for name, heard in hearing.models.items()
        },
        "rungs": [
            {"model": rung.model, "format": rung.format, "bytes": rung.bytes, **_heard(rung.heard)}
            for rung in hearing.rungs
        ],
    }


def _outcomes(heard: Heard) -> pa.Array:
    return pa.array(OUTCOMES[np.where(np.isnan(heard.values), 2, heard.values).astype(int)])


def _ps(heard: Heard) -> pa.Array:
    return pa.array(heard.values, from_pandas=True)


def _heard(heard: Heard) -> dict[str, Any]:
    return {
        "seconds": heard.seconds,
        "from_cache": heard.from_cache,
        "reasons": dict(heard.reasons.most_common()),
    }
