"""The corrected score: prediction-powered by labels, by calibration, of the file and of each group."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import t

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
from tests.report.test_estimate import calibration
from tinyv_cli.documents.labels import HandLabel
from tinyv_cli.figures.statistics import student_95
from tinyv_cli.report.correction import correction_of
from tinyv_cli.report.score import score_figures

STAGES = {"accepted": ACCEPTED, "proved": PROVED, "likely": LIKELY, "unflagged": WRONG, "undecided": SILENT}
# How often what each stage says is right: of the accepted nearly all, of the undecided some.
RIGHT = {"accepted": 0.97, "proved": 1.0, "likely": 0.75, "unflagged": 0.15, "undecided": 0.4}
SAYS = {"accepted": 1, "proved": 1, "likely": 1, "unflagged": 0, "undecided": 0}
NAMES = [*STAGES]


def lines_of(kinds: list[str], responses: int = 4) -> list[Line]:
    """Lines with so many responses to each question."""
    return [STAGES[kind] | {"question": f"question {n // responses}"} for n, kind in enumerate(kinds)]


def score_of(path: Path, lines: list[Line], labels: list[HandLabel] | None = None, **given: Any) -> Any:
    """The figures of such a file."""
    more = {} if labels is None else {"labels": labels, "labels_file": "labels.jsonl"}
    return figures_of(annotated(path / "x.parquet", lines), **more, **given)


@pytest.mark.parametrize("degrees", [3, 4, 5, 10, 100, 10_000])
def test_student(degrees: int) -> None:
    """The quantile is that of Student's t to a percent."""
    assert student_95(degrees) == pytest.approx(float(t.ppf(0.975, degrees)), rel=0.01)


def test_by_labels(tmp_path: Path) -> None:
    """Of each kind the share that the labels say is right, by its size: what anybody computes."""
    kinds = ["accepted"] * 40 + ["proved"] * 10 + ["likely"] * 20 + ["unflagged"] * 30
    right = {"accepted": [1] * 9 + [0], "likely": [1] * 6 + [0] * 2, "unflagged": [0] * 8 + [1] * 2}
    labels = [
        HandLabel(kinds.index(kind) + n, 0, bool(truth))
        for kind, truths in right.items()
        for n, truth in enumerate(truths)
    ]
    score = score_of(tmp_path, lines_of(kinds), labels)["score"]
    assert score["after"]["value"] == 0.7
    assert score["corrected"]["value"] == pytest.approx((40 * 0.9 + 10 + 20 * 0.75 + 30 * 0.2) / 100)
    low, high = score["corrected"]["interval"]
    assert low < score["corrected"]["value"] < high
    assert high - low > score["after"]["interval"][1] - score["after"]["interval"][0]


def test_strata_count_by_their_weight(tmp_path: Path) -> None:
    """Of a stratified sample each label stands for as many as were drawn from; others are left out."""
    kinds = ["likely"] * 50 + ["unflagged"] * 50
    drawn = [HandLabel(n, 0, n < 2, "likely, p low", 10) for n in range(4)]
    drawn += [HandLabel(n, 0, right=True, stratum="likely, p high", stratum_size=40) for n in range(10, 14)]
    drawn += [HandLabel(n, 0, right=False, stratum="rejected", stratum_size=50) for n in range(50, 60)]
    score = score_of(tmp_path, lines_of(kinds), [*drawn, HandLabel(99, 0, right=True)])["score"]
    assert score["corrected"]["value"] == pytest.approx((10 * 0.5 + 40 * 1.0) / 100)


def simulated(random: np.random.Generator, questions: int, responses: int) -> tuple[list[str], np.ndarray]:
    """What stages say of responses, those to a question alike, and which of them are right."""
    ease = random.dirichlet([1.0, 0.5, 0.7, 2.0, 0.3], questions)
    said = [str(kind) for each in ease for kind in random.choice(NAMES, responses, p=each)]
    luck = np.repeat(random.random(questions), responses)  # the same mistake is made again
    coins = np.where(random.random(len(said)) < 0.5, luck, random.random(len(said)))
    return said, coins < np.array([RIGHT[kind] for kind in said])


def test_intervals_are_those_of_a_bootstrap_over_questions(tmp_path: Path) -> None:
    """With 500 labels of 4,000 responses both ends agree to a point with 4,000 resamples of the questions."""
    random, questions = np.random.default_rng(7), 2000
    said, right = simulated(random, questions, 2)
    chosen = random.choice(len(said), 500, replace=False)
    labels = [HandLabel(int(n), 0, bool(right[n])) for n in chosen]
    corrected = score_of(tmp_path, lines_of(said, 2), labels)["score"]["corrected"]
    labelled = np.isin(np.arange(len(said)), chosen)
    drawn = random.multinomial(questions, np.full(questions, 1 / questions), 4000)
    for weights, found in ((np.ones((1, questions)), corrected["value"]), (drawn, corrected["interval"])):
        scores = ppi_estimates(weights, np.array(said), right, labelled)
        assert found == pytest.approx(
            scores[0] if len(scores) == 1 else np.percentile(scores, [2.5, 97.5]), abs=0.01
        )


def ppi_estimates(
    weights: np.ndarray, said: np.ndarray, right: np.ndarray, labelled: np.ndarray
) -> np.ndarray:
    """For each line of weights of the questions the share that is right, as labels correct it."""

    def of(values: np.ndarray) -> np.ndarray:
        return np.asarray(weights @ values.reshape(weights.shape[1], -1).sum(axis=1), float)

    estimate = np.zeros(len(weights))
    everything = of(np.ones(len(said)))
    for kind, worth in SAYS.items():
        inside = said == kind
        seen = inside & labelled
        off = of(np.where(seen, right - float(worth), 0.0)) / np.maximum(of(seen), 1)
        estimate += of(inside) / everything * (worth + off)
    return estimate


@pytest.mark.long
@pytest.mark.parametrize("drawn", [12, 60, 300])
def test_coverage(tmp_path: Path, drawn: int) -> None:
    """Of studies with few or many labels, nine in ten intervals and more hold the true score."""
    random = np.random.default_rng(11)
    truth = float(simulated(np.random.default_rng(1), 20_000, 4)[1].mean())
    held = []
    for number in range(120):
        said, right = simulated(random, 120, 4)
        frame = pl.scan_parquet(annotated(tmp_path / f"{number}.parquet", lines_of(said)))
        chosen = random.choice(len(said), drawn, replace=False)
        correction = correction_of(None, [HandLabel(int(n), 0, bool(right[n])) for n in chosen], 0.5)
        corrected = score_figures(frame, correction, looked_at=True).scored.corrected
        if corrected is not None and corrected.interval is not None:  # the likely ones have a label
            held.append(corrected.interval[0] <= truth <= corrected.interval[1])
    assert sum(held) >= 0.9 * len(held) and len(held) > 60


def test_few_labels_that_agree_leave_room(tmp_path: Path) -> None:
    """Twenty labels without an error do not say that there is none."""
    kinds = ["accepted"] * 500 + ["likely"] * 200 + ["unflagged"] * 300
    labels = [HandLabel(n, 0, n < 700) for n in [*range(480, 500), *range(680, 720)]]
    score = score_of(tmp_path, lines_of(kinds, 1), labels)["score"]
    widths = {
        name: score[name]["interval"][1] - score[name]["interval"][0] for name in ("after", "corrected")
    }
    assert score["corrected"]["value"] == pytest.approx(score["after"]["value"])
    assert widths["corrected"] > 1.3 * widths["after"]


def test_labels_of_one_question_say_less(tmp_path: Path) -> None:
    """Forty labels on five questions leave more open than on forty: they are clustered."""
    kinds = (["likely"] * 8) * 50
    wrong = {question for question in range(50) if question % 5 == 0}
    together = [HandLabel(n, 0, n // 8 not in wrong) for n in range(40)]
    apart = [HandLabel(8 * question, 0, question not in wrong) for question in range(40)]
    widths = []
    for labels in (together, apart):
        low, high = score_of(tmp_path, lines_of(kinds, 8), labels)["score"]["corrected"]["interval"]
        widths.append(high - low)
    assert widths[0] > 1.5 * widths[1]


def test_groups_by_their_own_labels(tmp_path: Path) -> None:
    """Each group is corrected by the labels in it; one in which a labelled kind has none is left open."""
    kinds = (["accepted"] * 10 + ["likely"] * 10 + ["unflagged"] * 10) * 3
    lines = [line | {"task": "abc"[n // 30]} for n, line in enumerate(lines_of(kinds, 2))]
    labels = [HandLabel(n, 0, n % 2 == 0) for n in range(10, 20)]
    labels += [HandLabel(n, 0, right=True) for n in range(40, 50)] + [
        HandLabel(n, 0, n == 50) for n in range(50, 60)
    ]
    labels += [HandLabel(n, 0, right=False) for n in range(20, 30)] + [HandLabel(70, 0, right=True)]
    found = score_of(tmp_path, lines, labels, by=["task"])
    groups = {group["value"]: group["corrected"] for group in found["by"][0]["groups"]}
    assert groups["a"]["value"] == pytest.approx((10 + 5 + 0) / 30)
    assert groups["b"]["value"] == pytest.approx((10 + 10 + 1) / 30)
    assert groups["c"] is None
    assert found["score"]["corrected"] is not None


def test_groups_by_calibration(tmp_path: Path) -> None:
    """The errors of the model correct each group by what was flagged in it."""
    lines = [LIKELY] * 45 + [WRONG] * 55 + [ACCEPTED] * 10 + [LIKELY] * 10 + [WRONG] * 90
    lines = [line | {"task": "a" if n < 110 else "b"} for n, line in enumerate(lines)]
    given: Any = {"calibration": calibration(), "by": ["task"]}
    found = score_of(tmp_path, lines, **given)
    groups = {group["value"]: group["corrected"]["value"] for group in found["by"][0]["groups"]}
    assert groups == {"a": pytest.approx((10 + 50) / 110), "b": pytest.approx(0.0)}
    assert METADATA["model"] == MODEL and found["score"]["corrected"]["value"] is not None


def test_nothing_known(tmp_path: Path) -> None:
    """Without labels or calibration there is no corrected score; nor where the likely ones have no label."""
    lines = lines_of(["accepted", "likely", "unflagged", "unflagged"])
    assert score_of(tmp_path, lines)["score"]["corrected"] is None
    assert score_of(tmp_path, lines, [HandLabel(2, 0, right=False)])["score"]["corrected"] is None
