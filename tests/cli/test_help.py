"""The program as such: fast to ask for help, its version, completion."""

import subprocess
import sys
from collections.abc import Mapping

import pytest

import tinyv_cli
from tests.conftest import SAMPLE, Tinyv

# What Typer and the settings need. Anything else waits until it is used: each library imported here makes
# every command slower (`python -m benchmarks.start` says by how much).
LIGHT = {
    "tinyv_cli",
    "typer",
    "click",
    "rich",
    "markdown_it",
    "mdurl",
    "pygments",
    "shellingham",
    "annotated_doc",
    "typing_extensions",
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "typing_inspection",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["audit", "--help"],
        ["check", "--help"],
        ["golds", "--help"],
        ["report", "--help"],
        ["review", "--help"],
        ["export", "--help"],
        ["formats", "--help"],
        ["models", "--help"],
        [],
    ],
)
def test_help_needs_nothing_heavy(arguments: list[str]) -> None:
    """No library is imported before it is needed, but for those that read the command line."""
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from tinyv_cli.__main__ import run\n"
        f"code = run({arguments!r})\n"
        "imported = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        f"heavy = imported - sys.stdlib_module_names - {LIGHT!r}\n"
        "print('imported:', [name for name in heavy if not name.startswith('_sysconfigdata')], code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "imported: [] 0"
    assert "Usage: tinyv" in done.stdout


def test_audit_needs_no_statistics() -> None:
    """What only the figures of labelled pairs need is not imported by a run that computes none."""
    script = (
        "import sys\n"
        "from tinyv_cli.__main__ import run\n"
        f"code = run(['audit', {str(SAMPLE / 'rollouts.jsonl')!r}, '--rule', 'exact', '--model', 'none', "
        "'--limit', '4', '-o', '-'])\n"
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[] 0"


def test_version(tinyv: Tinyv) -> None:
    """--version prints name and version."""
    assert tinyv("--version").stdout == f"tinyv {tinyv_cli.__version__}\n"


@pytest.mark.parametrize(
    ("words", "offered"),
    [("tinyv au", "audit"), ("tinyv audit --thres", "--threshold"), ("tinyv cache c", "clear")],
)
def test_shell_completion(environment: Mapping[str, str], words: str, offered: str) -> None:
    """What bash asks for while a command is typed."""
    asked = {
        "_TINYV_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tinyv_cli"], env={**environment, **asked}, capture_output=True, text=True
    )
    assert done.stdout.split() == [offered]


def test_completion_script(environment: Mapping[str, str]) -> None:
    """What `--install-completion` puts into a shell's start-up file calls tinyv back."""
    done = subprocess.run(
        [sys.executable, "-m", "tinyv_cli"],
        env={**environment, "_TINYV_COMPLETE": "source_bash"},
        capture_output=True,
        text=True,
    )
    assert "_TINYV_COMPLETE=complete_bash" in done.stdout


def test_unknown_command(tinyv: Tinyv) -> None:
    """A command that there is not is usage."""
    done = tinyv("frobnicate")
    assert done.returncode == 2
    assert "frobnicate" in done.stderr
