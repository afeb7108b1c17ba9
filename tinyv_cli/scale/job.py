"""The job on Ray Data: tasks read pieces and cut them into parts, actors judge these and write them.

A row of the dataset is a part and not an example. Ray Data makes batches of whatever comes first, and which
examples lie in one would differ from run to run: no finished part could be known again.
"""

import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import pyarrow as pa

from tinyv_cli import __version__
from tinyv_cli.errors import SourceError, UsageError
from tinyv_cli.scale.attempts import Attempts
from tinyv_cli.scale.bench import Bench, Ready
from tinyv_cli.scale.cluster import our_errors
from tinyv_cli.scale.folder import Folder
from tinyv_cli.scale.layout import Layout
from tinyv_cli.scale.models import Remote, served
from tinyv_cli.scale.pieces import Piece, part_name, parts_of
from tinyv_cli.sources import Begun

Found = TypeVar("Found")
Opening = Callable[[Mapping[int, Any]], AbstractContextManager[Ready]]
# Two parts are with a bench at a time: while it writes one it judges the next. As many wait in line.
AT_ONCE, IN_LINE = 2, 4
TRIES = 5  # of a part whose actors die


@dataclass(frozen=True, slots=True)
class Place:
    """What all nodes have in common with the one where the command was given: working folder, variables."""

    folder: Path
    variables: Mapping[str, str]
    version: str = __version__

    def settle_in(self) -> None:
        """Be there. Raises UsageError where another tinyv is installed."""
        if __version__ != self.version:
            raise UsageError(
                f"a node of the cluster has tinyv {__version__}, and the command was given with "
                f"{self.version}; install the same everywhere"
            )
        with suppress(OSError):  # what is read and written may all lie behind URLs
            os.chdir(self.folder)
        os.environ.update(self.variables)
        # Workers would import the program of Ray's own worker, which is this process's main module.
        vars(sys.modules["__main__"]).pop("__file__", None)


@dataclass(frozen=True, slots=True)
class Job:
    """All that the nodes are told. `examples` is about how many a part has, `finished` which are there.

    `opening` opens the stages, given those models that run elsewhere, by their position; `loads` are these.
    """

    place: Place
    pieces: Sequence[Piece]
    examples: int
    finished: frozenset[str]
    folder: Folder
    opening: Opening
    loads: Mapping[int, Callable[[], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a part; of one that was there before, `examples` is 0. `share` of the whole input."""

    examples: int
    found: int
    share: float | None


def counted(place: Place, sources: Sequence[Begun]) -> list[int]:
    """How many rows each of the sources has, each counted by a task of its own."""
    import ray

    def count(begun: Begun) -> int:
        return sum(len(rows) for rows, _ in begun.chunks())

    task = ray.remote(_settled(place, count))
    with our_errors():
        rows: list[int] = ray.get([task.remote(begun) for begun in sources])
    return rows


def by_a_task(place: Place, find: Callable[[], Found]) -> Found:
    """What a task finds, on whatever node: what that takes in memory, the driver does not have to have."""
    import ray

    with our_errors():
        return cast(Found, ray.get(ray.remote(num_cpus=0)(_settled(place, find)).remote()))


def run(job: Job, layout: Layout) -> Iterator[Written]:
    """Have every part judged that is not finished, and tell of each when it is written."""
    import ray.data
    from ray.data import ActorPoolStrategy, TaskPoolStrategy

    _hush()
    models = {
        position: served(
            _settled(job.place, load),
            copies=layout.copies,
            reserves=layout.copy_reserves,
            gpus=layout.copy_gpus,
        )
        for position, load in job.loads.items()
    }
    # Ray's own bound on retries is used up while a node that was lost is still waited for.
    attempts = ray.remote(Attempts).options(num_cpus=0, max_restarts=-1, max_task_retries=-1).remote()
    pool = ActorPoolStrategy(
        size=layout.benches,
        max_tasks_in_flight_per_actor=IN_LINE,
        max_concurrent_calls_per_actor=AT_ONCE,
        enable_true_multi_threading=True,
    )
    pieces = [{"piece": number} for number in range(len(job.pieces))]
    with our_errors():
        parts = ray.data.from_items(pieces, override_num_blocks=len(pieces)).map_batches(
            _reading(job),
            batch_size=1,
            batch_format="pyarrow",
            compute=TaskPoolStrategy(size=layout.benches),
            num_cpus=0,  # a bench takes all the CPUs that there are, and none would be left
        )
        written = parts.map_batches(
            _Judging,
            fn_constructor_args=(job, models, attempts),
            batch_size=1,
            batch_format="pyarrow",
            compute=pool,
            num_cpus=layout.bench_reserves,
        )
        for row in written.iter_rows():
            yield Written(row["examples"], row["found"], row["share"])


def _settled(place: Place, do: Callable[..., Found]) -> Callable[..., Found]:
    """The same, done elsewhere, once that node has settled in."""

    def done(*given: Any) -> Found:
        place.settle_in()
        return do(*given)

    return done


def _hush() -> None:
    """Ray Data tells of every plan and has bars of its own; what matters is told by us. A part is a block."""
    from ray.data import DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = context.print_on_execution_start = context.enable_auto_log_stats = False
    context.target_max_block_size = 1
    for name in ("ray.data", "ray"):
        logging.getLogger(name).setLevel(logging.ERROR)


PARTS = pa.schema(
    [
        ("piece", pa.int64()),
        ("part", pa.int64()),
        ("share", pa.float64()),
        ("windows", pa.list_(pa.large_binary())),
    ]
)
WRITTEN = pa.schema([("examples", pa.int64()), ("found", pa.int64()), ("share", pa.float64())])


def _reading(job: Job) -> Callable[[pa.Table], Iterator[pa.Table]]:
    """What reads a piece and yields its parts one by one."""
    place, pieces, finished = job.place, job.pieces, job.finished

    def read(batch: pa.Table) -> Iterator[pa.Table]:
        place.settle_in()
        [number] = batch["piece"].to_pylist()
        for part in parts_of(pieces[number], job.examples, finished=finished, alone=len(pieces) == 1):
            row = {"piece": part.piece, "part": part.number, "share": part.share, "windows": part.windows}
            yield pa.Table.from_pylist([row], PARTS)

    return read


class _Judging:
    """An actor that judges parts and writes them; it opens its stages while the first of them is read."""

    def __init__(self, job: Job, models: Mapping[int, Any], attempts: Any) -> None:
        self._job, self._models, self._attempts = job, models, attempts
        self._bench = ThreadPoolExecutor(1).submit(self._opened)

    def __call__(self, batch: pa.Table) -> pa.Table:
        [part] = batch.to_pylist()
        examples = found = 0
        if part["windows"]:
            examples, found = self._judged(part_name(part["piece"], part["part"]), part["windows"])
        return pa.Table.from_pylist([{"examples": examples, "found": found, "share": part["share"]}], WRITTEN)

    def _judged(self, name: str, windows: Sequence[bytes]) -> tuple[int, int]:
        import ray

        if ray.get(self._attempts.begun.remote(name)) > TRIES:
            raise SourceError(
                f"{name}: whoever judges it dies, {TRIES} times now; if that is for want of memory, give a "
                "node fewer CPUs, or set smaller part_examples"
            )
        with self._job.folder.place(name) as place:
            return self._bench.result().write([pickle.loads(each) for each in windows], place)

    def _opened(self) -> Bench:
        self._job.place.settle_in()
        remote = {position: Remote(switchboard) for position, switchboard in self._models.items()}
        return Bench(self._job.opening(remote))
