"""Hard examples: of more answers than are needed, those that the current model gets wrong or nearly so."""

from collections.abc import Iterable, Iterator
from random import Random

from training.base import Base
from training.groups import Answer, Group
from training.network import Network
from training.scoring import log_odds

KEPT = 8  # answers of a group
EASY = 0.25  # of the kept ones are drawn from the rest, so that what is easy is not forgotten
AT_A_TIME = 512  # groups


def hardest(groups: Iterable[Group], network: Network, base: Base, rng: Random) -> Iterator[Group]:
    """Each group with its hardest answers: right ones of low odds, wrong ones of high odds, a few others."""
    waiting: list[Group] = []
    for group in groups:
        waiting.append(group)
        if len(waiting) == AT_A_TIME:
            yield from _hardest(waiting, network, base, rng)
            waiting = []
    yield from _hardest(waiting, network, base, rng)


def _hardest(groups: list[Group], network: Network, base: Base, rng: Random) -> Iterator[Group]:
    for group, odds in zip(groups, log_odds(network, groups, base), strict=True):
        if odds:
            kept = _kept(list(zip(group.answers, odds, strict=True)), rng)
            yield Group(group.source, group.question, group.gold, tuple(kept))


def _kept(scored: list[tuple[Answer, float]], rng: Random) -> list[Answer]:
    """The hardest first; then some of the others."""
    by_hardness = sorted(scored, key=lambda each: each[1] if each[0].correct else -each[1])
    answers = [answer for answer, _ in by_hardness]
    hard, rest = answers[: round(KEPT * (1 - EASY))], answers[round(KEPT * (1 - EASY)) :]
    return hard + rng.sample(rest, min(len(rest), KEPT - len(hard)))
