"""The paper's models: what repositories are taken to hold them."""

import pytest

from tinyv_cli.models.prompts import chat_prompt
from tinyv_cli.models.registry import ALIASES, is_of


@pytest.mark.parametrize(
    ("repository", "alias"),
    [
        ("uploader/TinyV-1.5B-GGUF", "tinyv-1.5b"),
        ("uploader/tinyv-1.5b-i1-gguf", "tinyv-1.5b"),
        ("uploader/zhangchenxu_TinyV-1.5B-GGUF", "tinyv-1.5b"),
        ("me/TinyV-1.5B-Q8_0-GGUF", "tinyv-1.5b"),
        ("uploader/TinyV-1.5B-Think-GGUF", "tinyv-1.5b-think"),
        ("uploader/TinyV-Qwen3-1.7B-GGUF", "tinyv-qwen3-1.7b"),
        ("uploader/TinyV-Qwen3-1.7B-Think-GGUF", "tinyv-qwen3-1.7b-think"),
        ("TinyV-1.5B/other-GGUF", None),
        ("uploader/Qwen3-1.7B-GGUF", None),
    ],
)
def test_named_after_one(repository: str, alias: str | None) -> None:
    """A repository belongs to the model with the longest name in its own, and to no other."""
    assert [name for name, official in ALIASES.items() if is_of(repository, official)] == [alias] * bool(
        alias
    )


@pytest.mark.parametrize("alias", ALIASES)
def test_prompts_are_there(alias: str) -> None:
    """Each alias is asked with a prompt that ships with tinyv; those that think may reply at length."""
    official = ALIASES[alias]
    assert chat_prompt(official.prompt).name == official.prompt
    assert official.think == alias.endswith("think") == (official.max_tokens > 100)
    assert alias == official.title.lower()
