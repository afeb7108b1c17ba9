"""Labels that models give together, as the paper's authors made theirs (arXiv 2505.14625).

A response is right or wrong by its label if all models that were asked say so. Where one contradicts the
others, or says nothing, nothing is known. Labels by hand come before what models say.
"""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from tinyv_cli.documents.audited import Audited
from tinyv_cli.documents.columns import reasoning_name
from tinyv_cli.documents.labels import LABEL, PLACE, SEEN, example_id
from tinyv_cli.errors import UsageError
from tinyv_cli.exports.request import HAND, Request
from tinyv_cli.records import Evidence, Verdict
from tinyv_cli.words import NONE

# Columns of the input that stay beside a label, where there are any: training chooses its rows by them.
KEPT = ("source", "license")
SCHEMA = pa.schema(
    [
        *zip(PLACE, (pa.int64(), pa.int32()), strict=True),
        *((name, pa.string()) for name in (*KEPT, *SEEN)),
        (LABEL, pa.bool_()),
        ("reviewer", pa.string()),
        ("reasoning", pa.list_(pa.string())),
        ("example", pa.string()),
    ]
)
BY_HAND = pl.col("tinyv_evidence").eq_missing(HAND)


def reference_labels(request: Request) -> Iterator[pa.Table]:
    """The responses that models or people judged: rows as `--labels`, `tinyv eval` and training take them.

    `reasoning` holds what each model wrote. Raises UsageError where no model was asked.
    """
    audited = request.audited
    if not _names(audited):
        raise UsageError(
            f"{audited.name}: no model was asked, so none gives labels; audit with --model NAME and "
            "--prompt annotator"
        )
    for table in request.tables():
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        yield _labelled(frame, audited).to_arrow().select(SCHEMA.names).cast(SCHEMA)


def _labelled(frame: pl.DataFrame, audited: Audited) -> pl.DataFrame:
    asked = pl.any_horizontal(_asked(p, reason) for p, reason in audited.opinions)
    by_models = pl.col("tinyv_evidence").fill_null(Evidence.MODEL).eq(Evidence.MODEL)
    reasonings = [reasoning_name(number) for number in range(1, len(audited.models) + 1)]
    frame = frame.with_columns(
        pl.lit(None, pl.String).alias(name) for name in (*KEPT, *reasonings) if name not in frame.columns
    )
    return frame.filter(BY_HAND | (by_models & asked)).select(
        *PLACE,
        *KEPT,
        *(pl.col(f"tinyv_{name}").alias(name) for name in SEEN),
        _label(audited).alias(LABEL),
        pl.when(BY_HAND).then(pl.lit(HAND)).otherwise(pl.lit(", ".join(_names(audited)))).alias("reviewer"),
        pl.concat_list(reasonings).alias("reasoning"),
        pl.struct(f"tinyv_{name}" for name in SEEN)
        .map_elements(lambda seen: example_id(*seen.values()), pl.String)
        .alias("example"),
    )


def _label(audited: Audited) -> pl.Expr:
    """True or False where all that were asked say it, or a person does; null where one does not."""
    threshold = pl.lit(audited.threshold, pl.Float32)  # as exact as the columns are
    said = [(pl.col(p) >= threshold, _asked(p, reason)) for p, reason in audited.opinions]
    right = pl.all_horizontal(yes | ~asked for yes, asked in said)
    wrong = ~pl.any_horizontal(yes & asked for yes, asked in said)
    together = pl.when(right).then(True).when(wrong).then(False)
    return pl.when(BY_HAND).then(pl.col("tinyv_verdict") == Verdict.CORRECT).otherwise(together)


def _asked(p: str, reason: str) -> pl.Expr:
    """Whether that model was: of a cascade a later one need not be."""
    return pl.col(p).is_not_null() | pl.col(reason).is_not_null()


def _names(audited: Audited) -> list[str]:
    return [model["name"] for model in audited.models if model.get("name", NONE) != NONE]
