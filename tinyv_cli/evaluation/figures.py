"""The figures of an evaluation, computed from the file of scores alone: each verifier, by kind and group."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import numpy as np
import polars as pl

from tinyv_cli.documents.calibration import Calibration, OperatingPoint
from tinyv_cli.errors import UsageError
from tinyv_cli.evaluation.calibrating import calibrated_scores, fit_calibration
from tinyv_cli.evaluation.scored import NEVER, Scored, Scores, Truths, Verifier
from tinyv_cli.evaluation.thresholds import operating_points, threshold_for
from tinyv_cli.figures.measures import FEW_PAIRS, compare, measure, share
from tinyv_cli.figures.queries import Figures

EVALUATION_VERSION = 1
MOST_GROUPS = 100  # of a column with a value of its own in each row the largest say as much as all
NO_MAP = {
    "few_pairs": "too few pairs that the rule does not accept, in all or of the correct or the wrong ones",
    "one_p": "it says the same p of all pairs",
    "not_rising": "its p does not rise with the share of correct answers",
}


def evaluation_figures(
    scored: Scored, *, threshold: float, max_fpr: float | None = None, min_recall: float | None = None
) -> Figures:
    """All figures as plain data, ready for JSON, tables or a page."""
    models = [each.model for each in scored.verifiers if each.rule is None and each.model is not None]
    read = scored.metadata
    return {
        "schema_version": EVALUATION_VERSION,
        "made": {"tinyv": read["versions"]["tinyv"], "date": date.today().isoformat()},
        "sources": [source["name"] for source in read["sources"]],
        "label": read["label"],
        "by": read["by"],
        "threshold": threshold,
        "read": read["counts"],
        "rules": list(scored.accepted),
        "models": models,
        "warnings": list(_warnings(read["counts"])),
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
            {"model": model, "rule": scored.before_models, **fit_calibration(*left_to_model(scored, model))}
            for model in models
        ],
        "thresholds": [
            {"model": model, "rule": scored.before_models, **found}
            for model in models
            for found in _thresholds(scored, model, max_fpr=max_fpr, min_recall=min_recall)
        ],
        "ladder": _ladder(scored, threshold) or None,
        "attack": None,
    }


def _warnings(counts: Figures) -> Iterator[str]:
    """What the pairs are too few, or too much of one kind, to say."""
    if not counts["pairs"]:
        return
    if counts["pairs"] < FEW_PAIRS:
        yield f"{counts['pairs']} pairs are too few to say much: see how wide the intervals are"
    for name, other, lost in (
        ("correct", "wrong", "false positives, precision and AUC"),
        ("wrong", "correct", "recall and AUC"),
    ):
        if counts[name] == counts["pairs"]:
            yield f"all pairs are {name} by their labels; without any {other} nothing is known of {lost}"


def _comparable(first: Verifier, second: Verifier) -> bool:
    """Two of a sort, or two of a rule, of which the one has something that the other lacks."""
    sorts = [(each.rule is None, each.model is None, each.proofs) for each in (first, second)]
    return sorts[0] == sorts[1] or (first.rule is not None and first.rule == second.rule)


def _guards(scored: Scored) -> Figures:
    """What the guards keep from the models of the pairs that come to them."""
    left = scored.left_to_models()
    refused = left & scored.guard.is_not_null().to_numpy()
    reasons = pl.DataFrame({"reason": scored.guard, "correct": scored.label}).filter(pl.Series(refused))
    by_reason = reasons.cast({"reason": pl.String}).group_by("reason")
    counted = by_reason.agg(pairs=pl.len(), correct=pl.col("correct").sum())
    return {
        "rule": scored.before_models,
        "pairs": int(left.sum()),
        "correct": int((left & scored.label).sum()),
        "refused": int(refused.sum()),
        "refused_correct": int((refused & scored.label).sum()),
        "reasons": counted.sort(["pairs", "reason"], descending=[True, False]).to_dicts(),
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
        if verifier.model is None and not verifier.proofs:
            return None
        return {rule: measured(chosen & scored.left(rule)) for rule in _rules_before(verifier, scored)}

    everything = np.ones(len(scored.label), bool)
    return {
        "name": verifier.name,
        "rule": verifier.rule,
        "proofs": verifier.proofs,
        "model": verifier.model,
        **_time(verifier, scored),
        "all": measured(),
        "not_accepted": left_over(everything),
        "kinds": groups(scored.kind),
        "by": groups(scored.group) if scored.metadata["by"] else None,
    }


def _rules_before(verifier: Verifier, scored: Scored) -> list[str]:
    return [verifier.rule] if verifier.rule else list(scored.accepted)


def _groups(values: pl.Series) -> Iterator[tuple[str, Truths]]:
    """Each value with where it stands, the commonest first; null is `(none)`."""
    counted = values.value_counts(name="pairs").cast({values.name: pl.String})
    for value, _ in (
        counted.sort(["pairs", values.name], descending=[True, False]).head(MOST_GROUPS).iter_rows()
    ):
        chosen = values.is_null() if value is None else values == value
        yield "(none)" if value is None else value, chosen.fill_null(False).to_numpy()


def _time(verifier: Verifier, scored: Scored) -> Figures:
    """A rule and a model together take as long as one after the other; here both judged all pairs."""
    if verifier.rule is not None and (verifier.model is not None or verifier.proofs):
        return {"seconds": None, "asked": None, "from_cache": None, "per_second": None, "reasons": {}}
    heard = scored.metadata["rules" if verifier.model is None else "models"][verifier.name]
    return {
        "seconds": heard["seconds"],
        "asked": int((verifier.scores != NEVER).sum()) if verifier.model else len(scored.label),
        "from_cache": heard["from_cache"],
        "per_second": _speed(heard, scored),
        "reasons": heard["reasons"],
    }


def _speed(heard: Figures, scored: Scored) -> float | None:
    """Pairs a second; None where verdicts of earlier runs were taken, which cost nothing."""
    return None if heard["from_cache"] or not heard["seconds"] else len(scored.label) / heard["seconds"]


def left_to_model(scored: Scored, model: str) -> tuple[Truths, Scores]:
    """Labels and p of the pairs that come to the model and that the guards let through."""
    scores = scored.alone(model).scores
    chosen = scored.left_to_models() & (scores >= 0)
    return scored.label[chosen], scores[chosen]


def calibration_of(scored: Scored, model: str) -> Calibration:
    """What `tinyv audit --calibration` needs of a model. Raises UsageError where the pairs allow no map."""
    fitted = fit_calibration(*left_to_model(scored, model))
    if fitted["reason"] is not None:
        raise UsageError(f"no calibration of {model}: {NO_MAP[fitted['reason']]}")
    left = scored.left_to_models()
    slope, intercept = fitted["slope"], fitted["intercept"]
    scores = calibrated_scores(scored.alone(model).scores[left], slope=slope, intercept=intercept)
    points = operating_points(scored.label[left], scores)
    return Calibration(
        model=scored.metadata["models"][model]["is"],
        rule=scored.before_models,
        slope=slope,
        intercept=intercept,
        temperature=fitted["temperature"],
        ece=fitted["ece"]["value"],
        ece_calibrated=fitted["ece_calibrated"]["value"],
        correct=fitted["correct"],
        wrong=fitted["wrong"],
        sources=tuple(source["name"] for source in scored.metadata["sources"]),
        operating_points=tuple(OperatingPoint(**point) for point in points),
        tinyv=scored.metadata["versions"]["tinyv"],
        date=date.today().isoformat(),
    )


def _thresholds(
    scored: Scored, model: str, *, max_fpr: float | None, min_recall: float | None
) -> Iterator[Figures]:
    """On all pairs that come to the model, refused ones included: an audit rejects these, too."""
    left = scored.left_to_models()
    label, scores = scored.label[left], scored.alone(model).scores[left]
    for wanted, limit in (("max_fpr", max_fpr), ("min_recall", min_recall)):
        if limit is not None:
            yield threshold_for(label, scores, **{wanted: limit})


def _ladder(scored: Scored, threshold: float) -> list[Figures]:
    """The formats of each model, the largest first, on the pairs that come to it."""
    rungs = sorted(
        zip(scored.metadata["rungs"], scored.rungs, strict=True),
        key=lambda each: (each[0]["model"], -each[0]["bytes"]),
    )
    largest: dict[str, Scores] = {}
    for rung, scores in rungs:
        largest.setdefault(rung["model"], scores)
    left = scored.left_to_models()
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
