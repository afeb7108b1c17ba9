"""What waits for a worker: those of one kind are taken together, whoever brought them, and when."""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Waiting(Generic[T]):
    """Items in the order in which the first of each kind came; taken `most` at a time."""

    def __init__(self, kind: Callable[[T], Hashable], *, most: int) -> None:
        self._kind, self._most = kind, most
        self._changed = threading.Condition()
        self._items: dict[Hashable, deque[T]] = {}
        self._closed = False

    def put(self, items: Iterable[T]) -> None:
        """Let these wait."""
        with self._changed:
            for item in items:
                self._items.setdefault(self._kind(item), deque()).append(item)
            self._changed.notify_all()

    def put_alone(self, item: T) -> None:
        """Let this one wait, to be taken by itself."""
        with self._changed:
            self._items[object()] = deque([item])
            self._changed.notify_all()

    def take(self) -> list[T] | None:
        """The next of one kind, waiting until there are some; None when it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed)
            if self._closed:
                return None
            kind, items = next(iter(self._items.items()))
            taken = [items.popleft() for _ in range(min(len(items), self._most))]
            if not items:
                del self._items[kind]
            return taken

    def close(self) -> None:
        """Nothing is taken any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
