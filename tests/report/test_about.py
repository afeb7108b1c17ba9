"""What a page says of the task, the model and the day."""

from pathlib import Path
from typing import Any

import pytest

from tests.annotated import METADATA, WRONG, Line, annotated, figures_of

LM_EVAL = "results/Qwen__Qwen2.5-1.5B/samples_gsm8k_cot_2026-11-30T10-00-00.123.jsonl"


@pytest.mark.parametrize(
    ("line", "metadata", "expected"),
    [
        ({"task": "gsm8k", "model": "qwen"}, {}, ("gsm8k", "qwen", None)),
        ({"data_source": "openai/gsm8k", "meta": {"model": "m"}}, {}, ("openai/gsm8k", "m", None)),
        ({}, {"sources": [{"name": LM_EVAL, "size": 1}]}, ("gsm8k_cot", "Qwen__Qwen2.5-1.5B", None)),
        (
            {},
            {"sources": [{"name": "a.jsonl", "size": 1}], "date": "2026-11-30"},
            (None, None, "2026-11-30"),
        ),
        ({"task": "x" * 200}, {}, (None, None, None)),
    ],
)
def test_about(tmp_path: Path, line: Line, metadata: dict[str, Any], expected: Any) -> None:
    """By the rows, else by how an evaluation names its files; nothing where neither says it."""
    file = annotated(tmp_path / "x.parquet", [WRONG | line] * 2, METADATA | metadata)
    found = figures_of(file)["about"]
    assert (found["task"], found["model"], found["date"]) == expected


def test_too_many(tmp_path: Path) -> None:
    """A column with many values names no task; three are named in their order."""
    few = annotated(tmp_path / "few.parquet", [WRONG | {"task": f"t{n % 3 + 9}"} for n in range(6)])
    many = annotated(tmp_path / "many.parquet", [WRONG | {"task": f"t{n}"} for n in range(6)])
    assert figures_of(few)["about"]["task"] == "t9, t10, t11"
    assert figures_of(many)["about"]["task"] is None
