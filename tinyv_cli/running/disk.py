"""What any writer and reader of files needs."""

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from uuid import uuid4

from tinyv_cli.errors import SinkError

# Ends the names of what is not whole yet.
PART = ".tinyv-part"

# What this process has begun to write, and neither finished nor removed.
_unfinished: set[Path] = set()


def sha256_of(path: Path) -> str:
    """Hex digest of a file's content, read once as long as the file does not change."""
    found = path.stat()
    return _sha256(path.resolve(), found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def kept_sha256(path: Path) -> str | None:
    """The digest that `made_once` has written beside a file."""
    digest = _digest_file(path)
    return digest.read_text().strip() if digest.exists() else None


def _digest_file(path: Path) -> Path:
    return path.with_suffix(".sha256")


class Part:
    """A new empty file beside `target`, which takes its place when it is whole.

    Made as any file is, so that the user's umask decides who may read it. Those that killed runs have left
    beside the same target are removed. Raises OSError.
    """

    def __init__(self, target: Path) -> None:
        _sweep(target.parent, f".{glob.escape(target.name)}.*{PART}")
        self._target = target
        self._lock: int | None
        self.path, self._lock = _made_and_locked(self._made)
        _unfinished.add(self.path)

    def replace(self) -> None:
        """Let it take the target's place."""
        self.path.replace(self._target)
        self._unlock()

    def remove(self) -> None:
        """Remove it, if it has not taken the target's place."""
        self.path.unlink(missing_ok=True)
        self._unlock()

    def _made(self) -> Path:
        path = self._target.with_name(f".{self._target.name}.{uuid4().hex[:8]}{PART}")
        path.touch(exist_ok=False)
        return path

    def _unlock(self) -> None:
        _unfinished.discard(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder that goes with the run; those that killed runs have left are removed."""
    _sweep(Path(tempfile.gettempdir()), f"tinyv-*{PART}")
    folder, lock = _made_and_locked(lambda: Path(tempfile.mkdtemp(prefix="tinyv-", suffix=PART)))
    _unfinished.add(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unfinished.discard(folder)
        os.close(lock)


def remove_unfinished() -> None:
    """Remove what no one will finish, as this process is about to end."""
    for path in list(_unfinished):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _made_and_locked(make: Callable[[], Path]) -> tuple[Path, int]:
    """A new file or folder and the descriptor that holds its lock: the system lets go of it when we die."""
    while True:
        path = make()
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY)
            _lock(descriptor, wait=True)
            if path.exists():
                return path, descriptor
            os.close(descriptor)  # before it was locked, another run took it for one that was left


def _sweep(folder: Path, pattern: str) -> None:
    """Remove what nobody holds any more; what cannot be removed stays."""
    for left in folder.glob(pattern):
        with suppress(OSError):
            descriptor = os.open(left, os.O_RDONLY)
            try:
                if _lock(descriptor, wait=False):
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
            finally:
                os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Whether the lock could be had; on a file system without locks it never can."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except (ImportError, OSError):  # Windows has no such locks
        return False
    return True


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """The file, made at first use; made again where it is not what was written then.

    It is made under another name and renamed: a run that is killed leaves no half of it behind. Its digest is
    kept beside it. Raises OSError.
    """
    if path.exists() and kept_sha256(path) == sha256_of(path):
        return path
    digest = _digest_file(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Part(path)
    try:
        make(part.path)
        made = sha256_of(part.path)
        digest.unlink(missing_ok=True)
        part.replace()
    finally:
        part.remove()
    digest.write_text(f"{made}\n")
    return path


def check_place(path: Path, *, option: str, overwrite: bool, whose: str = "") -> None:
    """Raise SinkError where no file can or may be written; ask before the work, not after it.

    `option` is how the user names the file, and `whose` says more of one that is in the way.
    """
    if not path.parent.is_dir():
        raise SinkError(f"{path}: the folder '{path.parent}' does not exist; make it first")
    if path.is_dir():
        raise SinkError(f"{path}: is a folder; name a file in it with {option}")
    if path.exists() and not overwrite:
        raise SinkError(f"{path}: exists{whose}; choose another {option}, or give --overwrite")


@contextmanager
def write_errors(path: Path, *, option: str | None = None) -> Iterator[None]:
    """Translate what the file system says of a file into one line: SinkError.

    A reader that has gone is no fault of the file: BrokenPipeError passes. `option` names the file anew.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        advice = "" if option is None else f"; choose another place with {option}"
        raise SinkError(f"{path}: cannot be written ({error.strerror or error}){advice}") from error


def write_text(path: Path, text: str, *, option: str, overwrite: bool) -> None:
    """Write a text beside its place and rename it when it is whole. Raises SinkError."""
    check_place(path, option=option, overwrite=overwrite)
    with write_errors(path, option=option):
        part = Part(path)
        try:
            part.path.write_text(text, encoding="utf-8")
            part.replace()
        finally:
            part.remove()
