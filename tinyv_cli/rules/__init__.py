"""The rules by name: symbolic verifiers, each run in worker processes that can be killed.

A name says whose call a rule reproduces, since how Math-Verify is called decides what it rejects.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from tinyv_cli import __version__
from tinyv_cli.errors import UsageError, did_you_mean
from tinyv_cli.records import Answer, Case, Example, RuleResult
from tinyv_cli.rules import exact, math_verify, trainers
from tinyv_cli.rules.names import parse_rule
from tinyv_cli.rules.plugin import PluginRule
from tinyv_cli.rules.recorded import RecordedRule
from tinyv_cli.rules.stage import Here, RuleStage, Sees, nothing_at_once, rule_work
from tinyv_cli.running.cache import VerdictCache, shelf
from tinyv_cli.running.distinct import AtOnce, lasts
from tinyv_cli.running.workers import Judge, Workers, usable_cores

OpenedRule = RuleStage | Here | RecordedRule
MATH_VERIFY = ("math-verify", "latex2sympy2_extended", "sympy", "antlr4-python3-runtime")


def extracted_answer(example: Example, answer: Answer) -> Case | str:
    """For rules that compare answers: the one that we extracted, or the reason why there is none."""
    if example.response is None:
        return "no_response"
    return "no_answer" if answer.text is None else Case(example.golds, answer.text, answer.how)


def whole_response(example: Example, answer: Answer) -> Case | str:
    """For rules that extract by themselves: the response as it is."""
    return "no_response" if example.response is None else Case(example.golds, example.response)


def with_question(example: Example, answer: Answer) -> Case | str:
    """For rules that may look at everything."""
    if example.response is None:
        return "no_response"
    return Case(example.golds, example.response, question=example.question)


@dataclass(frozen=True, slots=True)
class Rule:
    """How to judge a case, what a case is made of, and the libraries whose versions decide the outcome.

    `at_once` says what can be said without a worker; a rule that is not judged `in_workers` needs none.
    """

    judge: Judge[RuleResult]
    sees: Sees
    libraries: tuple[str, ...] = ()
    at_once: AtOnce[RuleResult] = nothing_at_once
    in_workers: bool = True


RULES = {
    "math-verify": Rule(math_verify.judge, extracted_answer, MATH_VERIFY, math_verify.at_once),
    "math-verify/default": Rule(trainers.default, whole_response, MATH_VERIFY),
    "math-verify/verl": Rule(trainers.verl, whole_response, MATH_VERIFY),
    "math-verify/trl": Rule(trainers.trl, whole_response, MATH_VERIFY),
    "math-verify/lighteval": Rule(trainers.lighteval, whole_response, MATH_VERIFY),
    "exact": Rule(exact.judge, extracted_answer, in_workers=False),
}


def recorded_fields(names: Sequence[str]) -> tuple[str, ...]:
    """The fields in which verdicts stand, for those of the rules that read them from the data."""
    return tuple(field for name in names if (field := parse_rule(name).field) is not None)


def rule_columns(names: Sequence[str]) -> dict[str, str]:
    """For each rule the column of its outcomes, if it is compared. Raises UsageError if two share one."""
    columns: dict[str, str] = {}
    for name in names:
        column = parse_rule(name).column
        if name in columns or column in columns.values():
            raise UsageError(f"--rule {name} is given twice, or two rules would share the column '{column}'")
        columns[name] = column
    return columns


def waits_for(names: Sequence[str]) -> bool:
    """Whether one of these rules works in processes of its own."""
    here = {name for name, rule in RULES.items() if not rule.in_workers}
    return any(name not in here and parse_rule(name).field is None for name in names)


@contextmanager
def opened_rules(names: Sequence[str], **options: Any) -> Iterator[list[OpenedRule]]:
    """Several rules, each with workers of its own: what one does to its workers must not move another."""
    with ExitStack() as stack:
        yield [stack.enter_context(opened_rule(name, **options)) for name in names]


@contextmanager
def opened_rule(
    name: str,
    *,
    workers: int | None,
    timeout: float,
    memory: int,
    cache: VerdictCache | None = None,
) -> Iterator[OpenedRule]:
    """The rule and its workers, one a core unless told, for as long as they are needed.

    `timeout` is in seconds an example, `memory` in bytes a worker.
    Raises UsageError for an unknown name, and for a function that cannot be imported.
    """
    parsed = parse_rule(name)
    if parsed.field is not None:
        yield RecordedRule(parsed.field, parsed.cut)
        return
    plugin = PluginRule(parsed.base, parsed.cut) if ":" in name else None
    if plugin is None and name not in RULES:
        raise _unknown(name)
    rule = Rule(plugin, with_question) if plugin else RULES[name]
    if not rule.in_workers:  # and so fast that to look a verdict up would take longer
        yield Here(rule.judge, rule.sees)
        return
    # A module may have been edited where it is installed: its verdicts are not kept.
    lasting = cache if plugin is None or plugin.file else None
    kept = shelf(lasting, ["rule", __version__, name, rule_versions(name), parsed.cut], RuleResult, lasts)
    work = rule_work(rule.judge, timeout, memory)
    if plugin is not None:
        work = replace(work, prepare=plugin.load, complaint=f"the rule '{name}' cannot be used")
    with Workers(work, count=workers or usable_cores()) as judges:
        if plugin is not None:
            judges.check()
        yield RuleStage(judges, rule.sees, at_once=rule.at_once, kept=kept)


def _unknown(name: str) -> UsageError:
    known = ", ".join([*RULES, "column:FIELD", "module:function", "file.py:function"])
    return UsageError(f"no rule is named '{name}'; there are: {known}{did_you_mean(name, RULES)}")


def rule_versions(name: str) -> dict[str, str]:
    """Versions of the libraries that the rule calls, or of what somebody's own function stands in."""
    if name in RULES:
        return {library: version(library) for library in RULES[name].libraries}
    parsed = parse_rule(name)
    return PluginRule(parsed.base).versions() if parsed.field is None else {}
