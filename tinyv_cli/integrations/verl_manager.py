"""verl's reward manager, with the prompt as the question, which verl does not pass on.

reward.reward_manager.source=importlib reward.reward_manager.name=RewardManager
reward.reward_manager.module.path=pkg://tinyv_cli.integrations.verl_manager
"""

from typing import Any

import numpy as np
from verl.experimental.reward_loop.reward_manager.naive import NaiveRewardManager


class RewardManager(NaiveRewardManager):  # type: ignore[misc,unused-ignore]
    """The naive one, whose rows have a question in `extra_info` if they had none."""

    async def run_single(self, data: Any) -> Any:
        """The reward of one sample."""
        held = data.non_tensor_batch
        if "raw_prompt" in held:
            known = held.get("extra_info", [{}] * len(held["raw_prompt"]))
            asked = zip(held["raw_prompt"], known, strict=True)
            held["extra_info"] = np.array(
                [{"question": prompt, **info} for prompt, info in asked], dtype=object
            )
        return await super().run_single(data)
