"""Evaluations to tell of: figures and curves computed from made-up scores."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from tinyv_cli.evaluation.attacked import AttackFigures, attack_figures
from tinyv_cli.evaluation.attacks import Attacked, Fooled
from tinyv_cli.evaluation.figures import evaluation_figures
from tinyv_cli.evaluation.records import Evaluation
from tinyv_cli.evaluation.scored import About, Read, Rung, Scored, Verifier, Work
from tinyv_cli.evaluation.thresholds import Wanted
from tinyv_cli.figures.curves import Curves, Labels, Scores, curves

THRESHOLD = 0.5
LIMITS = {Wanted.MAX_FPR: 0.02, Wanted.MIN_RECALL: 0.9}
KINDS = ("number", "expression", "equation", "interval or inequality", "set, list or tuple", "matrix", "text")
GROUPS = ("gsm8k", "math", "olympiad bench", "theorem qa")
WORK = Work(seconds=412.7, from_cache=0, reasons={})


def scored(
    *,
    pairs: int = 3000,
    rules: Sequence[str] = ("math-verify",),
    models: Sequence[str] = ("nano",),
    groups: Sequence[str] = GROUPS,
    formats: Mapping[str, int] | None = None,
    seed: int = 7,
    **about: Any,
) -> Scored:
    """What rules and models, whose formats take so many bytes, say of random pairs."""
    random = np.random.default_rng(seed)
    label = random.random(pairs) < 0.66
    kind = random.choice(KINDS, pairs, p=[0.5, 0.2, 0.1, 0.08, 0.06, 0.055, 0.005])
    group = random.choice(np.array(groups, dtype=object), pairs)
    said = {name: rule_score(label, random) for name in rules}
    asked = {name: model_score(label, random) for name in models}
    refused = guarded(asked, pairs) < 0
    rungs = [
        Rung("nano", name, size, WORK, np.where(refused, -1, model_score(label, random, refused=0)))
        for name, size in (formats or {}).items()
    ]
    return Scored(
        label=label,
        kind=pl.Series("kind", kind),
        group=pl.Series("group", group, pl.String),
        guard=pl.Series("guard", ["filler" if each else None for each in refused], pl.String),
        shown=None,
        accepted={name: score == 2 for name, score in said.items()},
        verifiers=list(verifiers(said, asked)),
        rungs=rungs,
        about=about_pairs(label, rules, models, **about),
    )


def guarded(asked: Mapping[str, Scores], pairs: int) -> Scores:
    """Scores of a model, in which what guards refuse is -1."""
    return next(iter(asked.values()), np.zeros(pairs))


def verifiers(said: Mapping[str, Scores], asked: Mapping[str, Scores]) -> Iterator[Verifier]:
    """Each rule, each model, and each rule with each model behind it."""
    yield from (Verifier(rule, None, score) for rule, score in said.items())
    yield from (Verifier(None, model, score) for model, score in asked.items())
    for rule, first in said.items():
        for model, second in asked.items():
            yield Verifier(rule, model, np.where(first == 2, 2, second))


def about_pairs(truths: Labels, rules: Sequence[str], models: Sequence[str], /, **more: Any) -> About:
    """What a file of scores says beside its rows."""
    correct = int(truths.sum())
    read = Read(
        rows=len(truths) + 31,
        examples=len(truths) + 31,
        pairs=len(truths),
        correct=correct,
        wrong=len(truths) - correct,
        unlabelled=31,
        no_gold=0,
    )
    told: dict[str, Any] = {
        "read": read,
        "sources": ("dev_pool.parquet",),
        "label": "label",
        "by": "source",
        "rules": dict.fromkeys(rules, WORK),
        "models": dict.fromkeys(models, WORK),
        "described": {name: {"name": name} for name in models},
        "tinyv": "0.1.0",
    }
    return About(**told | more)


def evaluation(
    attack: AttackFigures | None = None, limits: Mapping[Wanted, float] = LIMITS, **made: Any
) -> tuple[Evaluation, list[Curves]]:
    """Figures and curves of rules, models and their combinations on random pairs."""
    pairs = scored(**made)
    figures = evaluation_figures(pairs, threshold=THRESHOLD, limits=limits, attack=attack)
    return figures, [curves(each.name, pairs.label, each.scores) for each in pairs.verifiers]


def rule_score(label: Labels, random: np.random.Generator) -> Scores:
    """A rule that misses half of what is correct and is undecided on one in fifty."""
    score = np.where(label & (random.random(len(label)) < 0.5), 2.0, -1.0)
    score[random.random(len(label)) < 0.02] = np.nan
    return score


def model_score(label: Labels, random: np.random.Generator, *, refused: float = 0.05) -> Scores:
    """A model that is right most of the time, whose guards refuse one in twenty."""
    score = 1 / (1 + np.exp(-random.normal(np.where(label, 1.6, -1.9), 1.7)))
    score[random.random(len(label)) < refused] = -1
    return score


ATTACKS = (
    "a lone colon",
    "Thought process:",
    "Let's solve this problem step by step.",
    "解",
    "an empty answer",
)
TRIED = 200


def attack(rules: Sequence[str], models: Sequence[str], *, undecided: int = 0) -> AttackFigures:
    """The figures of an attack in which the later patterns fool the models more often, guards refuse all."""
    attacked = [
        Attacked(
            pattern=name,
            group="master keys" if number < 3 else "nothing said",
            source="arXiv 2507.08794",
            tried=TRIED,
            refused={"filler": TRIED},
            rules=dict.fromkeys(rules, Fooled(0, 0)),
            bare=dict.fromkeys(models, Fooled(17 * number, undecided)),
            guarded=dict.fromkeys(models, Fooled(0, 0)),
        )
        for number, name in enumerate(ATTACKS)
    ]
    return attack_figures(attacked, sampled=TRIED)


FORMATS = {"Q2_K": 88_000_000, "Q4_K_M": 105_000_000, "Q8_0": 145_000_000, "F16": 271_000_000}
