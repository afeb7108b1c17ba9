"""What else an audited file is good for: corrected rows, rewards, labels, training data, regression cases.

Each is a table by itself, made batch by batch. Labels by hand come before what any stage has said.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.labels import Place
from tinyv_cli.exports.batches import batches, false_negatives
from tinyv_cli.exports.recovered import recovered, rewards
from tinyv_cli.exports.reference import reference_labels
from tinyv_cli.exports.regression import regression_cases
from tinyv_cli.exports.sft import sft
from tinyv_cli.words import METADATA_KEY, ExportAs


@dataclass(frozen=True, slots=True)
class Request:
    """What to export, and how.

    `labels` say which responses are right. `prompt` is the name of the one that training data are asked with.
    """

    audited: Audited
    labels: Mapping[Place, bool]
    prompt: str


Tables = Iterator[pa.Table]


@dataclass(frozen=True, slots=True)
class Export:
    """What is made of the examples, and the files that may hold it."""

    rows: Callable[[Tables, Request], Tables]
    extensions: tuple[str, ...] = (".jsonl", ".parquet")


EXPORTS = {
    ExportAs.RECOVERED: Export(lambda tables, request: recovered(tables, request.audited)),
    ExportAs.REWARDS: Export(lambda tables, _: rewards(tables)),
    ExportAs.LABELS: Export(lambda tables, request: reference_labels(tables, request.audited)),
    ExportAs.SFT: Export(lambda tables, request: sft(tables, request.prompt)),
    ExportAs.PYTEST: Export(lambda tables, _: regression_cases(tables), (".py",)),
    ExportAs.JSONL: Export(lambda tables, _: false_negatives(tables), (".jsonl",)),
}


def exported(what: ExportAs, request: Request) -> Tables:
    """The rows of an export, table by table, with what the file says of itself.

    Raises UsageError where the file does not hold what this takes.
    """
    metadata = {METADATA_KEY: json.dumps({**request.audited.metadata, "export": what}, ensure_ascii=False)}
    for table in EXPORTS[what].rows(batches(request.audited, request.labels), request):
        yield table.replace_schema_metadata(metadata)
