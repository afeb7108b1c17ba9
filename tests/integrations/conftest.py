"""Frameworks: real ones in environments of their own, and objects of the shape that others have."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel

from tests.conftest import REPOSITORY
from tests.serving.test_serve import serving
from tinyv_cli.integrations import shared

CALLS = Path(__file__).parent / "calls"
PAGE = str(REPOSITORY / "docs" / "training.md")  # scripts run what stands there
FRAMEWORKS = Path(os.environ.get("TINYV_FRAMEWORKS", "/nowhere"))

Row = tuple[str, str, str]  # question, gold, response


@contextmanager
def as_a_trainer(environment: Mapping[str, str], folder: Path, **said: str) -> Iterator[None]:
    """The options that a framework has no place for, as settings, in a folder; then nothing is shared."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment, **said}.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        yield
    shared._made.cache_clear()


@pytest.fixture
def called(tmp_path: Path) -> Callable[..., Any]:
    """What a script of `calls/` prints, run in a framework's environment, of rows that it reads."""

    def call(framework: str, script: str, *arguments: str, rows: Sequence[Row] = ()) -> Any:
        python = FRAMEWORKS / framework / "bin" / "python"
        if not python.exists():
            pytest.skip(f"there is no {python}")
        command = [str(python), str(CALLS / script), *arguments]
        given = json.dumps(rows)
        done = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return call


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server to ask."""
    with serving(tmp_path_factory.mktemp("served"), os.environ, "--deadline", "60") as (client, _):
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Puts objects of the same shape where a framework has its own, and imports the adapter over them."""
    made = []

    def put(adapter: str, module: str, **held: Any) -> Any:
        parts = module.split(".")
        for name in (".".join(parts[: i + 1]) for i in range(len(parts))):
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
        vars(sys.modules[module]).update(held)
        made.append(f"tinyv_cli.integrations.{adapter}")
        return import_module(made[-1])

    yield put
    for name in made:
        sys.modules.pop(name, None)


@pytest.fixture
def nemo_gym(stand_in: Callable[..., Any]) -> Any:
    """The adapter over NeMo Gym's shape."""

    class Response(BaseModel):
        output_text: str

    class Request(BaseModel):
        response: Response

    class Rewarded(Request):
        reward: float

    return stand_in(
        "nemo_gym",
        "nemo_gym.base_resources_server",
        BaseVerifyRequest=Request,
        BaseVerifyResponse=Rewarded,
        SimpleResourcesServer=type("SimpleResourcesServer", (), {}),
    )


@pytest.fixture
def open_instruct(stand_in: Callable[..., Any]) -> Any:
    """The adapter over open-instruct's."""

    @dataclass
    class VerificationResult:
        score: float
        cost: float = 0.0
        reasoning: str | None = None

    class VerifierFunction:
        def __init__(self, name: str, weight: float = 1.0, verifier_config: Any = None) -> None:
            self.name, self.weight = name, weight

    module = "open_instruct.ground_truth_utils"
    return stand_in(
        "open_instruct", module, VerificationResult=VerificationResult, VerifierFunction=VerifierFunction
    )


@pytest.fixture
def rllm(stand_in: Callable[..., Any]) -> Any:
    """The adapter over rLLM's."""

    @dataclass
    class Signal:
        name: str
        value: float

    @dataclass
    class EvalOutput:
        reward: float
        is_correct: bool
        signals: list[Signal] = field(default_factory=list)
        metadata: dict[str, Any] = field(default_factory=dict)

    return stand_in("rllm", "rllm.eval.types", Signal=Signal, EvalOutput=EvalOutput)
