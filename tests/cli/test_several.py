"""Several audited files everywhere: shards, folders and patterns behave as one file, and two are compared."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import SAMPLE, Tinyv

COUNT = 8
ABOUT = ("file", "provenance")  # what tells of the files themselves


def figures(tinyv: Tinyv, *arguments: str | Path) -> dict[str, Any]:
    done = tinyv("report", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return {name: value for name, value in json.loads(done.stdout).items() if name not in ABOUT}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, run_in: Tinyv) -> Path:
    """The sample, its rows in another order, audited whole and in eight shards."""
    folder = tmp_path_factory.mktemp("shards")
    table = pq.read_table(SAMPLE / "rollouts.parquet")
    mixed = table.take(pa.array(sorted(range(len(table)), key=lambda i: (i * 7919) % len(table))))
    pq.write_table(mixed, folder / "rows.parquet")
    options = ("--rule", "exact", "--rule", "math-verify", "--model", "none", "--by", "source", "--quiet")
    for shard in ((), *(("--shard", f"{i}/{COUNT}") for i in range(1, COUNT + 1))):
        done = run_in(folder, "audit", "rows.parquet", *options, *shard)
        assert done.returncode == 0, done.stderr
    return folder


def test_shards_are_the_whole(folder: Path, run_in: Tinyv) -> None:
    """Eight shards, reported together in any order, say what one run says, in every figure of --json."""

    def report(*arguments: str) -> dict[str, Any]:
        done = run_in(folder, "report", *arguments, "--json", "--by", "source", "--by", "problem_type")
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    whole = report("rows.audited.parquet")
    together = report("rows.audited.*-of-8.parquet")
    backwards = report(*(f"rows.audited.{i}-of-8.parquet" for i in range(COUNT, 0, -1)))
    names = [found.pop("file") for found in (whole, together, backwards)]
    assert together == whole
    assert backwards | {"provenance": ""} == whole | {"provenance": ""}
    assert names[:2] == ["rows.audited.parquet", "rows.audited.1-of-8.parquet and 7 more"]
