"""Prompts packed as trees, so that a shared beginning is evaluated once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyv_cli.models.engine import BATCH_SEQUENCES
from tinyv_cli.models.trees import Tree, common, trees
from tinyv_cli.words import DEFAULT_BATCH_TOKENS

Prompts = list[list[int]]
# Few different tokens, so that prompts share beginnings, repeat one another and contain one another.
PROMPTS = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=9), max_size=12)


def packed(
    prompts: Prompts, *, max_tokens: int = 1000, max_sequences: int = 1000
) -> list[tuple[list[int], Tree]]:
    return list(trees(prompts, max_tokens=max_tokens, max_sequences=max_sequences))


def paths(tree: Tree) -> list[list[int]]:
    """The nodes of each sequence, in the order in which they are evaluated."""
    return [
        [node for node, sequences in enumerate(tree.sequences) if sequence in sequences]
        for sequence in range(len(tree.ends))
    ]


@pytest.mark.parametrize(
    ("prompts", "nodes"),
    [
        ([[1, 2, 3]], 3),
        ([[1, 2, 3], [1, 2, 4]], 4),
        ([[1, 2, 3], [4, 5, 6]], 6),
        ([[1, 2], [1, 2, 3]], 3),
        ([[1, 2, 3], [1, 2]], 3),
        ([[1, 2, 3], [1, 2, 3]], 4),
        ([[1], [1]], 2),
        ([[1, 2, 3], [1, 4, 5], [1, 2, 6]], 6),
    ],
)
def test_shared_once(prompts: Prompts, nodes: int) -> None:
    """What prompts begin with in common is there once; each prompt's last token has a node of its own."""
    [(_, tree)] = packed(prompts)
    assert len(tree.tokens) == nodes


def test_layout() -> None:
    """Tokens, positions and sequences of a tree as llama.cpp takes them."""
    [(members, tree)] = packed([[7, 8, 9], [7, 5], [7, 8, 6]])
    assert members == [1, 2, 0]
    assert tree.tokens == [7, 5, 8, 6, 9]
    assert tree.positions == [0, 1, 1, 2, 2]
    assert tree.sequences == [[0, 1, 2], [0], [1, 2], [1], [2]]
    assert tree.ends == [1, 3, 4]


def test_nothing() -> None:
    """No prompts, no trees."""
    assert packed([]) == []


def test_too_large_for_a_tree() -> None:
    """A prompt larger than the limit stands alone in a tree of its own, whole."""
    long = [1] * 10
    found = packed([long, [1, 2], [1, 3]], max_tokens=4)
    assert sorted(members for members, _ in found) == [[0], [1, 2]]
    assert next(tree for members, tree in found if members == [0]).tokens == long


def test_sequence_limit() -> None:
    """A tree holds no more prompts than llama.cpp has sequences for, copies included."""
    found = packed(
        [[1, 2]] * (2 * BATCH_SEQUENCES + 1), max_tokens=DEFAULT_BATCH_TOKENS, max_sequences=BATCH_SEQUENCES
    )
    assert [len(tree.ends) for _, tree in found] == [BATCH_SEQUENCES, BATCH_SEQUENCES, 1]


def test_rollouts_of_a_question() -> None:
    """Eight rollouts of a question of a hundred tokens cost the question once."""
    question = list(range(100))
    [(_, tree)] = packed(
        [[*question, 1000 + rollout, 0] for rollout in range(8)], max_tokens=DEFAULT_BATCH_TOKENS
    )
    assert len(tree.tokens) == 100 + 8 * 2


@given(PROMPTS, st.integers(1, 20), st.integers(1, 5))
def test_every_prompt_is_there(prompts: Prompts, max_tokens: int, max_sequences: int) -> None:
    """However they are packed, each prompt is what the context holds from before, then its path."""
    found = packed(prompts, max_tokens=max_tokens, max_sequences=max_sequences)
    assert sorted(index for members, _ in found for index in members) == list(range(len(prompts)))
    context: list[int] = []
    for members, tree in found:
        for index, path, end, held in zip(members, paths(tree), tree.ends, tree.held, strict=True):
            assert context[:held] + [tree.tokens[node] for node in path] == prompts[index]
            assert [tree.positions[node] for node in path] == list(range(held, len(prompts[index])))
            assert path[-1] == end
        assert sorted(tree.held, reverse=True) == tree.held
        context = common(prompts, members)
        assert all(prompts[index][: len(context)] == context for index in members)


@given(PROMPTS, PROMPTS)
def test_what_the_context_holds_from_before(prompts: Prompts, before: Prompts) -> None:
    """The first tree goes on from it as if its prompt had just been evaluated."""
    held = max(before, default=[])
    for members, tree in trees(prompts, held=held, max_tokens=20, max_sequences=3):
        for index, path, shared in zip(members, paths(tree), tree.held, strict=True):
            assert held[:shared] + [tree.tokens[node] for node in path] == prompts[index]
        held = common(prompts, members)


@given(PROMPTS, st.integers(1, 20), st.integers(1, 5))
def test_limits(prompts: Prompts, max_tokens: int, max_sequences: int) -> None:
    """No tree is larger than allowed, unless one prompt alone is."""
    for members, tree in packed(prompts, max_tokens=max_tokens, max_sequences=max_sequences):
        assert 1 <= len(members) <= max_sequences
        assert len(tree.tokens) <= max_tokens or len(members) == 1
        assert len(set(tree.ends)) == len(members)


@given(PROMPTS)
def test_nothing_twice(prompts: Prompts) -> None:
    """In a tree there is one node for each different beginning, and one for each copy."""
    beginnings = {tuple(prompt[:length]) for prompt in prompts for length in range(1, len(prompt) + 1)}
    copies = len(prompts) - len({tuple(prompt) for prompt in prompts})
    assert sum(len(tree.tokens) for _, tree in packed(prompts)) == len(beginnings) + copies


@given(PROMPTS, PROMPTS, st.integers(1, 20), st.integers(1, 5))
def test_what_is_held_lies_first(
    prompts: Prompts, before: Prompts, max_tokens: int, max_sequences: int
) -> None:
    """It is in the places that are its positions: so whatever comes later lies behind it, in order."""
    held = max(before, default=[])
    for members, tree in trees(prompts, held=held, max_tokens=max_tokens, max_sequences=max_sequences):
        already, held = tree.held[0], common(prompts, members)
        assert tree.positions[: max(0, len(held) - already)] == list(range(already, len(held)))
