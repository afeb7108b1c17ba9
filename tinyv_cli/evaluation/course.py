"""The whole way of an evaluation: labelled pairs, put to each rule, each model, and its other formats."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any

from tinyv_cli.cache import VerdictCache
from tinyv_cli.evaluation.asking import Heard, hear_model, hear_proofs, hear_rule
from tinyv_cli.evaluation.attacks import Attack
from tinyv_cli.evaluation.pairs import Pairs
from tinyv_cli.evaluation.targets import Targets
from tinyv_cli.models import Rung, Verifier, asking
from tinyv_cli.pipeline import Prover, Rule
from tinyv_cli.progress import Progress
from tinyv_cli.records import Attacked
from tinyv_cli.sources.explode import Window

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

    `proofs` holds the sentence of each proof that was found; None where none was searched for. `attacked` is
    what they said of wrong responses that are known to fool verifiers.
    """

    rules: dict[str, Heard] = field(default_factory=dict)
    proofs: list[str | None] | None = None
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
    models: Sequence[Callable[[], Verifier]],
    rungs: Sequence[Rung],
    targets: Targets | None,
    threshold: float,
    cache: VerdictCache,
    shown: Shown,
) -> Hearing:
    """Put the pairs to one verifier after the other, then try to fool it.

    Of the models only one is in memory at a time.
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
    for load in models:
        with closing(load()) as model:
            ask = asking(model, cache)
            with shown(f"pairs by {model.name}") as progress:
                hearing.models[model.name] = hear_model(pairs, ask, cache, progress.advance)
            hearing.described[model.name] = model.described()
            if attack is not None:
                with shown(f"attacks on {model.name}") as progress:
                    attack.on_model(model.name, ask, progress.advance)
    for rung in rungs:
        with closing(rung.load()) as model, shown(f"pairs by {rung.format} of {rung.model}") as progress:
            heard = hear_model(pairs, asking(model, cache), cache, progress.advance)
            hearing.rungs.append(HeardRung(rung.model, rung.format, model.path.stat().st_size, heard))
    if attack is not None:
        hearing.attacked.extend(attack.outcome())
    return hearing
