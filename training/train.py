"""Train the adapters: constant rate after a warm-up, then linearly down to nothing; the best state is kept.

The rate stays constant until the last part so that a run can be continued with more data from the state
before that part (`steady.pt`), without having chosen its length beforehand (warmup-stable-decay,
arXiv 2404.06395).
"""

import csv
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch.nn import functional

from training.adapter import kept_in, learnt_in, put
from training.base import Base
from training.batches import TOKENS, Batch, batches, shuffled_trees
from training.groups import Group
from training.network import RANK, AdaptedLinear
from training.scoring import scores_by_source

WARM_UP_STEPS = 25
A_RATE = 0.5  # of the rate of B, which begins at zero
MOMENTS = (0.9, 0.98)
LARGEST_GRADIENT = 1.0
WITHOUT_QUESTION = 0.25  # of the groups: unit tests and much data have none, and the verifier must do without
LOG_EVERY = 5  # steps
KEEP_EVERY = 25  # steps: so many may be lost when a run is cut off
SMOOTHING = 0.02  # of the labels: some are wrong


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how a network is trained. Counts are answers; training ends after `answers` of them, or
    when `patience` measurements in a row have brought no better mean AUC on the development sets.
    """

    answers: int
    rate: float = 1e-3
    rank: int = RANK
    seed: int = 0
    batch_tokens: int = TOKENS
    measure_every: int = 20_000
    patience: int = 5
    device: str = "cpu"
    decay: float = 0.3  # the share of the run, at its end, in which the rate falls


class Trainer:
    """A run: its network, optimiser, place in the data, and log. All of it is kept in its folder."""

    def __init__(self, folder: Path, course: Course, base: Base) -> None:
        torch.manual_seed(course.seed)
        self.folder, self.course, self.base = folder, course, base
        self.network = base.network(course.device, rank=course.rank)
        layers = [module for module in self.network.modules() if isinstance(module, AdaptedLinear)]
        self.parameters = [*(layer.a for layer in layers), *(layer.b for layer in layers)]
        self.optimizer = torch.optim.Adam(
            [{"params": [layer.a for layer in layers]}, {"params": [layer.b for layer in layers]}],
            betas=MOMENTS,
        )
        self.step, self.seen, self.epoch, self.epoch_step = 0, 0, 0, 0
        self.best, self.worse = 0.0, 0
        folder.mkdir(parents=True, exist_ok=True)

    def begin_with(self, path: Path) -> None:
        """Begin with what another run has learnt, on other data: a state, or an exported adapter."""
        put(self.network, learnt_in(path), path)
        if path.suffix != ".gguf":
            self.optimizer.load_state_dict(kept_in(path)["optimizer"])

    def resume(self, path: Path) -> None:
        """Go on where a run of the same data was when it kept this state."""
        self.begin_with(path)
        state = kept_in(path)
        self.step, self.seen, self.epoch, self.epoch_step = state["place"]
        self.best, self.worse = state["best"], 0

    def keep(self, name: str) -> None:
        """Write the state to the folder."""
        state = {
            "network": self.network.state_dict(),
            "shape": asdict(self.network.shape),
            "optimizer": self.optimizer.state_dict(),
            "place": [self.step, self.seen, self.epoch, self.epoch_step],
            "best": self.best,
        }
        part = self.folder / f"{name}.part"
        torch.save(state, part)
        part.replace(self.folder / name)

    def run(self, groups: Sequence[Group], development: Mapping[str, Sequence[Group]]) -> None:
        """Train on the groups, in another order each time around."""
        began, seen_before, mean_loss = time.monotonic(), self.seen, None
        next_measure = self.seen + self.course.measure_every
        decaying = False
        for batch in self._batches(groups):
            if not decaying and self.seen >= self.course.answers * (1 - self.course.decay):
                decaying = True
                self.keep("steady.pt")
            loss = self._learn(batch)
            mean_loss = loss if mean_loss is None else 0.98 * mean_loss + 0.02 * loss
            if self.step % LOG_EVERY == 0:
                speed = (self.seen - seen_before) / (time.monotonic() - began)
                self._log(
                    "log.csv",
                    step=self.step,
                    seen=self.seen,
                    loss=round(mean_loss, 4),
                    rate=round(self._rate(), 7),
                    per_second=round(speed, 1),
                )
            finished = self.seen >= self.course.answers
            if finished or self.seen >= next_measure:
                next_measure += self.course.measure_every
                self._measure(development)
            if finished or self.step % KEEP_EVERY == 0:
                self.keep("last.pt")
            if finished or self.worse >= self.course.patience:
                return

    def _batches(self, groups: Sequence[Group]) -> Iterator[Batch]:
        """Batches without end; those of the epoch that were seen before a resumption are skipped."""
        while True:
            rng = Random(f"{self.course.seed} {self.epoch}")
            trees = shuffled_trees(groups, self.base, rng, without_question=WITHOUT_QUESTION)
            for number, batch in enumerate(batches(trees, self.course.batch_tokens)):
                if number >= self.epoch_step:
                    yield batch
            self.epoch, self.epoch_step = self.epoch + 1, 0

    def _learn(self, batch: Batch) -> float:
        device = self.course.device
        odds = self.network(*batch.inputs(device))
        targets = batch.labels.to(device) * (1 - SMOOTHING) + SMOOTHING / 2
        weights = batch.weights.to(device)
        losses = functional.binary_cross_entropy_with_logits(odds, targets, weights, reduction="sum")
        loss = losses / weights.sum()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.parameters, LARGEST_GRADIENT)
        a_group, b_group = self.optimizer.param_groups
        b_group["lr"] = self._rate()
        a_group["lr"] = A_RATE * b_group["lr"]
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.network.refresh()
        self.step += 1
        self.epoch_step += 1
        self.seen += len(batch.labels)
        return loss.item()

    def _rate(self) -> float:
        falling = self.course.answers * self.course.decay
        left = (self.course.answers - self.seen) / falling if falling else 1.0
        return self.course.rate * min(1.0, (self.step + 1) / WARM_UP_STEPS, max(left, 0.02))

    def _measure(self, development: Mapping[str, Sequence[Group]]) -> None:
        aucs = []
        for name, groups in development.items():
            for source, found in scores_by_source(self.network, groups, self.base).items():
                self._log("measured.csv", seen=self.seen, set=name, source=source, **asdict(found))
                if not source:
                    aucs.append(found.auc)
        mean = sum(aucs) / len(aucs)
        self.worse = 0 if mean > self.best else self.worse + 1
        if mean > self.best:
            self.best = mean
            self.keep("best.pt")

    def _log(self, name: str, **facts: Any) -> None:
        """Add a line to a table of the folder."""
        line = {"time": time.strftime("%Y-%m-%d %H:%M:%S"), **facts}
        print(*line.values(), flush=True)
        path = self.folder / name
        new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(line))
            if new:
                table.writeheader()
            table.writerow(line)
