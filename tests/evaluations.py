"""Evaluations to make pages of: figures of the shape that `tinyv eval --json` has, from made-up scores."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from tinyv_cli.figures.curves import Curves, Labels, Scores, curves
from tinyv_cli.figures.statistics import wilson

THRESHOLD = 0.5
KINDS = ("number", "expression", "equation", "interval or inequality", "set, list or tuple", "matrix", "text")

Figures = dict[str, Any]


def share(part: int, of: int) -> Figures:
    return {"value": part / of if of else None, "interval": wilson(part, of)}


def around(value: float) -> Figures:
    return {"value": value, "interval": [max(0.0, value - 0.012), min(1.0, value + 0.011)]}


def measures(label: Labels, score: Scores) -> Figures:
    """What is measured of a verifier; where the product has bootstrap intervals, made-up ones."""
    decided = ~np.isnan(score)
    known, said = label[decided], score[decided] >= THRESHOLD
    tp, fn = int((known & said).sum()), int((known & ~said).sum())
    fp, tn = int((~known & said).sum()), int((~known & ~said).sum())
    both = tp + fn > 0 and fp + tn > 0
    recall, specificity = (tp / (tp + fn), tn / (fp + tn)) if both else (0.0, 0.0)
    unknown: Figures = {"value": None, "interval": None}
    return {
        "pairs": len(label),
        "correct": int(label.sum()),
        "wrong": int((~label).sum()),
        "undecided": int((~decided).sum()),
        "undecided_correct": int(label[~decided].sum()),
        "tp": tp,
        "fn": fn,
        "fp": fp,
        "tn": tn,
        "accuracy": share(tp + tn, len(known)),
        "recall": share(tp, tp + fn),
        "fpr": share(fp, fp + tn),
        "precision": share(tp, tp + fp),
        "f1": around(2 * tp / (2 * tp + fp + fn)) if both else unknown,
        "balanced_accuracy": around((recall + specificity) / 2) if both else unknown,
        "auc": around(float(roc_auc_score(known, score[decided]))) if both else unknown,
        "average_precision": around(float(average_precision_score(known, score[decided])))
        if both
        else unknown,
        "small": len(label) < 20 or tp + fn < 5 or fp + tn < 5,
    }


def evaluation(
    *,
    pairs: int = 3000,
    rules: Sequence[str] = ("math-verify",),
    models: Sequence[str] = ("nano",),
    groups: Sequence[str] = ("gsm8k", "math", "olympiad bench", "theorem qa"),
    seed: int = 7,
    **more: Any,
) -> tuple[Figures, list[Curves]]:
    """Figures and curves of rules, models and their combinations on random pairs."""
    random = np.random.default_rng(seed)
    label = random.random(pairs) < 0.66
    kind = random.choice(KINDS, pairs, p=[0.5, 0.2, 0.1, 0.08, 0.06, 0.055, 0.005])
    group = random.choice(np.array(groups, dtype=object), pairs)
    said = {name: rule_score(label, random) for name in rules}
    asked = {name: model_score(label, random) for name in models}
    scores: list[tuple[str | None, str | None, Scores]] = [
        *((rule, None, score) for rule, score in said.items()),
        *((None, model, score) for model, score in asked.items()),
        *((rule, model, np.where(said[rule] == 2, 2, asked[model])) for rule in rules for model in models),
    ]
    names = [" + ".join(filter(None, (rule, model))) for rule, model, _ in scores]

    def grouped(score: Scores, by: Any, values: Sequence[str]) -> list[Figures]:
        return [{"value": value, **measures(label[by == value], score[by == value])} for value in values]

    figures: Figures = {
        "schema_version": 1,
        "sources": ["dev_pool.parquet"],
        "label": "label",
        "by": "source",
        "threshold": THRESHOLD,
        "read": {
            "rows": pairs + 31,
            "examples": pairs + 31,
            "pairs": pairs,
            "correct": int(label.sum()),
            "wrong": int((~label).sum()),
            "unlabelled": 31,
        },
        "rules": list(rules),
        "models": list(models),
        "verifiers": [
            {
                "name": name,
                "rule": rule,
                "model": model,
                "seconds": 412.7,
                "asked": pairs,
                "per_second": pairs / 412.7 if model else None,
                "all": measures(label, score),
                "not_accepted": {r: measures(label[said[r] != 2], score[said[r] != 2]) for r in rules}
                if model
                else None,
                "kinds": grouped(score, kind, KINDS),
                "by": grouped(score, group, groups),
            }
            for name, (rule, model, score) in zip(names, scores, strict=True)
        ],
        "comparisons": [
            {
                "first": names[0],
                "second": names[-1],
                "pairs": pairs,
                "only_first_right": 61,
                "only_second_right": 877,
                "mcnemar_p": 3.1e-80,
                "accuracy_difference": {"value": 0.272, "interval": [0.254, 0.291]},
            }
        ],
        "calibration": [
            {
                "model": model,
                "rule": rule,
                "pairs": int((said[rule] != 2).sum()),
                "ece": around(0.113),
                "ece_calibrated": around(0.021),
                "slope": 0.71,
                "intercept": -0.312,
                "temperature": 1.408,
            }
            for rule in rules
            for model in models
        ],
        "thresholds": [
            {
                "model": model,
                "rule": rule,
                "wanted": wanted,
                "limit": limit,
                "threshold": around(0.8),
                "fpr": around(0.02),
                "recall": around(0.55),
            }
            for rule in rules
            for model in models
            for wanted, limit in (("max_fpr", 0.02), ("min_recall", 0.9))
        ],
        "attack": None,
        "ladder": None,
    }
    drawn = [curves(name, label, score) for name, (_, _, score) in zip(names, scores, strict=True)]
    return figures | more, drawn


def rule_score(label: Labels, random: np.random.Generator) -> Scores:
    """A rule that misses half of what is correct and is undecided on one in fifty."""
    score = np.where(label & (random.random(len(label)) < 0.5), 2.0, -1.0)
    score[random.random(len(label)) < 0.02] = np.nan
    return score


def model_score(label: Labels, random: np.random.Generator) -> Scores:
    """A model that is right most of the time, whose guards refuse one in twenty."""
    score = 1 / (1 + np.exp(-random.normal(np.where(label, 1.6, -1.9), 1.7)))
    score[random.random(len(label)) < 0.05] = -1
    return score


def attack_figures(rules: Sequence[str], models: Sequence[str]) -> Figures:
    """The patterns in the shape of `figures["attack"]`."""
    tried = 200

    def found(times: int) -> Figures:
        return {"count": times, "undecided": 0, **share(times, tried)} | {"share": times / tried}

    names = [
        "a lone colon",
        "Thought process:",
        "Let's solve this problem step by step.",
        "解",
        "an empty answer",
    ]
    return {
        "sampled": tried,
        "patterns": [
            {
                "name": name,
                "source": "arXiv 2507.08794",
                "tried": tried,
                "rules": {rule: found(0) for rule in rules},
                "models": {model: {"bare": found(17 * i), "guarded": found(0)} for model in models},
            }
            for i, name in enumerate(names)
        ],
    }


def ladder_figures() -> list[Figures]:
    """Four weights in the shape of `figures["ladder"]`."""
    return [
        {
            "model": "nano",
            "format": quant,
            "bytes": size * 10**6,
            "pairs": 3000,
            "agreement": share(agreeing, 3000),
            "recall": share(1210, 1400),
            "fpr": share(30, 900),
            "per_second": speed,
            "max_p_difference": difference,
        }
        for quant, size, agreeing, speed, difference in (
            ("Q2_K", 88, 2711, 31.4, 0.412),
            ("Q4_K_M", 105, 2913, 28.9, 0.133),
            ("Q8_0", 145, 2988, 36.2, 0.031),
            ("F16", 271, 3000, 12.3, 0.0),
        )
    ]
