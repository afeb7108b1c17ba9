"""The figures of an evaluation as a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tinyv_cli.findings.curves import Curves
from tinyv_cli.findings.html.charts import (
    Bars,
    Line,
    bars_chart,
    histogram_chart,
    precision_recall_chart,
    reliability_chart,
    roc_chart,
)
from tinyv_cli.findings.html.page import Chart, legend, rendered
from tinyv_cli.findings.queries import Figures
from tinyv_cli.findings.spelling import count, percent

MAX_DRAWN, MAX_LISTED = 12, 60  # groups
LEFT_OUT = {"attack": None, "ladder": None, "made": None}
UNKNOWN: Figures = {"value": None, "interval": None}

Numbered = tuple[int, Figures]  # a verifier and its place among all, which decides its colour


def evaluation_page(figures: Figures, curves: Sequence[Curves]) -> str:
    """The page that `tinyv eval --html` writes. Verifiers without curves, as rules are, have points alone."""
    drawn = {one.name: one for one in curves}
    verifiers = list(enumerate(figures["verifiers"]))
    main = _main(verifiers)
    context = {
        **LEFT_OUT,
        **figures,
        "headlines": [_headline(one, figures) for _, one in main],
        "not_accepted": list(_on_not_accepted(figures)),
        "any_small": _any_small(figures),
        "legend_of_all": _legend(verifiers, drawn),
        "curves": list(_curves(verifiers, drawn, figures)),
        "probabilities": list(_probabilities(main, drawn, figures["threshold"])),
        "groups": list(_groups(main, figures)),
    }
    return rendered("evaluation.html", **context)


def _main(verifiers: Sequence[Numbered]) -> list[Numbered]:
    """Those that the page is about: the combinations, or without any the models, or else the rules."""
    combinations = [(n, one) for n, one in verifiers if one["rule"] and one["model"]]
    return combinations or [(n, one) for n, one in verifiers if one["model"]] or list(verifiers)


def _headline(verifier: Figures, figures: Figures) -> Figures:
    rule, measures = verifier["rule"], _after_its_rule(verifier)
    alone = [one["all"] for one in figures["verifiers"] if one["rule"] == rule and one["model"] is None]
    return {
        "verifier": verifier,
        "measures": measures or verifier["all"],
        "those": f"that {rule} does not accept" if measures else "in all pairs",
        "before": alone[0] if alone and measures else None,
    }


def _after_its_rule(verifier: Figures) -> Figures | None:
    """The measures of a combination on the pairs that its own rule does not accept."""
    found: Figures | None = (verifier["not_accepted"] or {}).get(verifier["rule"])
    return found


def _on_not_accepted(figures: Figures) -> Iterator[Figures]:
    for verifier in figures["verifiers"]:
        if measures := _after_its_rule(verifier):
            yield {"name": verifier["name"], "measures": measures}


def _any_small(figures: Figures) -> bool:
    return any(
        measures["small"]
        for one in figures["verifiers"]
        for measures in (one["all"], *(one["not_accepted"] or {}).values(), *one["kinds"], *(one["by"] or []))
    )


def _legend(verifiers: Iterable[Numbered], drawn: Mapping[str, Curves]) -> Any:
    return legend((n, one["name"], bool(_curve(one, drawn))) for n, one in verifiers)


def _curve(verifier: Figures, drawn: Mapping[str, Curves]) -> Curves | None:
    """The curves of a verifier that has a p: those of a rule would join what is one point."""
    return drawn.get(verifier["name"]) if verifier["model"] else None


def _curves(
    verifiers: Sequence[Numbered], drawn: Mapping[str, Curves], figures: Figures
) -> Iterator[Chart]:
    read = figures["read"]
    if not any(curve and curve.roc for _, one in verifiers if (curve := _curve(one, drawn))):
        return
    marks = f"The marks show where the threshold {figures['threshold']:g} lies"
    title = "Recall against false-positive rate"
    lines = _lines(verifiers, drawn, "roc", across="fpr", up="recall")
    yield Chart(
        title,
        Markup(roc_chart(lines, key="roc", title=title)),
        f"How much of what is correct is found, against how much of what is wrong is accepted. {marks}: "
        f"{_said(verifiers, ('fpr', 'recall'), '{1} found at {0}')}. Guessing follows the dotted line.",
    )
    title, correct = "Precision against recall", read["correct"] / read["pairs"]
    lines = _lines(verifiers, drawn, "precision_recall", across="recall", up="precision")
    yield Chart(
        title,
        Markup(precision_recall_chart(lines, correct=correct, key="precision-recall", title=title)),
        f"How much of what is accepted is correct, against how much of what is correct is found. {marks}: "
        f"{_said(verifiers, ('precision', 'recall'), '{0} correct at {1} found')}. "
        f"Guessing stays at the dotted line, {percent(correct)}.",
    )
