"""The rule `math-verify`: the most that Math-Verify can give. Runs inside a killable worker.

How Math-Verify is called decides what it rejects: on bare texts it rejects about twice as many right
answers as with both sides put in a box. So gold and answer are boxed, and what cannot be parsed
in a box, or was never marked as an answer, is parsed as the bare text that it is.

Its own time-outs are switched off, since they turn a slow comparison into "wrong", and its errors are let
through: the worker reports both as undecided.
"""

from typing import Any

from tinyv_cli.records import Answer, How, RuleOutcome, RuleResult

_BARE_FIRST = frozenset({How.LAST_LINE, How.WHOLE})


def judge(golds: tuple[str, ...], answer: Answer) -> RuleResult:
    """Accept if the answer equals any of the golds. Raises whatever sympy and Math-Verify raise."""
    from math_verify import verify

    parsed_answer = _parsed(answer.text or "", bare_first=answer.how in _BARE_FIRST)
    parsed_golds = [_parsed(gold, bare_first=False) for gold in golds]
    for parsed_gold in parsed_golds:
        if verify(parsed_gold, parsed_answer, timeout_seconds=None, raise_on_error=True):
            return RuleResult(RuleOutcome.ACCEPT)
    if not any(map(_understood, parsed_golds)):
        return RuleResult(RuleOutcome.UNDECIDED, "gold_unparsable")
    if not _understood(parsed_answer):
        return RuleResult(RuleOutcome.UNDECIDED, "answer_unparsable")
    return RuleResult(RuleOutcome.REJECT)


def _parsed(text: str, *, bare_first: bool) -> list[Any]:
    """What Math-Verify reads in the text: sympy objects, and the text itself where it falls back to that."""
    from math_verify import parse

    boxed = f"\\boxed{{{text}}}"
    parsed: list[Any] = []
    for form in (text, boxed) if bare_first else (boxed, text):
        parsed = parse(form, parsing_timeout=None, raise_on_error=True)
        if _understood(parsed):
            break
    return parsed


def _understood(parsed: list[Any]) -> bool:
    return any(not isinstance(part, str) for part in parsed)
