"""From the options of a command line to how a model is asked and run."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tinyv_cli.cli.options import AutoOrOff, Switch
from tinyv_cli.errors import UsageError
from tinyv_cli.words import DEFAULT_CONCURRENCY, NANO, NONE

if TYPE_CHECKING:
    from pathlib import Path

    from tinyv_cli.documents.calibration import Calibration
    from tinyv_cli.models import Asking, ModelOptions, Verifier
    from tinyv_cli.running.cache import VerdictCache

FLASH = {Switch.AUTO: None, Switch.OFF: False, Switch.ON: True}


def model_options(
    *,
    prompt: str | None,
    think: bool | None,
    threads: int | None,
    gpu_layers: int,
    batch_tokens: int,
    flash_attention: Switch,
    requantize: AutoOrOff,
    concurrency: int = DEFAULT_CONCURRENCY,
) -> "ModelOptions":
    """What the command line says of the model; what it leaves open is None."""
    from tinyv_cli.models import ModelOptions
    from tinyv_cli.models.engine import EngineOptions

    engine = EngineOptions(
        threads=threads,
        gpu_layers=gpu_layers,
        batch_tokens=batch_tokens,
        flash_attention=FLASH[flash_attention],
    )
    return ModelOptions(prompt, think, requantize is AutoOrOff.AUTO, engine, concurrency)


def models_asked(
    named: list[str] | None, *, no_proofs: bool, proofs_only: bool, say: Callable[[str], None] | None
) -> list[str]:
    """The models to ask: those that are named, none where only proofs count, or else what can be run."""
    from tinyv_cli.models.extra import default_models

    if no_proofs and proofs_only:
        raise UsageError("--no-proofs and --proofs-only leave nothing to do after the rule; give one of them")
    return [NONE] if proofs_only else named or default_models(say)


def read_calibrations(given: "Sequence[Path] | None") -> "list[Calibration]":
    """The calibrations in files; `nano` is the one that ships with the embedded verifier."""
    from tinyv_cli.documents.calibration import read_calibration
    from tinyv_cli.models.nano import nano_calibration

    return [read_calibration(nano_calibration() if str(path) == NANO else path) for path in given or []]


def ready_models(
    verifiers: "Sequence[Verifier]",
    cache: "VerdictCache | None",
    calibrations: "Sequence[Calibration]",
    *,
    before: str,
    threshold: float,
    say: Callable[[str], None] | None,
) -> "tuple[list[Asking], list[dict[str, Any]]]":
    """How each model is asked, and what the annotated file says of it.

    What is kept is what the model said itself: so it serves with another calibration, and without. `say` is
    told of a calibration that was made where something else than `before` is asked before the models. Raises
    UsageError for one that fits no model.
    """
    from tinyv_cli.documents.calibration import assigned, calibrating, remarks
    from tinyv_cli.models import asking

    described = [verifier.described() for verifier in verifiers]
    fitting = assigned(calibrations, described)
    if say is not None:
        for remark in remarks(calibrations, rule=before):
            say(remark)
    return (
        [
            calibrating(asking(verifier, cache), calibration)
            for verifier, calibration in zip(verifiers, fitting, strict=True)
        ],
        [
            {**model, "calibration": calibration.described(threshold)} if calibration else model
            for model, calibration in zip(described, fitting, strict=True)
        ],
    )
