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

from tinyv_cli.models.prompts import NanoPrompt, Tokenizer
from tinyv_cli.records import Query
from training.groups import Group

TOKENS = 1920  # of a batch, padding included: all batches cost the same
LENGTHS = (64, 80, 96, 120, 128, 160, 192, 240, 320, 384, 480, 640)
UNSEEN = -1e4


@dataclass(frozen=True, slots=True)
class TokenTree:
    """What the answers of a group have in common, then what each has of its own; with labels."""

    stem: list[int]
    branches: list[list[int]]
    correct: list[bool]

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
    trees: list[int]


def tree_of(group: Group, tokenizer: Tokenizer, *, question: bool = True) -> TokenTree:
    """The tree of a group, with or without its question."""
    asked = group.question if question else ""
    prompts = [tokens_of(Query(asked, group.gold, answer.text), tokenizer) for answer in group.answers]
    alike = takewhile(lambda tokens: len(set(tokens)) == 1, zip(*prompts, strict=False))
    shared = min(sum(1 for _ in alike), *(len(prompt) - 1 for prompt in prompts))
    return TokenTree(
        prompts[0][:shared],
        [prompt[shared:] for prompt in prompts],
        [answer.correct for answer in group.answers],
    )


def tokens_of(query: Query, tokenizer: Tokenizer) -> list[int]:
    """The prompt with which the verifier is asked."""
    prompt = NanoPrompt().make(query, tokenizer, limit=0)
    assert prompt is not None  # this form always fits
    return prompt.tokens


def shuffled_trees(
    groups: Sequence[Group], tokenizer: Tokenizer, rng: Random, *, without_question: float
) -> Iterator[TokenTree]:
    """The trees of all groups in another order, their answers too; some lose their question."""
    order = list(range(len(groups)))
    rng.shuffle(order)
    for number in order:
        group = groups[number]
        answers = tuple(rng.sample(group.answers, len(group.answers)))
        kept = rng.random() >= without_question
        yield tree_of(Group(group.source, group.question, group.gold, answers), tokenizer, question=kept)


def batches(trees: Iterable[TokenTree]) -> Iterator[Batch]:
    """Batches in the order in which enough trees of a length have come; the unfilled ones at the end.

    Trees longer than the longest length are left out.
    """
    waiting: dict[int, list[tuple[int, TokenTree]]] = {}
    for number, tree in enumerate(trees):
        length = next((length for length in LENGTHS if len(tree) <= length), None)
        if length is None:
            continue
        waiting.setdefault(length, []).append((number, tree))
        if len(waiting[length]) == TOKENS // length:
            yield _batch(waiting.pop(length), length)
    for length, trees_left in waiting.items():
        yield _batch(trees_left, length)


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
    labels = torch.tensor([float(label) for _, tree in numbered for label in tree.correct])
    return Batch(tokens, positions, _mask(branch), torch.tensor(ends), labels, [n for n, _ in numbered])


def _mask(branch: Tensor) -> Tensor:
    """0 where a token sees another: an earlier one of the stem or of its own branch, or itself."""
    length = branch.shape[1]
    sees = (branch[:, None, :] == 0) | (branch[:, :, None] == branch[:, None, :])
    sees &= torch.ones(length, length, dtype=torch.bool).tril()
    return torch.zeros(sees.shape, dtype=torch.bfloat16).masked_fill_(~sees, UNSEEN)
