"""The warm-up: a supervised stage that teaches how to answer, then one that mixes in forms and mistakes.

Both draw their answers anew. The first gives right ones, in all forms alike; the second, one for each dose,
also near misses, so that a sampled answer is right in about a third of the cases, and forms that the rule
rejects as often as the dose says. What is right is among what is sampled: reinforcement learning has to find
out which.
"""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from training.rl.policy import cut_base, half_precision, keep, kept, padded
from training.rl.questions import Question, answer, dosed, questions

# In rejected forms: fewer than the dose says, as topics with many of these are answered better, and as the
# first stage knows all forms alike.
MIXED = {"none": 0.0, "some": 0.12, "half": 0.45}
RIGHT = 0.46  # of the answers of the second stage; of what is sampled later about a third are
SEEN = 6000  # questions by whose texts the tokens are chosen
BATCH = 32
SCHOOL_STEPS, SCHOOL_RATE = 400, 5e-4
MIXED_STEPS, MIXED_RATE = 120, 5e-4
WARM_STEPS = 20  # in which the rate rises
IGNORED = -100
SEED = 25

Answer = Callable[[Question, Random], str]


def warm_state(dose: str, folder: Path) -> Path:
    """Where the warmed-up policy of a dose is kept, made unless it is there."""
    state = warm_folder(dose, folder)
    if not state.exists():
        model, tokeniser = kept(_school(folder))

        def mixed(question: Question, random: Random) -> str:
            return answer(question, random, right=RIGHT, rejected=dosed(question.topic, MIXED[dose]))

        _teach(model, tokeniser, mixed, steps=MIXED_STEPS, rate=MIXED_RATE)
        keep(model, tokeniser, state)
    return state


def warm_folder(dose: str, folder: Path) -> Path:
    """Where that policy is kept."""
    return folder / f"warm-{dose}"


def _school(folder: Path) -> Path:
    """The policy that knows the questions: it answers right, in all forms."""
    state = folder / "school"
    if not state.exists():
        folder.mkdir(parents=True, exist_ok=True)
        model, tokeniser = cut_base(_texts())
        _teach(model, tokeniser, _right_in_any_form, steps=SCHOOL_STEPS, rate=SCHOOL_RATE)
        keep(model, tokeniser, state)
    return state


def _texts() -> Iterator[str]:
    """Questions and answers that hold every token of all."""
    random = Random(SEED)
    for question in islice(questions(random, held_out=False), SEEN):
        yield question.prompt
        yield f" {_right_in_any_form(question, random)}"


def _right_in_any_form(question: Question, random: Random) -> str:
    topic = question.topic
    return answer(
        question, random, right=1.0, rejected=len(topic.rejected) / len(topic.accepted + topic.rejected)
    )


def _teach(model: Any, tokeniser: Any, answered: Answer, *, steps: int, rate: float) -> None:
    """So many steps of supervised learning, the rate falling to nothing."""
    torch.manual_seed(SEED)
    random = Random(SEED)
    asked = questions(random, held_out=False)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / WARM_STEPS, 1.0) * (1 - step / steps)
    )
    begun = time.monotonic()
    for step in range(steps):
        batch = [(question.prompt, answered(question, random)) for question in islice(asked, BATCH)]
        loss = _loss(model, tokeniser, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        if step % 20 == 0 or step == steps - 1:
            print(f"step {step}: loss {loss.item():.3f}, {time.monotonic() - begun:.0f} s", flush=True)


def _loss(model: Any, tokeniser: Any, batch: list[tuple[str, str]]) -> torch.Tensor:
    """Of the answers' tokens and the one that ends them."""
    answers = [tokeniser(f" {said}{tokeniser.eos_token}")["input_ids"] for _, said in batch]
    longest = max(map(len, answers))
    prompts = padded(tokeniser, [prompt for prompt, _ in batch])
    filled = [each + [tokeniser.pad_token_id] * (longest - len(each)) for each in answers]
    goals = [each + [IGNORED] * (longest - len(each)) for each in answers]
    tokens = torch.cat([prompts["input_ids"], torch.tensor(filled)], dim=1)
    seen = torch.cat([prompts["attention_mask"], torch.ones(len(batch), longest, dtype=torch.long)], dim=1)
    with half_precision():
        logits = model(tokens, attention_mask=seen, logits_to_keep=longest + 1).logits
    return cross_entropy(
        logits[:, :-1].flatten(0, 1).float(), torch.tensor(goals).flatten(), ignore_index=IGNORED
    )
