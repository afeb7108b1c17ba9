"""What is asked of an export: the examples of audited files, with what was said by hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pyarrow as pa

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.columns import COLUMNS
from tinyv_cli.documents.labels import PLACE, Place
from tinyv_cli.documents.merging import merged
from tinyv_cli.errors import UsageError
from tinyv_cli.figures.queries import values_at
from tinyv_cli.words import DEFAULT_PROMPT

BATCH_ROWS = 4096
HAND = "hand"  # as evidence

Line = dict[str, Any]
Tables = Iterator[pa.Table]

_RIGHT = pl.col("tinyv_right")
# What a label makes of our columns.
_BY_HAND = {
    "tinyv_verdict": pl.when(_RIGHT).then(pl.lit("correct")).otherwise(pl.lit("incorrect")),
    "tinyv_evidence": pl.lit(HAND),
    "tinyv_false_negative": _RIGHT & (pl.col("tinyv_rule") != "accept"),
    "tinyv_reward": _RIGHT.cast(pl.Float32),
}


@dataclass(frozen=True, slots=True)
class Request:
    """What to export, and how.

    `labels` say which responses are right. `prompt` is the name of the one that training data are asked
    with. `with_model` is the p from which on a model is believed, None where it never is. `fields` get the
    corrected verdict. `by` is the column that tells sources apart. Questions are worth training on whose
    `pass_rate` lies between these ends. `limit` is in rows.
    """

    audited: Audited
    labels: Mapping[Place, bool] = field(default_factory=dict)
    prompt: str = DEFAULT_PROMPT
    with_model: float | None = None
    fields: tuple[str, ...] = ()
    by: str | None = None
    pass_rate: tuple[float, float] = (0.0, 1.0)
    limit: int | None = None

    def tables(self) -> Tables:
        """All examples, in order; at least one table, which may be empty."""
        for table in merged(self.audited, BATCH_ROWS):
            yield corrected(table, self.labels)

    @property
    def frame(self) -> pl.LazyFrame:
        """The same, not read yet."""
        return _judged(self.audited.frame, self.labels)

    @property
    def source_column(self) -> str | None:
        """What tells sources apart: the column that is named, or by which the audit split figures."""
        named: str | None = self.by or (self.audited.metadata.get("mapping") or {}).get("by")
        return named

    @property
    def source(self) -> pl.Expr:
        """Its values, null where there is none. Raises UsageError for a named column that is not there."""
        values = values_at(self.source_column, self.audited.frame)
        if values is None and self.by is not None:
            raise UsageError(f"{self.audited.name}: no column '{self.by}' of plain values for --by")
        return pl.lit(None, pl.String) if values is None else values


def _judged(frame: pl.LazyFrame, labels: Mapping[Place, bool]) -> pl.LazyFrame:
    """The examples with the verdicts of those who labelled them by hand."""
    if not labels:
        return frame
    types = {PLACE[0]: pl.Int64, PLACE[1]: pl.Int32, "tinyv_right": pl.Boolean}
    said = pl.LazyFrame([(*place, right) for place, right in labels.items()], schema=types, orient="row")
    joined = frame.join(said, on=PLACE, how="left", maintain_order="left")
    values = {
        name: pl.when(_RIGHT.is_not_null()).then(value).otherwise(pl.col(name))
        for name, value in _BY_HAND.items()
    }
    return joined.with_columns(**values).drop("tinyv_right")


def corrected(table: pa.Table, labels: Mapping[Place, bool]) -> pa.Table:
    """The same of a table, whose other columns stay as they are."""
    if not labels:
        return table
    judged = ours(table, [*PLACE, "tinyv_rule", *_BY_HAND])
    found = _judged(judged.lazy(), labels).collect().to_arrow()
    for name in _BY_HAND:
        field_ = table.schema.field(name)
        position = table.schema.get_field_index(name)
        table = table.set_column(position, field_, found.column(name).cast(field_.type))
    return table


def ours(table: pa.Table, names: Iterable[str]) -> pl.DataFrame:
    """These columns of ours; null where the file is too old for one."""
    columns = {
        name: table.column(name) if name in table.column_names else pa.nulls(len(table), COLUMNS[name].type)
        for name in names
    }
    return pl.DataFrame(pa.table(columns))


def lines_at(request: Request, chosen: pl.DataFrame, *columns: str) -> Iterator[pl.DataFrame]:
    """Of the chosen examples (by row and rollout), in order: these columns of ours beside what is chosen."""
    names = {name: f"tinyv_{name}" for name in ("row", "rollout", *columns)}
    for table in request.tables():
        lines = ours(table, names.values()).select(**names)
        yield lines.join(chosen, on=["row", "rollout"], maintain_order="left")
