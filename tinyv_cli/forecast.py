"""What a run would do, before it is done: what it reads, judges and asks, and about how long that takes.

All rows are read and counted; a bounded sample of their examples really goes through rule and proofs, and a
few of the questions that are left are put to the models. Nothing is written.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol

from tinyv_cli.figures.records import UNKNOWN_SHARE, Count, Share, share_of, told
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Answer, Example, ModelResult, Query
from tinyv_cli.stages import Batch, HasExamples, Model, Stages
from tinyv_cli.verdicts import Deciding

FORECAST_VERSION = 1
SHOWN = 3
SAMPLE = 200
# Of the sample, so many pass first, while workers are still getting ready, and are not timed.
WARM = 20
QUERIES = 8
# Of a model of a cascade it must be seen, besides, how much it leaves to the next.
QUERIES_IN_TURN = 40
RESPONSE_END = 80  # characters

Range = tuple[Count, Count]


class Foreseeing(Protocol):
    """A rule that knows what it would have to do."""

    def foreseen(self, examples: Sequence[Example], answers: Sequence[Answer]) -> tuple[int, int]:
        """How many of them it would judge, and of how many of these the verdict is kept."""


class Loaded(Protocol):
    """A model that is ready to be asked."""

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that would be asked; `load` is None where it could not be had without the network."""

    name: str
    load: Callable[[], Loaded] | None


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source, and which of its fields are what."""

    name: str
    mapping: str


@dataclass(frozen=True, slots=True)
class ExampleRead:
    """An example as it is read, and the answer that is found in it."""

    question: str
    golds: tuple[str, ...]
    response_end: str | None
    answer: str | None
    answer_how: str


@dataclass(frozen=True, slots=True)
class ModelTime:
    """How long a model would take; None where it was not asked, which `unknown` explains."""

    name: str
    asked: Count | None = told("How many queries it would be asked; in a cascade what those before leave.")
    queries: Count | None = told("How many queries it was timed on.")
    load_seconds: float | None = told("How long it took to load.")
    seconds_per_query: float | None = told("How long a query took.")
    seconds: float | None = told("How long it would take in all.")
    unknown: str | None = told("Why that is not known.")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run would do."""

    schema_version: int
    sources: tuple[SourceRead, ...]
    shown: tuple[ExampleRead, ...] = told("The first examples, as they are read.")
    examples: Count = told("All examples.")
    judged: Count = told("How many of them the rule would judge.")
    kept: Count = told("Of these, how many verdicts earlier runs have kept.")
    sampled: Count = told("How many examples went through rule and proofs.")
    asked: Share = told("The share of the examples that a model would be asked about, by the sample.")
    asked_count: Count | None = told("How many examples that is.")
    asked_interval: Range | None = told("Its 95% interval.")
    rule_and_proofs_seconds: float | None = told("How long rule and proofs would take, by the sample.")
    models: tuple[ModelTime, ...] = told("How long each model would take.")
    seconds: float | None = told("How long the run would take; null where a part is not known.")


@dataclass(slots=True)
class Look:
    """What is seen of all rows. `sample` is drawn at random (algorithm R; Vitter 1985, ACM TOMS 11:37)."""

    examples: int = 0
    judged: int = 0
    kept: int = 0
    first: list[tuple[Example, Answer]] = field(default_factory=list)
    sample: list[Example] = field(default_factory=list)
    _random: Random = field(default_factory=lambda: Random(0))

    def at(self, examples: Sequence[Example], answers: Sequence[Answer], rule: Foreseeing) -> None:
        """Look at the examples of a window."""
        judged, kept = rule.foreseen(examples, answers)
        self.judged += judged
        self.kept += kept
        self.first += list(zip(examples, answers, strict=True))[: SHOWN - len(self.first)]
        for example in examples:
            self._offer(example)

    def _offer(self, example: Example) -> None:
        self.examples += 1
        if len(self.sample) < SAMPLE:
            self.sample.append(example)
        elif (place := self._random.randrange(self.examples)) < SAMPLE:
            self.sample[place] = example


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of the sample: how many of them a model would be asked about, and with which queries."""

    asked: int
    queries: list[Query]
    seconds_per_example: float | None


def forecast(
    windows: Iterable[HasExamples],
    stages: Stages,
    rule: Foreseeing,
    *,
    candidates: Sequence[Candidate],
    advance: Callable[[int], None],
) -> Forecast:
    """Read all windows, judge a sample, time the models. The sources are for the caller to add.

    The models of `stages` do not count, but how they decide does; `advance` is told how many examples have
    been read.
    """
    look = Look()
    for window in windows:
        answers = [stages.find_answer(example.response or "") for example in window.examples]
        look.at(window.examples, answers, rule)
        advance(len(window.examples))
    trial = _tried(look.sample, stages, asks=bool(candidates))
    asked = share_of(trial.asked, len(look.sample)) if candidates else UNKNOWN_SHARE
    queries = len(trial.queries) * look.examples / len(look.sample)
    models = tuple(_all_timed(candidates, trial.queries, queries, stages.deciding))
    each = trial.seconds_per_example
    rule_seconds = None if each is None else each * look.examples
    return Forecast(
        FORECAST_VERSION,
        (),
        shown=tuple(_as_read(*pair) for pair in look.first),
        examples=look.examples,
        judged=look.judged,
        kept=look.kept,
        sampled=len(look.sample),
        asked=asked,
        asked_count=None if asked.value is None else round(asked.value * look.examples),
        asked_interval=_counts(asked, look.examples),
        rule_and_proofs_seconds=rule_seconds,
        models=models,
        seconds=_sum([rule_seconds, *(model.seconds for model in models)]),
    )


def _tried(sample: list[Example], stages: Stages, *, asks: bool) -> Trial:
    """Put the sample through rule, proofs and guard; a model is only noted to have been asked."""
    queries: list[Query] = []

    def noted(asked: Sequence[Query]) -> list[ModelResult]:
        queries.extend(asked)
        return [ModelResult(None, "not_asked")] * len(asked)

    noting: list[Model] = [noted] if asks else []
    tried = replace(stages, models=noting)
    warm = min(WARM, len(sample) // 2)
    asked = _asked(sample[:warm], tried)
    started = time.perf_counter()
    asked += _asked(sample[warm:], tried)
    return Trial(asked, queries, (time.perf_counter() - started) / len(sample[warm:]))


def _asked(examples: list[Example], stages: Stages) -> int:
    """How many of the examples a model is asked about."""
    windows = [Batch(examples)] if examples else []
    return sum(item.asked for _, judged in judge_windows(windows, stages) for item in judged)


def _all_timed(
    candidates: Sequence[Candidate], queries: Sequence[Query], expected: float, deciding: Deciding
) -> Iterator[ModelTime]:
    """Each model timed; of a cascade those behind are asked what is left. Of one that is not here, all."""
    some = queries[: QUERIES if deciding.sure is None else QUERIES_IN_TURN]
    for candidate in candidates:
        timed, said = _timed(candidate, some, round(expected))
        yield timed
        left = [query for query, result in zip(some, said, strict=False) if not deciding.settles(result)]
        if said:
            expected *= len(left) / len(said)
            some = left or some[:1]


def _timed(
    candidate: Candidate, queries: Sequence[Query], expected: int
) -> tuple[ModelTime, list[ModelResult]]:
    """Ask the model a few of the queries, and look at the clock; with what it says of each."""
    if candidate.load is None:
        why = "it is not on this machine, and a dry run downloads and connects to nothing"
        return _unknown(candidate, expected, why), []
    if not queries:
        return _unknown(candidate, expected, "nothing of the sample was left for it"), []
    started = time.perf_counter()
    model = candidate.load()
    try:
        loaded = time.perf_counter()
        said = model(queries)
        each = (time.perf_counter() - loaded) / len(queries)
    finally:
        model.close()
    loading = loaded - started
    seconds = loading + each * expected
    return ModelTime(candidate.name, expected, len(queries), loading, each, seconds, None), said


def _unknown(candidate: Candidate, expected: int, why: str) -> ModelTime:
    return ModelTime(candidate.name, expected, None, None, None, None, why)


def _as_read(example: Example, answer: Answer) -> ExampleRead:
    end = None if example.response is None else example.response[-RESPONSE_END:]
    return ExampleRead(example.question, example.golds, end, answer.text, answer.how)


def _counts(share: Share, total: int) -> Range | None:
    if share.interval is None:
        return None
    low, high = share.interval
    return round(low * total), round(high * total)


def _sum(parts: Sequence[float | None]) -> float | None:
    """The sum, where all parts are known."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
