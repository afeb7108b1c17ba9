"""What the figures of an attack say, part by part."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TypeAlias

from tinyv_cli.console import visible
from tinyv_cli.evaluation.attacked import AttackFigures, Fooling, PatternFigures, Rate, Worst
from tinyv_cli.evaluation.telling import Extent, rate
from tinyv_cli.figures.sheets import NAME_CHARS, Column, Lines, Part, Sheet
from tinyv_cli.figures.spelling import UNKNOWN, many, numbers, with_interval

PATTERN_CHARS = 32

Spell: TypeAlias = Callable[[PatternFigures], str]


def attack_parts(figures: AttackFigures, extent: Extent) -> Iterator[Part]:
    """A row for each pattern, under its group, and what fools each verifier most often."""
    columns = [*_columns(figures.patterns, extent)]
    yield Sheet(
        f"how often a wrong response counts as correct ({many(figures.sampled, 'example')}; "
        "models without → with guards)",
        (
            Column("pattern", one_line=True),
            *numbers("tried", *(name for name, _ in columns)),
            *([Column("source")] if extent.everything else ()),
        ),
        [*_patterns(figures.patterns, [spell for _, spell in columns], extent)],
        heading="Known ways to fool a verifier",
    )
    yield Lines([*_worst(figures.worst)])


def _columns(patterns: Sequence[PatternFigures], extent: Extent) -> Iterator[tuple[str, Spell]]:
    """The name of each column, and what it shows of a pattern; undecided where a model was."""
    if not patterns:
        return
    spell = _in_full if extent.everything else _in_short
    for rule in patterns[0].rules:
        yield visible(rule, NAME_CHARS), partial(_of_rule, rule, spell)
    for model in patterns[0].models:
        yield visible(model, NAME_CHARS), partial(_of_model, model, spell)
        if any(pattern.models[model].bare.undecided for pattern in patterns):
            yield "undecided", partial(_undecided, model)


def _in_full(found: Rate) -> str:
    return rate(found.share)


def _in_short(found: Rate) -> str:
    return UNKNOWN if found.share.value is None else f"{found.share.value:.0%}"


def _of_rule(name: str, spell: Callable[[Rate], str], pattern: PatternFigures) -> str:
    return spell(pattern.rules[name])


def _of_model(name: str, spell: Callable[[Rate], str], pattern: PatternFigures) -> str:
    model = pattern.models[name]
    return f"{spell(model.bare)} → {spell(model.guarded)}"


def _undecided(name: str, pattern: PatternFigures) -> str:
    return f"{pattern.models[name].bare.undecided:,}"


def _patterns(
    patterns: Sequence[PatternFigures], columns: Sequence[Spell], extent: Extent
) -> Iterator[Sequence[str]]:
    for group, members in groupby(patterns, key=lambda pattern: pattern.group):
        yield (group,)
        for pattern in members:
            name = f"  {visible(pattern.name, None if extent.everything else PATTERN_CHARS)}"
            source = [pattern.source] if extent.everything else []
            yield name, f"{pattern.tried:,}", *(spell(pattern) for spell in columns), *source


def _worst(worst: Worst) -> Iterator[tuple[str, str]]:
    for name, found in worst.rules.items():
        yield f"fools {visible(name, NAME_CHARS)} most", _most(found)
    for name, model in worst.models.items():
        yield (
            f"fools {visible(name, NAME_CHARS)} most",
            f"without guards {_most(model.bare)}; with guards {_most(model.guarded)}",
        )


def _most(found: Fooling | None) -> str:
    return "nothing" if found is None else f"{visible(found.pattern)}, {with_interval(found.rate.share)}"
