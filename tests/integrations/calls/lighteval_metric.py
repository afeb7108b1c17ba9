"""lighteval's own applying and aggregating of a metric; prints each document's numbers, then theirs."""

import json
import sys

from lighteval.metrics import apply_metric
from lighteval.models.model_output import ModelResponse
from lighteval.tasks.requests import Doc

from tinyv_cli.integrations.lighteval import tinyv

rows = json.load(sys.stdin)
metric = tinyv(deadline=60)
docs = [Doc(query=question, choices=[gold], gold_index=0) for question, gold, _ in rows]
found = apply_metric([ModelResponse(text=[said]) for _, _, said in rows], docs, [metric])
over_all = {
    name: float(aggregate([each[name] for each in found]))
    for name, aggregate in metric.get_corpus_aggregations().items()
}
print(json.dumps([found, over_all]))
