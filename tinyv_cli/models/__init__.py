"""The models by name: the embedded verifier, any GGUF file, or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.prompts import NanoPrompt, PromptMaker, chat_prompt
from tinyv_cli.words import NANO, NONE


@contextmanager
def opened_model(
    name: str, *, prompt: str, threads: int | None, gpu_layers: int
) -> Iterator[LlamaModel | None]:
    """A model by its name for as long as it is needed; None for `none`. Raises ModelError."""
    model = open_model(name, prompt=prompt, threads=threads, gpu_layers=gpu_layers)
    try:
        yield model
    finally:
        if model is not None:
            model.close()


def open_model(name: str, *, prompt: str, threads: int | None, gpu_layers: int) -> LlamaModel | None:
    """Load a model by its name; None for `none`. Raises ModelError."""
    if name == NONE:
        return None
    maker: PromptMaker = chat_prompt(prompt)
    if name == NANO:
        from tinyv_cli.models.nano import nano_gguf

        path, maker = nano_gguf(), NanoPrompt()
    else:
        path = Path(name)
    return LlamaModel(path, maker, name=name, threads=threads, gpu_layers=gpu_layers)
