"""What chance would leave of the mixed questions: by hand, by the theory, and for simulated errors."""

import json
from math import comb
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.noise import CASES, Case, measured, problems
from tests.annotated import annotated, figures_of
from tests.conftest import Tinyv
from tests.report.test_questions import SAID, lines
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.report.noise import noise_figures, with_chances

FOOLED = {"rule": "accept", "verdict": "incorrect", "suspect": "denied"}


def test_by_hand(tmp_path: Path) -> None:
    """Four questions of two rollouts, of which half of the right answers are lost, all in two questions."""
    frame = open_audited(annotated(tmp_path / "x.parquet", lines(["aa", "rr", "aw", "rw"]))).frame
    found = noise_figures(frame)
    assert found is not None
    assert (found.false_negative_rate.value, found.false_positive_rate.value) == (0.5, 0.0)
    assert found.strength == 0.5
    # Two right ones of two become mixed with 1/2; one of two stays so with 1/2, else none passes.
    assert (found.mixed_expected, found.mixed_observed) == (0.5, 0.25)
    assert found.difference.value == -0.25
    # The differences are -1/2, -1/2, +1/2 and -1/2.
    assert found.difference.interval == pytest.approx((-0.25 - 1.96 * 0.25, -0.25 + 1.96 * 0.25), abs=1e-4)
    assert (found.none_accepted, found.none_accepted_expected) == (2, 1 / 4 + 1 / 4 + 1 / 2 + 1 / 2)
    assert [(each.right, each.rollouts, each.chance) for each in found.examples] == [
        (2, 2, 0.25),
        (1, 2, 0.5),
    ]
    assert [(each.question, each.rollout) for each in found.examples] == [("q1", 0), ("q3", 0)]


def test_accepted_wrongly(tmp_path: Path) -> None:
    """What the rule accepts and a later stage refuses is a false positive."""
    told = [
        {"question": f"q{number}", **SAID[said]} for number, each in enumerate(["aw", "ww"]) for said in each
    ]
    told[3] |= FOOLED
    found = noise_figures(open_audited(annotated(tmp_path / "x.parquet", told)).frame)
    assert found is not None
    assert found.false_negative_rate.value == 0.0
    assert found.false_positive_rate.value == pytest.approx(1 / 3)
    assert found.strength == pytest.approx(2 / 3)
    # The first is mixed unless its wrong one passes, the second if one of two does.
    assert found.mixed_expected == pytest.approx((2 / 3 + 2 * (1 / 3) * (2 / 3)) / 2)
    assert (found.mixed_observed, found.none_accepted, list(found.examples)) == (1.0, 0, [])


def test_one_rollout_each(tmp_path: Path) -> None:
    """With one rollout a question there is nothing to say."""
    figures = figures_of(annotated(tmp_path / "x.parquet", lines(["a", "w"])))
    assert figures["noise"] is None


shares = st.floats(0, 1)


@given(p=shares, f=shares, g=shares, rollouts=st.integers(2, 16))
def test_theory(p: float, f: float, g: float, rollouts: int) -> None:
    """Over the numbers of right rollouts that a pass rate brings about the mean is 1 - (1 - p')ⁿ - p'ⁿ."""
    right = range(rollouts + 1)
    counted = pl.DataFrame({"rollouts": [rollouts] * len(right), "right": right})
    weights = [comb(rollouts, k) * p**k * (1 - p) ** (rollouts - k) for k in right]
    expected = sum(w * each for w, each in zip(weights, with_chances(counted, f, g)["expected"], strict=True))
    seen = p * (1 - f) + (1 - p) * g
    assert expected == pytest.approx(1 - (1 - seen) ** rollouts - seen**rollouts, abs=1e-9)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_simulated(case: Case) -> None:
    """Errors by chance leave what theory says; errors by question leave less, and the report sees that."""
    assert [*problems(case, measured(case, questions=400, rollouts=8, repeat=12, seed=3))] == []


def test_problems() -> None:
    """What the benchmark checks can fail: errors by question are not those by chance."""
    by_chance, by_question = (case for case in CASES if case.missed == 0.5 and case.alpha == 0.5)
    size = {"questions": 400, "rollouts": 8, "repeat": 3, "seed": 3}
    assert [*problems(by_chance, measured(by_question, **size))]
    assert [*problems(by_question, measured(by_chance, **size))]


def test_told(tinyv: Tinyv, tmp_path: Path) -> None:
    """Terminal, JSON and page say what chance would leave, and list the questions that are lost."""
    file = annotated(tmp_path / "x.audited.parquet", lines(["aa", "rr", "aw", "rw"]))
    said = " ".join(tinyv("report", file, "--html", tmp_path / "x.html").stdout.split())
    told = "50.0% of the questions would be mixed (f 50.0%, g 0.0%), 25.0% are: -25.0 points"
    assert told in said
    assert "in 2 (50.0%) questions the rule rejects every right answer; by chance in 1.5" in said
    assert "questions of which the rule accepts no right answer: 2, by chance 1.5" in said
    page = (tmp_path / "x.html").read_text("utf-8")
    assert told in page and "Lost by question, not by chance" in page
    figures = json.loads(tinyv("report", file, "--json").stdout)["noise"]
    assert (figures["mixed_expected"], figures["difference"]["value"], len(figures["examples"])) == (
        0.5,
        -0.25,
        2,
    )
