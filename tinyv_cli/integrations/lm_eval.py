"""lm-eval: `process_results: !function utils.process_results`, where utils.py beside the YAML imports it.

The document's `answer` is the gold, its `question` the question. Options are settings.
"""

from typing import Any

from tinyv_cli.integrations.shared import shared


def process_results(doc: dict[str, Any], results: list[Any]) -> dict[str, float]:
    """The verdict of all stages, and that of the rule alone; NaN where there is none."""
    response = results[0][0] if isinstance(results[0], list) else results[0]
    found = shared().verify(question=doc.get("question", ""), gold=doc["answer"], response=response)
    reward = float("nan") if found.reward is None else found.reward
    return {"tinyv": reward, "rule": found.rule_reward}
