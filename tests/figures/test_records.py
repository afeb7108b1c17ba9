"""Records of figures: the JSON that they make, and the schema that describes it."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal

import fastjsonschema
import pytest

from tinyv_cli.figures.records import (
    BESIDE,
    UNKNOWN_SHARE,
    Count,
    Share,
    as_json,
    record,
    schema_of,
    share_of,
    told,
)
from tinyv_cli.figures.statistics import wilson


class Colour(StrEnum):
    """A closed word."""

    RED = "red"
    BLUE = "blue"


@record
class Second:
    """What stands there only where there is a second one."""

    p: float | None = told("The second one's.")


@record
class Inner:
    """A group.

    Of which nothing more need be said.
    """

    value: str
    found: Share = told("Of the rejected.", beside=BESIDE)
    second: Second | None = told(beside={"p": "p_2"}, optional=True)


@record
class Outer:
    """All figures."""

    version: Literal[1]
    start: Count = told("Where it begins.", name="from")
    colour: Colour | None
    groups: Sequence[Inner]
    first: Inner | None
    share: Share = told("As an object of its own.")
    counts: Mapping[str, Count]
    note: str | None = told("Why.", optional=True)
    ends: tuple[float, float] | None
    free: Mapping[str, Any]


SECOND = Inner("b", UNKNOWN_SHARE, Second(None))
FULL = Outer(
    1,
    3,
    Colour.RED,
    [Inner("a", share_of(1, 2), None), SECOND],
    SECOND,
    share_of(0, 0),
    {"x": 1},
    "n",
    (1, 2),
    {},
)
BARE = Outer(1, 0, None, [], None, Share(0.5, None), {}, None, None, {"a": [{"b": None}]})
VALIDATE = fastjsonschema.compile(schema_of(Outer, title="Figures"))


def changed(**figures: Any) -> dict[str, Any]:
    """The JSON of all figures, some of them others."""
    return {**as_json(FULL), **figures}


def test_json() -> None:
    """The fields in their order, by their names in JSON; what stands beside others, or not at all."""
    interval = list(wilson(1, 2) or ())
    nothing = {"value": "b", "share": None, "interval": None, "p_2": None}
    assert list(as_json(FULL).items()) == [
        ("version", 1),
        ("from", 3),
        ("colour", "red"),
        ("groups", [{"value": "a", "share": 0.5, "interval": interval}, nothing]),
        ("first", nothing),
        ("share", {"value": None, "interval": None}),
        ("counts", {"x": 1}),
        ("note", "n"),
        ("ends", [1, 2]),
        ("free", {}),
    ]
    assert "note" not in as_json(BARE)


@pytest.mark.parametrize("figures", [FULL, BARE])
def test_fits_its_schema(figures: Outer) -> None:
    """What a record makes is what its schema says, as written and read again."""
    assert VALIDATE(json.loads(json.dumps(as_json(figures)))) == as_json(figures)


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": -1},
        {"from": "3"},
        {"from": None},
        {"version": 2},
        {"colour": "green"},
        {"more": 1},
        {"share": 0.5},
        {"share": {"value": 1.5, "interval": None}},
        {"share": {"value": 0.5, "interval": [0.1]}},
        {"counts": {"x": None}},
        {"groups": [{"value": "a", "share": 0.5}]},
        {"groups": [{"value": "a", "share": 0.5, "interval": None, "p_2": "high"}]},
        {"ends": [1, 2, 3]},
        {"note": 3},
    ],
)
def test_schema_refuses(wrong: dict[str, Any]) -> None:
    """Another type, a number out of its limits, a field too many."""
    with pytest.raises(fastjsonschema.JsonSchemaException):
        VALIDATE(changed(**wrong))


@pytest.mark.parametrize("name", sorted(set(as_json(FULL)) - {"note"}))
def test_schema_misses(name: str) -> None:
    """All but what is optional has to be there."""
    with pytest.raises(fastjsonschema.JsonSchemaException):
        VALIDATE({each: value for each, value in as_json(FULL).items() if each != name})


def test_descriptions() -> None:
    """What is told of a field or a record stands in the schema; of a share beside counts, at the share."""
    schema = schema_of(Outer, title="Figures", description="All.")
    assert (schema["title"], schema["description"]) == ("Figures", "All.")
    assert schema["properties"]["from"]["description"] == "Where it begins."
    inner = schema["definitions"]["Inner"]
    assert inner["description"] == "A group."
    told_of = {name: figure.get("description") for name, figure in inner["properties"].items()}
    assert told_of["share"] == "Of the rejected."
    assert told_of["interval"] == "95%; null where there is no share."
    assert told_of["p_2"] == "The second one's."
    assert inner["required"] == ["value", "share", "interval"]


@pytest.mark.parametrize(("count", "total", "value"), [(1, 4, 0.25), (0, 3, 0.0), (0, 0, None)])
def test_share_of(count: int, total: int, value: float | None) -> None:
    """So many of all, with Wilson's interval; of nothing there is no share."""
    assert share_of(count, total) == Share(value, wilson(count, total))


def test_records_are_frozen() -> None:
    """Nobody changes a figure on its way."""
    with pytest.raises(AttributeError):
        BARE.note = "x"  # type: ignore[misc]
