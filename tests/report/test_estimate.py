"""How many are really right: the correction against simulation, and what calibrations and labels say."""

from dataclasses import asdict
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.annotated import (
    ACCEPTED,
    LIKELY,
    METADATA,
    MODEL,
    PROVED,
    SILENT,
    WRONG,
    Line,
    annotated,
    figures_of,
)
from tinyv_cli.documents.calibration import Calibration, OperatingPoint
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.figures.statistics import lang_reiczigel, rogan_gladen

POINT = OperatingPoint(threshold=0.5, tp=80, fn=20, fp=10, tn=90, undecided=0)


def calibration(*points: OperatingPoint, **more: Any) -> Calibration:
    known: dict[str, Any] = {
        "model": MODEL,
        "rule": "math-verify + proofs",
        "slope": 1.0,
        "intercept": 0.0,
        "temperature": 1.0,
        "ece": 0.1,
        "ece_calibrated": 0.1,
        "correct": 100,
        "wrong": 100,
        "sources": ("x",),
        "operating_points": points or (POINT,),
        "tinyv": "0",
        "date": "2026-01-01",
        "file": "cal.json",
    }
    return Calibration(**known | more)


def estimate(path: Path, lines: list[Line], **given: Any) -> Any:
    metadata = given.pop("metadata", METADATA)
    return figures_of(annotated(path / "x.parquet", lines, metadata), **given)["estimate"]


@pytest.mark.parametrize(
    ("share", "sensitivity", "specificity", "true"),
    [
        (0.45, 0.8, 0.9, 0.5),
        (0.1, 0.8, 0.9, 0.0),
        (0.8, 0.8, 0.9, 1.0),
        (0.3, 1.0, 1.0, 0.3),
        (0.05, 0.8, 0.9, -1 / 14),
    ],
)
def test_rogan_gladen(share: float, sensitivity: float, specificity: float, true: float) -> None:
    """The share that would be found of so many true ones gives these again; it may leave [0, 1]."""
    assert rogan_gladen(share, sensitivity=sensitivity, specificity=specificity) == pytest.approx(true)


def test_known_errors() -> None:
    """Where the test is known to make no errors, it is the interval of Agresti and Coull."""
    low, high = lang_reiczigel(30, 100, tp=10**9, fn=0, fp=0, tn=10**9)
    z = 1.959963984540054
    centre = (30 + z * z / 2) / (100 + z * z)
    spread = z * sqrt(centre * (1 - centre) / (100 + z * z))
    assert (low, high) == pytest.approx((centre - spread, centre + spread), abs=1e-6)


@pytest.mark.parametrize(
    ("true", "sensitivity", "specificity"),
    [(0.385, 0.6, 0.93), (0.1, 0.8, 0.95), (0.7, 0.9, 0.7), (0.02, 0.6, 0.98)],
)
def test_coverage(true: float, sensitivity: float, specificity: float) -> None:
    """Of a thousand studies, the intervals of 95% hold the true share in about so many, or more."""
    generator, studies, tested, labelled = np.random.default_rng(5), 1000, 300, 80
    share = true * sensitivity + (1 - true) * (1 - specificity)
    found = generator.binomial(tested, share, studies)
    right, wrong = (generator.binomial(labelled, rate, studies) for rate in (sensitivity, specificity))
    held = 0
    for positive, tp, tn in zip(found.tolist(), right.tolist(), wrong.tolist(), strict=True):
        low, high = lang_reiczigel(positive, tested, tp=tp, fn=labelled - tp, fp=labelled - tn, tn=tn)
        held += low <= true <= high
    assert held >= 935


def flagged_of_100(flagged: int) -> list[Line]:
    return [LIKELY] * flagged + [WRONG] * (100 - flagged)


LINES = [LIKELY] * 45 + [WRONG] * 55 + [ACCEPTED] * 10


def test_by_calibration(tmp_path: Path) -> None:
    """45 of 100 flagged, of which the model finds 80% and 10% of the others: 50 are right."""
    found = estimate(tmp_path, LINES, calibration=calibration())
    assert (found["from"], found["file"], found["reason"]) == ("calibration", "cal.json", None)
    assert (found["share"], found["count"]) == (pytest.approx(0.5), 50)
    assert found["interval"] == pytest.approx(lang_reiczigel(45, 100, tp=80, fn=20, fp=10, tn=90))
    assert (found["sensitivity"]["value"], found["specificity"]["value"]) == (0.8, 0.9)
    assert found["operating_point"] == asdict(POINT)
    assert (found["clipped"], found["complete"], found["labels"]) == (False, True, None)


def test_what_is_proved_is_right(tmp_path: Path) -> None:
    """Only what the model was asked about is corrected."""
    found = estimate(tmp_path, [*LINES, *[PROVED] * 100], calibration=calibration())
    low, high = lang_reiczigel(45, 100, tp=80, fn=20, fp=10, tn=90)
    assert (found["share"], found["count"]) == (pytest.approx(0.75), 150)
    assert found["interval"] == pytest.approx([(1 + low) / 2, (1 + high) / 2])


def test_what_is_refuted_is_wrong(tmp_path: Path) -> None:
    """A calibration is of what comes to the model, and so is the share that it corrects."""
    refuted = {"verdict": "incorrect", "evidence": "disproof", "proof": "as one can see"}
    found = estimate(tmp_path, [*LINES, *[refuted] * 100], calibration=calibration())
    low, high = lang_reiczigel(45, 100, tp=80, fn=20, fp=10, tn=90)
    assert (found["share"], found["count"]) == (pytest.approx(0.25), 50)
    assert found["interval"] == pytest.approx([low / 2, high / 2])


def test_all_proved(tmp_path: Path) -> None:
    """Where nothing was left to the model there is nothing to correct."""
    found = estimate(tmp_path, [PROVED] * 3, calibration=calibration())
    assert (found["share"], found["interval"], found["count"]) == (1.0, [1.0, 1.0], 3)


def test_undecided_are_like_the_rest(tmp_path: Path) -> None:
    """What the model did not decide counts in the total, not in the share found."""
    found = estimate(tmp_path, [*LINES, *[SILENT] * 20], calibration=calibration())
    assert (found["share"], found["count"]) == (pytest.approx(0.5), 60)


@pytest.mark.parametrize(("flagged", "share"), [(8, 0.0), (83, 1.0)])
def test_clipped(tmp_path: Path, flagged: int, share: float) -> None:
    """A little less or more than the model's errors allow: the nearest share there can be, which is said."""
    found = estimate(tmp_path, flagged_of_100(flagged), calibration=calibration())
    assert (found["share"], found["clipped"]) == (share, True)
    assert found["interval"][0] <= share <= found["interval"][1]


@pytest.mark.parametrize(
    ("lines", "point", "reason"),
    [
        (LINES, OperatingPoint(0.5, 50, 50, 50, 50, 0), "no_better_than_chance"),
        (LINES, OperatingPoint(0.5, 0, 0, 5, 5, 0), "no_better_than_chance"),
        (LINES, OperatingPoint(0.5, 1, 99, 0, 1, 0), "no_better_than_chance"),  # by one wrong pair alone
        ([SILENT], POINT, "nothing_decided"),
        ([ACCEPTED], POINT, "nothing_decided"),
        (flagged_of_100(2), POINT, "errs_otherwise"),  # of wrong answers alone it flags 10
        (flagged_of_100(98), POINT, "errs_otherwise"),  # of right answers alone it leaves 20
    ],
)
def test_nothing_to_correct_by(tmp_path: Path, lines: list[Line], point: OperatingPoint, reason: str) -> None:
    """Without a share there is a reason."""
    found = estimate(tmp_path, lines, calibration=calibration(point))
    assert (found["share"], found["interval"], found["count"], found["reason"]) == (None, None, None, reason)


def test_operating_point_of_the_threshold(tmp_path: Path) -> None:
    """The file's points are for calibrated p; the run's threshold was for p as the model said it."""
    points = [OperatingPoint(t, 80, 20, 10, 90, 0) for t in (0.3, 0.5, 0.7)]
    found = estimate(tmp_path, LINES, calibration=calibration(*points, intercept=0.85))
    assert found["operating_point"]["threshold"] == 0.7
    used = {"file": "own.json", "rule": "exact", "operating_point": asdict(points[0])}
    metadata = METADATA | {"model": MODEL | {"calibration": used}}
    found = estimate(tmp_path, LINES, calibration=calibration(*points, intercept=0.85), metadata=metadata)
    assert found["operating_point"]["threshold"] == 0.5


def test_the_runs_own_calibration(tmp_path: Path) -> None:
    """A run that was calibrated says itself how often its model is right; others say nothing."""
    used = {"file": "own.json", "rule": "exact", "operating_point": asdict(POINT)}
    metadata = METADATA | {"rule": {"name": "exact"}, "proofs": None, "model": MODEL | {"calibration": used}}
    found = estimate(tmp_path, LINES, metadata=metadata)
    assert (found["file"], found["measured_behind"], found["count"]) == ("own.json", "exact", 50)
    assert estimate(tmp_path, LINES) is None


@pytest.mark.parametrize("there", [{"rule": {"name": "exact"}}, {"proofs": None}])
def test_measured_behind_another_rule(tmp_path: Path, there: dict[str, Any]) -> None:
    """What another rule leaves is of another kind: no share, none of the score either, and both are named."""
    file = annotated(tmp_path / "x.parquet", LINES, METADATA | there)
    figures = figures_of(file, calibration=calibration())
    found = figures["estimate"]
    assert (found["share"], found["count"], found["clipped"]) == (None, None, False)
    assert found["reason"] == "measured_behind_another"
    assert found["measured_behind"] == "math-verify + proofs" != found["behind"]
    assert figures["score"]["corrected"] is None


@pytest.mark.parametrize(
    "others",
    [
        {"second_model": {"name": "b", "agree": "all"}},  # as 0.1 wrote it
        {"other_models": [{"name": "b"}], "agree": "any"},
        {"other_models": [{"name": "b"}, {"name": "c"}], "sure": 0.98},
    ],
)
def test_of_several_models_by_the_first(tmp_path: Path, others: dict[str, Any]) -> None:
    """It was asked about everything, and its errors are known, whatever the others made of the verdicts."""
    lines = [line | {"verdict": "correct", "p_2": 0.9, "p_3": 0.9, "settled_by": 1} for line in LINES]
    metadata = METADATA | others
    found = estimate(tmp_path, lines, calibration=calibration(), metadata=metadata)
    assert (found["count"], found["interval"]) == (
        50,
        pytest.approx(lang_reiczigel(45, 100, tp=80, fn=20, fp=10, tn=90)),
    )


def test_calibration_of_another_model(tmp_path: Path) -> None:
    """It would correct by errors that this model does not make."""
    other = MODEL | {"sha256": "c" * 64, "name": "large"}
    with pytest.raises(UsageError, match=r"cal\.json: is the calibration of large, and .* is nano"):
        estimate(tmp_path, LINES, calibration=calibration(model=other))


def labelled(rows: range, right: int, stratum: str | None = None, size: int | None = None) -> list[HandLabel]:
    """Labels of these rows, the first so many right."""
    return [HandLabel(row, 0, n < right, stratum, size) for n, row in enumerate(rows)]


def by_labels(path: Path, lines: list[Line], labels: list[HandLabel]) -> Any:
    return estimate(path, lines, labels=labels, labels_file="x.labels.jsonl")


def test_by_a_stratified_sample(tmp_path: Path) -> None:
    """Each stratum counts by its size: 90% of 40 flagged are right, 40% of 5 flagged, 10% of 55 others."""
    labels = [
        *labelled(range(10), 9, "sure", 40),
        *labelled(range(40, 45), 2, "doubtful", 5),
        *labelled(range(45, 65), 2, "rejected", 55),
    ]
    found = by_labels(tmp_path, LINES, labels)
    assert found["share"] == pytest.approx(0.435)
    assert found["count"] in (43, 44), "43.5, as far as that can be computed"
    assert found["interval"][0] < 0.435 < found["interval"][1]
    assert (found["from"], found["complete"], found["reason"]) == ("labels", True, None)
    told = found["labels"]
    assert (told["count"], told["drawn"]) == (35, True)
    assert (told["likely"]["size"], told["likely"]["labelled"], told["likely"]["right"]) == (45, 15, 11)
    assert told["likely"]["share"] == pytest.approx(38 / 45)
    assert told["unflagged"]["share"] == pytest.approx(0.1)
    assert told["proved"] == {"size": 0, "labelled": 0, "right": 0, "share": None, "interval": None}


def test_labels_of_flagged_alone(tmp_path: Path) -> None:
    """Of what was not flagged nothing is known: a lower bound; what is proved is taken for right."""
    found = by_labels(tmp_path, [*LINES, *[PROVED] * 10], labelled(range(20), 15))
    assert found["complete"] is False
    assert found["share"] == pytest.approx((10 + 0.75 * 45) / 110)
    assert (found["labels"]["drawn"], found["labels"]["unflagged"]["share"]) == (False, None)


def test_labels_of_proved(tmp_path: Path) -> None:
    """Where people say that a proof is wrong, they are believed."""
    lines = [*[PROVED] * 10, *LINES]
    labels = [*labelled(range(10), 8), *labelled(range(10, 30), 10), *labelled(range(60, 70), 0)]
    found = by_labels(tmp_path, lines, labels)
    assert found["share"] == pytest.approx((8 + 0.5 * 45) / 110)


def test_picked_ones_do_not_spoil_a_sample(tmp_path: Path) -> None:
    """Beside labels of a sample, those that were picked worst first are left out."""
    sample = [*labelled(range(10), 9, "flagged", 45), *labelled(range(50, 60), 0, "not", 55)]
    alone = by_labels(tmp_path, LINES, sample)
    assert by_labels(tmp_path, LINES, [*sample, *labelled(range(20, 45), 0)]) == alone


def test_no_labels_of_flagged(tmp_path: Path) -> None:
    """What was flagged is the better part of it: without a label there is no estimate."""
    found = by_labels(tmp_path, LINES, labelled(range(60, 80), 3))
    assert (found["share"], found["reason"]) == (None, "no_labels_of_flagged")


def test_labels_of_another_file(tmp_path: Path) -> None:
    """Labels that meet no example are of another file."""
    with pytest.raises(SourceError, match=r"x\.labels\.jsonl: none of its 5 labels is of this file"):
        by_labels(tmp_path, LINES, labelled(range(1000, 1005), 3))
