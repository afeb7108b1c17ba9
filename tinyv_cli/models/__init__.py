"""The models by name: the embedded one, the paper's, any GGUF of the hub or a file, a server, or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tinyv_cli import __version__
from tinyv_cli.errors import UsageError
from tinyv_cli.models.address import DECISION, Address, is_address, parse_address
from tinyv_cli.models.engine import EngineOptions, runs_on_gpu
from tinyv_cli.models.extra import require_extra
from tinyv_cli.models.header import read_header
from tinyv_cli.models.hub import Say
from tinyv_cli.models.lineup import Lineup, check_apart, lineup, lineup_of
from tinyv_cli.models.llama import NO_NUMBER, LlamaModel
from tinyv_cli.models.nano import nano_gguf, nano_sha256
from tinyv_cli.models.processor import BF16, Q8_0, fast_format
from tinyv_cli.models.prompts import NanoPrompt, chat_prompt
from tinyv_cli.models.registry import NotOnDisk, Weights, find_weights
from tinyv_cli.models.replies import FAILURE
from tinyv_cli.models.requantize import check_format, fast_copy, in_format
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.running.cache import VerdictCache, remembering, shelf
from tinyv_cli.running.disk import sha256_of
from tinyv_cli.words import DEFAULT_CONCURRENCY, DEFAULT_PROMPT, NANO, Requantize

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
class ModelOptions:
    """How a model is asked and run. Of None the model's own way is taken, as far as it is known.

    A model that thinks (`think`) writes before it gives its verdict. `requantize` says in which format
    weights are run; `concurrency` is how many requests a server is sent at the same time.
    """

    prompt: str | None = None
    think: bool | None = None
    requantize: Requantize = Requantize.AUTO
    engine: EngineOptions = field(default_factory=EngineOptions)
    concurrency: int = DEFAULT_CONCURRENCY


MERGED = (BF16, Q8_0)  # the formats that nano is merged in
OwnOptions = Mapping[str, ModelOptions]  # by the name of the model
NO_OWN: OwnOptions = {}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Models that are known to be there, as far as that can be known, and how to load each.

    They are asked `in_turn`, or each about everything.
    """

    loads: tuple[Callable[[], Verifier], ...]
    in_turn: bool = False

    @contextmanager
    def opened(self) -> Iterator[list[Verifier]]:
        """The models, all of them for as long as they are needed; none for `none`. Raises ModelError."""
        with ExitStack() as stack:
            yield [stack.enter_context(closing(load())) for load in self.loads]


def choose_models(
    given: Sequence[str], options: ModelOptions, *, own: OwnOptions = NO_OWN, say: Say | None = None
) -> ModelChoice:
    """Check what can be checked before anything is read, downloaded, loaded or connected to.

    `given` are the values of `--model`. The options hold for each of the models but for those with `own`
    ones. `say` is told what is chosen, downloaded and converted; without it nothing is shown. Raises
    ModelError, and UsageError for names or options that do not go together.
    """
    return _choice(lineup(given), options, own, say)


def choose_each(
    given: Sequence[str], options: ModelOptions, *, own: OwnOptions = NO_OWN, say: Say | None = None
) -> dict[str, ModelChoice]:
    """The same of any number of models and cascades that are asked one after the other, each by itself."""
    check_apart(given)
    lineups = {name: lineup_of(name) for name in given}
    return {name: _choice(each, options, own, say) for name, each in lineups.items() if each.models}


def _choice(chosen: Lineup, options: ModelOptions, own: OwnOptions, say: Say | None) -> ModelChoice:
    loads = tuple(_chosen(name, own.get(name, options), say) for name in chosen.models)
    return ModelChoice(loads, chosen.in_turn)


def at_hand(
    given: Sequence[str], options: ModelOptions, *, own: OwnOptions = NO_OWN
) -> dict[str, Callable[[], Verifier] | None]:
    """How to load each model without a download or a connection; None where that cannot be.

    No copy of weights is made either. Raises ModelError for a name that means nothing, and UsageError for
    names that do not go together.
    """
    return {name: _at_hand(name, own.get(name, options)) for name in lineup(given).models}


def _at_hand(name: str, options: ModelOptions) -> Callable[[], Verifier] | None:
    if is_address(name):
        return None
    try:
        weights = find_weights(name, say=None, ask_hub=False)
    except NotOnDisk:
        return None
    asked = options if name == NANO else replace(options, requantize=Requantize.OFF)
    return partial(_loaded, weights, asked, None)


def _chosen(name: str, options: ModelOptions, say: Say | None) -> Callable[[], Verifier]:
    if options.prompt is not None:
        chat_prompt(options.prompt)
    if is_address(name):
        if name.startswith(DECISION):
            return partial(_deciding, parse_address(name.removeprefix(DECISION)), options, say)
        return partial(_connected, parse_address(name), options, say)
    require_extra()
    return partial(_loaded, find_weights(name, say=say), options, say)


def _connected(address: Address, options: ModelOptions, say: Say | None) -> Verifier:
    from tinyv_cli.models.server import ServerModel

    return ServerModel(
        address,
        chat_prompt(options.prompt or DEFAULT_PROMPT),
        tell=say or _nothing,
        think=bool(options.think),
        concurrency=options.concurrency,
    )


def _deciding(address: Address, options: ModelOptions, say: Say | None) -> Verifier:
    from tinyv_cli.models.decision import DecisionModel

    return DecisionModel(address, tell=say or _nothing, concurrency=options.concurrency)


def _nothing(_: str) -> None:
    """Nobody is to be told."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A model in one format of a ladder of formats. `load` makes the weights in that format if need be."""

    model: str
    format: str
    load: Callable[[], LlamaModel]


def ladder(
    given: Sequence[str],
    formats: Sequence[str],
    options: ModelOptions,
    *,
    own: OwnOptions = NO_OWN,
    say: Say | None = None,
) -> list[Rung]:
    """Each of the models that are run here in each of the formats. Raises UsageError where there is none."""
    for each in formats:
        check_format(each)
    names = dict.fromkeys(name for value in given for name in lineup_of(value).models)
    local = [name for name in names if not is_address(name)]
    if formats and not local:
        raise UsageError("--quants is for models that are run here; name one with --model")
    return [
        Rung(name, each, partial(_loaded, find_weights(name, say=None), own.get(name, options), say, each))
        for name in local
        for each in formats
    ]


def _loaded(
    weights: Weights, options: ModelOptions, say: Say | None, wanted: str | None = None
) -> LlamaModel:
    is_nano = weights.name == NANO
    path = nano_gguf(wanted if wanted in MERGED else _nano_format(options)) if is_nano else weights.fetch()
    sha256 = nano_sha256() if is_nano else sha256_of(path)
    if wanted is not None:
        path = in_format(path, sha256, wanted)
    elif not is_nano:
        path = _as_set(path, sha256, options, say)
    official = weights.official
    return LlamaModel(
        path,
        NanoPrompt() if is_nano else chat_prompt(options.prompt or weights.prompt),
        name=weights.name,
        sha256=sha256,
        options=options.engine,
        think=official is not None and official.think if options.think is None else options.think,
    )


def _nano_format(options: ModelOptions) -> str:
    """The format in which nano is merged, which has none of its own."""
    if options.requantize is Requantize.AUTO:
        return Q8_0 if runs_on_gpu(options.engine) else fast_format()
    return Q8_0 if options.requantize is Requantize.OFF else options.requantize.value


def _as_set(path: Path, sha256: str, options: ModelOptions, say: Say | None) -> Path:
    """The weights themselves, or a copy in the format that is set or that is faster."""
    read_header(path)  # llama.cpp ends our process for some that cannot be
    if options.requantize is Requantize.OFF:
        return path
    if options.requantize is Requantize.AUTO:
        return path if runs_on_gpu(options.engine) else fast_copy(path, sha256, say=say)
    return in_format(path, sha256, options.requantize.value)


def asking(model: Verifier, cache: VerdictCache | None) -> Asking:
    """How to ask the model, which remembers what it said of the same query."""
    identity = ["model", __version__, *model.identity]
    return remembering(model, shelf(cache, identity, ModelResult, _lasts))


def _lasts(result: ModelResult) -> bool:
    """A server's failure is of the moment, and what is no number nothing to keep; the next run asks again."""
    return result != NO_NUMBER and not (result.reason or "").startswith(FAILURE)
