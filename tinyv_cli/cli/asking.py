"""From the options of a command line to how a model is asked and run."""

from typing import TYPE_CHECKING

from tinyv_cli.cli.options import AutoOrOff, Switch
from tinyv_cli.words import DEFAULT_CONCURRENCY

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
