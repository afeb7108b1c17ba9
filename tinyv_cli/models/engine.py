"""llama.cpp through the low-level functions of llama-cpp-python: many prompts at a time, each token once.

The high-level class evaluates one sequence at a time. Here a batch holds the tree of many prompts, and
between batches the context keeps what they all begin with, so that the next ones need not begin anew.

What a prompt gives must not depend on what stands beside it: sums in another order differ in their last bit,
which the rounding of activations makes a difference that is seen. On a CPU three things see to it. Values
are kept in a type for which attention has no tiles, and so looks at each prompt's own tokens, one after the
other. These lie in the order of their positions, as what is kept lies before all else. And batches are filled
up to whole `ROWS`, since rows that are left over would be multiplied in another way.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyv_cli.errors import ModelError
from tinyv_cli.models.extra import require_extra
from tinyv_cli.models.trees import Tree
from tinyv_cli.running.workers import physical_cores
from tinyv_cli.words import ALL_LAYERS, DEFAULT_BATCH_TOKENS

BATCH_SEQUENCES = 64
MAX_PROMPT_TOKENS = 4096
END = -1  # of a range of positions
BF16 = 30  # llama.cpp's number of the type, for which llama-cpp-python has no name
ROWS = 8  # that are multiplied together, at most
FILLERS = 2 * ROWS  # enough to fill up both the tokens and the logits of a batch

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a model is run. None chooses: all physical cores, flash attention where the model and the device
    have it. Attention looks at all that is in a batch, so batches of more tokens cost small models more than
    they save. `gpu_layers` are put on a GPU if llama.cpp was built for one.
    """

    threads: int | None = None
    gpu_layers: int = ALL_LAYERS
    batch_tokens: int = DEFAULT_BATCH_TOKENS
    flash_attention: bool | None = None


class Engine:
    """A loaded GGUF model with a context for many sequences. Raises ModelError when it cannot be had.

    `reply_tokens` is how many tokens each sequence may add to its prompt.
    """

    def __init__(
        self, path: Path, options: EngineOptions, *, sequences: int = BATCH_SEQUENCES, reply_tokens: int = 0
    ) -> None:
        self.path = path
        self.sequences, self.batch_tokens = sequences, options.batch_tokens
        self.held: list[int] = []  # tokens, in the first cells of the context
        # The sequences of what is kept between trees, and of what fills up a batch.
        self._keeper, self._filler = sequences, sequences + 1
        self._api = quiet_api()
        self._model = self._load(options)
        self._vocab = self._api.llama_model_get_vocab(self._model)
        self.vocabulary_size = int(self._api.llama_vocab_n_tokens(self._vocab))
        self.prompt_tokens = min(
            MAX_PROMPT_TOKENS, self._api.llama_model_n_ctx_train(self._model) - reply_tokens
        )
        self._context = self._open_context(options, sequences * reply_tokens)
        self._memory = self._api.llama_get_memory(self._context)
        self._chat_format: Any = None

    def tokens(self, text: str, *, special: bool = False, start: bool = False) -> list[int]:
        """Tokens of the text; `special` reads control tokens, `start` adds what begins every prompt."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (ctypes.c_int32 * room)()
        count = self._api.llama_tokenize(self._vocab, data, len(data), buffer, room, start, special)
        if count < 0:
            raise ModelError(f"{self.path}: its tokeniser failed on {text[:40]!r}")
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; a character may be spread over several tokens."""
        buffer = ctypes.create_string_buffer(256)
        count = self._api.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, True)
        return buffer.raw[: max(count, 0)]

    def ends_reply(self, token: int) -> bool:
        """Whether the model has nothing more to say."""
        return bool(self._api.llama_vocab_is_eog(self._vocab, token))

    def said(self, key: str) -> str | None:
        """What the file's metadata say under a key."""
        buffer = ctypes.create_string_buffer(256)
        length = self._api.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else None

    def chat(self, message: str) -> str:
        """The chat template that the file carries, around one user message."""
        if self._chat_format is None:
            self._chat_format = self._read_chat_format()
        prompt = str(self._chat_format(messages=[{"role": "user", "content": message}]).prompt)
        # Where the tokeniser adds the beginning of sequence by itself, it must not stand there twice.
        if not self._api.llama_vocab_get_add_bos(self._vocab):
            return prompt
        return prompt.removeprefix(self._token_text(self._api.llama_vocab_bos(self._vocab)))

    def evaluate(self, tree: Tree) -> list[Logits]:
        """Logits after each prompt of the tree; they are valid until the next call.

        The sequences are there until they are released, so that replies may be appended.
        """
        api, memory = self._api, self._memory
        api.llama_memory_seq_rm(memory, self._keeper, max(tree.held), END)
        for sequence, held in enumerate(tree.held):
            api.llama_memory_seq_cp(memory, self._keeper, sequence, 0, held)
        ends = set(tree.ends)
        self._batch.n_tokens = 0
        for node, token in enumerate(tree.tokens):
            self._add(token, tree.positions[node], tree.sequences[node], logits=node in ends)
        self._decode()
        return [self._logits(end) for end in tree.ends]

    def append(self, tokens: Sequence[tuple[int, int, int]]) -> list[Logits]:
        """Logits after one more (sequence, position, token) for each of some sequences."""
        self._batch.n_tokens = 0
        for sequence, position, token in tokens:
            self._add(token, position, [sequence], logits=True)
        self._decode()
        return [self._logits(i) for i in range(len(tokens))]

    def release(self, tree: Tree, shared: list[int]) -> None:
        """Forget the tree's sequences but for what its prompts share, which the next tree may begin with."""
        api, memory, held = self._api, self._memory, tree.held[0]
        if held < len(shared):
            api.llama_memory_seq_cp(memory, 0, self._keeper, held, len(shared))
        api.llama_memory_seq_rm(memory, self._keeper, len(shared), END)
        for sequence in range(len(tree.ends)):
            api.llama_memory_seq_rm(memory, sequence, 0, END)
        self.held = shared

    def close(self) -> None:
        """Free the weights and the context."""
        if self._context is not None:
            self._api.llama_batch_free(self._batch)
            self._api.llama_free(self._context)
            self._api.llama_model_free(self._model)
            self._context = None

    def _add(self, token: int, position: int, sequences: list[int], *, logits: bool) -> None:
        batch = self._batch
        node = batch.n_tokens
        batch.token[node] = token
        batch.pos[node] = position
        batch.n_seq_id[node] = len(sequences)
        for place, sequence in enumerate(sequences):
            batch.seq_id[node][place] = sequence
        batch.logits[node] = logits
        batch.n_tokens = node + 1

    def _decode(self) -> None:
        """Evaluate the batch, filled up with tokens that are forgotten at once."""
        batch = self._batch
        asked = sum(batch.logits[node] for node in range(batch.n_tokens))
        for position in range(_fillers(batch.n_tokens, asked)):
            self._add(batch.token[0], position, [self._filler], logits=position < -asked % ROWS)
        status = self._api.llama_decode(self._context, batch)
        self._api.llama_memory_seq_rm(self._memory, self._filler, 0, END)
        if status != 0:
            raise ModelError(f"{self.path}: llama.cpp could not evaluate a batch (status {status})")

    def _logits(self, node: int) -> Logits:
        row = self._api.llama_get_logits_ith(self._context, node)
        return np.ctypeslib.as_array(row, (self.vocabulary_size,))

    def _load(self, options: EngineOptions) -> Any:
        parameters = self._api.llama_model_default_params()
        parameters.n_gpu_layers = options.gpu_layers
        parameters.check_tensors = True  # of damaged weights many are no numbers
        if not runs_on_gpu(options):
            # The CPU's fast paths order weights in their own way; a mapped file would stay beside that copy.
            parameters.load_mode = self._api.LLAMA_LOAD_MODE_NONE
        model = self._api.llama_model_load_from_file(str(self.path).encode(), parameters)
        if not model:
            raise ModelError(
                f"{self.path}: llama.cpp cannot load this GGUF; is it whole, undamaged and of a known kind?"
            )
        if self._api.llama_model_is_recurrent(model) or self._api.llama_model_is_hybrid(model):
            raise ModelError(f"{self.path}: a recurrent model cannot share prompts; take a transformer")
        return model

    def _open_context(self, options: EngineOptions, reply_room: int) -> Any:
        parameters = self._api.llama_context_default_params()
        parameters.n_ctx = self.prompt_tokens + options.batch_tokens + reply_room + FILLERS
        parameters.n_batch = max(self.prompt_tokens, options.batch_tokens) + FILLERS
        parameters.n_ubatch = options.batch_tokens + FILLERS
        parameters.n_seq_max = self._filler + 1
        parameters.kv_unified = True  # a token of several prompts is kept once
        parameters.swa_full = True  # a sliding window would forget what the next prompt shares
        parameters.n_threads = parameters.n_threads_batch = options.threads or physical_cores()
        if options.flash_attention is not None:
            parameters.flash_attn_type = int(options.flash_attention)
        if options.flash_attention is not False and not runs_on_gpu(options):
            parameters.type_v = BF16  # and keys in F16: of two types there are no tiles
        context = self._api.llama_init_from_model(self._model, parameters)
        if not context:
            raise ModelError(
                f"{self.path}: llama.cpp has no memory for a context of {parameters.n_ctx} tokens"
            )
        self._batch = self._api.llama_batch_init(parameters.n_batch, 0, self.sequences)
        return context

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


def _fillers(tokens: int, asked: int) -> int:
    """How many tokens a batch lacks, and at least as many as its logits lack, to be whole rows."""
    lacking = -asked % ROWS
    return lacking + -(tokens + lacking) % ROWS


def runs_on_gpu(options: EngineOptions) -> bool:
    """Whether llama.cpp was built for a GPU and is to put layers on it."""
    return options.gpu_layers != 0 and bool(quiet_api().llama_supports_gpu_offload())


def quiet_api() -> Any:
    """llama.cpp's functions, its own log silenced.

    The callback is a C function that does nothing and needs no GIL. A Python one could be where a Ctrl-C
    arrives, and ctypes swallows exceptions there; it could also be garbage-collected under llama.cpp's feet.
    """
    require_extra()
    from llama_cpp import llama_cpp as api

    api.llama_log_set(ctypes.cast(ctypes.pythonapi.Py_IsInitialized, api.llama_log_callback), None)
    api.llama_backend_init()
    return api
