"""The models by name: the embedded verifier, any GGUF file, a server, or none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tinyv_cli import __version__
from tinyv_cli.cache import VerdictCache, remembering, shelf
from tinyv_cli.console import note
from tinyv_cli.models.address import is_address, parse_address
from tinyv_cli.models.llama import LlamaModel, check_gguf
from tinyv_cli.models.nano import nano_gguf
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.models.replies import FAILURE
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import DEFAULT_CONCURRENCY, NANO, NONE

Asking = Callable[[Sequence[Query]], list[ModelResult]]


class Verifier(Protocol):
    """A model that is ready to be asked. Results come in the order of the queries."""

    @property
    def name(self) -> str:
        """As it is shown: without anything secret."""

    @property
    def identity(self) -> Sequence[object]:
        """Everything that decides what it says: verdicts are kept under it."""

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that is known to be there, and how it is to be asked and run; not loaded yet."""

    name: str
    prompt: str
    threads: int | None
    gpu_layers: int
    concurrency: int

    @contextmanager
    def opened(self) -> Iterator[Verifier | None]:
        """The model for as long as it is needed; None for `none`. Raises ModelError."""
        model = self._load()
        try:
            yield model
        finally:
            if model is not None:
                model.close()

    def _load(self) -> Verifier | None:
        if self.name == NONE:
            return None
        if is_address(self.name):
            from tinyv_cli.models.server import ServerModel

            address, prompt = parse_address(self.name), chat_prompt(self.prompt)
            return ServerModel(address, prompt, tell=note, concurrency=self.concurrency)
        nano = self.name == NANO
        return LlamaModel(
            nano_gguf() if nano else Path(self.name),
            NanoPrompt() if nano else chat_prompt(self.prompt),
            name=self.name,
            threads=self.threads,
            gpu_layers=self.gpu_layers,
        )


def asking(model: Verifier | None, cache: VerdictCache | None) -> Asking | None:
    """How to ask the model, which remembers what it said of the same query."""
    if model is None:
        return None
    identity = ["model", __version__, *model.identity]
    return remembering(model, shelf(cache, identity, lambda kept: ModelResult(*kept)), lasts=_lasts)


def _lasts(result: ModelResult) -> bool:
    """A server's failure is of the moment; the next run asks again."""
    return not (result.reason or "").startswith(FAILURE)


def choose_model(
    name: str,
    *,
    prompt: str,
    threads: int | None,
    gpu_layers: int,
    concurrency: int = DEFAULT_CONCURRENCY,
) -> ModelChoice:
    """Check what can be checked before anything is read, loaded or connected to. Raises ModelError."""
    chat_prompt(prompt)
    if is_address(name):
        parse_address(name)
    elif name not in (NANO, NONE):
        check_gguf(Path(name))
    return ModelChoice(name, prompt, threads, gpu_layers, concurrency)
