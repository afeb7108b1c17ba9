"""The Hugging Face hub through its own client: what a repository holds, what of it is on disk, downloads.

The client heeds HF_HOME, HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE. What it raises becomes ModelErrors here.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tinyv_cli import __version__
from tinyv_cli.console import megabytes
from tinyv_cli.errors import ModelError
from tinyv_cli.running.disk import sha256_of

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Say = Callable[[str], None]

ANSWER_SECONDS = 10
SEARCH_RESULTS = 100
SUFFIX = ".gguf"
SHA256_DIGITS = 64


class HubUnreachable(ModelError):
    """The hub gave no answer that makes sense, so nothing is known of it; what is on disk may do instead."""


# By the names of the client's exceptions and their bases, so that the client need not be imported for them.
FAILURES: dict[str, tuple[type[ModelError], str]] = {
    "GatedRepoError": (
        ModelError,
        "its owner decides who may have it; ask on its page on the hub, then run 'hf auth login' or set "
        "HF_TOKEN",
    ),
    "RepositoryNotFoundError": (
        ModelError,
        "the hub has no such repository, or it is private; check the name, and for a private one run "
        "'hf auth login' or set HF_TOKEN",
    ),
    "RevisionNotFoundError": (ModelError, "it has no such revision; its page on the hub lists those it has"),
    "RemoteEntryNotFoundError": (ModelError, "the hub lists this file but does not have it; try again later"),
    "DisabledRepoError": (ModelError, "the hub has closed this repository; name another one"),
    "HFValidationError": (ModelError, "the hub can have no repository of this name; write hf:owner/repo"),
    "OfflineModeIsEnabled": (HubUnreachable, "HF_HUB_OFFLINE is set"),
    "HTTPError": (HubUnreachable, "the hub cannot be reached ({reason})"),
    "LocalEntryNotFoundError": (HubUnreachable, "the hub does not hand out the file ({reason})"),
    "ValueError": (HubUnreachable, "what answers is not the hub ({reason})"),
    "OSError": (
        ModelError,
        "could not be kept in {cache} ({reason}); set HF_HOME to a folder with room, or try again",
    ),
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of models, at a branch, tag or commit; at its main branch where `revision` is None."""

    id: str
    revision: str | None = None

    def __str__(self) -> str:
        return f"hf:{self.id}" + (f"@{self.revision}" if self.revision else "")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A GGUF of a repository: `size` in bytes and `sha256` as the hub gives them, None where it does not.

    `on_disk` is None where it has to be downloaded.
    """

    repository: Repository
    commit: str
    path: str
    size: int | None
    sha256: str | None
    on_disk: Path | None = None

    @property
    def name(self) -> str:
        """What names exactly these weights, also when the repository has got newer ones."""
        return f"{Repository(self.repository.id, self.commit)}:{self.path}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A repository with GGUF files that somebody made of a model, and how often it is downloaded."""

    id: str
    downloads: int


def files_of(repository: Repository) -> list[HubFile]:
    """The GGUF files that the hub lists. Raises ModelError, HubUnreachable where there is no answer."""
    with _failures_of(repository):
        info = _api().model_info(
            repository.id, revision=repository.revision, files_metadata=True, timeout=ANSWER_SECONDS
        )
    return [
        HubFile(repository, str(info.sha), file.rfilename, file.size, file.lfs.sha256 if file.lfs else None)
        for file in info.siblings or ()
        if _is_gguf(file.rfilename)
    ]


def gguf_repositories(*, tag: str | None = None, name: str | None = None) -> list[Conversion]:
    """Repositories with GGUF files that carry a tag, or have a name in theirs. Raises as `files_of` does."""
    tags = ["gguf", tag] if tag else ["gguf"]
    with _failures_of("the hub's search"):
        found = list(_api().list_models(filter=tags, search=name, sort="downloads", limit=SEARCH_RESULTS))
    return [Conversion(repository.id, repository.downloads or 0) for repository in found]


def files_on_disk(repository: Repository | None = None) -> list[HubFile]:
    """The GGUF files in the client's cache, of this repository or of all; of each the one that came last."""
    newest = {(file.repository.id, file.path): file for file in _cached(repository)}
    return [newest[key] for key in sorted(newest)]


def _cached(wanted: Repository | None) -> Iterator[HubFile]:
    """The files of every revision that is kept, older revisions first."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        repositories = scan_cache_dir().repos
    except (CacheNotFound, ValueError, OSError):
        return
    for kept in repositories:
        if kept.repo_type != "model" or (wanted and kept.repo_id != wanted.id):
            continue
        for revision in sorted(kept.revisions, key=lambda revision: revision.last_modified):
            if wanted and wanted.revision not in (None, revision.commit_hash, *revision.refs):
                continue
            for file in revision.files:
                path = file.file_path.relative_to(revision.snapshot_path).as_posix()
                # The client names the content of a large file by its sha256.
                digest = file.blob_path.name if len(file.blob_path.name) == SHA256_DIGITS else None
                if _is_gguf(path):
                    yield HubFile(
                        Repository(kept.repo_id),
                        revision.commit_hash,
                        path,
                        file.size_on_disk,
                        digest,
                        file.file_path,
                    )


def _is_gguf(path: str) -> bool:
    """Whether a file is of use here; one whose name a terminal would obey is not."""
    return path.lower().endswith(SUFFIX) and path.isprintable()


def located(file: HubFile) -> HubFile:
    """The file with its place on disk, if its content is there. Raises as `files_of` does."""
    with _failures_of(file.repository):
        plan = _api().hf_hub_download(
            file.repository.id, file.path, revision=file.repository.revision, dry_run=True
        )
    return file if plan.will_download else replace(file, on_disk=_download(file))


def fetched(file: HubFile, *, say: Say | None) -> Path:
    """The file on disk, downloaded if need be, with the sha256 that the hub gives. Raises as `files_of` does.

    What is to be downloaded is said before, and progress shown on a terminal, unless `say` is None.
    """
    path = file.on_disk
    if path is None:
        _announce(file, say=say)
        try:
            path = _download(file)
        except HubUnreachable as error:
            raise ModelError(f"{error}, so {file.path} is not downloaded; run the command again") from error
    if file.sha256 is not None and sha256_of(path) != file.sha256:
        # A file that is proved wrong must not be found again, by tinyv or by others.
        for wrong in (path.resolve(), path):
            wrong.unlink(missing_ok=True)
        raise ModelError(
            f"{file.repository}: {file.path} on disk has not the sha256 that the hub gives; it was removed, "
            "so run the command again to download it anew"
        )
    return path


def _announce(file: HubFile, *, say: Say | None) -> None:
    from huggingface_hub.constants import HF_HUB_CACHE
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if say is None:
        disable_progress_bars()
    else:
        say(f"downloading {file.path} of {file.repository} ({megabytes(file.size)}) to {HF_HUB_CACHE}")


def _download(file: HubFile) -> Path:
    with _failures_of(file.repository):
        # By branch and not by commit, so that the client notes that the branch needs the file: what
        # no branch needs is what 'hf cache prune' removes.
        found = _api().hf_hub_download(file.repository.id, file.path, revision=file.repository.revision)
    return Path(found)


def _api() -> "HfApi":
    from huggingface_hub import HfApi, get_session

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it warns of what our errors say
    get_session().timeout = ANSWER_SECONDS  # it would wait for ever
    return HfApi(library_name="tinyv", library_version=__version__)


@contextmanager
def _failures_of(what: Repository | str) -> Iterator[None]:
    """Make what the client raises a ModelError that says what to do."""
    from huggingface_hub.errors import HfHubHTTPError

    # Its bases are OSError and the transport's error, whose library changes with the client's version.
    raised = cast("tuple[type[Exception], ...]", (ValueError, *HfHubHTTPError.__bases__))
    try:
        yield
    except raised as error:
        raise _failure(what, error) from error


def _failure(what: Repository | str, error: Exception) -> ModelError:
    from huggingface_hub.constants import HF_HUB_CACHE

    kind, text = next(FAILURES[base.__name__] for base in type(error).__mro__ if base.__name__ in FAILURES)
    reason = re.split(r"\n| for url ", str(error.__cause__ or error).strip())[0].rstrip(".")
    return kind(f"{what}: {text.format(reason=reason, cache=HF_HUB_CACHE)}")
