"""Speed and memory of reading, exploding and writing alone: `tinyv audit --rule exact --model none --quiet`.

Rollouts are made up, with responses of 1,500 characters, and written in several shapes: Parquet with one
rollout a row, with lists of eight, and with token ids and log-probabilities beside them; JSON lines. The
whole program audits each file in a fresh process. The shapes alternate, and the median of the examples a
second is taken; the start of the program is part of the time. Then the peak resident memory (VmHWM) on fewer
and on more examples is compared. Linux only. With --check it exits with 1 where a goal is missed.

    python -m benchmarks.reading [--examples N] [--memory-examples N N] [--check] [--json FILE]
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.machine import circumstances
from benchmarks.memory import LIMIT_GROWTH, peak_megabytes
from benchmarks.rule_stage import answers, made_golds, response

Row = dict[str, Any]

# So many texts differ: more than a page of Parquet holds, so that none shrinks because it is repeated there.
REASONINGS = 5_000
SLOT = "@"  # where the answer stands in them
TOKENS, VOCABULARY = 400, 150_000
BATCH_ROWS = 8192


def questions(rng: random.Random) -> Iterator[Row]:
    """Questions without end, each with eight responses as a policy gives them."""
    texts = [response(SLOT, rng) for _ in range(REASONINGS)]
    golds = made_golds(REASONINGS, rng)
    for number, gold in enumerate(iter(lambda: rng.choice(golds), None)):
        yield {
            "question": f"What is the value of $x_{{{number}}}$ in the end?",
            "gold": gold,
            "responses": [rng.choice(texts).replace(SLOT, answer) for answer in answers(gold, golds, rng)],
            "source": rng.choice(("algebra", "geometry", "sets")),
        }


def rollouts(rng: random.Random) -> Iterator[Row]:
    """The same, a row for each response."""
    for question in questions(rng):
        for step, text in enumerate(question.pop("responses")):
            yield {**question, "response": text, "step": step}


def with_tokens(rng: random.Random) -> Iterator[Row]:
    """The same with what trainers log of each token."""
    logged = [[rng.randrange(VOCABULARY) for _ in range(TOKENS)] for _ in range(REASONINGS)]
    logprobs = [[-token / VOCABULARY for token in tokens] for tokens in logged]
    for row in rollouts(rng):
        which = rng.randrange(REASONINGS)
        yield {**row, "token_ids": logged[which], "token_logprobs": logprobs[which]}


def write_parquet(rows: Iterable[Row], path: Path) -> None:
    """Row groups as most writers make them, of a few thousand rows."""
    remaining = iter(rows)
    first = pa.Table.from_pylist(list(islice(remaining, BATCH_ROWS)))
    with pq.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        while batch := list(islice(remaining, BATCH_ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, first.schema))


def write_json_lines(rows: Iterable[Row], path: Path) -> None:
    """One object a line."""
    with path.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@dataclass(frozen=True, slots=True)
class Shape:
    """A way in which rollouts lie in a file, how it is audited, and how many a second should be."""

    make: Callable[[random.Random], Iterator[Row]]
    write: Callable[[Iterable[Row], Path], None]
    extension: str
    responses: int = 1
    options: tuple[str, ...] = ()
    goal: int | None = None

    def file(self, examples: int, folder: Path) -> Path:
        """Write so many examples."""
        path = folder / f"rows{self.extension}"
        rows = self.make(random.Random(examples))
        self.write(islice(rows, examples // self.responses), path)
        return path

    def audited(self, path: Path) -> tuple[float, float]:
        """(peak megabytes, seconds) of auditing the file."""
        output = path.with_name("audited.parquet")
        command = [sys.executable, "-m", "tinyv_cli", "audit", str(path), "-o", str(output), *self.options]
        return peak_megabytes([*command, "--rule", "exact", "--model", "none", "--quiet", "--overwrite"])


SHAPES = {
    "parquet": Shape(rollouts, write_parquet, ".parquet", goal=40_000),
    "lists": Shape(questions, write_parquet, ".parquet", responses=8, goal=40_000),
    "tokens": Shape(with_tokens, write_parquet, ".parquet"),
    "selected": Shape(with_tokens, write_parquet, ".parquet", options=("--select", "step,source")),
    "jsonl": Shape(rollouts, write_json_lines, ".jsonl", goal=15_000),
}
COMPARED = ("parquet", "jsonl")  # in memory


def speeds(shapes: Sequence[str], examples: int, repeats: int) -> dict[str, list[float]]:
    """Examples a second of each shape, run by run. They take turns: what else runs meets all alike."""
    rates: dict[str, list[float]] = {name: [] for name in shapes}
    with tempfile.TemporaryDirectory() as folder:
        files = {name: SHAPES[name].file(examples, Path(tempfile.mkdtemp(dir=folder))) for name in shapes}
        for _ in range(repeats):
            for name, path in files.items():
                _, seconds = SHAPES[name].audited(path)
                rates[name].append(examples / seconds)
    return rates


def peak(name: str, examples: int) -> float:
    """Peak megabytes of auditing so many examples."""
    with tempfile.TemporaryDirectory() as folder:
        megabytes, _ = SHAPES[name].audited(SHAPES[name].file(examples, Path(folder)))
    return megabytes


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shapes", nargs="+", choices=list(SHAPES), default=list(SHAPES))
    parser.add_argument("--examples", type=int, default=400_000)
    parser.add_argument("--memory-examples", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def told_speeds(rates: dict[str, list[float]]) -> list[str]:
    """Print the rates; returns the shapes that are slower than their goal."""
    missed = []
    for name, runs in rates.items():
        rate, goal = median(runs), SHAPES[name].goal
        wanted = f" (goal {goal:,})" if goal else ""
        print(f"{name:>8} {rate:9,.0f} examples/s{wanted}, runs {', '.join(f'{run:,.0f}' for run in runs)}")
        missed += [name] if goal and rate < goal else []
    return missed


def told_memory(peaks: dict[str, dict[int, float]]) -> list[str]:
    """Print the peaks; returns what grew too much."""
    missed = []
    for name, by_examples in peaks.items():
        few, *_, many = by_examples.values()
        shown = ", ".join(
            f"{megabytes:.0f} MB on {examples:,}" for examples, megabytes in by_examples.items()
        )
        print(f"{name:>8} peak {shown}: growth {many / few:.2f} (at most {LIMIT_GROWTH})")
        missed += [f"memory of {name}"] if many > LIMIT_GROWTH * few else []
    return missed


def main() -> None:
    options = parsed_options()
    measured_in = circumstances()
    rates = speeds(options.shapes, options.examples, options.repeats)
    missed = told_speeds(rates)
    peaks = {
        name: {examples: peak(name, examples) for examples in options.memory_examples}
        for name in (COMPARED if options.memory_examples else ())
    }
    missed += told_memory(peaks)
    figures = {
        **measured_in,
        "pyarrow": pa.__version__,
        "examples": options.examples,
        "rates": rates,
        "median_rates": {name: median(runs) for name, runs in rates.items()},
        "peak_megabytes": peaks,
    }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if options.check and missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
