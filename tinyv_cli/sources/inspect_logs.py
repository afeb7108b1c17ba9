"""Logs of Inspect in its own format (.eval), through inspect_ai where that is installed."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.rows import DictRows, Rows

# Samples carry the whole transcript of a run and can be large.
SAMPLES_AT_ONCE = 32


def read_inspect(path: Path) -> Iterator[tuple[Rows, int]]:
    """The samples of a log, some at a time. Raises SourceError, also where inspect_ai is missing."""
    try:
        from inspect_ai.log import read_eval_log_samples
    except ImportError as error:
        raise SourceError(
            f"{path}: .eval logs are read through inspect_ai; pip install inspect-ai, "
            "or write the log as JSON (inspect log convert --to json)"
        ) from error
    try:
        samples = (
            sample.model_dump(mode="json", exclude_none=True)
            for sample in read_eval_log_samples(str(path), all_samples_required=False)
        )
        while chunk := list(islice(samples, SAMPLES_AT_ONCE)):
            yield DictRows(chunk), 0
    except (OSError, ValueError, LookupError) as error:  # a zip without the entries of a log, say
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise SourceError(f"{path}: not readable as a log of Inspect ({reason})") from error
