"""Frozen records as JSON keeps them, and back again: what is no such record is refused, not guessed at."""

import json
import math
from collections.abc import Callable, Hashable
from dataclasses import astuple, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Restore = Callable[[Any], Any]


def kept(record: Any) -> str:
    """The values of its fields, in order, and of those of the records in it."""
    return json.dumps(astuple(record))


def restored(kind: type[T], text: str | bytes) -> T:
    """The record of this kind. Raises ValueError for a text that `kept` has not made of one."""
    restore: Callable[[Any], T] = _restorer(cast(Hashable, kind))
    try:
        record = restore(json.loads(text))
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return record


@cache
def _restorer(kind: Any) -> Restore:
    """How a value of this type is restored: a record, a word, a plain one, one of several kinds, a tuple."""
    if isinstance(kind, UnionType):
        return _first_of([_restorer(each) for each in get_args(kind)])
    if get_origin(kind) is tuple:
        item, *others = get_args(kind)
        if others == [...]:
            return _tuple_of(_restorer(item))
        return _record_of(lambda *values: values, [_restorer(each) for each in (item, *others)])
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return _record_of(kind, [_restorer(hints[each.name]) for each in fields(kind)])
    return kind if issubclass(kind, StrEnum) else _plain(kind)


def _first_of(ways: list[Restore]) -> Restore:
    def restore(value: Any) -> Any:
        for way in ways:
            try:
                return way(value)
            except ValueError:
                continue
        raise ValueError(f"{value!r} is none of what it may be")

    return restore


def _tuple_of(restore: Restore) -> Restore:
    return lambda values: tuple(map(restore, _listed(values)))


def _record_of(kind: Any, ways: list[Restore]) -> Restore:
    def restore(values: Any) -> Any:
        return kind(*(way(value) for way, value in zip(ways, _listed(values), strict=True)))

    return restore


def _listed(values: Any) -> list[Any]:
    if not isinstance(values, list):
        raise ValueError(f"{values!r} is no list")
    return values


def _plain(kind: type) -> Restore:
    def restore(value: Any) -> Any:
        if type(value) is not kind or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"{value!r} is no {'None' if kind is NoneType else kind.__name__}")
        return value

    return restore
