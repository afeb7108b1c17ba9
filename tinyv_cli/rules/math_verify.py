"""The rule `math-verify`: the most that Math-Verify can give. Runs inside a killable worker.

How Math-Verify is called decides what it rejects: on bare texts it rejects about twice as many right
answers as with both sides put in a box. So gold and answer are boxed; what cannot be parsed in a box is
parsed as the bare text that it is, and an answer that the response never marked (its last line) is tried both
ways.

Its own time-outs are switched off, since they turn a slow comparison into "wrong", and its errors are let
through: the worker reports both as undecided.
"""

from functools import lru_cache
from typing import Any

from tinyv_cli.records import Case, How, RuleOutcome, RuleResult
from tinyv_cli.rules.verdicts import any_gold

_UNMARKED = frozenset({How.LAST_LINE, How.WHOLE})


def at_once(case: Case) -> RuleResult | None:
    """The verdict on plain integers, which are most answers of most data: equal if spelled alike."""
    if not case.is_of_integers:
        return None
    return RuleResult(RuleOutcome.ACCEPT if case.text in case.golds else RuleOutcome.REJECT)


def judge(case: Case) -> RuleResult:
    """Accept if the answer equals any of the golds. Raises whatever sympy and Math-Verify raise."""
    from math_verify import verify

    answers = [_parsed(case.text)]
    if case.how in _UNMARKED:
        answers.append(_parse(case.text))

    def by(gold: str) -> RuleResult:
        parsed_gold = _parsed(gold)
        for parsed_answer in answers:
            if verify(parsed_gold, parsed_answer, timeout_seconds=None, raise_on_error=True):
                return RuleResult(RuleOutcome.ACCEPT)
        if not _understood(parsed_gold):
            return RuleResult(RuleOutcome.UNDECIDED, "gold_unparsable")
        if not any(map(_understood, answers)):
            return RuleResult(RuleOutcome.UNDECIDED, "answer_unparsable")
        return RuleResult(RuleOutcome.REJECT)

    return any_gold(case.golds, by)


def _parsed(text: str) -> list[Any]:
    """What Math-Verify reads in the text as the content of a box, or bare where it reads nothing there."""
    boxed = _parse(f"\\boxed{{{text}}}")
    return boxed if _understood(boxed) else _parse(text)


@lru_cache(maxsize=512)
def _parse(text: str) -> list[Any]:
    """The sympy objects that Math-Verify finds, and the text itself where it falls back to that.

    Remembered, since a gold meets many answers and an answer many golds; nothing changes these objects.
    """
    from math_verify import parse

    parsed: list[Any] = parse(text, parsing_timeout=None, raise_on_error=True)
    return parsed


def _understood(parsed: list[Any]) -> bool:
    return any(not isinstance(part, str) for part in parsed)
