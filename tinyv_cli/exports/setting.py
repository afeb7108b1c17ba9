"""Put the corrected verdict where the data recorded one, in the words of the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tinyv_cli.errors import UsageError
from tinyv_cli.exports.request import Request
from tinyv_cli.records import NO_VERDICT, RuleOutcome, Verdict
from tinyv_cli.rules.verdicts import verdict_of

# How yes and no are written together. Of a field that holds one of them alone this tells the other: the first
# pair that has it.
SPELLINGS: Sequence[tuple[Any, Any]] = (
    *((True, False), (1, 0), (1, -1), (1.0, 0.0), (1.0, -1.0)),
    *(("C", "I"), ("True", "False"), ("true", "false"), ("1", "0"), ("1.0", "0.0"), ("1", "-1")),
    *(("yes", "no"), ("Yes", "No"), ("correct", "incorrect"), ("Correct", "Incorrect")),
    *(("right", "wrong"), ("Right", "Wrong")),
)
MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """A field of the input, as steps of a path, and how it says yes and no."""

    path: tuple[str, ...]
    yes: Any
    no: Any

    def into(self, table: pa.Table) -> pa.Table:
        """The table in which the field holds the verdict; what is undecided stays as it was recorded."""
        column, *inner = self.path
        position = table.schema.get_field_index(column)
        values = _with_leaf(table.column(column).combine_chunks(), inner, self._verdicts(table))
        return table.set_column(position, pa.field(column, values.type), values)

    def _verdicts(self, table: pa.Table) -> pa.Array:
        """The words for them; null where nobody could decide."""
        said = {Verdict.CORRECT: self.yes, Verdict.INCORRECT: self.no}
        return pa.array([said.get(verdict) for verdict in table.column("tinyv_verdict").to_pylist()])


def _with_leaf(array: pa.Array, path: Sequence[str], verdicts: pa.Array) -> pa.Array:
    """The array with the verdicts in it, or in a field of its structs."""
    if not path:
        return pc.coalesce(verdicts.cast(array.type), array)
    names = [field.name for field in array.type]
    fields = [
        _with_leaf(array.field(i), path[1:], verdicts) if name == path[0] else array.field(i)
        for i, name in enumerate(names)
    ]
    return pa.StructArray.from_arrays(fields, names, mask=array.is_null())


def settings_of(request: Request, *, several: bool) -> list[Setting]:
    """How each field of the request says yes and no. `several`: rows have several responses.

    Raises UsageError for a field that is not there, that one value in a row stands for several responses, or
    that holds no verdicts.
    """
    exploded = request.audited.metadata.get("exploded") or ()
    found = []
    for name in request.fields:
        path = _path(request, name)
        if several and path[0] not in exploded:
            raise UsageError(
                f"--set {name}: has one value for all responses of a row; name a list of verdicts"
            )
        found.append(Setting(path, *_spelling(name, _values(request, path))))
    return found


def _path(request: Request, name: str) -> tuple[str, ...]:
    """The steps to the field: a column whose own name holds dots is one."""
    schema = request.audited.schema
    path = (name,) if name in schema.names else tuple(name.split("."))
    if path[0] not in schema.names:
        theirs = ", ".join(each for each in schema.names if not each.startswith("tinyv_"))
        raise UsageError(f"--set {name}: no such column; there are {theirs}")
    kind = schema.field(path[0]).type
    for step in path[1:]:
        if not pa.types.is_struct(kind) or kind.get_field_index(step) < 0:
            raise UsageError(f"--set {name}: no field '{step}' there")
        kind = kind.field(step).type
    if pa.types.is_nested(kind):
        raise UsageError(f"--set {name}: holds {kind}, not one verdict")
    return path


def _values(request: Request, path: Sequence[str]) -> list[Any]:
    """What the field holds, each value once; no more than tell whether they are verdicts."""
    value = pl.col(path[0])
    for step in path[1:]:
        value = value.struct.field(step)
    different = request.audited.frame.select(value=value.drop_nulls().unique().head(10 * MOST_SHOWN))
    values = sorted(request.audited.collect(different)["value"].to_list(), key=str)
    return [value for value in values if verdict_of(value, None).reason != NO_VERDICT]


def _spelling(name: str, values: Sequence[Any]) -> tuple[Any, Any]:
    """How the field says yes and no, as its values show it."""
    if not values or any(verdict_of(each, None).outcome is RuleOutcome.UNDECIDED for each in values):
        raise UsageError(f"--set {name}: holds {_shown(values)}, which is no yes or no")
    for pair in SPELLINGS:
        if all(any(_same(value, word) for word in pair) for value in values):
            return pair
    raise UsageError(f"--set {name}: holds {_shown(values)}; it is not clear how it says yes and no")


def _same(value: Any, word: Any) -> bool:
    """Whether it is the same value of the same type."""
    return type(value) is type(word) and bool(value == word)


def _shown(values: Iterable[Any]) -> str:
    different = [*map(str, values)]
    more = ", …" if len(different) > MOST_SHOWN else ""
    return (", ".join(different[:MOST_SHOWN]) or "nothing") + more
