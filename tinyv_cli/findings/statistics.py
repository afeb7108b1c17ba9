"""Intervals for shares, and agreement beyond chance."""

from math import sqrt

Z_95 = 1.959963984540054


def wilson(successes: float, trials: float, z: float = Z_95) -> tuple[float, float] | None:
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
