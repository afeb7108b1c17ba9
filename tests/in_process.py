"""A command line run in this process as the program's edge runs it, and all that it says caught.

A process of its own takes a second to import what a test's own process has imported long ago.
"""

import os
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager, suppress
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from typing import IO

from tinyv_cli import console
from tinyv_cli.__main__ import run
from tinyv_cli.proofs import stage as proof_stage
from tinyv_cli.rules import stage as rule_stage
from tinyv_cli.running.workers import Work, Workers

# The server that workers are forked from is started once in a process. What is not named by then, each worker
# imports for itself; so everything is named here.
WARM = [Workers(Work(str, str, 60, 4 << 30, warm), count=1) for warm in (rule_stage.WARM, proof_stage.WARM)]


def warm_up() -> None:
    """Start that server, before the standard streams that it inherits are those of a command."""
    for workers in WARM:
        workers.check()


def completed(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], stdin: bytes
) -> "CompletedProcess[str]":
    """What the command line did, in this folder and with nothing but this environment."""
    with TemporaryFile() as out, TemporaryFile() as err:
        with (
            chdir(folder),
            _environment(environment),
            _given(stdin),
            _replaced("stdout", out.fileno()),
            _replaced("stderr", err.fileno()),
            _consoles(),
        ):
            code = _code(list(arguments))
        return CompletedProcess(list(arguments), code, _text(out), _text(err))


def _code(arguments: list[str]) -> int:
    """What Python makes of what comes back or is raised; the latter is what --debug asks for."""
    try:
        return run(arguments)
    except Exception:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _consoles() -> Iterator[None]:
    """Consoles keep the streams that they were made with."""
    with ExitStack() as stack:
        for made in (console.out, console.err):
            made.cache_clear()
            stack.callback(made.cache_clear)
        yield


@contextmanager
def _given(data: bytes) -> Iterator[None]:
    """Standard input is a pipe, as it is of a process; what is not read is lost."""
    reading, writing = os.pipe()
    writer = threading.Thread(target=_written, args=(writing, data))
    writer.start()
    try:
        with _replaced("stdin", reading):
            os.close(reading)
            yield
    finally:
        writer.join()


def _written(pipe: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(pipe, "wb") as stream:
        stream.write(data)


@contextmanager
def _replaced(name: str, descriptor: int) -> Iterator[None]:
    """A standard stream is this for a while, to libraries in C and to child processes too."""
    number = ("stdin", "stdout", "stderr").index(name)
    before, kept = getattr(sys, name), os.dup(number)
    os.dup2(descriptor, number)
    stream = open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    setattr(sys, name, stream)
    try:
        yield
    finally:
        setattr(sys, name, before)
        stream.close()
        os.dup2(kept, number)
        os.close(kept)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
