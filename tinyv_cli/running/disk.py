"""What any writer and reader of files needs."""

import atexit
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EEXIST, EILSEQ, EINVAL
from functools import cache, lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import uuid4

from tinyv_cli.errors import LIMITS, ReaderLeftError, SinkError

# Ends the names of what is not whole yet.
PART = ".tinyv-part"
LONGEST_NAME = 200  # in bytes; a part's name is longer, and no name may have more than 255
# How to open what may turn out to be a pipe or a link: without waiting, and not what it leads to.
AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)

# What this process has begun to write, and neither finished nor removed.
_unfinished: set[Path] = set()


def sha256_of(path: Path) -> str:
    """Hex digest of a file's content, read once as long as the file does not change."""
    found = path.stat()
    return _sha256(resolved(path), found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def kept_sha256(path: Path) -> str | None:
    """The digest that `made_once` has written beside a file."""
    digest = _digest_file(path)
    return digest.read_text("utf-8", "replace").strip() if digest.is_file() else None


def _digest_file(path: Path) -> Path:
    return path.with_suffix(".sha256")


class Part:
    """A new empty file beside `target`, which takes its place when it is whole.

    Made as any file is, so that the user's umask decides who may read it. Those that killed runs have left
    beside the same target are removed. An `exclusive` one takes no place that another file has taken
    meanwhile. Raises OSError.
    """

    def __init__(self, target: Path, *, exclusive: bool = False) -> None:
        _sweep(target.parent, _parts_of(target))
        self._target, self._exclusive = target, exclusive
        self._lock: int | None
        self.path, self._lock = _made_and_locked(self._made)
        _unfinished.add(self.path)

    def replace(self) -> None:
        """Let it take the target's place. Raises OSError."""
        if self._exclusive:
            self._take_free_place()
        else:
            self.path.replace(self._target)
        self._unlock()

    def remove(self) -> None:
        """Remove it, if it has not taken the target's place."""
        self.path.unlink(missing_ok=True)
        self._unlock()

    def _take_free_place(self) -> None:
        try:
            self._target.hardlink_to(self.path)
        except FileExistsError:
            raise FileExistsError(EEXIST, "another run has written it meanwhile", self._target) from None
        except OSError:  # a file system without links
            self._target.touch(exist_ok=False)
            self.path.replace(self._target)
        else:
            self.path.unlink()

    def _made(self) -> Path:
        path = self._target.with_name(f"{_hidden(self._target)}.{uuid4().hex[:8]}{PART}")
        path.touch(exist_ok=False)
        return path

    def _unlock(self) -> None:
        _unfinished.discard(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def is_being_written(target: Path) -> bool:
    """Whether a run that lives has begun a part for this place."""
    return _sweep(target.parent, _parts_of(target))


def _parts_of(target: Path) -> str:
    return f"{glob.escape(_hidden(target))}.*{PART}"


def _hidden(target: Path) -> str:
    """How the names of a target's parts begin; of one whose name leaves no room for more, with its hash."""
    name = os.fsencode(target.name)
    return f".{target.name if len(name) <= LONGEST_NAME else sha256(name).hexdigest()}"


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder that goes with the run; those that killed runs have left are removed.

    Raises SinkError where none can be made.
    """
    with room():
        _sweep(_temporary_folder(), f"tinyv-*{PART}")
        folder, lock = _made_and_locked(lambda: Path(tempfile.mkdtemp(prefix="tinyv-", suffix=PART)))
        _unfinished.add(folder)
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():  # else it could not be opened, and is removed when the process ends
            _unfinished.discard(folder)


def remove_unfinished() -> None:
    """Remove what no one will finish, as this process is about to end."""
    for path in list(_unfinished):
        with suppress(OSError):
            _remove(path)


@cache
def process_folder() -> Path:
    """A temporary folder for as long as this process lives. Raises SinkError where none can be made."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(scratch())


def _made_and_locked(make: Callable[[], Path]) -> tuple[Path, int]:
    """A new file or folder and the descriptor that holds its lock: the system lets go of it when we die."""
    while True:
        path = make()
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue  # before it was locked, another run took it for one that was left
        except OSError:
            _remove(path)
            raise
        with suppress(OSError):
            _lock(descriptor, wait=True)
        if path.exists():
            return path, descriptor
        os.close(descriptor)


def _sweep(folder: Path, pattern: str) -> bool:
    """Remove what nobody holds any more; whether anything is held.

    What cannot be removed stays, and so does what is not ours, or neither a file nor a folder: to open a pipe
    would wait for whoever writes to it.
    """
    held = False
    for left in folder.glob(pattern):
        with suppress(OSError):
            if not _is_ours(left.lstat()):
                continue
            descriptor = os.open(left, os.O_RDONLY | AT_ONCE)
            try:
                _lock(descriptor, wait=False)
                _remove(left)
            except BlockingIOError:
                held = True
            finally:
                os.close(descriptor)
    return held


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_ours(found: os.stat_result) -> bool:
    is_own = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return is_own and (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))


def _lock(descriptor: int, *, wait: bool) -> None:
    """Raises BlockingIOError where another holds the lock, OSError on a file system without locks."""
    try:
        import fcntl
    except ImportError as error:  # Windows has no such locks
        raise OSError from error
    fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """The file, made at first use; made again where it is not what was written then.

    It is made under another name and renamed: a run that is killed leaves no half of it behind. Its digest is
    kept beside it. Raises OSError.
    """
    if path.is_file() and kept_sha256(path) == sha256_of(path):
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


def regular(path: Path) -> Path:
    """The path, of which only a file may be read: to open a pipe would wait for whoever writes to it.

    Raises OSError for what is there and is none.
    """
    if path.exists() and not path.is_file():
        raise OSError(EINVAL, "neither a file nor a link to one", path)
    return path


def resolved(path: Path) -> Path:
    """Where a path leads, through all links; one that leads in a circle leads to itself.

    `Path.resolve` raises a RuntimeError for the latter.
    """
    return Path(os.path.realpath(path))


def check_name(path: Path) -> None:
    """Raise OSError for a name in another encoding than UTF-8: Arrow and polars cannot open it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise OSError(EILSEQ, "its name, or that of its folder, is not UTF-8", path) from None


def _temporary_folder() -> Path:
    """Where temporary files go. Raises OSError where there is no such place, or none that can be used."""
    folder = Path(tempfile.gettempdir())
    check_name(folder)
    return folder


@contextmanager
def write_errors(path: Path, *, option: str | None = None) -> Iterator[None]:
    """Translate what the file system says of a file into one line: SinkError.

    A reader that has gone is no fault of the file: ReaderLeftError. `option` names the file anew; one in a
    temporary folder is not the user's, who can only name another such folder.
    """
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderLeftError from error
    except OSError as error:
        if any(name.endswith(PART) for name in path.parent.parts):
            raise no_room(error) from error
        advice = LIMITS.get(error.errno or 0) or (option and f"choose another place with {option}")
        said = f"{path}: cannot be written ({error.strerror or error})"
        raise SinkError(f"{said}; {advice}" if advice else said) from error


@contextmanager
def room() -> Iterator[None]:
    """Say what to do where temporary files cannot be written. Raises SinkError."""
    try:
        yield
    except OSError as error:
        raise no_room(error) from error


def no_room(error: OSError) -> SinkError:
    """What to say then."""
    reason = error.strerror or error
    advice = LIMITS.get(error.errno or 0, "let TMPDIR name a folder with room for the input")
    return SinkError(f"{tempfile.tempdir or 'temporary files'}: cannot be written ({reason}); {advice}")
