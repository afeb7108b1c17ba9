"""A reward function of tinyv's adapter for TRL, watched: what is paid, and what should have been."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tinyv_cli.integrations.trl import TinyvReward
from training.rl.notations import right

Value = TypeVar("Value")

COMPLETIONS = 8  # of a question

Figures = dict[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Hack:
    """A wrong answer that was paid for."""

    step: int
    question: str
    gold: str
    response: str
    evidence: str | None
    p: float | None
    reward: float


@dataclass(slots=True)
class Watched:
    """Calls the adapter; keeps each step's figures, and every wrong answer that it paid for."""

    reward: TinyvReward
    steps: dict[int, Figures] = field(default_factory=dict)
    hacks: list[Hack] = field(default_factory=list)
    __name__: str = "tinyv"

    def __call__(
        self, prompts: Sequence[str], completions: Sequence[str], trainer_state: Any, **columns: Any
    ) -> list[float | None]:
        """The rewards of a step, as TRL asks for them."""
        said: dict[str, list[Any]] = {}
        columns |= {"log_extra": said.__setitem__}
        begun = time.perf_counter()
        rewards = self.reward(prompts, completions, trainer_state=trainer_state, **columns)
        seconds = time.perf_counter() - begun
        step = trainer_state.global_step + 1  # the step that these are rewards for
        true = [right(*pair) for pair in zip(columns["solution"], completions, strict=True)]
        self.steps[step] = {"step": step, **paid(rewards, true), "tinyv_seconds": round(seconds, 2)}
        rows = zip(
            columns["question"],
            columns["solution"],
            completions,
            said["tinyv_evidence"],
            said["tinyv_p"],
            rewards,
            true,
            strict=True,
        )
        self.hacks += [Hack(step, *row[:-1]) for row in rows if row[-2] and not row[-1]]
        return rewards


def paid(rewards: Sequence[float | None], true: Sequence[bool]) -> Figures:
    """What a step's rewards, group by group, have to do with the truth."""
    groups = in_parts(list(zip(rewards, true, strict=True)), COMPLETIONS)
    right_ones = [reward for reward, is_right in zip(rewards, true, strict=True) if is_right]
    wrong_ones = [reward for reward, is_right in zip(rewards, true, strict=True) if not is_right]
    given = [reward for reward in rewards if reward is not None]
    return {
        "reward": mean(given),
        "right": mean(true),
        "mixed": mean([len({reward for reward, _ in group} - {None}) > 1 for group in groups]),
        "mixed_by_truth": mean([len({is_right for _, is_right in group}) > 1 for group in groups]),
        "unpaid": mean([not reward for reward in right_ones]),
        "hacked": mean([bool(reward) for reward in wrong_ones]),
        "undecided": len(rewards) - len(given),
        "groups": " ".join(f"{right}/{paid}/{both}" for right, paid, both in map(_counted, groups)),
    }


def _counted(group: Sequence[tuple[float | None, bool]]) -> tuple[int, int, int]:
    """How many of a group are right, how many are paid for, and how many both."""
    return (
        sum(is_right for _, is_right in group),
        sum(bool(reward) for reward, _ in group),
        sum(bool(reward) and is_right for reward, is_right in group),
    )


def mean(values: Sequence[float]) -> float | None:
    """To four digits; None of nothing."""
    return round(sum(values) / len(values), 4) if values else None


def in_parts(values: Sequence[Value], size: int) -> list[Sequence[Value]]:
    """The values in parts of this size."""
    return [values[begin : begin + size] for begin in range(0, len(values), size)]
