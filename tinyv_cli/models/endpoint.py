"""Talk JSON with a server that may be slow, busy, gone or lying, and never let a secret out.

Whatever goes wrong is one exception, `Failed`, which knows whether the same request may get through later.
"""

import asyncio
import base64
import json
import math
import os
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_exponential, wait_random

from tinyv_cli.errors import ModelError
from tinyv_cli.models.address import Address

KEY_VARIABLES = ("TINYV_API_KEY", "OPENAI_API_KEY")
# What the client reads of the environment: certificates and proxies.
OF_NETWORK = ("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY")
MAX_REPLY_BYTES = 8 << 20
FIND_OUT = 32  # with this zlib finds out by itself of which of its formats the data are
MESSAGE_CHARS = 200
BUSY = (408, 429)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds, and when it counts as gone."""

    connect: float = 10
    # The first question: the server may have to load the model for it, as Ollama does.
    start: float = 120
    # A later one: on a small machine it waits behind all those that were asked at the same time.
    request: float = 300
    attempts: int = 5
    # Before the second attempt; doubled before each further one.
    wait: float = 0.5
    # However long the server asks to be left alone.
    longest_wait: float = 60
    # After so many failures in a row the server counts as gone; then it is tried again after each pause.
    failures: int = 32
    pause: float = 10


class Failed(Exception):
    """A request that came to nothing: `reason` in a word for the file, `said` for people."""

    def __init__(
        self, reason: str, said: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(said)
        self.reason, self.said, self.status, self.retry_after = reason, said, status, retry_after

    @property
    def is_busy(self) -> bool:
        """The server is there, and cannot answer now."""
        return self.status is not None and (self.status in BUSY or self.status >= 500)

    @property
    def is_of_the_key(self) -> bool:
        """The server does not know who asks."""
        return self.status in (401, 403)

    @property
    def is_passing(self) -> bool:
        """The server is busy, or it is not there; the same request may get through later."""
        return self.status is None or self.is_busy


Again = Callable[[Failed], bool]


class Endpoint:
    """A server's interface: JSON goes there and comes back. Raises ModelError for an impossible key."""

    def __init__(self, address: Address, patience: Patience) -> None:
        import httpx2

        self.key_variable, key = _key()
        self._patience, self._errors = patience, httpx2
        self._secrets = _secrets(key, address.credentials)
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        if key and not address.credentials:
            headers["Authorization"] = f"Bearer {key}"
        try:
            self._client = httpx2.AsyncClient(
                base_url=f"{address.url}/",
                auth=address.credentials,
                headers=headers,
                timeout=httpx2.Timeout(None, connect=patience.connect),  # `_once` limits the whole
                limits=httpx2.Limits(max_connections=None),  # whoever asks limits how much at once
                trust_env=not address.is_loopback,
            )
        except httpx2.InvalidURL as error:
            raise ModelError(f"{address.url}: not the address of a server ({error})") from error
        except (OSError, ValueError) as error:
            raise ModelError(
                f"{address.url}: cannot be asked ({error}); correct or unset {' or '.join(OF_NETWORK)}"
            ) from error

    async def send(
        self, path: str, payload: dict[str, Any] | None = None, *, seconds: float, again: Again
    ) -> Any:
        """The JSON that comes back, also of a later attempt where `again` finds one worth it. Raises Failed.

        `seconds` is the limit of an attempt; none begins after twice that, so a time-out has a second one.
        """
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._patience.attempts) | stop_after_delay(2 * seconds),
            wait=self._wait,
            retry=retry_if_exception(lambda error: isinstance(error, Failed) and again(error)),
            reraise=True,
        )
        return await retrying(self._once, path, payload, seconds)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _wait(self, state: RetryCallState) -> float:
        """As long as the server asks for, else longer each time and never for two requests the same."""
        patience = self._patience
        failed = state.outcome and state.outcome.exception()
        if isinstance(failed, Failed) and failed.retry_after is not None:
            return min(failed.retry_after, patience.longest_wait)
        backoff = wait_exponential(multiplier=patience.wait, max=patience.longest_wait)
        return backoff(state) + wait_random(0, patience.wait)(state)

    async def _once(self, path: str, payload: dict[str, Any] | None, seconds: float) -> Any:
        """One attempt. What other libraries raise is translated here, once."""
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(path, payload)
        except (TimeoutError, self._errors.TimeoutException) as error:
            raise Failed("timeout", "it did not answer in time") from error
        except zlib.error as error:
            raise lie() from error
        except self._errors.TransportError as error:
            raise Failed("unreachable", self._safe(str(error)) or type(error).__name__) from error

    async def _exchange(self, path: str, payload: dict[str, Any] | None) -> Any:
        method, content = ("GET", None) if payload is None else ("POST", json.dumps(payload).encode())
        async with self._client.stream(method, path, content=content) as response:
            body, unpack = bytearray(), _unpacking(response.headers.get("content-encoding", "identity"))
            async for part in response.aiter_raw():
                body += unpack(part, MAX_REPLY_BYTES + 1 - len(body))
                if len(body) > MAX_REPLY_BYTES:
                    raise lie()
        try:
            reply = json.loads(body)
        except (ValueError, RecursionError) as error:
            if response.is_success:
                raise lie() from error
            reply = None
        if response.is_success:
            return reply
        raise Failed(
            f"http_{response.status_code}",
            f"HTTP {response.status_code}{self._message(reply, redirects=response.has_redirect_location)}",
            status=response.status_code,
            retry_after=_seconds(response.headers.get("retry-after")),
        )

    def _message(self, reply: Any, *, redirects: bool) -> str:
        """What the server says of an error, in OpenAI's shape or another, without our secrets in it."""
        if redirects:
            return ": a redirect, which is not followed"
        error = reply.get("error", reply) if isinstance(reply, dict) else None
        message = error.get("message", error) if isinstance(error, dict) else error
        return "" if message is None else f": {self._safe(str(message))[:MESSAGE_CHARS]}"

    def _safe(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    """How to unpack a reply piece by piece, to no more bytes than are wanted. Raises Failed."""
    if encoding == "identity":
        return lambda part, most: part
    if encoding not in ("gzip", "deflate"):
        raise lie()
    packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | FIND_OUT)
    return packed.decompress


def lie() -> Failed:
    """The server replies with something else than what was asked for."""
    return Failed("bad_reply", "it does not reply as an OpenAI-compatible server does", status=200)


def _key() -> tuple[str | None, str | None]:
    """The variable that holds an API key, and the key."""
    for variable in KEY_VARIABLES:
        if key := os.environ.get(variable, "").strip():
            # A library that refuses the key would repeat it in its error.
            if not (key.isascii() and key.isprintable()):
                raise ModelError(f"{variable}: holds characters that no key has")
            return variable, key
    return None, None


def _secrets(key: str | None, credentials: tuple[str, str] | None) -> list[str]:
    """What must not be shown even where a server repeats it."""
    if credentials is None:
        return [key] if key else []
    encoded = base64.b64encode(":".join(credentials).encode()).decode()
    return [secret for secret in (key, credentials[1], encoded) if secret]


def _seconds(retry_after: str | None) -> float | None:
    """The header Retry-After, which is a number of seconds or a date, as seconds from now."""
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a time zone
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


class Circuit:
    """Spares everybody the wait for a server that is gone: then it is tried now and then, by one request."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._failures = 0
        self._next_try = 0.0
        self._trying_since: float | None = None
        self.reason = ""

    @property
    def is_open(self) -> bool:
        """The server counts as gone."""
        return self._failures >= self._patience.failures

    def may_try(self) -> bool:
        """Whether to ask the server; one that is gone this caller alone may, until it tells how it went."""
        if not self.is_open:
            return True
        now = time.monotonic()
        if self._trying_since is not None or now < self._next_try:
            return False
        self._trying_since = now
        return True

    def failed(self, reason: str) -> None:
        """Count it. A server that hangs is tried less often: waiting must not take most of the time."""
        now = time.monotonic()
        took = 0.0 if self._trying_since is None else now - self._trying_since
        self.reason, self._trying_since = reason, None
        self._failures += 1
        self._next_try = now + max(self._patience.pause, 10 * took)

    def worked(self) -> None:
        """The server is there."""
        self._failures, self._trying_since = 0, None
