"""A task of verifiers with the reward, the metric and both judges plugged; prints the scores."""

import asyncio
import json
import re
import sys
from pathlib import Path

import verifiers.v1 as vf
from verifiers.v1.configs.agent import AgentConfig
from verifiers.v1.configs.task import TaskConfig
from verifiers.v1.task import Task, TaskData
from verifiers.v1.trace import AgentInfo, Trace, TraceTask

ADAPTER = "tinyv_cli.integrations.verifiers"
[PLUGIN] = re.findall(
    r"```py\n(from \S+verifiers_judge .*?)```", Path(sys.argv[2]).read_text("utf-8"), re.DOTALL
)


class Data(TaskData):  # type: ignore[misc,unused-ignore]
    """A question with its answer."""

    answer: str


def scored(question: str, gold: str, said: str) -> dict[str, object]:
    """The rewards and metrics of one trace."""
    data = Data(idx=0, prompt=question, answer=gold)
    decision = {"id": "decision", "base_url": f"{sys.argv[1]}/decision", "answer_field": "answer"}
    plugin = {"id": "tinyv_judge", "options": {"no_cache": True}}
    plugged = {
        "rewards": {"tinyv": {"fn": f"{ADAPTER}:reward"}},
        "metrics": {"tinyv_recovered": {"fn": f"{ADAPTER}:recovered"}},
        "judges": [decision, plugin],
    }
    task = Task[Data, vf.State, TaskConfig](data, TaskConfig.model_validate(plugged))
    trace = Trace(
        task=TraceTask(type="Task", data=data), agent=AgentInfo(config=AgentConfig()), root_reply=said
    )
    try:
        asyncio.run(task.score(trace))
    except vf.TaskError as error:
        return {"error": f"{type(error).__name__}: {error}", "rewards": list(trace.rewards.values())}
    rewards = {name: None if it is None else it.score for name, it in trace.rewards.items()}
    return {"rewards": rewards, "metrics": trace.metrics}


Path("tinyv_judge.py").write_text(PLUGIN)
sys.path.insert(0, "")
print(json.dumps([scored(*pair) for pair in json.load(sys.stdin)]))
