"""The folder of parts that a job writes: on a disk that all nodes share, or behind a URL of an object store.

A part is there whole or not at all, so that the files themselves say which parts are finished. A file beside
them says of which job they are, and, once all are there, another one that they are all.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.fs as pa_fs
import pyarrow.parquet as pq

from tinyv_cli.errors import SinkError
from tinyv_cli.running.disk import PART as UNFINISHED
from tinyv_cli.running.disk import scratch, write_errors
from tinyv_cli.running.targets import whole_part
from tinyv_cli.words import METADATA_KEY

JOB, MANIFEST = "_tinyv_job.json", "_tinyv_manifest.json"
PART = re.compile(r"part-\d{5,}-\d{5,}\.audited\.parquet")
OPTION = "-o"
# A path has one slash where the URL had two.
_URL = re.compile(r"([a-z][a-z0-9+.-]+):/+(?=[^/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of parts, by its path or URL. Raises SinkError where it cannot be used."""

    name: str
    is_remote: bool = False

    @classmethod
    def at(cls, path: Path) -> Self:
        """The folder that the user named, who may have named a URL."""
        url = _URL.match(str(path))
        if url is None:
            return cls(str(path.absolute()))
        host = "/" if url[1] == "file" else ""  # has an empty one
        return cls(f"{url[1]}://{host}{str(path)[url.end() :]}", is_remote=True)

    def names(self) -> set[str]:
        """The names of what is in it, if it is there; what killed runs have left unfinished is not."""
        with self._store() as (store, path):
            found = store.get_file_info(pa_fs.FileSelector(path, allow_not_found=True))
            return {each.base_name for each in found if not each.base_name.endswith(UNFINISHED)}

    def parts(self) -> list[str]:
        """The names of the parts that are there, in the order of the input."""
        return sorted(filter(PART.fullmatch, self.names()))

    def is_whole(self) -> bool:
        """Whether the job is finished, and all that it wrote still there."""
        manifest = self.read(MANIFEST)
        return manifest is not None and [part["file"] for part in manifest["parts"]] == self.parts()

    def finish(self) -> bool:
        """Say that all parts are there, and what each holds; False where there is none."""
        parts = list(self._told())
        if parts:
            self.write(MANIFEST, {"examples": sum(part["examples"] for part in parts), "parts": parts})
        return bool(parts)

    def _told(self) -> Iterator[dict[str, Any]]:
        """Of each part how it is called, how many examples it holds, and its counts."""
        for name in self.parts():
            with self._store() as (store, path), store.open_input_file(f"{path}/{name}") as file:
                footer = pq.read_metadata(file)
            metadata = json.loads(footer.metadata[METADATA_KEY.encode()])
            yield {"file": name, "examples": footer.num_rows, "counts": metadata["counts"]}

    def read(self, name: str) -> Any:
        """What a JSON file in it says; None where there is none."""
        with self._store() as (store, path):
            place = f"{path}/{name}"
            if store.get_file_info(place).type != pa_fs.FileType.File:
                return None
            with store.open_input_stream(place) as stream:
                return json.loads(stream.read())

    def write(self, name: str, said: Mapping[str, Any]) -> None:
        """Write a JSON file."""
        text = json.dumps(said, ensure_ascii=False, indent=1)
        with (
            self.place(name) as place,
            write_errors(place, option=OPTION),
            whole_part(place, exclusive=False) as part,
        ):
            part.write_text(text, encoding="utf-8")

    def begin(self) -> None:
        """Make it, if it is not there; an object store has no folders."""
        with self._store() as (store, path):
            if not self.is_remote:
                store.create_dir(path)

    def remove(self, names: Sequence[str]) -> None:
        """Remove these files."""
        with self._store() as (store, path):
            for name in names:
                store.delete_file(f"{path}/{name}")

    @contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """Where to write a file that is then put there whole: in one go behind a URL."""
        if not self.is_remote:
            yield Path(self.name, name)
            return
        with scratch() as folder:
            yield folder / name
            with self._store() as (store, path), store.open_output_stream(f"{path}/{name}") as stream:
                stream.write((folder / name).read_bytes())

    @contextmanager
    def fetched(self) -> Iterator[Path]:
        """The folder itself, or a copy of its parts on this machine."""
        if not self.is_remote:
            yield Path(self.name)
            return
        with scratch() as folder:
            with self._store() as (store, path):
                for name in self.parts():
                    with store.open_input_file(f"{path}/{name}") as stream:
                        (folder / name).write_bytes(stream.read())
            yield folder

    @contextmanager
    def _store(self) -> Iterator[tuple[Any, str]]:
        """The file system and the path in it."""
        try:
            store, path = pa_fs.FileSystem.from_uri(self.name)
            yield store, path.rstrip("/")
        except (OSError, pa.ArrowException) as error:
            reason = " ".join(str(error).split())[:300]
            raise SinkError(
                f"{self.name}: cannot be used ({reason}); choose another place with {OPTION}"
            ) from error


def prepare(folder: Folder, job: Mapping[str, Any], *, overwrite: bool, is_default: bool) -> None:
    """Have the folder hold nothing but parts of this job, which may be some already.

    Raises SinkError where something else is there: another job's parts are removed with leave to `overwrite`,
    and at the default place.
    """
    there = folder.names()
    ours = {name for name in there if name in (JOB, MANIFEST) or PART.fullmatch(name)}
    if others := sorted(there - ours):
        raise SinkError(
            f"{folder.name}: holds other things ({', '.join(others[:3])}); "
            f"name a folder of its own with {OPTION}"
        )
    earlier = folder.read(JOB) if JOB in there else None
    if ours and (overwrite or earlier != job):
        if not (overwrite or is_default):
            raise SinkError(
                f"{folder.name}: holds the parts of another job ({_other(earlier, job)}); "
                f"choose another {OPTION}, or give --overwrite"
            )
        folder.remove(sorted(ours))
    folder.begin()
    if overwrite or earlier != job:
        folder.write(JOB, job)


def _other(earlier: Any, job: Mapping[str, Any]) -> str:
    """In what two jobs differ."""
    if not isinstance(earlier, dict):
        return "which does not say what it was"
    names = dict.fromkeys([*job, *earlier])
    return f"another {', '.join(name for name in names if earlier.get(name) != job.get(name))}"
