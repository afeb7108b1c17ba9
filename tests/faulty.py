"""A model server that does what a test says: real HTTP on loopback, and any fault one can think of."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = re.compile(r"<model_answer>(.*)</model_answer>", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """What goes back: after `delay` seconds a whole response, or nothing but a closed connection."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    drops: bool = False
    endless: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked: the number of the question (0 is the test question), and what tests look at in it."""

    number: int
    answer: str
    logprobs: int


def completion(true: float = -0.01, false: float = -5.0, *, text: str = "True") -> dict[str, Any]:
    """A sound chat completion with these log-probabilities."""
    top = [{"token": "True", "logprob": true}, {"token": "False", "logprob": false}]
    return {
        "choices": [
            {
                "message": {"role": "assistant", "content": text},
                "logprobs": {"content": [{"token": text, "logprob": max(true, false), "top_logprobs": top}]},
            }
        ]
    }


def error(status: int, message: str, **headers: str) -> Reply:
    """An error in OpenAI's shape."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply({"error": {"message": message, "type": "x"}}, status, names)


SOUND = Reply(completion())
ONE_MODEL = Reply({"object": "list", "data": [{"id": "small", "object": "model", "created": 1}]})


@dataclass
class Faulty:
    """The server: what it replies, and what it has seen."""

    models: Reply = ONE_MODEL
    chat: Callable[[Question], Reply] = lambda question: SOUND
    key: str | None = None
    url: str = ""
    headers: list[Mapping[str, str]] = field(default_factory=list)
    payloads: list[dict[str, Any]] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, headers: Mapping[str, str], payload: dict[str, Any] | None) -> Reply:
        """To one request; without a payload it asks for the models."""
        with self._lock:
            self.headers.append(headers)
            number = len(self.payloads)
            if payload is not None:
                self.payloads.append(payload)
        if self.key is not None and headers.get("Authorization") != f"Bearer {self.key}":
            return error(401, f"not with {headers.get('Authorization')}")
        if payload is None:
            return self.models
        found = ANSWER.search(payload["messages"][0]["content"])
        assert found is not None
        return self.chat(Question(number, found[1], payload.get("top_logprobs", 0)))

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count how many requests are in work at the same time."""
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    faulty: Faulty

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, payload: dict[str, Any] | None) -> None:
        with self.faulty.busy():
            reply = self.faulty.reply(dict(self.headers), payload)
            time.sleep(reply.delay)
            try:
                self._write(reply)
            except OSError:  # the client has left
                self.close_connection = True

    def _write(self, reply: Reply) -> None:
        if reply.drops:
            self.close_connection = True
            return
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(1 << 40 if reply.endless else len(body)))
        self.end_headers()
        self.wfile.write(body)
        while reply.endless:
            self.wfile.write(b" " * 65536)

    def log_message(self, format: str, *args: object) -> None: ...


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle of a request is no error of the test's."""

    connections: list[socket.socket]


@contextmanager
def served(faulty: Faulty, *, port: int = 0) -> Iterator[Callable[[], None]]:
    """Serve it; yields a function that takes the server away, also from those who are connected."""
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"faulty": faulty}))
    server.connections = []
    faulty.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    gone = threading.Lock()

    def leave() -> None:
        if gone.acquire(blocking=False):
            server.shutdown()
            server.server_close()
            for connection in server.connections:
                with suppress(OSError):  # it has ended already
                    connection.shutdown(socket.SHUT_RDWR)

    try:
        yield leave
    finally:
        leave()
        thread.join()
