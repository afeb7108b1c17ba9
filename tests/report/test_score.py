"""The score before and after recovery: what anybody computes from the file, with honest intervals."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.annotated import ACCEPTED, LIKELY, PROVED, SILENT, WRONG, Line, annotated
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.figures.records import as_json
from tinyv_cli.report.summary import summarise


def score_of(path: Path, lines: list[Line]) -> dict[str, Any]:
    """The figure in the summary of such a file."""
    found: dict[str, Any] = as_json(summarise(open_audited(annotated(path, lines))))["score"]
    return found


OUTCOMES = {"accepted": ACCEPTED, "proved": PROVED, "likely": LIKELY, "wrong": WRONG, "undecided": SILENT}


def response(question: int, outcome: str) -> Line:
    """A line: accepted by the rule, proved, likely, wrong, or undecided in the end."""
    return {"question": f"question {question}", "gold": str(question), **OUTCOMES[outcome]}


def test_parts(tmp_path: Path) -> None:
    """By the rule, proved and likely add up; undecided is wrong, and suspects are told apart."""
    outcomes = ["accepted", "accepted", "proved", "likely", "wrong", "undecided", "wrong", "wrong"]
    lines = [response(n // 2, outcome) for n, outcome in enumerate(outcomes)]
    lines[0]["suspect"] = "denied: it says so"
    score = score_of(tmp_path / "x.parquet", lines)
    assert (score["responses"], score["questions"], score["undecided"]) == (8, 4, 1)
    shares = score["before"]["value"], score["proved"], score["likely"], score["after"]["value"]
    assert shares == (0.25, 0.125, 0.125, 0.5)
    assert score["gain"]["value"] == 0.25 and score["trusted"]["value"] == 0.375
    assert score["corrected"] is None


@pytest.mark.parametrize("responses", [1, 4])
def test_intervals_are_those_of_a_bootstrap_over_questions(tmp_path: Path, responses: int) -> None:
    """Of 2,000 questions both ends agree to 0.2 points with 10,000 resamples, for the score and the gain."""
    random = np.random.default_rng(5)
    ease = random.beta(0.7, 1.2, 2000)
    outcomes = [
        [
            "accepted"
            if random.random() < p
            else random.choice(["wrong", "likely", "proved"], p=[0.7, 0.2, 0.1])
        ]
        for p in ease
        for _ in range(responses)
    ]
    lines = [response(n // responses, outcome) for n, [outcome] in enumerate(outcomes)]
    score = score_of(tmp_path / "x.parquet", lines)
    said = np.array([outcome for [outcome] in outcomes]).reshape(2000, responses)
    worth = {
        "before": (said == "accepted").mean(1),
        "after": np.isin(said, ["accepted", "likely", "proved"]).mean(1),
    }
    worth["gain"] = worth["after"] - worth["before"]
    drawn = random.multinomial(2000, np.full(2000, 1 / 2000), 10_000)
    for name, each in worth.items():
        assert score[name]["value"] == pytest.approx(each.mean())
        ends = np.percentile(drawn @ each / 2000, [2.5, 97.5])
        assert score[name]["interval"] == pytest.approx(ends, abs=0.002)


def test_one_question_says_nothing_of_others(tmp_path: Path) -> None:
    """Then there is a score and no interval; without any response there is neither."""
    score = score_of(tmp_path / "x.parquet", [response(1, "accepted"), response(1, "wrong")])
    assert score["after"] == {"value": 0.5, "interval": None} and score["gain"]["interval"] is None
    nothing = score_of(tmp_path / "y.parquet", [])
    assert nothing["after"] == {"value": None, "interval": None} and nothing["responses"] == 0
