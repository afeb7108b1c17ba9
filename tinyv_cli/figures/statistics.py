"""Intervals for shares, and agreement beyond chance."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

Z_95 = 1.959963984540054
Interval = tuple[float, float]


def wilson(successes: float, trials: float, z: float = Z_95) -> Interval | None:
    """Wilson's score interval of a share (Wilson 1927, JASA 22), 95% by default; None without trials.

    It stays in [0, 1] and holds for small counts, where the textbook interval does not.
    """
    if trials == 0:
        return None
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def effective_wilson(share: float, error: float, *, trials: int) -> Interval | None:
    """Wilson's interval of a share with this standard error: that of so many trials as would have it.

    Where nothing varies the error says nothing, and `trials` count as they are. So are intervals of clustered
    samples corrected that lie near 0 or 1 (Korn and Graubard 1998, Survey Methodology 24:193).
    """
    effective = share * (1 - share) / error**2 if error else float(trials)
    return wilson(share * effective, effective)


def student_95(degrees: int) -> float:
    """What 1.96 becomes where the variance is known from so few: Student's t, by Cornish and Fisher.

    From three degrees of freedom on within a percent (Abramowitz and Stegun 26.7.5).
    """
    z = Z_95
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, 1))


def cohens_kappa(*, both_yes: int, only_first: int, only_second: int, both_no: int) -> float | None:
    """How far two judges agree beyond chance (Cohen 1960, Educ. Psychol. Meas. 20:37): 1 is always.

    0 is what judges would reach who say yes as often as these two, and at random. None where that is
    certain agreement, or nothing was judged.
    """
    total = both_yes + only_first + only_second + both_no
    first, second = both_yes + only_first, both_yes + only_second
    by_chance = first * second + (total - first) * (total - second)  # times the square of the total
    if by_chance == total * total:
        return None
    return ((both_yes + both_no) * total - by_chance) / (total * total - by_chance)


def mean_kappa(pairs: Iterable[Mapping[str, int]]) -> float | None:
    """Cohen's kappa of two judges; of more its mean over all pairs (Light 1971, Psychol. Bull. 76:365).

    None where it is None of a pair.
    """
    kappas = [cohens_kappa(**pair) for pair in pairs]
    known = [kappa for kappa in kappas if kappa is not None]
    return sum(known) / len(known) if known and len(known) == len(kappas) else None


def rogan_gladen(share: float, *, sensitivity: float, specificity: float) -> float:
    """The true share, given the share that a test with these errors finds (1978, Am. J. Epidemiol. 107:71).

    It may lie outside [0, 1], where the test finds fewer or more than its errors allow. Sensitivity and
    specificity must be more than 1 in sum: otherwise the test tells nothing.
    """
    return (share + specificity - 1) / (sensitivity + specificity - 1)


def lang_reiczigel(
    positive: int, tested: int, *, tp: int, fn: int, fp: int, tn: int, z: float = Z_95
) -> Interval:
    """The interval of that true share (2014, Prev. Vet. Med. 113:13), 95% by default.

    It carries the uncertainty of the share found, and that of sensitivity and specificity, which come from
    the counts of a sample with labels, to each of which one is added. `tested` must not be 0, and the test
    must be better than chance, by these counts too.
    """
    found, found_of = positive + z * z / 2, tested + z * z
    found /= found_of
    sensitivity, correct = (tp + 1) / (tp + fn + 2), tp + fn + 2
    specificity, wrong = (tn + 1) / (fp + tn + 2), fp + tn + 2
    share = rogan_gladen(found, sensitivity=sensitivity, specificity=specificity)
    of_found = found * (1 - found) / found_of
    of_sensitivity = sensitivity * (1 - sensitivity) / correct
    of_specificity = specificity * (1 - specificity) / wrong
    variance = of_found + of_sensitivity * share**2 + of_specificity * (1 - share) ** 2
    spread = z * sqrt(variance) / (sensitivity + specificity - 1)
    centre = share + 2 * z * z * (share * of_sensitivity - (1 - share) * of_specificity)
    return clipped(centre - spread), clipped(centre + spread)


def clipped(share: float) -> float:
    """The nearest share from 0 to 1."""
    return min(1.0, max(0.0, share))


def weighted_share(parts: Sequence[tuple[float, int, int]]) -> tuple[float, Interval]:
    """A share of a whole, from samples of its parts: (size of the part, successes, trials) of each.

    The interval combines Wilson's of the parts (MOVER, Zou and Donner 2008, Stat. Med. 27:1693). Each part
    has trials.
    """
    sizes, shares, intervals = [], [], []
    for size, successes, trials in parts:
        interval = wilson(successes, trials)
        assert interval is not None
        sizes.append(size)
        shares.append(successes / trials)
        intervals.append(interval)
    return combined(sizes, shares, intervals)


def combined(
    sizes: Sequence[float], shares: Sequence[float], intervals: Sequence[Interval]
) -> tuple[float, Interval]:
    """The share of a whole from the shares of its parts, which are independent, and its interval (MOVER)."""
    whole = sum(sizes)
    weights = [size / whole for size in sizes]
    centre = sum(weight * share for weight, share in zip(weights, shares, strict=True))
    below, above = (
        sqrt(
            sum(
                (weight * (share - ends[end])) ** 2
                for weight, share, ends in zip(weights, shares, intervals, strict=True)
            )
        )
        for end in (0, 1)
    )
    return centre, (clipped(centre - below), clipped(centre + above))
