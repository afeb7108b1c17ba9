"""The rules by name: symbolic verifiers, each run in worker processes that can be killed.

A name says whose call a rule reproduces, since how Math-Verify is called decides what it rejects.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from tinyv_cli import __version__
from tinyv_cli.errors import UsageError, did_you_mean
from tinyv_cli.records import Answer, Case, Example, RuleResult
from tinyv_cli.rules import exact, math_verify
from tinyv_cli.rules.elsewhere import elsewhere, versions_there
from tinyv_cli.rules.names import RuleName, parse_rule
from tinyv_cli.rules.plugin import PluginRule
from tinyv_cli.rules.presets import JUDGES, LIBRARIES
from tinyv_cli.rules.recorded import RecordedRule
from tinyv_cli.rules.stage import Here, RuleStage, Sees, nothing_at_once, rule_work
from tinyv_cli.running.cache import VerdictCache, shelf
from tinyv_cli.running.distinct import AtOnce, lasts
from tinyv_cli.running.workers import Judge, Workers, usable_cores

OpenedRule = RuleStage | Here | RecordedRule


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
    `load` readies a worker for a judge that may fail to be loaded. What is not `lasting` may have been edited
    where it is installed, so its verdicts are not kept.
    """

    judge: Judge[RuleResult]
    sees: Sees
    libraries: tuple[str, ...] = ()
    at_once: AtOnce[RuleResult] = nothing_at_once
    in_workers: bool = True
    load: Callable[[], None] | None = None
    lasting: bool = True


RULES = {
    "math-verify": Rule(JUDGES["math-verify"], extracted_answer, LIBRARIES, math_verify.at_once),
    **{
        name: Rule(judge, whole_response, LIBRARIES)
        for name, judge in JUDGES.items()
        if name != "math-verify"
    },
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
    rule = _named(parsed, name)
    if not rule.in_workers:  # and so fast that to look a verdict up would take longer
        yield Here(rule.judge, rule.sees)
        return
    lasting = cache if rule.lasting else None
    kept = shelf(lasting, ["rule", __version__, name, rule_versions(name), parsed.cut], RuleResult, lasts)
    work = rule_work(rule.judge, timeout, memory)
    if rule.load is not None:
        work = replace(work, prepare=rule.load, complaint=f"the rule '{name}' cannot be used")
    with Workers(work, count=workers or usable_cores()) as judges:
        if rule.load is not None and parsed.python is None:  # another Python has been asked for its versions
            judges.check()
        yield RuleStage(judges, rule.sees, at_once=rule.at_once, kept=kept)


def _named(parsed: RuleName, name: str) -> Rule:
    """The rule of a name that is none of a field. Raises UsageError."""
    if ":" in parsed.base:
        plugin = PluginRule(parsed.base, parsed.cut)
        rule = Rule(plugin, with_question, load=plugin.load, lasting=plugin.file is not None)
    elif parsed.base in RULES:
        rule = RULES[parsed.base]
    else:
        raise _unknown(name)
    if parsed.python is None:
        return rule
    if not rule.in_workers:
        raise UsageError(f"the rule '{parsed.base}' is tinyv's own; no other Python has it")
    judge = elsewhere(parsed)
    return replace(rule, judge=judge, at_once=nothing_at_once, load=judge.load)


def _unknown(name: str) -> UsageError:
    near = did_you_mean(parse_rule(name).base, RULES)
    known = ", ".join([*RULES, "column:FIELD", "module:function", "file.py:function"])
    return UsageError(f"no rule is named '{name}'; there are: {known}{near}")


def rule_versions(name: str) -> dict[str, str]:
    """Versions of the libraries that the rule calls, or of what somebody's own function stands in."""
    parsed = parse_rule(name)
    if parsed.python is not None:
        return versions_there(parsed)
    if name in RULES:
        return {library: version(library) for library in RULES[name].libraries}
    return PluginRule(parsed.base).versions() if parsed.field is None else {}
