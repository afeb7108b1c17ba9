"""What tinyv need not make twice: where it is kept, and the verdicts of earlier runs.

A run that was interrupted or killed goes on where it was, because verdicts are kept as they are made, a few
hundred at a time; and the hundredth copy of an example costs nothing. Keys are hashes of everything that
decides a verdict (rule and versions, or weights and prompt, and the case), so a kept verdict never has to be
doubted; what is damaged is no verdict, and is judged anew. Several runs may use the file at once.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from platformdirs import user_cache_path

from tinyv_cli.errors import CacheError
from tinyv_cli.running.restoring import kept, restored
from tinyv_cli.settings import current_settings

VERDICTS_FILE = "verdicts.sqlite3"
VERSION = 1  # of the file, in its `user_version`; those before tinyv 0.2 have 0 and are alike
COLUMNS = [b"key", b"value"]
BUSY_SECONDS = 30
KEYS_PER_SELECT = 500
# So many verdicts at most are lost with a run that is killed: a large model takes minutes for them on a CPU.
KEPT_AT_ONCE = 256

K = TypeVar("K")
V = TypeVar("V")


def cache_folder() -> Path:
    """The user's cache folder for tinyv, or the one that is set."""
    return current_settings().cache_dir or user_cache_path("tinyv", appauthor=False)


class Shelf(Protocol[K, V]):
    """Verdicts of one rule or model, by case."""

    def get(self, cases: Iterable[K]) -> dict[K, V]:
        """Those that are kept."""

    def put(self, verdicts: Mapping[K, V]) -> None:
        """Keep these too."""


class NoShelf(Generic[K, V]):
    """Keeps nothing."""

    def get(self, cases: Iterable[K]) -> dict[K, V]:
        """None is kept."""
        return {}

    def put(self, verdicts: Mapping[K, V]) -> None:
        """They are forgotten."""


class VerdictCache:
    """One SQLite file of verdicts. Where it fails during a run, the run goes on and no more is kept.

    `found` counts what was asked for and was there. One that never `writes` needs a file that is there.
    """

    def __init__(self, path: Path | str, *, on_failure: Callable[[str], None], writes: bool = True) -> None:
        self.found = 0
        self._on_failure = on_failure
        self._lock = threading.Lock()
        self._usable = True
        self._writes = writes
        where = path if writes else _read_only(Path(path))
        self._connection = sqlite3.connect(
            where, timeout=BUSY_SECONDS, check_same_thread=False, uri=not writes
        )
        self._connection.text_factory = bytes  # a damaged value need be no text
        try:
            self._check_version()
            if writes:
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _check_version(self) -> None:
        [[version]] = self._connection.execute("PRAGMA user_version")
        if version > VERSION:
            raise sqlite3.DatabaseError(f"a newer tinyv wrote it, in version {version}")

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        with self._connection:
            columns = [column[1] for column in self._connection.execute("PRAGMA table_info(verdict)")]
            if columns not in ([], COLUMNS):
                self._connection.execute("DROP TABLE verdict")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS verdict (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID"
            )
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def select(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """Values of those keys that there are, as they are there: damaged ones may be anything."""
        found: dict[bytes, Any] = {}
        for some in portions(keys, KEYS_PER_SELECT):
            marks = ",".join("?" * len(some))
            query = f"SELECT key, value FROM verdict WHERE key IN ({marks})"
            found.update(self._run(partial(self._rows, query, some)))
        self.found += len(found)
        return found

    def insert(self, values: Sequence[tuple[bytes, str]]) -> None:
        """Add these; a key that is there already keeps its value."""
        self._write("INSERT OR IGNORE INTO verdict VALUES (?, ?)", values)

    def delete(self, keys: Sequence[bytes]) -> None:
        """Remove these, which are no verdicts, so that others can be added in their place."""
        self._write("DELETE FROM verdict WHERE key = ?", [(key,) for key in keys])
        self.found -= len(keys)

    def _write(self, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
        def write() -> list[Any]:
            with self._connection:
                self._connection.executemany(statement, values)
            return []

        if self._writes and values:
            self._run(write)

    def close(self) -> None:
        """Close the file; a thread that still asks finds nothing."""
        with self._lock:
            self._usable = False
            self._connection.close()

    def _rows(self, query: str, values: Sequence[bytes]) -> list[Any]:
        return list(self._connection.execute(query, values))

    def _run(self, work: Callable[[], list[Any]]) -> list[Any]:
        with self._lock:
            if not self._usable:
                return []
            try:
                return work()
            except sqlite3.Error as error:
                self._usable = False
                self._on_failure(f"{error}")
                return []


def _read_only(path: Path) -> str:
    """How SQLite opens a file so that nothing comes to lie beside it: what others write may stay unseen."""
    shared = path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'' if shared else '&immutable=1'}"


class VerdictShelf(Generic[K, V]):
    """A part of the cache: the verdicts, records of a `kind`, that one rule or model gives.

    Those that do not `last` are of the moment. None of them is kept, and one that is found was damaged.
    """

    def __init__(
        self,
        cache: VerdictCache,
        identity: Sequence[object],
        kind: type[V],
        lasts: Callable[[V], bool] = lambda _: True,
    ) -> None:
        self._cache, self._identity, self._kind, self._lasts = cache, tuple(identity), kind, lasts

    def get(self, cases: Iterable[K]) -> dict[K, V]:
        """Those that are kept; what is kept of others and is no such verdict is removed."""
        keys = {self._key(case): case for case in cases}
        found = {key: self._verdict(value) for key, value in self._cache.select(list(keys)).items()}
        self._cache.delete([key for key, verdict in found.items() if verdict is None])
        return {keys[key]: verdict for key, verdict in found.items() if verdict is not None}

    def put(self, verdicts: Mapping[K, V]) -> None:
        """Keep these too, as far as they last."""
        self._cache.insert(
            [(self._key(case), kept(verdict)) for case, verdict in verdicts.items() if self._lasts(verdict)]
        )

    def _verdict(self, value: Any) -> V | None:
        try:
            verdict = restored(self._kind, value)
        except ValueError:
            return None
        return verdict if self._lasts(verdict) else None

    def _key(self, case: K) -> bytes:
        return sha256(repr((self._identity, case)).encode("utf-8", "replace")).digest()


@contextmanager
def opened_cache(
    *, enabled: bool, on_failure: Callable[[str], None], writes: bool = True
) -> Iterator[VerdictCache]:
    """The user's verdicts; where these are not wanted or cannot be opened, which is told, the run's own.

    Unless it `writes`, none is added to them.
    """
    wanted = enabled and (writes or (cache_folder() / VERDICTS_FILE).exists())
    own = partial(_cache_of_this_run, on_failure)
    with closing(_users_cache(on_failure, writes=writes) if wanted else own()) as cache:
        yield cache


def _users_cache(on_failure: Callable[[str], None], *, writes: bool) -> VerdictCache:
    path = cache_folder() / VERDICTS_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return VerdictCache(path, on_failure=on_failure, writes=writes)
    except OSError as error:
        on_failure(f"{path}: {error.strerror or error}")
    except sqlite3.Error as error:
        on_failure(f"{path}: {error}; 'tinyv cache clear' begins a new one")
    return _cache_of_this_run(on_failure)


def _cache_of_this_run(on_failure: Callable[[str], None]) -> VerdictCache:
    # SQLite keeps a database without a name in memory while it is small, and removes it in the end.
    return VerdictCache("", on_failure=on_failure)


def shelf(
    cache: VerdictCache | None,
    identity: Sequence[object],
    kind: type[V],
    lasts: Callable[[V], bool] = lambda _: True,
) -> Shelf[Any, V]:
    """The part of the cache for what `identity` names; one that keeps nothing without a cache."""
    return NoShelf() if cache is None else VerdictShelf(cache, identity, kind, lasts)


def remembering(
    ask: Callable[[Sequence[K]], list[V]], shelf: Shelf[K, V]
) -> Callable[[Sequence[K]], list[V]]:
    """Ask only about what is not kept, and keep what is said.

    It is asked, and kept, in portions that do not depend on where an earlier run was killed: what a model
    says can hang by a hair on what it is asked at the same time.
    """

    def answer(queries: Sequence[K]) -> list[V]:
        distinct = list(dict.fromkeys(queries))
        known = shelf.get(distinct)
        for some in portions((query for query in distinct if query not in known), KEPT_AT_ONCE):
            fresh = dict(zip(some, ask(some), strict=True))
            shelf.put(fresh)
            known.update(fresh)
        return [known[query] for query in queries]

    return answer


def portions(items: Iterable[K], size: int) -> Iterator[list[K]]:
    """Lists of at most so many items, in order."""
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some


def cached_files() -> list[Path]:
    """The files of the cache: those of the verdicts, and the merged models."""
    folder = cache_folder()
    return [*sorted(folder.glob(f"{VERDICTS_FILE}*")), *cached_models()]


def cached_models() -> list[Path]:
    """The files of the models that were merged or converted."""
    return sorted(cache_folder().glob("models/*"))


def verdict_count() -> int:
    """How many verdicts are kept. Raises CacheError for a file that is no cache."""
    return _of_verdicts(lambda connection: connection.execute("SELECT count(*) FROM verdict").fetchone()[0])


def forget_verdicts() -> int:
    """Remove all verdicts, and say how many there were; a run that goes on meanwhile keeps its later ones.

    A file that is no cache is removed. Raises CacheError for one that is in use for too long.
    """
    try:
        return _of_verdicts(_emptied)
    except CacheError as error:
        if _is_in_use(error.__cause__):
            raise
        for path in cache_folder().glob(f"{VERDICTS_FILE}*"):
            path.unlink(missing_ok=True)
        return 0


def _emptied(connection: sqlite3.Connection) -> int:
    with connection:
        count = connection.execute("DELETE FROM verdict").rowcount
    with suppress(sqlite3.OperationalError):  # in use; its room is used again
        connection.execute("VACUUM")
    return count


def _is_in_use(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.Error) and error.sqlite_errorcode in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


def _of_verdicts(work: Callable[[sqlite3.Connection], int]) -> int:
    """What comes of work on the file; 0 where there is none. Raises CacheError."""
    path = cache_folder() / VERDICTS_FILE
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            return work(connection)
    except sqlite3.Error as error:
        raise CacheError(
            f"{path}: not readable as a cache ({error}); 'tinyv cache clear' removes it"
        ) from error
