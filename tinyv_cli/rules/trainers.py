"""Math-Verify as trainers call it: the same calls with the same settings, on the whole response.

What their code swallows is told apart here: where it would raise or skip the example, the rule is
undecided with a reason; everything else is their yes or no. Math-Verify's own time-outs (5 to 10 s, then
"no") are theirs and stay, by the clock of `timeouts`. Of several golds any counts: each is asked by a call of
its own.
"""

import re
from collections.abc import Callable

from tinyv_cli.records import Case, RuleOutcome, RuleResult
from tinyv_cli.rules.verdicts import any_gold

_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
GOLD_UNPARSABLE = RuleResult(RuleOutcome.UNDECIDED, "gold_unparsable")
RESULTS = {
    True: RuleResult(RuleOutcome.ACCEPT),
    False: RuleResult(RuleOutcome.REJECT),
    None: GOLD_UNPARSABLE,
}


def default(case: Case) -> RuleResult:
    """`verify(parse(gold), parse(response))`, as in the README of Math-Verify.

    There an unparsable gold is a no.
    """
    from math_verify import parse, verify

    parsed = parse(case.text)

    def accepted(gold: str) -> bool | None:
        parsed_gold = parse(gold)
        return bool(verify(parsed_gold, parsed)) if parsed_gold else None

    return _any_gold(case, accepted)


def verl(case: Case) -> RuleResult:
    """`verl/utils/reward_score/math_verify.py: compute_score` of verl 0.9.1: gold boxed, response as it is.

    There an unparsable gold is a reward of 0. Up to verl 0.7 the call went through Math-Verify's
    `math_metric`, with the same settings and the same outcome.
    """
    from math_verify.grader import verify
    from math_verify.parser import ExprExtractionConfig, LatexExtractionConfig, parse

    parsed = parse(case.text, (ExprExtractionConfig(), LatexExtractionConfig()))

    def accepted(gold: str) -> bool | None:
        parsed_gold = parse("\\boxed{" + gold + "}", (LatexExtractionConfig(),))
        return bool(verify(parsed_gold, parsed)) if parsed_gold else None

    return _any_gold(case, accepted)


def trl(case: Case) -> RuleResult:
    """`trl/rewards/accuracy_rewards.py: accuracy_reward` of trl 1.16.0: strict LaTeX, first match, box first.

    There an unparsable gold gives a reward of None: the example is skipped.
    """
    from latex2sympy2_extended import NormalizationConfig
    from math_verify import LatexExtractionConfig, parse, verify

    strict_latex = LatexExtractionConfig(
        normalization_config=NormalizationConfig(units=True),
        boxed_match_priority=0,
        try_extract_without_anchor=False,
    )

    parsed = parse(
        case.text, extraction_config=[strict_latex], extraction_mode="first_match", parsing_timeout=10
    )

    def accepted(gold: str) -> bool | None:
        parsed_gold = parse(gold, parsing_timeout=10)
        return bool(verify(parsed_gold, parsed, timeout_seconds=5)) if parsed_gold else None

    return _any_gold(case, accepted)


def lighteval(case: Case) -> RuleResult:
    """What lighteval 0.13.0 scores AIME and MATH-500 with: its metrics `pass_at_k_math` and `avg_at_n_math`.

    `metrics/dynamic_metrics.py: MultilingualExtractiveMatchMetric` as `metrics/metrics.py` sets it up: gold
    and response are read alike, as LaTeX or plain expressions, what follows "the final answer is" before what
    is boxed, and `<think>…</think>` left out (by `pipeline.py`). A gold that cannot be read is compared as
    text; where that fails too we have no verdict, and lighteval a no. For GSM8K it has a stricter metric.

    lighteval brings its own, older copy of extraction and comparison, on latex2sympy2_extended 1.0.6; here
    Math-Verify does both with lighteval's settings. Side by side, 14 verdicts on 4,874 labelled pairs
    differed: `$1, 2, and 3$`, `$\\pm 2$`, "percent" in a box, equations but for a factor, a gold of `0,5`.
    And lighteval allows 5 s for each attempt at parsing, Math-Verify 5 s for all together.
    """
    from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse, verify

    targets = (LatexExtractionConfig(boxed_match_priority=55), ExprExtractionConfig())
    parsed = parse(_THINKING.sub("", case.text).strip(), targets)

    def accepted(gold: str) -> bool | None:
        parsed_gold = parse(gold.strip(), targets)
        same = bool(verify(parsed_gold or gold, parsed))
        return same if same or parsed_gold else None

    return _any_gold(case, accepted)


def _any_gold(case: Case, accepted: Callable[[str], bool | None]) -> RuleResult:
    """Ask about each gold; None is a gold that the trainer cannot read."""
    return any_gold(case.golds, lambda gold: RESULTS[accepted(gold)])
