"""Inputs that nobody thought of."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.long
@pytest.mark.timeout(600)
def test_nothing_surprises() -> None:
    """Of some broken commands each ends as it should; `python -m benchmarks.fuzz` draws more of them."""
    command = [sys.executable, "-m", "benchmarks.fuzz", "--cases", "40"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
