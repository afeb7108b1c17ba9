"""Adapters as GGUF LoRA files, as llama.cpp and `tinyv` read them: written from a state, or begun with."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from torch import Tensor

from tinyv_cli.models.llama import EVEN_ODDS
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
    kept = torch.load(state, weights_only=True)
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


def begin(network: Network, adapter: Path) -> None:
    """Put what an exported adapter has learnt into a network. Raises UnfitAdapter where it does not fit."""
    file = gguf.GGUFReader(adapter)
    read = {
        tensor.name: torch.from_numpy(np.asarray(tensor.data, np.float32).copy()) for tensor in file.tensors
    }
    wanted = dict(_tensors(network.state_dict(), network.shape))
    if {name: tensor.shape for name, tensor in read.items()} != {
        name: tensor.shape for name, tensor in wanted.items()
    }:
        raise UnfitAdapter(f"{adapter}: of another base, or of another rank than this network's")
    scale = float(file.fields["adapter.lora.alpha"].contents()) / network.rank / SCALE
    learnt = {}
    for layer, module in _adapted(network.state_dict()):
        names = [f"blk.{layer}.{part}.weight" for part in PARTS[module]]
        a = read[f"{names[0]}.lora_a"]
        if any(not torch.equal(a, read[f"{name}.lora_a"]) for name in names):
            raise UnfitAdapter(f"{adapter}: {', '.join(names)} have an A each; here they have one in common")
        learnt[f"blocks.{layer}.{module}.a"] = a
        learnt[f"blocks.{layer}.{module}.b"] = scale * torch.cat([read[f"{name}.lora_b"] for name in names])
    network.load_state_dict(learnt)
    network.refresh()


def _adapted(network: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Layer and module of each adapter of a state."""
    for key in network:
        _, layer, module, matrix = key.split(".")
        if matrix == "a":
            yield layer, module


def _tensors(network: dict[str, Any], shape: Shape) -> Iterator[tuple[str, Tensor]]:
    """The tensors of the GGUF file."""
    for layer, module in _adapted(network):
        a, b = network[f"blocks.{layer}.{module}.a"], network[f"blocks.{layer}.{module}.b"]
        for name, rows in zip(PARTS[module], b.split(_rows(module, len(b), shape)), strict=True):
            yield f"blk.{layer}.{name}.weight.lora_a", a
            yield f"blk.{layer}.{name}.weight.lora_b", rows.contiguous()


def _rows(module: str, all_: int, shape: Shape) -> list[int]:
    if module == "qkv":
        return [shape.width, shape.key_width, shape.key_width]
    return [all_ // len(PARTS[module])] * len(PARTS[module])
