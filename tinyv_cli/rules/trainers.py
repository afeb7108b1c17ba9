"""Math-Verify as trainers call it: the same calls with the same settings, on the whole response.

What their code swallows is told apart here: where it would raise or skip the example, the rule is
undecided with a reason; everything else is their yes or no. Math-Verify's own time-outs (5 to 10 s, then
"no") are theirs and stay. Of several golds any counts: each is asked by a call of its own.
"""

from collections.abc import Callable

from tinyv_cli.records import Case, RuleOutcome, RuleResult
from tinyv_cli.rules.verdicts import any_gold

GOLD_UNPARSABLE = RuleResult(RuleOutcome.UNDECIDED, "gold_unparsable")
RESULTS = {
    True: RuleResult(RuleOutcome.ACCEPT),
    False: RuleResult(RuleOutcome.REJECT),
    None: GOLD_UNPARSABLE,
}


def default(case: Case) -> RuleResult:
    """`verify(parse(gold), parse(response))`, as in the README of Math-Verify."""
    from math_verify import parse, verify

    return _any_gold(case, lambda gold: bool(verify(parse(gold), parse(case.text))))


def verl(case: Case) -> RuleResult:
    """`verl/utils/reward_score/math_verify.py: compute_score`: gold boxed, response read as it is.

    There an unparsable gold raises inside `math_metric` and is swallowed as a reward of 0.
    """
    from math_verify.metric import math_metric
    from math_verify.parser import ExprExtractionConfig, LatexExtractionConfig

    metric = math_metric(
        gold_extraction_target=(LatexExtractionConfig(),),
        pred_extraction_target=(ExprExtractionConfig(), LatexExtractionConfig()),
    )

    def accepted(gold: str) -> bool | None:
        try:
            score, _ = metric(["\\boxed{" + gold + "}"], [case.text])
        except ValueError:  # "No gold targets found"
            return None
        return bool(score == 1.0)

    return _any_gold(case, accepted)


def trl(case: Case) -> RuleResult:
    """`trl/rewards/accuracy_rewards.py: accuracy_reward`: strict LaTeX, the first match, the box first.

    There an unparsable gold gives a reward of None: the example is skipped.
    """
    from latex2sympy2_extended import NormalizationConfig
    from math_verify import LatexExtractionConfig, parse, verify

    strict_latex = LatexExtractionConfig(
        normalization_config=NormalizationConfig(units=True),
        boxed_match_priority=0,
        try_extract_without_anchor=False,
    )

    def accepted(gold: str) -> bool | None:
        parsed_gold = parse(gold, parsing_timeout=10)
        if not parsed_gold:
            return None
        parsed = parse(
            case.text, extraction_config=[strict_latex], extraction_mode="first_match", parsing_timeout=10
        )
        return bool(verify(parsed_gold, parsed, timeout_seconds=5))

    return _any_gold(case, accepted)


def _any_gold(case: Case, accepted: Callable[[str], bool | None]) -> RuleResult:
    """Ask about each gold; None is a gold that the trainer cannot read."""
    return any_gold([RESULTS[accepted(gold)] for gold in case.golds])
