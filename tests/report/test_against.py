"""Two audits side by side: scores and their difference, kinds, questions that move, verdicts that change."""

from pathlib import Path
from typing import Any

import fastjsonschema
import numpy as np
import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, SILENT, WRONG, Line, annotated
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.figures.records import as_json
from tinyv_cli.report.against import compare, comparison_schema
from tinyv_cli.report.comparing import comparison_markdown, comparison_page

VALIDATE = fastjsonschema.compile(comparison_schema())
MARKS = {"a": ACCEPTED, "p": PROVED, "l": LIKELY, "w": WRONG, "s": SILENT}


def lines(marks: dict[str, str], **more: Any) -> list[Line]:
    """A response for each mark of a question."""
    return [
        MARKS[mark] | {"question": question, "response": f"{question} {n}", "rollout": n, **more}
        for question, said in marks.items()
        for n, mark in enumerate(said)
    ]


def compared(folder: Path, first: list[Line], second: list[Line], **given: Any) -> dict[str, Any]:
    files = [
        open_audited(annotated(folder / f"{name}.parquet", own, METADATA))
        for name, own in (("first", first), ("second", second))
    ]
    return dict(VALIDATE(as_json(compare(*files, **given))))


def test_scores(tmp_path: Path) -> None:
    """The score of each before and after, and the difference of both."""
    found = compared(tmp_path, lines({"q": "aw", "r": "ww"}), lines({"q": "ap", "r": "lw"}))
    after = found["score"]["after"]
    assert (after["first"], after["second"], after["difference"]) == (0.25, 0.75, 0.5)
    assert found["score"]["before"]["difference"] == 0.0
    assert (found["score"]["questions"], found["score"]["in_both"], found["score_in_both"]) == (2, 2, None)


@pytest.mark.parametrize("same", [1.0, 0.5, 0.0])
def test_the_interval_is_that_of_a_bootstrap_over_questions(tmp_path: Path, same: float) -> None:
    """Paired where both have a question, and independent where one has it alone."""
    generator = np.random.default_rng(0)
    names = [{f"q{n if n < 300 * same else n + 1000 * side}": n for n in range(300)} for side in range(2)]
    hard = generator.uniform(0, 1, 300)
    marks = [
        {name: "".join(generator.choice(["p", "w"], 4, p=[1 - hard[n], hard[n]])) for name, n in own.items()}
        for own in names
    ]
    found = compared(tmp_path, *map(lines, marks))["score"]
    every = [*dict.fromkeys((*marks[0], *marks[1]))]
    sums = np.array(
        [[(own.get(name, "").count("p"), len(own.get(name, ""))) for own in marks] for name in every]
    )
    drawn = sums[generator.integers(0, len(every), (4000, len(every)))].sum(axis=1)
    shares = drawn[:, :, 0] / drawn[:, :, 1]
    low, high = np.quantile(shares[:, 1] - shares[:, 0], (0.025, 0.975))
    assert found["after"]["interval"] == pytest.approx((low, high), abs=0.006)
    assert found["in_both"] == round(300 * same)


def test_questions_in_both_alone(tmp_path: Path) -> None:
    """What only one has changes the score, and not that of the questions in both."""
    found = compared(tmp_path, lines({"q": "aw", "r": "ww"}), lines({"q": "ap", "s": "pp"}))
    assert found["score"]["after"]["difference"] == 0.75
    assert found["score_in_both"]["after"]["difference"] == 0.5
    assert (found["score_in_both"]["questions"], found["score"]["questions"]) == (1, 3)


def test_groups_and_kinds(tmp_path: Path) -> None:
    """Each value of a column, also one that only one of both has, and each kind that occurs."""
    found = compared(
        tmp_path,
        [*lines({"q": "aw"}, source="x"), *lines({"r": "wp"}, source="y")],
        [*lines({"q": "pp"}, source="x", category="4.1"), *lines({"s": "w"}, source="z")],
        by=["source"],
    )
    [by] = found["by"]
    assert [(each["value"], each["after"]["difference"]) for each in by["groups"]] == [
        ("x", 0.5),
        ("y", None),
        ("z", None),
    ]
    assert [(each["leaf"], each["first"], each["second"]) for each in found["kinds"]] == [
        ("4.1", 0, 2),
        ("6.1", 1, 0),
    ]


def test_questions_that_move(tmp_path: Path) -> None:
    """From none right to some or all, by the rules and after recovery."""
    found = compared(tmp_path, lines({"q": "ww", "r": "aw"}), lines({"q": "pw", "r": "aa"}))
    moved = {(each["first"], each["second"]): (each["before"], each["after"]) for each in found["questions"]}
    assert {pair: counts for pair, counts in moved.items() if any(counts)} == {
        ("all_wrong", "all_wrong"): (1, 0),
        ("all_wrong", "mixed"): (0, 1),
        ("mixed", "all_right"): (1, 1),
    }


def test_responses_that_are_judged_differently(tmp_path: Path) -> None:
    """The same response in both, whose verdict or rule says something else."""
    found = compared(tmp_path, lines({"q": "awwp", "r": "a"}), lines({"q": "apwa"}))["responses"]
    assert (found["count"], found["rule_changed"], found["verdict_changed"]) == (4, 1, 1)
    assert [(each["first"], each["second"], each["rollout"]) for each in found["examples"]] == [
        ("reject, correct", "accept, correct", 3),
        ("reject, incorrect", "reject, correct", 1),
    ]


def test_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as tables and as a page."""
    monkeypatch.chdir(tmp_path)  # of a longer name the end would be cut
    files = [
        open_audited(annotated(Path(f"{name}.parquet"), lines({"q": marks, "r": "ww"}), METADATA))
        for name, marks in (("before", "aw"), ("after", "ap"))
    ]
    comparison = compare(*files)
    markdown = comparison_markdown(comparison)
    assert "- **score**: 25.0% → 50.0%, +25.0 points" in markdown
    assert "reject, incorrect" in markdown and "after.parquet" in markdown
    assert "+25.0" in comparison_page(comparison)
