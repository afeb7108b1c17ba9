"""Files behind URLs (`s3://`, `gs://`, `https://`, `memory://`, …), through fsspec.

`universal_pathlib` makes them paths, so that readers need not know where a file is.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import Reader
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
