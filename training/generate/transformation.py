"""What the generator is made of: small named functions that make an answer out of a gold.

Each says by its decorator what becomes of the meaning, and so of the label:

- `same(leaf)`: another way to write the gold. Its result may be transformed again.
- `wrong(name of what is changed)`: another answer, near to the gold and of the same look. Ways of writing may
  follow, so that right and wrong answers cannot be told by their form.
- `dressed(leaf)`: words, marks and delimiters around any answer, right or wrong; the meaning stays.
- `filler()`: a response that is wrong whatever the gold is, since it commits itself to no answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tinyv_cli.maths.kinds import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Task:
    r"""What an answer is made of: the question, and a gold or what was made of it; no `$…$`, no `\boxed`."""

    question: str
    gold: str

    @property
    def kind(self) -> Kind | None:
        """What kind of answer the gold is."""
        return kind_of(self.gold)


# Makes an answer, or None where there is nothing of what it changes.
Make = Callable[[Task, Random], str | None]


class Effect(StrEnum):
    """What a transformation does to the meaning."""

    SAME = "same"
    WRONG = "wrong"
    DRESSED = "dressed"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Transformation:
    """A way to make an answer; `leaf` is the id in the paper's taxonomy, empty for what is wrong."""

    name: str
    effect: Effect
    leaf: str
    make: Make


TRANSFORMATIONS: dict[str, Transformation] = {}
"""By name, in the order of their definition, which is part of what a seed means."""


def same(leaf: str) -> Callable[[Make], Make]:
    """Register another way to write the same answer, by its leaf of the paper's taxonomy."""
    return _registered(Effect.SAME, leaf)


def dressed(leaf: str) -> Callable[[Make], Make]:
    """Register something put around any answer."""
    return _registered(Effect.DRESSED, leaf)


def wrong() -> Callable[[Make], Make]:
    """Register a change that makes another answer."""
    return _registered(Effect.WRONG, "")


def filler() -> Callable[[Make], Make]:
    """Register a response that holds no answer to accept."""
    return _registered(Effect.FILLER, "")


def _registered(effect: Effect, leaf: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        name = make.__name__
        if name in TRANSFORMATIONS:
            raise ValueError(f"two transformations are called {name}")
        TRANSFORMATIONS[name] = Transformation(name, effect, leaf, make)
        return make

    return register
