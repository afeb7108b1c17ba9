"""Our rewards beside those of the reward function of the paper's authors, over one stub server.

500 answers to questions of sample_data, in three modes at three weights. The rule is that of the authors'
code; the server says yes or no by question and gold. CHECKOUT is a clone of github.com/uw-nsl/TinyV: their
function asks port 8000 and wants `openai`, their rule `pylatexenc`. Prints how many rewards are equal, and by
what the others were settled. With --check, exits with 1 where one differs for another reason than those that
docs/training.md lists.

    python -m benchmarks.authors CHECKOUT [--check] [--json FILE]
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from contextlib import redirect_stdout
from hashlib import sha256
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.loop import rows
from benchmarks.machine import circumstances
from tests.faulty import SOUND, Faulty, Question, Reply, completion, served
from tinyv_cli import Verifier
from tinyv_cli.words import Mode

WEIGHTS = (0.0, 0.5, 1.0)
THEIRS = {Mode.ADDON: "addon", Mode.ONLY: "tinyv_only", Mode.MIXED: "mixed"}
PORT = 8000  # stands in the authors' code
NAME = "zhangchenxu/TinyV-1.5B"
ASKED = re.compile(r"<question>(.*?)</question>.*<ground_truth_answer>(.*?)</ground_truth_answer>", re.DOTALL)
DELIBERATE = {"guard", "disproof"}  # what a guard refuses and what is refuted is not put to the model


def stub() -> Faulty:
    """A server of models that says yes or no by a hash of question and gold."""

    def say(question: Question) -> Reply:
        found = ASKED.search(server.payloads[question.number]["messages"][-1]["content"])
        assert found is not None
        odd = sha256("".join(map(str.strip, found.groups())).encode()).digest()[0] % 2
        return SOUND if odd else Reply(completion(-5.0, -0.01, text="False"))

    server = Faulty(Reply({"object": "list", "data": [{"id": NAME, "object": "model"}]}), say)
    return server


def triples() -> list[dict[str, Any]]:
    """Eight answers to each question, and to the first some more."""
    eight = rows()
    strangers = [
        {**row, "response": other["response"]} for row, other in zip(eight, eight[100:], strict=False)
    ]
    return [*eight, *strangers][:500]


def theirs(checkout: Path, mode: Mode, weight: float) -> list[float]:
    """The rewards by the function of the authors."""
    os.chdir(checkout / "verl")  # where it looks for its configuration
    transformers: Any = ModuleType("transformers")  # imported there, and not used
    transformers.AutoModelForCausalLM = transformers.AutoTokenizer = None
    sys.modules.setdefault("transformers", transformers)
    score = import_module("reward_score.tinyv").compute_score
    with redirect_stdout(StringIO()):
        return [
            float(score(row["response"], row["answer"], {"question": row["question"]}, THEIRS[mode], weight))
            for row in triples()
        ]


def ours(mode: Mode, weight: float) -> list[tuple[float | None, str]]:
    """Our rewards, and what each rests on."""
    options: dict[str, Any] = {"rule": "reward_score.prime_math:compute_score", "no_cache": True}
    model = f"http://127.0.0.1:{PORT}/v1"
    with Verifier(model=model, proofs=False, mode=mode, weight=weight, deadline=60, **options) as verifier:
        found = verifier.verify_many(
            {"question": row["question"], "gold": row["answer"], "response": row["response"]}
            for row in triples()
        )
    return [(verdict.reward, verdict.evidence or verdict.reason or "") for verdict in found]


def main() -> None:
    """Compare, print, and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", type=Path)
    options, before = parser.parse_args(), circumstances()
    checkout, target = options.checkout.resolve(), options.json and options.json.resolve()
    package = str(checkout / "verl" / "verl" / "utils")
    sys.path.insert(0, package)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    equal, compared, differing = 0, 0, Counter[str]()
    with served(stub(), port=PORT):
        for mode in Mode:
            for weight in WEIGHTS:
                for their, (our, why) in zip(theirs(checkout, mode, weight), ours(mode, weight), strict=True):
                    compared += 1
                    equal += their == our
                    differing.update([] if their == our else [why])
    found = {"compared": compared, "equal": equal, "differing": dict(differing)}
    print(json.dumps(found, indent=2))
    if target:
        target.write_text(json.dumps({**before, **found}, indent=2))
    if options.check and set(differing) - DELIBERATE:
        sys.exit(1)


if __name__ == "__main__":
    main()
