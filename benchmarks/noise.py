"""Whether the report's formula for mixed questions holds: on simulated questions whose pass rates are known.

Pass rates are drawn from a beta distribution, rollouts from these, and the rule's errors by chance or by
question: then a share of the questions loses all its right answers. For each case stand there what theory
says of the pass rates, which only the simulation knows; what the report says, which sees the rollouts alone;
what is observed; and in how many of the repetitions the report's interval of the difference holds 0. By
chance these have to be 95% at least (the rates are those of the same rollouts); by question the report has
to see that something else is at work.

    python -m benchmarks.noise [--questions 500] [--rollouts 8] [--repeat 200] [--seed 0] [--json FILE]
        [--check]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import polars as pl

from tinyv_cli.report.noise import Noise, noise_figures

LEAST_HELD, MOST_HELD = 0.9, 0.5  # of the intervals of errors by chance, and of those by question
NEAR = 0.01  # how far the report may be from the theory on average


@dataclass(frozen=True, slots=True)
class Case:
    """How a rule errs, and on what: `alpha` and `beta` make the pass rates."""

    name: str
    missed: float
    fooled: float = 0.0
    by_question: bool = False
    alpha: float = 0.5
    beta: float = 1.0


CASES = (
    Case("no errors", 0.0),
    Case("15% missed", 0.15),
    Case("50% missed", 0.5),
    Case("50% missed, easy questions", 0.5, alpha=2.0, beta=0.5),
    Case("15% missed, 5% fooled", 0.15, 0.05),
    Case("15% missed, by question", 0.15, by_question=True),
    Case("50% missed, by question", 0.5, by_question=True),
)


@dataclass(frozen=True, slots=True)
class Result:
    """Means over the repetitions of a case."""

    case: str
    theory: float
    expected: float
    observed: float
    held: float  # the share of repetitions whose interval of the difference holds 0
    none_accepted: float
    none_accepted_expected: float


def simulated(
    case: Case, *, questions: int, rollouts: int, random: np.random.Generator
) -> tuple[float, Noise]:
    """What theory says of the pass rates that were drawn, and what the report says of the rollouts."""
    rates = random.beta(case.alpha, case.beta, questions)
    right = random.random((questions, rollouts)) < rates[:, None]
    drawn = random.random((questions, 1 if case.by_question else rollouts))
    accepted = np.where(right, drawn >= case.missed, drawn < case.fooled)
    seen = rates * (1 - case.missed) + (1 - rates) * case.fooled
    theory = float(np.mean(1 - (1 - seen) ** rollouts - seen**rollouts))
    found = noise_figures(_frame(right, accepted))
    assert found is not None
    return theory, found


def _frame(right: Any, accepted: Any) -> pl.LazyFrame:
    """As an audit would have written it."""
    questions, rollouts = right.shape
    number = np.repeat(np.arange(questions), rollouts)
    said = {True: "accept", False: "reject"}, {True: "correct", False: "incorrect"}
    return pl.LazyFrame(
        {
            "tinyv_row": number,
            "tinyv_rollout": np.tile(np.arange(rollouts), questions),
            "tinyv_question": [f"question {each}" for each in number],
            "tinyv_gold": "1",
            "tinyv_answer": "1",
            "tinyv_rule": [said[0][bool(each)] for each in accepted.ravel()],
            "tinyv_verdict": [said[1][bool(each)] for each in right.ravel()],
            "tinyv_false_negative": (right & ~accepted).ravel(),
        }
    )


def measured(case: Case, *, questions: int, rollouts: int, repeat: int, seed: int) -> Result:
    """The case so many times."""
    random = np.random.default_rng(seed)
    drawn = [simulated(case, questions=questions, rollouts=rollouts, random=random) for _ in range(repeat)]
    found = [each for _, each in drawn]
    return Result(
        case.name,
        mean(theory for theory, _ in drawn),
        mean(each.mixed_expected for each in found),
        mean(each.mixed_observed for each in found),
        mean(holds_nothing(each) for each in found),
        mean(each.none_accepted for each in found),
        mean(each.none_accepted_expected for each in found),
    )


def holds_nothing(found: Noise) -> bool:
    """Whether the interval of the difference holds 0."""
    low, high = found.difference.interval or (0.0, 0.0)
    return low <= 0 <= high


def problems(case: Case, result: Result) -> Iterator[str]:
    """What is not as it should be."""
    if case.by_question:
        if result.held > MOST_HELD:
            yield f"{case.name}: not seen in {result.held:.0%} of the repetitions"
        return
    if abs(result.expected - result.theory) > NEAR:
        yield f"{case.name}: the report says {result.expected:.3f}, theory {result.theory:.3f}"
    if result.held < LEAST_HELD:
        yield f"{case.name}: only {result.held:.0%} of the intervals hold 0"


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("questions", 500), ("rollouts", 8), ("repeat", 200), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true")
    given = vars(parser.parse_args())
    file, check = given.pop("json"), given.pop("check")
    results = [measured(case, **given) for case in CASES]
    print(f"{'':28} theory  report  observed  interval holds 0  none accepted  by chance")
    for each in results:
        print(
            f"{each.case:28} {each.theory:6.1%}  {each.expected:6.1%}  {each.observed:8.1%}",
            f"{each.held:17.0%}  {each.none_accepted:13.1f}  {each.none_accepted_expected:9.1f}",
        )
    if file is not None:
        file.write_text(json.dumps([asdict(each) for each in results], indent=2) + "\n")
    wrong = [said for case, each in zip(CASES, results, strict=True) for said in problems(case, each)]
    if check and wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
