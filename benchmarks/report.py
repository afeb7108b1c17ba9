"""Time and memory of `tinyv report` on a large audited file, which is made up for it.

The file has the columns that an audit writes, eight rollouts a question, responses of 1,500 characters as a
policy gives them, half of them accepted by the rule, and p spread as a verifier spreads it. Then the whole
program reports on it in a fresh process, by two columns, as tables, as JSON and as a page; its peak resident
memory (VmHWM) counts, and the size of the page. Linux only. With --check it exits with 1 over a limit.

    python -m benchmarks.report [--examples N] [--keep FILE] [--check] [--json FILE]
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.machine import circumstances
from benchmarks.memory import peak_megabytes
from benchmarks.reading import questions
from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.documents.sinks import ROW_GROUP_ROWS
from tinyv_cli.taxonomy import LEAF_NAMES
from tinyv_cli.words import METADATA_KEY

LIMIT_SECONDS, LIMIT_MB, LIMIT_PAGE_MB = 60, 1500, 3
LEVELS = 5
THRESHOLD = 0.5
METADATA = {
    "rule": {"name": "math-verify"},
    "model": {"name": "nano"},
    "threshold": THRESHOLD,
    "proofs": {"version": "made up", "rounds": True, "within": None, "any_form": False},
    "mapping": {"by": "source", "label": None},
}
PAGE = "page.html"
OPTIONS: dict[str, list[str]] = {"table": [], "json": ["--json"], "html": ["--html", PAGE]}


def judged(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Lines of an annotated file, without end."""
    for row, question in enumerate(questions(rng)):
        for rollout, response in enumerate(question["responses"]):
            yield {
                "source": question["source"],
                "level": rng.randrange(LEVELS),
                "tinyv_row": row,
                "tinyv_rollout": rollout,
                "tinyv_question": question["question"],
                "tinyv_gold": question["gold"],
                "tinyv_response": response,
                "tinyv_answer": response[-12:],
                "tinyv_answer_how": "last_line",
                **_said(rng),
            }


def _said(rng: random.Random) -> dict[str, Any]:
    """What the stages say of an example."""
    if rng.random() < 0.5:
        return _verdict("accept", "correct", "rule")
    if rng.random() < 0.1:
        proved = _verdict("reject", "correct", "proof")
        return proved | {"tinyv_proof": "the same but for fonts", "tinyv_category": rng.choice(LEAVES)}
    p = rng.betavariate(0.2, 0.4)
    found = p >= THRESHOLD
    asked = _verdict("reject", "correct" if found else "incorrect", "model")
    return asked | {"tinyv_p": p, "tinyv_category": rng.choice(LEAVES) if found else None}


LEAVES = list(LEAF_NAMES)


def _verdict(rule: str, verdict: str, evidence: str) -> dict[str, Any]:
    correct = verdict == "correct"
    return {
        "tinyv_rule": rule,
        "tinyv_verdict": verdict,
        "tinyv_evidence": evidence,
        "tinyv_false_negative": correct and rule != "accept",
        "tinyv_reward": float(correct),
    }


def write_audited(path: Path, examples: int) -> None:
    """An annotated file of so many examples."""
    theirs = {"source": pa.string(), "level": pa.int64()}
    schema = pa.schema(theirs | {name: column.type for name, column in COLUMNS.items()})
    lines = islice(judged(random.Random(examples)), examples)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(lines, ROW_GROUP_ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, schema))
        writer.add_key_value_metadata({METADATA_KEY: json.dumps(METADATA)})


def measure(path: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Peak megabytes and seconds of each way to report; the page is left in the folder."""
    command = [sys.executable, "-m", "tinyv_cli", "report", str(path), "--by", "source", "--by", "level"]
    found = {}
    for way, options in OPTIONS.items():
        placed = [str(folder / PAGE) if option == PAGE else option for option in options]
        peak, seconds = peak_megabytes([*command, *placed], silent=True)
        found[way] = {"peak_mb": peak, "seconds": seconds}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="make the file here, or take it from here, and leave it")
    parser.add_argument("--check", action="store_true", help="exit with 1 over a limit")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    measured_in = circumstances()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "audited.parquet"
        if not path.exists():
            write_audited(path, arguments.examples)
        size = path.stat().st_size / 2**20
        runs = measure(path, Path(folder))
        page = (Path(folder) / PAGE).stat().st_size / 1e6
    for way, run in runs.items():
        print(f"{way:>6}: {run['seconds']:6.1f} s, peak {run['peak_mb']:7.1f} MB")
    print(f"at most {LIMIT_SECONDS} s and {LIMIT_MB} MB; the file has {size:,.0f} MB")
    print(f"the page has {page:.2f} MB, at most {LIMIT_PAGE_MB} MB")
    if arguments.json:
        figures = {
            **measured_in,
            "polars": pl.__version__,
            "examples": arguments.examples,
            "runs": runs,
            "page_mb": page,
        }
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    over = any(run["seconds"] > LIMIT_SECONDS or run["peak_mb"] > LIMIT_MB for run in runs.values())
    if arguments.check and (over or page > LIMIT_PAGE_MB):
        raise SystemExit("over the limit")


if __name__ == "__main__":
    main()
