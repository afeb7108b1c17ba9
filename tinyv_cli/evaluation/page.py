"""The figures of an evaluation as a page."""

from collections.abc import Iterator, Sequence

from tinyv_cli.evaluation.drawings import Drawings, main_verifiers
from tinyv_cli.evaluation.records import Evaluation, VerifierFigures
from tinyv_cli.evaluation.tables import FEW, evaluation_parts
from tinyv_cli.evaluation.telling import WHOLE
from tinyv_cli.figures.curves import Curves
from tinyv_cli.figures.measures import FEW_OF_A_CLASS, FEW_PAIRS, Measures
from tinyv_cli.figures.page import Headline, sheet_page
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.spelling import count, many, percent, percents

NOTE = (
    "A correct answer that is accepted counts for recall, a wrong one that is accepted as a false positive. "
    "Intervals are 95%: Wilson's for shares, by bootstrap for the others. What a verifier left undecided is "
    f"counted apart and in none of its figures. {FEW} marks fewer than {FEW_PAIRS} pairs, or fewer than "
    f"{FEW_OF_A_CLASS} that are correct or wrong: such figures say little."
)


def evaluation_page(figures: Evaluation, curves: Sequence[Curves]) -> str:
    """The page that `tinyv eval --html` writes of the figures, and of curves by verifiers' names."""
    sources = ", ".join(figures.sources)
    return sheet_page(
        "How well the verifiers judge",
        evaluation_parts(figures, WHOLE, Drawings(figures, curves)),
        command="tinyv eval",
        about=sources,
        lede=_lede(figures, sources),
        headlines=[
            headline for _, one in main_verifiers(figures) for headline in _headlines(one, figures.verifiers)
        ],
        made=[*_made(figures, sources)],
        note=NOTE,
    )


def _lede(figures: Evaluation, sources: str) -> str:
    read = figures.read
    left_out = f" {count(read.unlabelled)} more without a label are left out." if read.unlabelled else ""
    return (
        f"{many(read.pairs, 'labelled pair')} from {sources}: {count(read.correct)} correct, "
        f"{count(read.wrong)} wrong.{left_out} A verifier accepts where its p is at least "
        f"{figures.threshold:g}."
    )


def _headlines(verifier: VerifierFigures, verifiers: Sequence[VerifierFigures]) -> Iterator[Headline]:
    """What a combination finds and lets through of what its rule does not accept; or else, of all pairs."""
    behind = (verifier.not_accepted or {}).get(verifier.rule or "")
    measures = behind or verifier.all
    on = (
        f"on the {many(measures.pairs, 'pair')} that {verifier.rule} does not accept"
        if behind
        else (f"on all {many(measures.pairs, 'pair')}")
    )
    found, passed = count(measures.tp + measures.fn), count(measures.fp + measures.tn)
    yield _headline(measures.recall, f"of {found} correct answers found by {verifier.name}, {on}", measures)
    yield _headline(measures.fpr, f"of {passed} wrong answers accepted", measures)
    if behind:
        alone = (one.all for one in verifiers if one.name == verifier.rule)
        for before in alone:
            yield _gain(before, verifier)


def _headline(share: Share, said: str, measures: Measures) -> Headline:
    """Undecided pairs are in neither figure."""
    sure = [f"95% interval {percents(share.interval)}"] if share.interval else []
    sure += [f"undecided on {count(measures.undecided)} more"] if measures.undecided else []
    sure += ["few pairs: this says little"] if measures.small else []
    return Headline(percent(share.value), said, "; ".join(sure))


def _gain(before: Measures, verifier: VerifierFigures) -> Headline:
    after = verifier.all
    return Headline(
        f"{percent(before.recall.value)} → {percent(after.recall.value)}",
        f"of all correct answers found: {verifier.rule} alone → {verifier.name}",
        f"false positives {percent(before.fpr.value)} → {percent(after.fpr.value)}",
    )


def _made(figures: Evaluation, sources: str) -> Iterator[tuple[str, str]]:
    read = figures.read
    yield (
        "read",
        f"{many(read.rows, 'row')}, {many(read.examples, 'example')}, {many(read.pairs, 'labelled pair')}",
    )
    yield "from", sources
    yield "label", figures.label
    if figures.by is not None:
        yield "grouped by", figures.by
    yield "rules", ", ".join(figures.rules) or "none"
    yield "models", ", ".join(figures.models) or "none"
    yield "threshold", f"{figures.threshold:g}"
    yield "by", f"tinyv {figures.made.tinyv}, {figures.made.date}"
