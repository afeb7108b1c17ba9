"""What proofs save the model: the whole audit of files, with and without them, as the program runs it.

Nothing is kept between the runs, so all of it is done each time. For each way: seconds, how many examples the
model was asked about, false negatives, and how many of them were proved.

    python -m benchmarks.saved FILE… [--json FILE] [options of tinyv audit]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tinyv_cli.documents.audited import open_audited

WAYS = {"without proofs": ["--proofs=off"], "with proofs": [], "and disproofs": ["--proofs=refute"]}


def audited(arguments: Sequence[str]) -> dict[str, Any]:
    """The counts of an audit, and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.parquet"
        command = [sys.executable, "-m", "tinyv_cli", "audit", "--quiet", "--no-cache", "-o", str(output)]
        started = time.perf_counter()
        subprocess.run([*command, *arguments], check=True, stdin=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        return {**open_audited(output).metadata["counts"], "seconds": round(seconds, 1)}


def main() -> None:
    """Print a line for each way, and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    parser.add_argument("--json", type=Path)
    arguments, others = parser.parse_known_args()
    figures = {way: audited([*arguments.files, *others, *options]) for way, options in WAYS.items()}
    for way, counts in figures.items():
        print(f"{way:16}" + "".join(f"  {name} {value:,}" for name, value in counts.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
