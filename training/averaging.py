"""One state of several: the mean of what each has learnt ("model soups", arXiv 2203.05482).

Where one run went on from another, their mean is often better than either, and costs nothing when it is used.
"""

from collections.abc import Sequence
from pathlib import Path

import torch

from training.adapter import kept_in


def average(states: Sequence[Path], output: Path) -> None:
    """Write a state whose weights are the means of those of the others.

    It can be measured, exported, and begun with: the optimiser's moments are those of the last one.
    """
    read = [kept_in(path) for path in states]
    networks = [state["network"] for state in read]
    mean = {
        name: torch.stack([network[name] for network in networks]).mean(0)
        if weights.is_floating_point()
        else weights
        for name, weights in networks[-1].items()
    }
    torch.save({**read[-1], "network": mean}, output)
