"""Read a verdict that others have written: in a column, or returned by somebody's reward function."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from tinyv_cli.records import NO_VERDICT, RuleOutcome, RuleResult
from tinyv_cli.words import FALSE_WORDS, TRUE_WORDS

ACCEPTS = frozenset({*TRUE_WORDS, "c"})
REJECTS = frozenset({*FALSE_WORDS, "i", "-1", "-1.0"})
JUDGEMENT = "judgement:"  # NeMo-Skills' judges say "Judgement: Yes"


def verdict_of(value: Any, cut: float | None) -> RuleResult:
    """Booleans, 0 and 1, -1 and 1, "C" and "I" and their like; of a score, whether it reaches the cut.

    Null and NaN are no verdict; a score other than these is none either, unless a `cut` is given. A boolean
    is no score: it says itself what it means, wherever the cut is.
    Of a dictionary its `score` counts, of a list or tuple the first element: so reward functions reply.
    """
    value = _told(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return RuleResult(RuleOutcome.UNDECIDED, NO_VERDICT)
    if cut is not None and (score := score_of(value)) is not None:
        return RuleResult(RuleOutcome.ACCEPT if score >= cut else RuleOutcome.REJECT)
    spelled = str(value).strip().lower().removeprefix(JUDGEMENT).strip()
    if spelled in ACCEPTS:
        return RuleResult(RuleOutcome.ACCEPT)
    return (
        RuleResult(RuleOutcome.REJECT)
        if spelled in REJECTS
        else RuleResult(RuleOutcome.UNDECIDED, "not_a_verdict")
    )


def any_gold(golds: Sequence[str], judged: Callable[[str], RuleResult]) -> RuleResult:
    """Judge by each gold until one accepts; without one a no counts most, then the first reason there is.

    A gold at which the rule fails hides no other: its error is raised only where no other gave a result.
    """
    results: list[RuleResult] = []
    failures: list[Exception] = []
    for gold in golds:
        try:
            results.append(judged(gold))
        except Exception as error:  # noqa: BLE001 - raised below
            failures.append(error)
            continue
        if results[-1].outcome is RuleOutcome.ACCEPT:
            return results[-1]
    if not results:
        raise failures[0]
    return next((result for result in results if result.outcome is RuleOutcome.REJECT), results[0])


def _told(value: Any) -> Any:
    """What counts of a reply with more to it."""
    if isinstance(value, dict):
        value = value.get("score")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return value


def score_of(value: Any) -> float | None:
    """The number that a reply holds, if it is a score."""
    value = _told(value)
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
