"""How good a verifier is on labelled pairs, and whether one is better than another.

A pair has a label (whether its response is truly right) and a score: the verifier says *correct* from a
threshold on. NaN is undecided and counted apart; what no threshold moves has a score outside 0 to 1.
"""

from dataclasses import dataclass
from math import log

import numpy as np

from tinyv_cli.figures.records import (
    UNKNOWN_ESTIMATE,
    Count,
    Estimate,
    Proportion,
    Share,
    record,
    share_of,
    told,
)
from tinyv_cli.figures.resampling import Bools, Counts, Floats, estimate, resampled

FEW_PAIRS, FEW_OF_A_CLASS = 20, 5
NEITHER = [UNKNOWN_ESTIMATE, UNKNOWN_ESTIMATE]


@record
class Measures:
    """How good a verifier is on some labelled pairs."""

    pairs: Count
    correct: Count = told("pairs that are right by their labels")
    wrong: Count = told("pairs that are wrong by their labels")
    undecided: Count = told("pairs that the verifier left open; they are in none of the figures below")
    undecided_correct: Count = told("those of the undecided that are correct")
    tp: Count = told("correct ones that it accepts")
    fn: Count = told("correct ones that it rejects")
    fp: Count = told("wrong ones that it accepts")
    tn: Count = told("wrong ones that it rejects")
    accuracy: Share = told("share of the decided that it gets right")
    recall: Share = told("share of the correct that it accepts")
    fpr: Share = told("false-positive rate: share of the wrong that it accepts")
    precision: Share = told("share of what it accepts that is correct")
    f1: Estimate = told("harmonic mean of precision and recall")
    balanced_accuracy: Estimate = told("mean of recall and the share of the wrong that it rejects")
    auc: Estimate = told("area under the ROC curve: how often a correct one scores above a wrong one")
    average_precision: Estimate = told("mean precision over the recall at all thresholds")
    small: bool = told("few pairs were decided, in all or of one class: the figures say little")


@record
class Compared:
    """Two verifiers on the pairs that both decided."""

    pairs: Count
    only_first_right: Count
    only_second_right: Count
    mcnemar_p: Proportion | None = told("of McNemar's exact test that both are equally often right")
    accuracy_difference: Estimate = told("accuracy of the second less that of the first")


def measure(label: Bools, score: Floats, threshold: float) -> Measures:
    """All figures of one verifier, on the pairs that it decided; intervals are 95%.

    Shares have Wilson's interval, the others the bootstrap's. A figure is None where nothing is there to
    compute it of; F1, balanced accuracy, AUC and average precision need both classes. `small` means that few
    pairs were decided, in all or of one class, so that the bootstrap cannot be trusted.
    """
    decided = ~np.isnan(score)
    right, scores = label[decided], score[decided]
    tp, fn, fp, tn = cells = _cells(right, scores >= threshold)
    both = tp + fn > 0 and fp + tn > 0
    f1, balanced_accuracy = _of_cells(cells) if both else (UNKNOWN_ESTIMATE, UNKNOWN_ESTIMATE)
    auc, average_precision = (
        _of_ranking(ranking(right, scores)) if both else (UNKNOWN_ESTIMATE, UNKNOWN_ESTIMATE)
    )
    return Measures(
        pairs=len(label),
        correct=int(label.sum()),
        wrong=int((~label).sum()),
        undecided=int((~decided).sum()),
        undecided_correct=int(label[~decided].sum()),
        tp=tp,
        fn=fn,
        fp=fp,
        tn=tn,
        accuracy=share_of(tp + tn, len(right)),
        recall=share_of(tp, tp + fn),
        fpr=share_of(fp, fp + tn),
        precision=share_of(tp, tp + fp),
        f1=f1,
        balanced_accuracy=balanced_accuracy,
        auc=auc,
        average_precision=average_precision,
        small=is_small(right),
    )


def is_small(label: Bools) -> bool:
    """Whether these are too few pairs, in all or of one class, to say much."""
    correct = int(label.sum())
    return len(label) < FEW_PAIRS or min(correct, len(label) - correct) < FEW_OF_A_CLASS


def compare(label: Bools, first: Floats, second: Floats, threshold: float) -> Compared:
    """Whether the second verifier is right more often than the first, on the pairs that both decided.

    McNemar's exact test (1947, Psychometrika 12:153) looks at the pairs that only one of them has right. The
    difference of the accuracies has the interval of a paired bootstrap.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    first_right, second_right = ((score[both] >= threshold) == label[both] for score in (first, second))
    only_first, only_second = (
        int((first_right & ~second_right).sum()),
        int((second_right & ~first_right).sum()),
    )
    pairs, discordant = int(both.sum()), only_first + only_second
    counts = np.array([only_first, only_second, pairs - discordant])
    return Compared(
        pairs=pairs,
        only_first_right=only_first,
        only_second_right=only_second,
        mcnemar_p=_mcnemar(only_first, discordant) if pairs else None,
        accuracy_difference=_difference(counts) if pairs else UNKNOWN_ESTIMATE,
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The distinct scores, falling, and how many correct (first row) and wrong pairs (second) have each."""

    scores: Floats
    counts: Counts

    def drawn(self, flat: Counts) -> tuple[Counts, Counts]:
        """Counts of several draws, one row each: of the correct pairs, and of the wrong ones."""
        shaped = flat.reshape(len(flat), *self.counts.shape)
        return shaped[:, 0], shaped[:, 1]


def ranking(label: Bools, score: Floats) -> Ranking:
    """Pairs by their scores: all that figures over all thresholds depend on."""
    falling, group = np.unique(-score, return_inverse=True)
    counts = [np.bincount(group[which], minlength=len(falling)) for which in (label, ~label)]
    return Ranking(-falling, np.stack(counts))


def cell_figures(counts: Counts) -> Floats:
    """F1 and balanced accuracy of rows of counts (tp, fn, fp, tn)."""
    tp, fn, fp, tn = counts.T.astype(np.float64)
    with np.errstate(invalid="ignore"):
        return np.stack([2 * tp / (2 * tp + fp + fn), (tp / (tp + fn) + tn / (fp + tn)) / 2], axis=1)


def ranking_figures(correct: Counts, wrong: Counts) -> Floats:
    """AUC and average precision of rows of counts by falling score; ties count half in AUC."""
    accepted_correct, accepted_wrong = correct.cumsum(axis=1), wrong.cumsum(axis=1)
    precision = accepted_correct / np.maximum(accepted_correct + accepted_wrong, 1)
    above = accepted_correct - correct / 2
    all_correct, all_wrong = accepted_correct[:, -1], accepted_wrong[:, -1]
    with np.errstate(invalid="ignore"):
        auc = np.einsum("ij,ij->i", wrong, above) / (all_correct * all_wrong)
        average_precision = np.einsum("ij,ij->i", correct, precision) / all_correct
    return np.stack([auc, average_precision], axis=1)


def recall_at(correct: Counts, wrong: Counts, fpr: float) -> Floats:
    """The largest recall of any threshold with at most this false-positive rate, of such rows of counts."""
    accepted_correct, accepted_wrong = correct.cumsum(axis=1), wrong.cumsum(axis=1)
    with np.errstate(invalid="ignore"):
        recall = accepted_correct / accepted_correct[:, -1:]
    within = accepted_wrong <= fpr * accepted_wrong[:, -1:]
    best: Floats = np.where(within, recall, 0.0).max(axis=1)
    return best


def _cells(right: Bools, yes: Bools) -> tuple[int, int, int, int]:
    tp, fp = int((right & yes).sum()), int((~right & yes).sum())
    correct = int(right.sum())
    return tp, correct - tp, fp, len(right) - correct - fp


def _of_cells(cells: tuple[int, int, int, int]) -> list[Estimate]:
    counts = np.array(cells)
    return _estimates(cell_figures(counts[None])[0], resampled(counts, cell_figures))


def _of_ranking(ranked: Ranking) -> list[Estimate]:
    def figures(flat: Counts) -> Floats:
        return ranking_figures(*ranked.drawn(flat))

    counts = ranked.counts.ravel()
    return _estimates(figures(counts[None])[0], resampled(counts, figures))


def _estimates(values: Floats, draws: Floats) -> list[Estimate]:
    return [estimate(float(value), drawn) for value, drawn in zip(values, draws.T, strict=True)]


def _mcnemar(only_first: int, discordant: int) -> float:
    """Twice the chance that of so many fair coins as few or fewer fall on one side; never more than 1."""
    fewer = np.arange(min(only_first, discordant - only_first))
    ways = np.concatenate([[0.0], np.log((discordant - fewer) / (fewer + 1)).cumsum()])
    return min(1.0, 2 * float(np.exp(ways - discordant * log(2)).sum()))


def _difference(counts: Counts) -> Estimate:
    def of(drawn: Counts) -> Floats:
        differences: Floats = (drawn[:, 1] - drawn[:, 0]) / counts.sum()
        return differences

    return estimate(float(of(counts[None])[0]), resampled(counts, of))
