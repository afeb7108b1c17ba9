"""Prompts packed as trees, so that what they begin with in common is evaluated once.

Prompts are paths through a tree of tokens; those of one question's rollouts are the same down to the
answers. A tree is what llama.cpp evaluates in one call: each token carries the sequences (prompts) that pass
through it. What all prompts of a tree begin with, the context holds for the next one, and no more: tokens are
summed up in the order in which they lie there, so those of each prompt must lie in theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tree:
    """Prompts merged where they begin alike: token, position and sequences, node by node.

    The first `held[i]` tokens of prompt `i` have no nodes: they are those of the path that the context holds
    from before. `ends` are the nodes of the prompts' last tokens. Sequences are numbered from 0.
    """

    tokens: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    sequences: list[list[int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def add(self, prompt: list[int], path: list[int], shared: int) -> list[int]:
        """Add a prompt that begins with `shared` tokens of the last one, whose nodes are `path`.

        Returns the nodes of this one.
        """
        sequence = len(self.ends)
        held = min(shared, self.held[-1]) if self.held else shared
        path = path[: shared - held] if self.held and held == self.held[-1] else []
        for node in path:
            self.sequences[node].append(sequence)
        for position in range(shared, len(prompt)):
            path.append(len(self.tokens))
            self.tokens.append(prompt[position])
            self.positions.append(position)
            self.sequences.append([sequence])
        self.held.append(held)
        self.ends.append(path[-1])
        return path


def trees(
    prompts: Sequence[list[int]], *, held: Sequence[int] = (), max_tokens: int, max_sequences: int
) -> Iterator[tuple[list[int], Tree]]:
    """Pack prompts into trees of bounded size; with each tree, which prompts it holds, in its order.

    `held` are the tokens that the context holds when the first tree is evaluated; after each tree it must
    hold what is `common` to its prompts. Sorted prompts have those that share a beginning side by side. A
    prompt that alone is larger than `max_tokens` gets a tree of its own.
    """
    tree, members, path, last = Tree(), list[int](), list[int](), list(held)
    for index in sorted(range(len(prompts)), key=prompts.__getitem__):
        prompt = prompts[index]
        new_tokens = len(prompt) - _before_end(last, prompt)
        if members and (len(tree.tokens) + new_tokens > max_tokens or len(members) == max_sequences):
            yield members, tree
            last = common(prompts, members)
            tree, members, path = Tree(), [], []
        path = tree.add(prompt, path, _before_end(last, prompt))
        members.append(index)
        last = prompt
    if members:
        yield members, tree


def common(prompts: Sequence[list[int]], members: Sequence[int]) -> list[int]:
    """What all prompts of a tree begin with; as they are sorted, that is what the first and the last do."""
    first, last = prompts[members[0]], prompts[members[-1]]
    return first[: _shared(first, last)]


def _before_end(last: Sequence[int], prompt: Sequence[int]) -> int:
    """How many tokens need not be evaluated again; a prompt's end needs logits of its own."""
    return min(_shared(last, prompt), len(prompt) - 1)


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length
