"""The models by name: the embedded verifier, the paper's, any GGUF of the hub or on disk, or none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tinyv_cli import __version__
from tinyv_cli.cache import VerdictCache, remembering, shelf
from tinyv_cli.models.hub import Say
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.models.registry import find_weights
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import DEFAULT_PROMPT, NANO, NONE

Asking = Callable[[Sequence[Query]], list[ModelResult]]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that is known to be there, and how it is to be asked and run; not loaded yet.

    `fetch` returns the file with its weights, downloaded or merged if need be; there is none for `none`.
    """

    name: str
    fetch: Callable[[], Path] | None
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
        if self.fetch is None:
            return None
        return LlamaModel(
            self.fetch(),
            NanoPrompt() if self.name == NANO else chat_prompt(self.prompt),
            name=self.name,
            threads=self.threads,
            gpu_layers=self.gpu_layers,
        )


def asking(model: LlamaModel | None, cache: VerdictCache | None) -> Asking | None:
    """How to ask the model, which remembers what it said of the same query with these weights and prompt."""
    if model is None:
        return None
    identity = ["model", __version__, model.sha256, model.maker.sha256, version("llama-cpp-python")]
    return remembering(model, shelf(cache, identity, lambda kept: ModelResult(*kept)))


def choose_model(
    name: str, *, prompt: str | None, threads: int | None, gpu_layers: int, say: Say | None = None
) -> ModelChoice:
    """Check what can be checked before anything is read, downloaded or loaded. Raises ModelError.

    Without a `prompt` the model of an alias is asked as it was trained, any other with the default. `say` is
    told what is chosen and downloaded; without it nothing is shown.
    """
    if prompt is not None:
        chat_prompt(prompt)
    if name == NONE:
        return ModelChoice(NONE, None, DEFAULT_PROMPT, threads, gpu_layers)
    weights = find_weights(name, say=say)
    return ModelChoice(weights.name, weights.fetch, prompt or weights.prompt, threads, gpu_layers)
