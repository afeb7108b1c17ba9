"""The figures of an evaluation, computed from the file of scores alone: each verifier, by kind and group."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

import numpy as np
import polars as pl

from tinyv_cli.documents.calibration import Calibration
from tinyv_cli.errors import UsageError
from tinyv_cli.evaluation.attacked import AttackFigures
from tinyv_cli.evaluation.calibrating import NoMap, calibrated_scores, fit_calibration
from tinyv_cli.evaluation.records import (
    EVALUATION_VERSION,
    CalibrationFigures,
    Comparison,
    Effort,
    Evaluation,
    GroupFigures,
    Guards,
    Made,
    Refused,
    RungFigures,
    ThresholdFigures,
    VerifierFigures,
)
from tinyv_cli.evaluation.scored import NEVER, Read, Rung, Scored, Scores, Truths, Verifier, Work
from tinyv_cli.evaluation.thresholds import (
    THRESHOLDS,
    Threshold,
    Wanted,
    operating_points,
    threshold_for,
)
from tinyv_cli.figures.measures import FEW_PAIRS, Measures, compare, measure
from tinyv_cli.figures.records import Share, share_of
from tinyv_cli.words import DEFAULT_THRESHOLD

MOST_GROUPS = 100  # of a column with a value of its own in each row the largest say as much as all
NO_MAP = {
    NoMap.FEW_PAIRS: "too few pairs that the rule does not accept, in all or of the correct or wrong ones",
    NoMap.ONE_P: "it says the same p of all pairs",
    NoMap.NOT_RISING: "its p does not rise with the share of correct answers",
}


def evaluation_figures(
    scored: Scored,
    *,
    threshold: float,
    limits: Mapping[Wanted, float] | None = None,
    attack: AttackFigures | None = None,
) -> Evaluation:
    """All figures of an evaluation. `limits` are those that a threshold is looked for to keep to."""
    models, about = list(scored.about.models), scored.about
    return Evaluation(
        schema_version=EVALUATION_VERSION,
        made=Made(about.tinyv, date.today().isoformat()),
        sources=about.sources,
        label=about.label,
        by=about.by,
        threshold=threshold,
        read=about.read,
        rules=list(scored.accepted),
        models=models,
        warnings=list(_warnings(about.read)),
        guards=_guards(scored),
        verifiers=[_measured(each, scored, threshold) for each in scored.verifiers],
        comparisons=[
            Comparison(first.name, second.name, compare(scored.label, first.scores, second.scores, threshold))
            for first, second in combinations(scored.verifiers, 2)
            if _comparable(first, second)
        ],
        calibration=[
            CalibrationFigures(model, scored.before_models, fit_calibration(*left_to_model(scored, model)))
            for model in models
        ],
        thresholds=[
            ThresholdFigures(model, scored.before_models, _threshold(scored, model, wanted, limit))
            for model in models
            for wanted, limit in (limits or {}).items()
        ],
        ladder=_ladder(scored, threshold) or None,
        attack=attack,
    )


def _warnings(read: Read) -> Iterator[str]:
    """What the pairs are too few, or too much of one kind, to say."""
    if not read.pairs:
        return
    if read.pairs < FEW_PAIRS:
        yield f"{read.pairs} pairs are too few to say much: see how wide the intervals are"
    for name, of_these, other, lost in (
        ("correct", read.correct, "wrong", "false positives, precision and AUC"),
        ("wrong", read.wrong, "correct", "recall and AUC"),
    ):
        if of_these == read.pairs:
            yield f"all pairs are {name} by their labels; without any {other} nothing is known of {lost}"


def _comparable(first: Verifier, second: Verifier) -> bool:
    """Two of a sort, or two of a rule, of which the one has something that the other lacks."""
    sorts = [(each.rule is None, each.model is None, each.proofs) for each in (first, second)]
    return sorts[0] == sorts[1] or (first.rule is not None and first.rule == second.rule)


def _guards(scored: Scored) -> Guards:
    """What the guards keep from the models of the pairs that come to them."""
    left = scored.left_to_models()
    refused = left & scored.guard.is_not_null().to_numpy()
    reasons = pl.DataFrame({"reason": scored.guard, "correct": scored.label}).filter(pl.Series(refused))
    by_reason = reasons.cast({"reason": pl.String}).group_by("reason")
    counted = by_reason.agg(pairs=pl.len(), correct=pl.col("correct").sum())
    commonest = counted.sort(["pairs", "reason"], descending=[True, False])
    return Guards(
        rule=scored.before_models,
        pairs=int(left.sum()),
        correct=int((left & scored.label).sum()),
        refused=int(refused.sum()),
        refused_correct=int((refused & scored.label).sum()),
        reasons=[Refused(**row) for row in commonest.to_dicts()],
    )


def _measured(verifier: Verifier, scored: Scored, threshold: float) -> VerifierFigures:
    def measured(chosen: Truths | slice = slice(None)) -> Measures:
        return measure(scored.label[chosen], verifier.scores[chosen], threshold)

    def groups(values: pl.Series) -> list[GroupFigures]:
        return [GroupFigures(value, measured(chosen), left_over(chosen)) for value, chosen in _groups(values)]

    def left_over(chosen: Truths) -> dict[str, Measures] | None:
        """On what the rules leave of these pairs; that a rule does not accept these says its name."""
        if verifier.model is None and not verifier.proofs:
            return None
        return {rule: measured(chosen & scored.left(rule)) for rule in _rules_before(verifier, scored)}

    return VerifierFigures(
        name=verifier.name,
        rule=verifier.rule,
        proofs=verifier.proofs,
        model=verifier.model,
        effort=_effort(verifier, scored),
        all=measured(),
        not_accepted=left_over(np.ones(len(scored.label), bool)),
        kinds=groups(scored.kind),
        by=groups(scored.group) if scored.about.by else None,
    )


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


def _effort(verifier: Verifier, scored: Scored) -> Effort:
    """A rule and a model together take as long as one after the other; here both judged all pairs."""
    if verifier.rule is not None and (verifier.model is not None or verifier.proofs):
        return Effort(None, None, None, None, {})
    about = scored.about
    work = (about.rules if verifier.model is None else about.models)[verifier.name]
    return Effort(
        seconds=work.seconds,
        asked=int((verifier.scores != NEVER).sum()) if verifier.model else len(scored.label),
        from_cache=work.from_cache,
        per_second=_speed(work, scored),
        reasons=work.reasons,
    )


def _speed(work: Work, scored: Scored) -> float | None:
    """Pairs a second; None where verdicts of earlier runs were taken, which cost nothing."""
    return None if work.from_cache or not work.seconds else len(scored.label) / work.seconds


def left_to_model(scored: Scored, model: str) -> tuple[Truths, Scores]:
    """Labels and p of the pairs that come to the model and that the guards let through."""
    scores = scored.alone(model).scores
    chosen = scored.left_to_models() & (scores >= 0)
    return scored.label[chosen], scores[chosen]


def calibration_of(scored: Scored, model: str) -> Calibration:
    """What `tinyv audit --calibration` needs of a model. Raises UsageError where the pairs allow no map."""
    fitted = fit_calibration(*left_to_model(scored, model))
    if fitted.reason is not None:
        raise UsageError(f"no calibration of {model}: {NO_MAP[fitted.reason]}")
    slope, intercept, before, after = (
        *(fitted.map.slope, fitted.map.intercept),
        *(fitted.ece.value, fitted.ece_calibrated.value),
    )
    assert slope is not None and intercept is not None and before is not None and after is not None
    left = scored.left_to_models()
    scores = calibrated_scores(scored.alone(model).scores[left], slope=slope, intercept=intercept)
    [own] = calibrated_scores(np.array([DEFAULT_THRESHOLD]), slope=slope, intercept=intercept).tolist()
    return Calibration(
        model={name: it for name, it in scored.about.described[model].items() if name != "calibration"},
        rule=scored.before_models,
        slope=slope,
        intercept=intercept,
        temperature=fitted.map.temperature,
        ece=before,
        ece_calibrated=after,
        correct=fitted.correct,
        wrong=fitted.wrong,
        sources=scored.about.sources,
        operating_points=tuple(
            operating_points(scored.label[left], scores, sorted({*THRESHOLDS, own}))  # also where p was 0.5
        ),
        tinyv=scored.about.tinyv,
        date=date.today().isoformat(),
    )


def _threshold(scored: Scored, model: str, wanted: Wanted, limit: float) -> Threshold:
    """On all pairs that come to the model, refused ones included: an audit rejects these, too."""
    left = scored.left_to_models()
    return threshold_for(scored.label[left], scored.alone(model).scores[left], wanted, limit)


def _ladder(scored: Scored, threshold: float) -> list[RungFigures]:
    """The formats of each model, the largest first, on the pairs that come to it."""
    rungs = sorted(scored.rungs, key=lambda rung: (rung.model, -rung.bytes))
    largest: dict[str, Rung] = {}
    for rung in rungs:
        largest.setdefault(rung.model, rung)
    left = scored.left_to_models()
    return [
        RungFigures(
            model=rung.model,
            format=rung.format,
            bytes=rung.bytes,
            per_second=_speed(rung.work, scored),
            agreement=_agreement(largest[rung.model].scores[left], rung.scores[left], threshold),
            max_p_difference=_difference(largest[rung.model].scores[left], rung.scores[left]),
            measures=measure(scored.label[left], rung.scores[left], threshold),
        )
        for rung in rungs
    ]


def _agreement(first: Scores, second: Scores, threshold: float) -> Share:
    """On how many of the pairs that both decided they decide alike."""
    both = ~(np.isnan(first) | np.isnan(second))
    alike = (first[both] >= threshold) == (second[both] >= threshold)
    return share_of(int(alike.sum()), int(both.sum()))


def _difference(first: Scores, second: Scores) -> float | None:
    """How far p moves at most."""
    apart = np.abs(first - second)
    return None if np.isnan(apart).all() else float(np.nanmax(apart))
