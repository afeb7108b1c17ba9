"""The map that makes probabilities of p, against scikit-learn's logistic regression and its parts."""

from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from tinyv_cli.evaluation.calibrating import (
    FOLDS,
    PENALTY,
    _logit,
    _out_of_fold,
    _parts,
    _platt,
    calibrated_scores,
    expected_calibration_error,
    weighted_calibration_error,
)
from tinyv_cli.figures.resampling import SEED, Bools, Floats


def drawn(seed: int) -> tuple[Bools, Floats]:
    """Pairs of all sorts: few and many, with p that tells much, little or the contrary, rounded or not."""
    random = np.random.default_rng(seed)
    label = random.random(int(random.integers(20, 400))) < random.uniform(0.1, 0.9)
    label[:10] = [True, False] * 5
    x = random.normal(size=len(label)) * random.uniform(0.1, 8) + random.uniform(-2, 8) * (label - 0.5)
    p = 1 / (1 + np.exp(-x))
    return label, p.round(int(random.integers(1, 17)))


def scikit_learns(label: Bools, p: Floats, *, with_intercept: bool) -> tuple[float, float]:
    """Slope and intercept of a regression in which each pair counts as both, in parts (Platt's targets)."""
    correct = int(label.sum())
    target = np.where(label, (correct + 1) / (correct + 2), 1 / (len(label) - correct + 2))
    model: Any = LogisticRegression(
        C=1 / PENALTY, solver="newton-cholesky", tol=1e-12, max_iter=1000, fit_intercept=with_intercept
    ).fit(
        np.tile(_logit(p), 2)[:, None],
        np.repeat((1, 0), len(p)),
        sample_weight=np.concatenate([target, 1 - target]),
    )
    return float(model.coef_[0, 0]), float(np.ravel(model.intercept_)[0])


@pytest.mark.parametrize("with_intercept", [True, False])
def test_agrees_with_scikit_learn(with_intercept: bool) -> None:
    """The same map on hundreds of sets of pairs."""
    for seed in range(300):
        label, p = drawn(seed)
        expected = scikit_learns(label, p, with_intercept=with_intercept)
        assert _platt(label, p, with_intercept=with_intercept) == pytest.approx(expected, abs=1e-6), seed


def test_far_from_where_it_begins() -> None:
    """Where p says the contrary of all labels with certainty, whole steps of Newton's would lead away."""
    label = np.array([True] * 500 + [False] * 5)
    p = np.where(label, 1e-9, 1 - 1e-9)
    assert _platt(label, p) == pytest.approx(scikit_learns(label, p, with_intercept=True), abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_parts(seed: int) -> None:
    """The pairs are dealt out as scikit-learn does, so that nothing changes with who deals."""
    label, p = drawn(seed)
    expected = np.empty(len(label), int)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(p, label)
    for number, (_, held_out) in enumerate(folds):
        expected[held_out] = number
    assert _parts(label).tolist() == expected.tolist()


def test_each_by_the_others() -> None:
    """No pair is mapped by a fit that it took part in."""
    label, p = drawn(3)
    part, found = _parts(label), _out_of_fold(label, p)
    for number in range(FOLDS):
        slope, intercept = _platt(label[part != number], p[part != number])
        expected = calibrated_scores(p[part == number], slope=slope, intercept=intercept)
        assert found[part == number].tolist() == expected.tolist()


def test_weights_count_as_repeats() -> None:
    """A pair that stands for three weighs as three of it do; one without a p or a weight not at all."""
    generator = np.random.default_rng(0)
    p = generator.random(200).round(2)
    label, weight = generator.random(200) < p**2, generator.integers(0, 4, 200)
    found = weighted_calibration_error(label, p, weight.astype(float))
    repeated = expected_calibration_error(np.repeat(label, weight), np.repeat(p, weight))
    assert found == pytest.approx(repeated.value)
    assert np.isnan(weighted_calibration_error(label, np.full(200, np.nan), weight.astype(float)))
