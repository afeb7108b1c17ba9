"""Where a run writes: which sink it gets, of which format, and whether what is there may be replaced."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tinyv_cli.documents.columns import COLUMNS, Columns
from tinyv_cli.documents.sinks import (
    Both,
    CsvFileSink,
    JsonLinesFileSink,
    JsonLinesSink,
    ParquetSink,
    Sink,
    Some,
)
from tinyv_cli.errors import SinkError
from tinyv_cli.records import Judged, RuleOutcome, Verdict
from tinyv_cli.running.disk import scratch
from tinyv_cli.running.targets import target_place
from tinyv_cli.words import METADATA_KEY, Only, OutputFormat

FILE_SINKS: dict[OutputFormat, Callable[..., Sink]] = {
    OutputFormat.PARQUET: ParquetSink,
    OutputFormat.JSONL: JsonLinesFileSink,
    OutputFormat.CSV: CsvFileSink,
}
WANTED: dict[Only, Callable[[Judged], bool]] = {
    Only.FALSE_NEGATIVES: lambda judged: judged.false_negative,
    Only.REJECTED: lambda judged: judged.rule.outcome is RuleOutcome.REJECT,
    Only.CORRECT: lambda judged: judged.verdict is Verdict.CORRECT,
    Only.INCORRECT: lambda judged: judged.verdict is Verdict.INCORRECT,
    Only.UNDECIDED: lambda judged: judged.verdict is Verdict.UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class Output:
    """What the user says of the output: the file, or None for standard output, and what goes into it.

    The file's extension says of which format it is. `only` names the examples that are written.
    `overwrite` allows to replace what is there. At the default place an earlier output of tinyv may be
    replaced in any case: it can be made again, and a command may be given twice. `option` is how it is named.
    """

    path: Path | None
    only: Only | None = None
    overwrite: bool = False
    is_default: bool = False
    option: str = "-o"


@contextmanager
def opened_output(
    output: Output, *, columns: Columns = COLUMNS, summarised: bool
) -> Iterator[tuple[Sink, Path]]:
    """The sink of a run, and the Parquet file of all examples that its findings come from.

    That file is the output itself, or a temporary one if the output is another and is to be `summarised`.
    Unless the sink was committed, nothing is left behind.
    """
    with scratch() as folder:
        sink, annotated = open_sink(output, columns), folder / "annotated.parquet"
        try:
            if output.only is not None:
                sink = Some(sink, WANTED[output.only])
            if isinstance(sink, ParquetSink):
                annotated = sink.path
            elif summarised:
                sink = Both(sink, ParquetSink(annotated, columns))
            yield sink, annotated
        finally:
            sink.abort()


@contextmanager
def opened_file(output: Output, columns: Columns = COLUMNS) -> Iterator[Sink]:
    """A sink for the output. Unless it was committed, nothing is left behind."""
    sink = open_sink(output, columns)
    try:
        yield sink
    finally:
        sink.abort()


def open_sink(output: Output, columns: Columns = COLUMNS) -> Sink:
    """A sink for the output; nothing is visible at its path before it is whole.

    Raises SinkError where it cannot or must not be written.
    """
    if output.path is None:
        return JsonLinesSink(sys.stdout.buffer, columns)
    make = FILE_SINKS[_format_of(output.path)]
    may_replace = output.overwrite or (output.is_default and _wrote_it(output.path))
    whose = " and was not written by tinyv" if output.is_default else ""
    place = target_place(output.path, option=output.option, overwrite=may_replace, whose=whose)
    return make(place, columns, exclusive=not (output.overwrite or output.is_default))


def _format_of(path: Path) -> OutputFormat:
    for output_format in OutputFormat:
        if path.suffix.lower() == f".{output_format}":
            return output_format
    known = ", ".join(f".{output_format}" for output_format in OutputFormat)
    raise SinkError(f"{path}: unknown extension '{path.suffix}' for an output; use one of {known}")


def _wrote_it(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        return METADATA_KEY.encode() in (pq.read_metadata(path).metadata or {})
    except (OSError, pa.ArrowInvalid):
        return False
