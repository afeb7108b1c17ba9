"""Where gold and answer differ, for people who compare them."""

import pytest

from tinyv_cli.figures.differences import MOST_PIECES, differences


def marked(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{text}]" if differs else text for text, differs in pieces)


@pytest.mark.parametrize(
    ("gold", "answer", "shown"),
    [
        ("5", "5", ("5", "5")),
        ("5", "6", ("[5]", "[6]")),
        ("12.5", "12.6", ("12.[5]", "12.[6]")),
        ("-5", "−5", ("[-]5", "[−]5")),
        ("hexagon", "hexagons", ("hexagon", "hexagon[s]")),
        ("cat", "dog", ("[cat]", "[dog]")),
        (r"\frac{1}{2}", r"\dfrac{1}{2}", (r"\frac{1}{2}", r"\[d]frac{1}{2}")),
        ("(1, 2)", "1, 2", ("[(]1, 2[)]", "1, 2")),
        ("x=2", "x = 2", ("x=2", "x[ ]=[ ]2")),
        ("x=2", "x = 3", ("x=[2]", "x =[ 3]")),
        ("", "2", ("", "[2]")),
    ],
)
def test_pieces(gold: str, answer: str, shown: tuple[str, str]) -> None:
    """Characters of what is much alike; spaces count only where nothing else differs."""
    first, second = differences(gold, answer)
    assert (marked(first), marked(second)) == shown


def test_long_texts_are_not_compared() -> None:
    """Of texts so long that the comparison would be felt, all differs or nothing."""
    long = "x " * MOST_PIECES
    assert differences(long, long + "y") == ([(long, True)], [(long + "y", True)])
    assert differences(long, long) == ([(long, False)], [(long, False)])
