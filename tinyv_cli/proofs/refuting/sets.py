"""Sets of real numbers that have other members: seen between their ends, or at them."""

import re
from itertools import pairwise

import mpmath

from tinyv_cli.maths.realsets import RealSet
from tinyv_cli.proofs.refuting.asked import Asked

NEAR = 0.02  # ends that differ by less may be the same, rounded


def reals_apart(gold: RealSet, answer: RealSet, asked: Asked) -> str | None:
    """A number that is in one of them only; None where all may be the same."""
    ends = _distinct(
        [end.value for side in (gold, answer) for end in side.ends if mpmath.isfinite(end.value)]
    )
    inner = [(low + high) / 2 for low, high in pairwise(ends)]
    outer = [ends[0] - 1, ends[-1] + 1] if ends else [mpmath.mpf(0)]
    if asked.discrete and ends:
        inner = [value for value in inner if mpmath.isint(value)] + [
            each for each in ends if mpmath.isint(each)
        ]
    between = [value for value in (*outer, *inner) if _has(gold, value) != _has(answer, value)]
    if between and _is_cut_as_told(gold, answer, asked):
        return None
    if between:
        return f"{mpmath.nstr(between[0], 6)} is in one of {gold} and {answer} only"
    if asked.discrete or asked.monotony:
        return None
    for value in ends:
        if _has(gold, value, NEAR) != _has(answer, value, NEAR):
            return f"an end, {mpmath.nstr(value, 6)}, belongs to one of {gold} and {answer} only"
    return None


_BELOW, _ABOVE = r"(?:<|\\leq?(?:slant|q)?(?![a-z])|≤)", r"(?:>|\\geq?(?:slant|q)?(?![a-z])|≥)"
_WORDS_FOR = {"0": r"positiv|negativ|probabilit|length|angle|natural", "1": r"probabilit"}


def _is_cut_as_told(gold: RealSet, answer: RealSet, asked: Asked) -> bool:
    """Whether an end that one has and the other has not is a limit of the question's, as 0 of `x > 0`."""
    ends = [{end.text for end in side.ends if mpmath.isfinite(end.value)} for side in (gold, answer)]
    for text in ends[0] ^ ends[1]:
        end = re.escape(text)
        told = (
            rf"(?<![\d.^_{{]){end}\s*(?:{_BELOW}|{_ABOVE})|(?:{_BELOW}|{_ABOVE})\s*{end}(?![\d.])"
            rf"|[\[(]\s*{end}\s*,|,\s*{end}\s*[\])]"
        )
        if re.search(told, asked.question) or re.search(_WORDS_FOR.get(text, r"\b\B"), asked.question):
            return True
    return False


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
