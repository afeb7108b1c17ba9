"""From options and settings to a run: what comes before what, and what each model is asked with."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import write_lines
from tinyv_cli.cli.options import Caching, Resources, Verifiers
from tinyv_cli.cli.stages import Run, model_options, planned, planned_rule
from tinyv_cli.errors import ModelError, UsageError
from tinyv_cli.models import NO_OWN, at_hand, choose_models
from tinyv_cli.proofs.policy import DEFAULT
from tinyv_cli.settings import Settings
from tinyv_cli.words import ALL_LAYERS, Proofs, Requantize, Switch


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with settings, and no variables."""
    for name in ("RULE", "MODEL", "THRESHOLD", "WORKERS", "PROMPT"):
        monkeypatch.delenv(f"TINYV_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    write_lines(
        tmp_path / "tinyv.toml",
        *("rule = ['exact', 'math-verify']", "threshold = 0.7", "workers = 3", "prompt = 'tinyv'"),
        *('[models."x.gguf"]', "prompt = 'tinyv-qwen3'", "requantize = 'off'"),
    )
    return tmp_path


def said(run: Run) -> tuple[Any, ...]:
    settings = run.settings
    return run.rules, settings.model, settings.threshold, settings.workers


@pytest.mark.usefixtures("folder")
def test_options_before_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option before a variable, that before a file, that before the default; 0 is a threshold too."""
    open_run = planned(Verifiers(), Resources(), say=None)
    assert said(open_run) == (["exact", "math-verify"], ("nano",), 0.7, 3)
    assert (open_run.policy, open_run.keeps) == (DEFAULT, True)
    monkeypatch.setenv("TINYV_RULE", "math-verify/trl")
    monkeypatch.setenv("TINYV_WORKERS", "5")
    assert said(planned(Verifiers(), Resources(), say=None)) == (["math-verify/trl"], ("nano",), 0.7, 5)
    given = Verifiers(rule=["exact"], model=["none"], threshold=0.0, proofs=Proofs.OFF)
    run = planned(given, Resources(no_cache=True, workers=1), say=None)
    assert said(run) == (["exact"], ("none",), 0.0, 1)
    assert (run.searches, run.keeps) == (False, False)


@pytest.mark.usefixtures("folder")
def test_one_rule_and_one_worker() -> None:
    """golds asks one rule, the first of several; one example has one worker."""
    assert planned_rule(None, Resources()).rules == ["exact"]
    assert planned_rule("math-verify", Resources()).rules == ["math-verify"]
    assert planned(Verifiers(), Caching(), say=None).settings.workers == 1


@pytest.mark.usefixtures("folder")
def test_each_model_its_own() -> None:
    """What a table says of one model holds for that one alone."""
    settings = planned(Verifiers(), Resources(), say=None).settings
    general, own = model_options(settings), model_options(settings, settings.for_model("x.gguf"))
    assert (general.prompt, general.requantize) == ("tinyv", "auto")
    assert (own.prompt, own.requantize, own.engine) == ("tinyv-qwen3", "off", general.engine)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), (None, ALL_LAYERS, 512, None, "auto")),
        (Settings(threads=2, gpu_layers=7, batch_tokens=64), (2, 7, 64, None, "auto")),
        (
            Settings(flash_attention=Switch.ON, requantize=Requantize.OFF),
            (None, ALL_LAYERS, 512, True, "off"),
        ),
        (Settings(flash_attention=Switch.OFF), (None, ALL_LAYERS, 512, False, "auto")),
    ],
)
def test_settings_of_the_engine(settings: Settings, expected: tuple[Any, ...]) -> None:
    """Words become what the engine takes."""
    made = model_options(settings)
    engine = made.engine
    shown = engine.threads, engine.gpu_layers, engine.batch_tokens, engine.flash_attention, made.requantize
    assert shown == expected


def test_own_options_are_checked() -> None:
    """A prompt that is not there is refused for the model that it is set for, and for no other."""
    from tinyv_cli.models import ModelOptions

    wrong = {"nano": ModelOptions(prompt="mine")}
    with pytest.raises(
        ModelError, match=r"^mine: no such prompt .*; there are tinyv, tinyv-qwen3, annotator"
    ):
        choose_models(["nano"], ModelOptions(), own=wrong)
    assert choose_models(["nano"], ModelOptions(), own={"other": wrong["nano"]}).loads
    assert choose_models(["nano"], ModelOptions(), own=NO_OWN).loads


def test_what_is_at_hand(base_gguf: Path) -> None:
    """The embedded model and files are; servers and what is not on disk are not; a wrong name is refused."""
    options = model_options(Settings())
    assert all(at_hand(["nano", str(base_gguf)], options).values())
    away = ["http://127.0.0.1:9/v1", "hf:nobody/nothing"]
    assert at_hand(away, options) == dict.fromkeys(away)
    assert at_hand(["none"], options) == {}
    with pytest.raises(ModelError, match="no such model"):
        at_hand(["nosuch"], options)
    assert [load is not None for load in at_hand(["nano", *away], options).values()] == [True, False, False]
    with pytest.raises(UsageError, match="--model nano is given twice"):
        at_hand(["nano", *away, "nano"], options)
