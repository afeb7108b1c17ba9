"""Two steps of the miniature in a folder, with one layer of the base; asked for again, nothing is done.

Before them, whether the policy reads the questions of a step as any network of its kind would.
"""

import sys
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from transformers import LlamaForCausalLM

from training.rl import measure
from training.rl.plan import Run
from training.rl.policy import HALF, answers, cut_base, keep, log_likelihoods, padded, shared_length
from training.rl.questions import answer, questions
from training.rl.run import train
from training.rl.warmup import warm_folder


def differences(model: Any, tokeniser: Any, prompts: list[str]) -> list[float]:
    """How far states and gradients are at most from those of a network that reads each row by itself."""
    rows = padded(tokeniser, [prompt for prompt in prompts for _ in range(4)])
    answers = torch.randint(1, len(tokeniser), (len(rows["input_ids"]), 5))
    said = torch.arange(5) < torch.randint(2, 6, (len(answers), 1))  # some end earlier
    tokens = torch.cat([rows["input_ids"], answers], dim=1)
    seen = torch.cat([rows["attention_mask"], said.long()], dim=1)
    assert shared_length(tokens.tolist()) >= rows["input_ids"].shape[1] > 0
    plain = LlamaForCausalLM(model.config)
    plain.load_state_dict(model.state_dict())
    found = []
    for network in (model, plain):
        network.zero_grad()
        states = network.model(tokens, seen).last_hidden_state
        assert states.shape[:2] == tokens.shape
        states = states[seen.bool()]
        states.square().mean().backward()
        found.append([states, *(each.grad for each in network.model.parameters())])
    pairs = zip(*found, strict=True)
    return [float((one - other).abs().max() / other.abs().max()) for one, other in pairs]


def disagreement(model: Any, tokeniser: Any, prompts: list[str]) -> float:
    """How far the likelihoods of answers are at most, in nats, as they are given and as they are read."""
    answered = answers(model, tokeniser, prompts)
    return float((answered.log_likelihoods - log_likelihoods(model, answered)).abs().max())


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
for some in ([each.prompt for each in asked[:6]], [asked[0].prompt] * 6):  # of several lengths, and of one
    off = disagreement(*base, some)
    assert off < (0.5 if HALF else 1e-3), off
keep(*base, warm_folder("some", folder / "states"))
for _ in range(2):
    train(Run("some", "proofs", 1), states=folder / "states", folder=folder / "curves", steps=2, every=2)
