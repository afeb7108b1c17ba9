"""What a GGUF file says of itself, read without its weights."""

from pathlib import Path

import pytest

from tinyv_cli.errors import ModelError
from tinyv_cli.models.header import Header, read_header


def test_read_header(base_gguf: Path) -> None:
    """The facts of a real model."""
    assert read_header(base_gguf) == Header(
        title="Smollm2 135M 8k Lc100K Mix1 Ep2",
        version=None,
        architecture="llama",
        quant="Q4_1",
        parameters=134_515_008,
        context=8192,
        chat_template=True,
        licence="apache-2.0",
    )


def test_little_is_said(tmp_path: Path) -> None:
    """What a file does not tell is None, and a format of the future has its number."""
    path = bare_gguf(tmp_path / "bare.gguf", file_type=9999)
    assert read_header(path) == Header(None, None, "llama", "unknown (9999)", 32, 128, False, None)


@pytest.mark.parametrize("kept", [4, 100, 3_000_000, 90_000_000])
def test_half_a_file(base_gguf: Path, tmp_path: Path, kept: int) -> None:
    """A file that was cut off is refused, wherever it was cut."""
    path = tmp_path / "half.gguf"
    path.write_bytes(base_gguf.read_bytes()[:kept])
    with pytest.raises(ModelError, match=r"half.gguf: llama.cpp cannot read this GGUF; is it whole"):
        read_header(path)


def bare_gguf(path: Path, *, file_type: int, name: str | None = None) -> Path:
    """The least that llama.cpp takes for a model: no vocabulary, one tensor."""
    import gguf
    import numpy as np

    writer = gguf.GGUFWriter(path, "llama")
    if name is not None:
        writer.add_name(name)
    writer.add_file_type(file_type)
    writer.add_context_length(128)
    writer.add_tokenizer_model("no_vocab")
    writer.add_block_count(1)
    writer.add_embedding_length(8)
    writer.add_feed_forward_length(8)
    writer.add_head_count(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tensor("token_embd.weight", np.zeros((4, 8), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
