"""Lines that are whole steps, and what of a row belongs to each of its responses."""

from typing import Any

import pytest

from tinyv_cli.errors import SourceError
from tinyv_cli.sources.explode import Window, explode
from tinyv_cli.sources.fields import SAMPLE_ROWS
from tinyv_cli.sources.files import step_in
from tinyv_cli.sources.mapping import Overrides, choose_mapping
from tinyv_cli.sources.reshape import reshape_for
from tinyv_cli.sources.rows import DictRows

Row = dict[str, Any]
FIVE, SIX = "It is \\boxed{5}.", "It is \\boxed{6}."


def window(*rows: Row, **overrides: Any) -> Window:
    data = DictRows(list(rows))
    reshape = reshape_for(data) or iter
    [(found, _)] = reshape(iter([(data, 0)]))
    return explode(found, choose_mapping(found, Overrides(**overrides), source="x"))


def examples(*rows: Row, **overrides: Any) -> list[tuple[str, tuple[str, ...], str | None]]:
    found = window(*rows, **overrides).examples
    return [(each.question, each.golds, each.response) for each in found]


def test_step() -> None:
    """A line of lists over samples is as many rows; what is no list is that of each."""
    step = {"step": 3, "prompt": ["2+3?", "7-9?"], "solution": ["5", "-2"], "completion": [FIVE, SIX]}
    assert examples(step) == [("2+3?", ("5",), FIVE), ("7-9?", ("-2",), SIX)]
    assert window(step).table().column("step").to_pylist() == [3, 3]
    assert [each.line for each in window(step, step).examples] == [1, 1, 2, 2]


def test_golds_of_a_batch() -> None:
    """Without a question, golds beside as many responses belong to one each: none is another's."""
    assert examples({"gold": ["5", "7"], "response": [FIVE, SIX]}) == [("", ("5",), FIVE), ("", ("7",), SIX)]


def test_any_gold_of_one_question() -> None:
    """With one question, each of several golds is right for every response."""
    row = {"question": "2+3?", "gold": ["5", "five"], "response": [FIVE, SIX]}
    assert examples(row) == [("2+3?", ("5", "five"), FIVE), ("2+3?", ("5", "five"), SIX)]


def test_elements_are_not_repeated() -> None:
    """Of a list of rollouts each example keeps its own, with what stands beside it."""
    rollouts = [{"text": FIVE, "correct": True}, {"text": SIX, "correct": False}]
    found = window({"question": "2+3?", "gold": "5", "rollouts": rollouts, "scores": [1, 0], "tags": ["a"]})
    assert found.mapping.response == "rollouts.*.text"
    assert found.table().column("rollouts").to_pylist() == rollouts
    assert found.table().column("scores").to_pylist() == [1, 0]
    assert found.table().column("tags").to_pylist() == [["a"], ["a"]]
    many = window(*[{"question": "2+3?", "gold": "5", "rollouts": rollouts}] * 2 * SAMPLE_ROWS)
    assert many.table().column("rollouts").to_pylist() == rollouts * 2 * SAMPLE_ROWS
    nested = window(
        {"question": "2+3?", "gold": "5", "run": {"outputs": [{"text": FIVE}, {"text": SIX}], "id": 7}},
        response="run.outputs.*.text",
    )
    assert nested.table().column("run").to_pylist() == [
        {"outputs": {"text": FIVE}, "id": 7},
        {"outputs": {"text": SIX}, "id": 7},
    ]


@pytest.mark.parametrize(
    "choices",
    [
        ["four", "five"],
        {"A": "four", "B": "five"},
        {"text": ["four", "five"], "label": ["A", "B"]},
        [{"text": "four"}, {"text": "five"}],
    ],
)
def test_choices(choices: Any) -> None:
    """Choices are part of the question, under their letters, however they are kept."""
    row = {"question": "2+3?", "choices": choices, "answer": "B", "response": FIVE}
    assert examples(row) == [("2+3?\nA. four\nB. five", ("B",), FIVE)]


def test_choices_in_columns() -> None:
    """So are columns of one letter; a question that names them already has them."""
    letters = {"A": "four", "B": "five", "C": "six", "answer": "B", "response": FIVE}
    assert examples({"question": "2+3?", **letters}) == [("2+3?\nA. four\nB. five\nC. six", ("B",), FIVE)]
    asked = "2+3? A. four B. five"
    assert examples({"question": asked, "choices": ["four", "five"], "answer": "B", "response": FIVE}) == [
        (asked, ("B",), FIVE)
    ]


def test_instruction_and_input() -> None:
    """An instruction and its input are one question, as the user may say of any two fields."""
    row = {"instruction": "Add these.", "input": "2 and 3", "gold": "5", "response": FIVE}
    assert examples(row) == [("Add these.\n2 and 3", ("5",), FIVE)]
    assert examples({**row, "input": ""}) == [("Add these.", ("5",), FIVE)]
    assert examples(row, question="input + instruction")[0][0] == "2 and 3\nAdd these."
    assert examples(row, question="")[0][0] == ""


@pytest.mark.parametrize("written", ["['a b', 'c d']", '["a b", "c d"]'])
def test_lists_written_as_text(written: str) -> None:
    """Lists that a data frame wrote into a CSV file are lists, in a column named in the plural."""
    assert [each[2] for each in examples({"question": "q", "gold": "5", "responses": written})] == [
        "a b",
        "c d",
    ]
    assert [each[2] for each in examples({"question": "q", "gold": "5", "response": written})] == [written]


def test_objects_are_refused_by_name() -> None:
    """An object in which several texts stand is never judged as its JSON text."""
    row = {"question": "q", "gold": "5", "response": {"first": "a b", "second": "c d"}}
    with pytest.raises(
        SourceError, match=r"x: 'response' holds objects, no response; name what is meant: --resp"
    ):
        examples(row, response="response")


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("train_step_40.json", 40),
        ("run/step_40/a.jsonl", 40),
        ("run/global_step-7/x.parquet", 7),
        ("dump_data.step_3.jsonl", 3),
        ("rollouts/40.jsonl", 40),
        ("40.json", None),
        ("footstep_4.jsonl", None),
        ("steps.jsonl", None),
    ],
)
def test_step_in_a_name(name: str, step: int | None) -> None:
    """A step in the name of a file or folder is kept beside its rows."""
    assert step_in(name) == step
