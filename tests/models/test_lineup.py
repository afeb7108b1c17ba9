"""What --model names: one model, several opinions, or a cascade."""

from pathlib import Path

import pytest

from tinyv_cli.errors import UsageError
from tinyv_cli.models.lineup import Lineup, lineup

SECRET = "http://me:secret@host:1/v1"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["nano"], Lineup(("nano",))),
        (["none"], Lineup(())),
        (["nano", "b.gguf"], Lineup(("nano", "b.gguf"))),
        (["nano", "b.gguf", "c.gguf"], Lineup(("nano", "b.gguf", "c.gguf"))),
        (["nano,http://host/v1#m"], Lineup(("nano", "http://host/v1#m"), in_turn=True)),
        (["a.gguf, hf:o/r:Q8_0 ,nano"], Lineup(("a.gguf", "hf:o/r:Q8_0", "nano"), in_turn=True)),
    ],
)
def test_who_is_asked(given: list[str], expected: Lineup) -> None:
    """A comma makes a cascade, in the order that is given; without one each gives its opinion."""
    assert lineup(given) == expected


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (["nano,"], "a cascade is of models, with"),
        ([",nano"], "a cascade is of models, with"),
        (["nano,none"], "a cascade is of models, with"),
        (["nano,b.gguf,nano"], "a cascade asks each model once"),
        (["nano,b.gguf", "c.gguf"], "--model nano,b.gguf is a cascade, and --model given again"),
        (["c.gguf", "nano,b.gguf"], "give --model once, with ',' between all models"),
        (["nano", "none"], "goes with no other"),
    ],
)
def test_what_does_not_go_together(given: list[str], complaint: str) -> None:
    """It is said with what to do instead."""
    with pytest.raises(UsageError, match=complaint):
        lineup(given)


@pytest.mark.parametrize("given", [[f"nano,{SECRET},nano"], [f"nano,{SECRET}", "b"], [SECRET, SECRET]])
def test_no_password_is_shown(given: list[str]) -> None:
    """Whatever is wrong with an address, its password is not repeated."""
    with pytest.raises(UsageError, match="http://host:1/v1") as raised:
        lineup(given)
    assert "secret" not in str(raised.value)


def test_a_file_with_a_comma(tmp_path: Path) -> None:
    """A file that is there is one model, whatever its name."""
    path = tmp_path / "mine, small.gguf"
    path.touch()
    assert lineup([str(path)]) == Lineup((str(path),))
