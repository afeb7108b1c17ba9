"""verl: `reward.custom_reward_function.path=pkg://tinyv_cli.integrations.verl`.

`name=compute_score` or `compute_score_async`; options are its `reward_kwargs`. verl has no word for "no
verdict": the reward is then the rule's own, and `tinyv_undecided` is 1. It passes no question, unless rows
have one in `extra_info`, or the reward manager of `verl_manager` adds it.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared
from tinyv_cli.resident.verdict import Verdict

OF_VERL = {"reward_router_address", "reward_model_tokenizer"}


def compute_score(
    data_source: str, solution_str: str, ground_truth: Any, extra_info: Any = None, **options: Any
) -> Any:
    """The score and what is logged beside it; for `main_eval`, which passes no extra_info, the score."""
    return _told(
        shared(**_ours(options)).verify(**_asked(solution_str, ground_truth, extra_info)), extra_info
    )


async def compute_score_async(
    data_source: str, solution_str: str, ground_truth: Any, extra_info: Any = None, **options: Any
) -> Any:
    """The same, awaited."""
    verdict = await shared(**_ours(options)).averify(**_asked(solution_str, ground_truth, extra_info))
    return _told(verdict, extra_info)


def _ours(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in OF_VERL}


def _asked(response: str, gold: Any, extra_info: Any) -> dict[str, Any]:
    return {"question": (extra_info or {}).get("question", ""), "gold": gold, "response": response}


def _told(verdict: Verdict, extra_info: Any) -> Any:
    """Every sample has the same keys, each a number, as verl takes those of the first for all."""
    score = verdict.rule_reward if verdict.reward is None else verdict.reward
    if extra_info is None:
        return score
    undecided, recovered = float(verdict.reward is None), float(verdict.false_negative)
    logged = {"tinyv_undecided": undecided, "tinyv_recovered": recovered, "tinyv_rule": verdict.rule_reward}
    return {"score": score, **logged}
