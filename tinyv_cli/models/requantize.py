"""Weights in a format that CPUs evaluate slowly, written once in one that they evaluate fast.

llama.cpp has no fast matrix product for the formats below: SmolLM2-135M in Q4_1 reads prompts at less than
half the speed of the same weights in BF16 (benchmarks/model_stage.py). The copy is as good as the original:
BF16 or Q8_0 hold its 4 or 5 bits a weight without a loss that matters.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path

from tinyv_cli.cache import cache_folder
from tinyv_cli.disk import made_once
from tinyv_cli.errors import ModelError
from tinyv_cli.models.engine import quiet_api
from tinyv_cli.models.header import read_header

SLOW = frozenset({"Q4_1", "Q5_0", "Q5_1"})
# With the number that llama.cpp has for the format.
BF16, Q8_0 = ("BF16", 32), ("Q8_0", 7)
# Above this size of the original, BF16, which makes it three times as large, takes too much memory.
SMALL = 500 << 20


def fast_copy(path: Path, sha256: str, *, say: Callable[[str], None] | None) -> Path:
    """The file itself, or where its format is a slow one a fast copy in the user's cache.

    `sha256` is the file's digest. Raises ModelError where there is no room for a copy.
    """
    slow = read_header(path).quant
    if slow not in SLOW:
        return path
    name, number = BF16 if path.stat().st_size <= SMALL else Q8_0
    copy = cache_folder() / "models" / f"{path.stem}-{sha256[:16]}.{name}.gguf"

    def requantize(part: Path) -> None:
        if say:
            say(f"{path.name}: {slow} is slow on a CPU; kept as {name} in {copy} (--requantize off: not)")
        _quantize(path, part, number)

    try:
        return made_once(copy, requantize)
    except OSError as error:
        raise ModelError(
            f"{copy.parent}: a faster copy of {path.name} cannot be written there ({error}); "
            "set TINYV_CACHE_DIR to a folder with room, or give --requantize off"
        ) from error


def _quantize(path: Path, part: Path, number: int) -> None:
    api = quiet_api()
    parameters = api.llama_model_quantize_default_params()
    parameters.ftype = number
    parameters.allow_requantize = True
    status = api.llama_model_quantize(str(path).encode(), str(part).encode(), ctypes.byref(parameters))
    if status != 0:
        raise OSError(f"llama.cpp could not convert it, status {status}")
