"""Ask the resident verifier, from any thread: calls go out at once, answers come back as they are ready.

A thread of its own holds the line: it has the verifier started, hears its answers, gives up what is over its
deadline, and when the line is lost, makes the calls again over a new one.
"""

import json
import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from typing import Any
from weakref import WeakSet

from tinyv_cli.resident.place import Place, connect, log
from tinyv_cli.resident.verdict import DEADLINE, LOST, QUEUE_FULL, Verdict, by_rule, undecided

GLANCE = 0.1  # seconds between two looks at deadlines
MOST_CALLS = 4096  # under way at a time; what is more is refused
TRIES = 3  # a call that has cost so many verifiers their lives is not made again

# All there are: a forked process has to let go of its copies.
_clients: "WeakSet[Client]" = WeakSet()


@dataclass(slots=True)
class _Call:
    """A call under way: `rule` is what the rule has said by now, `expires` is set when it goes out."""

    content: Mapping[str, Any]
    began: float = field(default_factory=time.monotonic)
    answer: "Future[Verdict]" = field(default_factory=Future)
    expires: float = float("inf")
    tries: int = 0
    rule: str | None = None

    def settle(self, verdict: Verdict) -> None:
        """Give the answer, unless whoever asked has left."""
        if self.answer.set_running_or_notify_cancel():
            self.answer.set_result(verdict)

    @property
    def seconds(self) -> float:
        """How long it has been waited for."""
        return time.monotonic() - self.began


class Client:
    """Calls of one process to the verifier at a place, each for at most `deadline` seconds.

    In a `shadow` what the rule says is the answer, and what comes later is nobody's concern here.
    """

    def __init__(self, place: Place, deadline: float, *, shadow: bool = False) -> None:
        self._place, self._deadline, self._shadow = place, deadline, shadow
        self._begin()
        _clients.add(self)

    def _begin(self) -> None:
        """As new, also in a forked process."""
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self._ready: Future[None] = Future()
        self._calls: dict[int, _Call] = {}
        self._numbers = count()
        self._closed = False

    def open(self) -> None:
        """Wait until the verifier is ready. Raises UsageError where it cannot be."""
        with self._lock:
            ready = self._hold()
        ready.result()

    def submit(self, content: Mapping[str, Any]) -> "Future[Verdict]":
        """Make a call; its future fails only where no verifier can be had at all."""
        call = _Call(content)
        with self._lock:
            self._hold()
            if len(self._calls) >= MOST_CALLS:
                call.settle(undecided(QUEUE_FULL))
                return call.answer
            number = next(self._numbers)
            self._calls[number] = call
            if self._connection is not None:
                self._send(self._connection, number, call)
        return call.answer

    def close(self, *, wait: bool = True) -> None:
        """Let go of the line; what is under way stays without an answer."""
        self._closed = True
        if wait and (thread := self._thread) is not None:
            thread.join()

    def forget(self) -> None:
        """In a forked process: the line is the parent's. Another is opened when it is needed."""
        if self._connection is not None:
            self._connection.close()
        closed = self._closed
        self._begin()
        self._closed = closed

    def _hold(self) -> "Future[None]":
        """Have the thread hold the line; what comes back is done when there is one."""
        if self._closed:
            raise ValueError("this Verifier is closed")
        if self._thread is None:
            self._ready = Future()
            self._thread = threading.Thread(target=self._run, name="tinyv-line", daemon=True)
            self._thread.start()
        return self._ready

    def _run(self) -> None:
        try:
            while not self._closed:
                connection = connect(self._place)
                with connection:
                    self._resume(connection)
                    self._listen(connection)
                with self._lock:
                    self._connection = None
        except Exception as error:  # noqa: BLE001 - it is raised again where an answer is awaited
            self._fail(error)

    def _resume(self, connection: Connection) -> None:
        """Make all calls that are under way over this line."""
        with self._lock:
            self._connection = connection
            for number, call in list(self._calls.items()):
                if call.tries >= TRIES:
                    self._calls.pop(number).settle(undecided(LOST, rule=call.rule, seconds=call.seconds))
                else:
                    self._send(connection, number, call)
        if not self._ready.done():
            self._ready.set_result(None)

    def _send(self, connection: Connection, number: int, call: _Call) -> None:
        call.tries += 1
        call.expires = time.monotonic() + self._deadline
        message = {"id": number, "seconds": self._deadline, **call.content}
        with suppress(OSError):  # the line is lost, which the thread hears too
            connection.send_bytes(json.dumps(message, default=_plain).encode())

    def _listen(self, connection: Connection) -> None:
        """Hear answers until the line is lost or let go of."""
        with suppress(OSError, EOFError):
            while not self._closed:
                if connection.poll(GLANCE):
                    self._hear(json.loads(connection.recv_bytes()))
                self._expire()
            return
        log.warning("the resident verifier is gone; starting it again")

    def _hear(self, message: Mapping[str, Any]) -> None:
        """The rule's outcome, which comes first, or the verdict; nothing of a call that was given up."""
        if "warning" in message:
            log.warning("%s", message["warning"])
        number = message["id"]
        if (call := self._calls.get(number)) is None:
            return
        call.rule = message.get("rule", call.rule)
        if "verdict" not in message and not self._shadow:
            return
        with self._lock:
            self._calls.pop(number, None)
        if self._shadow and call.rule is not None:
            call.settle(by_rule(call.rule, call.seconds))
        else:
            call.settle(Verdict(**message["verdict"], seconds=call.seconds))

    def _expire(self) -> None:
        """Give up what is over its deadline; calls expire in the order in which they were made."""
        now, late = time.monotonic(), []
        with self._lock:
            for number, call in self._calls.items():
                if call.expires > now:
                    break
                late.append(number)
            given_up = [self._calls.pop(number) for number in late]
        for call in given_up:
            call.settle(undecided(DEADLINE, rule=call.rule, seconds=call.seconds))

    def _fail(self, error: Exception) -> None:
        """There is no verifier; who asks next tries again."""
        with self._lock:
            self._thread = self._connection = None
            failed, self._calls = self._calls, {}
        waited_for: list[Future[Any]] = [self._ready, *(call.answer for call in failed.values())]
        for future in waited_for:
            if not future.done():
                future.set_exception(error)


def _plain(value: Any) -> Any:
    """What JSON has no word for: arrays of trainers as lists, anything else as text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _forget_all() -> None:
    for client in list(_clients):
        client.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
