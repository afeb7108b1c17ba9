"""How figures are split, and in which order their values stand."""

from pathlib import Path
from typing import Any

import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, WRONG, annotated, figures_of
from tinyv_cli.documents.audited import open_audited
from tinyv_cli.report.page import report_page
from tinyv_cli.report.summary import summarise

STEPS = [
    (ACCEPTED if n % 4 == 0 else LIKELY if n % 3 == 0 else WRONG) | {"question": f"q{n // 4}", "step": step}
    for step in (100, 20, 3)
    for n in range(24)
]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 9, 9, 100, None], ["9", "10", "100", "(none)"]),
        ([0.5, -1.0, 0.25], ["-1.0", "0.25", "0.5"]),
        (["10", "9", "9.5"], ["9", "9.5", "10"]),
        (["Level 10", "Level 9", "Level 9", "x"], ["Level 9", "Level 10", "x"]),
        (["b", "a", "b"], ["b", "a"]),
    ],
)
def test_order(tmp_path: Path, values: list[Any], expected: list[str]) -> None:
    """Numbers stand in their order; of others the commonest first, and of equals as people sort them."""
    file = annotated(tmp_path / "x.parquet", [WRONG | {"level": value} for value in values])
    [by] = figures_of(file, by=["level"])["by"]
    assert [group["value"] for group in by["groups"]] == expected


def test_more_numbers_than_are_listed(tmp_path: Path) -> None:
    """Of many numbers a hundred are listed, evenly, so that a curve over them is whole."""
    file = annotated(tmp_path / "x.parquet", [WRONG | {"level": n} for n in range(1000)])
    [by] = figures_of(file, by=["level"])["by"]
    assert (by["count"], len(by["groups"])) == (1000, 100)
    assert (by["groups"][0]["value"], by["groups"][-1]["value"]) == ("0", "999")


def test_steps_without_an_option(tmp_path: Path) -> None:
    """Where the names of files tell the steps of a training, figures are split by these as well."""
    lines = [line | {"source": "a"} for line in STEPS]
    file = annotated(tmp_path / "x.parquet", lines, METADATA | {"mapping": {"by": "source", "label": None}})
    assert [by["column"] for by in figures_of(file)["by"]] == ["source", "tinyv_step"]
    assert [by["column"] for by in figures_of(file, by=["source"])["by"]] == ["source"]
    alone = annotated(tmp_path / "y.parquet", [line for line in lines if line["step"] == 3])
    assert figures_of(alone)["by"] == []


def test_shares(tmp_path: Path) -> None:
    """What was lost of what is right, what is right of what was not accepted, and questions that lost all."""
    [by] = figures_of(annotated(tmp_path / "x.parquet", STEPS), by=["tinyv_step"])["by"]
    group = by["groups"][0]
    assert (group["value"], group["examples"], group["not_accepted"], group["right"]) == ("3", 24, 18, 12)
    assert group["of_not_accepted"]["value"] == pytest.approx(6 / 18)
    assert group["lost"]["value"] == pytest.approx(6 / 12)
    assert group["questions"]["every_right_rejected"] == 0


def test_curves(tmp_path: Path) -> None:
    """The page draws what changes with a number as curves, and names them."""
    file = annotated(tmp_path / "x.parquet", STEPS)
    page = report_page(summarise(open_audited(file), by=["tinyv_step"]))
    for heading in ("Score", "Prompt efficiency", "Right answers lost"):
        assert f"<h3>{heading}</h3>" in page
    assert "every right answer is rejected</h3>" in page
