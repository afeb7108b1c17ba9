r"""A whole `tinyv audit` of rollouts, by this checkout and by another one, paired: times, and all verdicts.

Both audit the same file with `--model none --no-cache`, by turns, each time in fresh processes with an empty
cache folder. What counts is the CPU time of the whole tree of processes, since it says the same on a machine
that does other things too; the time on the clock stands beside it. Linux only: to be told of the CPU time of
workers that outlive who started them, this process adopts them.

Every verdict is compared with that of the other checkout. Verdicts may differ where another answer was found
in the response, or where a case was broken off on one side (too much time or memory); all others are listed,
and with --check they are an error, as is a ratio under the goal. Keep the machine quiet for it: workers give
way to others, and a case that gets no time is broken off.

    python -m benchmarks.audit ROLLOUTS --base CHECKOUT [--repeats N] [--workers N] [--check] [--json FILE]
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from benchmarks.machine import circumstances
from tinyv_cli.running.workers import PASSING

GOAL = 2.5  # times as fast
SET_CHILD_SUBREAPER = 36  # of prctl(2)
OURS = Path(__file__).parent.parent
ANSWER, REASON = "tinyv_answer", "tinyv_rule_reason"
VERDICTS = ("tinyv_rule", REASON, "tinyv_verdict", "tinyv_evidence")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds that an audit took: of the CPU, by all its processes, and on the clock."""

    cpu: float
    wall: float


def audited(checkout: Path, rollouts: Path, output: Path, workers: int) -> Run:
    """Audit the file with the code in that folder. Raises SystemExit where it fails."""
    command = [sys.executable, "-m", "tinyv_cli", "audit", str(rollouts.absolute()), "-o", str(output)]
    options = ["--model", "none", "--no-cache", "--workers", str(workers), "--overwrite", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(checkout.absolute()), "TINYV_CACHE_DIR": folder}
        before, started = cpu_of_ended(), time.perf_counter()
        done = subprocess.run([*command, *options], env=environment, cwd=folder)
        wall = time.perf_counter() - started
        with suppress(ChildProcessError):  # raised when none is left
            while True:
                os.wait()
    if done.returncode:
        raise SystemExit(f"the audit by {checkout} ended with {done.returncode}")
    return Run(cpu_of_ended() - before, wall)


def cpu_of_ended() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def differences(base: Path, ours: Path) -> list[tuple[str, dict[str, Any]]]:
    """The examples that are judged otherwise, each with the cause."""
    columns = [ANSWER, *VERDICTS]
    both = [pl.read_parquet(file, columns=["tinyv_gold", *columns]).to_dicts() for file in (base, ours)]
    return [
        (_cause(before, now), {"before": before, "now": now})
        for before, now in zip(*both, strict=True)
        if any(before[name] != now[name] for name in VERDICTS)
    ]


def _cause(before: dict[str, Any], now: dict[str, Any]) -> str:
    if before[ANSWER] != now[ANSWER]:
        return "another answer found"
    return "broken off" if PASSING & {before[REASON], now[REASON]} else "other"


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rollouts", type=Path, help="a file that tinyv audit reads without further options")
    parser.add_argument("--base", type=Path, required=True, help="the other checkout")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--check", action="store_true", help=f"exit with 1 under {GOAL} x, or on differences")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def show(runs: dict[str, list[Run]], found: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, float]:
    """Print the figures; returns how many times as fast this checkout is, by CPU and by the clock."""
    for name, each in runs.items():
        print(f"{name:>5} CPU {', '.join(f'{run.cpu:.1f}' for run in each)} s;", end=" ")
        print(f"clock {', '.join(f'{run.wall:.1f}' for run in each)} s")
    pairs = list(zip(runs["base"], runs["ours"], strict=True))
    ratios = {
        "cpu": median(base.cpu / ours.cpu for base, ours in pairs),
        "clock": median(base.wall / ours.wall for base, ours in pairs),
    }
    print(f"{ratios['cpu']:.2f} x by CPU (goal {GOAL:g}), {ratios['clock']:.2f} x by the clock")
    print("verdicts that differ:", dict(Counter(cause for cause, _ in found)) or "none")
    for cause, sides in found:
        if cause != "another answer found":
            print(f"{cause}: {json.dumps(sides, ensure_ascii=False)}")
    return ratios


def main() -> None:
    options = parsed_options()
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    measured_in, runs = circumstances(), dict[str, list[Run]](base=[], ours=[])
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, f"{name}.parquet") for name in runs}
        for _ in range(options.repeats):
            for name, checkout in (("base", options.base), ("ours", OURS)):
                runs[name].append(audited(checkout, options.rollouts, files[name], options.workers))
        found = differences(files["base"], files["ours"])
    ratios = show(runs, found)
    causes = Counter(cause for cause, _ in found)
    if options.json:
        seconds = {name: [asdict(run) for run in each] for name, each in runs.items()}
        figures = {**measured_in, "workers": options.workers, "runs": seconds, "ratios": ratios, **causes}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if options.check and (ratios["cpu"] < GOAL or causes["other"]):
        raise SystemExit("slower than the goal, or verdicts differ without a cause")


if __name__ == "__main__":
    main()
