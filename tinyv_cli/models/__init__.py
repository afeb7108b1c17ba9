"""The models by name: the embedded verifier, any GGUF file, or none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tinyv_cli import __version__
from tinyv_cli.cache import VerdictCache, remembering, shelf
from tinyv_cli.models.engine import EngineOptions
from tinyv_cli.models.llama import LlamaModel, check_gguf
from tinyv_cli.models.nano import nano_gguf
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import NANO, NONE

Asking = Callable[[Sequence[Query]], list[ModelResult]]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that is known to be there, and how it is to be asked and run; not loaded yet."""

    name: str
    prompt: str
    threads: int | None
    gpu_layers: int

    @contextmanager
    def opened(self) -> Iterator[LlamaModel | None]:
        """The model for as long as it is needed; None for `none`. Raises ModelError."""
        model = self._load()
        try:
            yield model
        finally:
            if model is not None:
                model.close()

    def _load(self) -> LlamaModel | None:
        if self.name == NONE:
            return None
        nano = self.name == NANO
        return LlamaModel(
            nano_gguf() if nano else Path(self.name),
            NanoPrompt() if nano else chat_prompt(self.prompt),
            name=self.name,
            options=EngineOptions(self.threads, self.gpu_layers),
        )


def asking(model: LlamaModel | None, cache: VerdictCache | None) -> Asking | None:
    """How to ask the model, which remembers what it said of the same query with these weights and prompt."""
    if model is None:
        return None
    identity = ["model", __version__, *model.identity]
    return remembering(model, shelf(cache, identity, lambda kept: ModelResult(*kept)))


def choose_model(name: str, *, prompt: str, threads: int | None, gpu_layers: int) -> ModelChoice:
    """Check what can be checked before anything is read or loaded. Raises ModelError."""
    chat_prompt(prompt)
    if name not in (NANO, NONE):
        check_gguf(Path(name))
    return ModelChoice(name, prompt, threads, gpu_layers)
