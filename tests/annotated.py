"""Annotated files of a few lines, written out, for what is computed from them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.audited import Audited, open_audited
from tinyv_cli.documents.columns import COLUMNS, columns_with
from tinyv_cli.documents.metadata import models_in
from tinyv_cli.figures.records import as_json
from tinyv_cli.report.summary import summarise
from tinyv_cli.words import METADATA_KEY

TYPES = {name: column.type for name, column in COLUMNS.items()}
OF_SEVERAL_MODELS = {
    name: column.type
    for name, column in columns_with([], models=3, in_turn=True).items()
    if name not in COLUMNS
}
MODEL = {"name": "nano", "sha256": "a" * 64, "prompt_sha256": "b" * 64, "think": False}
METADATA: dict[str, Any] = {
    "rule": {"name": "math-verify"},
    "model": MODEL,
    "threshold": 0.5,
    "proofs": {"version": "x", "rounds": True, "within": None, "any_form": False},
    "counts": {},
}

Line = dict[str, Any]  # without the prefix of our columns
Example = dict[str, object]  # with it

# What stages say of an example that the rule did not accept.
WRONG: Line = {"p": 0.1, "verdict": "incorrect", "evidence": "model"}
LIKELY: Line = {"p": 0.9, "verdict": "correct", "evidence": "model"}
PROVED: Line = {"verdict": "correct", "evidence": "proof", "proof": "as one can see", "category": "6.1"}
SILENT: Line = {"verdict": "undecided", "model_reason": "too_long"}
ACCEPTED: Line = {"rule": "accept", "verdict": "correct", "evidence": "rule"}


def annotated(path: Path, lines: Sequence[Line], metadata: Mapping[str, Any] = METADATA) -> Path:
    """A file of these lines. A name is that of our column without its `tinyv_`, or of one of the user's."""
    rows = [_row(number, line) for number, line in enumerate(lines)]
    theirs = sorted({name for row in rows for name in row if name not in TYPES | OF_SEVERAL_MODELS})
    types = TYPES | _of_several_models(metadata)
    columns = {name: pa.array([row.get(name) for row in rows], types.get(name)) for name in (*theirs, *types)}
    table = pa.table(columns)
    pq.write_table(table.replace_schema_metadata({METADATA_KEY: json.dumps(dict(metadata))}), path)
    return path


def figures_of(path: Path, **given: Any) -> dict[str, Any]:
    """The figures of an annotated file, as `--json` has them."""
    figures: dict[str, Any] = as_json(summarise(open_audited(path), **given))
    return figures


def example(
    row: int,
    p: float | None,
    *,
    evidence: str | None = "model",
    found: bool | None = None,
    rule: str = "reject",
    reason: str | None = None,
) -> Example:
    """What an audit writes of an example."""
    found = (p is not None and p >= 0.5) if found is None else found
    return {
        "tinyv_row": row,
        "tinyv_rollout": 0,
        "tinyv_question": f"question {row}",
        "tinyv_gold": "1",
        "tinyv_response": "response",
        "tinyv_answer": "2",
        "tinyv_rule": rule,
        "tinyv_rule_reason": reason,
        "tinyv_p": p,
        "tinyv_verdict": "correct" if found else "incorrect",
        "tinyv_evidence": evidence,
        "tinyv_proof": None,
        "tinyv_false_negative": found and rule != "accept",
        "tinyv_category": None,
        "tinyv_reward": float(found),
    }


def audited(folder: Path, *examples: Example, **metadata: object) -> Audited:
    """A file as an audit of these examples would write it, opened."""
    lines = [{name.removeprefix("tinyv_"): value for name, value in each.items()} for each in examples]
    described = {"threshold": 0.5, "rule": {"name": "exact"}, **metadata}
    return open_audited(annotated(folder / "x.audited.parquet", lines, described))


def _row(number: int, line: Line) -> dict[str, Any]:
    said = {"row": number, "rollout": 0, "question": "q", "gold": "6", "answer": "5", "response": "r"}
    said |= {"rule": "reject", "verdict": "incorrect"} | line
    said["false_negative"] = said["verdict"] == "correct" and said["rule"] != "accept"
    return {f"tinyv_{name}" if _is_ours(name) else name: value for name, value in said.items()}


def _of_several_models(metadata: Mapping[str, Any]) -> dict[str, pa.DataType]:
    models = len(models_in(metadata))
    columns = columns_with([], models=models, in_turn="sure" in metadata)
    return {name: column.type for name, column in columns.items()}


def _is_ours(name: str) -> bool:
    return f"tinyv_{name}" in TYPES or f"tinyv_{name}" in OF_SEVERAL_MODELS
