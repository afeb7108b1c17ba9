"""AReaL: `reward_fn="tinyv_cli.integrations.areal.reward"`; the golds stand in the column `answer`.

Options are settings. AReaL has no word for "no verdict": the reward is then the rule's own.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared


def reward(
    prompt: Any, completions: Any, prompt_ids: Any, completion_ids: Any, answer: Any, **_: Any
) -> float:
    """The reward of a completion."""
    found = shared().verify(question=prompt, gold=answer, response=completions)
    return found.rule_reward if found.reward is None else found.reward
