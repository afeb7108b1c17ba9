"""Which of a repository's GGUF files is meant by a quant, a file name, or by nothing but the repository."""

import re
from collections.abc import Sequence

from tinyv_cli.errors import ModelError
from tinyv_cli.models.hub import SUFFIX, HubFile

# What is taken where nothing is said. On a CPU the K quants run 1.4 to 1.8 times as fast as Q8_0 and lose
# little; of them first the smallest, with 4 bits. Fewer cost a small verifier too much to be taken unasked.
PREFERRED = (
    "Q4_K_M",
    "Q5_K_M",
    "Q6_K",
    "Q4_K_S",
    "Q5_K_S",
    "Q8_0",
    "Q4_0",
    "IQ4_NL",
    "IQ4_XS",
    "BF16",
    "F16",
    "F32",
)
QUANT = re.compile(
    r"(?:^|[-._])((?:UD-)?(?:I?Q|TQ)\d(?:_(?:\d|K|NL|XXS|XS|S|M|L|XL))*|BF16|FP?16|FP?32|MXFP4)(?=[-._]|$)"
)
PART = re.compile(r"-\d{5}-of-\d{5}\.gguf$", re.IGNORECASE)
NO_MODEL = re.compile("mmproj|imatrix", re.IGNORECASE)  # projectors and statistics that lie beside models
SHOWN = 12


def quant_of(path: str) -> str | None:
    """The quantisation that a file name tells, in upper case: `TinyV-1.5B.Q4_K_M.gguf` is Q4_K_M."""
    stem = path.rpartition("/")[2].upper().removesuffix(SUFFIX.upper())
    found = QUANT.findall(stem)
    return found[-1].replace("FP", "F") if found else None


def _fitting(files: Sequence[HubFile], wanted: str | None) -> list[HubFile]:
    """The files that are meant: by name, by quant, or of the quants there are the one that is preferred."""
    if wanted is None:
        return _preferred([file for file in files if not NO_MODEL.search(file.path)])
    if wanted.lower().endswith(SUFFIX):
        return [file for file in files if wanted in (file.path, file.path.rpartition("/")[2])]
    return [
        file for file in files if quant_of(file.path) == wanted.upper() and not NO_MODEL.search(file.path)
    ]


def _preferred(files: list[HubFile]) -> list[HubFile]:
    whole = [file for file in files if not PART.search(file.path)] or files
    by_quant = ([file for file in whole if quant_of(file.path) == quant] for quant in PREFERRED)
    return next(filter(None, by_quant), whole)


def choose(files: Sequence[HubFile], wanted: str | None, *, name: str) -> HubFile:
    """The one file that is meant. Raises ModelError where there is none or several, with those there are."""
    if not files:
        raise ModelError(
            f"{name}: the repository holds no {SUFFIX} file; name a GGUF conversion of it, or convert it "
            "with llama.cpp's convert_hf_to_gguf.py"
        )
    meant = _fitting(files, wanted)
    if not meant:
        raise ModelError(f"{name}: the repository has no {wanted or 'model'}; it has {_listed(files)}")
    if any(PART.search(file.path) for file in meant):
        raise ModelError(
            f"{name}: this model is split into parts, which tinyv does not load; choose another "
            f"of {_listed(files)}, or join it with 'llama-gguf-split --merge'"
        )
    if len(meant) > 1:
        raise ModelError(f"{name}: may be any of {_listed(meant)}; name the file behind a colon")
    return meant[0]


def _listed(files: Sequence[HubFile]) -> str:
    names = [file.path for file in files]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
