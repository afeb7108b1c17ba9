"""The charts of an evaluation, which its page shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

from tinyv_cli.evaluation.records import Evaluation, GroupFigures, VerifierFigures
from tinyv_cli.figures.charts import (
    bars_chart,
    histogram_chart,
    precision_recall_chart,
    reliability_chart,
    roc_chart,
)
from tinyv_cli.figures.curves import Curves, Points
from tinyv_cli.figures.measures import Measures
from tinyv_cli.figures.records import Share
from tinyv_cli.figures.series import Bars, Chart, Charts, Entry, Line, bar_swatch, line_swatch, marker_swatch
from tinyv_cli.figures.spelling import count, many, percent

MAX_DRAWN = 12  # groups

Numbered: TypeAlias = tuple[int, VerifierFigures]  # its place among all decides its colour


def main_verifiers(figures: Evaluation) -> list[Numbered]:
    """Those that a page is about: rules with models behind them, or without a model the rules."""
    verifiers = list(enumerate(figures.verifiers))
    return [(number, one) for number, one in verifiers if one.rule and one.model] or verifiers


class Drawings:
    """Draws the figures of an evaluation, and the curves of its verifiers by their names.

    A verifier without curves is a point where its threshold lies, as rules are in any case.
    """

    def __init__(self, figures: Evaluation, curves: Sequence[Curves]) -> None:
        self._figures, self._main = figures, main_verifiers(figures)
        self._curves = {one.name: one for one in curves}

    def curves(self) -> Iterator[Charts]:
        """How the verifiers do at every threshold; nothing where no curve can be drawn."""
        if any(curve.roc for one in self._figures.verifiers if (curve := self._curve(one))):
            charts = [self._roc(), self._precision_recall()]
            yield Charts(charts, legend=self._legend(), heading="As the threshold moves")

    def probabilities(self) -> Iterator[Charts]:
        """What p is worth, for each verifier that has any."""
        for number, one in self._main:
            curve = self._curve(one)
            if curve and curve.histogram.pairs:
                charts = [_reliability(curve, number), _histogram(curve, number, self._figures.threshold)]
                yield Charts(charts, heading=f"What p means: {one.name}")

    def groups(self, groups_of: Callable[[VerifierFigures], Sequence[GroupFigures]]) -> Charts:
        """What the verifiers find and let through in each group."""
        names = [group.value for group in groups_of(self._main[0][1])]
        cut = f" The first {MAX_DRAWN} of {count(len(names))} groups are drawn."
        said = "The share in each group, with its 95% interval as a line."

        def chart(title: str, share_of: Callable[[Measures], Share]) -> Chart:
            bars = [
                Bars(number, [share_of(group.measures) for group in groups_of(one)[:MAX_DRAWN]])
                for number, one in self._main
            ]
            caption = said + cut if len(names) > MAX_DRAWN else said
            return Chart(title, partial(bars_chart, names[:MAX_DRAWN], bars), caption)

        return Charts(
            [
                chart("Correct answers found", lambda found: found.recall),
                chart("Wrong answers accepted", lambda found: found.fpr),
            ],
            legend=[Entry(bar_swatch(number), one.name) for number, one in self._main],
        )

    def _curve(self, verifier: VerifierFigures) -> Curves | None:
        """The curves of a verifier that has a p: those of a rule would lead through one point."""
        return self._curves.get(verifier.name) if verifier.model else None

    def _legend(self) -> list[Entry]:
        return [
            Entry((line_swatch if self._curve(one) else marker_swatch)(number), one.name)
            for number, one in enumerate(self._figures.verifiers)
        ]

    def _roc(self) -> Chart:
        lines = self._lines(lambda curve: curve.roc, lambda found: (found.fpr, found.recall))
        said = (
            f"{one.name} finds {percent(one.all.recall.value)} of the correct answers and accepts "
            f"{percent(one.all.fpr.value)} of the wrong ones"
            for _, one in self._main
        )
        return Chart(
            "Recall against false-positive rate",
            partial(roc_chart, lines),
            "The nearer to the upper left, the better; guessing follows the dotted line. "
            + self._where_marked(said),
        )

    def _precision_recall(self) -> Chart:
        lines = self._lines(
            lambda curve: curve.precision_recall, lambda found: (found.recall, found.precision)
        )
        correct = self._figures.read.correct / self._figures.read.pairs
        said = (
            f"{percent(one.all.precision.value)} of what {one.name} accepts is correct"
            for _, one in self._main
        )
        return Chart(
            "Precision against recall",
            partial(precision_recall_chart, lines, correct=correct),
            "The nearer to the upper right, the better; guessing stays at the dotted line, "
            f"{percent(correct)}. {self._where_marked(said)}",
        )

    def _lines(
        self, points_of: Callable[[Curves], Points], place_of: Callable[[Measures], tuple[Share, Share]]
    ) -> list[Line]:
        """Each verifier's curve, and the place on it where the threshold lies."""
        lines = []
        for number, one in enumerate(self._figures.verifiers):
            curve, (across, up) = self._curve(one), place_of(one.all)
            marker = None if across.value is None or up.value is None else (across.value, up.value)
            lines.append(Line(number, points_of(curve) if curve else [], marker))
        return lines

    def _where_marked(self, said: Iterable[str]) -> str:
        return f"At the threshold {self._figures.threshold:g}, which is marked, {'; '.join(said)}."


def _reliability(curve: Curves, number: int) -> Chart:
    return Chart(
        "Is p what it says?",
        partial(reliability_chart, curve.reliability, number=number),
        "Of the pairs with about the same p, the share that is correct, with its 95% interval. On the dotted "
        "line p is the probability that it should be; above it, p is too low. "
        f"Drawn from the {many(curve.histogram.pairs, 'pair')} that have a p.",
    )


def _histogram(curve: Curves, number: int, threshold: float) -> Chart:
    histogram = curve.histogram
    return Chart(
        "How p is spread",
        partial(histogram_chart, histogram, threshold=threshold, number=number),
        f"{many(sum(histogram.correct), 'correct pair')} upwards, {many(sum(histogram.wrong), 'wrong pair')} "
        "downwards. What lies right of the threshold is accepted.",
    )
