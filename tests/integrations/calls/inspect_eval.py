"""An eval of Inspect with a mock model; prints samples' scores, the metrics, and those of scoring again."""

import json
import sys
from typing import Any

from inspect_ai import Task, eval, score
from inspect_ai.dataset import Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model

from tinyv_cli.integrations.inspect import tinyv

rows = json.load(sys.stdin)
scorer = tinyv(deadline=60)
outputs = [ModelOutput.from_content("m", said) for _, _, said in rows]
for output in outputs:
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # else they are counted
model = get_model("mockllm/model", custom_outputs=outputs)
samples = [Sample(input=question, target=gold) for question, gold, _ in rows]
task = Task(samples, scorer=scorer)
[log] = eval(task, model=model, log_dir=sys.argv[1], display="none", max_samples=1)
again = score(log, scorer, display="none")


def told(log: Any) -> list[Any]:
    """The scores of samples, and the metrics."""
    samples = [next(iter(sample.scores.values())) for sample in log.samples]
    values = [[each.value, each.reason] for each in samples]
    metrics = {
        each.name: {name: it.value for name, it in each.metrics.items()} for each in log.results.scores
    }
    return [values, metrics]


print(json.dumps([log.status, told(log), told(again)]))
