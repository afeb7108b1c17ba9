"""Which file of a repository is meant: by quant, by name, by preference; and what is said where none is."""

import pytest

from tinyv_cli.errors import ModelError
from tinyv_cli.models.choosing import choose, quant_of
from tinyv_cli.models.hub import HubFile, Repository


def files(*paths: str) -> list[HubFile]:
    return [HubFile(Repository("o/r"), "c" * 40, path, 1, None) for path in paths]


@pytest.mark.parametrize(
    ("path", "quant"),
    [
        ("TinyV-1.5B.Q4_K_M.gguf", "Q4_K_M"),
        ("TinyV-1.5B.i1-IQ3_XXS.gguf", "IQ3_XXS"),
        ("qwen2.5-1.5b-instruct-q8_0.gguf", "Q8_0"),
        ("Q6_K/TinyV_Q6_K.gguf", "Q6_K"),
        ("Qwen3-1.7B-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("tinyv-Q4_0-imat.gguf", "Q4_0"),
        ("model-fp16.gguf", "F16"),
        ("TinyV-bf16.GGUF", "BF16"),
        ("TinyV-Q8_0-00001-of-00003.gguf", "Q8_0"),
        ("Qwen3-1.7B.gguf", None),
        ("Q4-of-2024.gguf", "Q4"),
        ("model.gguf", None),
    ],
)
def test_quant_of(path: str, quant: str | None) -> None:
    """The names that uploaders give their files tell the quant."""
    assert quant_of(path) == quant


ALL = files(
    "v.Q2_K.gguf", "v.Q8_0.gguf", "v.Q4_K_M.gguf", "v.f16.gguf", "mmproj-v-Q4_K_M.gguf", "sub/w.Q6_K.gguf"
)


@pytest.mark.parametrize(
    ("there", "wanted", "path"),
    [
        (ALL, None, "v.Q4_K_M.gguf"),
        (ALL, "Q8_0", "v.Q8_0.gguf"),
        (ALL, "q8_0", "v.Q8_0.gguf"),
        (ALL, "F16", "v.f16.gguf"),
        (ALL, "v.Q2_K.gguf", "v.Q2_K.gguf"),
        (ALL, "sub/w.Q6_K.gguf", "sub/w.Q6_K.gguf"),
        (ALL, "w.Q6_K.gguf", "sub/w.Q6_K.gguf"),
        (ALL, "mmproj-v-Q4_K_M.gguf", "mmproj-v-Q4_K_M.gguf"),
        (files("v.Q2_K.gguf", "v.Q8_0.gguf"), None, "v.Q8_0.gguf"),
        (files("v.Q2_K.gguf"), None, "v.Q2_K.gguf"),
        (files("model.gguf", "imatrix.gguf"), None, "model.gguf"),
        (
            files("v-Q4_K_M-00001-of-00002.gguf", "v-Q4_K_M-00002-of-00002.gguf", "v-Q8_0.gguf"),
            None,
            "v-Q8_0.gguf",
        ),
    ],
)
def test_choose(there: list[HubFile], wanted: str | None, path: str) -> None:
    """A quant in any case, a file with or without its folder, or what is preferred of what can be loaded."""
    assert choose(there, wanted, name="hf:o/r").path == path


SPLIT = files("v-BF16-00001-of-00002.gguf", "v-BF16-00002-of-00002.gguf", "v-Q8_0.gguf")


@pytest.mark.parametrize(
    ("there", "wanted", "message"),
    [
        ([], None, "holds no .gguf file; name a GGUF conversion"),
        (files("mmproj-F16.gguf"), None, "has no model; it has mmproj-F16.gguf"),
        (ALL, "Q3_K_S", "has no Q3_K_S; it has v.Q2_K.gguf, v.Q8_0.gguf"),
        (ALL, "other.gguf", "has no other.gguf; it has"),
        (
            files("a.Q8_0.gguf", "b.Q8_0.gguf"),
            "Q8_0",
            "may be any of a.Q8_0.gguf, b.Q8_0.gguf; name the file",
        ),
        (files("a.Q8_0.gguf", "b.Q8_0.gguf"), None, "may be any of a.Q8_0.gguf, b.Q8_0.gguf"),
        (files("a.gguf", "b.gguf"), None, "may be any of a.gguf, b.gguf"),
        (files("x/a.gguf", "y/a.gguf"), "a.gguf", "may be any of x/a.gguf, y/a.gguf"),
        (SPLIT, "BF16", "split into parts, which tinyv does not load.*llama-gguf-split --merge"),
        (SPLIT, "v-BF16-00001-of-00002.gguf", "tinyv does not load"),
        (SPLIT[:2], None, "tinyv does not load"),
        (files(*(f"{n}.gguf" for n in range(20))), "Q8_0", "10.gguf, 11.gguf and 8 more$"),
    ],
)
def test_nothing_to_choose(there: list[HubFile], wanted: str | None, message: str) -> None:
    """None, several or a split model: one line that lists what there is."""
    with pytest.raises(ModelError, match=f"^hf:o/r: .*{message}"):
        choose(there, wanted, name="hf:o/r")
