"""verifiers 0.4 and prime-rl: a judge that is plugged into any task, `judges = [{ id = "tinyv_judge" }]`.

An id is the name of a module, without dots, so a file of one's own, tinyv_judge.py, leads here:

    from tinyv_cli.integrations.verifiers_judge import TinyvJudge, TinyvJudgeConfig

    __all__ = ["TinyvJudge", "TinyvJudgeConfig"]

`options` are those of `Verifier`: `{ id = "tinyv_judge", options = { rule = "exact" } }`.
"""

from typing import Any

import verifiers.v1 as vf
from pydantic import Field

from tinyv_cli.integrations.verifiers import rewarded


class TinyvJudgeConfig(vf.JudgeConfig):  # type: ignore[misc,unused-ignore]
    """What an entry of `judges` may say."""

    options: dict[str, Any] = Field(default_factory=dict)


class TinyvJudge(vf.Judge[float, TinyvJudgeConfig]):  # type: ignore[misc,unused-ignore]
    """The reward of the trace's last reply."""

    async def score(self, task: Any, trace: Any) -> float:
        """Raises NoVerdictError."""
        return await rewarded(task, trace, **self.config.options)
