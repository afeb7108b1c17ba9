"""Which recorded verdict is audited: two values, a rule before a judge, the whole before a part; or none."""

from typing import Any

import pytest

from tinyv_cli.errors import UsageError
from tinyv_cli.rules.choosing import Chosen, choose_recorded


@pytest.mark.parametrize(
    ("recorded", "chosen"),
    [
        ({}, Chosen()),
        ({"score": [1.0, 0.0, None]}, Chosen("score")),
        ({"score": [1, -1]}, Chosen("score")),
        ({"value": ["C", "I"]}, Chosen("value")),
        ({"is_correct": [True, False]}, Chosen("is_correct")),
        ({"score": [{"score": 1.0, "acc": True}, {"score": 0.0}]}, Chosen("score")),
        ({"score": [None, float("nan")]}, Chosen()),
        ({"remark": ["good", "bad"]}, Chosen()),
        ({"llm_judge": [True, False], "math_verify": [True, False]}, Chosen("math_verify", ("llm_judge",))),
        ({"judgement": ["Judgement: Yes", "Judgement: No"]}, Chosen("judgement")),
        ({"format_reward": [1, 0], "accuracy_reward": [1, 0]}, Chosen("accuracy_reward", ("format_reward",))),
        ({"modelCorrect": [1, 0], "exactMatch": [1, 0]}, Chosen("exactMatch", ("modelCorrect",))),
        ({"reward": [0.1, 1.1, 0.0], "acc": [True, False, True]}, Chosen("acc", ("reward",))),
    ],
)
def test_chosen(recorded: dict[str, list[Any]], chosen: Chosen) -> None:
    """The field to audit, and what else is recorded."""
    assert choose_recorded(recorded) == chosen


@pytest.mark.parametrize("values", [[0.1, 1.1], [0, 0.5, 1], [-0.5, 1.0], [0.2], ["0.25", "1.5"], [0, 2]])
def test_a_score_needs_a_cut(values: list[Any]) -> None:
    """Where all that is recorded is a shaped reward, its values are told and both ways out."""
    with pytest.raises(UsageError) as raised:
        choose_recorded({"reward": values})
    for said in ("'reward' is a score", "--rule 'column:reward@CUT'", "--rule math-verify"):
        assert said in str(raised.value)


def test_many_values_are_not_all_told() -> None:
    """Six of them, in order."""
    with pytest.raises(UsageError, match=r"score \(0, 0\.1, 0\.2, 0\.3, 0\.4, 0\.5, …\)"):
        choose_recorded({"reward": [n / 10 for n in range(9, -1, -1)]})
