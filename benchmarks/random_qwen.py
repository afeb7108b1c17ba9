"""GGUF files in the exact shape of Qwen2.5, with its vocabulary and chat template, and with random weights.

The speed of a model does not depend on the values of its weights, so TinyV-1.5B (a Qwen2.5-1.5B) can be
timed where no hub is reached. The vocabulary and the template come from the source distribution of
llama-cpp-python.
"""

import ctypes
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from tinyv_cli.running.disk import made_once

VOCABULARY = "vendor/llama.cpp/models/ggml-vocab-qwen2.gguf"
CHAT_TEMPLATE = "vendor/llama.cpp/models/templates/Qwen-Qwen2.5-7B-Instruct.jinja"
END_OF_TURN = "<|im_end|>"
SPREAD = 0.02  # of the weights around 0, as in models that are trained
FILE_TYPES = {"F16": 1, "Q8_0": 7, "Q4_K_M": 15}  # as in llama.cpp's llama_ftype


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the size of a model."""

    name: str
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    context: int = 32768


# https://huggingface.co/Qwen/Qwen2.5-1.5B-Instruct/blob/main/config.json
QWEN_1_5B = Shape("qwen2.5-1.5b", layers=28, width=1536, feed_forward=8960, heads=12, kv_heads=2)
TINY = Shape("qwen2.5-tiny", layers=2, width=64, feed_forward=256, heads=4, kv_heads=2)


def random_qwen(shape: Shape, file_type: str, folder: Path) -> Path:
    """The model of this shape in this format, made unless the folder holds it."""
    name = f"random-{shape.name}"
    made = folder / f"{name}.{file_type}.gguf"
    if not made.exists():
        original = folder / f"{name}.F16.gguf"
        made_once(original, lambda part: _write(shape, folder, part))
        if file_type != "F16":
            made_once(made, lambda part: _quantize(original, part, FILE_TYPES[file_type]))
    return made


def _write(shape: Shape, folder: Path, path: Path) -> None:
    """Write it in F16, tensor by tensor, since all of them together may not fit into memory."""
    import gguf

    vocabulary = gguf.GGUFReader(_from_sources(VOCABULARY, folder))
    tokens = vocabulary.fields["tokenizer.ggml.tokens"].contents()
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name(f"random weights in the shape of {shape.name}")
    writer.add_file_type(FILE_TYPES["F16"])
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-6)
    _add_vocabulary(writer, vocabulary)
    writer.add_eos_token_id(tokens.index(END_OF_TURN))
    writer.add_chat_template(_from_sources(CHAT_TEMPLATE, folder).read_text("utf-8"))
    shapes = dict(_tensors(shape, len(tokens)))
    for name, size in shapes.items():
        kind = _kind(size)
        writer.add_tensor_info(name, size, kind, int(np.prod(size)) * kind.itemsize)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    rng = np.random.default_rng(0)
    for size in shapes.values():
        writer.write_tensor_data((rng.standard_normal(size, np.float32) * SPREAD).astype(_kind(size)))
    writer.close()


def _kind(size: tuple[int, ...]) -> "np.dtype[Any]":
    return np.dtype(np.float32 if len(size) == 1 else np.float16)


def _tensors(shape: Shape, vocabulary: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and sizes; the embeddings serve as output, too."""
    width, kv_width = shape.width, shape.width // shape.heads * shape.kv_heads
    yield "token_embd.weight", (vocabulary, width)
    yield "output_norm.weight", (width,)
    for layer in range(shape.layers):
        block = f"blk.{layer}"
        for part, out in (("q", width), ("k", kv_width), ("v", kv_width)):
            yield f"{block}.attn_{part}.weight", (out, width)
            yield f"{block}.attn_{part}.bias", (out,)
        yield f"{block}.attn_output.weight", (width, width)
        yield f"{block}.attn_norm.weight", (width,)
        yield f"{block}.ffn_gate.weight", (shape.feed_forward, width)
        yield f"{block}.ffn_up.weight", (shape.feed_forward, width)
        yield f"{block}.ffn_down.weight", (width, shape.feed_forward)
        yield f"{block}.ffn_norm.weight", (width,)


def _add_vocabulary(writer: Any, vocabulary: Any) -> None:
    field = {
        key.removeprefix("tokenizer.ggml."): value.contents() for key, value in vocabulary.fields.items()
    }
    writer.add_tokenizer_model(field["model"])
    writer.add_tokenizer_pre(field["pre"])
    writer.add_token_list(field["tokens"])
    writer.add_token_types(field["token_type"])
    writer.add_token_merges(field["merges"])
    writer.add_bos_token_id(field["bos_token_id"])
    writer.add_pad_token_id(field["padding_token_id"])
    writer.add_add_bos_token(False)


def _from_sources(member: str, folder: Path) -> Path:
    """A file of the source distribution of the llama-cpp-python that is installed, kept in the folder."""
    kept = folder / Path(member).name
    if not kept.exists():
        with tempfile.TemporaryDirectory() as downloads:
            wanted = f"llama-cpp-python=={version('llama-cpp-python')}"
            only_source = ("--no-deps", "--no-binary", "llama-cpp-python")
            pip = (sys.executable, "-m", "pip", "download", "--quiet")
            subprocess.run([*pip, *only_source, "--dest", downloads, wanted], check=True)
            [archive] = Path(downloads).glob("*.tar.gz")
            with tarfile.open(archive) as sources:
                root = archive.name.removesuffix(".tar.gz")
                for name in (VOCABULARY, CHAT_TEMPLATE):
                    found = sources.extractfile(f"{root}/{name}")
                    assert found is not None
                    (folder / Path(name).name).write_bytes(found.read())
    return kept


def _quantize(path: Path, part: Path, file_type: int) -> None:
    from tinyv_cli.models.engine import quiet_api

    api = quiet_api()
    parameters = api.llama_model_quantize_default_params()
    parameters.ftype = file_type
    if api.llama_model_quantize(str(path).encode(), str(part).encode(), ctypes.byref(parameters)) != 0:
        raise OSError(f"llama.cpp could not write {part} from {path}")
