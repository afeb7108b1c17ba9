"""Sets of real numbers that have other members: seen between their ends, or at them."""

from itertools import pairwise

import mpmath

from tinyv_cli.maths.realsets import RealSet
from tinyv_cli.proofs.refuting.asked import Asked

NEAR = 0.02  # ends that differ by less may be the same, rounded


def reals_apart(gold: RealSet, answer: RealSet, asked: Asked) -> str | None:
    """A number that is in one of them only; None where all may be the same."""
    ends = _distinct([end.value for side in (gold, answer) for end in side.ends if mpmath.isfinite(end.value)])
    inner = [(low + high) / 2 for low, high in pairwise(ends)]
    outer = [ends[0] - 1, ends[-1] + 1] if ends else [mpmath.mpf(0)]
    if asked.discrete and ends:
        inner = [value for value in inner if mpmath.isint(value)] + [each for each in ends if mpmath.isint(each)]
    for value in (*outer, *inner):
        if _has(gold, value) != _has(answer, value):
            return f"{mpmath.nstr(value, 6)} is in one of {gold} and {answer} only"
    if asked.discrete or asked.monotony:
        return None
    for value in ends:
        if _has(gold, value, NEAR) != _has(answer, value, NEAR):
            return f"an end, {mpmath.nstr(value, 6)}, belongs to one of {gold} and {answer} only"
    return None


def _distinct(values: list[mpmath.mpf]) -> list[mpmath.mpf]:
    """Values from low to high; of those that may be the same rounded one is kept."""
    kept: list[mpmath.mpf] = []
    for value in sorted(values):
        if not kept or abs(value - kept[-1]) > NEAR * max(abs(value), abs(kept[-1]), 1e-9):
            kept.append(value)
    return kept


def _has(numbers: RealSet, value: mpmath.mpf, near: float = 1e-9) -> bool:
    for each in numbers.intervals:
        low, high = each.low, each.high
        at_low = mpmath.isfinite(low.value) and abs(value - low.value) <= near * max(abs(value), 1e-9)
        at_high = mpmath.isfinite(high.value) and abs(value - high.value) <= near * max(abs(value), 1e-9)
        if at_low or at_high:
            if (at_low and low.closed) or (at_high and high.closed):
                return True
            continue
        if low.value < value < high.value:
            return True
    return False
