"""The models by name: the embedded one, the paper's, any GGUF of the hub or a file, a server, or none."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from tinyv_cli import __version__
from tinyv_cli.cache import VerdictCache, remembering, shelf
from tinyv_cli.disk import sha256_of
from tinyv_cli.errors import UsageError
from tinyv_cli.models.address import Address, is_address, parse_address
from tinyv_cli.models.engine import EngineOptions, runs_on_gpu
from tinyv_cli.models.hub import Say
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.models.registry import Weights, find_weights
from tinyv_cli.models.replies import FAILURE
from tinyv_cli.models.requantize import fast_copy
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import DEFAULT_CONCURRENCY, DEFAULT_PROMPT, NANO, NONE

Asking = Callable[[Sequence[Query]], list[ModelResult]]
MOST_MODELS = 2


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
class ModelOptions:
    """How a model is asked and run. Of None the model's own way is taken, as far as it is known.

    A model that thinks (`think`) writes before it gives its verdict. `requantize` allows a copy of weights
    whose format is slow on a CPU; `concurrency` is how many requests a server is sent at the same time.
    """

    prompt: str | None = None
    think: bool | None = None
    requantize: bool = True
    engine: EngineOptions = field(default_factory=EngineOptions)
    concurrency: int = DEFAULT_CONCURRENCY


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Models that are known to be there, as far as that can be known, and how to load each."""

    loads: tuple[Callable[[], Verifier], ...]

    @contextmanager
    def opened(self) -> Iterator[list[Verifier]]:
        """The models, all of them for as long as they are needed; none for `none`. Raises ModelError."""
        with ExitStack() as stack:
            yield [stack.enter_context(closing(load())) for load in self.loads]


def choose_models(names: Sequence[str], options: ModelOptions, *, say: Say | None = None) -> ModelChoice:
    """Check what can be checked before anything is read, downloaded, loaded or connected to.

    The options hold for each of the models. `say` is told what is chosen, downloaded and converted; without
    it nothing is shown. Raises ModelError, and UsageError for names or options that do not go together.
    """
    _check_together(names)
    if options.prompt is not None:
        chat_prompt(options.prompt)
    return ModelChoice(tuple(_chosen(name, options, say) for name in names if name != NONE))


def _check_together(names: Sequence[str]) -> None:
    if len(names) > MOST_MODELS:
        raise UsageError(f"--model is given {len(names)} times; a run asks one model, or two")
    if len(set(names)) < len(names):
        raise UsageError(f"--model {names[0]} is given twice; the second opinion must be another model's")
    if len(names) > 1 and NONE in names:
        raise UsageError(f"--model {NONE} goes with no other: leave it out, or the other")


def _chosen(name: str, options: ModelOptions, say: Say | None) -> Callable[[], Verifier]:
    if is_address(name):
        if options.think:
            raise UsageError("--think is for models that are run here; a server's must answer at once")
        return partial(_connected, parse_address(name), options, say)
    return partial(_loaded, find_weights(name, say=say), options, say)


def _connected(address: Address, options: ModelOptions, say: Say | None) -> Verifier:
    from tinyv_cli.models.server import ServerModel

    prompt = chat_prompt(options.prompt or DEFAULT_PROMPT)
    return ServerModel(address, prompt, tell=say or _nothing, concurrency=options.concurrency)


def _nothing(_: str) -> None:
    """Nobody is to be told."""


def _loaded(weights: Weights, options: ModelOptions, say: Say | None) -> Verifier:
    path, is_nano = weights.fetch(), weights.name == NANO
    sha256 = sha256_of(path)
    if (
        options.requantize and not is_nano and not runs_on_gpu(options.engine)
    ):  # nano is merged in a fast format
        path = fast_copy(path, sha256, say=say)
    official = weights.official
    return LlamaModel(
        path,
        NanoPrompt() if is_nano else chat_prompt(options.prompt or weights.prompt),
        name=weights.name,
        sha256=sha256,
        options=options.engine,
        think=official is not None and official.think if options.think is None else options.think,
    )


def asking(model: Verifier, cache: VerdictCache | None) -> Asking:
    """How to ask the model, which remembers what it said of the same query."""
    identity = ["model", __version__, *model.identity]
    return remembering(model, shelf(cache, identity, lambda kept: ModelResult(*kept)), lasts=_lasts)


def _lasts(result: ModelResult) -> bool:
    """A server's failure is of the moment; the next run asks again."""
    return not (result.reason or "").startswith(FAILURE)
