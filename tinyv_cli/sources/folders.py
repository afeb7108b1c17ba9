"""Which files a name means: a file itself, the data files of a folder, those that a pattern matches."""

import re
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.files import has_reader, known_extensions
from tinyv_cli.sources.urls import is_url, matching, url_errors, url_path

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
    return sorted(found, key=_in_order) or [spec]


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


def _in_order(name: str) -> list[str | int]:
    """Text and numbers take turns, so that only like is compared with like."""
    return [int(part) if i % 2 else part for i, part in enumerate(re.split(r"(\d+)", name))]
