"""A connection to Ray: to the cluster that is named, or to one of this machine alone, which ends with us."""

import io
import logging
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tinyv_cli.errors import TinyvError, UsageError
from tinyv_cli.running.signals import ENDING
from tinyv_cli.running.workers import usable_cores
from tinyv_cli.scale.layout import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA = 'pip install "tinyv-cli[ray]"'
ADDRESS = "RAY_ADDRESS"
OBJECT_STORE = 512 << 20  # bytes, on this machine; a part under way takes some megabytes
REMARK_CHARS = 160
_COLOURS_AND_SPEAKER = re.compile(r"\x1b\[[0-9;]*m|\(raylet[^)]*\)")
ANSWERS = 5.0  # seconds in which an address must do so
# Of what Ray says of itself, among it each loss that it makes good, lines of C++ go around Python's streams.
QUIET = {
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
OURS_ALONE = {"RAY_worker_niceness": "0"}  # on this machine actors are our own processes, no guests


def require_extra() -> None:
    """Raise UsageError where Ray is not installed."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise UsageError(f"--ray needs Ray, which is not installed ({error}); {EXTRA}") from error


def address_of(given: str | None) -> str | None:
    """Where the cluster is: by the environment, or as it is set; None for this machine alone."""
    return os.environ.get(ADDRESS) or given


@contextmanager
def connected(address: str | None, *, tell: Callable[[str], None]) -> "Iterator[Sequence[Node]]":
    """The nodes of the cluster at this address, or of one that is started here. Raises UsageError.

    `tell` is told what Ray remarks meanwhile, such as that a node was lost.
    """
    require_extra()
    import ray

    address = address_of(address)
    local = {"num_cpus": usable_cores(), "object_store_memory": OBJECT_STORE, "include_dashboard": False}
    if address is not None:
        _check(address)
        local = {}
    else:
        os.environ |= {**OURS_ALONE, **os.environ}
    try:
        with _our_signals(), _no_stderr():  # it says of which level its log is
            ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR, **local)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{address or 'Ray'}: no cluster can be used there ({reason})") from error
    try:
        with redirect_stdout(Remarks(tell)):
            yield [
                Node(int(held.get("CPU", 0)), int(held.get("GPU", 0)))
                for node in ray.nodes()
                if node["Alive"] and (held := node["Resources"]).get("CPU")
            ]
    finally:
        ray.shutdown()


class Remarks(io.TextIOBase):
    """What Ray prints on standard output, where our data goes: the first line of each remark is told."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell, self._told = tell, set[str]()

    def write(self, text: str) -> int:
        """Tell it, without colours and without who says it."""
        said = _COLOURS_AND_SPEAKER.sub("", text).strip().partition("\n")[0][:REMARK_CHARS]
        if said and said not in self._told:
            self._told.add(said)
            self._tell(f"Ray: {said}")
        return len(text)


@contextmanager
def _our_signals() -> Iterator[None]:
    """Signals are heard as before: Ray would have them print its stack and end the process."""
    heard = {each: signal.getsignal(each) for each in ENDING}
    try:
        yield
    finally:
        for each, handler in heard.items():
            signal.signal(each, handler)


@contextmanager
def _no_stderr() -> Iterator[None]:
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _check(address: str) -> None:
    """Raise UsageError where nothing answers, which Ray would wait for a minute for."""
    if address.startswith("ray://"):
        raise UsageError(
            f"{address}: run tinyv on a node of the cluster instead (ray job submit -- tinyv audit …), "
            f"with {ADDRESS}=auto"
        )
    parts = urlsplit(f"//{address}")
    with suppress(ValueError):
        if parts.hostname and parts.port:
            try:
                socket.create_connection((parts.hostname, parts.port), ANSWERS).close()
            except OSError as error:
                raise UsageError(
                    f"{address}: no Ray cluster answers there ({error.strerror or error}); start it with "
                    f"'ray start --head', or correct {ADDRESS}"
                ) from error


@contextmanager
def our_errors() -> Iterator[None]:
    """Raise what our own code raised on another node as it was raised there."""
    from ray.exceptions import RayError

    try:
        yield
    except RayError as error:
        raise _ours(error) or UsageError(f"Ray gave up: {_last_line(error)}") from error


def _ours(error: BaseException | None) -> TinyvError | None:
    """The error of ours that another was raised from; Ray keeps it as `cause`."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        if isinstance(error, TinyvError) and type(error).__module__ == TinyvError.__module__:
            return error
        seen.add(id(error))
        error = getattr(error, "cause", None) or error.__cause__
    return None


def _last_line(error: BaseException) -> str:
    return next((line for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)
