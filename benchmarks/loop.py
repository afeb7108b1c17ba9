"""How fast answers are verified in the loop of a training, beside `tinyv audit` on the same rows.

The questions of sample_data with 8 answers each, their own and those of the next question, by nano with no
verdicts kept; with proofs, which leave little to the model, and without. Audit, Verifier and server have
their turn in each round; of an audit the time is that of all rows less that of a few, so that its start
does not count. Then calls one at a time, by the stage that settles them; calls among inputs that hang Math-
Verify; and the memory of 8 processes that share a verifier against that of one. With --check, exits with 1
where a goal is missed.

    python -m benchmarks.loop [--rounds 3] [--check] [--json FILE]
"""

import argparse
import asyncio
import json
import math
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import psutil

from benchmarks.machine import circumstances, conclude
from tinyv_cli import Verifier

SAMPLE = Path(__file__).parent.parent / "sample_data" / "rollouts.jsonl"
FEW = 8  # rows, whose audit is all start
MILLISECONDS = {"rule": 10, "proof": 30, "model": 400}  # goals, of the median of single calls
SHARE = 0.9  # goal, of the audit's rate
LEAST = 0.2  # of its start, which an audit must take beyond it to be measured
HANGS = [{"gold": "7", "response": rf"\boxed{{9^{{9^{{9^{{{n}}}}}}}}}"} for n in range(20)]
STARTED = re.compile(r"running on (http://\S+)")
OPTIONS: dict[str, Any] = {"no_cache": True, "rule": "math-verify"}
ASK = """
import sys
from tinyv_cli import Verifier
verifier = Verifier(model="nano", no_cache=True, rule="math-verify")
verifier.verify(gold="5", response="5")
print(flush=True)
sys.stdin.read()
"""


def rows() -> list[dict[str, Any]]:
    """Eight answers to each question."""
    read = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    questions = [list(group) for _, group in groupby(read, key=itemgetter("question"))]
    return [
        {"question": own[0]["question"], "answer": own[0]["answer"], "response": other["response"]}
        for own, next_ in zip(questions, [*questions[1:], questions[0]], strict=True)
        for other in (*own, *next_)
    ]


def audited(lines: Sequence[Mapping[str, Any]], folder: Path, proofs: str) -> float:
    """Seconds that an audit of these takes, in a process of its own."""
    source = folder / "rows.jsonl"
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    output = ("-o", str(folder / "out.parquet"), "--overwrite", "--quiet")
    command = ("audit", str(source), "--rule", "math-verify", "--model", "nano", "--no-cache")
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tinyv_cli", *command, "--proofs", proofs, *output], check=True)
    return time.perf_counter() - began


def at_once(lines: Sequence[Mapping[str, Any]], verifier: Verifier) -> float:
    """Seconds until all are answered that are asked at the same time."""

    async def ask() -> None:
        calls = (
            verifier.averify(question=each["question"], gold=each["answer"], response=each["response"])
            for each in lines
        )
        found = await asyncio.gather(*calls)
        assert all(verdict.reason not in ("deadline", "queue_full") for verdict in found)

    began = time.perf_counter()
    asyncio.run(ask())
    return time.perf_counter() - began


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, psutil.Process]]:
    """A server on a free port, with no verdicts kept: its address and its process."""
    command = ("serve", "--port", "0", "--rule", "math-verify", "--no-cache", *options)
    process = subprocess.Popen(
        [sys.executable, "-m", "tinyv_cli", *command], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    found = next(filter(None, map(STARTED.search, process.stderr)))
    threading.Thread(target=process.stderr.read, daemon=True).start()
    try:
        yield found[1], psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def served(lines: Sequence[Mapping[str, Any]], proofs: str) -> float:
    """Seconds until a server has answered all, asked in one request."""
    named = {"question": "question", "answer": "gold", "response": "response"}
    asked = [{named[name]: value for name, value in line.items()} for line in lines]
    with serving("--model", "nano", "--proofs", proofs, "--deadline", "300") as (address, _):
        began = time.perf_counter()
        found = httpx2.post(f"{address}/verify", json=asked, timeout=300).json()
        seconds = time.perf_counter() - began
    assert all(verdict["reason"] not in ("deadline", "queue_full") for verdict in found)
    return seconds


def rates(rounds: int, proofs: str, folder: Path) -> dict[str, float]:
    """Answers a second, of audit, loop and server, by the medians of rounds in which all have their turn.

    The audit's is NaN where all rows take hardly longer than a few: then its start is all that was measured.
    """
    lines, starts, audits, loops, servers = rows(), [0.0] * 0, [0.0] * 0, [0.0] * 0, [0.0] * 0
    for _ in range(rounds):
        starts.append(audited(lines[:FEW], folder, proofs))
        audits.append(audited(lines, folder, proofs))
        with Verifier(model="nano", proofs=proofs == "on", deadline=300, **OPTIONS) as verifier:
            loops.append(at_once(lines, verifier))
        servers.append(served(lines, proofs))
    start, own = median(starts), median(audits) - median(starts)
    audit = (len(lines) - FEW) / own if own > LEAST * start else math.nan
    taken = {"loop": loops, "server": servers}
    return {"audit": round(audit, 1)} | {
        name: round(len(lines) / median(each), 1) for name, each in taken.items()
    }


def single() -> dict[str, Any]:
    """The quantiles of seconds of calls one after the other, by the stage that settled them."""
    with Verifier(model="nano", deadline=60, **OPTIONS) as verifier:
        for each in rows()[:200]:
            verifier.verify(question=each["question"], gold=each["answer"], response=each["response"])
        words = ("the author of", "a friend of", "the home of", "a part of", "a kind of")
        for number in range(40):  # what no proof settles
            verifier.verify(gold=f"{words[number % 5]} {number}", response=f"thing {number}")
        seconds: dict[str, Any] = verifier.stats()["seconds"]
        return seconds


def among_hangs(deadline: float = 5) -> dict[str, float]:
    """The longest that anything took that was asked together with what hangs."""
    with Verifier(model="none", deadline=deadline, **OPTIONS) as verifier:
        good = [{"gold": str(n), "response": str(n)} for n in range(100)]
        found = verifier.verify_many([*HANGS, *good])
    late = sum(verdict.reason == "deadline" for verdict in found[len(HANGS) :])
    return {"longest": max(verdict.seconds for verdict in found), "deadline": deadline, "others_late": late}


def memory() -> dict[str, int]:
    """Megabytes of a process that asks and of all below it, for one and for eight of them."""
    return {str(count): _memory(count) for count in (1, 8)}


def _memory(count: int) -> int:
    pipe = subprocess.PIPE
    asking = [subprocess.Popen([sys.executable, "-c", ASK], stdin=pipe, stdout=pipe) for _ in range(count)]
    for process in asking:
        assert process.stdout is not None
        process.stdout.readline()
    everyone = {each.pid: each for process in asking for each in _family(process.pid)}
    total = sum(map(_unshared, everyone.values()))
    for process in asking:
        process.communicate()
    time.sleep(4)  # the verifier ends
    return total >> 20


def _family(pid: int) -> Iterator[psutil.Process]:
    process = psutil.Process(pid)
    yield process
    yield from process.children(recursive=True)


def _unshared(process: psutil.Process) -> int:
    """Bytes, with what is shared counted for each by its share."""
    return int(process.memory_full_info().pss)


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """The goals that were not reached."""
    for proofs, rate in found["rates"].items():
        if math.isnan(rate["audit"]):
            yield f"proofs {proofs}: the audit took no longer than its start, so there is no rate of it"
        elif min(rate["loop"], rate["server"]) < SHARE * rate["audit"]:
            yield f"proofs {proofs}: answers a second {rate}"
    for stage, goal in MILLISECONDS.items():
        if found["single"][stage]["p50"] * 1000 > goal:
            yield f"{stage}: {found['single'][stage]['p50'] * 1000:.0f} ms, the goal is {goal}"
    if found["hangs"]["longest"] > found["hangs"]["deadline"] + 0.5:
        yield f"over the deadline: {found['hangs']}"
    if found["memory"]["8"] > 1.3 * found["memory"]["1"]:
        yield f"memory: {found['memory']}"


def main() -> None:
    """Measure, print, and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", type=Path)
    options, before = parser.parse_args(), circumstances()
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Any] = {
            "rates": {each: rates(options.rounds, each, Path(folder)) for each in ("on", "off")},
            "single": single(),
            "hangs": among_hangs(),
            "memory": memory(),
        }
    conclude(found, list(missed(found)), before=before, file=options.json, check=options.check)


if __name__ == "__main__":
    main()
