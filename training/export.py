"""From a trained state to the adapter that ships: a GGUF LoRA file, as llama.cpp and `tinyv` read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from torch import Tensor

from tinyv_cli.models.llama import EVEN_ODDS
from training.network import ALPHA, KEY_WIDTH, WIDTH

ARCHITECTURE = "llama"
# Of each adapted layer, the tensors of the GGUF file that it holds, with their rows. A is theirs in common.
PARTS = {
    "qkv": {
        "attn_q": slice(0, WIDTH),
        "attn_k": slice(WIDTH, WIDTH + KEY_WIDTH),
        "attn_v": slice(WIDTH + KEY_WIDTH, None),
    },
    "output": {"attn_output": slice(None)},
    "gate_up": {"ffn_gate": slice(0, 1536), "ffn_up": slice(1536, None)},
    "down": {"ffn_down": slice(None)},
}


def export(state: Path, adapter: Path, *, version: str, even_odds: float = 0.0) -> None:
    """Write the adapter of a kept state in half precision, with its version.

    `even_odds` are the log odds from which on the verifier is to say True: few wrong answers reach them.
    """
    writer = gguf.GGUFWriter(adapter, ARCHITECTURE)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, ALPHA)
    writer.add_name("nano")
    writer.add_version(version)
    writer.add_description("LoRA for SmolLM2-135M-Instruct: is an answer equivalent to a reference answer?")
    writer.add_license("apache-2.0")
    writer.add_float32(EVEN_ODDS, even_odds)
    for name, tensor in _tensors(torch.load(state, weights_only=True)["network"]):
        writer.add_tensor(name, tensor.numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _tensors(network: dict[str, Any]) -> Iterator[tuple[str, Tensor]]:
    for key, a in network.items():
        _, layer, module, matrix = key.split(".")
        if matrix != "a":
            continue
        b = network[f"blocks.{layer}.{module}.b"]
        for name, rows in PARTS[module].items():
            yield f"blk.{layer}.{name}.weight.lora_a", a
            yield f"blk.{layer}.{name}.weight.lora_b", b[rows].contiguous()
