"""From the options of a command line to how a model is asked and run."""

from typing import TYPE_CHECKING

from tinyv_cli.cli.options import AutoOrOff, Switch
from tinyv_cli.errors import UsageError
from tinyv_cli.words import DEFAULT_CONCURRENCY, NONE

if TYPE_CHECKING:
    from tinyv_cli.models import ModelOptions

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


def models_asked(models: list[str], *, no_proofs: bool, proofs_only: bool) -> list[str]:
    """The models to ask: those that are named, or none where only proofs count."""
    if no_proofs and proofs_only:
        raise UsageError("--no-proofs and --proofs-only leave nothing to do after the rule; give one of them")
    return [NONE] if proofs_only else models
