"""lm-eval: `process_results: !function utils.process_results`, where utils.py beside the YAML imports it.

The document's `answer` is the gold, its `question` the question. Options are settings. What has no verdict is
NaN, which the aggregation `!function utils.mean` leaves out, while `tinyv_undecided` counts it.
"""

import math
from collections.abc import Iterable
from statistics import fmean
from typing import Any

from tinyv_cli.integrations.shared import shared


def process_results(doc: dict[str, Any], results: list[Any]) -> dict[str, float]:
    """The verdict of all stages (`tinyv`), and that of the rule alone (`rule`)."""
    response = results[0][0] if isinstance(results[0], list) else results[0]
    found = shared().verify(question=doc.get("question", ""), gold=doc["answer"], response=response)
    reward = math.nan if found.reward is None else found.reward
    return {"tinyv": reward, "rule": found.rule_reward, "tinyv_undecided": float(found.reward is None)}


def mean(values: Iterable[float]) -> float:
    """The mean of what has a verdict; NaN where nothing has one."""
    numbers = [value for value in values if not math.isnan(value)]
    return fmean(numbers) if numbers else math.nan
