"""The whole way of an evaluation: labelled pairs, put to each rule, each model, and its other formats."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyv_cli.evaluation.attacks import Attack, Attacked, Targets
from tinyv_cli.evaluation.pairs import Pair, Pairs
from tinyv_cli.models import Rung, asking
from tinyv_cli.records import RuleOutcome, RuleResult
from tinyv_cli.running.cache import VerdictCache
from tinyv_cli.running.progress import Advance, Progress
from tinyv_cli.sources.explode import Window
from tinyv_cli.stages import Prover, Rule, Says, judged_by, word_of

# A rule's verdict as a number; undecided is no number.
ACCEPTED = {RuleOutcome.ACCEPT: 1.0, RuleOutcome.REJECT: 0.0, RuleOutcome.UNDECIDED: np.nan}


@dataclass(frozen=True, slots=True)
class Examined:
    """A model or a cascade that is ready: its name, how it is asked, and what it says of itself."""

    name: str
    says: Says
    described: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a verifier said of all pairs, in their order: a rule 1, 0 or NaN (undecided), a model p or NaN.

    NaN also where a model was not asked, because the guards refuse the pair. `reasons` counts why a verifier
    was undecided. `seconds` is how long it took in all, `from_cache` how many verdicts earlier runs had made.
    """

    values: npt.NDArray[np.float64]
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    from_cache: int = 0


def hear_rule(pairs: Pairs, rule: Rule, cache: VerdictCache, advance: Advance) -> Heard:
    """Put all pairs to a rule."""
    return _heard(pairs, _by_rule(pairs, rule), cache, advance)


def hear_model(pairs: Pairs, model: Says, cache: VerdictCache, advance: Advance) -> Heard:
    """Put those pairs to a model that the guards let through."""
    return _heard(pairs, _by_model(pairs, model), cache, advance)


# The sentence of a proof and of a disproof, at most one of them.
Found = tuple[str | None, str | None]


def hear_proofs(pairs: Pairs, proofs: Prover, advance: Advance) -> Iterator[Found]:
    """For each pair, in order, what is shown of it."""
    done = 0
    for batch in pairs:
        shown = proofs.submit([pair.example for pair in batch], [pair.answer for pair in batch])()
        yield from ((each.sentence if each.proof else None, each.disproof) for each in shown)
        done += len(batch)
        advance(len(batch), 0, done / len(pairs))


Said = list[tuple[float, str | None]]


def _by_rule(pairs: Pairs, rule: Rule) -> Iterator[Said]:
    batches = ((len(batch), [(pair.example, pair.answer) for pair in batch]) for batch in pairs)
    for _, results in judged_by(rule, batches):
        yield [_said(result) for result in results]


def _said(result: RuleResult) -> tuple[float, str | None]:
    return ACCEPTED[result.outcome], result.reason


def _by_model(pairs: Pairs, model: Says) -> Iterator[Said]:
    for batch in pairs:
        asked = [i for i, pair in enumerate(batch) if is_asked(pair)]
        said: Said = [(np.nan, None)] * len(batch)
        cases = [(batch[i].example, batch[i].answer) for i in asked]
        for i, opinion in zip(asked, model(cases), strict=True):
            said[i] = (np.nan, opinion.reason) if opinion.p is None else (opinion.p, None)
        yield said


def is_asked(pair: Pair) -> bool:
    """Whether a model is asked about it."""
    return pair.refusal is None and pair.example.response is not None


def _heard(pairs: Pairs, said: Iterable[Said], cache: VerdictCache, advance: Advance) -> Heard:
    """Collect what is said, and look at the clock."""
    values = np.empty(len(pairs))
    reasons: Counter[str] = Counter()
    done, before, started = 0, cache.found, time.perf_counter()
    for batch in said:
        values[done : done + len(batch)] = [value for value, _ in batch]
        reasons.update(reason for _, reason in batch if reason is not None)
        done += len(batch)
        advance(len(batch), 0, done / len(pairs))
    return Heard(values, reasons, time.perf_counter() - started, cache.found - before)


# Shows how far one part of the way is; it is told what is counted.
Shown = Callable[[str], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class HeardRung:
    """What a model said of all pairs with its weights in this format, which take so many `bytes`."""

    model: str
    format: str
    bytes: int
    heard: Heard


@dataclass(frozen=True, slots=True)
class Hearing:
    """What every verifier said of all pairs. `described` says of each model what it is.

    `proofs` holds what was shown of each pair; None where nothing was searched for. `attacked` is what they
    said of wrong responses that are known to fool verifiers.
    """

    rules: dict[str, Heard] = field(default_factory=dict)
    proofs: list[Found] | None = None
    models: dict[str, Heard] = field(default_factory=dict)
    rungs: list[HeardRung] = field(default_factory=list)
    described: dict[str, dict[str, Any]] = field(default_factory=dict)
    attacked: list[Attacked] = field(default_factory=list)


def collect(windows: Iterable[Window], pairs: Pairs, targets: Targets | None, shown: Shown) -> None:
    """Read all windows for their labelled pairs, and for what is to be attacked."""
    with shown("examples") as progress:
        for window in windows:
            if targets is not None:
                targets.add(window.examples)
            progress.advance(len(window.examples), pairs.add(window), window.fraction)
    pairs.close()


def hear(
    pairs: Pairs,
    *,
    rules: Mapping[str, Rule],
    proofs: Prover | None,
    models: Sequence[AbstractContextManager[Examined]],
    rungs: Sequence[Rung],
    targets: Targets | None,
    threshold: float,
    cache: VerdictCache,
    shown: Shown,
) -> Hearing:
    """Put the pairs to one verifier after the other, then try to fool it.

    Of the models only one is in memory at a time, or one cascade.
    """
    hearing = Hearing(proofs=None if proofs is None else [])
    attack = None if targets is None else Attack(targets.examples(), rules, threshold)
    for name, rule in rules.items():
        with shown(f"pairs by {name}") as progress:
            hearing.rules[name] = hear_rule(pairs, rule, cache, progress.advance)
        if attack is not None:
            with shown(f"attacks on {name}") as progress:
                attack.on_rule(name, rule, progress.advance)
    if proofs is not None and hearing.proofs is not None:
        with shown("pairs searched for proofs") as progress:
            hearing.proofs.extend(hear_proofs(pairs, proofs, progress.advance))
    for opening in models:
        with opening as examined:
            name = examined.name
            with shown(f"pairs by {name}") as progress:
                hearing.models[name] = hear_model(pairs, examined.says, cache, progress.advance)
            hearing.described[name] = dict(examined.described)
            if attack is not None:
                with shown(f"attacks on {name}") as progress:
                    attack.on_model(name, examined.says, progress.advance)
    for rung in rungs:
        with closing(rung.load()) as model, shown(f"pairs by {rung.format} of {rung.model}") as progress:
            heard = hear_model(pairs, word_of([asking(model, cache)]), cache, progress.advance)
            hearing.rungs.append(HeardRung(rung.model, rung.format, model.path.stat().st_size, heard))
    if attack is not None:
        hearing.attacked.extend(attack.outcome())
    return hearing
