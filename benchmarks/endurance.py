"""What becomes of a verifier that is asked for long, and of a server that many ask at a time.

Its memory, that of all its processes, over many different calls, some of them to nano: the median of the
second half beside that of the first tenth, without its first 2,000. And clients that ask a server without a
pause, each pairs of its own that are right or wrong, while a worker is killed every few seconds: replies
are counted by status, and by whether each has the verdict of its own pair, once. With --check, exits with 1
where a goal is missed.

    python -m benchmarks.endurance [--calls 50000] [--clients 64] [--seconds 60] [--check] [--json FILE]
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import psutil

from benchmarks.loop import OPTIONS, serving
from benchmarks.machine import circumstances, conclude
from tinyv_cli import Verifier

BATCH = 500  # calls between two looks at the memory
SETTLED = 2000  # calls after which caches that are bounded begin to be full
GROWTH = 1.05  # goal, of the memory over its beginning
QUEUE = 48  # answers that the server takes at a time: fewer than there are clients
KILL_EVERY = 5.0  # seconds


def calls(number: int, to_model: int) -> Iterator[dict[str, str]]:
    """Different calls; so many of them, evenly spread, are settled by the model alone."""
    every = number // to_model if to_model else number + 1
    for n in range(number):
        if n % every == 0:
            yield {"gold": f"the author of novel {n}", "response": f"a friend of painter {n}"}
        else:
            yield pair(n, right=n % 3 == 0)


def pair(number: int, *, right: bool) -> dict[str, str]:
    """A gold and a response for which workers are needed: two integers would be compared at once."""
    return {
        "gold": rf"\frac{{{number}}}{{{2 * number + 1}}}",
        "response": rf"so it is \boxed{{{said(number, right=right)}}}",
    }


def said(number: int, *, right: bool) -> str:
    """The answer in the response."""
    return f"{number if right else 3 * number + 2}/{2 * number + 1}"


def memory(number: int, to_model: int) -> dict[str, Any]:
    """Megabytes of the resident verifier and its workers, at the beginning and later."""
    seen: list[float] = []
    with Verifier(model="nano", deadline=60, **OPTIONS) as verifier:
        [resident] = (each for each in psutil.Process().children() if "resident" in each.cmdline())
        waiting: list[dict[str, str]] = []
        for call in calls(number, to_model):
            waiting.append(call)
            if len(waiting) == BATCH:
                verifier.verify_many(waiting)
                waiting.clear()
                seen.append(_megabytes(resident))
        told = verifier.stats()
    early = seen[SETTLED // BATCH : max(len(seen) // 10, SETTLED // BATCH + 1)]
    return {
        "calls": told["calls"],
        "by_stage": told["by_stage"],
        "undecided": told["undecided"],
        "early": round(median(early)),
        "late": round(median(seen[len(seen) // 2 :])),
        "growth": round(median(seen[len(seen) // 2 :]) / median(early), 3),
    }


def _megabytes(resident: psutil.Process) -> float:
    """What is its own and its workers'; what they share is counted by its share."""
    total = 0.0
    for process in (resident, *resident.children(recursive=True)):
        try:
            total += process.memory_full_info().pss
        except psutil.Error:  # a worker that has just been replaced
            continue
    return total / (1 << 20)


class Client(threading.Thread):
    """Asks until the end, one answer after the other, and counts what comes back."""

    def __init__(self, address: str, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self._address, self._number, self._until = address, number, until
        self.came_to: Counter[str] = Counter()
        self.seconds: list[float] = []

    def run(self) -> None:
        """The whole time."""
        with httpx2.Client(base_url=self._address, timeout=60) as client:
            asked = 0
            while time.monotonic() < self._until:
                asked += 1
                self._ask(client, self._number * 1_000_000 + asked, right=asked % 2 == 0)

    def _ask(self, client: httpx2.Client, number: int, *, right: bool) -> None:
        began = time.monotonic()
        try:
            reply = client.post("/verify", json=pair(number, right=right))
        except httpx2.HTTPError as error:
            self.came_to[type(error).__name__] += 1
            return
        self.seconds.append(time.monotonic() - began)
        if reply.status_code != 200:
            self.came_to[str(reply.status_code)] += 1
            time.sleep(float(reply.headers.get("Retry-After", 0)) / 10)
        elif reply.json()["answer"] != said(number, right=right) or reply.json()["reward"] != float(right):
            self.came_to["another's or undecided"] += 1
        else:
            self.came_to["its own"] += 1


def load(clients: int, seconds: float) -> dict[str, Any]:
    """What came back to all of them, while workers were killed."""
    killed = 0
    options = ("--model", "none", "--queue", str(QUEUE), "--deadline", "30")
    with serving(*options) as (address, server):
        until = time.monotonic() + seconds
        asking = [Client(address, number, until) for number in range(1, clients + 1)]
        for each in asking:
            each.start()
        while time.monotonic() < until - KILL_EVERY:
            time.sleep(KILL_EVERY)
            killed += _kill_a_worker(server)
        for each in asking:
            each.join()
        counted = httpx2.get(f"{address}/stats").json()["calls"]
    came_to = sum((each.came_to for each in asking), Counter[str]())
    answered = sum(came_to.values()) - came_to["429"]
    took = sorted(second for each in asking for second in each.seconds)
    quantiles = {name: round(took[int(q * (len(took) - 1))], 3) for name, q in (("p50", 0.5), ("p99", 0.99))}
    return {
        "clients": clients,
        "killed": killed,
        "came_to": dict(came_to),
        "answered": answered,
        "verified": counted,
        "per_second": round(answered / seconds, 1),
        "seconds": {**quantiles, "longest": round(took[-1], 3)},
    }


def _kill_a_worker(server: psutil.Process) -> int:
    """A process that judges: those that the server of workers of the resident has forked."""
    [resident] = server.children()
    for forkserver in resident.children():
        for worker in forkserver.children()[:1]:
            worker.kill()
            return 1
    return 0


def missed(found: Mapping[str, Any]) -> Iterator[str]:
    """The goals that were not reached."""
    memory, load = found["memory"], found["load"]
    if memory["growth"] > GROWTH:
        yield f"memory: {memory}"
    if (
        set(load["came_to"]) - {"its own", "429"}
        or load["answered"] != load["verified"]
        or not load["killed"]
    ):
        yield f"load: {load}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--calls", type=int, default=50_000)
    parser.add_argument("--to-model", type=int, default=1_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", type=Path)
    options, before = parser.parse_args(arguments), circumstances()
    found = {
        "load": load(options.clients, options.seconds),
        "memory": memory(options.calls, options.to_model),
    }
    conclude(found, list(missed(found)), before=before, file=options.json, check=options.check)


if __name__ == "__main__":
    main()
