"""Weights in a slow format are written once in a fast one."""

from pathlib import Path

import pytest

from tinyv_cli.errors import ModelError
from tinyv_cli.models.engine import EngineOptions
from tinyv_cli.models.header import read_header
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.processor import fast_format
from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.models.requantize import fast_copy
from tinyv_cli.records import Query
from tinyv_cli.running.disk import sha256_of


@pytest.fixture(scope="module")
def copied(base_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The fast copy of a Q4_1 file, and what was told meanwhile, in two calls."""
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINYV_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        first = fast_copy(base_gguf, sha256_of(base_gguf), say=told.append)
        assert fast_copy(base_gguf, sha256_of(base_gguf), say=told.append) == first
    return first, told


def test_made_once_and_told(copied: tuple[Path, list[str]], base_gguf: Path) -> None:
    """The second call finds the file of the first; only the first says that it takes time and room."""
    path, told = copied
    assert read_header(base_gguf).quant == "Q4_1" and read_header(path).quant == fast_format()
    assert path.suffixes[-2:] == [f".{fast_format()}", ".gguf"]
    assert len(told) == 1 and "Q4_1 is slow" in told[0] and str(path) in told[0]


@pytest.mark.long
def test_says_the_same(copied: tuple[Path, list[str]], base_gguf: Path) -> None:
    """The copy's scores are those of the original, within what arithmetic in 8 bits moves them."""
    queries = [Query(f"What is {n} + {n}?", str(2 * n), answer) for n in range(4) for answer in ("4", "no")]
    scores = []
    for path in (base_gguf, copied[0]):
        model = LlamaModel(path, chat_prompt("tinyv"), name="x", options=EngineOptions(gpu_layers=0))
        scores.append([result.p or 0.0 for result in model(queries)])
        model.close()
    assert max(abs(a - b) for a, b in zip(*scores, strict=True)) < 0.1
    assert len({round(p, 3) for p in scores[0]}) > 1


def test_a_fast_file_is_left_as_it_is(nano_folder: Path) -> None:
    """There is nothing to be gained, so there is no copy."""
    [path] = nano_folder.glob(f"nano-*.{fast_format()}.gguf")
    assert fast_copy(path, "0" * 64, say=pytest.fail) == path


def test_no_room(base_gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written to is told with what to do."""
    monkeypatch.setenv("TINYV_CACHE_DIR", "/proc/tinyv")
    with pytest.raises(ModelError, match='requantize = "off"'):
        fast_copy(base_gguf, "0" * 64, say=lambda _: None)
