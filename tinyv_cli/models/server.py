"""Ask a model behind an OpenAI-compatible server: vLLM, SGLang, llama-server, Ollama and their like.

Before anything is judged, a test question finds out whether the server answers, takes the key, knows the
model and gives log-probabilities. A question that fails later is asked again a few times; if it fails for
good the example is undecided with a reason (`server:…`), and the run goes on.
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tinyv_cli.errors import ModelError, UsageError
from tinyv_cli.models.address import Address
from tinyv_cli.models.endpoint import KEY_VARIABLES, MESSAGE_CHARS, Circuit, Endpoint, Failed, Patience, lie
from tinyv_cli.models.loop import Loop
from tinyv_cli.models.prompts import ChatPrompt
from tinyv_cli.models.replies import BAD_REPLY, FAILURE, gives_logprobs, read_reply, read_written
from tinyv_cli.models.written import Reader, object_in, thought_in
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import DEFAULT_CONCURRENCY

TEST_QUESTION = Query("What is 1 + 1?", "2", "2.0")
# How many log-probabilities to ask for: all that OpenAI's interface has, or what stricter servers allow.
LISTS = (20, 5)
REPLY_TOKENS = 8  # the paper's; room for the tags of an empty thought and a word
WRITTEN_TOKENS = 2048  # where reasoning comes before it
MODELS_NAMED = 10
HOUR = 3600
_TOO_LONG = re.compile("context|maximum model length|too long", re.IGNORECASE)


class ServerModel:
    """A model that a server runs. Call it with queries; results come in their order.

    A model that thinks (`think`) writes before its verdict, as does one whose prompt wants JSON. Raises
    ModelError where the server cannot be used, UsageError where it has several models and none is named.
    `tell` is called with what the user should know, once for each kind.
    """

    def __init__(
        self,
        address: Address,
        maker: ChatPrompt,
        *,
        tell: Callable[[str], None],
        think: bool = False,
        concurrency: int = DEFAULT_CONCURRENCY,
        patience: Patience | None = None,
    ) -> None:
        self._address, self._maker, self._tell, self._think = address, maker, tell, think
        # How what it writes before its verdict is read; None where it answers at once.
        self._read: Reader | None = object_in if maker.in_json else thought_in if think else None
        self._patience = patience or Patience()
        self._circuit = Circuit(self._patience)
        self._slots = asyncio.Semaphore(concurrency)
        self._failure_told = False
        self._endpoint = Endpoint(address, self._patience)
        self._loop = Loop()
        try:
            self._loop.run(self._begin())
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The address, without credentials, and the model."""
        return f"{self._address.url}#{self._model}"

    @property
    def identity(self) -> Sequence[object]:
        """What decides a verdict, as far as a server tells of it."""
        thinks = ["thinks"] if self._think else []
        return ["server", self.name, self._state, self._listed > 0, self._maker.sha256, *thinks]

    def described(self) -> dict[str, Any]:
        """What the annotated file says of it."""
        return {
            "name": self.name,
            "sha256": None,
            "prompt": self._maker.name,
            "prompt_sha256": self._maker.sha256,
            "p_from": "logprobs" if self._listed else "text",
            **({"think": True} if self._think else {}),
        }

    def __call__(self, queries: Sequence[Query]) -> list[ModelResult]:
        """p for each query; None with a reason where there was no answer, or none with a verdict."""
        return self._loop.run(self._answers(queries))

    def close(self) -> None:
        """Close the connections and the event loop."""
        self._loop.run(self._endpoint.close())
        self._loop.close()

    async def _begin(self) -> None:
        """Find out all that has to be known of the server, or raise what is shown to the user."""
        entries: Mapping[str, Mapping[str, Any]] = {}
        self._model = self._address.model or ""
        try:
            entries = await self._entries()
            self._model = self._model or self._only(entries)
            self._state = _state(entries.get(self._model, {}))
            self._listed = await self._agreed()
        except Failed as failed:
            raise ModelError(self._refusal(failed, entries)) from failed

    async def _entries(self) -> dict[str, Mapping[str, Any]]:
        """The server's models by name; none where it has no list of them."""
        try:
            reply = await self._endpoint.send("models", seconds=self._patience.start, again=is_starting)
        except Failed as failed:
            if failed.is_passing or failed.is_of_the_key:
                raise
            return {}
        data = reply.get("data") if isinstance(reply, dict) else None
        entries = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
        return {entry["id"]: entry for entry in entries if isinstance(entry.get("id"), str)}

    def _only(self, names: Iterable[str]) -> str:
        match list(names):
            case [name]:
                return name
            case []:
                raise ModelError(
                    f"{self._address.url}: does not say which models it has; if it is the address of an "
                    "OpenAI-compatible server (most end in /v1), name the model: --model URL#NAME"
                )
            case several:
                raise UsageError(
                    f"{self._address.url}: has several models, so name one: "
                    f"--model {self._address.url}#{several[0]} (it has: {_some(several)})"
                )

    async def _agreed(self) -> int:
        """How many log-probabilities the server gives, 0 for none, and none of reasoning. Raises Failed."""
        if self._read is not None:
            await self._try_reasoning()
            return 0
        for listed in LISTS:
            try:
                reply = await self._chat(TEST_QUESTION, listed, first=True)
            except Failed as failed:
                if not _may_be_of_logprobs(failed):
                    raise
                continue
            if gives_logprobs(reply):
                return listed
            break
        reply = await self._chat(TEST_QUESTION, 0, first=True)
        if read_reply(reply, logprobs=False) == BAD_REPLY:
            raise lie()
        self._tell(f"{self.name}: gives no log-probabilities, so p is 1 or 0, by the word of its reply")
        return 0

    async def _try_reasoning(self) -> None:
        """See that the test question is answered, and say so where that is not as the prompt demands."""
        said = self._heard(await self._chat(TEST_QUESTION, 0, first=True))
        if said == BAD_REPLY:
            raise lie()
        if said.p is None:
            self._tell(
                f"{self.name}: its reply to a test question holds no verdict ({said.reason}); where that is "
                "so, an example stays undecided, and tinyv_reasoning holds the reply"
            )

    def _refusal(self, failed: Failed, names: Iterable[str]) -> str:
        """Why the server cannot be used, and what to do."""
        url = self._address.url
        if failed.is_of_the_key:
            return f"{url}: {self._about_the_key()} (HTTP {failed.status})"
        if failed.status is None:
            return f"{url}: no server answers there ({failed.said}); start it, or correct --model"
        if failed.is_busy:
            return f"{url}: the server cannot answer now ({failed.said}); try again when it can"
        has = f"; it has: {_some(names)}" if names else ""
        return f"{url}: the model '{self._model}' cannot be asked there ({failed.said}){has}"

    def _about_the_key(self) -> str:
        if self._address.credentials:
            return "refuses the user and password of the address"
        if self._endpoint.key_variable is None:
            return f"wants an API key; set {' or '.join(KEY_VARIABLES)}"
        return f"refuses the API key in {self._endpoint.key_variable}"

    async def _answers(self, queries: Sequence[Query]) -> list[ModelResult]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._answer(query)) for query in queries]
        return [task.result() for task in tasks]

    async def _answer(self, query: Query) -> ModelResult:
        async with self._slots:
            if not self._circuit.may_try():
                return ModelResult(None, self._circuit.reason)
            try:
                reply = await self._chat(query, self._listed)
            except Failed as failed:
                return self._undecided(failed)
            self._circuit.worked()
            return self._heard(reply)

    def _heard(self, reply: Any) -> ModelResult:
        """What a reply says."""
        if self._read is not None:
            return read_written(reply, self._read)
        return read_reply(reply, logprobs=self._listed > 0)

    def _undecided(self, failed: Failed) -> ModelResult:
        """The result of a question that failed for good; the first one is told."""
        reason = f"{FAILURE}{failed.reason}"
        if failed.is_passing:
            self._circuit.failed(reason)
        else:
            self._circuit.worked()
        if failed.status == 400 and _TOO_LONG.search(failed.said):
            return ModelResult(None, f"{FAILURE}too_long")
        if not self._failure_told:
            self._failure_told = True
            self._tell(
                f"{self.name}: {failed.said}; what it cannot answer stays undecided ({reason}), "
                "and the same command will ask about it again"
            )
        return ModelResult(None, reason)

    async def _chat(self, query: Query, listed: int, *, first: bool = False) -> Any:
        payload: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "user", "content": self._maker.message(query)}],
            "temperature": 0,
            "max_tokens": REPLY_TOKENS if self._read is None else WRITTEN_TOKENS,
        }
        if listed:
            payload |= {"logprobs": True, "top_logprobs": listed}
        return await self._sent("chat/completions", payload, first=first)

    async def _sent(self, path: str, payload: dict[str, Any], *, first: bool) -> Any:
        """The reply to a question, of which the `first` waits for a server that starts."""
        return await self._endpoint.send(
            path,
            payload,
            seconds=self._patience.start if first else self._patience.request,
            again=is_starting if first else self._is_there,
        )

    def _is_there(self, failed: Failed) -> bool:
        """Whether to ask again: a server that counts as gone is tried only once at a time."""
        return failed.is_passing and not self._circuit.is_open


def is_starting(failed: Failed) -> bool:
    """Whether to ask the first question again: if nobody is there at all, that is said at once."""
    return failed.is_busy and not _may_be_of_logprobs(failed)


def _may_be_of_logprobs(failed: Failed) -> bool:
    """The server may refuse nothing but log-probabilities; llama-cpp-python's does so with a 500."""
    return failed.status in (400, 422) or "logprobs" in failed.said


def _state(entry: Mapping[str, Any]) -> list[object]:
    """What tells the weights that a server has now from those that it has had under the same name.

    vLLM names them (`root`), llama-server describes them (`meta`), Ollama dates them (`created`), which in
    the two others is the time of asking.
    """
    created = entry.get("created")
    is_dated = isinstance(created, int) and created < time.time() - HOUR
    return [entry.get("root"), entry.get("meta"), created if is_dated else None]


def _some(names: Iterable[str]) -> str:
    several = list(names)
    more = f" and {len(several) - MODELS_NAMED} more" if len(several) > MODELS_NAMED else ""
    return ", ".join(name[:MESSAGE_CHARS] for name in several[:MODELS_NAMED]) + more
