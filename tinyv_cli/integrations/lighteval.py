"""lighteval: `metrics=[tinyv()]` in the LightevalTaskConfig of a task, such as one of `--custom-tasks`.

The golds are the document's, its query is the question; of several samples the mean. What has no verdict is
NaN, which the mean over a task leaves out, while `tinyv_undecided` counts it; the standard error is NaN then.
"""

from statistics import fmean
from typing import Any

from tinyv_cli.integrations.shared import shared


def tinyv(**options: Any) -> Any:
    """The verdict of all stages (`tinyv`), that of the rule alone (`rule`); `options` are a Verifier's."""
    import numpy as np
    from lighteval.metrics.metrics_sample import SampleLevelComputation
    from lighteval.metrics.utils.metric_utils import SampleLevelMetricGrouping
    from lighteval.tasks.requests import SamplingMethod

    class Tinyv(SampleLevelComputation):  # type: ignore[misc,unused-ignore]
        """What tinyv says of a response."""

        def compute(self, doc: Any, model_response: Any, **_: Any) -> dict[str, float]:
            return scores(doc, model_response, **options)

    higher = {"tinyv": True, "rule": True, "tinyv_undecided": False}
    return SampleLevelMetricGrouping(
        metric_name=list(higher),
        higher_is_better=higher,
        category=SamplingMethod.GENERATIVE,
        sample_level_fn=Tinyv(),
        corpus_level_fn=dict.fromkeys(higher, np.nanmean),
    )


def scores(doc: Any, model_response: Any, **options: Any) -> dict[str, float]:
    """The numbers of one document."""
    asked = {"question": doc.query, "gold": doc.get_golds()}
    found = shared(**options).verify_many({**asked, "response": text} for text in model_response.final_text)
    rewards = [verdict.reward for verdict in found if verdict.reward is not None]
    return {
        "tinyv": fmean(rewards) if rewards else float("nan"),
        "rule": fmean(verdict.rule_reward for verdict in found),
        "tinyv_undecided": fmean(verdict.reward is None for verdict in found),
    }
