"""lm-eval over a task in YAML, with a model that says what it is told; prints samples, then metrics."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from lm_eval import simple_evaluate
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

rows = json.load(sys.stdin)
folder, page = Path("task"), Path(sys.argv[1]).read_text("utf-8")
folder.mkdir()
for name, block in re.findall(r"(\w+\.(?:yaml|py)):\n\n```\w+\n(.*?)```", page, re.DOTALL):
    (folder / name).write_text(block)
documents = [{"question": question, "answer": gold, "said": said} for question, gold, said in rows]
Path("questions.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in documents))


class Told(LM):  # type: ignore[misc,unused-ignore]
    """A model without weights."""

    def generate_until(self, requests: Any, disable_tqdm: bool = False) -> list[str]:
        return [each.doc["said"] for each in requests]

    def loglikelihood(self, requests: Any, disable_tqdm: bool = False) -> Any:
        raise NotImplementedError

    loglikelihood_rolling = loglikelihood


done = simple_evaluate(
    model=Told(), tasks=["mine"], task_manager=TaskManager(include_path=str(folder)), bootstrap_iters=0
)
names = ("tinyv", "rule", "tinyv_undecided")
samples = sorted(done["samples"]["mine"], key=lambda each: each["doc_id"])
print(
    json.dumps(
        [
            [{name: each[name] for name in names} for each in samples],
            {name: done["results"]["mine"][f"{name},none"] for name in names},
        ]
    )
)
