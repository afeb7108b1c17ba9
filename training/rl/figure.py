"""The curves of the runs as one SVG: a column for each dose, a row for each figure, a line for each arm."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import matplotlib
import matplotlib.lines
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tinyv_cli.figures.charts import NOTHING_ELSE, SETTINGS
from training.rl.arms import ARMS, TOLD
from training.rl.plan import DOSES
from training.rl.results import Curve, Runs, curves

PANELS = {
    "accuracy": "held-out answers that are right",
    "rejected": "right ones that the rule rejects",
    "other_forms": "answers in forms that it rejects",
    "accepted_by_nano": "wrong ones that nano accepts",
}
COLOURS = dict(zip(ARMS, ("#b4443c", "#c98a1b", "#2b6cb0", "#6b9bd1", "#7b5aa6", "#3a3a3a"), strict=True))
LOOK: Any = {**SETTINGS, "font.size": 8, "axes.spines.top": False, "axes.spines.right": False}
LEAST_HEIGHT = 0.1
SEED_LINE: Mapping[str, Any] = {"linewidth": 0.6, "alpha": 0.35}


@matplotlib.rc_context(LOOK)
def draw(folder: Path, file: Path) -> None:
    """Draw the runs that are whole."""
    found = curves(folder)
    figure = Figure(figsize=(9, 2.1 * len(PANELS) + 0.5), layout="constrained")
    panels = figure.subplots(len(PANELS), len(DOSES), sharex=True, sharey="row", squeeze=False)
    for row, (name, told) in zip(panels, PANELS.items(), strict=True):
        row[0].set_ylabel(told)
        for axes, dose in zip(row, DOSES, strict=True):
            for arm in ARMS:
                _draw(axes, found.get((dose, arm), ()), name, arm)
            axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:g}%")
        row[0].set_ylim(0, 1.05 * max(_highest(found, name), LEAST_HEIGHT))
    for axes, share in zip(panels[0], DOSES.values(), strict=True):
        axes.set_title(f"{share:.0%} of the right answers rejected at first")
    for axes in panels[-1]:
        axes.set_xlabel("step")
    handles = [matplotlib.lines.Line2D([], [], color=COLOURS[arm], label=TOLD[arm]) for arm in ARMS]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False)
    figure.savefig(file, format="svg", metadata=NOTHING_ELSE)


def _highest(found: Runs, name: str) -> float:
    values = [value for some in found.values() for curve in some for _, value in curve.points(name)]
    return max(values, default=0.0)


def _draw(axes: Axes, of: Sequence[Curve], name: str, arm: str) -> None:
    """Each seed as a thin line, their mean as a thick one."""
    lines = [dict(curve.points(name)) for curve in of]
    for line in lines:
        axes.plot(list(line), list(line.values()), color=COLOURS[arm], **SEED_LINE)
    steps = [step for step in lines[0] if all(step in line for line in lines)] if lines else []
    axes.plot(
        steps, [mean(line[step] for line in lines) for step in steps], color=COLOURS[arm], linewidth=1.4
    )
