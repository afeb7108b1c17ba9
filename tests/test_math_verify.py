"""The rule `math-verify` in its killable workers, with the real Math-Verify."""

import os
import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from tinyv_cli.records import Answer, Case, Example, How, RuleOutcome, RuleResult
from tinyv_cli.rules import extracted_answer, math_verify, opened_rule
from tinyv_cli.rules.pool import RulePool


@pytest.fixture(scope="module")
def rule() -> Iterator[RulePool]:
    """One pool for the module: starting it costs more than most examples."""
    with RulePool(math_verify.judge, extracted_answer, workers=2, timeout=5, memory=4 << 30) as pool:
        yield pool


def judge(rule: RulePool, gold: str, answer: str | None, how: How = How.BOXED) -> RuleResult:
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
def test_accepts(rule: RulePool, gold: str, answer: str) -> None:
    """Both sides boxed, Math-Verify sees through these forms."""
    assert judge(rule, gold, answer) == RuleResult(RuleOutcome.ACCEPT)


@pytest.mark.parametrize(
    ("gold", "answer"), [("4", "5"), ("(1,2)", "(2,1)"), ("x+1", "x-1"), ("[0,1]", "(0,1)")]
)
def test_rejects(rule: RulePool, gold: str, answer: str) -> None:
    """What differs is rejected, not undecided."""
    assert judge(rule, gold, answer) == RuleResult(RuleOutcome.REJECT)


def test_an_unmarked_answer_is_read_as_bare_text(rule: RulePool) -> None:
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
def test_undecided_with_a_reason(rule: RulePool, gold: str, answer: str | None, reason: str) -> None:
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


def _allocate(case: Case) -> RuleResult:
    return RuleResult(RuleOutcome.ACCEPT, str(len(bytearray(8 << 30))))


def _die(case: Case) -> RuleResult:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _exit(case: Case) -> RuleResult:
    raise SystemExit(3)


def _raise(case: Case) -> RuleResult:
    raise ZeroDivisionError(case)


@pytest.mark.parametrize(
    ("judge_function", "reason"),
    [
        (_allocate, "memory"),
        (_die, "crash"),
        (_exit, "error:SystemExit"),
        (_raise, "error:ZeroDivisionError"),
    ],
)
def test_a_broken_rule_is_undecided(judge_function: object, reason: str) -> None:
    """Whatever a rule does to its worker, the run goes on and says why there is no verdict."""
    with RulePool(judge_function, extracted_answer, workers=1, timeout=10, memory=2 << 30) as rule:  # type: ignore[arg-type]
        assert judge(rule, "1", "1") == RuleResult(RuleOutcome.UNDECIDED, reason)


def test_equal_pairs_are_judged_once_in_a_window(rule: RulePool) -> None:
    """Rollouts that give the same answer cost one judgement."""
    examples = [Example(i, 0, "", (r"\frac{x^2-1}{x-1}",), "x+1") for i in range(500)]
    started = time.monotonic()
    results = rule.submit(examples, [Answer("x+1", How.BOXED)] * 500)()
    assert len(set(results)) == 1 and len(results) == 500
    assert time.monotonic() - started < 5


def test_no_worker_is_left_behind() -> None:
    """Closing kills the workers, also one that hangs."""
    before = set(psutil.Process().children(recursive=True))
    rule = RulePool(math_verify.judge, extracted_answer, workers=2, timeout=60, memory=4 << 30)
    rule.submit([Example(0, 0, "", ("1",), "x")], [Answer("10^{(5^{5^{5^5}})}", How.BOXED)])
    time.sleep(2)
    workers = {
        child
        for child in set(psutil.Process().children(recursive=True)) - before
        if child.parent() and child.parent() not in (psutil.Process(), None)
    }
    assert workers
    rule.close()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive
