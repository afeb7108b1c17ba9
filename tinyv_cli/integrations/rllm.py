"""rLLM: `import_path = "tinyv_cli.integrations.rllm:evaluate"` under `[verifier]` in dataset.toml.

In Python `evaluator=rllm.evaluator(evaluate)`. Options are settings. The gold is `ground_truth` of a task's
metadata. rLLM has no word for "no verdict": the reward is then the rule's own, and `tinyv_undecided` is 1.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared


def evaluate(task: Any, episode: Any) -> Any:
    """The evaluation of an episode. A training passes the task's row, rLLM's evaluation the task itself."""
    from rllm.eval.types import EvalOutput, Signal

    row = task if isinstance(task, dict) else task.metadata
    question = row.get("question") or getattr(task, "instruction", "")
    found = shared().verify(question=question, gold=row["ground_truth"], response=_answer(episode))
    reward = found.rule_reward if found.reward is None else found.reward
    numbers = {
        "tinyv_undecided": float(found.reward is None),
        "tinyv_recovered": float(found.false_negative),
        "tinyv_rule": found.rule_reward,
    }
    signals = [Signal(name=name, value=value) for name, value in numbers.items()]
    return EvalOutput(reward=reward, is_correct=reward > 0, signals=signals)


def _answer(episode: Any) -> str:
    """As rLLM's own evaluators: what the agent says, else its last trajectory's output, or last words."""
    if "answer" in episode.artifacts:
        return str(episode.artifacts["answer"])
    if not episode.trajectories:
        return ""
    last = episode.trajectories[-1]
    words = (getattr(step, "model_response", None) for step in reversed(last.steps))
    said = [last.output, *(step.output for step in last.steps[-1:]), *words]
    return str(next(filter(None, said), ""))
