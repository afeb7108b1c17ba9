"""Weights written once in another format: one that the processor reads fast, or one to be compared.

llama.cpp has no fast matrix product for the formats below: SmolLM2-135M in Q4_1 reads prompts at less than
half the speed of the same weights in a fast one (benchmarks/model_stage.py). The copy is as good as the
original: BF16 or Q8_0 hold its 4 or 5 bits a weight without a loss that matters.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path

from tinyv_cli.errors import ModelError, UsageError, did_you_mean
from tinyv_cli.models.engine import quiet_api
from tinyv_cli.models.header import read_header
from tinyv_cli.models.processor import Q8_0, fast_format
from tinyv_cli.running.cache import cache_folder
from tinyv_cli.running.disk import made_once

SLOW = frozenset({"Q4_1", "Q5_0", "Q5_1"})
# The formats that need no matrix of importances, each with the number that llama.cpp has for it.
FORMATS = {
    "F32": 0,
    "BF16": 32,
    "F16": 1,
    "Q8_0": 7,
    "Q6_K": 18,
    "Q5_K_M": 17,
    "Q5_K_S": 16,
    "Q5_1": 9,
    "Q5_0": 8,
    "Q4_K_M": 15,
    "Q4_K_S": 14,
    "IQ4_NL": 25,
    "IQ4_XS": 30,
    "Q4_1": 3,
    "Q4_0": 2,
    "Q3_K_L": 13,
    "Q3_K_M": 12,
    "Q3_K_S": 11,
    "Q2_K": 10,
}
# Above this size of the original, BF16, which makes it three times as large, takes too much memory.
SMALL = 500 << 20
NOT_SO = 'requantize = "off" in tinyv.toml'


def fast_copy(path: Path, sha256: str, *, say: Callable[[str], None] | None) -> Path:
    """The file itself, or where its format is a slow one a fast copy in the user's cache.

    `sha256` is the file's digest. Raises ModelError where there is no room for a copy.
    """
    slow = read_header(path).quant
    if slow not in SLOW:
        return path
    name = fast_format() if path.stat().st_size <= SMALL else Q8_0
    copy = _place(path, sha256, name)
    if say and not copy.exists():
        say(f"{path.name}: {slow} is slow on a CPU; kept as {name} in {copy} ({NOT_SO} keeps none)")
    return _copied(path, copy, name, otherwise=f", or set {NOT_SO}")


def in_format(path: Path, sha256: str, name: str) -> Path:
    """The file itself where its matrices are in this format, else a copy."""
    return path if read_header(path).quant == name else quantised(path, sha256, name)


def quantised(path: Path, sha256: str, name: str) -> Path:
    """A copy of the weights in another format, in the user's cache; `sha256` is the file's digest.

    Raises UsageError for a format that there is not, ModelError where there is no room.
    """
    check_format(name)
    return _copied(path, _place(path, sha256, name), name)


def check_format(name: str) -> None:
    """Raise UsageError for a format that there is not."""
    if name not in FORMATS:
        near = did_you_mean(name, FORMATS)
        raise UsageError(f"no format is named '{name}'; there are: {', '.join(FORMATS)}{near}")


def _place(path: Path, sha256: str, name: str) -> Path:
    return cache_folder() / "models" / f"{path.stem}-{sha256[:16]}.{name}.gguf"


def _copied(path: Path, copy: Path, name: str, *, otherwise: str = "") -> Path:
    try:
        return made_once(copy, lambda part: _quantize(path, part, FORMATS[name]))
    except OSError as error:
        raise ModelError(
            f"{copy.parent}: a copy of {path.name} as {name} cannot be written there ({error}); "
            f"set TINYV_CACHE_DIR to a folder with room{otherwise}"
        ) from error


def _quantize(path: Path, part: Path, number: int) -> None:
    api = quiet_api()
    parameters = api.llama_model_quantize_default_params()
    parameters.ftype = number
    parameters.allow_requantize = True
    if api.llama_model_quantize(str(path).encode(), str(part).encode(), ctypes.byref(parameters)) != 0:
        # Of all that can go wrong it says no more than that it did.
        raise ModelError(
            f"{path}: llama.cpp cannot convert this GGUF; is it whole and undamaged, and is there room in "
            f"{part.parent}? TINYV_CACHE_DIR may name another folder"
        )
