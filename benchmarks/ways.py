"""Ways of asking a GGUF model for verdicts: tinyv's own, and those that it is measured against.

Each is to be run in a fresh process. Loading the model and two queries that warm it up come before the clock.
"""

import ctypes
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np

from tinyv_cli.models.engine import Engine, Logits, quiet_api
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.records import Query
from tinyv_cli.running.workers import physical_cores
from tinyv_cli.sources.files import CHUNK_ROWS
from tinyv_cli.words import DEFAULT_PROMPT

PREFILL, OURS, LOOP, KEEPING, SERVER = "prefill", "ours", "loop", "keeping", "server"
LOOP_TOKENS = 8  # what the paper lets a model write
SLOTS = 8
CONTEXT = 1024  # of the loop and of each slot; no prompt of the benchmark is longer
PREFILL_TOKENS = 512
PREFILL_SECONDS = 4.0
MEGABYTE = 2**20
WARM_UP = [Query("What is 2 + 3?", "5", answer) for answer in ("5", "6")]


@dataclass(frozen=True, slots=True)
class Subject:
    """A model: its file, and the one that tinyv runs in its place."""

    name: str
    file: Path
    fast: Path


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process that asked a model: resident before it was loaded, at most, and what must be."""

    before: float
    peak: float
    weights: float
    kv_cache: float

    @property
    def of_needed(self) -> float:
        """The peak, less what was there before, as a multiple of weights and KV cache."""
        return (self.peak - self.before) / (self.weights + self.kv_cache)


@dataclass(frozen=True, slots=True)
class Run:
    """One way of asking, once: tokens that were evaluated in prompts, and what was written after them.

    `plain_rate` are the tokens a second of one plain prompt, where that is another build's.
    """

    seconds: float
    read: int
    written: int = 0
    memory: Memory | None = None
    plain_rate: float | None = None


def ours(subject: Subject, queries: Sequence[Query]) -> Run:
    """Ask as `tinyv audit` does."""
    quiet_api()
    before = resident("VmRSS")
    with closing(LlamaModel(subject.fast, chat_prompt(DEFAULT_PROMPT), name=subject.name)) as model:
        list(scores(model, WARM_UP))
        with counted(model.engine._context) as count:
            started = time.perf_counter()
            list(scores(model, queries))
            seconds = time.perf_counter() - started
        read, written = count
        return Run(seconds, read, written, memory_of(model.engine, before))


def scores(model: LlamaModel, queries: Iterable[Query]) -> Iterator[float | None]:
    """p of each query, asked in windows as the pipeline does."""
    rest = iter(queries)
    while window := list(islice(rest, CHUNK_ROWS)):
        yield from (result.p for result in model(window))


def looped(subject: Subject, queries: Sequence[Query], *, keeping: bool = False) -> Run:
    """Ask in the plain way, one chat after another, each from its beginning unless what it shares is kept."""
    from llama_cpp import Llama

    quiet_api()
    model = Llama(str(subject.file), n_ctx=CONTEXT, verbose=False)

    def ask(query: Query) -> None:
        if not keeping:
            model.reset()
        model.create_chat_completion(messages(query), max_tokens=LOOP_TOKENS, temperature=0)

    for query in WARM_UP:
        ask(query)
    with counted(model.ctx) as count:
        started = time.perf_counter()
        for query in queries:
            ask(query)
        seconds = time.perf_counter() - started
    read, written = count
    return Run(seconds, read, written)


def served(subject: Subject, queries: Sequence[Query]) -> Run:
    """Ask llama.cpp's server, the rollouts of a question one by one in a slot that holds what they share."""
    server = opened_server(subject.file)
    free_slots = SimpleQueue[int]()
    for slot in range(SLOTS):
        free_slots.put(slot)

    def ask(query: Query, slot: int) -> int:
        # The verdict is in the first token's logprobs; writing more would only take longer.
        wanted = {"max_tokens": 1, "temperature": 0, "logprobs": True, "top_logprobs": 5, "id_slot": slot}
        reply = server.handle_chat_completions({"messages": messages(query), **wanted})
        return int(timings(reply)["prompt_n"])

    def ask_all(question: list[Query]) -> int:
        slot = free_slots.get()
        read = sum(ask(query, slot) for query in question)
        free_slots.put(slot)
        return read

    questions = [list(group) for _, group in groupby(queries, key=lambda query: query.question)]
    with ThreadPoolExecutor(SLOTS) as clients:
        list(clients.map(ask, WARM_UP[:1] * SLOTS, range(SLOTS)))  # each slot holds the instructions
        started = time.perf_counter()
        read = sum(clients.map(ask_all, questions))
        seconds = time.perf_counter() - started
    plain = {"prompt": plain_prompt(), "n_predict": 1, "cache_prompt": False}
    return Run(seconds, read, plain_rate=timings(server.handle_completions(plain))["prompt_per_second"])


def opened_server(path: Path) -> Any:
    """llama.cpp's server inside this process, silent, with its defaults but for slots and threads."""
    from xllamacpp import CommonParams, Server

    parameters = CommonParams()
    parameters.model.path = str(path)
    parameters.n_parallel = SLOTS
    parameters.n_ctx = SLOTS * CONTEXT
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = physical_cores()
    parameters.verbosity = 0
    return Server(parameters)


def timings(reply: dict[str, Any]) -> dict[str, Any]:
    """What a reply of the server says of its tokens."""
    if "timings" not in reply:
        raise SystemExit(f"the server replied {reply}")
    return dict(reply["timings"])


def prefilled(subject: Subject, _: Sequence[Query]) -> Run:
    """Read a plain prompt again and again, which is what the build can do at best."""
    prompt, read = plain_prompt(), 0
    with one_sequence(subject.fast) as logits:
        logits(prompt[:32])
        started = time.perf_counter()
        while (seconds := time.perf_counter() - started) < PREFILL_SECONDS:
            logits(prompt)
            read += len(prompt)
    return Run(seconds, read)


WAYS: dict[str, Callable[[Subject, Sequence[Query]], Run]] = {
    PREFILL: prefilled,
    OURS: ours,
    LOOP: looped,
    KEEPING: partial(looped, keeping=True),
    SERVER: served,
}


def plain_prompt() -> list[int]:
    """Any tokens, none of which is a control token."""
    rng = random.Random(0)
    return [rng.randrange(1000, 40_000) for _ in range(PREFILL_TOKENS)]


@contextmanager
def one_sequence(path: Path) -> Iterator[Callable[[list[int]], Logits]]:
    """The logits after a prompt that is alone in an empty context: llama.cpp at its simplest."""
    api = quiet_api()
    model = api.llama_model_load_from_file(str(path).encode(), api.llama_model_default_params())
    parameters = api.llama_context_default_params()
    parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = PREFILL_TOKENS
    parameters.n_threads = parameters.n_threads_batch = physical_cores()
    context = api.llama_init_from_model(model, parameters)
    vocabulary = api.llama_vocab_n_tokens(api.llama_model_get_vocab(model))

    def logits(prompt: list[int]) -> Logits:
        api.llama_memory_clear(api.llama_get_memory(context), True)
        tokens = (ctypes.c_int32 * len(prompt))(*prompt)
        if api.llama_decode(context, api.llama_batch_get_one(tokens, len(prompt))) != 0:
            raise SystemExit(f"llama.cpp could not read {len(prompt)} tokens")
        return np.ctypeslib.as_array(api.llama_get_logits_ith(context, -1), (vocabulary,)).copy()

    try:
        yield logits
    finally:
        api.llama_free(context)
        api.llama_model_free(model)


def messages(query: Query) -> list[dict[str, str]]:
    """The paper's prompt as a chat of one message."""
    content = chat_prompt(DEFAULT_PROMPT).template
    content = content.replace("{{QUESTION}}", query.question)
    content = content.replace("{{GROUND_TRUTH_ANSWER}}", query.gold)
    return [{"role": "user", "content": content.replace("{{MODEL_ANSWER}}", query.answer)}]


@contextmanager
def counted(context: Any) -> Iterator[list[int]]:
    """Tokens that a context evaluates meanwhile: in batches, which are of prompts, and singly, as written."""
    before, count = _evaluated(context), list[int]()
    yield count
    count += [after - start for start, after in zip(before, _evaluated(context), strict=True)]


def _evaluated(context: Any) -> tuple[int, int]:
    counts = quiet_api().llama_perf_context(context)
    return counts.n_p_eval, counts.n_eval


def resident(name: str) -> float:
    """Megabytes of this process: VmRSS, those that are resident, or VmHWM, the most that ever were."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def memory_of(engine: Engine, before: float) -> Memory:
    """What the process took at most, and what weights and KV cache (keys and values in F16) have to take."""
    api, model = engine._api, engine._model
    head = api.llama_model_n_embd(model) // api.llama_model_n_head(model)
    of_token = 2 * 2 * head * api.llama_model_n_head_kv(model) * api.llama_model_n_layer(model)
    kv_cache = of_token * api.llama_n_ctx(engine._context) / MEGABYTE
    return Memory(before, resident("VmHWM"), engine.path.stat().st_size / MEGABYTE, kv_cache)
