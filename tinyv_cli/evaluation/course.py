"""The whole way of an evaluation: labelled pairs, put to each rule, each model, and its other formats."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any

from tinyv_cli.cache import VerdictCache
from tinyv_cli.evaluation.asking import Heard, hear_model, hear_rule
from tinyv_cli.evaluation.pairs import Pairs
from tinyv_cli.models import Rung, Verifier, asking
from tinyv_cli.pipeline import Rule
from tinyv_cli.progress import Progress
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
    """What every verifier said of all pairs. `described` says of each model what it is."""

    rules: dict[str, Heard] = field(default_factory=dict)
    models: dict[str, Heard] = field(default_factory=dict)
    rungs: list[HeardRung] = field(default_factory=list)
    described: dict[str, dict[str, Any]] = field(default_factory=dict)


def collect(windows: Iterable[Window], pairs: Pairs, shown: Shown) -> None:
    """Read all windows for their labelled pairs."""
    with shown("examples") as progress:
        for window in windows:
            progress.advance(len(window.examples), pairs.add(window), window.fraction)
    pairs.close()


def hear(
    pairs: Pairs,
    *,
    rules: Mapping[str, Rule],
    models: Sequence[Callable[[], Verifier]],
    rungs: Sequence[Rung],
    cache: VerdictCache,
    shown: Shown,
) -> Hearing:
    """Put the pairs to one verifier after the other; of the models only one is in memory at a time."""
    hearing = Hearing()
    for name, rule in rules.items():
        with shown(f"pairs by {name}") as progress:
            hearing.rules[name] = hear_rule(pairs, rule, cache, progress.advance)
    for load in models:
        with closing(load()) as model, shown(f"pairs by {model.name}") as progress:
            hearing.models[model.name] = hear_model(pairs, asking(model, cache), cache, progress.advance)
            hearing.described[model.name] = model.described()
    for rung in rungs:
        with closing(rung.load()) as model, shown(f"pairs by {rung.format} of {rung.model}") as progress:
            heard = hear_model(pairs, asking(model, cache), cache, progress.advance)
            hearing.rungs.append(HeardRung(rung.model, rung.format, model.path.stat().st_size, heard))
    return hearing
