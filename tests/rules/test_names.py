"""What the name of a rule says: cuts, fields, columns."""

import pytest

from tinyv_cli.rules import RULES, recorded_fields, rule_columns, rule_versions
from tinyv_cli.rules.names import parse_rule


@pytest.mark.parametrize(
    ("name", "base", "cut"),
    [
        ("column:score@0", "column:score", 0.0),
        ("column:score@-0.5", "column:score", -0.5),
        ("column:score@+1e-3", "column:score", 0.001),
        ("column:score@.5", "column:score", 0.5),
        ("mine.py:f@0.5", "mine.py:f", 0.5),
        ("pkg.mod:f@1", "pkg.mod:f", 1.0),
        ("a@b/mine.py:f", "a@b/mine.py:f", None),
        ("a@b/mine.py:f@2", "a@b/mine.py:f", 2.0),
        ("column:user@score", "column:user@score", None),
        ("column:user@1@0.5", "column:user@1", 0.5),
        ("column:score@nan", "column:score@nan", None),
        ("column:score@inf", "column:score@inf", None),
        ("column:score@", "column:score@", None),
        ("column:@5", "column:@5", None),
        ("column:score", "column:score", None),
        ("exact@0.5", "exact@0.5", None),
        *((name, name, None) for name in RULES),
    ],
)
def test_cuts(name: str, base: str, cut: float | None) -> None:
    """A number behind the last @ is a cut; what is no number belongs to the name."""
    parsed = parse_rule(name)
    assert (parsed.base, parsed.cut) == (base, cut)


def test_columns_of_cuts() -> None:
    """Each cut has a column of its own, and a name without one has the column that it always had."""
    names = [
        "column:score",
        *(f"column:score@{cut}" for cut in ("0", "0.5", "5", "-5", "-0.5", "1e5", "1e-5")),
    ]
    assert list(rule_columns(names).values()) == [
        "tinyv_rule_column_score",
        "tinyv_rule_column_score_at_0",
        "tinyv_rule_column_score_at_0_5",
        "tinyv_rule_column_score_at_5",
        "tinyv_rule_column_score_at_minus_5",
        "tinyv_rule_column_score_at_minus_0_5",
        "tinyv_rule_column_score_at_1e5",
        "tinyv_rule_column_score_at_1eminus_5",
    ]


def test_the_field_is_without_the_cut() -> None:
    """It is the name of a column of the data."""
    assert recorded_fields(["column:a.b@0.5", "exact", "column:c"]) == ("a.b", "c")


def test_versions_are_without_the_cut() -> None:
    """They are those of the function."""
    assert rule_versions("math_verify.metric:math_metric@0.5") == rule_versions(
        "math_verify.metric:math_metric"
    )
    assert rule_versions("column:score@0") == {}
