"""The rule `exact`: the same text, once what never matters is taken away. A baseline, and very fast."""

from tinyv_cli.maths.plain import normalised
from tinyv_cli.records import Case, RuleOutcome, RuleResult

ACCEPTED, REJECTED = RuleResult(RuleOutcome.ACCEPT), RuleResult(RuleOutcome.REJECT)


def judge(case: Case) -> RuleResult:
    """Accept if the normalised answer equals any of the normalised golds."""
    answer = normalised(case.text)
    return ACCEPTED if any(normalised(gold) == answer for gold in case.golds) else REJECTED
