"""From a model's name to its weights: the embedded one, the paper's by alias, any of the hub, or a file."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tinyv_cli.console import megabytes
from tinyv_cli.errors import ModelError, did_you_mean
from tinyv_cli.models.choosing import choose, quant_of
from tinyv_cli.models.extra import missing
from tinyv_cli.models.header import read_header
from tinyv_cli.models.hub import (
    SUFFIX,
    HubFile,
    HubUnreachable,
    Repository,
    Say,
    fetched,
    files_of,
    files_on_disk,
    gguf_repositories,
    located,
)
from tinyv_cli.models.llama import check_gguf
from tinyv_cli.models.nano import nano_calibration, nano_card, nano_gguf, nano_path
from tinyv_cli.running.cache import cached_models
from tinyv_cli.running.disk import kept_sha256, sha256_of
from tinyv_cli.words import DEFAULT_PROMPT, HUB, NANO, NONE


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


# The calibrations that ship with models.
CALIBRATIONS: Mapping[str, Callable[[], Path]] = {NANO: nano_calibration}


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


class NotOnDisk(ModelError):
    """A model that would have to be downloaded."""


HUB_NAME = re.compile(r"hf:(?P<id>[^/@:]+/[^/@:]+)(?:@(?P<revision>[^:]+))?(?::(?P<wanted>.+))?")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that a name stands for. `fetch` returns their file, downloaded or merged if need be.

    `name` is what was given; for the hub's it names exactly these weights, by commit and file. `prompt` is
    how they are asked unless the user says otherwise; it is known of nano and of the paper's models only.
    """

    name: str
    fetch: Callable[[], Path]
    prompt: str = DEFAULT_PROMPT
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class Available:
    """A name that `--model` takes, and the file on disk that it stands for, if there is one.

    `size` is in bytes; `sha256` is None where only reading the file would tell it.
    """

    name: str
    path: Path | None = None
    size: int | None = None
    quant: str | None = None
    sha256: str | None = None


def find_weights(name: str, *, say: Say | None, ask_hub: bool = True) -> Weights:
    """Find out what is meant; nothing is downloaded yet. What was chosen is said, unless `say` is None.

    Raises ModelError; without `ask_hub` NotOnDisk for what would have to be downloaded.
    """
    if name == NANO:
        return Weights(NANO, nano_gguf, prompt=NANO)
    if name not in ALIASES and not name.startswith(HUB):
        check_gguf(Path(name), near=did_you_mean(name, [NANO, NONE, *ALIASES]))
        return Weights(name, lambda: Path(name))
    file = _meant(name, say=say) if ask_hub else _meant_on_disk(name)
    if file is None:
        raise NotOnDisk(f"{name}: not on disk; 'tinyv models pull {name}' downloads it")
    official = ALIASES.get(name)
    prompt = official.prompt if official else DEFAULT_PROMPT
    return Weights(file.name, partial(fetched, file, say=say), prompt, official)


def _meant(name: str, *, say: Say | None) -> HubFile:
    """The file that the hub says is meant, or where it cannot be asked the one on disk."""
    try:
        repository, wanted = _repository(name)
        file = located(choose(files_of(repository), wanted, name=name))
    except HubUnreachable as error:
        kept = _meant_on_disk(name)
        if kept is None:
            raise ModelError(
                f"{error}, and nothing on disk fits; where there is a network, 'tinyv models pull {name}' "
                "downloads it"
            ) from error
        if say:
            say(f"{error}, so what is on disk is taken")
        file = kept
    if say:
        say(f"model {name}: {file.path} of {file.repository} ({megabytes(file.size)})")
    return file


def _repository(name: str) -> tuple[Repository, str | None]:
    """The repository that a name of the hub or an alias stands for, and the file or quant if one is named."""
    official = ALIASES.get(name)
    if official is None:
        return _parsed(name)
    found = repository_of(official, on_disk={file.repository.id for file in files_on_disk()})
    if found is None:
        raise ModelError(
            f"{name}: the hub has no GGUF conversion of {official.hub_id}; convert it with llama.cpp's "
            "convert_hf_to_gguf.py and give the .gguf file, or name a repository as hf:owner/repo"
        )
    return Repository(found), None


def _parsed(name: str) -> tuple[Repository, str | None]:
    match = HUB_NAME.fullmatch(name)
    if match is None:
        raise ModelError(
            f"{name}: no name on the hub; write hf:owner/repo, hf:owner/repo:Q8_0 or hf:owner/repo:file.gguf"
        )
    return Repository(match["id"], match["revision"]), match["wanted"]


def _meant_on_disk(name: str) -> HubFile | None:
    """The one file on disk that a name of the hub or an alias stands for."""
    official = ALIASES.get(name)
    if official is None:
        repository, wanted = _parsed(name)
        files = files_on_disk(repository)
    else:
        wanted = None
        files = [file for file in files_on_disk() if is_of(file.repository.id, official)]
        files = [file for file in files if file.repository == files[0].repository]
    try:
        return choose(files, wanted, name=name)
    except ModelError:
        return None


def available() -> Iterator[Available]:
    """The embedded model, the paper's, and whatever else is on disk. Asks no hub and reads no weights."""
    merged = None if missing() else nano_path()
    yield _of_file(NANO, merged) if merged and merged.exists() else Available(NANO)
    for alias in ALIASES:
        file = _meant_on_disk(alias)
        yield _of_hub_file(alias, file) if file else Available(alias)
    for file in files_on_disk():
        yield _of_hub_file(f"{file.repository}:{file.path}", file)
    for path in cached_models():
        if path.suffix == SUFFIX and path != merged:
            yield _of_file(str(path), path)


def described(name: str) -> dict[str, Any]:
    """What is known of a model on disk, by the name of each fact. Raises ModelError."""
    weights = find_weights(name, say=None, ask_hub=False)
    path = weights.fetch()
    card = {"card": nano_card()} if name == NANO else {}
    return {
        "name": weights.name,
        "path": path,
        "size": path.stat().st_size,
        "sha256": sha256_of(path),
        **asdict(read_header(path)),
        "prompt": weights.prompt,
        "thinks": weights.official is not None and weights.official.think,
    } | card


def _of_file(name: str, path: Path) -> Available:
    return Available(name, path, path.stat().st_size, quant_of(path.name), kept_sha256(path))


def _of_hub_file(name: str, file: HubFile) -> Available:
    return Available(name, file.on_disk, file.size, quant_of(file.path), file.sha256)
