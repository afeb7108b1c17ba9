"""How numbers are spelled."""

from collections.abc import Callable
from typing import Any

import pytest

from tinyv_cli.figures import spelling

CASES: list[tuple[Callable[[Any], str], Any, str]] = [
    (spelling.percent, 0.6174, "61.7%"),
    (spelling.percents, (0.617, 0.874), "61.7% to 87.4%"),
    (spelling.points, 0.0321, "+3.2"),
    (spelling.points, -0.004, "-0.4"),
    (spelling.points_between, (-0.004, 0.068), "-0.4 to +6.8"),
    (spelling.decimal, 0.93149, "0.931"),
    (spelling.decimals, [0.9171, 0.9436], "0.917 to 0.944"),
    (spelling.count, 4874, "4,874"),
    (spelling.count, 0, "0"),
    (spelling.count, 12.46, "12.5"),
    (spelling.count, 412.7, "413"),
    (spelling.p_value, 0.0312, "0.031"),
    (spelling.p_value, 3e-80, "< 0.001"),
    (spelling.megabytes, 144_811_904, "144.8 MB"),
]


@pytest.mark.parametrize(("spell", "value", "spelled"), CASES)
def test_spelled(spell: Callable[[Any], str], value: Any, spelled: str) -> None:
    """Each kind of number as a reader expects it."""
    assert spell(value) == spelled


@pytest.mark.parametrize("spell", spelling.FILTERS.values(), ids=lambda spell: spell.__name__)
def test_unknown(spell: Callable[[Any], str]) -> None:
    """What is not known is a dash, an interval that is not known nothing."""
    intervals = {spelling.percents, spelling.points_between, spelling.decimals}
    assert spell(None) == ("" if spell in intervals else "–")
