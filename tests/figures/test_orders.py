"""In which order values stand."""

import pytest

from tinyv_cli.figures.orders import natural, number_of, spread


def test_natural() -> None:
    """Numbers within names count as numbers, and capitals as small letters."""
    names = ["step 10", "Step 9", "step 9b", "10", "9", "", "b", "A"]
    assert sorted(names, key=natural) == ["", "9", "10", "A", "b", "Step 9", "step 9b", "step 10"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("40", 40), ("-0.5", -0.5), ("1e3", 1000), ("", None), ("nan", None), ("inf", None), ("4b", None)],
)
def test_number_of(text: str, number: float | None) -> None:
    """What is a number as a whole, and finite."""
    assert number_of(text) == number


def test_spread() -> None:
    """Evenly, with both ends; all where they are few."""
    items = [str(n) for n in range(101)]
    assert spread(items, 5) == ["0", "25", "50", "75", "100"]
    assert spread(items[:3], 5) == ["0", "1", "2"]
