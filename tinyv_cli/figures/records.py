"""Figures as frozen records, and what JSON makes of them: the data, and the schema that describes it.

A record of figures is a frozen dataclass, made by `record`. What a field's type leaves open is told by
`told`: what it means, another name in JSON, and whether it stands there at all.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import zip_longest
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from tinyv_cli.figures.statistics import wilson

JSON: TypeAlias = Any
Made = TypeVar("Made")


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """The ends of a kind of numbers, where it has ends."""

    minimum: int
    maximum: int | None = None

    def schema(self) -> dict[str, JSON]:
        """As JSON schema has them."""
        return {name: end for name, end in dataclasses.asdict(self).items() if end is not None}


Count = Annotated[int, Limits(0)]
Proportion = Annotated[float, Limits(0, 1)]
Interval = tuple[Proportion, Proportion]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def told(
    description: str = "",
    *,
    name: str | None = None,
    beside: Mapping[str, str] | None = None,
    optional: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """A field of a record of figures, with its description.

    `name` is its name in JSON where Python reserves it (`from`). `beside`: the fields of the record that it
    holds stand among those of the outer one, under these names. An `optional` one that is None is left out.
    """
    metadata = {"description": description, "name": name, "beside": beside, "optional": optional}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, field_specifiers=(told,))
def record(made: type[Made]) -> type[Made]:
    """A record of figures of this class: a frozen dataclass, whose fields may be `told`."""
    return dataclasses.dataclass(frozen=True, slots=True)(made)


@record
class Share:
    """A share from 0 to 1 with its 95% interval; None where it is of nothing, or not known."""

    value: Proportion | None = told("Null where it is of nothing, or not known.")
    interval: Interval | None = told("95%; null where there is no share.")


BESIDE = {"value": "share", "interval": "interval"}  # a share beside the counts that it is made of
UNKNOWN_SHARE = Share(None, None)


@record
class Estimate:
    """A figure that is no share of things counted, with its 95% interval; None where it is not known."""

    value: float | None
    interval: tuple[float, float] | None


UNKNOWN_ESTIMATE = Estimate(None, None)


def share_of(count: int, total: int) -> Share:
    """So many of all, with Wilson's interval."""
    return Share(count / total, wilson(count, total)) if total else UNKNOWN_SHARE


def among(record: type) -> dict[str, str]:
    """For `beside`: all fields of a record under their own names."""
    return {name: name for name, _, _ in _described(record)}


def as_json(value: Any) -> JSON:
    """The figures as dictionaries, lists, texts, numbers and None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dict(_members(value))
    if isinstance(value, Mapping):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_json(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value


def _members(record: Any) -> Iterator[tuple[str, JSON]]:
    for field in dataclasses.fields(record):
        value, said = getattr(record, field.name), field.metadata
        if value is None and said.get("optional"):
            continue
        if said.get("beside"):
            inner = as_json(value)
            yield from ((outer, inner[name]) for name, outer in said["beside"].items())
        else:
            yield said.get("name") or field.name, as_json(value)


def schema_of(record: type, *, title: str, description: str = "") -> dict[str, JSON]:
    """The JSON schema (draft 7) of a record: nothing may be there that it does not describe."""
    definitions: dict[str, JSON] = {}
    whole = _object(record, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **({"description": description} if description else {}),
        **whole,
        "definitions": definitions,
    }


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)


def _object(record: type, definitions: dict[str, JSON]) -> dict[str, JSON]:
    properties: dict[str, JSON] = {}
    required: list[str] = []
    for name, kind, said in _described(record):
        properties[name] = _kind(kind, definitions) | _description(said)
        if not said.get("optional"):
            required.append(name)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _described(record: type) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Each field by its name in JSON, its type, and what is told of it."""
    hints = _hints(record)
    for field in dataclasses.fields(record):
        said = field.metadata
        if beside := said.get("beside"):
            inner = {name: (kind, more) for name, kind, more in _described(_record_in(hints[field.name]))}
            # What is told of the record as a whole is told of its first field.
            for told_here, (name, outer) in zip_longest([said["description"]], beside.items()):
                kind, more = inner[name]
                description = told_here or more.get("description")
                optional = said["optional"] or more.get("optional")
                yield outer, kind, {"description": description, "optional": optional}
        else:
            yield said.get("name") or field.name, hints[field.name], said


def _record_in(kind: Any) -> type:
    """A record, or the one that stands there or None."""
    parts = get_args(kind) or (kind,)
    return next(part for part in parts if isinstance(part, type) and dataclasses.is_dataclass(part))


def _description(said: Mapping[str, Any]) -> dict[str, str]:
    return {"description": said["description"]} if said.get("description") else {}


def _kind(kind: Any, definitions: dict[str, JSON]) -> dict[str, JSON]:
    """The schema of a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        limits: Limits = parts[1]
        return _kind(parts[0], definitions) | limits.schema()
    if origin in (Union, UnionType):
        return _either([_kind(part, definitions) for part in parts])
    if origin is Literal:
        return {"enum": list(parts)}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # one that holds itself comes here again
            means = {"description": (kind.__doc__ or "").partition("\n\n")[0]}
            definitions[kind.__name__] = means | _object(kind, definitions)
        return {"allOf": [{"$ref": f"#/definitions/{kind.__name__}"}]}  # beside which draft 7 hears the rest
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    if origin is tuple and parts[-1:] != (...,):
        items = [_kind(part, definitions) for part in parts]
        return {"type": "array", "items": items, "minItems": len(parts), "maxItems": len(parts)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", **({"additionalProperties": _kind(parts[1], definitions)} if parts else {})}
    if origin is not None and issubclass(origin, Sequence):
        return {"type": "array", "items": _kind(parts[0], definitions)}
    return {} if kind is Any else {"type": _PLAIN[kind]}


def _either(kinds: Sequence[dict[str, JSON]]) -> dict[str, JSON]:
    """One of several types; null is just one more of a plain type."""
    others = [kind for kind in kinds if kind != {"type": "null"}]
    if len(others) == 1 and len(kinds) == 2:
        [other] = others
        if isinstance(other.get("type"), str):
            return other | {"type": [other["type"], "null"]}
        if "enum" in other:
            return other | {"enum": [*other["enum"], None]}
    return {"oneOf": list(kinds)}
