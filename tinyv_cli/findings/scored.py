"""The file of scores as columns: what each verifier said of each labelled pair.

A verifier's score of a pair says "correct" where it reaches the threshold. What no threshold moves lies
outside of the range of p: a rule's yes above it (SURE), its no and what guards refuse below it (NEVER).
Undecided is no number.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from tinyv_cli.findings.queries import Figures

SURE, NEVER = 2.0, -1.0
RULE, MODEL, RUNG = "rule ", "p ", "rung "  # how the columns of verifiers begin

Truths = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A rule, a model, or a rule and then a model, with its scores of all pairs."""

    rule: str | None
    model: str | None
    scores: Scores

    @property
    def name(self) -> str:
        """Rule and model in the order in which they are asked."""
        return " + ".join(filter(None, (self.rule, self.model)))


@dataclass(frozen=True, slots=True)
class Scored:
    """The file of scores as columns. `accepted` says for each rule which pairs it accepts."""

    label: Truths
    kind: pl.Series
    group: pl.Series
    guard: pl.Series
    accepted: dict[str, Truths]
    verifiers: list[Verifier]
    rungs: list[Scores]
    metadata: Figures

    @property
    def first_rule(self) -> str:
        """The rule whose rejections are looked at more closely."""
        return next(iter(self.accepted))

    def left(self, rule: str) -> Truths:
        """The pairs that this rule does not accept: those that a model is asked about."""
        return ~self.accepted[rule]

    def of(self, rule: str | None, model: str | None) -> Verifier:
        """The verifier of this rule and model."""
        return next(each for each in self.verifiers if (each.rule, each.model) == (rule, model))


def read_scores(path: Path) -> Scored:
    """Read what the figures need: of each pair some numbers and two short words, no texts."""
    metadata: Figures = json.loads((pq.read_metadata(path).metadata or {})[b"tinyv"])
    rules, models = list(metadata["rules"]), list(metadata["models"])
    rungs = [f"{rung['format']} {rung['model']}" for rung in metadata["rungs"]]
    named = [(RULE, rules), (MODEL, models), (RUNG, rungs)]
    columns = [f"{prefix}{name}" for prefix, names in named for name in names]
    frame = pl.read_parquet(path, columns=["label", "kind", "group", "guard", *columns])
    refused = frame["guard"].is_not_null().to_numpy()

    def of_models(prefix: str, names: list[str]) -> list[Scores]:
        return [np.where(refused, NEVER, frame[f"{prefix}{name}"].to_numpy()) for name in names]

    outcomes = {rule: frame[f"{RULE}{rule}"].to_numpy() for rule in rules}
    accepted = {rule: said == "accept" for rule, said in outcomes.items()}
    alone = dict(zip(models, of_models(MODEL, models), strict=True))
    return Scored(
        frame["label"].to_numpy(),
        frame["kind"],
        frame["group"],
        frame["guard"],
        accepted,
        [
            *(Verifier(rule, None, _of_rule(said)) for rule, said in outcomes.items()),
            *(Verifier(None, model, scores) for model, scores in alone.items()),
            *(
                Verifier(rule, model, np.where(yes, SURE, scores))
                for rule, yes in accepted.items()
                for model, scores in alone.items()
            ),
        ],
        of_models(RUNG, rungs),
        metadata,
    )


def _of_rule(outcomes: npt.NDArray[Any]) -> Scores:
    return np.select([outcomes == "accept", outcomes == "reject"], [SURE, NEVER], np.nan)
