"""What is written once and read again in order, on disk, so that the memory holds one piece at a time."""

import io
import pickle
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import pyarrow as pa

from tinyv_cli.errors import SinkError
from tinyv_cli.running.disk import room

T = TypeVar("T")


class Spool(Generic[T]):
    """Objects of this run in a compressed file, in the order in which they were added.

    Raises SinkError where there is no room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with room():
            self._stream = pa.CompressedOutputStream(str(path), "zstd")

    def add(self, item: T) -> None:
        """Add one behind the others."""
        try:
            with room():
                pickle.dump(item, self._stream)
        except SinkError:
            with suppress(OSError):  # what is not closed complains for itself in the end
                self._stream.close()
            raise

    def close(self) -> None:
        """No more come; from now on they can be read."""
        with room():
            self._stream.close()

    def __iter__(self) -> Iterator[T]:
        with pa.input_stream(str(self._path), compression="zstd") as stream:
            items = io.BufferedReader(stream)
            while items.peek(1):
                yield pickle.load(items)
