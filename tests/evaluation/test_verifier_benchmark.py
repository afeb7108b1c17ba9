"""The benchmark of verifiers: what it says of pairs whose figures can be worked out by hand."""

import json
from math import log
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.verifier import main
from tests.faulty import Faulty, Question, Reply, completion, served

# Gold and answer, the label, and the p that a server has of them: the last right one is below the best wrong
# one. The rule accepts 5.0, 6 is refuted, and the guards let no model see the last one.
PAIRS = [
    ("the mitochondrion", "mitochondria of cells", True, 0.9),
    ("the mitochondrion", "power house of the cell", True, 0.8),
    ("the mitochondrion", "the organelle that burns sugar", True, 0.3),
    ("5", "5.0", True, 0.7),
    ("the mitochondrion", "the nucleus", False, 0.6),
    ("5", "6", False, 0.2),
    ("the mitochondrion", "the membrane", False, 0.1),
    ("5", "Solution", False, 0.95),
]
SAID = {answer: p for _, answer, _, p in PAIRS}


def chat(question: Question) -> Reply:
    """p as it stands above; where sides are swapped it is low."""
    p = SAID.get(question.answer, 0.05)
    return Reply(completion(log(p), log(1 - p)))


@pytest.fixture
def figures(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What it writes of a server that has these p."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(cache_folder))
    rows = [
        {"question": f"q {n}", "gold": gold, "answer": answer, "label": label, "weight": 1.0 + 2 * label}
        for n, (gold, answer, label, _) in enumerate(PAIRS)
    ]
    unused = [{**rows[0], "label": None}, {**rows[0], "alone": False}]
    frame = pl.DataFrame([{"alone": True, "repo": "somewhere", **row} for row in (*rows, *unused)])
    frame.write_parquet(tmp_path / "pairs.parquet")
    with served(server := Faulty(chat=chat)):
        main([str(tmp_path / "pairs.parquet"), "--model", server.url, "--json", str(tmp_path / "out.json")])
        found: dict[str, Any] = json.loads((tmp_path / "out.json").read_text())
        found["model"] = found["models"][server.url]
    return found


def test_by_hand(figures: dict[str, Any]) -> None:
    """AUC and recall over p itself; as it ships without what the guards refuse; by weight with weights."""
    assert (figures["pairs"], figures["left"]) == ({"right": 4, "wrong": 4}, {"right": 3, "wrong": 3})
    everything, left = figures["model"]["all"], figures["model"]["left"]
    assert everything["auc"]["value"] == pytest.approx(11 / 16)
    assert everything["recall_at"]["0.01"]["value"] == 0
    assert everything["shipped"] | {"recall": None, "fpr": None} == {
        "right": 4,
        "wrong": 4,
        "undecided": 0,
        "recall": None,
        "fpr": None,
    }
    assert everything["shipped"]["recall"]["value"] == pytest.approx(3 / 4)
    assert everything["shipped"]["fpr"]["value"] == pytest.approx(1 / 4)
    assert everything["by_weight"]["right"] == pytest.approx(12 / 16)
    assert everything["by_weight"]["p"] == pytest.approx((3 * 2.7 + 1.85) / 16)
    assert left["shipped"]["recall"]["value"] == pytest.approx(2 / 3)
    assert everything["repos"] == {}, "too few wrong ones to say anything"
    low, high = everything["auc"]["interval"]
    assert 0 <= low < everything["auc"]["value"] < high <= 1
    # Where sides are swapped none passes: what stays is what did not pass before.
    assert figures["model"]["swapped"]["value"] == pytest.approx(3 / 8)
