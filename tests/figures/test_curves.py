"""Curves as lists of points, against what scikit-learn makes of the same labels and scores."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import auc, average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from tests.evaluations import model_score, rule_score
from tinyv_cli.figures.curves import (
    HISTOGRAM_BINS,
    MOST_POINTS,
    RELIABILITY_BINS,
    Labels,
    Points,
    Scores,
    curves,
    histogram,
    precision_recall,
    reliability,
    roc,
    thinned,
)
from tinyv_cli.figures.statistics import wilson


def drawn(pairs: int, seed: int = 1) -> tuple[Labels, Scores]:
    """Labels, and what a model says that is asked where a rule did not accept."""
    random = np.random.default_rng(seed)
    label = random.random(pairs) < 0.6
    rule, model = rule_score(label, random), model_score(label, random)
    return label, np.where(rule == 2, 2, model)


def area_of_steps(points: Points) -> float:
    """The area under precision-recall points as average precision has it: each step at its right end."""
    return sum((b[0] - a[0]) * b[1] for a, b in pairwise(points))


@pytest.mark.parametrize("pairs", [40, 700, 20_000])
def test_roc(pairs: int) -> None:
    """Points of scikit-learn's curve, few of them, under which lies nearly the same area."""
    label, score = drawn(pairs)
    points = roc(label, score)
    fpr, recall, _ = roc_curve(label, score, drop_intermediate=False)
    assert len(points) <= MOST_POINTS
    assert set(points) <= set(zip(fpr.tolist(), recall.tolist(), strict=True))
    assert (points[0], points[-1]) == ((0, 0), (1, 1))
    xs, ys = zip(*points, strict=True)
    assert auc(xs, ys) == pytest.approx(roc_auc_score(label, score), abs=0.002)


@pytest.mark.parametrize("pairs", [40, 700, 20_000])
def test_precision_recall(pairs: int) -> None:
    """Points of scikit-learn's curve from recall 0 to 1, whose steps enclose nearly the average precision."""
    label, score = drawn(pairs)
    points = precision_recall(label, score)
    precision, recall, _ = precision_recall_curve(label, score)
    assert len(points) <= MOST_POINTS
    assert set(points) <= set(zip(recall.tolist(), precision.tolist(), strict=True))
    assert points[0] == (0, 1)
    assert points[-1] == pytest.approx((1, label.mean()))
    assert area_of_steps(points) == pytest.approx(average_precision_score(label, score), abs=0.005)


def test_reliability() -> None:
    """The bins of scikit-learn, with how many pairs they hold and Wilson's interval."""
    label, score = drawn(3000)
    moved = (score >= 0) & (score <= 1)
    correct, mean = calibration_curve(label[moved], score[moved], n_bins=RELIABILITY_BINS)
    bins = reliability(label, score)
    assert [b.mean for b in bins] == pytest.approx(list(mean))
    assert [b.correct for b in bins] == pytest.approx(list(correct))
    assert sum(b.count for b in bins) == moved.sum()
    assert all(b.interval == wilson(round(b.correct * b.count), b.count) for b in bins)


@pytest.mark.parametrize(("p", "counts"), [([0.0, 0.1], [2]), ([0.1, 0.11], [1, 1]), ([0.95, 1.0], [2])])
def test_edges_of_bins(p: list[float], counts: list[int]) -> None:
    """An edge belongs to the bin below it; 0 and 1 to the first and the last."""
    assert [b.count for b in reliability(np.ones(len(p), bool), np.array(p))] == counts


def test_histogram() -> None:
    """Each pair with a p is counted once, under its label; 1 in the last part."""
    label, score = np.array([True, True, False, True, False]), np.array([0.0, 1.0, 0.51, 2.0, -1.0])
    found = histogram(label, score)
    assert found.pairs == 3
    assert (found.correct[0], found.correct[-1], sum(found.correct)) == (1, 1, 2)
    assert [i for i, count in enumerate(found.wrong) if count] == [10]
    assert len(found.correct) == len(found.wrong) == HISTOGRAM_BINS


def test_undecided_stand_in_no_curve() -> None:
    """What a verifier left undecided changes none of its curves."""
    label, score = drawn(500)
    more = np.concatenate([score, np.full(50, np.nan)]), np.concatenate([label, np.ones(50, bool)])
    assert curves("x", more[1], more[0]) == curves("x", label, score)


@pytest.mark.parametrize("label", [[], [True, True], [False, False]])
def test_one_label_only(label: list[bool]) -> None:
    """Curves that need both labels are empty; the others say what there is."""
    found = curves("x", np.array(label, dtype=bool), np.full(len(label), 0.3))
    assert (found.roc, found.precision_recall) == ([], [])
    assert sum(b.count for b in found.reliability) == found.histogram.pairs == len(label)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=2000))
def test_thinning(steps: list[float]) -> None:
    """A thinned line keeps its ends, and no part of it is longer than a step beyond an equal share."""
    x = np.cumsum([0.0, *steps])
    points = thinned(x, np.zeros_like(x))
    assert len(points) <= MOST_POINTS or len(x) <= MOST_POINTS
    assert points[0][0] == x[0]
    assert points[-1][0] == x[-1]
    gaps = np.diff([a for a, _ in points])
    assert (gaps <= x[-1] / (MOST_POINTS - 1) + 1 + 1e-9).all()
