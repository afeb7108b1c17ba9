"""What a text denies, and what is left of it."""

import pytest

from tests.tables import slow
from tinyv_cli.maths.denials import denied, without_denied

DENIALS = [
    ("not 5", "5", ""),
    ("it isn't 5", "5", "it"),
    ("d, not b", "b", "d,"),
    ("not b, but d", "b", ", but d"),
    ("b is wrong", "b", ""),
    ("d, since b is wrong", "b", "d, since"),
    (r"7:4 \text{ is wrong}", "7:4", ""),
    ("3, 7 is incorrect", "3, 7", "3,"),
    ("x = 3 (x = -1 is not a solution)", "x = -1", "x = 3 ("),
    ("anything but 60", "60", ""),
    (r"\neq 60", "60", ""),
    ("5, which is wrong", "5, which", ""),
    ("不是60", "60", ""),
]


@pytest.mark.parametrize(("text", "what", "left"), DENIALS)
def test_denied(text: str, what: str, left: str) -> None:
    """What is denied is told from what is said beside it."""
    assert what in denied(text)
    assert left.split() == [
        part for part in without_denied(text).split() if part not in (")", "a", "solution", "}")
    ]


@pytest.mark.parametrize("text", ["5", "eleanor", "a note", "x or not", "whether it is so", "not only 5"])
def test_nothing_denied(text: str) -> None:
    """Letters of a denial in a word, and a choice left open, deny nothing."""
    assert [part for part in denied(text) if "5" in part or "eleanor" in part] == []


def test_hostile_texts() -> None:
    """Texts of denials take no time."""
    texts = [
        "not (" * 4000,
        "is wrong " * 2000,
        "not " * 5000,
        "it is " * 3000,
        "\\" * 20000,
        "not a, " * 3000,
    ]
    assert slow(texts, 0.5, denied) == []
    assert slow(texts, 0.5, without_denied) == []
