"""What a GGUF file says of itself, read by llama.cpp without the weights."""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinyv_cli.errors import ModelError
from tinyv_cli.models.engine import quiet_api

LONGEST_VALUE = 1 << 12
MOST_LAYERS = 512  # that llama.cpp has room for


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a GGUF file; None for what it does not tell. `context` is in tokens."""

    title: str | None
    version: str | None
    architecture: str | None
    quant: str | None
    parameters: int
    context: int | None
    chat_template: bool
    licence: str | None


def read_header(path: Path) -> Header:
    """Read the header alone, in less than a second whatever the size. Raises ModelError.

    By llama.cpp, and not by the package gguf: that takes seconds for the vocabulary alone, and a file that
    llama.cpp cannot read is of no use here.
    """
    api = quiet_api()
    parameters = api.llama_model_default_params()
    parameters.vocab_only = True
    model = api.llama_model_load_from_file(str(path).encode(), parameters)
    if not model:
        raise ModelError(
            f"{path}: llama.cpp cannot read this GGUF; is it whole, and a model of a known kind?"
        )
    try:
        return _header(path, api, model)
    finally:
        api.llama_model_free(model)


def _header(path: Path, api: Any, model: Any) -> Header:
    def value(key: str) -> str | None:
        buffer = ctypes.create_string_buffer(LONGEST_VALUE)
        length = api.llama_model_meta_val_str(model, key.encode(), buffer, LONGEST_VALUE)
        return str(buffer.value, "utf-8", "replace") if length >= 0 else None

    architecture = value("general.architecture")
    context = value(f"{architecture}.context_length")
    layers = value(f"{architecture}.block_count") or "0"
    if not 0 < int(layers) <= MOST_LAYERS:  # llama.cpp would end our process
        raise ModelError(f"{path}: cannot be a model, of {layers} layers; fetch the file anew")
    return Header(
        title=value("general.name"),
        version=value("general.version"),
        architecture=architecture,
        quant=_quant(value("general.file_type")),
        parameters=api.llama_model_n_params(model),
        context=int(context) if context else None,
        chat_template=value("tokenizer.chat_template") is not None,
        licence=value("general.license"),
    )


def _quant(file_type: str | None) -> str | None:
    """What most of the weights are: the format numbers the mixtures."""
    import gguf

    if file_type is None:
        return None
    try:
        name = str(gguf.LlamaFileType(int(file_type)).name)
    except ValueError:
        return f"unknown ({file_type})"
    return name.removeprefix("MOSTLY_").removeprefix("ALL_")
