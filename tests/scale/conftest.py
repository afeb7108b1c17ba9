"""Clusters of Ray, in the environment that has it."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import REPOSITORY
from tinyv_cli.scale.cluster import OURS_ALONE, QUIET

RAY = Path(os.environ.get("TINYV_FRAMEWORKS", "/nowhere"), "ray", "bin", "python")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that runs; nodes are added to it and killed."""

    address: str
    _said: IO[str]
    _told: IO[str]

    def tell(self, what: str) -> None:
        """Have a node added or killed, and wait until that is done."""
        self._told.write(f"{what}\n")
        self._told.flush()
        assert self._said.readline() == "done\n"


@pytest.fixture(scope="session")
def ray_environment(environment: Mapping[str, str]) -> Mapping[str, str]:
    """That of a user who has Ray; this checkout is found by it, too."""
    if not RAY.exists():
        pytest.skip(f"there is no {RAY}")
    return {**environment, "PYTHONPATH": str(REPOSITORY), **QUIET, **OURS_ALONE}


@pytest.fixture(scope="module")
def cluster(ray_environment: Mapping[str, str]) -> Iterator[Cluster]:
    """Two nodes of one CPU, and a head that has none."""
    command = [str(RAY), "-m", "tests.scale.cluster", "2", "1"]
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=dict(ray_environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        yield Cluster(process.stdout.readline().strip(), process.stdout, process.stdin)
        process.stdin.close()


@pytest.fixture
def begun(
    tmp_path: Path, ray_environment: Mapping[str, str]
) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command line where Ray is; by default on a cluster of its own."""
    processes = list[subprocess.Popen[str]]()

    def start(*arguments: str | Path, address: str = "", **set: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [str(RAY), "-m", "tinyv_cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**ray_environment, "RAY_ADDRESS": address, **set},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def ended(
    begun: Callable[..., "subprocess.Popen[str]"],
) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """The same, run to its end."""

    def end(*arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        process = begun(*arguments, **more)
        out, err = process.communicate(timeout=110)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return end
