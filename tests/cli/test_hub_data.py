"""Datasets of a hub, streamed by the real `datasets` library from a hub on loopback."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Tinyv
from tests.loopback_hub import TOKEN, FakeRepository, LoopbackHub, loopback_hub

Run = Callable[..., Any]
CONFIGS = b"""---
configs:
- config_name: easy
  data_files: easy/*.jsonl
- config_name: hard
  data_files: hard/*.jsonl
---
"""


def rows(*responses: str) -> list[dict[str, str]]:
    return [{"question": "1+1?", "gold": "2", "response": response} for response in responses]


def lines(*responses: str) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows(*responses)).encode()


def parquet(*responses: str) -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(*responses)), buffer)
    return buffer.getvalue()


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with loopback_hub() as hub:
        hub.repositories = {
            "o/splits": FakeRepository(
                {"data/train-00000.parquet": parquet("1", "2"), "data/test-00000.parquet": parquet("3")}
            ),
            "o/test-only": FakeRepository({"README.md": b"Words.", "test.jsonl": lines("4", "5")}),
            "o/two-splits": FakeRepository({"test.jsonl": lines("4"), "validation.jsonl": lines("5")}),
            "o/configs": FakeRepository(
                {"README.md": CONFIGS, "easy/a.jsonl": lines("6"), "hard/a.jsonl": lines("7")}
            ),
            "o/gated": FakeRepository({"train.jsonl": lines("8")}, gated=True),
            "o/code": FakeRepository({"code.py": b"raise SystemExit", "train.jsonl": lines("9")}),
            "o/empty": FakeRepository({"README.md": b"Words."}),
        }
        yield hub


@pytest.fixture
def run(tinyv_process: Tinyv, hub: LoopbackHub, tmp_path: Path) -> Run:
    """Audit by the rule alone with this hub and an empty HF_HOME; variables are given behind."""

    def audit(*arguments: str, **variables: str) -> Any:
        home = {"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / "hf")}
        return tinyv_process(
            "audit", *arguments, "--rule", "exact", "--model", "none", set={**home, **variables}
        )

    return audit


@pytest.mark.parametrize(
    ("spec", "responses"),
    [
        ("hf:o/splits", ["1", "2"]),
        ("hf:o/splits@test", ["3"]),
        ("hf:o/test-only", ["4", "5"]),
        ("hf:o/configs:hard", ["7"]),
        ("hf:o/configs:easy@train", ["6"]),
    ],
)
def test_streamed(run: Run, tmp_path: Path, spec: str, responses: list[str]) -> None:
    """The split that is named is read; else the only one, or train. The output has the dataset's name."""
    done = run(spec)
    assert done.returncode == 0, done.stderr
    [output] = tmp_path.glob("*.audited.parquet")
    assert output.name.split(".")[0] == spec.partition("/")[2].split(":")[0].split("@")[0]
    assert pl.read_parquet(output)["response"].to_list() == responses


def test_revision(run: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    """A commit is read as it is named, and nothing of another is asked for."""
    commit = hub.repositories["o/splits"].commit
    done = run(f"hf:o/splits@test#{commit}")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "splits.audited.parquet")["response"].to_list() == ["3"]
    assert not [path for path in hub.paths() if "/main" in path]
    metadata = pq.read_metadata(tmp_path / "splits.audited.parquet").metadata[b"tinyv"]
    assert json.loads(metadata)["sources"][0]["name"] == f"hf:o/splits@test#{commit}"


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["hf:o/nosuch"], {}, ["o/nosuch", "doesn't exist", "check the name"]),
        (["hf:o/splits@dev"], {}, ["has no split 'dev'", "train, test"]),
        (["hf:o/two-splits"], {}, ["has no split 'train'", "validation", "test"]),
        (["hf:o/configs"], {}, ["Config name is missing", "easy", "hard"]),
        (["hf:o/configs:none"], {}, ["'none'", "easy", "hard"]),
        (["hf:o/splits#v9"], {}, ["v9", "doesn't exist"]),
        (["hf:o/gated"], {}, ["gated", "hf auth login", "HF_TOKEN"]),
        (["hf:o/code"], {}, ["scripts are no longer supported"]),
        (["hf:o/empty"], {}, ["o/empty"]),
        (["hf:o/splits"], {"HF_HUB_OFFLINE": "1"}, ["Couldn't reach", "unset HF_HUB_OFFLINE"]),
        pytest.param(  # the libraries behind it ask for half a minute whether it comes back
            ["hf:o/splits"],
            {"HF_ENDPOINT": "http://127.0.0.1:9"},
            ["Couldn't reach", "check the network"],
            marks=pytest.mark.chaos,
        ),
        (["hf:nothing"], {}, ["not the name of a dataset", "hf:owner/name[:config][@split][#revision]"]),
    ],
)
def test_not_to_be_had(run: Run, arguments: list[str], variables: dict[str, str], said: list[str]) -> None:
    """One line that names the dataset and says what to do; no traceback, exit code 2."""
    done = run(*arguments, **variables)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    complaint = done.stderr.splitlines()[-1]
    assert complaint.startswith("tinyv: ")
    assert [part for part in said if part not in complaint] == [], complaint


@pytest.mark.long
def test_token(run: Run, tmp_path: Path) -> None:
    """HF_TOKEN opens what its owner may see."""
    done = run("hf:o/gated", HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(tmp_path / "gated.audited.parquet")["response"].to_list() == ["8"]
