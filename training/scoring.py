"""What a network says of groups, and how good that is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.metrics import log_loss, roc_auc_score

from tinyv_cli.models.prompts import Tokenizer
from training.batches import batches, tree_of
from training.groups import Answer, Group
from training.network import Network


@dataclass(frozen=True, slots=True)
class Scores:
    """Of labelled answers: how many, the area under the ROC curve, the share told right, the mean loss."""

    answers: int
    auc: float
    accuracy: float
    loss: float

    def __str__(self) -> str:
        return f"{self.answers} answers, AUC {self.auc:.4f}, right {self.accuracy:.4f}, loss {self.loss:.4f}"


def by_origin(network: Network, groups: Sequence[Group], tokenizer: Tokenizer) -> list[tuple[str, int, int]]:
    """How the answers were made, and how many of how many were told right; an answer counts for each step."""
    right, all_ = Counter[str](), Counter[str]()
    for group, said in zip(groups, log_odds(network, groups, tokenizer), strict=True):
        for answer, odds in zip(group.answers, said, strict=False):
            for step in answer.how.split("+"):
                all_[step] += 1
                right[step] += (odds > 0) == answer.correct
    return sorted(((step, right[step], all_[step]) for step in all_), key=lambda each: each[1] / each[2])


@torch.no_grad()
def log_odds(network: Network, groups: Sequence[Group], tokenizer: Tokenizer) -> list[list[float]]:
    """The log odds of each answer of each group; none for groups that are too long."""
    odds: list[list[float]] = [[] for _ in groups]
    for batch in batches(tree_of(group, tokenizer) for group in groups):
        inputs = (batch.tokens, batch.positions, batch.mask, batch.ends)
        scores = iter(network(*(each.to(network.verdicts.device) for each in inputs)).tolist())
        for number in batch.trees:
            odds[number] = [next(scores) for _ in groups[number].answers]
    return odds


def even_odds(network: Network, groups: Sequence[Group], tokenizer: Tokenizer, fpr: float) -> float:
    """The log odds that no more than this share of the wrong answers reaches."""
    said = zip(groups, log_odds(network, groups, tokenizer), strict=True)
    wrong = [
        odds
        for group, row in said
        for answer, odds in zip(group.answers, row, strict=False)
        if not answer.correct
    ]
    return float(np.nextafter(np.quantile(wrong, 1 - fpr, method="higher"), np.inf))


def same_when_swapped(
    network: Network, groups: Sequence[Group], tokenizer: Tokenizer, even: float
) -> tuple[int, int]:
    """Of how many answers, and how many, the verdict stays where gold and answer change places."""
    turned = [
        Group(group.source, group.question, answer.text, (Answer(group.gold, answer.correct, ""),))
        for group in groups
        for answer in group.answers
    ]
    straight = [odds for row in log_odds(network, groups, tokenizer) for odds in row]
    other = [odds for row in log_odds(network, turned, tokenizer) for odds in row]
    if len(straight) != len(other):
        raise ValueError("some groups are too long to be scored")
    same = sum((a >= even) == (b >= even) for a, b in zip(straight, other, strict=True))
    return same, len(straight)


def scores(network: Network, groups: Sequence[Group], tokenizer: Tokenizer) -> Scores:
    """How well a network tells right answers from wrong ones; both must occur."""
    labels, odds = [], []
    for group, said in zip(groups, log_odds(network, groups, tokenizer), strict=True):
        labels += [answer.correct for answer in group.answers[: len(said)]]
        odds += said
    truth, score = np.array(labels), np.array(odds)
    p = 1 / (1 + np.exp(-score))
    return Scores(
        len(truth),
        float(roc_auc_score(truth, score)),
        float(((score > 0) == truth).mean()),
        float(log_loss(truth, p)),
    )
