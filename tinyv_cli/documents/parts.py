"""An annotated file that grows while something goes on: parts in a folder, each whole, to be read as one."""

import json
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq

from tinyv_cli.documents.columns import Columns
from tinyv_cli.documents.provenance import Tally
from tinyv_cli.documents.sinks import flat_table
from tinyv_cli.errors import SinkError
from tinyv_cli.records import Judged
from tinyv_cli.running.disk import Part, write_errors
from tinyv_cli.words import METADATA_KEY

EXAMPLES = 1024  # of a part, at most
SECONDS = 10.0  # after which a part is written, however few it holds

Provenance = Callable[[Tally], dict[str, Any]]


class Parts:
    """Examples as they are judged, written by a thread of its own; processes may share the folder.

    A part that cannot be written is lost, and the next one is tried: a training does not end for a full disk.
    """

    def __init__(self, folder: Path, columns: Columns, provenance: Provenance) -> None:
        with write_errors(folder, option="--shadow"):
            folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._columns, self._provenance = folder, columns, provenance
        self._run, self._written = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:6]}", 0
        self._pending: list[Judged] = []
        self._changed = threading.Condition()
        self._closed, self._failed = False, False
        self._trouble: SinkError | None = None
        self._thread = threading.Thread(target=self._keep_writing, name="tinyv-parts", daemon=True)
        self._thread.start()

    def add(self, judged: Judged) -> None:
        """Have an example written with the next part. Raises SinkError, once, when parts begin to be lost."""
        with self._changed:
            self._pending.append(judged)
            if len(self._pending) >= EXAMPLES:
                self._changed.notify_all()
            trouble, self._trouble = self._trouble, None
        if trouble is not None:
            raise trouble

    def close(self) -> None:
        """Write what is left. Raises SinkError where that is lost and nobody has been told yet."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()
        if self._trouble is not None:
            raise self._trouble

    def _keep_writing(self) -> None:
        closed = False
        while not closed:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or len(self._pending) >= EXAMPLES, SECONDS)
                taken, self._pending = self._pending, []
                closed = self._closed  # what comes while a part is written is for the next one, the last too
            if taken:
                self._try(taken)

    def _try(self, taken: list[Judged]) -> None:
        """Write a part, or let it go: what is not written would else pile up."""
        try:
            with write_errors(self._folder, option="--shadow"):
                self._write(taken)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is told, and the next part may be whole
            if not self._failed:
                self._trouble = SinkError(f"{error}; until that is mended, examples of the shadow are lost")
            self._failed = True
        else:
            self._failed = False

    def _write(self, taken: list[Judged]) -> None:
        """One part, numbered within itself: several files are numbered on when they are read as one."""
        rows = [replace(each, example=replace(each.example, row=row)) for row, each in enumerate(taken)]
        tally = Tally()
        tally.add(rows, ())
        metadata = json.dumps(self._provenance(tally), ensure_ascii=False)
        table = flat_table(rows, self._columns).replace_schema_metadata({METADATA_KEY: metadata})
        part = Part(self._folder / f"{self._run}-{self._written:05}.parquet")
        try:
            pq.write_table(table, part.path, compression="zstd")
            part.replace()
            self._written += 1
        finally:
            part.remove()
