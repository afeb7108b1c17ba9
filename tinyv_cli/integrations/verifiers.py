"""verifiers 0.4 and prime-rl: a reward that is plugged into any task, and a metric beside it.

    [env.taskset.task]
    rewards = { tinyv = { fn = "tinyv_cli.integrations.verifiers:reward", weight = 1.0 } }
    metrics = { tinyv_recovered = { fn = "tinyv_cli.integrations.verifiers:recovered" } }

Options are settings: `TINYV_RULE`, `TINYV_MODEL` and so on. What has no verdict is an error of the task's.
As a judge: `verifiers_judge`, or verifiers' own `decision`, which asks `tinyv serve` by its path `/decision`.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared
from tinyv_cli.resident.verdict import Verdict

GOLDS = ("answer", "solution", "ground_truth", "expected_answer")  # fields of a task, the first that it has


class NoVerdictError(Exception):
    """There is no verdict to reward; the message says why."""


async def reward(task: Any, trace: Any) -> float:
    """The reward of the trace's last reply. Raises NoVerdictError."""
    return await rewarded(task, trace)


async def recovered(task: Any, trace: Any) -> float:
    """1 where the rule did not accept what is right."""
    return float((await _verdict(task, trace)).false_negative)


async def rewarded(task: Any, trace: Any, **options: Any) -> float:
    """The reward, by a verifier with these options. Raises NoVerdictError."""
    verdict = await _verdict(task, trace, **options)
    if verdict.reward is None:
        raise NoVerdictError(verdict.reason)
    return verdict.reward


async def _verdict(task: Any, trace: Any, **options: Any) -> Verdict:
    data = getattr(task, "data", task)
    gold = next((value for name in GOLDS if (value := getattr(data, name, None)) is not None), None)
    if gold is None:
        raise NoVerdictError(f"the task has none of {', '.join(GOLDS)}")
    return await shared(**options).averify(question=data.prompt_text, gold=gold, response=trace.last_reply)
