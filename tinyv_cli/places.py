"""Where a file may be written, and that it is never half there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinyv_cli.disk import Part
from tinyv_cli.errors import SinkError


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
