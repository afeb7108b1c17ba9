"""How work is spread over nodes: by hand, for clusters of several shapes."""

import pytest

from tinyv_cli.scale.layout import Layout, Node, layout_of

SMALL, LARGE, GPUS = Node(2), Node(64), Node(64, 8)
CASES: dict[str, tuple[list[Node], int, Layout]] = {
    "one machine": ([SMALL], 0, Layout(1, 1, 2, 2)),
    "one machine with a model, which shares its CPUs": ([SMALL], 1, Layout(1, 1, 2, 1, 1, 1)),
    "a large node has several benches": ([LARGE], 0, Layout(1, 8, 8, 8)),
    "the smallest node says how large one is": ([SMALL, Node(7)], 0, Layout(2, 4, 2, 2)),
    "a copy of the model on each GPU, fed by a CPU": ([GPUS, LARGE], 1, Layout(2, 15, 8, 8, 8, 1, 1)),
    "two models share the GPUs": ([GPUS], 2, Layout(1, 7, 8, 8, 4, 1, 1)),
    "more models than GPUs run on CPUs": ([Node(8, 1)], 2, Layout(1, 1, 8, 4, 1, 2)),
}


@pytest.mark.parametrize("name", CASES)
def test_layouts(name: str) -> None:
    """Nobody reserves more of a cluster than there is."""
    nodes, models, layout = CASES[name]
    assert layout_of(nodes, models=models) == layout
    reserved = layout.benches * layout.bench_reserves + models * layout.copies * layout.copy_reserves
    assert reserved <= sum(node.cpus for node in nodes)
    assert models * layout.copies * layout.copy_gpus <= sum(node.gpus for node in nodes)


def test_models_that_want_no_gpu() -> None:
    """Those that are set to run on CPUs leave the GPUs alone."""
    assert layout_of([GPUS], models=1, on_gpus=False) == Layout(1, 8, 8, 4, 8, 4)


def test_in_words() -> None:
    """As it is told before a run."""
    said = "1 node, 1 actor with 2 CPUs each for rule and proofs, 1 actor on the same 2 CPUs each for a model"
    assert str(layout_of([SMALL], models=1)) == said
    assert str(layout_of([GPUS], models=1)).endswith("8 actors on 1 GPU each for a model")
