"""Whether a model's p can be taken for a probability, and the map that makes it one.

Platt's map (Platt 1999, Advances in Large Margin Classifiers): a logistic regression of the label on the
logit of p. With the slope alone, that is the temperature of Guo et al. 2017 (arXiv 1706.04599).
"""

from enum import StrEnum

import numpy as np

from tinyv_cli.documents.calibration import NEAREST
from tinyv_cli.figures.measures import is_small
from tinyv_cli.figures.records import UNKNOWN_ESTIMATE, Count, Estimate, among, record, told
from tinyv_cli.figures.resampling import RESAMPLES, SEED, Bools, Counts, Floats, interval, resampled

BINS = 15  # as in Guo et al. 2017
FOLDS = 5
# So weak a penalty moves nothing but what would be undetermined.
PENALTY = 1e-6
MOST_STEPS, CLOSE = 100, 1e-10


class NoMap(StrEnum):
    """Why no map makes probabilities of p."""

    FEW_PAIRS = "few_pairs"
    ONE_P = "one_p"
    NOT_RISING = "not_rising"


@record
class PlattsMap:
    """The map that makes probabilities of p; all None where there is none."""

    slope: float | None = told("of the logit of p")
    intercept: float | None = told("added to it")
    temperature: float | None = told("one over the slope of a fit without intercept, where that is positive")


@record
class Fitted:
    """Whether p can be taken for a probability on some pairs, and the map that was fitted on them."""

    pairs: Count = told("pairs that have a p")
    correct: Count
    wrong: Count
    map: PlattsMap = told(beside=among(PlattsMap))
    ece: Estimate = told("expected calibration error: how far p is from the share that is correct")
    ece_calibrated: Estimate = told("the same after the map, on pairs that it was not fitted on")
    reason: NoMap | None = told("why there is no map")


NO_MAP = PlattsMap(None, None, None)


def expected_calibration_error(label: Bools, p: Floats, bins: int = BINS) -> Estimate:
    """How far p is from the share of correct answers, on average over bins of p (Naeini et al. 2015, AAAI).

    The bins hold equally many pairs (as Nixon et al. 2019, arXiv 1904.01685, advise): a verifier's p crowd at
    0 and 1, and bins of equal width between would be all but empty. Equal p stay together. Pairs without a p
    of 0 to 1 are left out; None where that is all of them.

    Chance alone makes this error positive, and draws from the pairs add to it again: so the interval is the
    bootstrap's basic one, which takes that off, widened to hold the value; and it begins at 0 unless the
    value is more than labels drawn with the probabilities p would give.
    """
    label, p = _asked(label, p)
    if not len(p):
        return UNKNOWN_ESTIMATE
    values, group, counts = np.unique(p, return_inverse=True, return_counts=True)
    bin_of = _bins(counts, bins)
    # A cell is one p among the correct or the wrong pairs. Each of its pairs adds label - p to the bin's gap.
    cells = np.concatenate([np.bincount(group[which], minlength=len(values)) for which in (label, ~label)])
    added, bin_of_cell = np.concatenate([1 - values, -values]), np.tile(bin_of, 2)

    def errors(drawn: Counts) -> Floats:
        gaps = (np.bincount(bin_of_cell, row * added) for row in drawn)
        return np.array([np.abs(gap).sum() for gap in gaps]) / len(p)

    [value] = errors(cells[None]).tolist()
    low, high = interval(resampled(cells, errors)) or (value, value)
    variances = np.bincount(bin_of, counts * values * (1 - values)).astype(np.float64)
    beyond_chance = value > _by_chance(variances) / len(p)
    begin = max(0.0, min(value, 2 * value - high)) if beyond_chance else 0.0
    return Estimate(value, (begin, max(value, 2 * value - low)))


def weighted_calibration_error(label: Bools, p: Floats, weight: Floats, bins: int = BINS) -> float:
    """The same error where each pair stands for so many, without an interval; NaN without pairs."""
    asked = (p >= 0) & (p <= 1) & (weight > 0)
    if not asked.any():
        return np.nan
    group = np.unique(p[asked], return_inverse=True)[1]
    bin_of = _bins(np.bincount(group, weight[asked]), bins)[group]
    gaps = np.bincount(bin_of, weight[asked] * (label[asked] - p[asked]))
    return float(np.abs(gaps).sum() / weight[asked].sum())


def _bins(mass: Counts | Floats, bins: int) -> Counts:
    """Into which of so many bins of equal mass each value falls, in their order; equal values are one."""
    numbers: Counts = (bins * (mass.cumsum() - mass / 2) / mass.sum()).astype(int)
    return numbers


def _by_chance(variances: Floats) -> float:
    """What the absolute gaps of bins hardly exceed in sum (97.5%) if they are normal around 0."""
    gaps = np.random.default_rng(SEED).normal(scale=np.sqrt(variances), size=(RESAMPLES, len(variances)))
    return float(np.quantile(np.abs(gaps).sum(axis=1), 0.975))


def fit_calibration(label: Bools, p: Floats) -> Fitted:
    """The map that makes probabilities of p, fitted on labelled pairs, and the error before and after it.

    `slope` and `intercept` act on the logit of p, whose ends are cut off (`calibration.NEAREST`);
    `temperature` is one over the slope of a fit without intercept, None where that is not positive. The error
    after it is measured on pairs that the map was not fitted on (cross-fitting in five parts). Pairs without
    a p of 0 to 1 are left out. There is no map of few pairs (of all or of a class), where p is the same for
    all, and where it does not rise with the share of correct answers, so that the model tells nothing.
    """
    label, p = _asked(label, p)
    reason, found = _fitted(label, p)
    held_out = np.full(len(p), np.nan) if reason else _out_of_fold(label, p)
    return Fitted(
        pairs=len(p),
        correct=int(label.sum()),
        wrong=int((~label).sum()),
        map=found,
        ece=expected_calibration_error(label, p),
        ece_calibrated=expected_calibration_error(label, held_out),
        reason=reason,
    )


def calibrated_scores(score: Floats, *, slope: float, intercept: float) -> Floats:
    """The scores with p mapped; what is undecided, or no threshold moves, stays."""
    moved = (score >= 0) & (score <= 1)
    return np.where(moved, _mapped(np.where(moved, score, 0.5), slope, intercept), score)


def _asked(label: Bools, p: Floats) -> tuple[Bools, Floats]:
    """The pairs that the model was asked about and decided."""
    asked = (p >= 0) & (p <= 1)
    return label[asked], p[asked]


def _fitted(label: Bools, p: Floats) -> tuple[NoMap | None, PlattsMap]:
    """Why there is no map, or the map."""
    if is_small(label):
        return NoMap.FEW_PAIRS, NO_MAP
    if p.min() == p.max():
        return NoMap.ONE_P, NO_MAP
    slope, intercept = _platt(label, p)
    if slope <= 0:
        return NoMap.NOT_RISING, NO_MAP
    sharpness, _ = _platt(label, p, with_intercept=False)
    return None, PlattsMap(slope, intercept, temperature=1 / sharpness if sharpness > 0 else None)


def _platt(label: Bools, p: Floats, *, with_intercept: bool = True) -> tuple[float, float]:
    """Slope and intercept. With Platt's targets, a little inside of 0 and 1, no pairs make them infinite.

    Newton's method, its steps halved where they would lead uphill.
    """
    correct = int(label.sum())
    target = np.where(label, (correct + 1) / (correct + 2), 1 / (len(label) - correct + 2))
    inputs = np.stack([_logit(p), np.full(len(p), float(with_intercept))])
    # Without intercept there is nothing to fit in its place, and it stays where it is.
    fitted, penalty = np.zeros(2), np.array([PENALTY, 0.0 if with_intercept else 1.0])

    def loss(at: Floats) -> float:
        x = at @ inputs
        return float((np.logaddexp(0, x) - target * x).sum() + (penalty * at**2).sum() / 2)

    for _ in range(MOST_STEPS):
        said = _logistic(fitted @ inputs)
        uphill = inputs @ (said - target) + penalty * fitted
        curvature = (inputs * said * (1 - said)) @ inputs.T + np.diag(penalty)
        step = np.linalg.solve(curvature, uphill)
        while loss(fitted - step) > loss(fitted) and np.abs(step).max() > CLOSE:
            step /= 2
        fitted = fitted - step
        if np.abs(step).max() <= CLOSE:
            break
    slope, intercept = fitted.tolist()
    return slope, intercept


def _out_of_fold(label: Bools, p: Floats) -> Floats:
    """Each p by a map that was fitted on the other parts of the pairs."""
    mapped, part = np.empty_like(p), _parts(label)
    for held_out in (part == number for number in range(FOLDS)):
        mapped[held_out] = _mapped(p[held_out], *_platt(label[~held_out], p[~held_out]))
    return mapped


def _parts(label: Bools) -> Counts:
    """At random, to which part each pair belongs; all have as many pairs of each label, but for one.

    scikit-learn's `StratifiedKFold` deals them out in this way.
    """
    generator = np.random.RandomState(SEED)
    part, dealt = np.empty(len(label), int), np.arange(len(label)) % FOLDS
    alike = label == label[0]
    for chosen, numbers in ((alike, dealt[: alike.sum()]), (~alike, dealt[alike.sum() :])):
        shuffled = np.sort(numbers)
        generator.shuffle(shuffled)
        part[chosen] = shuffled
    return part


def _logit(p: Floats) -> Floats:
    inside = np.clip(p, NEAREST, 1 - NEAREST)
    return np.log(inside / (1 - inside))


def _mapped(p: Floats, slope: float, intercept: float) -> Floats:
    return _logistic(slope * _logit(p) + intercept)


def _logistic(x: Floats) -> Floats:
    return (1 + np.tanh(x / 2)) / 2
