"""Figures of labelled pairs, against scikit-learn on the raw arrays, brute force and simulations."""

import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import isnan, nan, sqrt
from operator import ge, le
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from sklearn import metrics

from tinyv_cli.evaluation.thresholds import Wanted, operating_points, threshold_for
from tinyv_cli.figures import resampling
from tinyv_cli.figures.measures import (
    cell_figures,
    compare,
    measure,
    ranking,
    ranking_figures,
    recall_at,
)
from tinyv_cli.figures.resampling import Bools, Counts, Floats, interval, resampled, resampled_clusters

SURE, NEVER = 2.0, -1.0
MAX_FPR, MIN_RECALL = Wanted
# Scores as they come: undecided, settled, at the ends, tied, anywhere.
SCORES = st.sampled_from([nan, SURE, NEVER, 0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1)
PAIRS = st.lists(st.tuples(st.booleans(), SCORES), max_size=60)
FIGURES = ("accuracy", "recall", "fpr", "precision", "f1", "balanced_accuracy", "auc", "average_precision")


def arrays(pairs: Sequence[tuple[bool, float]]) -> tuple[Bools, Floats]:
    """Labels and scores."""
    return np.array([label for label, _ in pairs], bool), np.array([score for _, score in pairs], float)


def drawn(n: int, *, seed: int = 0, shift: float = 1.0, decimals: int = 17) -> tuple[Bools, Floats]:
    """Pairs whose scores tell something of their labels; with few decimals there are ties."""
    generator = np.random.default_rng(seed)
    label = generator.random(n) < 0.4
    score = norm.cdf(generator.normal(size=n) + np.where(label, shift, 0) - shift / 2)
    return label, score.round(decimals)


@settings(max_examples=2 * settings().max_examples)
@given(PAIRS, st.sampled_from([0.0, 0.25, 0.5, 0.7, 1.0]))
def test_agrees_with_sklearn(pairs: list[tuple[bool, float]], threshold: float) -> None:
    """Every figure is scikit-learn's of the raw arrays, ties, ends and settled pairs included."""
    label, score = arrays(pairs)
    found = measure(label, score, threshold)
    decided = ~np.isnan(score)
    right, yes = label[decided], score[decided] >= threshold
    assert (found.pairs, found.undecided) == (len(pairs), int((~decided).sum()))
    assert found.undecided_correct == int(label[~decided].sum())
    assert found.correct + found.wrong == len(pairs)
    expected: dict[str, Any] = dict.fromkeys(FIGURES)
    if len(right):
        expected["accuracy"] = metrics.accuracy_score(right, yes)
        cells = metrics.confusion_matrix(right, yes, labels=[False, True])
        assert [found.tn, found.fp, found.fn, found.tp] == cells.ravel().tolist()
    if right.any():
        expected["recall"] = metrics.recall_score(right, yes)
    if not right.all():
        expected["fpr"] = 1 - metrics.recall_score(~right, ~yes)
    if yes.any():
        expected["precision"] = metrics.precision_score(right, yes)
    if right.any() and not right.all():
        expected["f1"] = metrics.f1_score(right, yes)
        expected["balanced_accuracy"] = metrics.balanced_accuracy_score(right, yes)
        expected["auc"] = metrics.roc_auc_score(right, score[decided])
        expected["average_precision"] = metrics.average_precision_score(right, score[decided])
    figures = {name: getattr(found, name) for name in FIGURES}
    assert {name: figure.value for name, figure in figures.items()} == pytest.approx(expected)
    for figure in figures.values():
        assert (figure.interval is None) == (figure.value is None)
        low, high = figure.interval or (0, 1)
        assert 0 <= low <= high <= 1


@pytest.mark.parametrize("decimals", [17, 1, 0])
def test_resampled_figures_agree_with_sklearn(decimals: int) -> None:
    """What is computed of drawn counts is scikit-learn's with the counts as sample weights."""
    label, score = drawn(200, decimals=decimals)
    ranked = ranking(label, score)
    draws = np.random.default_rng(1).multinomial(200, ranked.counts.ravel() / 200, 20)
    found = ranking_figures(*ranked.drawn(draws))
    right, scores = np.repeat([1, 0], len(ranked.scores)), np.tile(ranked.scores, 2)
    for row, weights in zip(found, draws, strict=True):
        assert row[0] == pytest.approx(metrics.roc_auc_score(right, scores, sample_weight=weights))
        assert row[1] == pytest.approx(metrics.average_precision_score(right, scores, sample_weight=weights))


def test_cell_figures_agree_with_sklearn() -> None:
    """F1 and balanced accuracy of counts; NaN where a class has not been drawn."""
    cells = np.random.default_rng(1).integers(0, 9, (50, 4)) + np.array([1, 0, 0, 1])
    right, yes = [1, 1, 0, 0], [1, 0, 1, 0]
    for weights, (f1, balanced) in zip(cells, cell_figures(cells), strict=True):
        assert f1 == pytest.approx(metrics.f1_score(right, yes, sample_weight=weights))
        assert balanced == pytest.approx(metrics.balanced_accuracy_score(right, yes, sample_weight=weights))
    assert isnan(cell_figures(np.array([[0, 0, 1, 2]]))[0, 1])


def test_intervals_are_those_of_redrawn_pairs() -> None:
    """Drawing counts comes to the same as drawing pairs and asking scikit-learn each time."""
    label, score = drawn(150, decimals=2)
    found = measure(label, score, 0.5)
    generator = np.random.default_rng(7)
    redrawn = [generator.integers(0, 150, 150) for _ in range(600)]
    metric: dict[str, Callable[[Any], float]] = {
        "auc": lambda pairs: metrics.roc_auc_score(label[pairs], score[pairs]),
        "average_precision": lambda pairs: metrics.average_precision_score(label[pairs], score[pairs]),
        "f1": lambda pairs: metrics.f1_score(label[pairs], score[pairs] >= 0.5),
        "balanced_accuracy": lambda pairs: metrics.balanced_accuracy_score(label[pairs], score[pairs] >= 0.5),
    }
    for name, of in metric.items():
        expected = np.quantile([of(pairs) for pairs in redrawn], (0.025, 0.975))
        assert getattr(found, name).interval == pytest.approx(expected, abs=0.02), name


@pytest.mark.parametrize("draw", [resampling._cell_by_cell, resampling._pair_by_pair])
def test_draws(draw: Any) -> None:
    """Both ways to draw counts are the multinomial: total, empty cells, means and spread."""
    counts = np.array([0, 50, 1, 149, 0])
    draws = draw(np.random.default_rng(3), counts, 4000)
    assert draws.shape == (4000, 5)
    assert (draws.sum(axis=1) == 200).all()
    assert not draws[:, [0, 4]].any()
    deviation = np.sqrt(counts * (1 - counts / 200))
    assert draws.mean(axis=0) == pytest.approx(counts, abs=4 * deviation.max() / sqrt(4000))
    assert draws.std(axis=0) == pytest.approx(deviation, rel=0.06, abs=1e-9)


def test_coverage() -> None:
    """The interval of the AUC holds the true one about as often as it says (95%), seed fixed."""
    true = norm.cdf(1 / sqrt(2))
    intervals = (measure(*drawn(120, seed=seed), 0.5).auc.interval or (1, 0) for seed in range(150))
    held = sum(low <= true <= high for low, high in intervals)
    assert 0.90 <= held / 150 <= 0.99


def test_same_pairs_same_intervals() -> None:
    """Nothing depends on the order of the pairs, nor on the clock."""
    label, score = drawn(300)
    order = np.random.default_rng(5).permutation(300)
    assert measure(label, score, 0.5) == measure(label[order], score[order], 0.5)


def test_many_pairs_take_little_memory() -> None:
    """Memory grows with the pairs, not with the resamples: those of 300,000 pairs at once would be 700 MB."""
    label, score = drawn(300_000)
    tracemalloc.start()
    found = measure(label, score, 0.5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6
    low, high = found.auc.interval or (1, 0)
    assert low < norm.cdf(1 / sqrt(2)) < high


@pytest.mark.parametrize(
    ("correct", "wrong", "undecided", "small"),
    [(15, 15, 0, False), (10, 9, 0, True), (40, 4, 0, True), (4, 40, 0, True), (10, 9, 30, True)],
)
def test_small(correct: int, wrong: int, undecided: int, small: bool) -> None:
    """Fewer than 20 decided pairs, or fewer than 5 of a class, is little to go by."""
    label = np.array([True] * correct + [False] * wrong + [True] * undecided)
    score = np.array([0.7] * (correct + wrong) + [nan] * undecided)
    assert measure(label, score, 0.5).small is small


def test_compare() -> None:
    """The exact test of the pairs that one alone has right; the difference is second minus first."""
    label = np.array([True] * 30 + [False] * 30 + [True])
    first = np.array([0.9] * 20 + [0.1] * 10 + [0.1] * 30 + [nan])
    second = np.array([0.1] * 2 + [0.9] * 28 + [0.1] * 29 + [0.9] + [0.9])
    found = compare(label, first, second, 0.5)
    assert (found.pairs, found.only_first_right, found.only_second_right) == (60, 3, 10)
    assert found.mcnemar_p == pytest.approx(binomtest(3, 13).pvalue)
    difference = found.accuracy_difference
    assert difference.value == pytest.approx(7 / 60)
    spread = 1.96 * sqrt(13 / 60 - (7 / 60) ** 2) / sqrt(60)
    assert difference.interval == pytest.approx([7 / 60 - spread, 7 / 60 + spread], abs=0.02)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 2000))
def test_exact_test_agrees_with_scipy(only_first: int, only_second: int) -> None:
    """McNemar's p is that of scipy's binomial test, however unequal the counts are."""
    label = np.ones(only_first + only_second + 1, bool)
    first = np.array([1.0] * only_first + [0.0] * only_second + [1.0])
    p = compare(label, first, np.append(1 - first[:-1], 1.0), 0.5).mcnemar_p
    discordant = only_first + only_second
    expected = binomtest(only_first, discordant).pvalue if discordant else 1.0
    assert p == pytest.approx(expected, rel=1e-9, abs=1e-270)  # scipy gives 0 for less


@pytest.mark.parametrize(
    ("second", "pairs", "p", "difference"), [([0.9, 0.2, nan], 2, 1.0, 0.0), ([nan, nan, 0.5], 0, None, None)]
)
def test_compare_nothing(second: list[float], pairs: int, p: float | None, difference: float | None) -> None:
    """Verifiers that say the same do not differ; where no pair was decided by both there is no figure."""
    found = compare(np.array([True, False, True]), np.array([0.9, 0.2, nan]), np.array(second), 0.5)
    assert (found.pairs, found.mcnemar_p, found.accuracy_difference.value) == (
        pairs,
        p,
        difference,
    )


def candidates(score: Floats) -> Floats:
    """Thresholds of 0 to 1 that show every way to decide these scores, rising."""
    marks = np.unique([0.0, 1.0, *score[(score >= 0) & (score <= 1)]])
    return np.unique([*marks, *((low + high) / 2 for low, high in pairwise(marks))])


@settings(max_examples=2 * settings().max_examples)
@given(PAIRS, st.sampled_from([0.0, 0.02, 0.2, 0.5, 0.9, 1.0]))
def test_threshold_for(pairs: list[tuple[bool, float]], limit: float) -> None:
    """The threshold reproduces its rates, and no other decides as well within the limit (brute force)."""
    label, score = arrays(pairs)
    rates = [measure_rates(label, score, at) for at in candidates(score)]
    for wanted, rate, within, first in ((MAX_FPR, "fpr", le, 0), (MIN_RECALL, "recall", ge, -1)):
        fits = [found for found in rates if found[rate] is not None and within(found[rate], limit)]
        chosen = threshold_for(label, score, wanted, limit)
        assert (chosen.wanted, chosen.limit) == (wanted, limit)
        threshold = chosen.threshold.value
        if not fits:
            assert (threshold, chosen.fpr.value, chosen.recall.value) == (None, None, None)
            continue
        assert threshold is not None and 0 <= threshold <= 1
        low, high = chosen.threshold.interval or (1, 0)
        assert 0 <= low <= high <= 1
        assert measure_rates(label, score, threshold) == fits[first]
        assert {"fpr": chosen.fpr.value, "recall": chosen.recall.value} == fits[first]


def measure_rates(label: Bools, score: Floats, threshold: float) -> dict[str, Any]:
    """False-positive rate and recall among the decided, plainly."""
    yes = score >= threshold
    wrong, correct = (which & ~np.isnan(score) for which in (~label, label))
    return {
        "fpr": float(yes[wrong].mean()) if wrong.any() else None,
        "recall": float(yes[correct].mean()) if correct.any() else None,
    }


@pytest.mark.parametrize(
    ("wrong", "limit", "threshold"),
    [
        ([0.1, 0.2, 0.8734, 0.8741], 0.25, 0.874),  # between the two, and short
        ([0.1, 0.2, 0.3, 0.4], 1.0, 0.1),  # halfway to 0
        ([0.1, 0.2, 0.3, 0.4], 0.0, 0.7),  # halfway to 1
        ([0.1, 0.2, 0.3, 1.0], 0.0, None),  # no threshold is above 1
        ([0.1, 0.2, 0.3, SURE], 0.0, None),  # the rule accepted it
        ([NEVER, NEVER, NEVER, NEVER], 0.0, 0.5),  # any will do
    ],
)
def test_threshold_is_short(wrong: list[float], limit: float, threshold: float | None) -> None:
    """A threshold can be typed: no more decimals than it takes to decide alike."""
    score = np.array(wrong)
    found = threshold_for(np.zeros(4, bool), score, MAX_FPR, limit)
    assert found.threshold.value == threshold


def test_threshold_interval_covers() -> None:
    """The interval of the threshold holds that of the whole population about as often as it says."""
    true = norm.cdf(norm.ppf(0.9) - 0.5)  # the wrong pairs' scores are those of a normal around -1/2
    intervals = (
        threshold_for(*drawn(300, seed=seed), MAX_FPR, 0.1).threshold.interval or (1, 0)
        for seed in range(100)
    )
    assert 0.88 <= sum(low <= true <= high for low, high in intervals) / 100 <= 1


def test_operating_points() -> None:
    """The counts of each threshold are those that measure finds there."""
    label, score = drawn(500, decimals=2)
    score[:20], score[20:40], score[40:60] = nan, NEVER, SURE
    points = operating_points(label, score)
    assert [point.threshold for point in points] == [i / 100 for i in range(1, 100)]
    for point in points:
        found = measure_counts(label, score, point.threshold)
        assert {name: getattr(point, name) for name in found} == found


def measure_counts(label: Bools, score: Floats, threshold: float) -> dict[str, int]:
    """The counts, plainly."""
    yes, no = score >= threshold, score < threshold
    return {
        "tp": int((label & yes).sum()),
        "fn": int((label & no).sum()),
        "fp": int((~label & yes).sum()),
        "tn": int((~label & no).sum()),
        "undecided": int(np.isnan(score).sum()),
    }


def test_interval_without_values() -> None:
    """What was never defined has no interval."""
    assert interval(np.array([nan, nan])) is None
    assert (
        resampled(np.array([2, 3]), lambda counts: counts.sum(axis=1).astype(float)).tolist() == [5.0] * 1000
    )


@pytest.mark.parametrize("decimals", [1, 17])
@pytest.mark.parametrize("limit", [0.0, 0.01, 0.05, 0.5, 1.0])
def test_recall_at(limit: float, decimals: int) -> None:
    """The best of all thresholds that let no more of the wrong pass, as scikit-learn has the curve."""
    label, score = drawn(300, decimals=decimals)
    fpr, recall, _ = metrics.roc_curve(label, score, drop_intermediate=False)
    correct, wrong = (counts[None] for counts in ranking(label, score).counts)
    [found] = recall_at(correct, wrong, limit)
    assert found == pytest.approx(recall[fpr <= limit].max())


def spread(cluster: Counts, values: Floats) -> float:
    """How far the mean of the values moves over draws of whole clusters."""
    draws = resampled_clusters(cluster, lambda times: (times @ values / times.sum(axis=1))[:, None])
    return float(draws.std())


def test_whole_clusters_are_drawn() -> None:
    """Of pairs by themselves it is the bootstrap; ten copies of each say no more than the one they are of."""
    values = np.random.default_rng(1).normal(size=400)
    alone = spread(np.arange(400), values)
    assert alone == pytest.approx(values.std() / 20, rel=0.1)
    assert spread(np.repeat(np.arange(400), 10), np.repeat(values, 10)) == pytest.approx(alone)
