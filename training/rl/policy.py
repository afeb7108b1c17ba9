"""The policy: the first layers of SmolLM2-135M-Instruct, whose GGUF is installed with nano."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    Cache,
    DynamicCache,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaModel,
    PreTrainedTokenizerFast,
)
from transformers.models.llama.modeling_llama import LlamaMLP

from tinyv_cli.models.nano import base_gguf

LAYERS = 8  # of 30: a step of all takes four times as long
# Processors that do not multiply in bfloat16 take seven times as long for it as for 32 bits, and more.
HALF = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))
ANSWER_TOKENS = 20  # the longest form has 19, with the token that ends it


class Skipping(LlamaMLP):  # type: ignore[misc]
    """The part of a layer that looks at each token by itself: three quarters of the work.

    Where rows are filled up to one length, it leaves out what they are filled up with.
    """

    seen: torch.Tensor | None = None  # of what is read now; None where nothing is filled up

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """As every LlamaMLP, but 0 for what is not seen."""
        if self.seen is None:
            whole: torch.Tensor = super().forward(states)
            return whole
        read = super().forward(states[self.seen])
        made: torch.Tensor = read.new_zeros(states.shape)  # in the precision that is multiplied in
        made[self.seen] = read
        return made


class Sharing(LlamaModel):  # type: ignore[misc]
    """The layers. What several rows begin with, a question that is answered several times, is read once.

    Forward and backward of 8 questions with 8 answers each take half the time; numbers differ by rounding.
    """

    def __init__(self, config: LlamaConfig) -> None:
        super().__init__(config)
        for layer in self.layers:
            layer.mlp = Skipping(config)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        position_ids: torch.Tensor | None = None,
        cache: Cache | None = None,
        **named: Any,
    ) -> Any:
        """As every LlamaModel, of rows of tokens that are filled up to one length."""
        cache = named.pop("past_key_values", cache)  # as earlier releases call it
        rows = input_ids.tolist()
        length = 0 if cache is not None and cache.get_seq_length() else shared_length(rows)
        if length == 0:
            return self._read(input_ids, attention_mask, position_ids, cache, **named)
        named["use_cache"] = True
        cache = DynamicCache(config=self.config) if cache is None else cache
        if attention_mask is None:  # sampling leaves it out where nothing is filled up
            attention_mask = torch.ones_like(input_ids)
        if position_ids is None:
            position_ids = torch.arange(input_ids.shape[1]).expand_as(input_ids)
        begun = [tuple(row[:length]) for row in rows]
        different = list(dict.fromkeys(begun))
        firsts = [begun.index(each) for each in different]
        which = torch.tensor([different.index(each) for each in begun])
        of_firsts = (each[firsts, :length] for each in (input_ids, attention_mask, position_ids))
        begin = self._read(*of_firsts, cache, **named)
        cache.batch_select_indices(which)
        rest = self._read(input_ids[:, length:], attention_mask, position_ids[:, length:], cache, **named)
        states = (begin.last_hidden_state[which], rest.last_hidden_state)
        rest.last_hidden_state = torch.cat(states, dim=1)
        return rest

    def _read(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None, *given: Any, **named: Any
    ) -> Any:
        """Read these tokens; the mask may be of what was read before, too."""
        seen = None if attention_mask is None else attention_mask[:, -input_ids.shape[1] :].bool()
        for layer in self.layers:
            layer.mlp.seen = None if seen is None or seen.all() else seen
        return super().forward(input_ids, attention_mask, *given, **named)


def shared_length(rows: Sequence[Sequence[int]]) -> int:
    """How many tokens that rows begin with to read once for all that do: as many as save most.

    0 where that is less than a quarter of all.
    """

    def saved(length: int) -> int:
        return length * (len(rows) - len({tuple(row[:length]) for row in rows}))

    longest = len(rows[0])
    best = max(range(longest), key=saved)  # the last token of each row is read anyway
    return best if saved(best) >= len(rows) * longest / 4 else 0


class Policy(LlamaForCausalLM):  # type: ignore[misc]
    """The network, which samples in half precision as it is trained in it."""

    def __init__(self, config: LlamaConfig) -> None:
        super().__init__(config)
        self.model = Sharing(config)
        self.post_init()

    def generate(self, *given: Any, **named: Any) -> Any:
        """Sample, wherever that is called from."""
        with half_precision():
            return super().generate(*given, **named)


def cut_base(texts: Iterable[str], layers: int = LAYERS) -> tuple[Any, Any]:
    """The base with its first layers and the tokens of these texts, in 32 bits, and its tokeniser.

    It has to be warmed up: what the layers made of a text was meant for those that are cut off.
    """
    file = base_gguf()
    tokeniser = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    whole = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32)
    cut, tokens = _cut_tokeniser(tokeniser, texts)
    weights = {
        name: weight[tokens] if weight.shape[0] == len(tokeniser) else weight
        for name, weight in whole.state_dict().items()
    }
    described = whole.config.to_dict()
    described.pop("quantization_config")  # the weights are no longer
    sizes = {"num_hidden_layers": layers, "vocab_size": len(tokens)}
    named = {"eos_token_id": cut.eos_token_id, "pad_token_id": cut.pad_token_id, "bos_token_id": None}
    model = Policy(LlamaConfig(**described | sizes | named))
    model.load_state_dict(weights, strict=False)
    return model, cut


def _cut_tokeniser(tokeniser: Any, texts: Iterable[str]) -> tuple[Any, list[int]]:
    """A tokeniser that splits these texts as the given one does, and its tokens by their former numbers."""
    described = json.loads(tokeniser.backend_tokenizer.to_str())
    model, eos = described["model"], tokeniser.eos_token
    made_of: dict[str, list[list[str]]] = {}
    for merge in model["merges"]:
        made_of.setdefault("".join(merge), []).append(merge)
    used = {token for token in model["vocab"] if len(token) == 1}
    new = {token for text in texts for token in tokeniser.tokenize(text)}
    while new:
        used |= new
        new = {part for token in new for merge in made_of.get(token, ()) for part in merge} - used
    kept = sorted(model["vocab"][token] for token in used | {eos})
    names = tokeniser.convert_ids_to_tokens(kept)
    model["vocab"] = {name: number for number, name in enumerate(names)}
    model["merges"] = [merge for merge in model["merges"] if "".join(merge) in used]
    described["added_tokens"] = [
        each | {"id": model["vocab"][eos]} for each in described["added_tokens"] if each["content"] == eos
    ]
    backend = Tokenizer.from_str(json.dumps(described))
    return PreTrainedTokenizerFast(tokenizer_object=backend, eos_token=eos, pad_token=eos), kept


def kept(folder: Path) -> tuple[Any, Any]:
    """A policy that was kept in this folder, and its tokeniser."""
    return Policy.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)


def keep(model: Any, tokeniser: Any, folder: Path) -> None:
    """Keep a policy, whole or not at all."""
    beside = folder.with_name(f"{folder.name}.part")
    model.save_pretrained(beside)
    tokeniser.save_pretrained(beside)
    beside.rename(folder)


def fingerprint(folder: Path) -> str:
    """What tells the weights of a kept policy from others."""
    return sha256((folder / "model.safetensors").read_bytes()).hexdigest()[:12]


def half_precision() -> Any:
    """Multiply in bfloat16, the weights being kept in 32 bits, where that is the faster."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF)


def padded(tokeniser: Any, prompts: Sequence[str]) -> Any:
    """The tokens of the prompts, filled up on the left."""
    return tokeniser(list(prompts), return_tensors="pt", padding=True, padding_side="left")


class Answers(NamedTuple):
    """What was asked and answered, as tokens: prompts filled up on the left, answers on the right."""

    tokens: torch.Tensor
    seen: torch.Tensor  # 0 where it is filled up
    begin: int  # of the answers
    log_likelihoods: torch.Tensor  # of each answer to the policy that gave it, in nats

    def texts(self, tokeniser: Any) -> list[str]:
        """The answers."""
        said: list[str] = tokeniser.batch_decode(self.tokens[:, self.begin :], skip_special_tokens=True)
        return said


@torch.no_grad()
def answers(model: Any, tokeniser: Any, prompts: Sequence[str]) -> Answers:
    """Answers of at most ANSWER_TOKENS, sampled at a temperature of 1."""
    asked = padded(tokeniser, prompts)
    as_it_is = {"do_sample": True, "top_k": 0, "top_p": 1.0}
    kept = {"return_dict_in_generate": True, "output_logits": True}
    sampled = model.generate(**asked, max_new_tokens=ANSWER_TOKENS, **as_it_is, **kept)
    tokens, begin = sampled.sequences, asked["input_ids"].shape[1]
    ends = tokens[:, begin:] == tokeniser.eos_token_id
    said = (ends.cumsum(1) - ends.long()) == 0
    seen = torch.cat([asked["attention_mask"], said.long()], dim=1)
    return Answers(tokens, seen, begin, _summed(torch.stack(sampled.logits, dim=1), tokens, seen, begin))


@torch.no_grad()
def log_likelihoods(model: Any, answered: Answers) -> torch.Tensor:
    """Of each answer to another policy, with the token that ends it, in nats."""
    tokens, seen, begin, _ = answered
    with half_precision():
        logits = model(tokens, attention_mask=seen, logits_to_keep=tokens.shape[1] - begin + 1).logits
    return _summed(logits[:, :-1], tokens, seen, begin)


def _summed(logits: torch.Tensor, tokens: torch.Tensor, seen: torch.Tensor, begin: int) -> torch.Tensor:
    """The log-likelihood of each row from where it begins, of the logits of each of its tokens."""
    chosen = logits.float().log_softmax(-1).gather(2, tokens[:, begin:, None])[..., 0]
    summed: torch.Tensor = (chosen * seen[:, begin:]).sum(1)
    return summed
