"""slime: `--custom-rm-path tinyv_cli.integrations.slime.reward`, or `--rm-type remote_rm` with `tinyv serve`.

Options are settings. slime has no word for "no verdict": the reward is then the rule's own.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared


async def reward(args: Any, sample: Any, **_: Any) -> Any:
    """The reward of a sample, or of each of a list of them."""
    if isinstance(sample, list):
        return [await reward(args, each) for each in sample]
    found = await shared().averify(question=sample.prompt, gold=sample.label, response=sample.response)
    return found.rule_reward if found.reward is None else found.reward
