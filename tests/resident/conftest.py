"""A resident verifier that stays for as long as a module's tests, and the way to find such processes."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from tinyv_cli import Verifier


@pytest.fixture(scope="module")
def as_a_user(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """This process in the environment of a user, in an empty folder."""
    before, folder = dict(os.environ), Path.cwd()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(tmp_path_factory.mktemp("user"))
    yield
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def verifier(as_a_user: None) -> Iterator[Verifier]:
    """One that asks nano, with time enough on a machine that others use too."""
    with Verifier(no_cache=True, deadline=60) as verifier:
        yield verifier


def residents() -> list[psutil.Process]:
    """The resident verifiers that this process or one below it has started."""
    below = psutil.Process().children(recursive=True)
    return [each for each in below if each.is_running() and "resident" in _command(each)]


def workers(resident: psutil.Process) -> list[psutil.Process]:
    """The processes of a resident that judge: those that the server of workers has forked."""
    return [each for server in resident.children() for each in server.children()]


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline()[:5])
    except psutil.Error:
        return []
