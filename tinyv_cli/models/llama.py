"""Ask a GGUF model through llama.cpp: one forward pass a verdict, and each shared beginning only once.

The probability that an answer is correct is the softmax over the logits of True and False right after
the prompt. Prompts are packed as a tree: rollouts of one question share its tokens, which carry the
sequence ids of all of them, so that llama.cpp evaluates them once.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tinyv_cli.cores import usable_cores
from tinyv_cli.disk import sha256_of
from tinyv_cli.errors import ModelError
from tinyv_cli.models.prompts import Prompt, PromptMaker
from tinyv_cli.records import ModelResult, Query

# Attention looks at all that is in the batch, so for small models large batches cost more than they save.
BATCH_TOKENS = 512
BATCH_SEQUENCES = 64
MAX_PROMPT_TOKENS = 4096
MAGIC = b"GGUF"


@dataclass(slots=True)
class Tree:
    """Prompts merged where they begin alike: token, depth and the prompts that pass through, node by node."""

    tokens: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    sequences: list[list[int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, prompt: list[int], path: list[int], shared: int) -> list[int]:
        """Add a prompt that begins with `shared` tokens of the last path; returns its own path of nodes."""
        sequence = len(self.ends)
        path = path[:shared]
        for node in path:
            self.sequences[node].append(sequence)
        for position in range(shared, len(prompt)):
            path.append(len(self.tokens))
            self.tokens.append(prompt[position])
            self.positions.append(position)
            self.sequences.append([sequence])
        self.ends.append(path[-1])
        return path


def trees(
    prompts: Sequence[list[int]], *, max_tokens: int, max_sequences: int
) -> Iterator[tuple[list[int], Tree]]:
    """Pack prompts into trees of bounded size; with each tree, which prompts it holds, in its order.

    Sorted prompts have those that share a beginning side by side. A prompt that alone is larger than
    `max_tokens` gets a tree of its own.
    """
    tree, members, path, last = Tree(), list[int](), list[int](), list[int]()
    for index in sorted(range(len(prompts)), key=prompts.__getitem__):
        prompt = prompts[index]
        # The end of a prompt needs logits of its own, also when another prompt goes on from there.
        shared = min(_shared(last, prompt), len(prompt) - 1)
        new_tokens = len(prompt) - shared
        if members and (len(tree.tokens) + new_tokens > max_tokens or len(members) == max_sequences):
            yield members, tree
            tree, members, path, shared = Tree(), [], [], 0
        path = tree.add(prompt, path, shared)
        members.append(index)
        last = prompt
    if members:
        yield members, tree


def _shared(a: list[int], b: list[int]) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length


class LlamaModel:
    """A GGUF model that is asked for verdicts. Call it with queries; results come in their order."""

    def __init__(
        self, path: Path, maker: PromptMaker, *, name: str, threads: int | None = None, gpu_layers: int = -1
    ) -> None:
        self.path, self.name, self.maker = path, name, maker
        self.sha256 = sha256_of(path)
        self._api = _quiet_api()
        self._model = self._load(gpu_layers)
        self._vocab = self._api.llama_model_get_vocab(self._model)
        self._context_size = min(MAX_PROMPT_TOKENS, self._api.llama_model_n_ctx_train(self._model))
        self._context = self._open_context(threads or usable_cores())
        self._words = tuple(self._single_token(word) for word in maker.verdict_words)
        self._chat_format: Any = None

    @property
    def identity(self) -> Sequence[object]:
        """Everything that decides a verdict."""
        return [self.sha256, self.maker.sha256, version("llama-cpp-python")]

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "prompt": self.maker.name,
            "prompt_sha256": self.maker.sha256,
        }

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query; None with the reason `too_long` where gold and answer do not fit the context."""
        made: dict[Query, Prompt | None] = {
            query: self.maker.make(query, self, limit=self._context_size) for query in dict.fromkeys(queries)
        }
        asked = [(query, prompt) for query, prompt in made.items() if prompt is not None]
        scores = dict(
            zip(
                (query for query, _ in asked),
                self._scores([prompt.tokens for _, prompt in asked]),
                strict=True,
            )
        )
        return [self._result(made[query], scores.get(query)) for query in queries]

    def tokens(self, text: str, *, special: bool = False, start: bool = False) -> list[int]:
        """Tokens of the text; `special` reads control tokens, `start` adds what begins every prompt."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (ctypes.c_int32 * room)()
        count = self._api.llama_tokenize(self._vocab, data, len(data), buffer, room, start, special)
        if count < 0:
            raise ModelError(f"{self.path}: its tokeniser failed on {text[:40]!r}")
        return list(buffer[:count])

    def chat(self, message: str) -> str:
        """The chat template that the file carries, around one user message."""
        if self._chat_format is None:
            self._chat_format = self._read_chat_format()
        prompt = str(self._chat_format(messages=[{"role": "user", "content": message}]).prompt)
        # Where the tokeniser adds the beginning of sequence by itself, it must not stand there twice.
        if not self._api.llama_vocab_get_add_bos(self._vocab):
            return prompt
        return prompt.removeprefix(self._token_text(self._api.llama_vocab_bos(self._vocab)))

    def close(self) -> None:
        """Free the weights."""
        if self._context is not None:
            self._api.llama_batch_free(self._batch)
            self._api.llama_free(self._context)
            self._api.llama_model_free(self._model)
            self._context = None

    def _result(self, prompt: Prompt | None, p: float | None) -> ModelResult:
        return ModelResult(None, "too_long") if prompt is None else ModelResult(p, prompt.note)

    def _scores(self, prompts: list[list[int]]) -> list[float]:
        scores = [math.nan] * len(prompts)
        for members, tree in trees(prompts, max_tokens=BATCH_TOKENS, max_sequences=BATCH_SEQUENCES):
            for index, score in zip(members, self._evaluate(tree), strict=True):
                scores[index] = score
        return scores

    def _evaluate(self, tree: Tree) -> list[float]:
        """One decode of the whole tree, then the two logits at the end of each prompt."""
        api, batch = self._api, self._batch
        api.llama_memory_clear(api.llama_get_memory(self._context), False)
        ends = set(tree.ends)
        batch.n_tokens = len(tree.tokens)
        for node, token in enumerate(tree.tokens):
            batch.token[node] = token
            batch.pos[node] = tree.positions[node]
            batch.n_seq_id[node] = len(tree.sequences[node])
            for place, sequence in enumerate(tree.sequences[node]):
                batch.seq_id[node][place] = sequence
            batch.logits[node] = node in ends
        status = api.llama_decode(self._context, batch)
        if status != 0:
            raise ModelError(f"{self.path}: llama.cpp could not evaluate a batch (status {status})")
        true, false = self._words
        logits = [api.llama_get_logits_ith(self._context, end) for end in tree.ends]
        return [1 / (1 + math.exp(min(row[false] - row[true], 700))) for row in logits]

    def _load(self, gpu_layers: int) -> Any:
        parameters = self._api.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        model = self._api.llama_model_load_from_file(str(self.path).encode(), parameters)
        if not model:
            raise ModelError(
                f"{self.path}: llama.cpp cannot load this GGUF; is it whole, and of a known kind?"
            )
        return model

    def _open_context(self, threads: int) -> Any:
        parameters = self._api.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = self._context_size
        parameters.n_ubatch = BATCH_TOKENS
        parameters.n_seq_max = BATCH_SEQUENCES
        parameters.kv_unified = True  # a token of several prompts is kept once
        parameters.n_threads = parameters.n_threads_batch = threads
        context = self._api.llama_init_from_model(self._model, parameters)
        if not context:
            raise ModelError(
                f"{self.path}: llama.cpp has no memory for a context of {self._context_size} tokens"
            )
        self._batch = self._api.llama_batch_init(self._context_size, 0, BATCH_SEQUENCES)
        return context

    def _single_token(self, word: str) -> int:
        tokens = self.tokens(word)
        if len(tokens) != 1:
            raise ModelError(
                f"{self.path}: its vocabulary has no single token for '{word}'; it is no verifier"
            )
        return tokens[0]

    def _token_text(self, token: int) -> str:
        return self._api.llama_vocab_get_text(self._vocab, token).decode() if token >= 0 else ""

    def _read_chat_format(self) -> Any:
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = self._api.llama_model_chat_template(self._model, None)
        if not template:
            raise ModelError(f"{self.path}: this GGUF carries no chat template, which the prompt needs")
        return Jinja2ChatFormatter(
            template=template.decode(),
            eos_token=self._token_text(self._api.llama_vocab_eos(self._vocab)),
            bos_token=self._token_text(self._api.llama_vocab_bos(self._vocab)),
            add_generation_prompt=True,
        )


def check_gguf(path: Path) -> None:
    """Raise ModelError unless there is a file that begins as a GGUF does."""
    try:
        with path.open("rb") as file:
            found = file.read(len(MAGIC))
    except OSError as error:
        raise ModelError(
            f"{path}: no such model ({error.strerror}); --model takes 'nano', 'none' or a .gguf file"
        ) from error
    if found != MAGIC:
        raise ModelError(f"{path}: not a GGUF file; --model takes 'nano', 'none' or a .gguf file")


def _quiet_api() -> Any:
    """llama.cpp's functions, its own log silenced.

    The callback is a C function that does nothing and needs no GIL. A Python one could be where a Ctrl-C
    arrives, and ctypes swallows exceptions there; it could also be garbage-collected under llama.cpp's feet.
    """
    from llama_cpp import llama_cpp as api

    api.llama_log_set(ctypes.cast(ctypes.pythonapi.Py_IsInitialized, api.llama_log_callback), None)
    api.llama_backend_init()
    return api
