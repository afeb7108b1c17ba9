"""The file of scores as columns: what each verifier said of each labelled pair.

A verifier's score of a pair says "correct" where it reaches the threshold. What no threshold moves lies
outside of the range of p: a rule's yes above it (SURE), its no and what guards refuse below it (NEVER).
Undecided is no number.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from tinyv_cli.documents.calibration import before_models
from tinyv_cli.figures.queries import collect
from tinyv_cli.figures.records import Count, record, told
from tinyv_cli.words import METADATA_KEY, MODEL_SCORES, PROOFS, RULE_SCORES, RUNG_SCORES

SURE, NEVER = 2.0, -1.0

Truths = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verifier:
    """A rule, a model, or a rule and what follows it, with its scores of all pairs."""

    rule: str | None
    model: str | None
    scores: Scores
    proofs: bool = False

    @property
    def name(self) -> str:
        """Its stages in the order in which they are asked."""
        return " + ".join(filter(None, (self.rule, PROOFS if self.proofs else None, self.model)))


@record
class Read:
    """What was read, and what of it can be measured."""

    rows: Count
    examples: Count
    pairs: Count = told("examples with a label and a gold")
    correct: Count = told("pairs that are right by their labels")
    wrong: Count = told("pairs that are wrong by their labels")
    unlabelled: Count = told("examples without a label that says true or false")
    no_gold: Count = told("examples without a gold")


@dataclass(frozen=True, slots=True)
class Work:
    """How a verifier went over all pairs: how long, with how many verdicts of earlier runs.

    `reasons` counts why it was undecided.
    """

    seconds: float
    from_cache: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rung:
    """A model in one of its formats, which takes so many `bytes`, with its scores of all pairs."""

    model: str
    format: str
    bytes: int
    work: Work
    scores: Scores


@dataclass(frozen=True, slots=True)
class About:
    """What the file says beside its rows: what was read, and how each rule and model went over it.

    `label` and `by` name columns, `described` says what each model is, `tinyv` which version wrote the file.
    """

    read: Read
    sources: tuple[str, ...]
    label: str
    by: str | None
    rules: Mapping[str, Work]
    models: Mapping[str, Work]
    described: Mapping[str, Mapping[str, Any]]
    tinyv: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The pairs that are proved, and those that are refuted: no model is asked about either."""

    proved: Truths
    refuted: Truths

    def behind(self, accepted: Truths, scores: Scores) -> Scores:
        """What others say where nothing is shown; a rule's yes stands."""
        return np.where(accepted | self.proved, SURE, np.where(self.refuted, NEVER, scores))


@dataclass(frozen=True, slots=True)
class Scored:
    """The file of scores as columns. `accepted` says for each rule which pairs it accepts.

    `shown` is None where no proofs were searched for.
    """

    label: Truths
    kind: pl.Series
    group: pl.Series
    guard: pl.Series
    shown: Shown | None
    accepted: dict[str, Truths]
    verifiers: list[Verifier]
    rungs: list[Rung]
    about: About

    @property
    def first_rule(self) -> str:
        """The rule whose rejections are looked at more closely."""
        return next(iter(self.accepted))

    @property
    def before_models(self) -> str:
        """What an audit by the first rule asks before it asks a model."""
        return before_models(self.first_rule, proofs=self.shown is not None)

    def left(self, rule: str) -> Truths:
        """The pairs that this rule does not accept."""
        return ~self.accepted[rule]

    def left_to_models(self) -> Truths:
        """The pairs that an audit by the first rule leaves to guards and models."""
        left = self.left(self.first_rule)
        return left if self.shown is None else left & ~self.shown.proved & ~self.shown.refuted

    def alone(self, model: str) -> Verifier:
        """A model by itself."""
        return next(each for each in self.verifiers if (each.rule, each.model) == (None, model))


def read_scores(path: Path) -> Scored:
    """Read what the figures need: of each pair some numbers and what it belongs to, no texts.

    All that is held in the end, about 50 bytes a pair: ranks are taken over all pairs.
    """
    said: dict[str, Any] = json.loads((pq.read_metadata(path).metadata or {})[METADATA_KEY.encode()])
    rules, models = list(said["rules"]), list(said["models"])
    rungs = [f"{RUNG_SCORES}{rung['format']} {rung['model']}" for rung in said["rungs"]]
    frame = collect(pl.scan_parquet(path, glob=False).select(_columns(rules, models, rungs)))
    shown = Shown(frame["proof"].to_numpy(), frame["disproof"].to_numpy()) if said["proofs"] else None
    by_rule = {rule: frame[f"{RULE_SCORES}{rule}"] for rule in rules}
    accepted = {rule: accepts.fill_null(False).to_numpy() for rule, accepts in by_rule.items()}
    alone = {model: frame[f"{MODEL_SCORES}{model}"].to_numpy() for model in models}
    scores = {rule: _of_rule(accepts) for rule, accepts in by_rule.items()}
    return Scored(
        frame["label"].to_numpy(),
        frame["kind"],
        frame["group"],
        frame["guard"],
        shown,
        accepted,
        list(_verifiers(scores, alone, accepted, shown)),
        [_rung(rung, frame[column].to_numpy()) for rung, column in zip(said["rungs"], rungs, strict=True)],
        _about(said),
    )


def _about(said: Mapping[str, Any]) -> About:
    return About(
        read=Read(**said["counts"]),
        sources=tuple(source["name"] for source in said["sources"]),
        label=said["label"],
        by=said["by"],
        rules={name: _work(heard) for name, heard in said["rules"].items()},
        models={name: _work(heard) for name, heard in said["models"].items()},
        described={name: heard["is"] for name, heard in said["models"].items()},
        tinyv=said["versions"]["tinyv"],
    )


def _work(heard: Mapping[str, Any]) -> Work:
    return Work(heard["seconds"], heard["from_cache"], heard["reasons"])


def _rung(rung: Mapping[str, Any], scores: Scores) -> Rung:
    return Rung(rung["model"], rung["format"], rung["bytes"], _work(rung), scores)


def _verifiers(
    rules: dict[str, Scores],
    models: dict[str, Scores],
    accepted: dict[str, Truths],
    shown: Shown | None,
) -> Iterator[Verifier]:
    """Each rule and model alone, each rule with proofs, and each of these with each model behind it."""
    for rule, scores in rules.items():
        yield Verifier(rule, None, scores)
    for model, scores in models.items():
        yield Verifier(None, model, scores)
    if shown is not None:
        for rule, scores in rules.items():
            yield Verifier(rule, None, shown.behind(accepted[rule], scores), proofs=True)
    for rule, yes in accepted.items():
        for model, scores in models.items():
            yield Verifier(rule, model, np.where(yes, SURE, scores))
            if shown is not None:
                yield Verifier(rule, model, shown.behind(yes, scores), proofs=True)


def _columns(rules: list[str], models: list[str], rungs: list[str]) -> Iterator[pl.Expr]:
    """Of rules whether they accept, null where undecided; of models p, or NEVER where guards refuse."""
    yield pl.col("label")
    yield pl.col("proof").is_not_null()
    yield pl.col("disproof").is_not_null()
    for name in ("kind", "group", "guard"):
        yield pl.col(name).cast(pl.Categorical)
    for rule in rules:
        said = pl.col(f"{RULE_SCORES}{rule}")
        yield pl.when(said != "undecided").then(said == "accept").alias(said.meta.output_name())
    refused = pl.col("guard").is_not_null()
    for column in (*(f"{MODEL_SCORES}{name}" for name in models), *rungs):
        p = pl.col(column).fill_null(float("nan"))
        yield pl.when(refused).then(pl.lit(NEVER)).otherwise(p).alias(column)


def _of_rule(accepts: pl.Series) -> Scores:
    scores = accepts.replace_strict({True: SURE, False: NEVER}, default=None, return_dtype=pl.Float64)
    return scores.fill_null(float("nan")).to_numpy()
