"""One run: TRL's GRPOTrainer from a warmed-up policy, kept as CSV when it is whole."""

import csv
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from datasets import Dataset
from transformers import TrainerCallback
from trl import GRPOConfig, GRPOTrainer

from tinyv_cli.integrations.trl import TinyvReward
from training.rl.arms import ARMS, DEADLINE
from training.rl.measure import Measure
from training.rl.plan import Run
from training.rl.policy import ANSWER_TOKENS, HALF, fingerprint, kept
from training.rl.questions import questions
from training.rl.warmup import warm_state
from training.rl.watched import COMPLETIONS, Figures, Hack, Watched

STEPS, QUESTIONS, EVERY = 60, 8, 5
RATE, RATE_RISES = 1e-4, 5
LOGGED = {
    "grad_norm": "grad_norm",
    "entropy": "entropy",
    "completions/mean_length": "tokens",
    "step_time": "seconds",
}


class Watch(TrainerCallback):  # type: ignore[misc]
    """Measures the policy now and then, and keeps what the trainer logs of each step."""

    def __init__(self, measure: Measure, seed: int, every: int) -> None:
        self.measure, self.seed, self.every = measure, seed, every
        self.measured: dict[int, Figures] = {}
        self.logged: dict[int, Figures] = {}

    def on_train_begin(self, args: Any, state: Any, control: Any, **of: Any) -> None:
        """What it begins with."""
        self.measured[0] = self.measure(of["model"], 0, self.seed)

    def on_step_end(self, args: Any, state: Any, control: Any, **of: Any) -> None:
        """What it has become."""
        if state.global_step % self.every == 0:
            self.measured[state.global_step] = self.measure(of["model"], state.global_step, self.seed)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **of: Any) -> None:
        """What the trainer says of the step."""
        if all(key in logs for key in LOGGED):  # at the end there is a summary, too
            self.logged[state.global_step] = {name: round(logs[key], 4) for key, name in LOGGED.items()}


def train(made: Run, *, states: Path, folder: Path, steps: int = STEPS, every: int = EVERY) -> None:
    """Train, and keep the curve, unless it is there already."""
    if made.curve(folder).exists():
        return
    begun = time.monotonic()
    state = warm_state(made.dose, states)
    (policy, tokeniser), (reference, _) = kept(state), kept(state)
    watched = Watched(TinyvReward(question="question", deadline=DEADLINE, **ARMS[made.arm]))
    watch = Watch(Measure(tokeniser, reference.eval()), made.seed, every)
    with TemporaryDirectory() as scratch:
        settings = GRPOConfig(
            output_dir=scratch,
            seed=made.seed,
            max_steps=steps,
            per_device_train_batch_size=QUESTIONS * COMPLETIONS,
            num_generations=COMPLETIONS,
            max_completion_length=ANSWER_TOKENS,
            learning_rate=RATE,
            lr_scheduler_type="constant_with_warmup",
            warmup_steps=RATE_RISES,
            shuffle_dataset=False,
            gradient_checkpointing=False,
            bf16=HALF,
            use_cpu=True,
            logging_steps=1,
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
        )
        trainer = GRPOTrainer(
            policy,
            reward_funcs=[watched],
            args=settings,
            train_dataset=_rows(made.seed, steps),
            processing_class=tokeniser,
            callbacks=[watch],
        )
        trainer.train()
    folder.mkdir(parents=True, exist_ok=True)
    _write_hacks(made.hacks(folder), [*watched.hacks, *watch.measure.hacks])
    parts = (watched.steps, watch.logged, watch.measured)
    watch.measured[0]["state"] = fingerprint(state)
    rows = [
        {"step": step} | {k: v for part in parts for k, v in part.get(step, {}).items()}
        for step in range(steps + 1)
    ]
    _write(made.curve(folder), rows)
    print(f"{made.name}: {time.monotonic() - begun:.0f} s", flush=True)


def _rows(seed: int, steps: int) -> Dataset:
    """As many questions as a run asks, the same for every arm and dose."""
    asked = islice(questions(Random(seed), held_out=False), steps * QUESTIONS)
    return Dataset.from_list(
        [{"prompt": each.prompt, "question": each.text, "solution": each.gold} for each in asked]
    )


def _write_hacks(file: Path, hacks: Sequence[Hack]) -> None:
    _write(file, [asdict(hack) for hack in hacks], [field.name for field in fields(Hack)])


def _write(file: Path, rows: Sequence[Figures], columns: Iterable[str] = ()) -> None:
    """Write the rows, whole or not at all."""
    names = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
    beside = file.with_name(f"{file.name}.part")
    with beside.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(file)
