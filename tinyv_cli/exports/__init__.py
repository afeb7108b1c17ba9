"""What else audited files are good for: corrected rows, rewards, labels, training data, tests, noise rates.

Each is a table by itself, made batch by batch. Labels by hand come before what any stage has said.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tinyv_cli.exports.benchmark import benchmark
from tinyv_cli.exports.noise import noise
from tinyv_cli.exports.precomputed import precomputed
from tinyv_cli.exports.questions import questions
from tinyv_cli.exports.recovered import false_negatives, recovered, rewards
from tinyv_cli.exports.reference import reference_labels
from tinyv_cli.exports.regression import regression_cases
from tinyv_cli.exports.request import Request, Tables
from tinyv_cli.exports.sft import sft
from tinyv_cli.words import METADATA_KEY, ExportAs

ROWS = (".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Export:
    """What is made of the examples, the files that may hold it, and the options that only some take."""

    rows: Callable[[Request], Tables]
    extensions: tuple[str, ...] = ROWS
    takes: tuple[str, ...] = ()
    whole: bool = False  # `--limit` says how much is made, not what is left of it


EXPORTS = {
    ExportAs.RECOVERED: Export(recovered, takes=("--set",)),
    ExportAs.REWARDS: Export(rewards),
    ExportAs.LABELS: Export(reference_labels),
    ExportAs.SFT: Export(sft, takes=("--with-model", "--prompt")),
    ExportAs.PYTEST: Export(regression_cases, (".py",), takes=("--with-model", "--rule")),
    ExportAs.JSONL: Export(false_negatives, (".jsonl",)),
    ExportAs.BENCHMARK: Export(benchmark, takes=("--with-model", "--by"), whole=True),
    ExportAs.QUESTIONS: Export(questions, takes=("--pass-rate", "--by")),
    ExportAs.PRECOMPUTED: Export(precomputed, (".jsonl",)),
    ExportAs.NOISE: Export(noise, (".json",), takes=("--by",)),
}


def exported(what: ExportAs, request: Request) -> Tables:
    """The rows of an export, table by table, with what the file says of itself.

    Raises UsageError where the files do not hold what this takes.
    """
    metadata = {METADATA_KEY: json.dumps({**request.audited.metadata, "export": what}, ensure_ascii=False)}
    for table in EXPORTS[what].rows(request):
        yield table.replace_schema_metadata(metadata)
