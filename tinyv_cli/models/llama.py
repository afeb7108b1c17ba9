"""Ask a GGUF model for verdicts: from one forward pass each, or from what it says after it has thought.

The probability that an answer is correct is that of True against False right after the prompt, both in
every spelling that is a single token. A model that thinks writes first; its verdict is then read from its
reply, and p from the logits where that word was written; p is 1 or 0 where the reply is a JSON object.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from tinyv_cli.errors import ModelError
from tinyv_cli.models.choosing import quant_of
from tinyv_cli.models.engine import BATCH_SEQUENCES, Engine, EngineOptions, Logits
from tinyv_cli.models.prompts import Prompt, PromptMaker
from tinyv_cli.models.trees import Tree, common, trees
from tinyv_cli.models.written import CUT_OFF, UNPARSABLE, Reader, Said, object_in, thought_in, without_verdict
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.running.disk import regular, sha256_of
from tinyv_cli.words import MODEL_FORMS

# Replies grow side by side; each keeps its own tokens in memory.
THINKING_SEQUENCES = 16
REPLY_TOKENS = 512
MAGIC = b"GGUF"
# Where a file says at which log odds of True its p is one half; else that is at 0.
EVEN_ODDS = "tinyv.even_odds"
# Sums that have grown beyond all numbers say nothing; what they say next time may be something else.
NO_NUMBER = ModelResult(None, "no_number")


class LlamaModel:
    """A GGUF model that is asked for verdicts. Call it with queries; results come in their order.

    `sha256` is that of the weights that the file is a converted copy of, if it is one. `even_odds` are the
    log odds of True against False at which p is one half, as the file says, or else 0.
    """

    def __init__(
        self,
        path: Path,
        maker: PromptMaker,
        *,
        name: str,
        sha256: str | None = None,
        options: EngineOptions | None = None,
        think: bool = False,
        reply_tokens: int = REPLY_TOKENS,
    ) -> None:
        self.path, self.name, self.maker = path, name, maker
        self.sha256 = sha256 or sha256_of(path)
        self._think, self._reply_tokens = think or maker.in_json, reply_tokens
        self.engine = Engine(
            path,
            options or EngineOptions(),
            sequences=THINKING_SEQUENCES if self._think else BATCH_SEQUENCES,
            reply_tokens=reply_tokens if self._think else 0,
        )
        self._true, self._false = verdict_tokens(self.engine, maker)
        self.even_odds = float(self.engine.said(EVEN_ODDS) or 0)

    @property
    def identity(self) -> Sequence[object]:
        """Everything that decides a verdict."""
        return [self.sha256, self.maker.sha256, self.path.name, version("llama-cpp-python"), self._think]

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""
        return {
            "name": self.name,
            "version": self.engine.said("general.version"),
            "sha256": self.sha256,
            "file": self.path.name,
            "format": quant_of(self.path.name),
            "prompt": self.maker.name,
            "prompt_sha256": self.maker.sha256,
            "think": self._think,
        }

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query; None with the reason `too_long` where gold and answer do not fit the context."""
        made: dict[Query, Prompt | None] = {
            query: self.maker.make(query, self.engine, limit=self.engine.prompt_tokens)
            for query in dict.fromkeys(queries)
        }
        asked = [(query, prompt) for query, prompt in made.items() if prompt is not None]
        said = self._ask([prompt.tokens for _, prompt in asked])
        results = {
            query: replace(result, reason=result.reason or prompt.note)
            for (query, prompt), result in zip(asked, said, strict=True)
        }
        return [results.get(query, ModelResult(None, "too_long")) for query in queries]

    def close(self) -> None:
        """Free the weights."""
        self.engine.close()

    def _ask(self, prompts: list[list[int]]) -> list[ModelResult]:
        results = [ModelResult(None)] * len(prompts)
        engine = self.engine
        packed = trees(
            prompts, held=engine.held, max_tokens=engine.batch_tokens, max_sequences=engine.sequences
        )
        for members, tree in packed:
            said = self._replies(tree, prompts, members) if self._think else self._verdicts(tree)
            for index, result in zip(members, said, strict=True):
                results[index] = result
            engine.release(tree, common(prompts, members))
        return results

    def _verdicts(self, tree: Tree) -> list[ModelResult]:
        return [self._result(logits) for logits in self.engine.evaluate(tree)]

    def _replies(self, tree: Tree, prompts: list[list[int]], members: list[int]) -> list[ModelResult]:
        """Let all of them think side by side, each until it has said its verdict."""
        read: Reader = object_in if self.maker.in_json else thought_in
        replies = [_Reply(read, sequence, len(prompts[index])) for sequence, index in enumerate(members)]
        logits, open_replies = self.engine.evaluate(tree), replies
        for _ in range(self._reply_tokens):
            for reply, row in zip(open_replies, logits, strict=True):
                reply.take(row, self.engine, self._result)
            open_replies = [reply for reply in open_replies if not reply.finished]
            if not open_replies:
                break
            logits = self.engine.append([reply.next for reply in open_replies])
        return [reply.result() for reply in replies]

    def _result(self, logits: Logits) -> ModelResult:
        """The softmax over the words True and False, each in all its spellings, as the file calibrates it."""
        with np.errstate(invalid="ignore"):  # of sums that are no numbers: told below
            true, false = (float(np.logaddexp.reduce(logits[words])) for words in (self._true, self._false))
        odds = false - true + self.even_odds
        return ModelResult(1 / (1 + math.exp(min(odds, 700)))) if math.isfinite(odds) else NO_NUMBER


def verdict_tokens(engine: Engine, maker: PromptMaker) -> tuple[list[int], list[int]]:
    """The tokens of True and of False, in those of the prompt's spellings for which both are single tokens.

    Raises ModelError where there is none.
    """
    pairs = [tuple(map(engine.tokens, pair)) for pair in maker.verdict_words]
    single = [(true[0], false[0]) for true, false in pairs if len(true) == len(false) == 1]
    if not single:
        spelled = " or ".join(f"{true!r} and {false!r}" for true, false in maker.verdict_words)
        raise ModelError(
            f"{engine.path}: its vocabulary has no single tokens for {spelled}; it is no verifier"
        )
    true, false = zip(*dict.fromkeys(single), strict=True)
    return list(true), list(false)


@dataclass(slots=True)
class _Reply:
    """What a model has written so far in one sequence, greedily, and whether that holds its verdict."""

    read: Reader
    sequence: int
    position: int
    written: bytes = b""
    token: int = -1
    finished: bool = False
    verdict: ModelResult | None = None

    @property
    def next(self) -> tuple[int, int, int]:
        """The token to be evaluated next: sequence, position, token."""
        return self.sequence, self.position, self.token

    @property
    def text(self) -> str:
        """What is written."""
        return self.written.decode("utf-8", "replace")

    def take(self, logits: Logits, engine: Engine, judge: Callable[[Logits], ModelResult]) -> None:
        """Write the likeliest next token; with the verdict, keep how sure the model was of that word."""
        self.position += self.token >= 0
        self.token = int(logits.argmax())
        if engine.ends_reply(self.token):
            self.finished = True
            return
        self.written += engine.piece(self.token)
        if (said := self.read(self.text)) is not None:
            self.finished, self.verdict = True, self._heard(said, judge(logits))

    def result(self) -> ModelResult:
        """p, or the reason why there is none."""
        if self.verdict is not None:
            return self.verdict
        return without_verdict(UNPARSABLE if self.finished else CUT_OFF, self.text)

    def _heard(self, said: Said, weighed: ModelResult) -> ModelResult:
        """The verdict, as sure as the last word was of itself; of an object the last token is no word."""
        if self.read is object_in:
            return ModelResult(float(said.verdict), reasoning=said.reasoning)
        if weighed.p is not None and (weighed.p >= 0.5) is not said.verdict:  # a word of several tokens
            weighed = ModelResult(float(said.verdict))
        return replace(weighed, reasoning=said.reasoning)


def check_gguf(path: Path, *, near: str = "") -> None:
    """Raise ModelError unless there is a file that begins as a GGUF does; `near` says what may be meant."""
    try:
        with regular(path).open("rb") as file:
            found = file.read(len(MAGIC))
    except OSError as error:
        raise ModelError(
            f"{path}: no such model ({error.strerror}); --model takes {MODEL_FORMS}{near}"
        ) from error
    if found != MAGIC:
        raise ModelError(f"{path}: not a GGUF file; --model takes {MODEL_FORMS}")
