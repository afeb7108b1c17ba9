"""SkyRL: `skyrl_gym.register(id="tinyv", entry_point="tinyv_cli.integrations.skyrl:TinyvEnv")`.

Options are settings. SkyRL has no word for "no verdict": the reward is then the rule's own, and the metadata
say so.
"""

from typing import Any

from skyrl_gym.envs.base_text_env import BaseTextEnv, BaseTextEnvStepOutput

from tinyv_cli.integrations.shared import shared


class TinyvEnv(BaseTextEnv):  # type: ignore[misc,unused-ignore]
    """One question and one answer to it."""

    def __init__(self, env_config: Any, extras: dict[str, Any]) -> None:
        super().__init__()
        spec = extras.get("reward_spec") or extras.get("reward_model") or {}
        self._gold, self._question = spec["ground_truth"], ""

    def init(self, prompt: Any) -> tuple[Any, dict[str, Any]]:
        """The prompt holds the question."""
        self._question = prompt
        return prompt, {}

    def step(self, action: str) -> Any:
        """The answer, and its reward."""
        found = shared().verify(question=self._question, gold=self._gold, response=action)
        reward = found.rule_reward if found.reward is None else found.reward
        return BaseTextEnvStepOutput(observations=[], reward=reward, done=True, metadata=found.as_dict())
