"""Which false negatives are listed in full, and what of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.annotated import ACCEPTED, LIKELY, METADATA, PROVED, WRONG, Line, annotated, figures_of
from tinyv_cli.report.listing import RESPONSE_CHARS, WORST, shortened


def listed(path: Path, lines: list[Line], most: int = 100, **given: Any) -> Any:
    return figures_of(annotated(path / "x.parquet", lines), listed=most, **given)["listing"]


def test_fields(tmp_path: Path) -> None:
    """Everything that one needs to judge an example, and where it is from."""
    line = LIKELY | {"category": "5.1", "response": "So 6.", "answer": "six", "lost_in": "comparison"}
    [found] = listed(tmp_path, [WRONG, ACCEPTED, line | {"meta": {"source": "x"}}], by=["meta.source"])
    assert found.pop("p") == pytest.approx(0.9)
    assert found == {
        "row": 2,
        "rollout": 0,
        "copies": 1,
        "question": "q",
        "gold": "6",
        "answer": "six",
        "response": "So 6.",
        "response_chars": 5,
        "category": "5.1",
        "lost_in": "comparison",
        "evidence": "model",
        "proof": None,
        "group": "x",
    }


def test_by_turns(tmp_path: Path) -> None:
    """Of each kind in turn the surest, the commonest kind first; what is proved is surer than any p."""
    lines = [LIKELY | {"category": "5.1", "p": 0.5 + n / 100} for n in range(5)]
    lines += [LIKELY | {"category": "1.4", "p": 0.99}, PROVED | {"category": "1.4"}, LIKELY | {"p": 0.6}]
    lines = [line | {"answer": str(n)} for n, line in enumerate(lines)]
    assert [each["row"] for each in listed(tmp_path, lines)] == [4, 6, 7, 3, 5, 2, 1, 0]
    assert [each["row"] for each in listed(tmp_path, lines, most=3)] == [4, 6, 7]
    assert listed(tmp_path, lines, most=0) == []


def test_the_worst_first(tmp_path: Path) -> None:
    """The ten that were lost most often come first, however sure the others are and of whatever kind."""
    often = [LIKELY | {"category": "5.1", "p": 0.6, "answer": f"often {n}"} for n in range(WORST)]
    twice = [line for n, line in enumerate(often) for _ in range(2 + n)]
    once = [PROVED | {"category": kind, "answer": f"once {kind}"} for kind in ("1.4", "2.1", "6.1")]
    found = listed(tmp_path, [*once, *twice])
    assert [each["copies"] for each in found] == [*range(WORST + 1, 1, -1), 1, 1, 1]
    assert [each["category"] for each in found[WORST:]] == ["1.4", "2.1", "6.1"]
    assert [each["copies"] for each in listed(tmp_path, [*once, *twice], most=3)] == [11, 10, 9]


def test_several_rollouts_of_a_row(tmp_path: Path) -> None:
    """A row's rollouts are told apart, whatever the user's own columns are called."""
    lines = [LIKELY | {"row": 3, "rollout": n, "answer": str(n), "p": 0.9 - n / 10} for n in range(3)]
    found = listed(tmp_path, [line | {"rollouts": 5, "place": "a"} for line in lines], by=["place"])
    assert [(each["row"], each["rollout"], each["answer"]) for each in found] == [
        (3, 0, "0"),
        (3, 1, "1"),
        (3, 2, "2"),
    ]


def test_second_model(tmp_path: Path) -> None:
    """Two models are listed side by side; sure is what spoke for the verdict."""
    noted = LIKELY | {"model_reason_2": "cut:question"}
    lines = [noted | {"p": 0.9, "p_2": 0.6}, noted | {"p": 0.7, "p_2": 0.8, "answer": "7"}]
    metadata = METADATA | {"other_models": [{"name": "b"}], "agree": "all"}
    figures = figures_of(annotated(tmp_path / "x.parquet", lines, metadata), listed=5)
    assert [each["p_2"] for each in figures["listing"]] == pytest.approx([0.8, 0.6])


@pytest.mark.parametrize(
    ("text", "chars", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcdefghij", 8, "ab\n[…]\nefghij"),
        (None, 3, None),
        ("", 3, ""),
    ],
)
def test_shortened(text: str | None, chars: int, expected: str | None) -> None:
    """What is too long keeps its beginning and more of its end."""
    assert shortened(text, chars) == expected


def test_long_responses(tmp_path: Path) -> None:
    """They are cut, and how long they were is told."""
    response = "x" * 10 * RESPONSE_CHARS + "so it is 6"
    [found] = listed(tmp_path, [LIKELY | {"response": response}])
    assert found["response_chars"] == len(response)
    assert len(found["response"]) < RESPONSE_CHARS + 10
    assert found["response"].endswith("so it is 6")
