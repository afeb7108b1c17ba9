"""What is trained: the file of a base, its tokeniser, and the prompt by which it is asked about answers.

Tokens are those with which the verifier is asked later, by the same code and the tokeniser of llama.cpp.
"""

from pathlib import Path

import torch

from tinyv_cli.models.engine import Engine, EngineOptions
from tinyv_cli.models.llama import verdict_tokens
from tinyv_cli.models.prompts import PromptMaker
from tinyv_cli.records import Query
from training.network import RANK, Network, fast_type


class Base:
    """A GGUF model to begin with, and how it is asked."""

    def __init__(self, path: Path, maker: PromptMaker) -> None:
        self.path, self.maker = path, maker
        self._engine = Engine(path, EngineOptions(threads=1, gpu_layers=0), sequences=1)

    def tokens(self, query: Query) -> list[int]:
        """The prompt. Raises ValueError where gold and answer alone do not fit the context."""
        prompt = self.maker.make(query, self._engine, limit=self._engine.prompt_tokens)
        if prompt is None:
            raise ValueError(f"gold and answer are too long for {self.path.name}: {query.gold[:40]!r} …")
        return prompt.tokens

    def network(self, device: str, *, rank: int = RANK, dtype: torch.dtype | None = None) -> Network:
        """The network with fresh adapters, which change nothing yet; in the type that is fastest on the
        device, where none is said.
        """
        true, false = verdict_tokens(self._engine, self.maker)
        network = Network(self.path, true, false, rank=rank, dtype=dtype or fast_type(device))
        return network.to(device)

    def close(self) -> None:
        """Free the tokeniser."""
        self._engine.close()
