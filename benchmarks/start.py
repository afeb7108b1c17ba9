"""What a start costs: seconds of CPU, beside those of Python itself and of the libraries for command lines.

Each round starts all of them, one after the other; the medians are printed. A test says what may be imported
(tests/cli/test_help.py); this says what that comes to.

    python -m benchmarks.start [--rounds N] [--json FILE]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.machine import circumstances

STARTS = {
    "python": ("-c", ""),
    "typer and rich": ("-c", "import typer, rich.console, rich.table"),
    "tinyv --version": ("-m", "tinyv_cli", "--version"),
    "tinyv --help": ("-m", "tinyv_cli", "--help"),
    "tinyv audit --help": ("-m", "tinyv_cli", "audit", "--help"),
}


def cpu_seconds(arguments: tuple[str, ...]) -> float:
    """What a run of Python with these arguments uses of a CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    figures = circumstances()
    rounds = [{name: cpu_seconds(each) for name, each in STARTS.items()} for _ in range(options.rounds)]
    medians = {name: statistics.median(each[name] for each in rounds) for name in STARTS}
    for name, seconds in medians.items():
        print(f"{name:<20} {seconds:.3f} s")
    if options.json:
        options.json.write_text(json.dumps({**figures, "cpu_seconds": medians}, indent=2) + "\n")


if __name__ == "__main__":
    main()
