"""What a stratified sample of labels says of all examples that it was drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from tinyv_cli.findings.statistics import wilson


@dataclass(frozen=True, slots=True)
class Stratum:
    """Of `size` examples `labelled` have a label, drawn at random; by these, `right` are right."""

    size: int
    labelled: int
    right: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all, with its 95% interval."""

    share: float
    interval: tuple[float, float]

    @property
    def width(self) -> float:
        """How far the ends of the interval lie apart."""
        low, high = self.interval
        return high - low


def stratified(strata: Sequence[Stratum]) -> Estimate | None:
    """The share of the right among all of the strata; None while one of them has no label.

    Each stratum counts by its size (Cochran 1977, Sampling Techniques, chapter 5). The interval is Wilson's
    for as many independent labels as would be as exact (Franco et al. 2019, J. Surv. Stat. Methodol. 7:334).
    A stratum whose few labels are all alike may still hold others: its variance is taken at Laplace's share,
    (right + 1) of (labelled + 2). Where everything is labelled the share is exact.
    """
    total = sum(stratum.size for stratum in strata)
    if total == 0 or any(stratum.labelled == 0 for stratum in strata):
        return None
    share = sum(stratum.size / total * stratum.right / stratum.labelled for stratum in strata)
    variance = sum((stratum.size / total) ** 2 * _variance(stratum) for stratum in strata)
    if variance == 0:
        return Estimate(share, (share, share))
    smoothed = sum(stratum.size / total * _smoothed(stratum) for stratum in strata)
    labels = smoothed * (1 - smoothed) / variance
    interval = wilson(share * labels, labels)
    assert interval is not None
    return Estimate(share, interval)


def _smoothed(stratum: Stratum) -> float:
    return (stratum.right + 1) / (stratum.labelled + 2)


def _variance(stratum: Stratum) -> float:
    """Of a stratum's share, from labels that are drawn without putting any back."""
    left = 1 - stratum.labelled / stratum.size
    return left * _smoothed(stratum) * (1 - _smoothed(stratum)) / stratum.labelled
