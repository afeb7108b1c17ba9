"""The rules by name: symbolic verifiers, each run in worker processes that can be killed.

A name says whose call a rule reproduces, since how Math-Verify is called decides what it rejects.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from tinyv_cli.cores import usable_cores
from tinyv_cli.errors import UsageError
from tinyv_cli.records import Answer, Case, Example
from tinyv_cli.rules import exact, math_verify, trainers
from tinyv_cli.rules.pool import Judge, RulePool

MATH_VERIFY = ("math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime")


def extracted_answer(example: Example, answer: Answer) -> Case | str:
    """For rules that compare answers: the one that we extracted, or the reason why there is none."""
    if example.response is None:
        return "no_response"
    return "no_answer" if answer.text is None else Case(example.golds, answer.text, answer.how)


def whole_response(example: Example, answer: Answer) -> Case | str:
    """For rules that extract by themselves: the response as it is."""
    return "no_response" if example.response is None else Case(example.golds, example.response)


@dataclass(frozen=True, slots=True)
class Rule:
    """How to judge a case, what a case is made of, and the libraries whose versions decide the outcome."""

    judge: Judge
    sees: Callable[[Example, Answer], Case | str]
    libraries: tuple[str, ...]


RULES = {
    "math-verify": Rule(math_verify.judge, extracted_answer, MATH_VERIFY),
    "math-verify/default": Rule(trainers.default, whole_response, MATH_VERIFY),
    "math-verify/verl": Rule(trainers.verl, whole_response, MATH_VERIFY),
    "math-verify/trl": Rule(trainers.trl, whole_response, MATH_VERIFY),
    "exact": Rule(exact.judge, extracted_answer, ()),
}


def open_rule(name: str, *, workers: int | None, timeout: float, memory: int) -> RulePool:
    """The rule and its workers, one a core unless told.

    `timeout` is in seconds an example, `memory` in bytes a worker. Raises UsageError for an unknown name.
    """
    rule = RULES.get(name)
    if rule is None:
        raise UsageError(f"no rule is named '{name}'; there are: {', '.join(RULES)}")
    workers = workers or usable_cores()
    return RulePool(rule.judge, rule.sees, workers=workers, timeout=timeout, memory=memory)


def rule_versions(name: str) -> dict[str, str]:
    """Versions of the libraries that the rule calls."""
    return {library: version(library) for library in RULES[name].libraries}
