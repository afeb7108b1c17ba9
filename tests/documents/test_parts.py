"""A file that grows in parts: nothing that was added is missing in the end."""

import threading
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.documents.test_provenance import judged
from tinyv_cli.documents import parts
from tinyv_cli.documents.columns import columns_with
from tinyv_cli.documents.provenance import Tally
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
