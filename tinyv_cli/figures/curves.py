"""What charts of a verifier draw: its curves as short lists of points, from labels and scores.

A score is the model's p, or 2 and -1 for what no threshold moves (accepted by the rule; rejected by the rule
or refused by a guard), or NaN for what is undecided and stands in no curve.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyv_cli.figures.measures import ranking
from tinyv_cli.figures.statistics import wilson

MOST_POINTS = 200
RELIABILITY_BINS, HISTOGRAM_BINS = 10, 20

Labels = NDArray[np.bool_]
Scores = NDArray[np.float64]
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about the same p: how many, their mean p, the share that is correct with its 95% interval."""

    count: int
    mean: float
    correct: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many pairs have their p in each of equally wide parts of [0, 1], by label."""

    correct: list[int]
    wrong: list[int]

    @property
    def pairs(self) -> int:
        """All that are counted in it."""
        return sum(self.correct) + sum(self.wrong)


@dataclass(frozen=True, slots=True)
class Curves:
    """All that is drawn of the verifier `name`."""

    name: str
    roc: Points
    precision_recall: Points
    reliability: list[Bin]
    histogram: Histogram


def curves(name: str, label: Labels, score: Scores) -> Curves:
    """The curves of one verifier. Those that need both labels are empty where there is only one."""
    decided = ~np.isnan(score)
    label, score = label[decided], score[decided]
    return Curves(
        name,
        roc(label, score),
        precision_recall(label, score),
        reliability(label, score),
        histogram(label, score),
    )


def roc(label: Labels, score: Scores) -> Points:
    """False-positive rate and recall at falling thresholds, from (0, 0) to (1, 1)."""
    if label.all() or not label.any():
        return []
    correct, wrong = _accepted(label, score)
    return thinned(wrong / wrong[-1], correct / correct[-1])


def precision_recall(label: Labels, score: Scores) -> Points:
    """Recall and precision at falling thresholds, from recall 0 (where precision is 1 by convention) to 1."""
    if label.all() or not label.any():
        return []
    correct, wrong = _accepted(label, score)
    with np.errstate(invalid="ignore"):
        precision = correct / (correct + wrong)
    precision[0] = 1
    return thinned(correct / correct[-1], precision)


def _accepted(label: Labels, score: Scores) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many correct and wrong pairs are accepted, at a threshold above all scores and at each of them."""
    correct, wrong = (np.concatenate([[0], counts.cumsum()]) for counts in ranking(label, score).counts)
    return correct, wrong


def reliability(label: Labels, score: Scores) -> list[Bin]:
    """How often pairs of about the same p are correct; what has no p is left out, as are empty bins."""
    label, p = _with_p(label, score)
    edges = np.linspace(0, 1, RELIABILITY_BINS + 1)
    # An edge belongs to the bin below it, as in scikit-learn's `calibration_curve`.
    number = np.searchsorted(edges[1:-1], p)
    return [_bin(label[inside], p[inside]) for n in range(RELIABILITY_BINS) if (inside := number == n).any()]


def histogram(label: Labels, score: Scores) -> Histogram:
    """How p is spread among the correct and among the wrong; what has no p is left out."""
    label, p = _with_p(label, score)

    def counted(of: Labels) -> list[int]:
        numbers, _ = np.histogram(p[of], bins=HISTOGRAM_BINS, range=(0, 1))
        return [int(number) for number in numbers]

    return Histogram(correct=counted(label), wrong=counted(~label))


def thinned(x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
    """At most `MOST_POINTS` of the points of a line, the first and the last among them.

    They are chosen at equal distances along the line, so that steep parts keep their shape.
    """
    travelled = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))])
    if len(x) > MOST_POINTS:
        kept = np.unique(np.searchsorted(travelled, np.linspace(0, travelled[-1], MOST_POINTS)))
        x, y = x[kept], y[kept]
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def _with_p(label: Labels, score: Scores) -> tuple[Labels, Scores]:
    moved = (score >= 0) & (score <= 1)
    return label[moved], score[moved]


def _bin(label: Labels, p: Scores) -> Bin:
    interval = wilson(int(label.sum()), len(label))
    assert interval is not None  # a bin is not empty
    return Bin(len(label), float(p.mean()), float(label.mean()), interval)
