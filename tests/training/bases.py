"""Bases of every architecture that is trained, with random weights: small, and as wilful as real ones.

Their vocabulary is the beginning of that of nano's base. The weights are large enough
that odds differ from prompt to prompt, and each part that an architecture may have is there.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from tinyv_cli.models.nano import base_gguf

WIDTH, FEED_FORWARD, LAYERS = 96, 160, 3
TOKENS = 5000


@dataclass(frozen=True, slots=True)
class Kind:
    """An architecture as one of its models may be."""

    architecture: str
    heads: int
    key_heads: int
    head_size: int
    epsilon: float
    rope_base: float
    biases: bool = False
    head_norms: bool = False
    own_output: bool = False
    rope_scaling: str | None = None


KINDS = {
    "llama": Kind("llama", heads=3, key_heads=1, head_size=32, epsilon=1e-5, rope_base=1e5),
    "llama, with an output of its own": Kind("llama", 6, 3, 16, 1e-5, 1e4, own_output=True),
    "qwen2": Kind("qwen2", heads=6, key_heads=2, head_size=16, epsilon=1e-6, rope_base=1e6, biases=True),
    # Heads that together are wider than the network, as Qwen3's are.
    "qwen3": Kind("qwen3", 4, 2, 48, 1e-6, 1e6, head_norms=True, own_output=True),
}


def write_base(kind: Kind, path: Path) -> Path:
    """The base of this kind, in F32; returns its path."""
    writer = gguf.GGUFWriter(path, kind.architecture)
    writer.add_block_count(LAYERS)
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(kind.heads)
    writer.add_head_count_kv(kind.key_heads)
    writer.add_key_length(kind.head_size)
    writer.add_value_length(kind.head_size)
    writer.add_rope_dimension_count(kind.head_size)
    writer.add_rope_freq_base(kind.rope_base)
    writer.add_layer_norm_rms_eps(kind.epsilon)
    if kind.rope_scaling:
        writer.add_rope_scaling_type(gguf.RopeScalingType(kind.rope_scaling))
    for key, value in _vocabulary().items():
        if isinstance(value, list):
            writer.add_array(key, value)
        else:
            writer.add_key_value(key, value, _type_of(value))
    rng = np.random.default_rng(0)
    for name, size in _tensors(kind):
        drawn = rng.standard_normal(size, np.float32)
        spread = np.float32(0.8 / math.sqrt(size[-1]))
        writer.add_tensor(name, 1 + drawn / 4 if "norm" in name else spread * drawn)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@cache
def _vocabulary() -> dict[str, Any]:
    """The fields of the tokeniser. Tokens stand in the order of the merges that make them."""
    fields = gguf.GGUFReader(base_gguf()).fields
    said = {key: field.contents() for key, field in fields.items() if key.startswith("tokenizer.")}
    tokens = said["tokenizer.ggml.tokens"][:TOKENS]
    kept, merges = set(tokens), said["tokenizer.ggml.merges"]
    return said | {
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": said["tokenizer.ggml.token_type"][:TOKENS],
        "tokenizer.ggml.merges": [each for each in merges if each.replace(" ", "") in kept],
    }


def _type_of(value: object) -> gguf.GGUFValueType:
    return gguf.GGUFValueType.UINT32 if type(value) is int else gguf.GGUFValueType.get_type(value)


def _tensors(kind: Kind) -> Iterator[tuple[str, tuple[int, ...]]]:
    width, key_width = kind.heads * kind.head_size, kind.key_heads * kind.head_size
    yield "token_embd.weight", (TOKENS, WIDTH)
    yield "output_norm.weight", (WIDTH,)
    if kind.own_output:
        yield "output.weight", (TOKENS, WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for part, out in (("q", width), ("k", key_width), ("v", key_width)):
            yield f"{block}.attn_{part}.weight", (out, WIDTH)
            if kind.biases:
                yield f"{block}.attn_{part}.bias", (out,)
        if kind.head_norms:
            yield f"{block}.attn_q_norm.weight", (kind.head_size,)
            yield f"{block}.attn_k_norm.weight", (kind.head_size,)
        yield f"{block}.attn_norm.weight", (WIDTH,)
        yield f"{block}.attn_output.weight", (WIDTH, width)
        yield f"{block}.ffn_norm.weight", (WIDTH,)
        yield f"{block}.ffn_gate.weight", (FEED_FORWARD, WIDTH)
        yield f"{block}.ffn_up.weight", (FEED_FORWARD, WIDTH)
        yield f"{block}.ffn_down.weight", (WIDTH, FEED_FORWARD)
