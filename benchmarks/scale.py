r"""What `tinyv audit --ray` costs, and what it gains: paired with plain audits, and two nodes with one.

- `overhead`: rule and proofs on made-up rows, by `tinyv audit` and by `--ray` on this machine, by turns, on
  the clock from start to end. `model`: the same with the embedded model on pairs of which none comes twice.
- `nodes`: seconds of CPU a row, of all processes of cluster and command, with two nodes of one CPU and one.
- `waiting`: the rate with two nodes and with one where all work is a server's, which only waits: the nodes of
  this machine share its cores, and only so it is not these that are measured. From the time when every node
  has written a part on.
- `memory`: the most memory that the driver's process has had on so many rows and on ten times as many.

Run it where Ray is installed, on a quiet machine. Linux only: to see the CPU time of processes that outlive
who started them, this process adopts them. It looks at all of them twice a second, as nobody waits for those
of Ray.

Each audit is told on standard error when it ends: all together take over an hour of two cores.

    python -m benchmarks.scale [WHAT …] [--rows N] [--pairs N] [--repeats N] [--json FILE]
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Thread
from typing import Any, Self

import polars as pl
import psutil

from benchmarks.audit import SET_CHILD_SUBREAPER, Run
from benchmarks.machine import circumstances
from benchmarks.made_up import graded, rollouts, sums
from tests.faulty import SOUND, Faulty, served
from tinyv_cli.records import Query

ROOT = Path(__file__).parent.parent
PLAIN = ("--model", "none", "--no-cache")
# A model and nothing before it: every row is for it.
MODEL_ALONE = ("--rule", "exact", "--proofs", "off", "--no-cache")
CHEAPEST = ("--rule", "exact", "--proofs", "off", *PLAIN)
LOOKS = 0.5  # seconds between one look at the processes and the next
WAITS = 0.2  # seconds, of the server for each request
AT_ONCE = 4  # requests of a node
Figures = dict[str, Any]


def rows(path: Path, queries: Iterator[Query] | list[Query]) -> Path:
    """A file of rollouts with these answers."""
    made = [(each.question, each.gold, f"It is \\boxed{{{each.answer}}}.") for each in queries]
    pl.DataFrame(made, schema=["question", "answer", "response"], orient="row").write_parquet(path)
    return path


def audited(folder: Path, *arguments: str | Path, address: str = "", **settings: str) -> Run:
    """The audit with these arguments: its seconds, and of the CPU those of all processes here meanwhile."""
    command = [sys.executable, "-m", "tinyv_cli", "audit", *map(str, arguments), "--quiet", "--overwrite"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_ADDRESS": address, **settings}
    with Meter() as meter:
        started = time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        wall = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    _reap()
    run = Run(meter.seconds(), wall)
    options = " ".join(each for each in map(str, arguments) if each.startswith("-"))
    print(f"{run.wall:.1f} s, CPU {run.cpu:.1f} s: {options}", file=sys.stderr, flush=True)
    return run


class Meter(Thread):
    """Adds up how much of the CPU all processes use that this one has started, or adopted."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = Event()
        self._seen: dict[tuple[int, float], float] = {}

    def run(self) -> None:
        """Look at all of them, again and again."""
        while not self._ended.wait(LOOKS):
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    used = process.cpu_times()
                    self._seen[process.pid, process.create_time()] = used.user + used.system

    def seconds(self) -> float:
        """Of the CPU, up to the last look at each."""
        return sum(self._seen.values())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()


def _reap() -> None:
    """Wait for what has outlived who started it, so that its time counts."""
    deadline = time.monotonic() + 20
    with suppress(ChildProcessError):  # raised when none is left
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.1)


@contextmanager
def cluster(nodes: int) -> Iterator[str]:
    """The address of a cluster of so many nodes of one CPU each."""
    command = [sys.executable, "-m", "tests.scale.cluster", str(nodes), "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_worker_niceness": "0"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def paired(folder: Path, file: Path, repeats: int, *options: str) -> Figures:
    """A plain audit and one by Ray, by turns: how much longer the latter takes."""
    runs: dict[str, list[Run]] = {"plain": [], "ray": []}
    for _ in range(repeats):
        runs["plain"].append(audited(folder, file, *options, "-o", "plain.parquet"))
        runs["ray"].append(audited(folder, file, *options, "--ray", "-o", "parts"))
    pairs = list(zip(runs["plain"], runs["ray"], strict=True))
    return {
        "wall": {name: [round(run.wall, 2) for run in each] for name, each in runs.items()},
        "cpu": {name: [round(run.cpu, 2) for run in each] for name, each in runs.items()},
        "overhead": median(by_ray.wall / plain.wall - 1 for plain, by_ray in pairs),
        "overhead_cpu": median(by_ray.cpu / plain.cpu - 1 for plain, by_ray in pairs),
        "equal": _equal(folder / "plain.parquet", folder / "parts"),
    }


def _equal(file: Path, parts: Path) -> bool:
    """Whether both hold the same, but for what a model's p differs by."""
    one = pl.read_parquet(file).drop("tinyv_p")
    many = pl.concat(map(pl.read_parquet, sorted(parts.glob("*.parquet"))), how="diagonal_relaxed")
    return bool(many.select(one.columns).equals(one, null_equal=True))


def overhead(folder: Path, options: argparse.Namespace) -> Figures:
    """With rule and proofs."""
    file = rows(folder / "rows.parquet", graded(options.rows, Random(24)))
    return paired(folder, file, options.repeats, *PLAIN)


def model(folder: Path, options: argparse.Namespace) -> Figures:
    """With the model alone, on questions of lengths that it meets, with eight answers each."""
    pairs = rollouts(options.pairs // 8, 8, Random(24), lambda text: len(text) // 3)
    return paired(folder, rows(folder / "pairs.parquet", pairs), options.repeats, *MODEL_ALONE)


def nodes(folder: Path, options: argparse.Namespace) -> Figures:
    """CPU seconds a row with two nodes and with one."""
    file = rows(folder / "rows.parquet", graded(options.rows, Random(24)))
    spent: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(options.repeats):
        for count, each in spent.items():
            with Meter() as meter, cluster(count) as address:
                audited(folder, file, *PLAIN, "--ray", "-o", "parts", address=address)
            _reap()
            each.append(meter.seconds() / options.rows)
    ratio = median(two / one for one, two in zip(spent[1], spent[2], strict=True))
    return {"cpu_a_row": {str(count): each for count, each in spent.items()}, "ratio": ratio}


def waiting(folder: Path, options: argparse.Namespace) -> Figures:
    """The rate with two nodes and with one, of a server that only waits."""
    faulty = Faulty(chat=lambda _: replace(SOUND, delay=WAITS))
    file = rows(folder / "sums.parquet", sums(options.asked))
    rates: dict[int, list[float]] = {1: [], 2: []}
    settings = {"TINYV_PART_EXAMPLES": "256", "TINYV_CONCURRENCY": str(AT_ONCE)}
    with served(faulty):
        command = (file, *MODEL_ALONE, "--model", faulty.url, "--ray", "-o", "parts")
        for _ in range(options.repeats):
            for count, each in rates.items():
                with cluster(count) as address:
                    audited(folder, *command, address=address, **settings)
                each.append(_rate(folder / "parts", count))
    ratio = median(two / one for one, two in zip(rates[1], rates[2], strict=True))
    return {"rows_a_second": {str(count): each for count, each in rates.items()}, "ratio": ratio}


def _rate(folder: Path, nodes: int) -> float:
    """Examples a second since each node has written a part."""
    written = sorted(folder.glob("*.parquet"), key=lambda path: path.stat().st_mtime)
    began = written[nodes - 1].stat().st_mtime
    examples = sum(pl.scan_parquet(path).select(pl.len()).collect().item() for path in written[nodes:])
    return float(examples / (written[-1].stat().st_mtime - began))


def memory(folder: Path, options: argparse.Namespace) -> Figures:
    """The most that the driver has had, in megabytes, without and with a summary."""
    found: Figures = {}
    for factor in (1, 10):
        file = rows(folder / "rows.parquet", sums(options.rows * factor))
        for name, more in (("judged", ("--quiet",)), ("summarised", ("--json",))):
            command = ["audit", str(file), *CHEAPEST, "--ray", "-o", "parts", "--overwrite", *more]
            found[f"{name}, {options.rows * factor:,} rows"] = _most_memory(folder, command)
    return found


def _most_memory(folder: Path, command: list[str]) -> int:
    """Of the process itself, not of those that it starts."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_ADDRESS": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "tinyv_cli", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0
    while process.poll() is None:
        with suppress(OSError, StopIteration, ValueError):
            status = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            most = max([most, *(int(line.split()[1]) for line in status if line.startswith("VmHWM"))])
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"tinyv {' '.join(command)} ended with {process.returncode}")
    return most >> 10


KINDS: Mapping[str, Callable[[Path, argparse.Namespace], Figures]] = {
    "overhead": overhead,
    "model": model,
    "nodes": nodes,
    "waiting": waiting,
    "memory": memory,
}


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", help=f"some of {', '.join(KINDS)}; all unless named")
    parser.add_argument("--rows", type=int, default=100_000, help="for overhead, nodes and memory")
    parser.add_argument("--pairs", type=int, default=1500, help="for model")
    parser.add_argument("--asked", type=int, default=8192, help="for waiting")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def main() -> None:
    options = parsed_options()
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    figures: Figures = circumstances()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.what or KINDS:
            figures[name] = KINDS[name](Path(folder), options)
            print(name, json.dumps(figures[name], indent=1), flush=True)
            if options.json:
                options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
