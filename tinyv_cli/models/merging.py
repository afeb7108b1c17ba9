"""A base and an adapter of ours as one file: W + (alpha / rank) B A for each adapted matrix."""

from pathlib import Path
from typing import Any

_SET_BY_THE_WRITER = ("GGUF.", "general.architecture")
_OF_THE_ADAPTER = ("general.name", "general.version", "tinyv.")


def merge(base: Path, adapter: Path | None, output: Path, quant: str) -> None:
    """Write the base with the adapter added, if there is one, as GGUF, its matrices in this format.

    All else is the base's, but for the name, the version and what tinyv reads, which are the adapter's.
    """
    import gguf
    import numpy as np

    base_file = gguf.GGUFReader(base)
    said, low_rank, alpha = _adapter(adapter) if adapter else ({}, {}, 0.0)
    writer = gguf.GGUFWriter(output, base_file.fields["general.architecture"].contents())
    for key, field in (base_file.fields | said).items():
        if not key.startswith(_SET_BY_THE_WRITER):
            _copy_field(writer, key, field, quant)
    kind = gguf.GGMLQuantizationType[quant]
    for tensor in base_file.tensors:
        weights = gguf.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        if (a := low_rank.get(f"{tensor.name}.lora_a")) is not None:
            weights += alpha / a.shape[0] * (low_rank[f"{tensor.name}.lora_b"] @ a)
        if weights.ndim == 1:  # norms and biases are small and stay exact
            writer.add_tensor(tensor.name, weights)
        else:
            writer.add_tensor(tensor.name, gguf.quantize(weights, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _adapter(path: Path) -> tuple[dict[str, Any], dict[str, Any], float]:
    """What an adapter says of itself, its matrices, and its alpha."""
    import gguf
    import numpy as np

    file = gguf.GGUFReader(path)
    said = {key: field for key, field in file.fields.items() if key.startswith(_OF_THE_ADAPTER)}
    matrices = {tensor.name: np.asarray(tensor.data, np.float32) for tensor in file.tensors}
    return said, matrices, float(file.fields["adapter.lora.alpha"].contents())


def _copy_field(writer: Any, key: str, field: Any, quant: str) -> None:
    import gguf

    value = field.contents()
    if key == "general.file_type":
        value = gguf.LlamaFileType["ALL_F32" if quant == "F32" else f"MOSTLY_{quant}"]
    if field.types[0] == gguf.GGUFValueType.ARRAY:
        writer.add_array(key, value)
    else:
        writer.add_key_value(key, value, field.types[0])
