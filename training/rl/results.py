"""What the runs say, from their CSVs: the table and the figures of docs/evidence.md."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import mean, median, variance

import polars as pl

from tinyv_cli.figures.statistics import Z_95, student_95
from tinyv_cli.report.noise import FIGURES, error_rates, with_chances
from training.rl.arms import ARMS, TOLD
from training.rl.plan import DOSES, RUNS, Run
from training.rl.questions import TOPICS

SAMPLES = 2  # of each held-out question
LAST = 2  # measurements that make up the end of a run, and SETTLED steps
SETTLED = 20
LEAST_SEEDS = 3  # for an interval; fewer are shown as points
UNKNOWN = "–"
AT_FIRST = {
    "accuracy": "right at first",
    "rejected": "of these the rule rejects",
    "recovered": "of these tinyv finds",
    "other_forms": "answers in forms that the rule rejects",
}


@dataclass(frozen=True)
class Curve:
    """A run that is whole: what was measured at some steps, what was trained on at each."""

    run: Run
    rows: Sequence[Mapping[str, str]]

    @cached_property
    def measured(self) -> Sequence[Mapping[str, str]]:
        """The rows with figures of held-out questions."""
        return [row for row in self.rows if row["accuracy"]]

    @cached_property
    def trained(self) -> Sequence[Mapping[str, str]]:
        """The rows of steps that were trained."""
        return [row for row in self.rows if row["reward"]]

    def points(self, name: str) -> list[tuple[int, float]]:
        """A measured figure by step."""
        return [(int(row["step"]), float(row[name])) for row in self.measured if row[name]]

    def begin(self, name: str) -> float | None:
        """A measured figure before the first step; None of nothing."""
        said = self.measured[0][name]
        return float(said) if said else None

    def end(self, name: str) -> float:
        """The mean of the last measurements."""
        return mean(value for _, value in self.points(name)[-LAST:])

    def over_steps(self, name: str, last: int | None = None) -> float:
        """The mean of a figure of training over all steps, or the last ones."""
        return mean(float(row[name]) for row in self.trained[-(last or 0) :] if row[name])

    def right_by_question(self, last: int = LAST) -> list[float]:
        """Of each held-out question the share of right answers at the end."""
        digits = zip(*(row["held_out"] for row in self.measured[-last:]), strict=True)
        return [mean(map(int, each)) / SAMPLES for each in digits]

    def right_by_question_over_the_run(self) -> list[float]:
        """Of each held-out question the share of right answers, after the first step."""
        return self.right_by_question(len(self.measured) - 1)

    def questions(self) -> pl.DataFrame:
        """The groups of all steps, as the report of an audit counts them."""
        groups = [map(int, group.split("/")) for row in self.trained for group in row["groups"].split()]
        schema = {"right": pl.Int64, "passed": pl.Int64, "right_passed": pl.Int64}
        return pl.DataFrame([tuple(group) for group in groups], schema, orient="row").with_columns(rollouts=8)


Runs = Mapping[tuple[str, str], Sequence[Curve]]  # by dose and arm


def curves(folder: Path) -> dict[tuple[str, str], list[Curve]]:
    """The runs that are whole, by dose and arm."""
    found: dict[tuple[str, str], list[Curve]] = {}
    for run in sorted(RUNS, key=lambda run: run.seed):
        if run.curve(folder).exists():
            with run.curve(folder).open(newline="") as opened:
                found.setdefault((run.dose, run.arm), []).append(Curve(run, list(csv.DictReader(opened))))
    return found


def paired(of: Sequence[Curve], than: Sequence[Curve], figure: Callable[[Curve], Sequence[float]]) -> str:
    """The mean difference over seeds in points, with its 95% interval, or of few seeds each.

    Pairs are of the same seed, and within them of the same question. The variance is that between seeds and
    that between questions together; Student's t for as many seeds.
    """
    by_seed = {curve.run.seed: figure(curve) for curve in than}
    differences = [
        [one - other for one, other in zip(figure(curve), by_seed[curve.run.seed], strict=True)]
        for curve in of
        if curve.run.seed in by_seed
    ]
    seeds = [100 * mean(each) for each in differences]
    if len(seeds) < LEAST_SEEDS:
        return ", ".join(f"{each:+.1f}" for each in seeds) or UNKNOWN
    questions = [100 * mean(each) for each in zip(*differences, strict=True)]
    error = variance(seeds) / len(seeds) + (
        variance(questions) / len(questions) if len(questions) > 1 else 0.0
    )
    half = student_95(len(seeds) - 1) * error**0.5
    return f"{mean(seeds):+.1f} ({mean(seeds) - half:+.1f} to {mean(seeds) + half:+.1f})"


def step_of(curve: Curve, accuracy: float) -> float | None:
    """The step at which a run first reaches an accuracy, between measurements by a straight line."""
    before: tuple[int, float] | None = None
    for step, value in curve.points("accuracy"):
        if value >= accuracy:
            if before is None:
                return step
            return before[0] + (step - before[0]) * (accuracy - before[1]) / (value - before[1])
        before = step, value
    return None


def table(folder: Path) -> str:
    """The table of the evidence as Markdown."""
    found = curves(folder)
    parts = (_beginnings, _results, _paid, _by_topic, _theory, _costs)
    return "\n\n".join("\n".join(part(found)) for part in parts) + "\n"


def _beginnings(found: Runs) -> Iterator[str]:
    """What the warmed-up policies answer, over all runs that begin with them."""
    yield from _head("dose", *AT_FIRST.values())
    for dose, share in DOSES.items():
        of = [curve for (name, _), some in found.items() if name == dose for curve in some]
        if of:
            yield _row(
                f"{share:.0%}", *(_mean_share([curve.begin(name) for curve in of]) for name in AT_FIRST)
            )


def _mean_share(shares: Sequence[float | None]) -> str:
    known = [share for share in shares if share is not None]
    return f"{mean(known):.1%}" if known else UNKNOWN


def _results(found: Runs) -> Iterator[str]:
    yield from _head(
        "dose",
        "reward",
        "seeds",
        "right at the end",
        "less the rule's",
        "right over the run, less the rule's",
        "steps to the rule's best",
        "mixed groups",
    )
    for (dose, arm), of in _in_order(found):
        rule = found.get((dose, "rule"), [])
        best = {curve.run.seed: max(value for _, value in curve.points("accuracy")) for curve in rule}
        steps = [step_of(curve, best[curve.run.seed]) for curve in of if curve.run.seed in best]
        yield _row(
            f"{DOSES[dose]:.0%}",
            TOLD[arm],
            str(len(of)),
            _percents([curve.end("accuracy") for curve in of]),
            *(
                UNKNOWN if arm == "rule" else paired(of, rule, figure)
                for figure in (Curve.right_by_question, Curve.right_by_question_over_the_run)
            ),
            _steps(steps),
            _percents([curve.over_steps("mixed") for curve in of]),
        )


def _paid(found: Runs) -> Iterator[str]:
    """What was paid for, and what the policy came to."""
    yield from _head(
        "dose",
        "reward",
        "right, unpaid",
        "wrong, paid",
        "wrong ones that nano accepts, at the end",
        "forms the rule rejects, at the end",
    )
    for (dose, arm), of in _in_order(found):
        yield _row(
            f"{DOSES[dose]:.0%}",
            TOLD[arm],
            _percents([curve.over_steps("unpaid") for curve in of]),
            _percents([curve.over_steps("hacked", SETTLED) for curve in of]),
            _percents([curve.end("accepted_by_nano") for curve in of]),
            _percents([curve.end("other_forms") for curve in of]),
        )


def _by_topic(found: Runs) -> Iterator[str]:
    """The share of right answers at the end, the mean over the seeds; topics take turns."""
    yield from _head("dose", "reward", *(topic.name for topic in TOPICS))
    for (dose, arm), of in _in_order(found):
        by_question = [mean(each) for each in zip(*(curve.right_by_question() for curve in of), strict=True)]
        by_topic = (by_question[number :: len(TOPICS)] for number in range(len(TOPICS)))
        yield _row(
            f"{DOSES[dose]:.0%}", TOLD[arm], *(f"{mean(some):.0%}" if some else UNKNOWN for some in by_topic)
        )


def _theory(found: Runs) -> Iterator[str]:
    yield from _head("dose", "reward", "f", "g", "1 − f − g", "mixed by chance", "mixed", "difference")
    for (dose, arm), of in _in_order(found):
        questions = pl.concat([curve.questions() for curve in of])
        f, g = (share.value or 0.0 for share in error_rates(questions))
        by_chance = with_chances(questions, f, g).select(**FIGURES).row(0, named=True)
        expected, mixed = by_chance["mixed_expected"], by_chance["mixed_observed"]
        off, half = 100 * (mixed - expected), 100 * Z_95 * (by_chance["error"] or 0.0)
        yield _row(
            f"{DOSES[dose]:.0%}",
            TOLD[arm],
            *(f"{100 * share:.1f}%" for share in (f, g, 1 - f - g, expected, mixed)),
            f"{off:+.1f} ({off - half:+.1f} to {off + half:+.1f})",
        )


def _costs(found: Runs) -> Iterator[str]:
    yield from _head("reward", "seconds a step (median)", "of these in the reward")
    for arm in ARMS:
        of = [curve for (_, name), some in found.items() if name == arm for curve in some]
        if of:
            seconds, tinyv = (
                median(float(row[name]) for curve in of for row in curve.trained)
                for name in ("seconds", "tinyv_seconds")
            )
            yield _row(TOLD[arm], f"{seconds:.1f}", f"{tinyv:.1f} ({tinyv / seconds:.0%})")


def _in_order(
    found: Runs,
) -> Iterator[tuple[tuple[str, str], Sequence[Curve]]]:
    yield from (((dose, arm), found[dose, arm]) for dose in DOSES for arm in ARMS if (dose, arm) in found)


def _steps(steps: Sequence[float | None]) -> str:
    """At which step each seed gets there; where one never does, one by one."""
    reached = [step for step in steps if step is not None]
    if reached and len(reached) == len(steps):
        return over_seeds(reached)
    return ", ".join(UNKNOWN if step is None else f"{step:.1f}" for step in steps) or UNKNOWN


def _percents(shares: Sequence[float]) -> str:
    """Shares of several seeds."""
    return f"{over_seeds([100 * share for share in shares])}%"


def over_seeds(values: Sequence[float]) -> str:
    """The mean with its 95% interval by Student's t; of few seeds each."""
    if len(values) < LEAST_SEEDS:
        return ", ".join(f"{value:.1f}" for value in values)
    half = student_95(len(values) - 1) * (variance(values) / len(values)) ** 0.5
    return f"{mean(values):.1f} (±{half:.1f})"


def _head(*cells: str) -> Iterator[str]:
    """The first two lines of a table."""
    yield _row(*cells)
    yield _row(*["---"] * len(cells))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
