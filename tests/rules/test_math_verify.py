"""The rule `math-verify` in its killable workers, with the real Math-Verify."""

import time
from collections.abc import Iterator
from itertools import product

import pytest

from tinyv_cli.records import Answer, Case, Example, How, RuleOutcome, RuleResult
from tinyv_cli.rules import extracted_answer, math_verify, opened_rule
from tinyv_cli.rules.stage import RuleStage, rule_work
from tinyv_cli.running.workers import Workers


@pytest.fixture(scope="module")
def rule() -> Iterator[RuleStage]:
    """One for the module: starting it costs more than most examples."""
    with Workers(rule_work(math_verify.judge, timeout=5, memory=4 << 30), count=2) as workers:
        yield RuleStage(workers, extracted_answer)


def judge(rule: RuleStage, gold: str, answer: str | None, how: How = How.BOXED) -> RuleResult:
    """The rule's result for one pair."""
    example = Example(0, 0, "", (gold,) if gold else (), answer)
    [result] = rule.submit([example], [Answer(answer, how)])()
    return result


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("4", "4"),
        ("4", "4.0"),
        (r"\frac{1}{2}", "0.5"),
        (r"\frac{1}{2}", r"\dfrac{1}{2}"),
        ("1,2", "2, 1"),
        (r"(-\infty, 1)", r"(-\infty,1)"),
        ("x^2+2x+1", "(x+1)^2"),
        (r"2\sqrt{3}", r"\sqrt{12}"),
        ("50", "50%"),
    ],
)
def test_accepts(rule: RuleStage, gold: str, answer: str) -> None:
    """Both sides boxed, Math-Verify sees through these forms."""
    assert judge(rule, gold, answer) == RuleResult(RuleOutcome.ACCEPT)


@pytest.mark.parametrize(
    ("gold", "answer"), [("4", "5"), ("(1,2)", "(2,1)"), ("x+1", "x-1"), ("[0,1]", "(0,1)")]
)
def test_rejects(rule: RuleStage, gold: str, answer: str) -> None:
    """What differs is rejected, not undecided."""
    assert judge(rule, gold, answer) == RuleResult(RuleOutcome.REJECT)


def test_an_unmarked_answer_is_read_as_bare_text(rule: RuleStage) -> None:
    """A last line is a sentence: the number in it counts, as it would not inside a box."""
    assert judge(rule, "12", "It costs 12 dollars", How.LAST_LINE).outcome is RuleOutcome.ACCEPT


@pytest.mark.parametrize(
    ("gold", "answer", "reason"),
    [
        ("", "4", "no_gold"),
        ("4", None, "no_response"),
        (r"\frac{", "4", "gold_unparsable"),
        ("4", r"\frac{", "answer_unparsable"),
        ("4", "10^{(5^{5^{5^5}})}", "timeout"),
    ],
)
def test_undecided_with_a_reason(rule: RuleStage, gold: str, answer: str | None, reason: str) -> None:
    """What cannot be judged is never a rejection."""
    assert judge(rule, gold, answer) == RuleResult(RuleOutcome.UNDECIDED, reason)


def test_results_come_in_order_and_around_a_hanging_example() -> None:
    """One example that hangs is killed at its limit; all others are judged, in their order."""
    answers = ["1", "10^{(5^{5^{5^5}})}", "2", "3", "10^{(5^{5^{5^6}})}", "1"]
    examples = [Example(i, 0, "", ("1",), answer) for i, answer in enumerate(answers)]
    started = time.monotonic()
    with opened_rule("math-verify", workers=2, timeout=2, memory=4 << 30) as rule:
        results = rule.submit(examples, [Answer(answer, How.BOXED) for answer in answers])()
    assert [result.reason or result.outcome.value for result in results] == [
        "accept",
        "timeout",
        "reject",
        "reject",
        "timeout",
        "accept",
    ]
    assert time.monotonic() - started < 2 * 2 + 10


@pytest.mark.parametrize("golds", [("7:00", "4"), ("4", "7:00")])
def test_a_gold_that_fails_hides_no_other(rule: RuleStage, golds: tuple[str, ...]) -> None:
    """Math-Verify raises on this time of day; the other gold counts all the same."""
    example = Example(0, 0, "", golds, "4")
    assert rule.submit([example], [Answer("4", How.BOXED)])() == [RuleResult(RuleOutcome.ACCEPT)]
    assert judge(rule, "7:00", "4").outcome is RuleOutcome.UNDECIDED


INTEGERS = ("0", "7", "-7", "70", "1000", "123456789012345", "-999999999999999")


@pytest.mark.parametrize("how", list(How))
def test_integers_are_judged_at_once(how: How) -> None:
    """Without Math-Verify, but as it judges them, however the answer was found."""
    for gold, answer in product(INTEGERS, repeat=2):
        case = Case(("-3", gold), answer, how)
        assert math_verify.at_once(case) == math_verify.judge(case), case


@pytest.mark.parametrize(
    "text", ["007", "-0", "+7", "7.0", "1,000", "7 ", "٣", "1234567890123456", "7\n", ""]
)
def test_what_only_looks_like_an_integer_is_not_judged_at_once(text: str) -> None:
    """It may equal an integer that is spelled otherwise: Math-Verify is asked."""
    assert math_verify.at_once(Case(("7",), text, How.BOXED)) is None
    assert math_verify.at_once(Case(("7", text), "7", How.BOXED)) is None
