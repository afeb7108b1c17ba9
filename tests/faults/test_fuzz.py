"""Inputs that nobody thought of."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", ["1", "2"])
def test_nothing_surprises(seed: str) -> None:
    """Of a hundred broken commands each ends as it should."""
    command = [sys.executable, "-m", "benchmarks.fuzz", "--seed", seed, "--cases", "100"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
