"""What the stages of the way look like to it, and asking one alone: a rule, or models."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Protocol, TypeVar

from tinyv_cli.records import NOT_ASKED, Answer, Example, ModelResult, Query, RuleResult, Shown
from tinyv_cli.running.ahead import ahead
from tinyv_cli.running.stopwatch import Stopwatch
from tinyv_cli.verdicts import ADDON, ALONE, Deciding, Rewarding
from tinyv_cli.words import Suspects

Finder = Callable[[str], Answer]
Guard = Callable[[Example, Answer], str | None]
Model = Callable[[Sequence[Query]], list[ModelResult]]
Categorise = Callable[[str, Sequence[str], str], str | None]
Pending = Callable[[], list[RuleResult]]
Search = Callable[[], list[Shown]]
Vary = Callable[[str], Iterable[tuple[str, str]]]  # names of forms, and a gold in them

T = TypeVar("T")
Trial = tuple[Example, Answer]
Says = Callable[[Sequence[Trial]], list[ModelResult]]


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

    `deciding` says how several models are asked, and how they decide together. `others` are rules that are
    compared with the one that is audited; they decide nothing. Without `proofs` none is searched for.
    `categorise` guesses of what kind a false negative is that only a model found. `suspects` says what an
    answer counts as that the rule accepts though something speaks against it. `rewarding` says what a reward
    is made of, and so whether models are asked about what is settled, too.
    """

    find_answer: Finder
    rule: Rule
    guard: Guard
    models: Sequence[Model]
    deciding: Deciding = ALONE
    others: Sequence[Rule] = ()
    proofs: Prover | None = None
    categorise: Categorise = uncategorised
    suspects: Suspects = Suspects.CORRECT
    rewarding: Rewarding = ADDON


@dataclass(frozen=True, slots=True)
class _Timed:
    """A rule or a prover that a stopwatch times, from handing something over to collecting it."""

    watched: Rule | Prover
    stage: str
    clock: Stopwatch

    def submit(self, *given: Any, **more: Any) -> Callable[[], list[Any]]:
        """The same, timed both when it is handed over and when it is collected."""
        submit: Callable[..., Callable[[], list[Any]]] = self.watched.submit
        return self.clock.timed(self.stage, self.clock.timed(self.stage, submit)(*given, **more))


def timed(stages: Stages, clock: Stopwatch) -> Stages:
    """The same stages, timed by the stopwatch."""
    return replace(
        stages,
        rule=_Timed(stages.rule, "rule", clock),
        others=[_Timed(other, "rule", clock) for other in stages.others],
        proofs=None if stages.proofs is None else _Timed(stages.proofs, "proofs", clock),
        models=[clock.timed("model", model) for model in stages.models],
    )


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


def ask(
    models: Sequence[Model],
    cases: Sequence[Trial],
    *,
    settles: Callable[[ModelResult], bool] = lambda _: False,
) -> list[tuple[ModelResult, ...]]:
    """For each case the best opinion of each model over all golds that count as right.

    A case that an opinion `settles` is put to no further model: what these say of it is NOT_ASKED.
    """
    opinions: list[tuple[ModelResult, ...]] = [()] * len(cases)
    left = list(range(len(cases)))
    for model in models:
        said = dict(zip(left, _asked(model, [cases[i] for i in left]), strict=True))
        opinions = [(*before, said.get(i, NOT_ASKED)) for i, before in enumerate(opinions)]
        left = [i for i, opinion in said.items() if not settles(opinion)]
    return opinions


def word_of(models: Sequence[Model], deciding: Deciding = ALONE) -> Says:
    """How to get the opinion that counts, for each case: of one model, or of a cascade."""

    def says(cases: Sequence[Trial]) -> list[ModelResult]:
        said = ask(models, cases, settles=deciding.settles)
        return [deciding.heard(opinions)[-1] for opinions in said]

    return says


def _asked(model: Model, cases: Sequence[Trial]) -> Iterator[ModelResult]:
    queries = [
        Query(example.question, gold, answer.text or "")
        for example, answer in cases
        for gold in example.golds
    ]
    replies = iter(model(queries))
    return (_best(islice(replies, len(example.golds))) for example, _ in cases)


def _best(replies: Iterable[ModelResult]) -> ModelResult:
    return max(replies, key=lambda reply: -1 if reply.p is None else reply.p)
