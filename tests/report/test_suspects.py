"""Golds that may be wrong: outvoted by the rollouts, or such that the rule cannot match them."""

from pathlib import Path
from typing import Any

import pytest

from tests.annotated import ACCEPTED, LIKELY, SILENT, WRONG, Line, annotated, figures_of
from tinyv_cli.report.suspects import SHOWN

GUARDED: Line = {"verdict": "incorrect", "evidence": "guard", "answer": None}


def suspects(path: Path, lines: list[Line]) -> Any:
    return figures_of(annotated(path / "x.parquet", lines))["suspect_golds"]


def wrong(*answers: str | None) -> list[Line]:
    return [WRONG | {"answer": answer} for answer in answers]


@pytest.mark.parametrize(
    ("lines", "agreeing"),
    [
        (wrong("7", "7", "7"), 3),
        (wrong("7", "7", "7", "8", "9"), 3),
        (wrong("x = 7", "$x=7$", r"\left x = 7 \right."), 3),
        ([*wrong("7", "7", "7"), ACCEPTED, ACCEPTED], 3),
        ([*wrong("7", "7", "7"), ACCEPTED, ACCEPTED, ACCEPTED], None),  # half is no majority
        (wrong("7", "7"), None),
        (wrong("7", "7", "8"), None),
        (wrong(None, None, None), None),
        ([GUARDED] * 3, None),
        ([*wrong("7", "7"), LIKELY | {"answer": "7"}], None),
        ([*wrong("7", "7"), SILENT | {"answer": "7"}], None),
        ([LIKELY | {"answer": "7"}] * 3, None),
        ([WRONG | {"answer": "7", "evidence": "rule", "p": None}] * 3, None),
        ([WRONG | {"answer": "7", "evidence": "disproof", "p": None}] * 3, 3),
    ],
)
def test_outvoted(tmp_path: Path, lines: list[Line], agreeing: int | None) -> None:
    """More than half of the rollouts, three at least, say the same, and the model rejects it every time."""
    found = suspects(tmp_path, lines)["outvoted"]
    assert found["count"] == (agreeing is not None)
    assert [(each["agreeing"], each["rollouts"]) for each in found["examples"]] == (
        [(agreeing, len(lines))] if agreeing else []
    )


def test_outvoted_examples(tmp_path: Path) -> None:
    """The clearest first, each with what is needed to look at it; the others are only counted."""
    lines = [line | {"question": "some"} for line in wrong("1", "7", "7", "7")]
    lines += [line | {"question": "all"} for line in wrong("8", "8", "8")]
    lines += [line | {"question": f"other {n}"} for n in range(SHOWN) for line in wrong("9", "9", "9")]
    found = suspects(tmp_path, lines)["outvoted"]
    assert (found["questions"], found["count"], len(found["examples"])) == (SHOWN + 2, SHOWN + 2, SHOWN)
    first = found["examples"][0]
    assert {name: first[name] for name in ("question", "gold", "answer", "share", "row", "rollout")} == {
        "question": "all",
        "gold": "6",
        "answer": "8",
        "share": 1.0,
        "row": 4,
        "rollout": 0,
    }
    assert first["p"] == pytest.approx(0.1)
    assert "some" not in [each["question"] for each in found["examples"]]


UNREADABLE: Line = {
    "rule": "undecided",
    "rule_reason": "gold_unparsable",
    "verdict": "undecided",
    "gold": "{",
}
ALIKE: Line = WRONG | {"gold": "yes", "answer": " yes "}


@pytest.mark.parametrize(
    ("lines", "unparsable", "unequal"),
    [
        ([UNREADABLE, UNREADABLE], 1, 0),
        ([ALIKE], 0, 1),
        ([ALIKE | {"lost_in": "extraction"}], 0, 0),
        ([ALIKE | {"lost_in": "comparison"}], 0, 1),
        ([ALIKE | {"rule": "undecided", "rule_reason": "timeout"}], 0, 0),
        ([ALIKE | ACCEPTED], 0, 0),
        ([WRONG, WRONG | {"gold": None}, WRONG | {"answer": None}], 0, 0),
    ],
)
def test_unmatchable(tmp_path: Path, lines: list[Line], unparsable: int, unequal: int) -> None:
    """Golds that the rule cannot read, or rejects when they come as an answer, counted by question."""
    found = suspects(tmp_path, lines)["unmatchable"]
    assert (found["unparsable"], found["unequal"]) == (unparsable, unequal)
    assert found["count"] == len(found["examples"]) == unparsable + unequal


def test_unmatchable_examples(tmp_path: Path) -> None:
    """Those that cost most examples first."""
    lines = [ALIKE | {"question": "p"}, *[UNREADABLE | {"question": "o"}] * 2]
    found = suspects(tmp_path, lines)["unmatchable"]["examples"]
    assert [(each["question"], each["gold"], each["problem"], each["examples"]) for each in found] == [
        ("o", "{", "unparsable", 2),
        ("p", "yes", "unequal", 1),
    ]
