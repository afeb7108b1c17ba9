"""How the work of a job is spread over the nodes of a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CPUS = 8  # of a bench: its one process that leads them has no more to give


@dataclass(frozen=True, slots=True)
class Node:
    """What a node of the cluster offers."""

    cpus: int
    gpus: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """So many benches for rule and proofs, of so many CPUs each, and copies of each model beside them.

    What a bench and a copy `reserve` of a node's CPUs is less than what they use where they share them, as
    rule, proofs and a model do in an audit on one machine.
    """

    nodes: int
    benches: int
    cpus: int
    bench_reserves: float
    copies: int = 0
    copy_reserves: float = 0.0
    copy_gpus: int = 0

    def __str__(self) -> str:
        return ", ".join(self._said())

    def _said(self) -> Sequence[str]:
        nodes = _counted(self.nodes, "node")
        benches = (
            f"{_counted(self.benches, 'actor')} with {_counted(self.cpus, 'CPU')} each for rule and proofs"
        )
        if not self.copies:
            return nodes, benches
        on = _counted(self.copy_gpus, "GPU") if self.copy_gpus else f"the same {_counted(self.cpus, 'CPU')}"
        return nodes, benches, f"{_counted(self.copies, 'actor')} on {on} each for a model"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def layout_of(nodes: Sequence[Node], *, models: int, on_gpus: bool = True) -> Layout:
    """How to use these nodes for a job that runs so many models in the cluster itself.

    Models run on GPUs, one copy on each, where there are enough; else beside each bench, on its CPUs.
    """
    gpus = sum(node.gpus for node in nodes) if on_gpus else 0
    has_gpus = 0 < models <= gpus
    # A copy on a GPU takes a CPU to feed it.
    cpus = [max(1, node.cpus - (node.gpus if has_gpus else 0)) for node in nodes if node.cpus > 0]
    each = min(MOST_CPUS, *cpus) if cpus else 1
    benches = max(1, sum(held // each for held in cpus))
    if not models:
        return Layout(len(nodes), benches, each, each)
    if has_gpus:
        return Layout(len(nodes), benches, each, each, gpus // models, 1.0, 1)
    return Layout(len(nodes), benches, each, each / 2, benches, each / 2 / models)
