"""A file that grows in parts: nothing that was added is missing in the end."""

import threading
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.documents.test_provenance import judged
from tinyv_cli.documents import parts
from tinyv_cli.documents.columns import columns_with
from tinyv_cli.documents.provenance import Tally
from tinyv_cli.errors import SinkError
from tinyv_cli.records import RuleOutcome, Verdict


def test_what_comes_while_a_part_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it is closed before that part is whole."""
    monkeypatch.setattr(parts, "EXAMPLES", 1)
    writing, go_on = threading.Event(), threading.Event()

    def provenance(tally: Tally) -> dict[str, Any]:
        writing.set()
        assert go_on.wait(60)
        return {}

    example = judged(RuleOutcome.REJECT, Verdict.INCORRECT, asked=False)
    written = parts.Parts(tmp_path, columns_with([], models=1, in_turn=False), provenance)
    written.add(example)
    assert writing.wait(60)
    written.add(example)
    closing = threading.Thread(target=written.close)
    closing.start()
    while not written._closed:
        pass
    go_on.set()
    closing.join(60)
    assert len(pl.read_parquet(tmp_path / "*.parquet")) == 2


def test_a_part_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told once, in one line, nothing piles up, and the next part is tried."""
    monkeypatch.setattr(parts, "EXAMPLES", 1)
    folder = tmp_path / "shadow"
    written = parts.Parts(folder, columns_with([], models=1, in_turn=False), lambda _: {})
    example = judged(RuleOutcome.REJECT, Verdict.INCORRECT, asked=False)
    folder.rmdir()
    told = []
    for _ in range(3):
        try:
            written.add(example)
        except SinkError as error:
            told.append(str(error))
        while written._pending:
            pass
        time.sleep(0.1)
    folder.mkdir()
    written.add(example)
    written.close()
    assert len(told) == 1 and "No such file" in told[0] and "examples of the shadow are lost" in told[0]
    assert len(pl.read_parquet(folder / "*.parquet")) == 1
