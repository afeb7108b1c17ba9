"""An iterator that runs in the background."""

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from tinyv_cli.running.ahead import DEPTH, ahead


def background() -> list[threading.Thread]:
    """The threads that `ahead` has running."""
    return [thread for thread in threading.enumerate() if thread.name == "tinyv-ahead"]


@pytest.mark.parametrize("length", [0, 1, DEPTH, 10 * DEPTH])
def test_order(length: int) -> None:
    """All items come, in their order, and then the end."""
    with ahead(iter(range(length))) as ready:
        assert list(ready) == list(range(length))
        assert next(ready, "end") == "end"


def test_none_is_an_item() -> None:
    """None among the items does not end them."""
    with ahead(iter([None, 1, None])) as ready:
        assert list(ready) == [None, 1, None]


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), SystemExit(3)])
def test_errors(error: BaseException) -> None:
    """An error of the background is raised after the items that came before it."""

    def items() -> Iterator[int]:
        yield 1
        raise error

    with ahead(items()) as ready:
        assert next(ready) == 1
        with pytest.raises(type(error)) as raised:
            next(ready)
    assert raised.value is error


def test_depth() -> None:
    """The background is ahead of its consumer, but never by more than a few items."""
    made, taken = 0, 0
    lead: list[int] = []
    filled = threading.Event()

    def items() -> Iterator[int]:
        nonlocal made
        for item in range(50):
            made += 1
            lead.append(made - taken)
            if made > DEPTH:
                filled.set()
            yield item

    with ahead(items()) as ready:
        assert filled.wait(10)
        for _ in ready:
            taken += 1
    assert taken == 50
    assert DEPTH < max(lead) <= DEPTH + 2  # one is in the hand of each side


def test_background_thread() -> None:
    """Items are made in another thread than the consumer's."""
    with ahead(threading.current_thread() for _ in range(1)) as ready:
        assert next(ready) is not threading.current_thread()


@pytest.mark.parametrize("wanted", [0, 1, 5])
def test_leaving_stops_it(wanted: int) -> None:
    """Nobody goes on working after the consumer has left, even where the items never end."""
    before = background()
    with ahead(count()) as ready:
        started = [thread for thread in background() if thread not in before]
        for item in range(wanted):
            assert next(ready) == item
    assert len(started) == 1
    started[0].join(10)
    assert not started[0].is_alive()


def test_consumer_errors() -> None:
    """An error of the consumer goes on its way, and stops the background too."""
    before = background()
    with pytest.raises(ZeroDivisionError), ahead(count()) as ready:
        started = [thread for thread in background() if thread not in before]
        1 / next(ready)
    started[0].join(10)
    assert not started[0].is_alive()
