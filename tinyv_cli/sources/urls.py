"""Files behind URLs (`s3://`, `gs://`, `https://`, `memory://`, …), through fsspec.

`universal_pathlib` makes them paths, so that readers need not know where a file is.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import Reader, has_reader, known_extensions
from tinyv_cli.sources.rows import Rows

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# What libraries behind fsspec raise that is neither an OSError nor a ValueError. A library that has not been
# imported has raised nothing.
FOREIGN_ERRORS = {
    "aiohttp": "ClientError",
    "azure.core.exceptions": "AzureError",
    "botocore.exceptions": "BotoCoreError",
    "gcsfs.retry": "HttpError",
    "google.auth.exceptions": "GoogleAuthError",
}


def is_url(spec: str) -> bool:
    """Whether this names a file by URL."""
    return SCHEME.match(spec) is not None


def url_path(url: str) -> Path:
    """The URL as a path. Raises SourceError where a library is missing or the scheme is unknown."""
    from upath import UPath

    with url_errors(url):
        path = UPath(url)
        _ = path.fs  # is made when it is first asked for
        return cast(Path, path)  # a UPath offers what readers ask of a Path


def matching(url: str) -> list[str]:
    """The URLs that a URL with wildcards stands for."""
    folder = url[: url.rfind("/", 0, url.index("*"))]
    with url_errors(url):
        return [str(path) for path in url_path(folder).glob(url.removeprefix(f"{folder}/"))]


def read_url(reader: Reader, path: Path) -> Iterator[tuple[Rows, int]]:
    """What the reader reads; errors of the connection are errors of the source."""
    with url_errors(str(path)):
        yield from reader(path)


def without_secrets(url: str) -> str:
    """The URL without password and query, where keys and signatures stand."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


@contextmanager
def url_errors(url: str) -> Iterator[None]:
    """Translate what fsspec and the libraries behind it raise."""
    name = without_secrets(url)
    try:
        yield
    except ImportError as error:
        missing = getattr(error.__cause__, "name", None) or error.name
        raise SourceError(f"{name}: needs a library that is not installed; pip install {missing}") from error
    except FileNotFoundError as error:
        raise SourceError(f"{name}: no such file; check the URL") from error
    except _reading_errors() as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise SourceError(f"{name}: could not be read ({reason})") from error


def _reading_errors() -> tuple[type[Exception], ...]:
    loaded = ((sys.modules.get(module), name) for module, name in FOREIGN_ERRORS.items())
    return (OSError, ValueError, *(getattr(module, name) for module, name in loaded if module is not None))


# What `datasets` and the hub lay beside data.
ABOUT_DATA = frozenset(
    {"config.json", "dataset_dict.json", "dataset_info.json", "dataset_infos.json", "state.json"}
)
# What an earlier run wrote into the folder is no input, unless it is named.
AUDITED = ".audited."


def expanded(spec: str) -> list[str]:
    """The names of the files that are meant, in an order in which 10 follows 9. Raises SourceError.

    A folder stands for the data files in it and in its folders, hidden ones left out. One that `datasets` has
    saved stands for itself, and so does what is not there: whoever opens it says so.
    """
    if is_url(spec):
        found = _expanded_url(spec)
    elif (path := Path(spec)).is_dir():
        found = [spec] if is_saved_dataset(path) else _of_folder(path)
    else:
        found = [] if path.exists() else glob(spec, recursive=True)  # noqa: PTH207 - hidden files stay out
    return sorted(found, key=in_order) or [spec]


def is_saved_dataset(folder: Path) -> bool:
    """Whether `save_to_disk` of `datasets` wrote this folder, be it one dataset or its splits."""
    return any((folder / name).is_file() for name in ("state.json", "dataset_dict.json"))


def _expanded_url(url: str) -> list[str]:
    if "*" in url.partition("?")[0]:
        return matching(url)
    path = url_path(url)
    if has_reader(path):  # to ask a web server whether this is a folder would fetch all of it
        return [url]
    with url_errors(url):
        return _of_folder(path) if path.is_dir() else [url]


def _of_folder(folder: Path) -> list[str]:
    found = [str(path) for path in _data_files(folder)]
    if not found:
        raise SourceError(
            f"{folder}: a folder that holds no dataset saved by datasets and no data files; "
            f"these are {known_extensions()}"
        )
    return found


def _data_files(folder: Path) -> Iterator[Path]:
    """Files that a reader knows, and saved datasets. A link to a folder may lead in a circle."""
    for path in folder.iterdir():
        if path.name.startswith((".", "_")):
            continue
        if not path.is_dir():
            if has_reader(path) and path.name not in ABOUT_DATA and AUDITED not in path.name:
                yield path
        elif is_saved_dataset(path):
            yield path
        elif not path.is_symlink():
            yield from _data_files(path)


def in_order(name: str) -> list[str | int]:
    """What sorts names so that 10 follows 9.

    Text and numbers take turns, so that only like is compared with like.
    """
    return [int(part) if i % 2 else part for i, part in enumerate(re.split(r"(\d+)", name))]
