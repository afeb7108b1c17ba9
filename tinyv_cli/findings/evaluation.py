"""The figures of an evaluation, computed from the file of scores alone: each verifier, by kind and group.

A verifier's score of a pair says "correct" where it reaches the threshold. What no threshold moves lies
outside of the range of p: a rule's yes above it (SURE), its no and what guards refuse below it (NEVER).
Undecided is no number, and in none of the rates.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from tinyv_cli.findings.calibrating import fit_calibration
from tinyv_cli.findings.measures import compare, measure, share
from tinyv_cli.findings.queries import Figures
from tinyv_cli.findings.thresholds import threshold_for

EVALUATION_VERSION = 1
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


def evaluation_figures(
    scored: Scored, *, threshold: float, max_fpr: float | None = None, min_recall: float | None = None
) -> Figures:
    """All figures as plain data, ready for JSON, tables or a page."""
    models = [each.model for each in scored.verifiers if each.rule is None and each.model is not None]
    read = scored.metadata
    return {
        "schema_version": EVALUATION_VERSION,
        "sources": [source["name"] for source in read["sources"]],
        "label": read["label"],
        "by": read["by"],
        "threshold": threshold,
        "read": read["counts"],
        "rules": list(scored.accepted),
        "models": models,
        "guards": _guards(scored),
        "verifiers": [_measured(each, scored, threshold) for each in scored.verifiers],
        "comparisons": [
            {
                "first": first.name,
                "second": second.name,
                **compare(scored.label, first.scores, second.scores, threshold),
            }
            for first, second in combinations(scored.verifiers, 2)
            if _comparable(first, second)
        ],
        "calibration": [
            {"model": model, "rule": scored.first_rule, **fit_calibration(*left_to_model(scored, model))}
            for model in models
        ],
        "thresholds": [
            {"model": model, "rule": scored.first_rule, **found}
            for model in models
            for found in _thresholds(scored, model, max_fpr=max_fpr, min_recall=min_recall)
        ],
        "ladder": _ladder(scored, threshold) or None,
    }


def _comparable(first: Verifier, second: Verifier) -> bool:
    """Two of a sort, or a rule and what a model adds to it."""
    same_sort = (first.rule is None, first.model is None) == (second.rule is None, second.model is None)
    return same_sort or (first.rule is not None and first.rule == second.rule)


def _guards(scored: Scored) -> Figures:
    """What the guards keep from the models of the pairs that the first rule does not accept."""
    left = scored.left(scored.first_rule)
    refused = left & scored.guard.is_not_null().to_numpy()
    reasons = pl.DataFrame({"reason": scored.guard, "correct": scored.label}).filter(pl.Series(refused))
    by_reason = reasons.group_by("reason").agg(pairs=pl.len(), correct=pl.col("correct").sum())
    return {
        "rule": scored.first_rule,
        "pairs": int(left.sum()),
        "correct": int((left & scored.label).sum()),
        "refused": int(refused.sum()),
        "refused_correct": int((refused & scored.label).sum()),
        "reasons": by_reason.sort(["pairs", "reason"], descending=[True, False]).to_dicts(),
    }


def _measured(verifier: Verifier, scored: Scored, threshold: float) -> Figures:
    def measured(chosen: Truths | slice = slice(None)) -> Figures:
        return measure(scored.label[chosen], verifier.scores[chosen], threshold)

    def groups(values: pl.Series) -> list[Figures]:
        return [
            {"value": value, **measured(chosen), "not_accepted": left_over(chosen)}
            for value, chosen in _groups(values)
        ]

    def left_over(chosen: Truths) -> Figures | None:
        """On what the rules leave of these pairs; that a rule does not accept these says its name."""
        if verifier.model is None:
            return None
        return {rule: measured(chosen & scored.left(rule)) for rule in _rules_before(verifier, scored)}

    everything = np.ones(len(scored.label), bool)
    return {
        "name": verifier.name,
        "rule": verifier.rule,
        "model": verifier.model,
        **_time(verifier, scored),
        "all": measured(),
        "not_accepted": left_over(everything),
        "kinds": groups(scored.kind),
        "by": groups(scored.group.fill_null("(none)")) if scored.metadata["by"] else None,
    }


def _rules_before(verifier: Verifier, scored: Scored) -> list[str]:
    return [verifier.rule] if verifier.rule else list(scored.accepted)


def _groups(values: pl.Series) -> Iterator[tuple[str, Truths]]:
    """Each value with where it stands, the commonest first."""
    counted = values.value_counts(name="pairs").sort(["pairs", values.name], descending=[True, False])
    for value in counted[values.name]:
        yield value, (values == value).to_numpy()


def _time(verifier: Verifier, scored: Scored) -> Figures:
    """A rule and a model together take as long as one after the other; here both judged all pairs."""
    if verifier.rule is not None and verifier.model is not None:
        return {"seconds": None, "from_cache": None, "per_second": None, "reasons": {}}
    heard = scored.metadata["rules" if verifier.model is None else "models"][verifier.name]
    return {
        "seconds": heard["seconds"],
        "from_cache": heard["from_cache"],
        "per_second": _speed(heard, scored),
        "reasons": heard["reasons"],
    }


def _speed(heard: Figures, scored: Scored) -> float | None:
    """Pairs a second; None where verdicts of earlier runs were taken, which cost nothing."""
    return None if heard["from_cache"] or not heard["seconds"] else len(scored.label) / heard["seconds"]


def left_to_model(scored: Scored, model: str) -> tuple[Truths, Scores]:
    """Labels and p of the pairs that the first rule leaves to the model and the guards let through."""
    scores = scored.of(None, model).scores
    chosen = scored.left(scored.first_rule) & (scores >= 0)
    return scored.label[chosen], scores[chosen]


def _thresholds(
    scored: Scored, model: str, *, max_fpr: float | None, min_recall: float | None
) -> Iterator[Figures]:
    """On all that the first rule does not accept, refused pairs included: an audit rejects these, too."""
    left = scored.left(scored.first_rule)
    label, scores = scored.label[left], scored.of(None, model).scores[left]
    for wanted, limit in (("max_fpr", max_fpr), ("min_recall", min_recall)):
        if limit is not None:
            yield threshold_for(label, scores, **{wanted: limit})


def _ladder(scored: Scored, threshold: float) -> list[Figures]:
    """The formats of each model, the largest first, on the pairs that the first rule does not accept."""
    rungs = sorted(
        zip(scored.metadata["rungs"], scored.rungs, strict=True),
        key=lambda each: (each[0]["model"], -each[0]["bytes"]),
    )
    largest: dict[str, Scores] = {}
    for rung, scores in rungs:
        largest.setdefault(rung["model"], scores)
    left = scored.left(scored.first_rule)
    return [
        {
            "model": rung["model"],
            "format": rung["format"],
            "bytes": rung["bytes"],
            "per_second": _speed(rung, scored),
            "agreement": _agreement(largest[rung["model"]][left], scores[left], threshold),
            "max_p_difference": _difference(largest[rung["model"]][left], scores[left]),
            **measure(scored.label[left], scores[left], threshold),
        }
        for rung, scores in rungs
    ]


def _agreement(first: Scores, second: Scores, threshold: float) -> Figures:
    """On how many of the pairs that both decided they decide alike."""
    both = ~(np.isnan(first) | np.isnan(second))
    alike = (first[both] >= threshold) == (second[both] >= threshold)
    return share(int(alike.sum()), int(both.sum()))


def _difference(first: Scores, second: Scores) -> float | None:
    """How far p moves at most."""
    apart = np.abs(first - second)
    return None if np.isnan(apart).all() else float(np.nanmax(apart))
