"""What the stages of the way look like to it, and asking one alone: a rule, or models."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from tinyv_cli.records import Answer, Example, ModelResult, Query, RuleResult, Shown
from tinyv_cli.running.ahead import ahead
from tinyv_cli.words import Agree, Suspects

Finder = Callable[[str], Answer]
Guard = Callable[[Example, Answer], str | None]
Model = Callable[[Sequence[Query]], list[ModelResult]]
Categorise = Callable[[str, Sequence[str], str], str | None]
Pending = Callable[[], list[RuleResult]]
Search = Callable[[], list[Shown]]
Vary = Callable[[str], Iterable[tuple[str, str]]]  # names of forms, and a gold in them

T = TypeVar("T")
Trial = tuple[Example, Answer]


class Rule(Protocol):
    """A rule that works while others do: hand over now, collect later."""

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending: ...


class Prover(Protocol):
    """A search for proofs that works in the same way; of what a rule `accepted`, one for what denies it."""

    def submit(
        self, examples: Sequence[Example], answers: Sequence[Answer], accepted: Sequence[bool] = ()
    ) -> Search: ...


class HasExamples(Protocol):
    """What the pipeline needs to know of a window."""

    @property
    def examples(self) -> list[Example]: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """A window that is nothing but examples."""

    examples: list[Example]


def uncategorised(question: str, golds: Sequence[str], answer: str) -> str | None:
    """No false negative is put into any category."""
    return None


@dataclass(frozen=True, slots=True)
class Stages:
    """What an answer goes through. Without a model, the rule, the proofs and the guard decide alone.

    Several models are asked about the same examples, and `agree` says how they decide together. `others` are
    rules that are compared with the one that is audited; they decide nothing. Without `proofs` none is
    searched for. `categorise` guesses of what kind a false negative is that only a model found. `suspects`
    says what an answer counts as that the rule accepts though something speaks against it.
    """

    find_answer: Finder
    rule: Rule
    guard: Guard
    models: Sequence[Model]
    threshold: float
    agree: Agree = Agree.ALL
    others: Sequence[Rule] = ()
    proofs: Prover | None = None
    categorise: Categorise = uncategorised
    suspects: Suspects = Suspects.CORRECT


def judged_by(
    rule: Rule, batches: Iterable[tuple[T, list[Trial]]]
) -> Iterator[tuple[T, Iterator[RuleResult]]]:
    """What a rule alone says of each batch; it is already at work on the next."""

    def submitted() -> Iterator[tuple[T, Pending]]:
        for what, trials in batches:
            yield what, rule.submit([example for example, _ in trials], [answer for _, answer in trials])

    with ahead(submitted()) as ready:
        for what, results in ready:
            yield what, iter(results())


def ask(models: Sequence[Model], cases: Sequence[Trial]) -> list[tuple[ModelResult, ...]]:
    """For each case the best opinion of each model over all golds that count as right."""
    queries = [
        Query(example.question, gold, answer.text or "")
        for example, answer in cases
        for gold in example.golds
    ]
    replies = [iter(model(queries)) for model in models]
    return [tuple(_best(islice(each, len(example.golds))) for each in replies) for example, _ in cases]


def _best(replies: Iterable[ModelResult]) -> ModelResult:
    return max(replies, key=lambda reply: -1 if reply.p is None else reply.p)
