"""From which score on a verifier should say *correct*, and what it gets right then."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tinyv_cli.documents.calibration import OperatingPoint
from tinyv_cli.figures.measures import Ranking, ranking
from tinyv_cli.figures.records import (
    UNKNOWN_ESTIMATE,
    UNKNOWN_SHARE,
    Estimate,
    Proportion,
    Share,
    record,
    share_of,
    told,
)
from tinyv_cli.figures.resampling import Bools, Counts, Floats, estimate, resampled

# Those for which a calibration file tells what the verifier gets right.
THRESHOLDS = tuple(hundredths / 100 for hundredths in range(1, 100))
MOST_DIGITS = 17  # no two numbers of 64 bits are alike in so many


class Wanted(StrEnum):
    """What a threshold is to keep to: at most this false-positive rate, at least this recall."""

    MAX_FPR = "max_fpr"
    MIN_RECALL = "min_recall"


@record
class Threshold:
    """The threshold that keeps to a limit, and what it brings; all unknown where none does."""

    wanted: Wanted
    limit: Proportion
    threshold: Estimate = told("near the middle of those that decide alike, in few decimals")
    fpr: Share = UNKNOWN_SHARE
    recall: Share = UNKNOWN_SHARE


def threshold_for(label: Bools, score: Floats, wanted: Wanted, limit: float) -> Threshold:
    """The lowest threshold with at most this false-positive rate, or the highest with at least this recall.

    All thresholds between two neighbouring scores decide alike. The one given is near the middle, with as few
    decimals as keep it between them: so it can be typed (`--threshold 0.874`) and gives the same counts
    again. Where none of 0 to 1 meets the limit, because of pairs that no threshold moves, of p = 1, or
    because a class is missing, all is unknown.

    The threshold's interval is the bootstrap's; it ends at 1 (for a recall: at 0) where many draws have no
    such threshold. The rates have Wilson's, as if the threshold had been given: it was chosen on these pairs,
    and on others it may do a little worse.
    """
    decided = ~np.isnan(score)
    ranked = ranking(label[decided], score[decided])
    cuts, choose = _cuts_of(ranked), CHOICES[wanted]
    flat = ranked.counts.ravel()
    [cut] = choose(cuts.rates(*ranked.drawn(flat[None])), limit)
    if cut in (-1, len(cuts.accepted)):
        return Threshold(wanted, limit, UNKNOWN_ESTIMATE)
    # What -1 and one too many find is where a limit that no threshold meets would have it.
    thresholds = np.append(cuts.thresholds, 1.0 if wanted is Wanted.MAX_FPR else 0.0)
    draws = resampled(flat, lambda drawn: thresholds[choose(cuts.rates(*ranked.drawn(drawn)), limit)])
    tp, fp = ranked.counts[:, : cuts.accepted[cut]].sum(axis=1).tolist()
    correct, wrong = ranked.counts.sum(axis=1).tolist()
    return Threshold(
        wanted,
        limit,
        threshold=estimate(_short(cuts.thresholds[cut], ranked.scores), draws),
        fpr=share_of(fp, wrong),
        recall=share_of(tp, correct),
    )


def operating_points(
    label: Bools, score: Floats, thresholds: Sequence[float] = THRESHOLDS
) -> list[OperatingPoint]:
    """What the verifier gets right and wrong at each threshold: counts, from which any rate follows."""
    correct, wrong = (np.sort(score[which & ~np.isnan(score)]) for which in (label, ~label))
    undecided = len(label) - len(correct) - len(wrong)
    return [_point(correct, wrong, threshold, undecided) for threshold in thresholds]


def _point(correct: Floats, wrong: Floats, threshold: float, undecided: int) -> OperatingPoint:
    fn, tn = (int(np.searchsorted(each, threshold)) for each in (correct, wrong))
    return OperatingPoint(threshold, len(correct) - fn, fn, len(wrong) - tn, tn, undecided)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The ways to cut a ranking with a threshold of 0 to 1, the strictest first.

    Of each: how many of the distinct scores it accepts, and the threshold halfway to the next score.
    """

    accepted: Counts
    thresholds: Floats

    def rates(self, correct: Counts, wrong: Counts) -> tuple[Floats, Floats]:
        """Recall and false-positive rate of each cut (columns) in each draw (rows); NaN without pairs."""
        return self._share(correct), self._share(wrong)

    def _share(self, counts: Counts) -> Floats:
        accepted = np.pad(counts.cumsum(axis=1), ((0, 0), (1, 0)))
        with np.errstate(invalid="ignore"):
            shares: Floats = accepted[:, self.accepted] / accepted[:, -1:]
        return shares


def _cuts_of(ranked: Ranking) -> _Cuts:
    scores = ranked.scores
    movable = scores[(scores >= 0) & (scores <= 1)]
    accepted = (scores > 1).sum() + np.arange(len(movable) + 1)
    above, below = np.append(1.0, movable), np.append(movable, 0.0)
    halfway = (above + below) / 2
    halfway = np.where(halfway > below, halfway, above)  # between the nearest of numbers there is no other
    possible = slice(int(1.0 in movable), None)  # no threshold is above 1
    return _Cuts(accepted[possible], halfway[possible])


def _lowest(rates: tuple[Floats, Floats], max_fpr: float) -> Counts:
    """In each draw, the last cut with at most this false-positive rate; -1 where there is none."""
    met: Counts = (rates[1] <= max_fpr).sum(axis=1)
    return met - 1


def _highest(rates: tuple[Floats, Floats], min_recall: float) -> Counts:
    """In each draw, the first cut with at least this recall; one too many where there is none."""
    missed: Counts = (~(rates[0] >= min_recall)).sum(axis=1)
    return missed


CHOICES = {Wanted.MAX_FPR: _lowest, Wanted.MIN_RECALL: _highest}


def _short(threshold: float, scores: Floats) -> float:
    """The threshold in as few decimals as decide alike."""
    accepted = (scores >= threshold).sum()
    rounded = (round(float(threshold), digits) for digits in range(1, MOST_DIGITS))
    return next((short for short in rounded if (scores >= short).sum() == accepted), float(threshold))
