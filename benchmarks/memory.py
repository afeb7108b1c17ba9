"""Peak memory of `tinyv audit` on 10,000 and on 100,000 rows: it should not grow with the input.

Writes JSON lines of about 2 kB a row, audits them with `--model none` in a process of its own, and reads that
process's peak resident memory (VmHWM; its worker processes are not counted). Linux only.

    python -m benchmarks.memory [--rows 10000 100000] [--json FILE]
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.machine import circumstances

RESPONSE_CHARS = 1500
LIMIT_MB = 500
LIMIT_GROWTH = 1.2
POLL_SECONDS = 0.02


def rollouts(rows: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Sums with four rollouts each, half of them right, in responses of a realistic length."""
    while rows > 0:
        a, b = rng.randrange(10**6), rng.randrange(10**6)
        question = f"What is {a} + {b}?"
        for rollout in range(min(4, rows)):
            answer = a + b + rng.choice((0, 0, 1, 10))
            work = f"Adding {a} and {b}, digit by digit, the carry goes on to the next place. "
            reasoning = (work * (RESPONSE_CHARS // len(work) + 1))[:RESPONSE_CHARS]
            response = f"{reasoning}\n\nThe sum is \\boxed{{{answer}}}."
            yield {"question": question, "gold": str(a + b), "response": response, "step": rollout}
            rows -= 1


def peak_megabytes(command: list[str], *, silent: bool = False) -> tuple[float, float]:
    """(peak resident megabytes of the process itself, seconds) of a command."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL if silent else None)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _high_water_kilobytes(process.pid))
        time.sleep(POLL_SECONDS)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return peak / 1024, time.perf_counter() - started


def _high_water_kilobytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def measure(rows: int, folder: Path) -> dict[str, Any]:
    """Make a file of so many rows, audit it, and say what that took."""
    source = folder / f"{rows}.jsonl"
    with source.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rollouts(rows, random.Random(rows)))
    output = folder / f"{rows}.parquet"
    command = [sys.executable, "-m", "tinyv_cli", "audit", str(source), "-o", str(output), "--model", "none"]
    peak, seconds = peak_megabytes(command)
    return {"rows": rows, "input_mb": source.stat().st_size / 2**20, "peak_mb": peak, "seconds": seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    measured_in = circumstances()
    with tempfile.TemporaryDirectory() as folder:
        runs = [measure(rows, Path(folder)) for rows in arguments.rows]
    growth = runs[-1]["peak_mb"] / runs[0]["peak_mb"]
    for run in runs:
        print("{rows:>9,} rows, {input_mb:7.1f} MB: peak {peak_mb:6.1f} MB, {seconds:6.1f} s".format(**run))
    print(f"growth {growth:.2f} (at most {LIMIT_GROWTH}), peak at most {LIMIT_MB} MB")
    figures = {
        **measured_in,
        "runs": runs,
    }
    if arguments.json:
        arguments.json.write_text(json.dumps({**figures, "growth": growth}, indent=2) + "\n")
    if growth > LIMIT_GROWTH or any(run["peak_mb"] > LIMIT_MB for run in runs):
        raise SystemExit("over the limit")


if __name__ == "__main__":
    main()
