"""Datasets through the `datasets` library: streamed from a hub, or saved to a folder.

The library finds the token (HF_TOKEN, or what `hf auth login` keeps), and heeds HF_ENDPOINT and
HF_HUB_OFFLINE. No code of a hub is executed.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.sources.rows import ArrowRows, Rows

SPEC = re.compile(
    r"hf:(?P<name>[\w.-]+/[\w.-]+)(?::(?P<config>[^@#]+))?(?:@(?P<split>[^#]+))?(?:#(?P<revision>.+))?"
)
FORM = "hf:owner/name[:config][@split][#revision]"
DEFAULT_SPLIT = "train"
# What the library says, in part, and what can be done about it.
ADVICE = {
    "gated": "ask for access on its page, then log in with 'hf auth login' or set HF_TOKEN",
    "exist": "check the name; a private one needs 'hf auth login' or HF_TOKEN",
    "Offline": "unset HF_HUB_OFFLINE, or name a file on disk",
    "reach": "check the network, or name a file on disk",
}


def dataset_name(spec: str) -> str:
    """The dataset's own name, by which an output is named. Raises SourceError for a malformed spec."""
    return _parsed(spec)["name"].split("/")[-1]


def read_hub(spec: str) -> Iterator[tuple[Rows, int]]:
    """Stream `hf:owner/name[:config][@split][#revision]`; without a split its only one, or `train`.

    The revision is a branch, tag or commit; main unless given.
    """
    from datasets import load_dataset

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it warns of what our errors say
    parts = _parsed(spec)
    with _library_errors(spec):
        splits = load_dataset(
            f"hf://datasets/{parts['name']}", parts["config"], revision=parts["revision"], streaming=True
        )
        yield from _arrow_chunks(splits[_chosen(parts["split"], list(splits), spec)])


def read_saved(folder: Path) -> Iterator[tuple[Rows, int]]:
    """A dataset that `Dataset.save_to_disk` has written."""
    from datasets import Dataset, load_from_disk

    with _library_errors(str(folder)):
        dataset = load_from_disk(str(folder))
        if not isinstance(dataset, Dataset):
            raise SourceError(f"{folder}: holds the splits {', '.join(dataset)}; name one of these folders")
        yield from _arrow_chunks(dataset)


def _parsed(spec: str) -> re.Match[str]:
    match = SPEC.fullmatch(spec)
    if match is None:
        raise SourceError(f"{spec}: not the name of a dataset; it is {FORM}")
    return match


def _chosen(split: str | None, splits: list[str], spec: str) -> str:
    wanted = split or (splits[0] if len(splits) == 1 else DEFAULT_SPLIT)
    if wanted not in splits:
        raise SourceError(f"{spec}: has no split '{wanted}'; it has {', '.join(splits)}; name one behind @")
    return wanted


@contextmanager
def _library_errors(name: str) -> Iterator[None]:
    """Translate what the library, the hub's client and the network raise."""
    from datasets.exceptions import DatasetsError
    from httpx2 import HTTPError

    try:
        yield
    except (OSError, ValueError, RuntimeError, DatasetsError, HTTPError) as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        advice = next((what for word, what in ADVICE.items() if word in reason), "is it hf:owner/name@split?")
        raise SourceError(f"{name}: could not be read ({reason}); {advice}") from error


def _arrow_chunks(dataset: Any) -> Iterator[tuple[Rows, int]]:
    for table in dataset.with_format("arrow").iter(batch_size=CHUNK_ROWS):
        yield ArrowRows(table if isinstance(table, pa.Table) else pa.table(table)), 0
