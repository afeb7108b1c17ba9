"""Judge calls as they come, each by itself on the whole way of an example, so that none waits for another.

The stages are those of an audit. Only the model sees several calls at a time.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from tinyv_cli.errors import SinkError
from tinyv_cli.pipeline import judge_windows
from tinyv_cli.records import Answer, Example, Judged, RuleOutcome, RuleResult
from tinyv_cli.resident.collector import EXPIRES, Collector, Traffic
from tinyv_cli.resident.verdict import DEADLINE, told, undecided
from tinyv_cli.sources.single import single_example
from tinyv_cli.stages import Batch, Pending, Rule, Stages

THREADS = 256  # calls that are judged at a time; most of them wait for a worker or for the model

MOST_IN_SHADOW = 4096  # under way; of what is more, only the rule is asked

Record = Callable[[Judged], None]  # may raise SinkError, which the caller's log is told
Reply = Callable[[Mapping[str, Any]], None]

log = logging.getLogger("tinyv")


@dataclass(frozen=True, slots=True)
class _Call:
    """What is to be judged, until when, and where what is found goes."""

    content: Mapping[str, Any]
    expires: float
    reply: Reply

    def tell_rule(self, outcome: RuleOutcome) -> None:
        """The rule's outcome is known long before the verdict, and whoever gives up may still need it."""
        self.reply({"id": self.content["id"], "rule": outcome})

    def warn(self, of: str) -> None:
        """Tell the caller's log."""
        self.reply({"id": self.content["id"], "warning": of})


class Service:
    """The stages, and threads that lead calls through them.

    With a `record` it is a shadow: callers go on with what the rule said, and what is found later is recorded
    there, unless there is too much to do.
    """

    def __init__(self, stages: Stages, record: Record | None = None) -> None:
        lock, self._traffic, self._record = threading.Lock(), Traffic(), record
        self._stages = replace(
            stages,
            rule=_OneAtATime(stages.rule, lock),
            proofs=None if stages.proofs is None else _OneAtATime(stages.proofs, lock),
            models=[Collector(model, self._traffic) for model in stages.models],
            categorise=_alone(stages.categorise, lock),
        )
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        for _ in range(THREADS):
            threading.Thread(target=self._run, name="tinyv-call", daemon=True).start()

    def submit(self, content: Mapping[str, Any], reply: Reply) -> None:
        """Have a call judged; `reply` is told what the rule said, and then the verdict, in another thread."""
        self._traffic.add(1)
        seconds = content["seconds"] if self._record is None else math.inf
        self._calls.put(_Call(content, time.monotonic() + seconds, reply))

    def _run(self) -> None:
        while True:
            call = self._calls.get()
            try:
                verdict = self._verdict(call)
            except Exception as error:
                log.exception("a call failed")
                verdict = undecided(f"error:{type(error).__name__}").as_dict()
            finally:
                self._traffic.add(-1)
            verdict.pop("seconds", None)
            call.reply({"id": call.content["id"], "verdict": verdict})

    def _verdict(self, call: _Call) -> dict[str, Any]:
        if call.expires <= time.monotonic():
            return undecided(DEADLINE).as_dict()
        EXPIRES.set(call.expires)
        example = single_example(*(call.content[name] for name in ("question", "gold", "response")))
        example = replace(example, step=call.content.get("step"))
        stages = replace(self._stages, rule=_Telling(self._stages.rule, call.tell_rule))
        record = self._record
        if record is not None and self._traffic.calls > MOST_IN_SHADOW:
            record, stages = None, replace(stages, proofs=None, models=[])
        [(_, [judged])] = judge_windows([Batch([example])], stages, waits=False)
        if record is not None:
            try:
                record(judged)
            except SinkError as error:
                call.warn(str(error))
        return told(judged)


@dataclass(frozen=True, slots=True)
class _OneAtATime:
    """A rule or a prover to which one thread at a time hands over: what it has in common is not shared."""

    stage: Any
    lock: threading.Lock

    def submit(self, *given: Any) -> Callable[[], list[Any]]:
        """The same; what it comes to is waited for by as many as like."""
        with self.lock:
            collect: Callable[[], list[Any]] = self.stage.submit(*given)
        return collect


@dataclass(slots=True)
class _Telling:
    """The rule of one call, which tells what it said first: of the answer as it stands in the response."""

    rule: Rule
    tell: Callable[[RuleOutcome], None] | None

    def submit(self, examples: Sequence[Example], answers: Sequence[Answer]) -> Pending:
        """The same, told when it is known."""
        collect, tell = self.rule.submit(examples, answers), self.tell
        self.tell = None

        def collected() -> list[RuleResult]:
            results = collect()
            if tell is not None:
                tell(results[0].outcome)
            return results

        return collected


def _alone(work: Callable[..., Any], lock: threading.Lock) -> Callable[..., Any]:
    """The same work, by one thread at a time: sympy keeps its state in common."""

    def one_at_a_time(*given: Any) -> Any:
        with lock:
            return work(*given)

    return one_at_a_time
