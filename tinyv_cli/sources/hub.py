"""Datasets through the `datasets` library: streamed from a hub, or saved to a folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.rows import ArrowRows, Rows


def read_hub(spec: str) -> Iterator[tuple[Rows, int]]:
    """Stream `hf:owner/name[:config][@split]`; without a split, `train`. No code of the hub is executed."""
    from datasets import load_dataset

    name, _, split = spec.removeprefix("hf:").partition("@")
    name, _, config = name.partition(":")
    try:
        dataset = load_dataset(name, config or None, split=split or "train", streaming=True)
        yield from _arrow_chunks(dataset)
    except (OSError, ValueError) as error:  # the library's own errors are of these two kinds
        reason = str(error).splitlines()[0]
        raise SourceError(
            f"{spec}: could not be read from the hub ({reason}); is it hf:owner/name@split?"
        ) from error


def read_saved(folder: Path) -> Iterator[tuple[Rows, int]]:
    """A dataset that `Dataset.save_to_disk` has written."""
    from datasets import Dataset, load_from_disk

    try:
        dataset = load_from_disk(str(folder))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{folder}: a folder that holds no dataset saved by datasets; name the files in it"
        ) from error
    if not isinstance(dataset, Dataset):
        raise SourceError(f"{folder}: holds the splits {', '.join(dataset)}; name one of these folders")
    yield from _arrow_chunks(dataset)


def _arrow_chunks(dataset: Any) -> Iterator[tuple[Rows, int]]:
    for table in dataset.with_format("arrow").iter(batch_size=CHUNK_ROWS):
        yield ArrowRows(table if isinstance(table, pa.Table) else pa.table(table)), 0
