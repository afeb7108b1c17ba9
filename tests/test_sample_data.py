"""The sample is what its script makes, and what its README says."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl

from tests.conftest import SAMPLE


def test_the_script_makes_the_sample(tmp_path: Path) -> None:
    """The same seed gives the same lines, and the Parquet file holds the same rows."""
    for script in SAMPLE.glob("*.py"):
        shutil.copy(script, tmp_path)
    subprocess.run([sys.executable, "make_sample.py"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "rollouts.jsonl").read_bytes() == (SAMPLE / "rollouts.jsonl").read_bytes()
    lines = [json.loads(line) for line in (SAMPLE / "rollouts.jsonl").read_text().splitlines()]
    assert pl.read_parquet(SAMPLE / "rollouts.parquet").to_dicts() == lines


def test_what_the_sample_holds() -> None:
    """At least 60 questions with 4 rollouts each, over six topics, of every kind of response."""
    rows = pl.read_parquet(SAMPLE / "rollouts.parquet")
    questions = rows.group_by("question").len()
    assert len(questions) >= 60
    assert set(questions["len"]) == {4}
    assert rows["source"].n_unique() == 6
    responses = rows["response"]
    assert responses.str.contains("<think>").any()
    assert responses.str.contains("boxed").any()
    assert not responses.str.contains("boxed").all()
    assert 0.5 < rows["truth"].sum() / len(rows) < 0.8
    counts = (SAMPLE / "README.md").read_text()
    assert f"{len(rows)} synthetic rollouts, four for each of {len(questions)} questions" in counts
