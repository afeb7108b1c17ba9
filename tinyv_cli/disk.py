"""Two things that any writer and reader of files needs."""

from hashlib import file_digest
from pathlib import Path
from uuid import uuid4


def sha256_of(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def beside(path: Path) -> Path:
    """A new empty file in the same folder, to be renamed to `path` when it is whole.

    Made as any file is, so that the user's umask decides who may read it.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tinyv-part")
    part.touch(exist_ok=False)
    return part
