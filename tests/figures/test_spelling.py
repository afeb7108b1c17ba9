"""How numbers are spelled."""

from collections.abc import Callable
from typing import Any

import pytest

from tinyv_cli.figures import spelling
from tinyv_cli.figures.records import Share

CASES: list[tuple[Callable[[Any], str], Any, str]] = [
    (spelling.percent, 0.6174, "61.7%"),
    (spelling.percents, (0.617, 0.874), "61.7% to 87.4%"),
    (spelling.points, 0.0321, "+3.2"),
    (spelling.points, -0.004, "-0.4"),
    (spelling.points_between, (-0.004, 0.068), "-0.4 to +6.8"),
    (spelling.decimal, 0.93149, "0.931"),
    (spelling.with_interval, Share(0.715, (0.642, 0.779)), "71.5% (64.2% to 77.9%)"),
    (spelling.count, 4874, "4,874"),
    (spelling.count, 0, "0"),
    (spelling.count, 12.46, "12.5"),
    (spelling.count, 412.7, "413"),
    (spelling.megabytes, 144_811_904, "144.8 MB"),
]


@pytest.mark.parametrize(("spell", "value", "spelled"), CASES)
def test_spelled(spell: Callable[[Any], str], value: Any, spelled: str) -> None:
    """Each kind of number as a reader expects it."""
    assert spell(value) == spelled


@pytest.mark.parametrize("spell", [spelling.percent, spelling.points, spelling.decimal, spelling.count])
def test_unknown(spell: Callable[[Any], str]) -> None:
    """What is not known is a dash."""
    assert spell(None) == "–"


@pytest.mark.parametrize("spell", [spelling.percents, spelling.points_between])
def test_unknown_interval(spell: Callable[[Any], str]) -> None:
    """An interval that is not known is nothing."""
    assert spell(None) == ""
