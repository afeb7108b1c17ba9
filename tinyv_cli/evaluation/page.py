"""The figures of an evaluation as a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from tinyv_cli.figures.charts import (
    bars_chart,
    histogram_chart,
    precision_recall_chart,
    reliability_chart,
    roc_chart,
)
from tinyv_cli.figures.curves import Curves
from tinyv_cli.figures.page import rendered
from tinyv_cli.figures.queries import Figures
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.series import Bars, Chart, Entry, Line, bar_swatch, line_swatch, marker_swatch
from tinyv_cli.figures.spelling import count, many, percent

MAX_DRAWN, MAX_LISTED = 12, 60  # groups
OPTIONAL = {"attack": None, "ladder": None, "made": None}

Numbered = tuple[int, Figures]  # a verifier and its place among all, which decides its colour
Drawn = Mapping[str, Curves]


def evaluation_page(figures: Figures, curves: Sequence[Curves]) -> str:
    """The page that `tinyv eval --html` writes: figures as `--json` has them, and curves by verifiers' names.

    A verifier without curves is drawn as a point where its threshold lies, as rules are in any case.
    """
    drawn = {one.name: one for one in curves}
    verifiers = list(enumerate(figures["verifiers"]))
    main = _main(verifiers)
    context = {
        **OPTIONAL,
        **figures,
        "headlines": [_headline(one, figures["verifiers"]) for _, one in main],
        "not_accepted": list(_on_not_accepted(figures["verifiers"])),
        "legend": _legend(verifiers, drawn),
        "curves": list(_curves(verifiers, main, drawn, figures)),
        "probabilities": list(_probabilities(main, drawn, figures["threshold"])),
        "groups": list(_groups(main, figures)),
    }
    return rendered("tinyv_cli.evaluation", "evaluation.html", **context)


def _main(verifiers: Sequence[Numbered]) -> Sequence[Numbered]:
    """Those that the page is about: the combinations, or without any the models, or else the rules."""
    combinations = [(n, one) for n, one in verifiers if one["rule"] and one["model"]]
    return combinations or [(n, one) for n, one in verifiers if one["model"]] or verifiers


def _headline(verifier: Figures, verifiers: Sequence[Figures]) -> Figures:
    """The figures of a combination on what its rule does not accept, or else those on all pairs."""
    name, rule, measures = verifier["name"], verifier["rule"], _after_its_rule(verifier)
    if measures is None:
        on = f"On all {many(verifier['all']['pairs'], 'pair')}"
        return {"name": name, "on": on, "measures": verifier["all"], "before": None}
    alone = [one["all"] for one in verifiers if one["rule"] == rule and one["model"] is None]
    return {
        "name": name,
        "on": f"On the {many(measures['pairs'], 'pair')} that {rule} does not accept",
        "measures": measures,
        "before": alone[0] if alone else None,
        "after": verifier["all"],
    }


def _after_its_rule(verifier: Figures) -> Figures | None:
    """The measures of a combination on the pairs that its own rule does not accept."""
    found: Figures | None = (verifier["not_accepted"] or {}).get(verifier["rule"])
    return found


def _on_not_accepted(verifiers: Iterable[Figures]) -> Iterator[Figures]:
    for verifier in verifiers:
        if measures := _after_its_rule(verifier):
            yield {"name": verifier["name"], "measures": measures}


def _legend(verifiers: Iterable[Numbered], drawn: Drawn) -> list[Entry]:
    swatches = (
        (n, one["name"], line_swatch if _curve(one, drawn) else marker_swatch) for n, one in verifiers
    )
    return [Entry(swatch(number), name) for number, name, swatch in swatches]


def _curve(verifier: Figures, drawn: Drawn) -> Curves | None:
    """The curves of a verifier that has a p: those of a rule would lead through one point."""
    return drawn.get(verifier["name"]) if verifier["model"] else None


def _curves(
    verifiers: Sequence[Numbered], main: Sequence[Numbered], drawn: Drawn, figures: Figures
) -> Iterator[Chart]:
    """How the verifiers do at every threshold; nothing where no curve can be drawn."""
    if not any(curve.roc for _, one in verifiers if (curve := _curve(one, drawn))):
        return
    where = f"At the threshold {figures['threshold']:g}, which is marked,"
    title = "Recall against false-positive rate"
    lines = [_line(numbered, drawn, "roc", across="fpr", up="recall") for numbered in verifiers]
    said = _said(main, "{name} finds {recall} of the correct answers and accepts {fpr} of the wrong ones")
    yield Chart(
        title,
        partial(roc_chart, lines),
        f"The nearer to the upper left, the better; guessing follows the dotted line. {where} {said}.",
    )
    title, correct = "Precision against recall", figures["read"]["correct"] / figures["read"]["pairs"]
    lines = [_line(one, drawn, "precision_recall", across="recall", up="precision") for one in verifiers]
    said = _said(main, "{precision} of what {name} accepts is correct")
    yield Chart(
        title,
        partial(precision_recall_chart, lines, correct=correct),
        f"The nearer to the upper right, the better; guessing stays at the dotted line, {percent(correct)}. "
        f"{where} {said}.",
    )


def _line(numbered: Numbered, drawn: Drawn, which: str, *, across: str, up: str) -> Line:
    number, verifier = numbered
    curve, x, y = _curve(verifier, drawn), verifier["all"][across]["value"], verifier["all"][up]["value"]
    points = getattr(curve, which) if curve else []
    return Line(number, points, None if x is None or y is None else (x, y))


def _said(verifiers: Iterable[Numbered], sentence: str) -> str:
    """The sentence for each verifier, its name and its measures on all pairs filled in."""
    shares = ("recall", "fpr", "precision")
    return "; ".join(
        sentence.format(name=one["name"], **{name: percent(one["all"][name]["value"]) for name in shares})
        for _, one in verifiers
    )


def _probabilities(verifiers: Iterable[Numbered], drawn: Drawn, threshold: float) -> Iterator[Figures]:
    """What p is worth, for each verifier that has any."""
    for number, one in verifiers:
        curve = _curve(one, drawn)
        if curve and curve.histogram.pairs:
            charts = [_reliability(curve, number), _histogram(curve, number, threshold)]
            yield {"name": one["name"], "key": f"p-{number}", "charts": charts}


def _reliability(curve: Curves, number: int) -> Chart:
    title = "Is p what it says?"
    return Chart(
        title,
        partial(reliability_chart, curve.reliability, number=number),
        "Of the pairs with about the same p, the share that is correct, with its 95% interval. On the dotted "
        "line p is the probability that it should be; above it, p is too low. "
        f"Drawn from the {many(curve.histogram.pairs, 'pair')} that have a p.",
    )


def _histogram(curve: Curves, number: int, threshold: float) -> Chart:
    title, histogram = "How p is spread", curve.histogram
    return Chart(
        title,
        partial(histogram_chart, histogram, threshold=threshold, number=number),
        f"{many(sum(histogram.correct), 'correct pair')} upwards, {many(sum(histogram.wrong), 'wrong pair')} "
        "downwards. What lies right of the threshold is accepted.",
    )


def _groups(main: Sequence[Numbered], figures: Figures) -> Iterator[Figures]:
    """The verifiers by kind of answer, and by the column that the user named."""
    for field, noun in (("kinds", "kind of answer"), ("by", figures["by"])):
        groups = [group["value"] for group in main[0][1][field] or []]
        if groups:
            yield {
                "id": field,
                "noun": noun,
                "caption": f"On all pairs.{_cut(groups, MAX_LISTED, 'listed')}",
                "legend": [Entry(bar_swatch(number), one["name"]) for number, one in main],
                "charts": list(_bars(groups, main, field)),
                "rows": [_row(group, figures["verifiers"], field) for group in groups[:MAX_LISTED]],
            }


def _bars(groups: Sequence[str], main: Sequence[Numbered], field: str) -> Iterator[Chart]:
    shown = groups[:MAX_DRAWN]
    for measure, title in (("recall", "Correct answers found"), ("fpr", "Wrong answers accepted")):
        bars = [
            Bars(n, [Share(**_in_group(one, field, group)[measure]) for group in shown]) for n, one in main
        ]
        yield Chart(
            title,
            partial(bars_chart, shown, bars),
            "The share in each group, with its 95% interval as a line."
            + _cut(groups, MAX_DRAWN, "drawn; the table below has more"),
        )


def _cut(groups: Sequence[str], most: int, done: str) -> str:
    return f" The first {most} of {count(len(groups))} groups are {done}." if len(groups) > most else ""


def _row(group: str, verifiers: Iterable[Figures], field: str) -> Figures:
    return {"value": group, "by_verifier": [_in_group(one, field, group) for one in verifiers]}


def _in_group(verifier: Figures, field: str, group: str) -> Figures:
    """What was measured of a verifier in a group; all verifiers are measured in the same groups."""
    found: Figures = next(one for one in verifier[field] if one["value"] == group)
    return found
