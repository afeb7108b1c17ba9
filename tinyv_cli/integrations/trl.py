"""TRL: `GRPOTrainer(reward_funcs=[TinyvReward()], …)`.

What has no verdict is None, which TRL leaves out. The golds stand in a column of the dataset. Columns of
`completions_….parquet` say what each reward rests on; picklable, so asynchronous GRPO takes it too.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tinyv_cli.integrations.shared import shared


class TinyvReward:
    """A reward function; `gold` names the column of the golds, `question` that of the questions.

    Without the latter the prompt is the question. `options` are those of `Verifier`.
    """

    def __init__(self, gold: str = "solution", question: str | None = None, **options: Any) -> None:
        self.__name__ = "tinyv"
        self._gold, self._question, self._options = gold, question, options

    def __call__(
        self,
        prompts: Sequence[Any],
        completions: Sequence[Any],
        log_extra: Callable[[str, list[Any]], None] | None = None,
        log_metric: Callable[[str, float], None] | None = None,
        trainer_state: Any = None,
        **columns: Any,
    ) -> list[float | None]:
        """The reward of each completion."""
        if self._gold not in columns:
            raise ValueError(
                f"the dataset has no column '{self._gold}' for golds; TinyvReward(gold=…) names it"
            )
        asked = columns[self._question] if self._question else prompts
        step = getattr(trainer_state, "global_step", None)
        rows = zip(asked, columns[self._gold], completions, strict=True)
        found = shared(**self._options).verify_many(
            {"question": question, "gold": gold, "response": response, "step": step}
            for question, gold, response in rows
        )
        if log_extra is not None:
            for name in ("evidence", "rule", "p", "reason"):
                log_extra(f"tinyv_{name}", [getattr(verdict, name) for verdict in found])
        if log_metric is not None and found:
            log_metric("tinyv/undecided", sum(verdict.reward is None for verdict in found) / len(found))
            log_metric("tinyv/recovered", sum(verdict.false_negative for verdict in found) / len(found))
        return [verdict.reward for verdict in found]
