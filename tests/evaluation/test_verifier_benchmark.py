"""The benchmark of verifiers: what it says of pairs whose figures can be worked out by hand."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.verifier import main
from tests.faulty import Faulty, Question, Reply, completion, served

# Answers to the gold 5, with their label and the p that a server has of them: the last right one is below
# the best wrong one. The rule accepts 5.0, 6 is refuted, and the guards let no model see the last one.
PAIRS = [
    ("the fifth", True, 0.9),
    ("a handful", True, 0.8),
    ("as many as fingers", True, 0.3),
    ("5.0", True, 0.7),
    ("about as many as toes", False, 0.6),
    ("6", False, 0.2),
    ("a dozen or so", False, 0.1),
    ("Solution", False, 0.95),
]
SAID = {answer: p for answer, _, p in PAIRS}


def chat(question: Question) -> Reply:
    """p as it stands above; of sides that are swapped it is that of the one that is no 5."""
    from math import log

    p = SAID.get(question.answer, 0.05)
    return Reply(completion(log(p), log(1 - p)))


@pytest.fixture
def figures(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What it writes of a server that has these p."""
    monkeypatch.setenv("TINYV_CACHE_DIR", str(cache_folder))
    rows = [
        {"question": f"q {n}", "gold": "5", "answer": answer, "label": label, "weight": 1.0 + 2 * label}
        for n, (answer, label, _) in enumerate(PAIRS)
    ]
    unused = [{**rows[0], "label": None}, {**rows[0], "alone": False}]
    frame = pl.DataFrame([{"alone": True, "repo": "somewhere", **row} for row in (*rows, *unused)])
    frame.write_parquet(tmp_path / "pairs.parquet")
    with served(server := Faulty(chat=chat)):
        main([str(tmp_path / "pairs.parquet"), "--model", server.url, "--json", str(tmp_path / "out.json")])
        found: dict[str, Any] = json.loads((tmp_path / "out.json").read_text())
        found["model"] = found["models"][server.url]
    return found


def test_by_hand(figures: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
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
    # of the sides swapped all are refused: those that were below the threshold before stay
    assert figures["model"]["swapped"]["value"] == pytest.approx(3 / 8)
