"""SmolLM2-135M in PyTorch, read from its GGUF, with low-rank adapters on all its linear layers.

Weights keep the layout of the GGUF file (interleaved rotary embeddings), so adapters go back as they are.
Of the frozen weights W and an adapter's A and B, the sum W + s B A is kept in bfloat16 and made anew after
each step: one product a layer instead of three, and no gradient is computed for W.
"""

import math
from pathlib import Path
from typing import Any

import gguf
import torch
from torch import Tensor, nn
from torch.nn import functional

HEADS, KEY_HEADS, HEAD_SIZE = 9, 3, 64
WIDTH = HEADS * HEAD_SIZE
KEY_WIDTH = KEY_HEADS * HEAD_SIZE
EPSILON, ROPE_BASE = 1e-5, 1e5
RANK, ALPHA = 32, 64.0


class _Merged(torch.autograd.Function):
    """x (W + s B A)', with gradients for x, A and B only."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, merged: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
        ctx.save_for_backward(x, merged, a, b)
        ctx.scale = scale
        return functional.linear(x, merged)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, merged, a, b = ctx.saved_tensors
        dy = gradients[0]
        a_input = functional.linear(x, a.to(x.dtype))
        b_gradient = dy @ b.to(dy.dtype)
        da = (b_gradient.t() @ x).float() * ctx.scale
        db = (dy.t() @ a_input).float() * ctx.scale
        return dy @ merged, None, da, db, None


class AdaptedLinear(nn.Module):
    """A frozen linear layer with an adapter: y = x (W + alpha / rank B A)'; shapes W (out, in)."""

    weight: Tensor
    merged: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("merged", weight.bfloat16(), persistent=False)
        self.a = nn.Parameter(torch.randn(RANK, inputs) / math.sqrt(inputs))
        self.b = nn.Parameter(torch.zeros(outputs, RANK))

    @torch.no_grad()
    def refresh(self) -> None:
        """Merge what was learnt; to be called after each step."""
        self.merged.copy_(torch.addmm(self.weight, self.b, self.a, alpha=ALPHA / RANK))

    def forward(self, x: Tensor) -> Tensor:
        """(tokens, in) to (tokens, out)."""
        merged: Tensor = _Merged.apply(x, self.merged, self.a, self.b, ALPHA / RANK)  # type: ignore[no-untyped-call]
        return merged


class Block(nn.Module):
    """A layer: attention, then the gated feed-forward network, each on the normalised sum so far."""

    attention_norm: Tensor
    network_norm: Tensor

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.register_buffer("attention_norm", weights["attn_norm"], persistent=False)
        self.register_buffer("network_norm", weights["ffn_norm"], persistent=False)
        self.qkv = AdaptedLinear(torch.cat([weights["attn_q"], weights["attn_k"], weights["attn_v"]]))
        self.output = AdaptedLinear(weights["attn_output"])
        self.gate_up = AdaptedLinear(torch.cat([weights["ffn_gate"], weights["ffn_up"]]))
        self.down = AdaptedLinear(weights["ffn_down"])

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        """x (rows * length, WIDTH); mask (rows * KEY_HEADS, 3 * length, length), added to the scores."""
        length = mask.shape[-1]
        qkv = self.qkv(_normalised(x, self.attention_norm))
        turned = _rotated(_in_heads(qkv[:, : WIDTH + KEY_WIDTH]), cos, sin)
        queries = _by_row(turned[:, :HEADS], length).reshape(mask.shape[0], -1, HEAD_SIZE)
        keys = _by_row(turned[:, HEADS:], length).reshape(mask.shape[0], length, HEAD_SIZE)
        values = _by_row(_in_heads(qkv[:, WIDTH + KEY_WIDTH :]), length)
        # On a CPU two plain products are twice as fast as the fused attention with a mask.
        scores = torch.baddbmm(mask, queries, keys.transpose(1, 2), alpha=HEAD_SIZE**-0.5)
        seen = torch.bmm(scores.softmax(-1), values.reshape(keys.shape))
        heads = seen.view(-1, HEADS, length, HEAD_SIZE).transpose(1, 2).reshape(-1, WIDTH)
        x = x + self.output(heads)
        gate, up = self.gate_up(_normalised(x, self.network_norm)).chunk(2, -1)
        added: Tensor = self.down(functional.silu(gate) * up)
        return x + added


def _in_heads(x: Tensor) -> Tensor:
    """(tokens, width) to (tokens, heads, size)."""
    return x.view(x.shape[0], -1, HEAD_SIZE)


def _by_row(heads: Tensor, length: int) -> Tensor:
    """(rows * length, heads, size) to (rows, heads, length, size)."""
    return heads.view(-1, length, *heads.shape[1:]).transpose(1, 2)


def _normalised(x: Tensor, weight: Tensor) -> Tensor:
    wide = x.float()
    return (wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + EPSILON) * weight).to(x.dtype)


def _rotated(heads: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    even, odd = heads.float()[..., 0::2], heads.float()[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2).to(heads.dtype)


class Network(nn.Module):
    """The model, asked for one thing only: how much likelier one token is than another at certain places."""

    embeddings: Tensor
    verdicts: Tensor
    norm: Tensor
    frequencies: Tensor

    def __init__(self, base: Path, true: int, false: int) -> None:
        super().__init__()
        tensors = {
            tensor.name: torch.from_numpy(gguf.dequantize(tensor.data, tensor.tensor_type).copy()).float()
            for tensor in gguf.GGUFReader(base).tensors
        }
        embeddings = tensors["token_embd.weight"]
        self.register_buffer("embeddings", embeddings.bfloat16(), persistent=False)
        self.register_buffer("verdicts", embeddings[true] - embeddings[false], persistent=False)
        self.register_buffer("norm", tensors["output_norm.weight"], persistent=False)
        frequencies = ROPE_BASE ** -(torch.arange(0, HEAD_SIZE, 2) / HEAD_SIZE)
        self.register_buffer("frequencies", frequencies, persistent=False)
        layers = 1 + max(int(name.split(".")[1]) for name in tensors if name.startswith("blk."))
        self.blocks = nn.ModuleList(Block(_of_layer(tensors, layer)) for layer in range(layers))

    def refresh(self) -> None:
        """Merge what all adapters have learnt."""
        for module in self.modules():
            if isinstance(module, AdaptedLinear):
                module.refresh()

    def forward(self, tokens: Tensor, positions: Tensor, mask: Tensor, ends: Tensor) -> Tensor:
        """Log odds of true against false after the tokens at `ends`.

        tokens, positions (rows, length); mask (rows, length, length), 0 where a token sees another; ends
        index the flat tokens. Returns one number for each of `ends`.
        """
        rows, length = tokens.shape
        angles = positions.reshape(-1, 1, 1) * self.frequencies
        cos, sin = angles.cos(), angles.sin()
        grouped = mask[:, None, None].expand(rows, KEY_HEADS, HEADS // KEY_HEADS, length, length)
        grouped = grouped.reshape(rows * KEY_HEADS, -1, length)
        x = self.embeddings[tokens.reshape(-1)]
        for block in self.blocks:
            x = block(x, cos, sin, grouped)
        return _normalised(x[ends].float(), self.norm) @ self.verdicts


def _of_layer(tensors: dict[str, Tensor], layer: int) -> dict[str, Tensor]:
    prefix = f"blk.{layer}."
    return {
        name.removeprefix(prefix).removesuffix(".weight"): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }
