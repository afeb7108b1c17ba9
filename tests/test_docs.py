"""README and docs/: commands run as they are written, what is made from the code is as the code is now."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from docs.generate import generated
from tests.conftest import REPOSITORY, SAMPLE, Tinyv
from tinyv_cli.cli.app import app

ENVIRONMENT = "python3 -m venv .venv && . .venv/bin/activate && "
FIRST = f'{ENVIRONMENT}pip install -e ".[model]" && tinyv audit sample_data/rollouts.parquet'
TESTS = f'{ENVIRONMENT}pip install -e ".[test]" && pytest'
README_LINES = 120
PROGRAM: Any = get_command(app)
SHELL = re.compile(r"[|>]|&&|^\w+=")  # what only a shell understands

PAGES = {
    path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
    for path in [
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *sorted((REPOSITORY / "docs").glob("*.md")),
    ]
}
COMMANDS = {name: re.findall(r"^\$ (.+)$", text, re.MULTILINE) for name, text in PAGES.items()}


def in_shell(
    command: str, folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """What a shell does of it, with `tinyv` as it is installed."""
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


@pytest.mark.parametrize("page", [name for name, commands in COMMANDS.items() if commands])
def test_commands(page: str, tmp_path: Path, tinyv: Tinyv, environment: Mapping[str, str]) -> None:
    """The commands of a page, one after the other in one folder, end well and say something."""
    shutil.copytree(SAMPLE, tmp_path / "sample_data")
    for command in COMMANDS[page]:
        if SHELL.search(command):
            done = in_shell(command, tmp_path, environment)
        else:
            program, *arguments = shlex.split(command)
            assert program == "tinyv", command
            done = tinyv(*arguments)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout or done.stderr or "--quiet" in command, command


def test_the_readme_shows_the_real_output(tmp_path: Path, tinyv: Tinyv) -> None:
    """What the first command prints is what stands below it, but for digits: a model's differ by machine."""
    shutil.copytree(SAMPLE, tmp_path / "sample_data")
    [shown] = re.findall(r"```text\n(.*?)```", PAGES["README.md"], re.DOTALL)
    done = tinyv(
        *shlex.split(FIRST.rpartition("tinyv ")[2]), set={"COLUMNS": "118", "TINYV_RULE_TIMEOUT": "60"}
    )
    told = without_digits(done.stderr + done.stdout)
    assert [line for line in without_digits(shown) if line not in told] == []


def without_digits(text: str) -> list[str]:
    """The lines, with one space between words and a 0 for each number."""
    return [
        re.sub(r"\d+(?:\.\d+)?", "0", " ".join(line.split()))
        for line in text.splitlines()
        if line.strip(" …")
    ]


def test_what_is_made_from_the_code() -> None:
    """`python -m docs.generate` would change nothing."""
    stale = [
        path.name
        for path, text in generated().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == []


def test_the_readme_is_short_and_holds_the_two_commands() -> None:
    """A newcomer's two commands, and CI runs what the second one does."""
    assert len(PAGES["README.md"].splitlines()) <= README_LINES
    assert FIRST in PAGES["README.md"] and TESTS in PAGES["README.md"]
    assert 'pip install -e ".[test]"' in (REPOSITORY / ".ci" / "run").read_text().replace("--quiet ", "")


def test_links_lead_somewhere() -> None:
    """Each link to a file of the repository, and to a heading of it."""
    broken = []
    for page, text in PAGES.items():
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
            name, _, heading = target.partition("#")
            path = (REPOSITORY / page).parent / name if name else REPOSITORY / page
            if not path.exists() or (heading and heading not in anchors(path)):
                broken.append(f"{page}: {target}")
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The headings of a page as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_options_are_real() -> None:
    """Each option of a command line that a page shows is that command's, also of those that are not run."""
    unknown = [
        f"{page}: {line}"
        for page, text in PAGES.items()
        for line in re.findall(
            r"\btinyv ([a-z]+ .*)", "\n".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))
        )
        for option in re.findall(r"(?<=\s)--[a-z][\w-]*", re.split(r"[|&#]", line)[0])
        if option not in options(line.split()[0])
    ]
    assert unknown == []


def test_options_that_are_spoken_of_are_real() -> None:
    """Each option in a sentence is one of some command."""
    everything = set[str]().union(*map(options, ["", *PROGRAM.commands]))
    spoken = {
        (page, option)
        for page, text in PAGES.items()
        for option in re.findall(r"`(--[a-z][\w-]*)[^`]*`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    }
    assert {(page, option) for page, option in spoken if option not in everything} == set()


def options(command: str) -> set[str]:
    """The options of a command, with those of the commands in its group; of the program itself for ""."""
    found = PROGRAM.commands[command] if command else PROGRAM
    inner = getattr(found, "commands", {}).values() if command else ()
    parameters = [parameter for each in (found, *inner) for parameter in each.params]
    spelled = {name for each in parameters for name in [*each.opts, *each.secondary_opts]}
    return spelled | {"--help", "--install-completion"}
