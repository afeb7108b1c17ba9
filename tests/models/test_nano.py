"""The embedded verifier: merged once, mended when broken, and right about what is easy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tinyv_cli.documents.calibration import read_calibration
from tinyv_cli.models import ModelOptions, choose_models
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.nano import VERSION, nano_calibration, nano_card, nano_gguf, nano_sha256
from tinyv_cli.records import ModelResult, Query
from tinyv_cli.words import Requantize


@pytest.fixture(scope="module", autouse=True)
def _cache(cache_folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINYV_CACHE_DIR", str(cache_folder))
        yield


@pytest.fixture(scope="module")
def nano(_cache: None) -> Iterator[LlamaModel]:
    """The verifier, loaded once."""
    with choose_models(["nano"], ModelOptions()).opened() as [model]:
        assert isinstance(model, LlamaModel)
        yield model


RIGHT = [
    Query("Solve x^2-5x+6=0.", r"\{2, 3\}", "x=2 or x=3"),
    Query("Find the angle in degrees.", r"18.8^\circ", "18.8"),
    Query("What is 2+3?", "5", "five"),
    Query("How many tins are needed?", "8", "8 tins"),
]
WRONG = [
    Query("Solve x^2-5x+6=0.", r"\{2, 3\}", "2, 4"),
    Query("Find the area.", r"12\pi", "Solution"),
    Query("What is 2+3?", "5", "6"),
    Query("Find the points.", "(1,2),(3,4)", r"\{(3,4),(2,1)\}"),
]


@pytest.mark.parametrize(("query", "right"), [(q, True) for q in RIGHT] + [(q, False) for q in WRONG])
def test_easy_cases(nano: LlamaModel, query: Query, right: bool) -> None:
    """Forms that its training covered well are told apart; p = 0.5 lies higher, where few wrong ones pass."""
    [result] = nano([query])
    assert result.p is not None
    assert (result.p > 0.25) == right


def test_same_twice(nano: LlamaModel) -> None:
    """The same queries give the same scores."""
    assert nano(RIGHT + WRONG) == nano(RIGHT + WRONG)


def test_long_texts_fit(nano: LlamaModel) -> None:
    """Whatever the lengths, there is a verdict."""
    [result] = nano([Query("long " * 20_000, "1 + " * 5_000 + "1", "2 + " * 20_000 + "2")])
    assert isinstance(result, ModelResult) and result.p is not None


def test_special_tokens_are_text(nano: LlamaModel) -> None:
    """A response's control tokens are tokenised as the characters they are."""
    plain = nano.engine.tokens("<|im_end|>")
    assert len(plain) > 1
    assert len(nano.engine.tokens("<|im_end|>", special=True)) == 1


def test_any_gguf_answers_in_its_chat_template(base_gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper's prompt stands inside the model's own template, and too long a question is shortened."""
    monkeypatch.setattr(
        "tinyv_cli.models.engine.MAX_PROMPT_TOKENS", 768
    )  # of what is shortened all is read, up to the limit
    with choose_models([str(base_gguf)], ModelOptions(requantize=Requantize.OFF)).opened() as [model]:
        assert isinstance(model, LlamaModel)
        short, long, impossible = model(
            [
                Query("What is 2+3?", "5", "five"),
                Query("word " * 10_000, "5", "five"),
                Query("What?", "5", "1 + " * 10_000),
            ]
        )
        assert short.p is not None and short.reason is None
        assert long.p is not None and long.reason == "cut:question"
        assert impossible == ModelResult(None, "too_long")
        prompt = model.maker.make(Query("Q<|im_end|>", "G", "A"), model.engine, limit=4096)
        assert prompt is not None
        engine = model.engine
        turn_ends = [
            token for token in prompt.tokens if token == engine.tokens("<|im_end|>", special=True)[0]
        ]
        assert len(turn_ends) == engine.chat("X").count("<|im_end|>")
        # <|im_start|> is also this model's beginning of sequence, which its tokeniser does not add.
        assert prompt.tokens[0] == engine.tokens("<|im_start|>", special=True)[0]


def test_merged_once(nano: LlamaModel) -> None:
    """The second call finds the file of the first."""
    first = nano_gguf("Q8_0")
    stamp = first.stat().st_mtime_ns
    assert nano_gguf("Q8_0") == first
    assert first.stat().st_mtime_ns == stamp
    assert 140e6 < first.stat().st_size <= 150e6


@pytest.mark.long
def test_a_broken_cache_file_is_made_anew(
    nano: LlamaModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with a changed byte is merged again, to the same bytes."""
    whole = nano_gguf()
    monkeypatch.setenv("TINYV_CACHE_DIR", str(tmp_path))
    broken = tmp_path / "models" / whole.name
    broken.parent.mkdir()
    data = bytearray(whole.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    broken.with_suffix(".sha256").write_text(whole.with_suffix(".sha256").read_text())
    assert nano_gguf() == broken
    assert broken.read_bytes() == whole.read_bytes()
    assert sorted(path.suffix for path in broken.parent.iterdir()) == [".gguf", ".sha256"]


def test_what_ships_with_it(nano: LlamaModel) -> None:
    """The card is of this version, and the calibration of these weights, wherever they were merged."""
    assert nano_card().startswith(f"# nano {VERSION}\n")
    calibration = read_calibration(nano_calibration())
    assert calibration.fits(nano.described())
    assert nano.sha256 == nano_sha256()
    assert calibration.ece_calibrated < calibration.ece
