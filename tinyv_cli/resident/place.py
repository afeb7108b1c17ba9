"""Where a resident verifier is found, and how it is started by the first that needs it.

Its place is named by a hash of all that decides how it judges: who asks for the same finds the same. The
folder is the user's alone, so that nobody else can listen there or ask.
"""

import logging
import os
import site
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from multiprocessing.connection import Client, Connection
from pathlib import Path
from threading import Thread

from tinyv_cli.errors import UsageError
from tinyv_cli.settings import current_settings
from tinyv_cli.words import RESIDENT

KEYS = ("TINYV_API_KEY", "OPENAI_API_KEY")  # with another key a server of models is another
GREETING = b"tinyv"
GREETED_WITHIN = 10.0  # seconds in which whoever listens says so
LOOK_EVERY = 0.05  # seconds between two looks whether it is there
LONGEST_SOCKET = 100  # bytes of its path: the system takes a few more

log = logging.getLogger("tinyv")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the verifier of these options, as the command line takes them, listens and logs."""

    options: tuple[str, ...]
    socket: Path

    @property
    def log(self) -> Path:
        """What it says of itself."""
        return self.socket.with_suffix(".log")


def place_of(options: Sequence[str]) -> Place:
    """The place for these options, as they are meant in the working folder. Raises UsageError."""
    keys = [os.environ.get(name) for name in KEYS]
    decides = (version("tinyv-cli"), sys.executable, Path.cwd(), options, current_settings(), keys)
    name = sha256(repr(decides).encode("utf-8", "replace")).hexdigest()[:24]
    return Place(tuple(options), _folder() / f"{name}.socket")


def connect(place: Place) -> Connection:
    """A line to the verifier, which is started if nobody has. Raises UsageError where it cannot start."""
    with _alone(place.socket.with_suffix(".lock")):
        return _greeted(place) or _started(place)


def _folder() -> Path:
    """The user's own folder for sockets. Raises UsageError where it is not theirs alone."""
    if not hasattr(os, "getuid"):
        raise UsageError("a Verifier talks over a Unix socket, which Windows has none of; use it under WSL")
    folder = Path(tempfile.gettempdir()) / f"tinyv-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise UsageError(f"{folder}: must be a folder of yours that nobody else may enter; remove it")
    if len(os.fsencode(folder)) > LONGEST_SOCKET - len("/.socket") - 24:
        raise UsageError(f"{folder}: too long for a socket; set TMPDIR to a folder with a shorter path")
    return folder


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Of all processes that want this, one at a time."""
    import fcntl

    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _greeted(place: Place) -> Connection | None:
    """A line to whoever listens; None where nobody does, or it is about to end."""
    try:
        connection = Client(str(place.socket), "AF_UNIX")
    except OSError:
        return None
    with suppress(OSError, EOFError):
        if connection.poll(GREETED_WITHIN) and connection.recv_bytes() == GREETING:
            return connection
    connection.close()
    return None


def _started(place: Place) -> Connection:
    """Start it, by no more than this Python and the options, and wait until it is ready."""
    place.socket.unlink(missing_ok=True)
    with place.log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tinyv_cli", RESIDENT, str(place.socket), *place.options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": _python_path()},
            start_new_session=True,
        )
    Thread(target=process.wait, name="tinyv-reaper", daemon=True).start()
    while process.returncode is None:
        if (connection := _greeted(place)) is not None:
            _pass_on(place.log, logging.INFO)
            return connection
        time.sleep(LOOK_EVERY)
    raise UsageError(_last_words(place.log))


def _python_path() -> str:
    """Where it finds the tinyv that this process has, if that is not installed: behind what else is set."""
    ours, installed = str(Path(__file__).parents[2]), site.getsitepackages()
    also = [] if ours in installed else [ours]
    return os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), *also]))


def _pass_on(file: Path, level: int) -> None:
    """Log what it said while it started."""
    for line in file.read_text("utf-8", "replace").splitlines():
        log.log(level, "%s", line)


def _last_words(file: Path) -> str:
    """Why it could not start."""
    lines = file.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("tinyv: ") if lines else f"the verifier ended while it started; see {file}"
