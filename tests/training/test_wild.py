"""Judged answers as groups: whole repositories are kept out, and what is measured is not learnt."""

from pathlib import Path
from random import Random

import polars as pl
import pytest

from training.groups import Answer, Group, read_groups, without_measured
from training.wild import Judged, folds, groups_of, parted, recorded, written

pytestmark = pytest.mark.training


def judged(repo: str, right: int, wrong: int, *, may_train: bool = True) -> list[Judged]:
    """So many answers of a repository, two to a question."""
    return [
        Judged(repo, f"{repo}, question {n // 2}", "7", str(n), n < right, may_train)
        for n in range(right + wrong)
    ]


ROWS = [
    *judged("large", 40, 400),
    *judged("right", 60, 20),
    *judged("wrong", 2, 200),
    *judged("middle", 20, 100),
    *(row for n in range(6) for row in judged(f"small {n}", 3, 20)),
    *judged("closed", 10, 90, may_train=False),
    *judged("partly", 1, 3),
    *judged("partly", 0, 3, may_train=False),
]


def test_folds_are_whole_repositories_of_like_size() -> None:
    """Each that may be learnt from is in one; none is much larger than what cannot be divided."""
    parts = folds(ROWS, 3)
    together = [repo for part in parts for repo in part]
    assert len(together) == len(set(together))
    assert set(together) == {row.source for row in ROWS} - {"closed", "partly"}
    right = [sum(row.correct for row in ROWS if row.source in part) for part in parts]
    assert min(right) >= 20
    assert folds(ROWS[::-1], 3) == parts


def test_what_is_kept_out_is_not_learnt() -> None:
    """Nor is any answer of a repository with a row that must not be."""
    kept_out = folds(ROWS, 3)[0]
    learnt, measured = parted(ROWS, kept_out)
    assert len(learnt) + len(measured) == len(ROWS)
    assert {row.source for row in measured} == kept_out | {"closed", "partly"}
    assert not {row.source for row in learnt} & {row.source for row in measured}


def test_answers_to_a_question_are_a_group() -> None:
    """Right ones weigh more, if so wished."""
    rows = judged("a", 1, 3)
    first, second = groups_of(rows, "recorded", Random(0), right_weight=3.0)
    assert sorted(first.answers, key=lambda each: each.text) == [
        Answer("0", True, "recorded", 3.0),
        Answer("1", False, "recorded"),
    ]
    assert (second.source, second.question, second.gold) == ("a", "a, question 1", "7")


def test_tables_of_judged_answers_are_read(tmp_path: Path) -> None:
    """A label that is not the answer's own, or that nobody could give, teaches nothing."""
    rows = {"question": "q", "gold": "1", "answer": "one", "repo": "r", "source": "s", "may_train": True}
    table = pl.DataFrame(
        [
            {**rows, "label": True, "alone": True},
            {**rows, "label": False, "alone": False},
            {**rows, "label": None, "alone": True},
        ]
    )
    table.write_parquet(tmp_path / "recorded.parquet")
    table.head(1).write_parquet(tmp_path / "written.parquet")
    assert recorded(tmp_path / "recorded.parquet") == [Judged("r", "q", "1", "one", True)]
    assert written(tmp_path / "written.parquet") == [Judged("s", "q", "1", "one", True)]


def test_what_is_measured_is_not_learnt() -> None:
    """A question is the same whatever its spaces, signs and cases; what has no question stays."""
    groups = [
        Group("s", question, "1", (Answer("1", True, ""),)) for question in ("What is $x$?", "", "Why?")
    ]
    assert [group.question for group in without_measured(groups, ["what is X ?", ""])] == ["", "Why?"]


def test_the_steps_are_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From judged rollouts to files of groups, one of them thinned out."""
    from training.__main__ import app

    table = pl.DataFrame(
        {
            "repo": [row.source for row in ROWS],
            "question": [row.question for row in ROWS],
            "gold": [row.gold for row in ROWS],
            "answer": [row.answer for row in ROWS],
            "label": [row.correct for row in ROWS],
            "may_train": [row.may_train for row in ROWS],
            "alone": [True] * len(ROWS),
        }
    )
    table.write_parquet(tmp_path / "rollouts.parquet")
    app(
        ["wild", str(tmp_path / "rollouts.parquet"), "-o", str(tmp_path), "--folds", "3", "--leave-out", "2"],
        standalone_mode=False,
    )
    learnt, kept_out = (
        list(read_groups([tmp_path / f"wild-{part}.jsonl"])) for part in ("train", "kept-out")
    )
    assert sum(len(group.answers) for group in [*learnt, *kept_out]) == len(ROWS)
    assert {answer.weight for group in learnt for answer in group.answers} == {1.0, 3.0}
    assert {answer.weight for group in kept_out for answer in group.answers} == {1.0}
    app(
        ["thin", str(tmp_path / "wild-train.jsonl"), "-o", str(tmp_path / "some.jsonl"), "5"],
        standalone_mode=False,
    )
    assert len([group for group in read_groups([tmp_path / "some.jsonl"]) if group in learnt]) == 5
    assert "closed" in capsys.readouterr().out
