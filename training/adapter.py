"""Adapters as GGUF LoRA files, as llama.cpp and `tinyv` read them: written from a state, or begun with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from torch import Tensor

from tinyv_cli.models.llama import EVEN_ODDS
from training.base import Base
from training.network import SCALE, Network, Shape

# The tensors of the GGUF file that each adapted layer holds, one below the other. A is theirs in common.
PARTS = {
    "qkv": ("attn_q", "attn_k", "attn_v"),
    "output": ("attn_output",),
    "gate_up": ("ffn_gate", "ffn_up"),
    "down": ("ffn_down",),
}


class UnfitAdapter(ValueError):
    """An adapter that a network cannot begin with; says why."""


@dataclass(frozen=True, slots=True)
class About:
    """What an adapter says of itself. `even_odds` are the log odds from which on the verifier is to say True:
    few wrong answers reach them.
    """

    name: str
    version: str
    description: str
    even_odds: float = 0.0


def export(state: Path, adapter: Path, about: About) -> None:
    """Write the adapter of a kept state in half precision. Its licence is that of the bases, Apache-2.0."""
    kept = kept_in(state)
    shape = Shape(**kept["shape"])
    tensors = dict(_tensors(kept["network"], shape))
    rank = next(iter(tensors.values())).shape[0]
    writer = gguf.GGUFWriter(adapter, shape.architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, SCALE * rank)
    writer.add_name(about.name)
    writer.add_version(about.version)
    writer.add_description(about.description)
    writer.add_license("apache-2.0")
    writer.add_float32(EVEN_ODDS, about.even_odds)
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor.numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def learnt_network(base: Base, path: Path, device: str, dtype: torch.dtype | None = None) -> Network:
    """The network of a base with what a kept state or an exported adapter has learnt."""
    learnt = learnt_in(path)
    network = base.network(device, rank=len(learnt["blocks.0.qkv.a"]), dtype=dtype)
    put(network, learnt, path)
    return network


def put(network: Network, learnt: dict[str, Tensor], path: Path) -> None:
    """Give a network what was learnt. Raises UnfitAdapter where it is another base's, or of another rank."""
    try:
        network.load_state_dict(learnt)
    except RuntimeError as error:
        raise UnfitAdapter(f"{path}: of another base, or of another rank than the network's") from error
    network.refresh()


def kept_in(state: Path) -> dict[str, Any]:
    """All that a run has kept, on whatever device it ran."""
    kept: dict[str, Any] = torch.load(state, weights_only=True, map_location="cpu")
    return kept


def learnt_in(path: Path) -> dict[str, Tensor]:
    """What was learnt, by the names of the network: of a kept state, or of an exported adapter (.gguf)."""
    if path.suffix != ".gguf":
        kept: dict[str, Tensor] = kept_in(path)["network"]
        return kept
    file = gguf.GGUFReader(path)
    read = {
        tensor.name: torch.from_numpy(np.asarray(tensor.data, np.float32).copy()) for tensor in file.tensors
    }
    alpha = float(file.fields["adapter.lora.alpha"].contents())
    learnt: dict[str, Tensor] = {}
    for layer, module in product(range(_layers(read)), PARTS):
        names = [f"blk.{layer}.{part}.weight" for part in PARTS[module]]
        a = read[f"{names[0]}.lora_a"]
        if any(not torch.equal(a, read[f"{name}.lora_a"]) for name in names):
            raise UnfitAdapter(f"{path}: {', '.join(names)} have an A each; here they have one in common")
        b = torch.cat([read[f"{name}.lora_b"] for name in names])
        learnt |= {f"blocks.{layer}.{module}.a": a, f"blocks.{layer}.{module}.b": alpha / len(a) / SCALE * b}
    return learnt


def _layers(tensors: Iterable[str]) -> int:
    return 1 + max(int(name.split(".")[1]) for name in tensors)


def _tensors(network: dict[str, Tensor], shape: Shape) -> Iterator[tuple[str, Tensor]]:
    """The tensors of the GGUF file."""
    for layer, module in product(range(shape.layers), PARTS):
        a, b = network[f"blocks.{layer}.{module}.a"], network[f"blocks.{layer}.{module}.b"]
        for name, rows in zip(PARTS[module], torch.split(b, _rows(module, len(b), shape)), strict=True):
            yield f"blk.{layer}.{name}.weight.lora_a", a
            yield f"blk.{layer}.{name}.weight.lora_b", rows.contiguous()


def _rows(module: str, all_: int, shape: Shape) -> list[int]:
    if module == "qkv":
        return [shape.width, shape.key_width, shape.key_width]
    return [all_ // len(PARTS[module])] * len(PARTS[module])
