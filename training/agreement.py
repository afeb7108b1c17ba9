"""Whether the training's network says what llama.cpp says of the same weights: else what is learnt is lost.

Both read weights without quantisation, whatever the base's own: llama.cpp also rounds what quantised weights
are multiplied by, which is not the network's fault. The network computes in 32 bits.
"""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.merging import merge
from tinyv_cli.records import Query
from training.adapter import learnt_network
from training.base import Base
from training.groups import Group
from training.scoring import log_odds

EXACT, FORMAT = torch.float32, "F32"


def differences(base: Base, groups: Sequence[Group], adapter: Path | None, device: str) -> list[float]:
    """Of each answer, by how much the log odds differ; of the base with an exported adapter, if one is given.

    Needs room for the base in 32 bits, in memory and among the temporary files.
    """
    network = learnt_network(base, adapter, device, EXACT) if adapter else base.network(device, dtype=EXACT)
    ours = [odds for row in log_odds(network, groups, base) for odds in row]
    del network
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / f"exact.{FORMAT}.gguf"
        merge(base.path, adapter, exact, FORMAT)
        model = LlamaModel(exact, base.maker, name="exact")
        queries = [Query(group.question, group.gold, each.text) for group in groups for each in group.answers]
        said = model(queries)
        even = model.even_odds
        model.close()
    theirs = [math.log(each.p / (1 - each.p)) + even for each in said if each.p is not None]
    return [abs(a - b) for a, b in zip(ours, theirs, strict=True)]
