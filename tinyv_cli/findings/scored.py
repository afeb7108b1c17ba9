"""The file of scores as columns: what each verifier said of each labelled pair.

A verifier's score of a pair says "correct" where it reaches the threshold. What no threshold moves lies
outside of the range of p: a rule's yes above it (SURE), its no and what guards refuse below it (NEVER).
Undecided is no number.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from tinyv_cli.findings.queries import Figures, collect

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
    """Read what the figures need: of each pair some numbers and what it belongs to, no texts.

    All that is held in the end, about 50 bytes a pair: ranks are taken over all pairs.
    """
    metadata: Figures = json.loads((pq.read_metadata(path).metadata or {})[b"tinyv"])
    rules, models = list(metadata["rules"]), list(metadata["models"])
    rungs = [f"{rung['format']} {rung['model']}" for rung in metadata["rungs"]]
    frame = collect(pl.scan_parquet(path).select(_columns(rules, models, rungs)))
    accepted = {rule: frame[f"{RULE}{rule}"].fill_null(False).to_numpy() for rule in rules}
    alone = {model: frame[f"{MODEL}{model}"].to_numpy() for model in models}
    return Scored(
        frame["label"].to_numpy(),
        frame["kind"],
        frame["group"],
        frame["guard"],
        accepted,
        [
            *(Verifier(rule, None, _of_rule(frame[f"{RULE}{rule}"])) for rule in rules),
            *(Verifier(None, model, scores) for model, scores in alone.items()),
            *(
                Verifier(rule, model, np.where(yes, SURE, scores))
                for rule, yes in accepted.items()
                for model, scores in alone.items()
            ),
        ],
        [frame[f"{RUNG}{rung}"].to_numpy() for rung in rungs],
        metadata,
    )


def _columns(rules: list[str], models: list[str], rungs: list[str]) -> Iterator[pl.Expr]:
    """Of rules whether they accept, null where undecided; of models p, or NEVER where guards refuse."""
    yield pl.col("label")
    for name in ("kind", "group", "guard"):
        yield pl.col(name).cast(pl.Categorical)
    for rule in rules:
        said = pl.col(f"{RULE}{rule}")
        yield pl.when(said != "undecided").then(said == "accept").alias(said.meta.output_name())
    refused = pl.col("guard").is_not_null()
    for column in (*(f"{MODEL}{name}" for name in models), *(f"{RUNG}{name}" for name in rungs)):
        p = pl.col(column).fill_null(float("nan"))
        yield pl.when(refused).then(pl.lit(NEVER)).otherwise(p).alias(column)


def _of_rule(accepts: pl.Series) -> Scores:
    scores = accepts.replace_strict({True: SURE, False: NEVER}, default=None, return_dtype=pl.Float64)
    return scores.fill_null(float("nan")).to_numpy()
