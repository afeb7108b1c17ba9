"""The models by name: the embedded verifier, the paper's, any GGUF of the hub or on disk, or none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from tinyv_cli import __version__
from tinyv_cli.cache import VerdictCache, remembering, shelf
from tinyv_cli.disk import sha256_of
from tinyv_cli.models.engine import EngineOptions, has_gpu
from tinyv_cli.models.hub import Say
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.models.registry import Weights, find_weights
from tinyv_cli.models.requantize import fast_copy
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import NANO, NONE

Asking = Callable[[Sequence[Query]], list[ModelResult]]


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a model is asked and run. Of None the model's own way is taken, as far as it is known.

    A model that thinks (`think`) writes before it gives its verdict. `requantize` allows a copy of weights
    whose format is slow on a CPU.
    """

    prompt: str | None = None
    think: bool | None = None
    requantize: bool = True
    engine: EngineOptions = field(default_factory=EngineOptions)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that is known to be there, and how to load it; `load` is None for `none`."""

    name: str
    load: Callable[[], LlamaModel] | None

    @contextmanager
    def opened(self) -> Iterator[LlamaModel | None]:
        """The model for as long as it is needed; None for `none`. Raises ModelError."""
        model = self.load and self.load()
        try:
            yield model
        finally:
            if model is not None:
                model.close()


def choose_model(name: str, options: ModelOptions, *, say: Say | None = None) -> ModelChoice:
    """Check what can be checked before anything is read, downloaded or loaded. Raises ModelError.

    `say` is told what is chosen, downloaded and converted; without it nothing is shown.
    """
    if options.prompt is not None:
        chat_prompt(options.prompt)
    if name == NONE:
        return ModelChoice(NONE, None)
    weights = find_weights(name, say=say)
    return ModelChoice(weights.name, partial(_loaded, weights, options, say))


def _loaded(weights: Weights, options: ModelOptions, say: Say | None) -> LlamaModel:
    path = weights.fetch()
    sha256 = sha256_of(path)
    if options.requantize and not (has_gpu() and options.engine.gpu_layers != 0):
        path = fast_copy(path, sha256, say=say)
    official = weights.official
    return LlamaModel(
        path,
        NanoPrompt() if weights.name == NANO else chat_prompt(options.prompt or weights.prompt),
        name=weights.name,
        sha256=sha256,
        options=options.engine,
        think=official is not None and official.think if options.think is None else options.think,
    )


def asking(model: LlamaModel | None, cache: VerdictCache | None) -> Asking | None:
    """How to ask the model, which remembers what it said of the same query with these weights and prompt."""
    if model is None:
        return None
    identity = ["model", __version__, *model.identity]
    return remembering(model, shelf(cache, identity, lambda kept: ModelResult(*kept)))
