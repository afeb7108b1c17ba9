"""What an audited file must say of itself, and hold, so that its readers need not doubt it."""

import json
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from tinyv_cli.documents.columns import COLUMNS, SETTLED_BY, opinion_names
from tinyv_cli.documents.metadata import models_in, sure_in
from tinyv_cli.errors import SourceError
from tinyv_cli.words import METADATA_KEY, Agree

Fits = Callable[[Any], bool]
SHARD = re.compile(r"\d+/\d+")
WHOLE = "name the file as 'tinyv audit' has written it"


def read_metadata(path: Path, metadata: Mapping[bytes, bytes] | None) -> dict[str, Any]:
    """How the file came about, from the metadata of Parquet. Raises SourceError for what no audit writes."""
    try:
        found = json.loads((metadata or {})[METADATA_KEY.encode()])
    except (KeyError, ValueError, RecursionError) as error:
        raise SourceError(
            f"{path}: has lost what 'tinyv audit' has written into its metadata (key {METADATA_KEY}); name "
            "the file as it was before another program wrote it anew"
        ) from error
    if not isinstance(found, dict):
        raise SourceError(f"{path}: its metadata (key {METADATA_KEY}) are damaged; {WHOLE}")
    for name, (fits, wanted) in FIELDS.items():
        if not fits(found[name]) if name in found else name not in OPTIONAL:
            shown = json.dumps(found[name])[:80] if name in found else "missing"
            raise SourceError(
                f"{path}: its metadata (key {METADATA_KEY}) are damaged: '{name}' must be {wanted}, and is "
                f"{shown}; {WHOLE}"
            )
    return found


def check_columns(path: Path, schema: pa.Schema, metadata: Mapping[str, Any]) -> None:
    """Raise SourceError where a column of ours is missing, or holds what no audit writes there.

    Which ones there are of further rules and models, the metadata say.
    """
    told = {rule["column"]: pa.string() for rule in metadata.get("other_rules", ())}
    for p, reason in map(opinion_names, range(1, len(models_in(metadata)) + 1)):
        told |= {p: pa.float32(), reason: pa.string()}
    if sure_in(metadata) is not None:
        told |= {name: column.type for name, column in SETTLED_BY.items()}
    if missing := [name for name in told if name not in schema.names]:
        raise SourceError(f"{path}: lacks {', '.join(missing)}, of which its metadata speak; {WHOLE}")
    known = {name: column.type for name, column in COLUMNS.items()} | told
    for name, wanted in known.items():
        found = schema.field(name).type if name in schema.names else wanted
        if not _is_alike(found, wanted):
            raise SourceError(f"{path}: its column {name} holds {found}, not {wanted}; {WHOLE}")


def _is_text_type(data_type: pa.DataType) -> bool:
    inner = data_type.value_type if pa.types.is_dictionary(data_type) else data_type
    return any(
        is_text(inner) for is_text in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    )


def _is_list_type(data_type: pa.DataType) -> bool:
    return bool(pa.types.is_list(data_type) or pa.types.is_large_list(data_type))


KINDS = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, _is_text_type)


def _is_alike(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether values of a type can stand for those of another: other programs write wider ones."""
    if _is_list_type(found) and _is_list_type(wanted):
        return _is_alike(found.value_type, wanted.value_type)
    return pa.types.is_null(found) or any(is_kind(found) and is_kind(wanted) for is_kind in KINDS)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value <= 1


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _or_none(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _list_of(fits: Fits) -> Fits:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _are_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_count, value.values()))


def _with(**fields: Fits) -> Fits:
    """An object that has at least these fields."""
    return lambda value: (
        isinstance(value, dict) and all(name in value and fits(value[name]) for name, fits in fields.items())
    )


def _within(**fields: Fits) -> Fits:
    """An object in which these fields, as far as it has them, are as they must be."""
    return lambda value: (
        isinstance(value, dict) and all(fits(value[name]) for name, fits in fields.items() if name in value)
    )


def _is_operating_point(value: Any) -> bool:
    counted = ("tp", "fn", "fp", "tn", "undecided")
    return (
        isinstance(value, dict)
        and set(value) == {"threshold", *counted}
        and _is_share(value["threshold"])
        and all(_is_count(value[name]) for name in counted)
    )


_CALIBRATION = _with(operating_point=_is_operating_point, file=_or_none(_is_text), rule=_is_text)


def _is_model(value: Any) -> bool:
    return _with(name=_is_text)(value) and _within(calibration=_CALIBRATION)(value)


def _is_agreement(value: Any) -> bool:
    return value in [*Agree]


def _is_selection(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and not any(isinstance(each, dict | list) for each in value.values())
        and SHARD.fullmatch(str(value.get("shard", "1/1"))) is not None
    )


_FIELD = _or_none(_is_text)
# What readers rely on, and what it must be.
FIELDS: Mapping[str, tuple[Fits, str]] = {
    "threshold": (_is_share, "a number from 0 to 1"),
    "rule": (_with(name=_is_text), "a rule with its name"),
    "model": (_is_model, "a model with its name, and its calibration where it has one"),
    "other_models": (_list_of(_is_model), "a list of models with their names"),
    "second_model": (
        lambda value: _is_model(value) and _with(agree=_is_agreement)(value),
        "a model with its name and how it agrees",
    ),
    "agree": (_or_none(_is_agreement), f"null or one of {', '.join(Agree)}"),
    "sure": (_or_none(_is_share), "null or a number from 0 to 1"),
    "other_rules": (_list_of(_with(name=_is_text, column=_is_text)), "a list of rules with their columns"),
    "counts": (_are_counts, "an object of counts"),
    "mapping": (_or_none(_within(label=_FIELD, by=_FIELD)), "an object with the fields that were read"),
    "selection": (_is_selection, "an object of plain values"),
    "proofs": (_or_none(_is_mapping), "an object or null"),
    "only": (_or_none(_is_text), "a text or null"),
    "exploded": (_list_of(_is_text), "a list of columns"),
    "sources": (
        _list_of(_with(name=_is_text, size=_or_none(_is_count))),
        "a list of sources with their names and sizes",
    ),
}
# What files of earlier runs lack, or of runs that did without.
OPTIONAL = frozenset(FIELDS) - {"threshold", "rule"}
