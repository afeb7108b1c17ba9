"""What the figures of an evaluation say, part by part, and as the terminal and Markdown show it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import RenderableType

from tinyv_cli.console import visible
from tinyv_cli.evaluation.attack_tables import attack_parts
from tinyv_cli.evaluation.records import (
    CalibrationFigures,
    Comparison,
    Evaluation,
    GroupFigures,
    RungFigures,
    ThresholdFigures,
    VerifierFigures,
)
from tinyv_cli.evaluation.telling import SCREEN, WHOLE, Extent, ends, rate, score
from tinyv_cli.evaluation.thresholds import Wanted
from tinyv_cli.figures.measures import Measures
from tinyv_cli.figures.sheets import NAME_CHARS, Cell, Column, Lines, Part, Sheet, as_markdown, as_rich
from tinyv_cli.figures.spelling import (
    UNKNOWN,
    count,
    decimal,
    listed,
    many,
    megabytes,
    numbers,
    part_of,
    percent,
    points_between,
    with_interval,
)

if TYPE_CHECKING:
    from tinyv_cli.evaluation.drawings import Drawings

FEW = "†"
WANTED = {Wanted.MAX_FPR: "false positives at most", Wanted.MIN_RECALL: "recall at least"}


@dataclass(frozen=True, slots=True)
class _Judge:
    """A verifier as the head of a column, and what was measured of it where the table looks."""

    name: str
    verifier: VerifierFigures
    measures: Measures

    def column(self) -> Column:
        """The head of its column, marked where there are few pairs."""
        return Column(visible(self.name, NAME_CHARS) + (f" {FEW}" if self.measures.small else ""))


def evaluation_tables(figures: Evaluation) -> RenderableType:
    """What the figures say, for the terminal, with text from the data made harmless."""
    return as_rich(evaluation_parts(figures, SCREEN))


def evaluation_markdown(figures: Evaluation) -> str:
    """All that they say, as Markdown."""
    return as_markdown(evaluation_parts(figures, WHOLE))


def evaluation_parts(
    figures: Evaluation, extent: Extent, drawings: "Drawings | None" = None
) -> Iterator[Part]:
    """What there is to tell, in order; with charts where there are `drawings`."""
    yield Lines(list(_lines(figures)))
    if figures.read.pairs:
        yield from _verifiers(figures, extent)
        yield from _left(figures, extent)
        if drawings is not None:
            yield from drawings.curves()
            yield from drawings.probabilities()
        yield from _groups(figures, lambda one: one.kinds, "kind", extent, drawings)
        if figures.by is not None:
            yield from _groups(figures, lambda one: one.by or (), figures.by, extent, drawings)
        if figures.ladder:
            yield _ladder(figures.ladder, figures.guards.rule)
        if figures.comparisons:
            yield _comparisons(figures.comparisons)
        yield from _settings(figures, extent)
    if figures.attack is not None:
        yield from attack_parts(figures.attack, extent)


def _lines(figures: Evaluation) -> Iterator[tuple[str, str]]:
    read, guards = figures.read, figures.guards
    missing = {"without a label that says true or false": read.unlabelled, "without a gold": read.no_gold}
    left_out = "; ".join(f"{number:,} {what}" for what, number in missing.items() if number)
    yield "read", f"{many(read.examples, 'example')}{f', {left_out}' if left_out else ''}"
    if not read.pairs:
        return
    yield (
        "pairs",
        f"{read.pairs:,} by the label '{visible(figures.label, NAME_CHARS)}': "
        f"{part_of(read.correct, read.pairs)} correct, {part_of(read.wrong, read.pairs)} wrong",
    )
    for warning in figures.warnings:
        yield "beware", warning
    for verifier in figures.verifiers:
        if verifier.effort.reasons:
            reasons = listed(verifier.effort.reasons).removeprefix(": ")
            yield f"{visible(verifier.name, NAME_CHARS)} undecided", reasons
    if figures.models and guards.refused:
        wrong, correct = guards.refused - guards.refused_correct, guards.refused_correct
        yield (
            "guards",
            f"refuse {wrong:,} wrong and {correct:,} correct of the {guards.pairs:,} "
            f"({guards.correct:,} correct) that {visible(guards.rule)} leaves",
        )


MEASURES: Mapping[str, Callable[[Measures], str]] = {
    "undecided": lambda found: count(found.undecided),
    "recall": lambda found: rate(found.recall),
    "false pos.": lambda found: rate(found.fpr),
    "precision": lambda found: rate(found.precision),
    "accuracy": lambda found: rate(found.accuracy),
    "balanced": lambda found: rate(found.balanced_accuracy),
    "F1": lambda found: score(found.f1),
    "AUC": lambda found: score(found.auc),
    "avg. prec.": lambda found: score(found.average_precision),
}
COUNTS: Mapping[str, Callable[[Measures], str]] = {
    "correct accepted": lambda found: count(found.tp),
    "correct rejected": lambda found: count(found.fn),
    "wrong accepted": lambda found: count(found.fp),
    "wrong rejected": lambda found: count(found.tn),
    "undecided, correct": lambda found: count(found.undecided_correct),
}


def _verifiers(figures: Evaluation, extent: Extent) -> Iterator[Sheet]:
    title = f"on all {figures.read.pairs:,} pairs, threshold {figures.threshold:g} (95% interval)"
    judges = [_Judge(each.name, each, each.all) for each in figures.verifiers]
    for number, some in enumerate(extent.side_by_side(judges)):
        efforts, heading = [*_efforts(some, extent)], "" if number else "Every verifier"
        yield _measured(title, some, extent, more=efforts, heading=heading)


def _efforts(judges: Sequence[_Judge], extent: Extent) -> Iterator[Sequence[str]]:
    """How fast they are, where that is known of any."""
    efforts = [judge.verifier.effort for judge in judges]
    if extent.everything:
        yield "asked", *(count(effort.asked) for effort in efforts)
        yield "seconds", *(count(effort.seconds) for effort in efforts)
    if any(effort.per_second for effort in efforts):
        spelled = ("" if each.per_second is None else f"{each.per_second:,.0f}" for each in efforts)
        yield "pairs/s", *spelled


def _left(figures: Evaluation, extent: Extent) -> Iterator[Sheet]:
    """Where proofs and models work. There a rule and a model say what the model says."""
    for rule in figures.rules:
        judges = [
            _Judge(each.name.removeprefix(f"{rule} + "), each, each.not_accepted[rule])
            for each in figures.verifiers
            if each.not_accepted and ((each.rule == rule and each.proofs) or each.rule is None)
        ]
        for some in extent.side_by_side(judges):
            pairs = f"the {some[0].measures.pairs:,} of them that {visible(rule, NAME_CHARS)} does not accept"
            yield _measured(f"on {pairs}", some, extent)


def _measured(
    title: str,
    judges: Sequence[_Judge],
    extent: Extent,
    more: Sequence[Sequence[str]] = (),
    heading: str = "",
) -> Sheet:
    """A row for each measure, a column for each verifier."""
    told = {**MEASURES, **COUNTS} if extent.everything else MEASURES
    return Sheet(
        title + _few(judge.measures for judge in judges),
        [Column(""), *(judge.column() for judge in judges)],
        [*((name, *(spell(judge.measures) for judge in judges)) for name, spell in told.items()), *more],
        heading=heading,
    )


def _few(measured: Iterable[Measures]) -> str:
    return f"; {FEW} few pairs" if any(each.small for each in measured) else ""


def _groups(
    figures: Evaluation,
    groups_of: Callable[[VerifierFigures], Sequence[GroupFigures]],
    noun: str,
    extent: Extent,
    drawings: "Drawings | None",
) -> Iterator[Sheet]:
    """What each rule does in each group, and what a model makes of it."""
    chains = [each for each in figures.verifiers if each.rule is not None or extent.everything]
    groups = groups_of(chains[0])
    if len(groups) < 2:
        return
    more = f" (the {extent.groups} largest of {len(groups):,})" if len(groups) > extent.groups else ""
    few = _few(group.measures for group in groups)
    title = f"by {visible(noun, NAME_CHARS)}: recall / false positives{more}{few}"
    charts = None if drawings is None else drawings.groups(groups_of)
    for number, some in enumerate(extent.side_by_side(chains)):
        rows = zip(*(groups_of(each)[: extent.groups] for each in some), strict=True)
        yield Sheet(
            title,
            (
                Column(visible(noun, NAME_CHARS), literal=True, most=NAME_CHARS),
                *numbers("pairs", "correct", *(visible(each.name, NAME_CHARS) for each in some)),
            ),
            [_in_group(row) for row in rows],
            heading="" if number else f"By {noun}",
            charts=None if number else charts,
        )


def _in_group(by_verifier: Sequence[GroupFigures]) -> Sequence[Cell]:
    """The pairs of a group, and what each verifier finds and lets through of them."""
    first = by_verifier[0]
    return (
        first.value,
        f"{first.measures.pairs:,}{FEW if first.measures.small else ''}",
        f"{first.measures.correct:,}",
        *(
            f"{percent(each.measures.recall.value)} / {percent(each.measures.fpr.value)}"
            for each in by_verifier
        ),
    )


def _ladder(rungs: Sequence[RungFigures], rule: str) -> Sheet:
    return Sheet(
        f"formats, on the pairs that {visible(rule, NAME_CHARS)} leaves; agreement is with the largest of a "
        "model",
        (
            Column("model", literal=True, most=NAME_CHARS),
            Column("format"),
            *numbers("size", "agreement", "max Δp", "recall", "false pos.", "AUC", "pairs/s"),
        ),
        [
            (
                rung.model,
                rung.format,
                megabytes(rung.bytes),
                percent(rung.agreement.value),
                decimal(rung.max_p_difference),
                percent(rung.measures.recall.value),
                percent(rung.measures.fpr.value),
                decimal(rung.measures.auc.value),
                "" if rung.per_second is None else f"{rung.per_second:,.0f}",
            )
            for rung in rungs
        ],
        heading="Smaller weights",
    )


def _comparisons(comparisons: Sequence[Comparison]) -> Sheet:
    return Sheet(
        "compared pair by pair: how many the one alone has right (McNemar's exact test)",
        (
            *(Column(name, literal=True, most=NAME_CHARS) for name in ("first", "second")),
            *numbers("1st : 2nd", "p", "accuracy, 2nd - 1st"),
        ),
        [(each.first, each.second, *_compared(each)) for each in comparisons],
        heading="Two verifiers compared",
    )


def _compared(comparison: Comparison) -> Iterator[str]:
    found = comparison.compared
    yield f"{found.only_first_right:,} : {found.only_second_right:,}"
    yield UNKNOWN if found.mcnemar_p is None else f"{found.mcnemar_p:.2g}"
    difference, between = found.accuracy_difference.value, found.accuracy_difference.interval
    yield UNKNOWN if difference is None else f"{difference:+.1%} ({points_between(between)})"


def _settings(figures: Evaluation, extent: Extent) -> Iterator[Part]:
    """What p is worth, and where to cut it."""
    said = [*map(_calibration, _known(figures)), *map(_threshold, figures.thresholds)]
    if said:
        yield Lines(said, heading="Calibration and thresholds")
    if said and extent.everything:
        yield _maps(_known(figures))


def _known(figures: Evaluation) -> list[CalibrationFigures]:
    return [each for each in figures.calibration if each.fitted.ece.value is not None]


def _calibration(found: CalibrationFigures) -> tuple[str, str]:
    before, after = found.fitted.ece, found.fitted.ece_calibrated
    improved = "" if after.value is None else f", {score(after)} after Platt scaling"
    return (
        f"calibration of {visible(found.model, NAME_CHARS)}",
        f"expected calibration error {score(before)}{improved} "
        f"({found.fitted.pairs:,} pairs that {visible(found.rule)} leaves)",
    )


def _maps(calibrations: Sequence[CalibrationFigures]) -> Sheet:
    return Sheet(
        "Platt's maps, which make probabilities of p",
        (Column("model", literal=True, most=NAME_CHARS), *numbers("slope", "intercept", "temperature")),
        [
            (each.model, decimal(fitted.slope), decimal(fitted.intercept), decimal(fitted.temperature))
            for each in calibrations
            for fitted in [each.fitted.map]
        ],
    )


def _threshold(found: ThresholdFigures) -> tuple[str, str]:
    name = f"threshold of {visible(found.model, NAME_CHARS)}"
    kept, at = found.found, found.found.threshold
    wanted = f"{WANTED[kept.wanted]} {kept.limit:.1%}"
    if at.value is None:
        return name, f"none gives {wanted}"
    brings = f"recall {with_interval(kept.recall)}, false positives {with_interval(kept.fpr)}"
    return name, f"{at.value:.4f}{ends(at, decimal)} gives {wanted}: {brings}"
