"""The paper's models (arXiv 2505.14625) by alias: what each is on the hub, and how it is to be asked.

Their own repositories hold no GGUF files; others have made some, which the hub is searched for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tinyv_cli.models.hub import Repository, files_of, gguf_repositories


@dataclass(frozen=True, slots=True)
class Official:
    """A model of the paper: where it is on the hub, and its way of asking and answering."""

    hub_id: str
    prompt: str
    max_tokens: int
    think: bool

    @property
    def owner(self) -> str:
        return self.hub_id.partition("/")[0]

    @property
    def title(self) -> str:
        return self.hub_id.partition("/")[2]


ALIASES = {
    "tinyv-1.5b": Official("zhangchenxu/TinyV-1.5B", "tinyv", 8, think=False),
    "tinyv-1.5b-think": Official("zhangchenxu/TinyV-1.5B-Think", "tinyv", 512, think=True),
    "tinyv-qwen3-1.7b": Official("zhangchenxu/TinyV-Qwen3-1.7B", "tinyv-qwen3", 8, think=False),
    "tinyv-qwen3-1.7b-think": Official("zhangchenxu/TinyV-Qwen3-1.7B-Think", "tinyv-qwen3", 512, think=True),
}


def is_of(repository: str, official: Official) -> bool:
    """Whether a repository is named after the model, and not after another whose name begins alike."""
    title = repository.partition("/")[2].lower()
    named = [other for other in ALIASES.values() if other.title.lower() in title]
    return max(named, key=lambda other: len(other.title), default=None) == official


def repository_of(official: Official, *, on_disk: Iterable[str]) -> str | None:
    """The id of a repository with GGUF files of the model; None where there is none. Raises ModelError.

    One that is on disk stays the choice, so that the weights do not change between runs. Else the model's own
    is taken, should it hold GGUF files by now. Else one that declares the model as what it was made of, or if
    there is none, is named after it: by the model's authors, or the one that is downloaded most.
    """
    kept = sorted(repository for repository in on_disk if is_of(repository, official))
    if kept:
        return kept[0]
    # Asked before the search also because it fails at once without a network; the search tries on and on.
    if files_of(Repository(official.hub_id)):
        return official.hub_id
    found = gguf_repositories(tag=f"base_model:quantized:{official.hub_id}") or [
        each for each in gguf_repositories(name=official.title) if is_of(each.id, official)
    ]
    by_authors = f"{official.owner}/"
    best = max(found, key=lambda each: (each.id.startswith(by_authors), each.downloads), default=None)
    return best.id if best else None
