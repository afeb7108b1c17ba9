"""What lost answers cost RL, against rewards and advantages worked out one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.annotated import ACCEPTED, LIKELY, SILENT, WRONG, Line, annotated
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.figures.records import as_json
from tinyv_cli.report.questions import distribution, passes, question_figures, question_figures_by

# Of each question, what came of its rollouts: accepted, recovered, wrong or silent (undecided).
SAID: dict[str, Line] = {"a": ACCEPTED, "r": LIKELY, "w": WRONG, "s": SILENT}
QUESTIONS = ["wwww", "wwwr", "rrr", "aaww", "aarr", "aaaa", "awrs", "ss", "a", "r"]


def lines(questions: list[str], **more: Any) -> list[Line]:
    return [
        {"question": f"q{number}", **SAID[said], **more}
        for number, rollouts in enumerate(questions)
        for said in rollouts
    ]


def test_states_and_moves(tmp_path: Path) -> None:
    """Worked out by hand: eight questions with several rollouts; what is undecided has not passed."""
    found = question_figures(passes(open_audited(annotated(tmp_path / "x.parquet", lines(QUESTIONS))).frame))
    assert found is not None and found.advantage_change > 0
    assert as_json(replace(found, advantage_change=0.0, pass_rates=None)) == {
        "count": 8,
        "rollouts": 29,
        "pass_rate_before": pytest.approx((1 / 2 + 1 / 2 + 1 + 1 / 4) / 8),
        "pass_rate_after": pytest.approx((1 / 4 + 1 + 1 / 2 + 1 + 1 + 1 / 2) / 8),
        "prompt_efficiency_before": 3 / 8,
        "prompt_efficiency_after": 3 / 8,
        "all_wrong_before": 4,
        "all_wrong_after": 2,
        "mixed_before": 3,
        "mixed_after": 3,
        "all_right_before": 1,
        "all_right_after": 3,
        "every_right_rejected": 2,
        "all_wrong_to_mixed": 1,
        "all_wrong_to_all_right": 1,
        "mixed_to_all_right": 1,
        "advantage_change": 0.0,
    }


def test_distribution(tmp_path: Path) -> None:
    """Each question is in one part, before and after; all right is a part of its own."""
    found = distribution(passes(open_audited(annotated(tmp_path / "x.parquet", lines(QUESTIONS))).frame))
    assert [(part.state, part.above, part.up_to) for part in found] == [
        ("all_wrong", 0.0, 0.0),
        ("mixed", 0.0, 0.25),
        ("mixed", 0.25, 0.5),
        ("mixed", 0.5, 0.75),
        ("mixed", 0.75, 1.0),
        ("all_right", 1.0, 1.0),
    ]
    assert [part.before for part in found] == [4, 1, 2, 0, 0, 1]
    assert [part.after for part in found] == [2, 1, 2, 0, 0, 3]


def test_by_group(tmp_path: Path) -> None:
    """A group has the figures of its own rollouts, also of a question that stands in two groups."""
    told = [*lines(["aw", "wr"], source="x"), *lines(["aar"], source="y")]
    frame = open_audited(annotated(tmp_path / "x.parquet", told)).frame
    found = question_figures_by(passes(frame, pl.col("source").alias("value")), "value")
    assert {name: (each.count, each.rollouts) for name, each in found.items()} == {
        "x": (2, 4),
        "y": (1, 3),
    }
    assert (found["x"].all_wrong_to_mixed, found["y"].mixed_to_all_right) == (1, 1)
    together = question_figures(passes(frame))
    assert together is not None and (together.count, together.rollouts) == (2, 7)


def test_no_groups_of_rollouts(tmp_path: Path) -> None:
    """With one rollout a question there is nothing to say."""
    assert (
        question_figures(passes(open_audited(annotated(tmp_path / "x.parquet", lines(["a", "w"]))).frame))
        is None
    )


def advantages(rewards: list[float]) -> Any:
    """As trainers compute them: 0 where all rewards are alike."""
    spread = np.std(rewards, ddof=1)
    return (np.array(rewards) - np.mean(rewards)) / spread if spread > 0 else np.zeros(len(rewards))


@settings(deadline=None)  # polars starts its threads when it likes
@given(st.lists(st.text("arw", min_size=2, max_size=9), min_size=1, max_size=6))
def test_advantages(questions: list[str]) -> None:
    """The mean absolute change is that of advantages computed rollout by rollout."""
    counts = [(len(each), each.count("a"), each.count("a") + each.count("r")) for each in questions]
    schema = {"rollouts": pl.Int64, "before": pl.Int64, "after": pl.Int64}
    found = question_figures(pl.DataFrame(counts, schema=schema, orient="row"))
    assert found is not None
    changes = [
        abs(
            advantages([float(said in "ar") for said in rollouts])
            - advantages([float(said == "a") for said in rollouts])
        )
        for rollouts in questions
    ]
    assert found.advantage_change == pytest.approx(np.concatenate(changes).mean())
