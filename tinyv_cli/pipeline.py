"""The whole way of an example: rule, proofs, guard, models, each asked only what is not settled yet.

The only module that knows all stages; it receives them as arguments.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TypeVar

from tinyv_cli.records import NOTHING_SHOWN, Answer, Example, Judged, RuleOutcome, RuleResult, Shown
from tinyv_cli.running.ahead import ahead
from tinyv_cli.stages import Categorise, HasExamples, Pending, Prover, Search, Stages, Trial, ask
from tinyv_cli.verdicts import lost_in, settle

W = TypeVar("W", bound=HasExamples)
T = TypeVar("T")


def judge_windows(
    windows: Iterable[W], stages: Stages, *, waits: bool = True
) -> Iterator[tuple[W, list[Judged]]]:
    """Judge window by window; while the models are on one, proofs are searched for in the next, and so on.

    Where no stage `waits` for another process or a model, one window after another is faster: two threads
    would only take Python's lock from each other.
    """

    def submitted() -> Iterator[tuple[W, list[Answer], list[Pending]]]:
        for window in windows:
            answers = [stages.find_answer(example.response or "") for example in window.examples]
            rules = (stages.rule, *stages.others)
            yield window, answers, [rule.submit(window.examples, answers) for rule in rules]

    with ExitStack() as stack:

        def early(items: Iterator[T]) -> Iterator[T]:
            return stack.enter_context(ahead(items)) if waits else items

        ready = early(_searched(early(submitted()), stages.proofs))
        for window, answers, rules, (_, *others), shown in ready:
            judged = _judge(window.examples, answers, rules, shown(), stages)
            explained = _explained(judged, stages)
            yield window, _compared(explained, [results() for results in others])


def _searched(
    submitted: Iterator[tuple[W, list[Answer], list[Pending]]], proofs: Prover | None
) -> Iterator[tuple[W, list[Answer], list[RuleResult], list[Pending], Search]]:
    """What the rule said of each window, and the search for what shows more, begun."""
    for window, answers, pending in submitted:
        rules = pending[0]()
        yield window, answers, rules, pending, _begun(window.examples, answers, rules, proofs)


def _begun(
    examples: list[Example], answers: list[Answer], rules: list[RuleResult], proofs: Prover | None
) -> Search:
    """Of what the rule did not accept for proofs and disproofs, of the rest for what speaks against it."""
    if proofs is None:
        return lambda: [NOTHING_SHOWN] * len(rules)
    return proofs.submit(examples, answers, [rule.outcome is RuleOutcome.ACCEPT for rule in rules])


def _compared(judged: list[Judged], others: list[list[RuleResult]]) -> list[Judged]:
    if not others:
        return judged
    return [replace(item, others=said) for item, said in zip(judged, zip(*others, strict=True), strict=True)]


def _judge(
    examples: list[Example],
    answers: list[Answer],
    rules: list[RuleResult],
    shown: list[Shown],
    stages: Stages,
) -> list[Judged]:
    right = [
        rule.outcome is RuleOutcome.ACCEPT or each.proof is not None
        for rule, each in zip(rules, shown, strict=True)
    ]
    settled = [yes or each.disproof is not None for yes, each in zip(right, shown, strict=True)]
    refused = [
        None if yes else stages.guard(example, answer)
        for yes, example, answer in zip(settled, examples, answers, strict=True)
    ]
    also = right if stages.rewarding.asks_all else [False] * len(right)
    asked = [
        i
        for i, example in enumerate(examples)
        if example.golds and refused[i] is None and (also[i] or not settled[i])
    ]
    cases = [(examples[i], answers[i]) for i in asked]
    said = ask(stages.models, cases, settles=stages.deciding.settles)
    opinions = dict(zip(asked, said, strict=True))
    return [
        settle(
            examples[i],
            answers[i],
            rules[i],
            shown[i],
            refused[i],
            opinions.get(i, ()),
            deciding=stages.deciding,
            suspects=stages.suspects,
            rewarding=stages.rewarding,
        )
        for i in range(len(examples))
    ]


def _explained(judged: list[Judged], stages: Stages) -> list[Judged]:
    """The false negatives with their kind, and with where the rule lost them, for which it is asked again."""
    found = [item for item in judged if item.false_negative]
    if not found:
        return judged
    alone = [_alone(item) for item in found]
    said = stages.rule.submit([example for example, _ in alone], [answer for _, answer in alone])()
    lost = iter(map(lost_in, found, said))
    return [
        replace(item, guess=_guess(item, stages.categorise), lost_in=next(lost))
        if item.false_negative
        else item
        for item in judged
    ]


def _alone(item: Judged) -> Trial:
    """The example as if the response had been the answer in a box and nothing else: nobody recorded that.

    To a rule that is given the extracted answer it is the case that it has judged already.
    """
    response = f"\\boxed{{{item.answer.text}}}"
    return replace(item.example, response=response, recorded={}), item.answer


def _guess(item: Judged, categorise: Categorise) -> str | None:
    """The kind that it looks like; none where that cannot be said, for nobody's verdict depends on it."""
    if item.shown.proof is not None or item.answer.text is None:
        return None
    try:
        return categorise(item.example.question, item.example.golds, item.answer.text)
    except Exception:  # noqa: BLE001 - sympy can raise anything
        return None
