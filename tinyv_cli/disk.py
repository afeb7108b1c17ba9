"""What any writer and reader of files needs."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from uuid import uuid4


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


def beside(path: Path) -> Path:
    """A new empty file in the same folder, to be renamed to `path` when it is whole.

    Made as any file is, so that the user's umask decides who may read it.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tinyv-part")
    part.touch(exist_ok=False)
    return part


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """The file, made at first use; made again where it is not what was written then.

    It is made under another name and renamed: a run that is killed leaves no half of it behind. Its digest is
    kept beside it. Raises OSError.
    """
    if path.exists() and kept_sha256(path) == sha256_of(path):
        return path
    digest = _digest_file(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = beside(path)
    try:
        make(part)
        made = sha256_of(part)
        digest.unlink(missing_ok=True)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    digest.write_text(f"{made}\n")
    return path
