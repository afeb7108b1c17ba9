"""A base in PyTorch, read from its GGUF, with low-rank adapters on all its linear layers.

Bases are of the architectures `llama`, `qwen2` and `qwen3`; what tells them apart stands in the file. Weights
keep the layout of the file, so adapters go back as they are.
Of the frozen weights W and an adapter's A and B, the sum W + s B A is kept in the type that the device
multiplies fastest and made anew after each step: one product a layer instead of three, and no gradient is
computed for W.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import torch
from torch import Tensor, nn
from torch.nn import functional

RANK = 32
SCALE = 2.0  # alpha over rank
# How rotary embeddings pair the numbers of a head: each with its neighbour, or each with that half a head on.
HALVES = {"llama": False, "qwen2": True, "qwen3": True}
Q_NORM, K_NORM = "attn_q_norm.weight", "attn_k_norm.weight"


class UnknownBase(ValueError):
    """A GGUF that the network cannot be made of; says why."""


def fast_type(device: str) -> torch.dtype:
    """The type in which the device multiplies matrices fastest, of those that training bears."""
    if torch.device(device).type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


@dataclass(frozen=True, slots=True)
class Shape:
    """What the metadata of a GGUF say of its network."""

    architecture: str
    layers: int
    heads: int
    key_heads: int
    head_size: int
    epsilon: float
    rope_base: float

    @property
    def width(self) -> int:
        """Of the queries of a token; that of the network is another one where heads are wider or fewer."""
        return self.heads * self.head_size

    @property
    def key_width(self) -> int:
        """Of the keys of a token, and of its values."""
        return self.key_heads * self.head_size


class Weights(Mapping[str, Tensor]):
    """The tensors of a GGUF file, unpacked one at a time. Raises UnknownBase for what is not known here."""

    def __init__(self, path: Path) -> None:
        reader = gguf.GGUFReader(path)
        self._tensors = {tensor.name: tensor for tensor in reader.tensors}
        self._said = {key: field.contents() for key, field in reader.fields.items() if "tokenizer" not in key}
        self.shape = self._shape(path)

    def __contains__(self, name: object) -> bool:
        return name in self._tensors

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def __getitem__(self, name: str) -> Tensor:
        tensor = self._tensors[name]
        return torch.from_numpy(gguf.dequantize(tensor.data, tensor.tensor_type).copy()).float()

    def joined(self, layer: int, *parts: str) -> Tensor:
        """Tensors of a layer below each other."""
        return torch.cat([self[f"blk.{layer}.{part}"] for part in parts])

    def _shape(self, path: Path) -> Shape:
        architecture = self._said["general.architecture"]
        if architecture not in HALVES:
            raise UnknownBase(f"{path}: {architecture} is not among {', '.join(HALVES)}")
        said = {
            key.removeprefix(f"{architecture}."): value
            for key, value in self._said.items()
            if key.startswith(f"{architecture}.")
        }
        if said.get("rope.scaling.type", "none") != "none" or "rope_freqs.weight" in self:
            raise UnknownBase(f"{path}: rotary embeddings that are scaled are not known here")
        heads = said["attention.head_count"]
        return Shape(
            architecture=architecture,
            layers=said["block_count"],
            heads=heads,
            key_heads=said.get("attention.head_count_kv", heads),
            head_size=said.get("attention.key_length", said["embedding_length"] // heads),
            epsilon=said["attention.layer_norm_rms_epsilon"],
            rope_base=said.get("rope.freq_base", 1e4),
        )


class _Merged(torch.autograd.Function):
    """x (W + s B A)' + bias, with gradients for x, A and B only."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, merged: Tensor, bias: Tensor | None, a: Tensor, b: Tensor) -> Tensor:
        ctx.save_for_backward(x, merged, a, b)
        return functional.linear(x, merged, bias)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, merged, a, b = ctx.saved_tensors
        dy = gradients[0]
        a_input = functional.linear(x, a.to(x.dtype))
        b_gradient = dy @ b.to(dy.dtype)
        da = (b_gradient.t() @ x).float() * SCALE
        db = (dy.t() @ a_input).float() * SCALE
        return dy @ merged, None, None, da, db


class AdaptedLinear(nn.Module):
    """A frozen linear layer with an adapter: y = x (W + s B A)' + bias; shapes W (out, in)."""

    weight: Tensor
    merged: Tensor
    bias: Tensor | None

    def __init__(self, weight: Tensor, bias: Tensor | None, rank: int, dtype: torch.dtype) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("merged", weight.to(dtype, copy=True), persistent=False)
        self.register_buffer("bias", None if bias is None else bias.to(dtype), persistent=False)
        self.a = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.b = nn.Parameter(torch.zeros(outputs, rank))

    @torch.no_grad()
    def refresh(self) -> None:
        """Merge what was learnt; to be called after each step."""
        self.merged.copy_(torch.addmm(self.weight, self.b, self.a, alpha=SCALE))

    def forward(self, x: Tensor) -> Tensor:
        """(tokens, in) to (tokens, out)."""
        merged: Tensor = _Merged.apply(x, self.merged, self.bias, self.a, self.b)  # type: ignore[no-untyped-call]
        return merged


class Block(nn.Module):
    """A layer: attention, then the gated feed-forward network, each on the normalised sum so far."""

    attention_norm: Tensor
    network_norm: Tensor
    q_norm: Tensor | None
    k_norm: Tensor | None

    def __init__(self, weights: Weights, layer: int, rank: int, dtype: torch.dtype) -> None:
        super().__init__()
        self.shape = weights.shape

        def adapted(*parts: str) -> AdaptedLinear:
            biased = f"blk.{layer}.{parts[0]}.bias" in weights
            bias = weights.joined(layer, *(f"{part}.bias" for part in parts)) if biased else None
            return AdaptedLinear(
                weights.joined(layer, *(f"{part}.weight" for part in parts)), bias, rank, dtype
            )

        def norm(name: str) -> Tensor | None:
            return weights.get(f"blk.{layer}.{name}")

        self.register_buffer("attention_norm", norm("attn_norm.weight"), persistent=False)
        self.register_buffer("network_norm", norm("ffn_norm.weight"), persistent=False)
        self.register_buffer("q_norm", norm(Q_NORM), persistent=False)
        self.register_buffer("k_norm", norm(K_NORM), persistent=False)
        self.qkv = adapted("attn_q", "attn_k", "attn_v")
        self.output = adapted("attn_output")
        self.gate_up = adapted("ffn_gate", "ffn_up")
        self.down = adapted("ffn_down")

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        """x (rows * length, width); mask (rows * key heads, queries of a key * length, length), added to the
        scores.
        """
        shape, length = self.shape, mask.shape[-1]
        qkv = self.qkv(self._normalised(x, self.attention_norm))
        q, k, v = (
            part.view(len(x), -1, shape.head_size)
            for part in qkv.split([shape.width, shape.key_width, shape.key_width], -1)
        )
        q = self._rotated(self._normalised(q, self.q_norm), cos, sin)
        k = self._rotated(self._normalised(k, self.k_norm), cos, sin)
        keys = _by_row(k, length).reshape(mask.shape[0], length, -1)
        queries = _by_row(q, length).reshape(mask.shape[0], -1, shape.head_size)
        # On a CPU two plain products are twice as fast as the fused attention with a mask.
        scores = torch.baddbmm(mask, queries, keys.transpose(1, 2), alpha=shape.head_size**-0.5)
        seen = torch.bmm(scores.softmax(-1), _by_row(v, length).reshape(keys.shape))
        heads = seen.view(-1, shape.heads, length, shape.head_size).transpose(1, 2)
        x = x + self.output(heads.reshape(-1, shape.width))
        gate, up = self.gate_up(self._normalised(x, self.network_norm)).chunk(2, -1)
        added: Tensor = self.down(functional.silu(gate) * up)
        return x + added

    def _normalised(self, x: Tensor, weight: Tensor | None) -> Tensor:
        return x if weight is None else normalised(x, weight, self.shape.epsilon)

    def _rotated(self, heads: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        wide = heads.float()
        if HALVES[self.shape.architecture]:
            first, second = wide.chunk(2, -1)
            turned = torch.cat((first * cos - second * sin, first * sin + second * cos), -1)
        else:
            first, second = wide[..., 0::2], wide[..., 1::2]
            turned = torch.stack((first * cos - second * sin, first * sin + second * cos), -1).flatten(-2)
        return turned.to(heads.dtype)


def normalised(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
    """x over the root of the mean of its squares, times the weight."""
    wide = x.float()
    return (wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + epsilon) * weight).to(x.dtype)


def _by_row(heads: Tensor, length: int) -> Tensor:
    """(rows * length, heads, size) to (rows, heads, length, size)."""
    return heads.view(-1, length, *heads.shape[1:]).transpose(1, 2)


class Network(nn.Module):
    """The model, asked for one thing only: how much likelier True is than False at certain places.

    `true` and `false` are the tokens of the two words, each in all its spellings.
    """

    embeddings: Tensor
    true: Tensor
    false: Tensor
    norm: Tensor
    frequencies: Tensor

    def __init__(
        self, base: Path, true: list[int], false: list[int], *, rank: int = RANK, dtype: torch.dtype
    ) -> None:
        super().__init__()
        weights = Weights(base)
        self.shape, self.dtype = weights.shape, dtype
        embeddings = weights["token_embd.weight"]
        output = weights.get("output.weight", embeddings)
        self.register_buffer("true", output[true].clone(), persistent=False)
        self.register_buffer("false", output[false].clone(), persistent=False)
        self.register_buffer("embeddings", embeddings.to(dtype), persistent=False)
        self.register_buffer("norm", weights["output_norm.weight"], persistent=False)
        turns = torch.arange(0, self.shape.head_size, 2) / self.shape.head_size
        self.register_buffer("frequencies", self.shape.rope_base**-turns, persistent=False)
        self.blocks = nn.ModuleList(Block(weights, layer, rank, dtype) for layer in range(self.shape.layers))

    def refresh(self) -> None:
        """Merge what all adapters have learnt."""
        for module in self.modules():
            if isinstance(module, AdaptedLinear):
                module.refresh()

    def forward(self, tokens: Tensor, positions: Tensor, mask: Tensor, ends: Tensor) -> Tensor:
        """Log odds of True against False after the tokens at `ends`.

        tokens, positions (rows, length); mask (rows, length, length), 0 where a token sees another; ends
        index the flat tokens. Returns one number for each of `ends`.
        """
        rows, length = tokens.shape
        shape = self.shape
        angles = positions.reshape(-1, 1, 1) * self.frequencies
        cos, sin = angles.cos(), angles.sin()
        queries = shape.heads // shape.key_heads
        grouped = mask.to(self.dtype)[:, None, None].expand(rows, shape.key_heads, queries, length, length)
        grouped = grouped.reshape(rows * shape.key_heads, -1, length)
        x = self.embeddings[tokens.reshape(-1)]
        for block in self.blocks:
            x = block(x, cos, sin, grouped)
        last = normalised(x[ends].float(), self.norm, shape.epsilon)
        return (last @ self.true.t()).logsumexp(-1) - (last @ self.false.t()).logsumexp(-1)
