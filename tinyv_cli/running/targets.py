"""The files that a user lets us write: the one place where they are looked at, opened and put in place.

Only regular files are written, where links lead; none that is read, and none twice. Without leave to
overwrite, what another program has put there meanwhile stays.
"""

import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import combinations
from pathlib import Path

from tinyv_cli.errors import SinkError, UsageError
from tinyv_cli.running.disk import Part, check_name, is_being_written, resolved, write_errors

FILE, FOLDER = "file", "folder"
KINDS = {
    stat.S_IFREG: FILE,
    stat.S_IFDIR: FOLDER,
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFLNK: "link that leads in a circle",
}


def target_place(path: Path, *, option: str, overwrite: bool, whose: str = "") -> Path:
    """Where a file is to be written, links resolved; ask before the work, not after it.

    Raises SinkError where no file can or may be. `option` is how the user names it, and `whose` says more of
    one that is in the way.
    """
    with write_errors(path, option=option):
        place = resolved(path)
        if not place.parent.is_dir():
            raise SinkError(f"{path}: the folder '{path.parent}' does not exist; make it first")
        check_name(place)
        kind = _kind_at(place)
        if kind is not None and kind != FILE:
            inside = " in it" if kind == FOLDER else ""
            raise SinkError(f"{path}: is a {kind}; name a file{inside} with {option}")
        if kind is not None and not overwrite:
            raise SinkError(f"{path}: exists{whose}; choose another {option}, or give --overwrite")
        if not overwrite and is_being_written(place):
            raise SinkError(f"{path}: another run is writing it; wait for it, or choose another {option}")
    return place


def _kind_at(place: Path) -> str | None:
    """What is there, for people; None for nothing. Raises OSError."""
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    return KINDS.get(stat.S_IFMT(mode), "device")


def keep_apart(targets: Mapping[str, Path | None], inputs: Iterable[str | Path]) -> None:
    """Raise UsageError where two options name the same file to write, or one names what is read.

    `inputs` may be names of other things than files, too.
    """
    named = {option: path for option, path in targets.items() if path is not None}
    read = [Path(each) for each in inputs]
    for option, target in named.items():
        if any(_is_same(target, each) for each in read):
            raise UsageError(f"{target}: is one of the inputs; choose another output with {option}")
    for (option, one), (other_option, other) in combinations(named.items(), 2):
        if _is_same(one, other):
            raise UsageError(
                f"{other}: is named by {option} and by {other_option}; give each a file of its own"
            )


def _is_same(one: Path, other: Path) -> bool:
    if resolved(one) == resolved(other):
        return True
    with suppress(OSError):  # one of them is not there
        return one.samefile(other)
    return False


@contextmanager
def whole_part(place: Path, *, exclusive: bool) -> Iterator[Path]:
    """A file beside the place, which it takes if all goes well, and is gone otherwise. Raises OSError."""
    part = Part(place, exclusive=exclusive)
    try:
        yield part.path
        part.replace()
    finally:
        part.remove()


def write_text(path: Path, text: str, *, option: str, overwrite: bool) -> None:
    """Write a text beside its place and rename it when it is whole. Raises SinkError."""
    place = target_place(path, option=option, overwrite=overwrite)
    with write_errors(path, option=option), whole_part(place, exclusive=not overwrite) as part:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
