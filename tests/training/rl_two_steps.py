"""Two steps of the miniature in a folder, with one layer of the base; asked for again, nothing is done.

Before them, whether the policy reads the questions of a step as any network of its kind would.
"""

import sys
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from transformers import LlamaModel

from training.rl import measure
from training.rl.plan import Run
from training.rl.policy import cut_base, keep, padded, shared_length
from training.rl.questions import answer, questions
from training.rl.run import train
from training.rl.warmup import warm_folder


def differences(model: Any, tokeniser: Any, prompts: list[str]) -> list[float]:
    """How far states and gradients are at most from those of a network that reads each row by itself."""
    rows = padded(tokeniser, [prompt for prompt in prompts for _ in range(4)])
    answers = torch.randint(1, len(tokeniser), (len(rows["input_ids"]), 5))
    tokens = torch.cat([rows["input_ids"], answers], dim=1)
    seen = torch.cat([rows["attention_mask"], torch.ones_like(answers)], dim=1)
    assert shared_length(tokens.tolist()) >= rows["input_ids"].shape[1] > 0
    found = []
    for forward in (model.model.forward, lambda *given: LlamaModel.forward(model.model, *given)):
        model.zero_grad()
        states = forward(tokens, seen).last_hidden_state
        assert states.shape[:2] == tokens.shape
        states.square().mean().backward()
        found.append([states, *(each.grad for each in model.model.parameters())])
    real = seen.bool()
    [(shared, *shared_grads), (alone, *alone_grads)] = found
    pairs = [(shared[real], alone[real]), *zip(shared_grads, alone_grads, strict=True)]
    return [float((one - other).abs().max() / other.abs().max()) for one, other in pairs]


folder = Path(sys.argv[1])
measure.ASKED = 6
random = Random(1)
asked = list(islice(questions(random, held_out=False), 300))
texts = [
    text for each in asked for text in (each.prompt, f" {answer(each, random, right=1.0, rejected=0.5)}")
]
base = cut_base(texts, layers=1)
far = differences(*base, [each.prompt for each in asked[:3]])
assert max(far) < 1e-4, far
keep(*base, warm_folder("some", folder / "states"))
for _ in range(2):
    train(Run("some", "proofs", 1), states=folder / "states", folder=folder / "curves", steps=2, every=2)
