"""The presets give the verdicts of the calls that they reproduce, and say why there is none."""

from collections.abc import Callable

import pytest
from latex2sympy2_extended import NormalizationConfig
from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse, verify

from tests.conftest import Tinyv
from tinyv_cli.records import Case, RuleOutcome, RuleResult
from tinyv_cli.rules import RULES, exact, trainers

PAIRS = [
    ("4", r"So the sum is \boxed{4}."),
    ("4", r"So the sum is \boxed{5}."),
    ("4", "The answer is 4."),
    ("$4$", "The answer is $4$."),
    (r"\frac{1}{2}", r"Hence \boxed{0.5}"),
    (r"$\frac{1}{2}$", r"Hence $\boxed{\dfrac{1}{2}}$"),
    ("(1,2),(3,4)", r"\boxed{\{(3,4),(1,2)\}}"),
    (r"$(-\infty,1)$", r"\boxed{k<1}"),
    ("12", "It costs 12 dollars"),
    ("x^2+2x+1", r"\boxed{(x+1)^2}"),
    ("2", r"\boxed{2}. wait, actually \boxed{3}"),
    ("", r"\boxed{4}"),
    ("odd", r"\boxed{\text{odd}}"),
    ("4", ""),
]


def plain_default(gold: str, response: str) -> bool | None:
    """The call of Math-Verify's README; None for a gold in which it reads nothing, and so says no."""
    golds = parse(gold)
    return bool(verify(golds, parse(response))) if golds else None


def plain_verl(gold: str, response: str) -> bool | None:
    """The call of verl's reward_score/math_verify.py, written out; None for a gold that it gives a 0."""
    golds = parse("\\boxed{" + gold + "}", (LatexExtractionConfig(),))
    answers = parse(response, (ExprExtractionConfig(), LatexExtractionConfig()))
    if not golds:
        return None
    return any(verify(gold, answer) for answer in answers for gold in golds)


def plain_trl(gold: str, response: str) -> bool | None:
    """The call of TRL's accuracy_reward, written out; None where it skips the example."""
    parsed = parse(gold, parsing_timeout=10)
    if not parsed:
        return None
    config = LatexExtractionConfig(
        try_extract_without_anchor=False,
        boxed_match_priority=0,
        normalization_config=NormalizationConfig(units=True),
    )
    answer = parse(response, [config], extraction_mode="first_match", parsing_timeout=10)
    return bool(verify(parsed, answer, timeout_seconds=5))


@pytest.mark.parametrize(("gold", "response"), PAIRS)
@pytest.mark.parametrize(
    ("preset", "plain"),
    [(trainers.default, plain_default), (trainers.verl, plain_verl), (trainers.trl, plain_trl)],
)
def test_call_for_call(
    preset: Callable[[Case], RuleResult],
    plain: Callable[[str, str], bool | None],
    gold: str,
    response: str,
) -> None:
    """Yes is accept, no is reject, and where the trainer has no verdict the rule is undecided."""
    expected = {True: "accept", False: "reject", None: "undecided"}[plain(gold, response)]
    assert preset(Case((gold,), response)).outcome == expected


# What lighteval 0.13.0 itself says, from its own code; None where it then warns that it could read no gold.
LIGHTEVAL = [
    ("4", r"So the sum is \boxed{4}.", True),
    ("4", "So the sum is 5.", False),
    (r"\frac{1}{2}", r"Hence \boxed{0.5}", True),
    (r"$(-\infty,1)$", r"\boxed{k<1}", False),
    ("2", r"\boxed{2}. wait, actually \boxed{3}", False),
    ("0.05", r"$5\%$", True),
    ("$x=3$", r"\boxed{3}", True),
    ("1/3", r"\boxed{0.333333}", True),
    ("1/3", r"\boxed{0.3333}", False),
    ("4", "", False),
    # what is said to be final comes before what is boxed
    ("5", r"The final answer is $5$. I mean \boxed{4}", True),
    ("4", r"The final answer is $5$. I mean \boxed{4}", False),
    # thinking is taken away if it begins and ends
    ("5", r"<think>It is \boxed{4}.</think> It is 5.", True),
    ("4", r"<think>It is \boxed{4}.</think> It is 5.", False),
    ("4", r"<think>It is \boxed{4}", True),
    ("4", r"It is \boxed{4}.</think> It is 5.", True),
    # a gold that it cannot read is compared as text
    ("odd", "$odd$", True),
    ("x<y", r"\boxed{x<y}", True),
    ("odd", r"\boxed{\text{odd}}", None),
    ("(1,2),(3,4)", r"\boxed{\{(3,4),(1,2)\}}", None),
    ("x^2+2x+1", r"\boxed{(x+1)^2}", None),
    ("yes", "yes", None),
    ("", r"\boxed{4}", None),
]


@pytest.mark.parametrize(("gold", "response", "accepted"), LIGHTEVAL)
def test_lighteval(gold: str, response: str, accepted: bool | None) -> None:
    """Math-Verify with lighteval's settings says what lighteval says."""
    assert trainers.lighteval(Case((gold,), response)) == trainers.RESULTS[accepted]


def test_presets_differ() -> None:
    """How Math-Verify is called decides: the reason why the call is part of the name."""
    bare = Case(("4",), "The answer is 4.")
    assert trainers.verl(bare).outcome is RuleOutcome.ACCEPT
    assert trainers.trl(bare).outcome is RuleOutcome.REJECT
    both = Case(("4",), r"The final answer is $5$. I mean \boxed{4}")
    assert trainers.verl(both).outcome is RuleOutcome.ACCEPT
    assert trainers.lighteval(both).outcome is RuleOutcome.REJECT


def test_any_of_several_golds() -> None:
    """One right gold is enough; golds that cannot be read are undecided only if all are."""
    assert trainers.trl(Case(("", "$4$"), r"\boxed{4}")).outcome is RuleOutcome.ACCEPT
    assert trainers.trl(Case(("", "$5$"), r"\boxed{4}")).outcome is RuleOutcome.REJECT
    assert trainers.trl(Case(("",), r"\boxed{4}")) == trainers.GOLD_UNPARSABLE


@pytest.mark.parametrize(
    ("gold", "answer", "same"),
    [
        ("4", "4", True),
        ("4", " 4. ", True),
        (r"\frac{1}{2}", r"$\dfrac{1}{2}$", True),
        (r"\left( 1, 2 \right)", "(1,2)", True),
        ("-3", "−3", True),
        ("4", "5", False),
        ("x", "X", False),
        ("0.5", "1/2", False),
        ("(1,2)", "[1,2]", False),
    ],
)
def test_exact(gold: str, answer: str, same: bool) -> None:
    """Spacing and delimiters do not count, everything else does."""
    assert (exact.judge(Case((gold,), answer)).outcome is RuleOutcome.ACCEPT) == same


@pytest.mark.parametrize("rule", RULES)
def test_by_name(tinyv: Tinyv, rule: str) -> None:
    """Every rule runs under its name in the workers."""
    right = tinyv("check", "-g", "4", "--rule", rule, "--model", "none", r"It is $\boxed{4}$.")
    wrong = tinyv("check", "-g", "4", "--rule", rule, "--model", "none", r"It is $\boxed{5}$.")
    assert (right.returncode, wrong.returncode) == (0, 1)
    assert f"rule {rule}" in right.stdout
