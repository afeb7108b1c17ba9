"""The two consoles: stdout is data, stderr is talk. And text from datasets, made harmless to show."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from rich.console import Console


@cache
def out() -> Console:
    """Where results go."""
    return Console(file=sys.stdout, highlight=False)


@cache
def err() -> Console:
    """Where talk goes: progress, notes, errors."""
    return Console(file=sys.stderr, highlight=False)


def note(text: str) -> None:
    """Say something that the user should know while the run goes on."""
    err().print(visible(text), markup=False, soft_wrap=True)


def no_cache_note(reason: str) -> None:
    """Say that verdicts are not kept, and why; the run goes on."""
    note(f"verdicts of this run are not kept ({reason})")


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """End quietly when whoever reads standard output stops reading (`| head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What Python still flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def megabytes(size: int | None) -> str:
    """A number of bytes for people."""
    return "size unknown" if size is None else f"{size / 1e6:,.0f} MB"


def visible(text: str | None, width: int | None = None) -> str:
    """The text on one line, control characters shown instead of obeyed, at most `width` characters."""
    if text is None:
        return "(none)"
    kept = text if width is None else text[: 4 * width]
    line = "".join(c if c.isprintable() else _shown(c) for c in " ".join(kept.split()))
    return line if width is None or (len(line) <= width and kept == text) else line[: width - 1] + "…"


def visible_lines(text: str) -> str:
    """The text on the lines that it has, control characters shown instead of obeyed."""
    lines = text.expandtabs(4).splitlines()
    return "\n".join("".join(c if c.isprintable() else _shown(c) for c in line) for line in lines)


def _shown(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
