"""What is refused before a model is asked."""

import pytest

from tinyv_cli.guards import FILLERS, guard
from tinyv_cli.records import Answer, How


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no_answer"),
        ("", "no_content"),
        (" ", "no_content"),
        (":", "no_content"),
        ("!?", "no_content"),
        (",", "no_content"),
        ("{}", "no_content"),
        (r"\{\}", "no_content"),
        ("。", "no_content"),
        ("Solution", "filler"),
        ("solution:", "filler"),
        ("**Solution**", "filler"),
        ("Thought process:", "filler"),
        ("Let's solve this problem step by step.", "filler"),
        ("Let’s solve this problem step by step", "filler"),
        ("Let's solve this step by step", "filler"),
        ("解", "filler"),
        ("解：", "filler"),
        ("かいせつ", "filler"),
        ("Respuesta", "filler"),
    ],
)
def test_refused(text: str | None, reason: str) -> None:
    """Replies that say nothing ("master keys") never reach a model, and the reason is named."""
    assert guard(Answer(text, How.WHOLE)) == reason


@pytest.mark.parametrize(
    "text",
    [
        "5",
        "-1",
        "x",
        "π",
        "½",
        "²",
        "∅",
        "∞",
        "-∞",
        "三角形",
        "No solution",
        "The solution is 5",
        "解为5",
        "A",
    ],
)
def test_let_through(text: str) -> None:
    """Whatever could be an answer may be asked about."""
    assert guard(Answer(text, How.WHOLE)) is None


@pytest.mark.parametrize("filler", sorted(FILLERS))
def test_fillers_are_spelled_as_compared(filler: str) -> None:
    """Each filler is written in the form that answers are brought to, so that it can match."""
    assert guard(Answer(filler.upper(), How.LAST_LINE)) == "filler"
