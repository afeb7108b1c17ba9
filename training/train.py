"""Train the adapters: constant rate after a warm-up, then linearly down to nothing; the best state is kept.

The rate stays constant until the last part so that a run can be continued with more data from the state
before that part (`steady.pt`), without having chosen its length beforehand (warmup-stable-decay,
arXiv 2404.06395).
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch.nn import functional

from tinyv_cli.models.engine import Engine, EngineOptions
from tinyv_cli.models.nano import base_gguf
from training.batches import Batch, batches, shuffled_trees
from training.groups import Group
from training.network import AdaptedLinear, Network
from training.scoring import Scores, scores

WARM_UP_STEPS = 25
A_RATE = 0.5  # of the rate of B, which begins at zero
MOMENTS = (0.9, 0.98)
LARGEST_GRADIENT = 1.0
WITHOUT_QUESTION = 0.25  # of the groups: unit tests and much data have none, and the verifier must do without
KEEP_EVERY = 200  # steps: so many may be lost when a run is cut off
SMOOTHING = 0.02  # of the labels: some are wrong


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how a network is trained. Counts are answers; training ends after `answers` of them, or
    when `patience` measurements in a row have brought no better mean AUC on the development sets.
    """

    answers: int
    rate: float = 1e-3
    seed: int = 0
    measure_every: int = 20_000
    patience: int = 5
    device: str = "cpu"
    decay: float = 0.3  # the share of the run, at its end, in which the rate falls


def opened_tokenizer() -> Engine:
    """The tokeniser of the base, which comes with its engine."""
    return Engine(base_gguf(), EngineOptions(threads=1, gpu_layers=0), sequences=1)


def opened_network(tokenizer: Engine, device: str) -> Network:
    """The base with fresh adapters, which change nothing yet."""
    [true], [false] = tokenizer.tokens(" True"), tokenizer.tokens(" False")
    return Network(base_gguf(), true, false).to(device)


def load_network(network: Network, state: Path) -> Network:
    """The network as it was when the state was kept."""
    network.load_state_dict(torch.load(state, weights_only=True)["network"])
    network.refresh()
    return network


class Trainer:
    """A run: its network, optimiser, place in the data, and log. All of it is kept in its folder."""

    def __init__(self, folder: Path, course: Course) -> None:
        torch.manual_seed(course.seed)
        self.folder, self.course = folder, course
        self.tokenizer = opened_tokenizer()
        self.network = opened_network(self.tokenizer, course.device)
        layers = [module for module in self.network.modules() if isinstance(module, AdaptedLinear)]
        self.parameters = [*(layer.a for layer in layers), *(layer.b for layer in layers)]
        self.optimizer = torch.optim.Adam(
            [{"params": [layer.a for layer in layers]}, {"params": [layer.b for layer in layers]}],
            betas=MOMENTS,
        )
        self.step, self.seen, self.epoch, self.epoch_step = 0, 0, 0, 0
        self.best, self.worse = 0.0, 0
        folder.mkdir(parents=True, exist_ok=True)

    def begin_with(self, path: Path) -> dict[str, Any]:
        """Begin with what another run has learnt, on other data; returns its whole state."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.network.refresh()
        self.optimizer.load_state_dict(state["optimizer"])
        return state

    def resume(self, path: Path) -> None:
        """Go on where a run of the same data was when it kept this state."""
        state = self.begin_with(path)
        self.step, self.seen, self.epoch, self.epoch_step = state["place"]
        self.best, self.worse = state["best"], 0

    def keep(self, name: str) -> None:
        """Write the state to the folder."""
        state = {
            "network": self.network.state_dict(),
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
            if self.step % 20 == 0:
                speed = (self.seen - seen_before) / (time.monotonic() - began)
                self._log(
                    step=self.step, seen=self.seen, loss=round(mean_loss, 4), per_second=round(speed, 1)
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
            trees = shuffled_trees(groups, self.tokenizer, rng, without_question=WITHOUT_QUESTION)
            for number, batch in enumerate(batches(trees)):
                if number >= self.epoch_step:
                    yield batch
            self.epoch, self.epoch_step = self.epoch + 1, 0

    def _learn(self, batch: Batch) -> float:
        device = self.course.device
        inputs = (batch.tokens, batch.positions, batch.mask, batch.ends)
        odds = self.network(*(each.to(device) for each in inputs))
        targets = batch.labels.to(device) * (1 - SMOOTHING) + SMOOTHING / 2
        loss = functional.binary_cross_entropy_with_logits(odds, targets)
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
        measured: dict[str, Scores] = {
            name: scores(self.network, groups, self.tokenizer) for name, groups in development.items()
        }
        mean = sum(each.auc for each in measured.values()) / len(measured)
        self._log(seen=self.seen, mean_auc=round(mean, 5), **{name: str(s) for name, s in measured.items()})
        self.worse = 0 if mean > self.best else self.worse + 1
        if mean > self.best:
            self.best = mean
            self.keep("best.pt")

    def _log(self, **facts: Any) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S"), **facts})
        print(line, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            print(line, file=file)
