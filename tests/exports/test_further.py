"""What is made of audited files besides rows: benchmarks, questions, scores for Inspect, rates of noise."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, SILENT, WRONG, Line, annotated
from tinyv_cli.documents.audited import Audited, open_audited
from tinyv_cli.errors import UsageError
from tinyv_cli.exports import exported
from tinyv_cli.exports.noise import FORMULAS
from tinyv_cli.exports.request import Request
from tinyv_cli.words import ExportAs

REFUTED: Line = {"verdict": "incorrect", "evidence": "disproof", "proof": "another value"}
SUSPECT: Line = ACCEPTED | {"suspect": "denied: says not"}


def file_of(folder: Path, lines: list[Line], **metadata: Any) -> Audited:
    return open_audited(annotated(folder / "x.parquet", lines, METADATA | metadata))


def made(what: ExportAs, file: Audited, **more: Any) -> list[dict[str, Any]]:
    return list(pa.concat_tables(exported(what, Request(file, **more))).to_pylist())


BY_QUESTION: list[Line] = [
    *[PROVED | {"question": f"p{n}", "source": "a"} for n in range(3)],
    *[REFUTED | {"question": f"p{n}", "source": "a"} for n in range(3)],
    PROVED | {"question": "q", "source": "b", "category": "5.1"},
    REFUTED | {"question": "q", "source": "b"},
    PROVED | {"question": "no wrong one", "source": "b"},
    LIKELY | {"question": "by the model", "source": "b"},
    WRONG | {"question": "by the model", "source": "b"},
]


def test_benchmark(tmp_path: Path) -> None:
    """Of each question that has both, a right answer that the rule lost and a wrong one, and who says so."""
    file = file_of(tmp_path, BY_QUESTION, mapping={"by": "source"})
    pairs = made(ExportAs.BENCHMARK, file)
    assert [(each["pair"], each["question"], each["label"], each["evidence"]) for each in pairs] == [
        *((n + 1, f"p{n}", True, "proof") for n in range(3)),
        *((n + 1, f"p{n}", False, "disproof") for n in range(3)),
        (4, "q", True, "proof"),
        (4, "q", False, "disproof"),
    ]
    assert {(each["kind"], each["source"]) for each in pairs} == {("6.1", "a"), ("5.1", "b")}


def test_a_small_benchmark_has_each_kind(tmp_path: Path) -> None:
    """With a limit kinds and sources take turns, and no pair is torn."""
    pairs = made(ExportAs.BENCHMARK, file_of(tmp_path, BY_QUESTION), by="source", limit=5)
    assert sorted((each["source"], each["label"]) for each in pairs) == [
        ("a", False),
        ("a", True),
        ("b", False),
        ("b", True),
    ]


def test_a_benchmark_with_a_model(tmp_path: Path) -> None:
    """A model that is sure may label, too, where somebody says so; and people come before all."""
    file = file_of(tmp_path, BY_QUESTION)
    assert len(made(ExportAs.BENCHMARK, file, with_model=0.9)) == 10
    labelled = made(ExportAs.BENCHMARK, file, labels={(8, 0): False, (9, 0): True, (10, 0): False})
    assert [each["evidence"] for each in labelled[8:]] == ["hand", "hand"]


RATED: list[Line] = [
    *[line | {"question": "half", "rollout": n} for n, line in enumerate([ACCEPTED, PROVED, WRONG, SILENT])],
    *[line | {"question": "lost", "rollout": n} for n, line in enumerate([PROVED, LIKELY, WRONG, WRONG])],
    *[line | {"question": "easy", "rollout": n} for n, line in enumerate([ACCEPTED, PROVED])],
    *[line | {"question": "hard", "rollout": n} for n, line in enumerate([WRONG, WRONG])],
]


def test_questions(tmp_path: Path) -> None:
    """Those in between after recovery, with how much of what is right the rule accepts."""
    file = file_of(tmp_path, RATED)
    told = ("question", "responses", "pass_rate", "pass_rate_by_rule", "accepted_of_right", "undecided")
    found = [
        tuple(each[name] for name in told) for each in made(ExportAs.QUESTIONS, file, pass_rate=(0.1, 0.9))
    ]
    assert found == [("half", 4, 0.5, 0.25, 0.5, 1), ("lost", 4, 0.5, 0.0, 0.0, 0)]
    assert len(made(ExportAs.QUESTIONS, file)) == 4


def test_precomputed(tmp_path: Path) -> None:
    """A record as Inspect reads it for each sample that was decided."""
    lines = [ACCEPTED, PROVED, REFUTED, SILENT]
    samples = [line | {"id": n // 2, "epoch": 1 + n % 2} for n, line in enumerate(lines)]
    found = made(ExportAs.PRECOMPUTED, file_of(tmp_path, samples))
    assert [(each["id"], each["epoch"], each["value"]) for each in found] == [
        ("0", 1, "C"),
        ("0", 2, "C"),
        ("1", 1, "I"),
    ]
    assert found[1]["explanation"] == "correct, by proof: as one can see"
    assert found[1]["metadata"]["category"] == "6.1"


def test_inspect_reads_what_was_precomputed(tmp_path: Path) -> None:
    """Inspect's own scorer takes the file."""
    scorer = pytest.importorskip("inspect_ai.scorer", reason="inspect_ai is not installed")
    samples = [line | {"id": f"s{n}", "epoch": 1} for n, line in enumerate([ACCEPTED, REFUTED])]
    records = made(ExportAs.PRECOMPUTED, file_of(tmp_path, samples))
    (tmp_path / "scores.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    assert scorer.precomputed_scores(str(tmp_path / "scores.jsonl"))


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        ([ACCEPTED], "has no column 'id' of sample ids"),
        ([ACCEPTED | {"id": "a", "epoch": 1}, WRONG | {"id": "a", "epoch": 1}], "of the sample 'a', epoch 1"),
        ([ACCEPTED | {"id": 7}, WRONG | {"id": 7}], "of the sample '7'; audit and export one log at a time"),
    ],
)
def test_samples_that_cannot_be_told_apart(tmp_path: Path, samples: list[Line], message: str) -> None:
    """Inspect would refuse the file, or give a score to another sample."""
    with pytest.raises(UsageError, match=message):
        made(ExportAs.PRECOMPUTED, file_of(tmp_path, samples))


NOISY: list[Line] = [
    *[ACCEPTED | {"question": f"a{n}", "source": "a"} for n in range(6)],
    *[SUSPECT | {"question": f"s{n}", "source": "a"} for n in range(2)],
    *[PROVED | {"question": f"p{n}", "source": "b"} for n in range(3)],
    *[LIKELY | {"question": f"l{n}", "source": "b"} for n in range(1)],
    *[WRONG | {"question": f"w{n}", "source": "b"} for n in range(8)],
    SILENT | {"question": "nobody knows", "source": "b"},
]


def test_noise(tmp_path: Path) -> None:
    """Rates of both mistakes, in all and by source; what is undecided is in neither."""
    [found] = made(ExportAs.NOISE, file_of(tmp_path, NOISY, mapping={"by": "source"}))
    overall = found["overall"]
    assert (overall["right"], overall["wrong"], overall["undecided"]) == (10, 10, 1)
    assert overall["false_negative_rate"]["value"] == 0.4
    assert overall["false_negative_rate_proved"]["value"] == pytest.approx(3 / 9)
    assert overall["false_positive_rate"]["value"] == 0.2
    low, high = overall["false_negative_rate"]["interval"]
    assert 0.1 < low < 0.4 < high < 0.75
    assert [
        (each["source"], each["rates"]["right"], each["rates"]["wrong"]) for each in found["sources"]
    ] == [
        ("a", 6, 2),
        ("b", 4, 8),
    ]
    assert found["formulas"] == FORMULAS


def test_the_formulas_of_the_noise(tmp_path: Path) -> None:
    """On average the backward reward is the true one, and forward weights cancel where an answer is right."""
    [found] = made(ExportAs.NOISE, file_of(tmp_path, NOISY))
    rates = found["overall"]
    lost, through = rates["false_negative_rate"]["value"], rates["false_positive_rate"]["value"]
    backward, forward = rates["backward"], rates["forward"]

    def mean(of: dict[str, float], accepted: float) -> float:
        return accepted * of["accepted"] + (1 - accepted) * of["not_accepted"]

    assert mean(backward, 1 - lost) == pytest.approx(1) and mean(backward, through) == pytest.approx(0)
    assert mean(forward, 1 - lost) == pytest.approx(0)
    assert mean(forward, through) == pytest.approx(-(1 - lost - through))


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    """A source that nobody has is said in one line."""
    with pytest.raises(UsageError, match="no column 'sauce' of plain values for --by"):
        made(ExportAs.NOISE, file_of(tmp_path, NOISY), by="sauce")
