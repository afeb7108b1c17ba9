"""What a network says of groups, and how good that is."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.metrics import log_loss, roc_auc_score

from training.base import Base
from training.batches import batches, tree_of
from training.groups import Answer, Group
from training.network import Network


@dataclass(frozen=True, slots=True)
class Scores:
    """Of labelled answers: how many, the area under the ROC curve, the share told right, the mean loss.

    Where all are right, or all wrong, there is no area: it is NaN.
    """

    answers: int
    auc: float
    accuracy: float
    loss: float

    def __str__(self) -> str:
        return f"{self.answers} answers, AUC {self.auc:.4f}, right {self.accuracy:.4f}, loss {self.loss:.4f}"


def by_origin(network: Network, groups: Sequence[Group], base: Base) -> list[tuple[str, int, int]]:
    """How the answers were made, and how many of how many were told right; an answer counts for each step."""
    right, all_ = Counter[str](), Counter[str]()
    for group, said in zip(groups, log_odds(network, groups, base), strict=True):
        for answer, odds in zip(group.answers, said, strict=False):
            for step in answer.how.split("+"):
                all_[step] += 1
                right[step] += (odds > 0) == answer.correct
    return sorted(((step, right[step], all_[step]) for step in all_), key=lambda each: each[1] / each[2])


@torch.no_grad()
def log_odds(network: Network, groups: Sequence[Group], base: Base) -> list[list[float]]:
    """The log odds of each answer of each group."""
    odds: list[list[float]] = [[] for _ in groups]
    for batch in batches(tree_of(group, base) for group in groups):
        scores = iter(network(*batch.inputs(network.norm.device)).tolist())
        for number in batch.trees:
            odds[number] = [next(scores) for _ in groups[number].answers]
    return odds


def even_odds(network: Network, groups: Sequence[Group], base: Base, fpr: float) -> float:
    """The log odds that no more than this share of the wrong answers reaches."""
    said = zip(groups, log_odds(network, groups, base), strict=True)
    wrong = [
        odds
        for group, row in said
        for answer, odds in zip(group.answers, row, strict=False)
        if not answer.correct
    ]
    return float(np.nextafter(np.quantile(wrong, 1 - fpr, method="higher"), np.inf))


def same_when_swapped(network: Network, groups: Sequence[Group], base: Base, even: float) -> tuple[int, int]:
    """Of how many answers, and how many, the verdict stays where gold and answer change places."""
    turned = [
        Group(group.source, group.question, answer.text, (Answer(group.gold, answer.correct, ""),))
        for group in groups
        for answer in group.answers
    ]
    straight = [odds for row in log_odds(network, groups, base) for odds in row]
    other = [odds for row in log_odds(network, turned, base) for odds in row]
    if len(straight) != len(other):
        raise ValueError("some groups are too long to be scored")
    same = sum((a >= even) == (b >= even) for a, b in zip(straight, other, strict=True))
    return same, len(straight)


def scores(network: Network, groups: Sequence[Group], base: Base) -> Scores:
    """How well a network tells right answers from wrong ones."""
    return _scores(groups, log_odds(network, groups, base))


def scores_by_source(network: Network, groups: Sequence[Group], base: Base) -> dict[str, Scores]:
    """The same of all groups, under the empty name, and of those of each source."""
    odds = log_odds(network, groups, base)
    found = {"": _scores(groups, odds)}
    for source in sorted({group.source for group in groups}):
        own = [number for number, group in enumerate(groups) if group.source == source]
        found[source] = _scores([groups[n] for n in own], [odds[n] for n in own])
    return found


def _scores(groups: Sequence[Group], odds: Sequence[Sequence[float]]) -> Scores:
    truth = np.array([answer.correct for group in groups for answer in group.answers])
    score = np.array([each for row in odds for each in row])
    return Scores(
        len(truth),
        float(roc_auc_score(truth, score)) if 0 < truth.sum() < len(truth) else math.nan,
        float(((score > 0) == truth).mean()),
        float(log_loss(truth, 1 / (1 + np.exp(-score)), labels=[False, True])),
    )
