"""Groups as trees of tokens, and trees as batches: question and gold are read once for all their answers.

The tokens are those of the prompt with which the verifier is asked later, by the same code and the tokeniser
of llama.cpp. In a tree each answer sees what it has in common with the others, and itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from random import Random

import torch
from torch import Tensor

from tinyv_cli.records import Query
from training.base import Base
from training.groups import Answer, Group

TOKENS = 1920  # of a batch, padding included, so that all batches cost the same
STEP = 16  # tokens: the least by which the padded lengths of trees differ, and an eighth of longer ones
UNSEEN = -1e4


@dataclass(frozen=True, slots=True)
class TokenTree:
    """What the answers of a group have in common, then what each has of its own; with the answers."""

    stem: list[int]
    branches: list[list[int]]
    answers: tuple[Answer, ...]

    def __len__(self) -> int:
        return len(self.stem) + sum(map(len, self.branches))


@dataclass(frozen=True, slots=True)
class Batch:
    """Trees of similar length as tensors, padded; see Network.forward. `trees` are their numbers."""

    tokens: Tensor
    positions: Tensor
    mask: Tensor
    ends: Tensor
    labels: Tensor
    weights: Tensor
    trees: list[int]

    def inputs(self, device: str | torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the network takes."""
        return (
            self.tokens.to(device),
            self.positions.to(device),
            self.mask.to(device),
            self.ends.to(device),
        )


def tree_of(group: Group, base: Base, *, question: bool = True) -> TokenTree:
    """The tree of a group, with or without its question."""
    asked = group.question if question else ""
    prompts = [base.tokens(Query(asked, group.gold, answer.text)) for answer in group.answers]
    alike = takewhile(lambda tokens: len(set(tokens)) == 1, zip(*prompts, strict=False))
    shared = min(sum(1 for _ in alike), *(len(prompt) - 1 for prompt in prompts))
    return TokenTree(prompts[0][:shared], [prompt[shared:] for prompt in prompts], group.answers)


def shuffled_trees(
    groups: Sequence[Group], base: Base, rng: Random, *, without_question: float
) -> Iterator[TokenTree]:
    """The trees of all groups in another order, their answers too; some lose their question."""
    order = list(range(len(groups)))
    rng.shuffle(order)
    for number in order:
        group = groups[number]
        answers = tuple(rng.sample(group.answers, len(group.answers)))
        kept = rng.random() >= without_question
        yield tree_of(Group(group.source, group.question, group.gold, answers), base, question=kept)


def batches(trees: Iterable[TokenTree], tokens: int = TOKENS) -> Iterator[Batch]:
    """Batches of so many tokens, padding included, or of one longer tree.

    They come in the order in which enough trees of a length have come; the unfilled ones at the end.
    """
    waiting: dict[int, list[tuple[int, TokenTree]]] = {}
    for number, tree in enumerate(trees):
        length = _padded(len(tree))
        waiting.setdefault(length, []).append((number, tree))
        if len(waiting[length]) == max(1, tokens // length):
            yield _batch(waiting.pop(length), length)
    for length, trees_left in waiting.items():
        yield _batch(trees_left, length)


def _padded(length: int) -> int:
    step = max(STEP, 1 << (length.bit_length() - 4))
    return -(-length // step) * step


def _batch(numbered: list[tuple[int, TokenTree]], length: int) -> Batch:
    rows = len(numbered)
    tokens = torch.zeros(rows, length, dtype=torch.long)
    positions = torch.zeros(rows, length)
    branch = torch.full((rows, length), -1)  # of each token: 0 is the stem, -1 is padding
    ends: list[int] = []
    for row, (_, tree) in enumerate(numbered):
        at = len(tree.stem)
        tokens[row, :at], branch[row, :at] = torch.tensor(tree.stem), 0
        positions[row, :at] = torch.arange(at)
        for number, own in enumerate(tree.branches, start=1):
            place = slice(at, at + len(own))
            tokens[row, place], branch[row, place] = torch.tensor(own), number
            positions[row, place] = torch.arange(len(tree.stem), len(tree.stem) + len(own))
            at += len(own)
            ends.append(row * length + at - 1)
    answers = [answer for _, tree in numbered for answer in tree.answers]
    return Batch(
        tokens,
        positions,
        _mask(branch),
        torch.tensor(ends),
        torch.tensor([float(answer.correct) for answer in answers]),
        torch.tensor([answer.weight for answer in answers]),
        [number for number, _ in numbered],
    )


def _mask(branch: Tensor) -> Tensor:
    """0 where a token sees another: an earlier one of the stem or of its own branch, or itself."""
    length = branch.shape[1]
    sees = (branch[:, None, :] == 0) | (branch[:, :, None] == branch[:, None, :])
    sees &= torch.ones(length, length, dtype=torch.bool).tril()
    return torch.zeros(sees.shape).masked_fill_(~sees, UNSEEN)
