"""The two consoles: stdout is data, stderr is talk. And text from datasets, made harmless to show."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from json import dumps
from typing import Any, TextIO, cast

from rich.console import Console


class Words:
    """A standard stream that words are written to, for as long as somebody hears them.

    That nobody does any more (`| head`) is no failure. What else keeps words from being written, such as a
    full disk, is an OSError, but for talk, which nothing depends on. A stream fails once: what Python still
    flushes at its end is not to fail again.
    """

    def __init__(self, stream: TextIO, name: str, *, is_talk: bool = False) -> None:
        self._stream, self._name = stream, name
        self._may_be_lost = is_talk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, if anybody hears it."""
        with self._losses():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Have it heard."""
        with self._losses():
            self._stream.flush()

    @contextmanager
    def _losses(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            self._may_be_lost = True
        except OSError as error:
            if not self._may_be_lost:
                self._may_be_lost = True
                raise OSError(error.errno, error.strerror, self._name) from error


def hold_streams() -> None:
    """Make the standard streams of this process such that they cannot end a run by themselves.

    What an encoding has no character for is written as an escape. One that is closed is a device instead: a
    file that is opened later would get its number, and with it what libraries write there.
    """
    for number, mode in enumerate((os.O_RDWR, os.O_RDONLY, os.O_RDWR)):
        _hold(number, mode)
    sys.stdin = sys.stdin or _stream(0)
    sys.stdout = _words(sys.stdout or _stream(1), "standard output")
    sys.stderr = _words(sys.stderr or _stream(2), "standard error", is_talk=True)


def _hold(number: int, mode: int) -> None:
    """Have a number that is closed stand for a device; to one for reading no result can be written."""
    try:
        os.fstat(number)
    except OSError:
        os.set_inheritable(os.open(os.devnull, mode), True)


def _stream(number: int) -> TextIO:
    return open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)


def _words(stream: TextIO, name: str, *, is_talk: bool = False) -> TextIO:
    with suppress(AttributeError):  # whoever runs us may have put something else in its place
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
    return cast(TextIO, Words(stream, name, is_talk=is_talk))


@cache
def out() -> Console:
    """Where results go."""
    return Console(file=sys.stdout, highlight=False)


@cache
def err() -> Console:
    """Where talk goes: progress, notes, errors."""
    return Console(file=sys.stderr, highlight=False)


def print_text(text: str) -> None:
    """A text as it is, on standard output."""
    out().file.write(f"{text}\n")


def print_json(value: Any) -> None:
    """A result for programs, on standard output; in ASCII where its encoding lacks a character."""
    text = dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(out().encoding)
    except UnicodeEncodeError:
        text = dumps(value, indent=2)
    print_text(text)


def note(text: str) -> None:
    """Say something that the user should know while the run goes on."""
    err().print(visible(text), markup=False, soft_wrap=True)


def no_cache_note(reason: str) -> None:
    """Say that verdicts are not kept, and why; the run goes on."""
    note(f"verdicts of this run are not kept ({reason})")


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
