"""The README's commands run as they are written, on the sample."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Tinyv

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", README, re.MULTILINE)
SHELL = {"|", "&&", ">"}  # what only a shell understands
ENVIRONMENT = "python3 -m venv .venv && . .venv/bin/activate && "
FIRST = f"{ENVIRONMENT}pip install -e . && tinyv audit sample_data/rollouts.parquet"
SECOND = f'{ENVIRONMENT}pip install -e ".[test]" && pytest'


@pytest.mark.parametrize("command", [FIRST.rpartition("&& ")[2], *COMMANDS])
def test_command(command: str, tmp_path: Path, environment: Mapping[str, str], tinyv: Tinyv) -> None:
    """It ends well and says something."""
    shutil.copytree(REPOSITORY / "sample_data", tmp_path / "sample_data")
    program, *arguments = shlex.split(command)
    if program == "tinyv" and SHELL.isdisjoint(arguments):
        done = tinyv(*arguments)
    else:
        done = in_a_shell(command, tmp_path, environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr


def in_a_shell(
    command: str, folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run by the program as it is installed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_two_commands_stand_in_the_readme() -> None:
    """A newcomer's two commands, and CI runs what the second one does."""
    assert FIRST in README and SECOND in README
    assert 'pip install -e ".[test]"' in (REPOSITORY / ".ci" / "run").read_text().replace("--quiet ", "")
    assert len(COMMANDS) >= 9
