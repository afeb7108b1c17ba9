"""What is looked at of every request before anything else: its size, its token; and its status, counted."""

import json
from hmac import compare_digest
from typing import TYPE_CHECKING

from fastapi import HTTPException

from tinyv_cli.serving.metrics import Metrics

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = ("/", "/health")  # hold nothing that a stranger may not see


class Guarded:
    """An application behind a token, if there is one, and of limited requests."""

    def __init__(
        self, app: "ASGIApp", metrics: Metrics, *, token: str | None, most_bytes: int, paths: frozenset[str]
    ) -> None:
        self._app, self._metrics, self._token = app, metrics, token
        self._most_bytes, self._paths = most_bytes, paths

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """One request, or what a server tells of its own life."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"] if scope["path"] in self._paths else "other"

        async def counted(message: "Message") -> None:
            if message["type"] == "http.response.start":
                self._metrics.request(path, message["status"])
            await send(message)

        if not self._may(scope):
            await _refuse(counted)
            return
        await self._app(scope, self._limited(receive), counted)

    def _may(self, scope: "Scope") -> bool:
        if self._token is None or scope["path"] in OPEN:
            return True
        given = dict(scope["headers"]).get(b"authorization", b"")
        return compare_digest(given, f"Bearer {self._token}".encode())

    def _limited(self, receive: "Receive") -> "Receive":
        left = self._most_bytes

        async def limited() -> "Message":
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"a request may have {self._most_bytes:,} bytes")
            return message

        return limited


async def _refuse(send: "Send") -> None:
    body = json.dumps({"detail": "wants a token: Authorization: Bearer …"}).encode()
    await send(
        {"type": "http.response.start", "status": 401, "headers": [(b"content-type", b"application/json")]}
    )
    await send({"type": "http.response.body", "body": body})
