"""The resident verifier's door: it hears all who are connected, and closes when the last of them has left."""

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from tinyv_cli.resident.place import GREETING
from tinyv_cli.resident.service import Service

BACKLOG = 128  # who knock at the same time
PATIENCE = 60.0  # seconds in which whoever started it may come
LINGER = 2.0  # seconds after the last has left: another may be about to come


class Door:
    """Who is connected. Each is heard in a thread of its own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._changed = threading.Condition()
        self._guests = 0

    def keep_open(self, socket: Path) -> None:
        """Listen there until nobody has been connected for a while."""
        with Listener(str(socket), "AF_UNIX", backlog=BACKLOG) as listener:
            threading.Thread(target=self._welcome, args=[listener], name="tinyv-door", daemon=True).start()
            with self._changed:
                patience = PATIENCE
                while self._changed.wait_for(lambda: self._guests, patience):
                    self._changed.wait_for(lambda: not self._guests)
                    patience = LINGER

    def _welcome(self, listener: Listener) -> None:
        with suppress(OSError):  # it was closed
            while True:
                guest = listener.accept()
                self._count(1)
                threading.Thread(target=self._hear, args=[guest], name="tinyv-guest", daemon=True).start()

    def _hear(self, guest: Connection) -> None:
        """Take calls until the guest leaves, or is gone."""
        answering = threading.Lock()

        def reply(message: Mapping[str, Any]) -> None:
            with answering, suppress(OSError):
                guest.send_bytes(json.dumps(message).encode())

        with guest, suppress(OSError, EOFError):
            guest.send_bytes(GREETING)
            while True:
                self._service.submit(json.loads(guest.recv_bytes()), reply)
        self._count(-1)

    def _count(self, guests: int) -> None:
        with self._changed:
            self._guests += guests
            self._changed.notify_all()
