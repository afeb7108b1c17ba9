"""JSON schemas made from records: what has to hold of each."""

import json
from collections.abc import Iterator
from typing import Any

import fastjsonschema

from tinyv_cli.figures.records import as_json


def valid(figures: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """The figures as they are printed, once the schema says that they are what it describes."""
    printed = json.loads(json.dumps(as_json(figures), allow_nan=False))
    found: dict[str, Any] = fastjsonschema.compile(schema)(printed)
    return found


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """The descriptions of objects with known names, wherever they stand."""
    if isinstance(schema, list):
        for each in schema:
            yield from objects(each)
    elif isinstance(schema, dict):
        if "additionalProperties" in schema and "properties" in schema:
            yield schema
        yield from objects(list(schema.values()))


def check_all_is_said(
    schema: dict[str, Any], *, plain: set[str], optional: frozenset[str] = frozenset()
) -> None:
    """No object holds more than what is described, and all that is not `optional` is there.

    Each figure is described, unless it is `plain` from its name, or a record, which is described itself.
    """
    for each in objects(schema):
        assert each["additionalProperties"] is False
        assert each["required"] == [name for name in each["properties"] if name not in optional]
        for name, figure in each["properties"].items():
            assert name in plain or "allOf" in figure or figure.get("description"), name
    assert all(each["description"] for each in schema["definitions"].values())
