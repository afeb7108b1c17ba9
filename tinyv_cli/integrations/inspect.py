"""Inspect: `scorer=tinyv()` in a task, or `inspect score LOG --scorer …/integrations/inspect.py@tinyv`.

One scorer holds the rule's score and the score after recovery. What has no verdict is unscored.
"""

from typing import Any

from inspect_ai.scorer import Score, Scorer, Target, accuracy, scorer, stderr
from inspect_ai.solver import TaskState

from tinyv_cli.integrations.shared import shared


@scorer(metrics={"tinyv": [accuracy(), stderr()], "rule": [accuracy(), stderr()]})  # type: ignore[untyped-decorator,unused-ignore]
def tinyv(rule: str | None = None, model: str | None = None, **options: Any) -> Scorer:
    """The verdict of all stages (`tinyv`) beside that of the rule alone (`rule`)."""

    async def score(state: TaskState, target: Target) -> Score:
        verifier = shared(rule=rule, model=model, **options)
        asked = {"question": state.input_text, "gold": list(target), "response": state.output.completion}
        found = await verifier.averify(**asked)
        if found.reward is None:
            return Score.unscored(reason=found.reason, answer=found.answer)
        return Score(
            value={"tinyv": found.reward, "rule": found.rule_reward},
            answer=found.answer,
            explanation=found.proof,
            metadata=found.as_dict(),
        )

    return score
