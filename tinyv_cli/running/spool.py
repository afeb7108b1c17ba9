"""What is written once and read again in order, on disk, so that the memory holds one piece at a time."""

import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import pyarrow as pa

from tinyv_cli.errors import SinkError

T = TypeVar("T")


class Spool(Generic[T]):
    """Objects of this run in a compressed file, in the order in which they were added.

    Raises SinkError where there is no room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream = pa.CompressedOutputStream(str(path), "zstd")

    def add(self, item: T) -> None:
        """Add one behind the others."""
        with room(self._path.parent):
            pickle.dump(item, self._stream)

    def close(self) -> None:
        """No more come; from now on they can be read."""
        with room(self._path.parent):
            self._stream.close()

    def __iter__(self) -> Iterator[T]:
        with pa.input_stream(str(self._path), compression="zstd") as stream:
            items = io.BufferedReader(stream)
            while items.peek(1):
                yield pickle.load(items)


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """Say what to do where the folder cannot be written. Raises SinkError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise SinkError(
            f"{folder}: cannot be written ({reason}); let TMPDIR name a folder with room for the input"
        ) from error
